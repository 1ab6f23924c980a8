//! Sets of dates: days off, days away, holidays.

use jiff::civil::Date;

use super::civil;

/// Consecutive days, both ends included, perhaps with a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayRange {
    first: Date,
    last: Date,
    label: Option<String>,
}

impl DayRange {
    /// The days from `first` to `last`; `None` where `last` is earlier.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last, label: None })
    }

    /// One day.
    pub fn day(date: Date) -> Self {
        Self { first: date, last: date, label: None }
    }

    /// The same days under a name.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Date {
        self.last
    }

    /// The name, such as `Easter Monday`. It may come from a file: it is words of people.
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// How many days, at least 1.
    pub fn days(&self) -> u32 {
        u32::try_from(civil::days_between(self.first, self.last) + 1).unwrap_or(u32::MAX)
    }

    /// True where `date` is one of the days.
    pub fn contains(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }
}

/// A set of dates, kept as ranges, which may overlap.
///
/// ```
/// use fortnight_engine::calendar::{DayRange, DaySet};
/// use jiff::civil::date;
/// let easter = DayRange::new(date(2026, 4, 3), date(2026, 4, 6)).expect("in order");
/// let off: DaySet = [easter.labelled("Easter"), DayRange::day(date(2026, 5, 1))].into_iter().collect();
/// assert!(off.contains(date(2026, 4, 5)) && !off.contains(date(2026, 4, 7)));
/// assert_eq!(off.label(date(2026, 4, 6)), Some("Easter"));
/// assert_eq!(off.count(), 5);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DaySet {
    /// As given, sorted, without repetition.
    ranges: Vec<DayRange>,
    /// The same days as runs with a gap of at least one day between them, sorted.
    runs: Vec<(Date, Date)>,
}

impl DaySet {
    /// True where `date` is in the set.
    pub fn contains(&self, date: Date) -> bool {
        self.run_around(date).is_some()
    }

    /// True where no date is in the set.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many dates are in the set.
    pub fn count(&self) -> u32 {
        self.runs.iter().fold(0, |sum: u32, (first, last)| {
            let days = civil::days_between(*first, *last) + 1;
            sum.saturating_add(u32::try_from(days).unwrap_or(u32::MAX))
        })
    }

    /// The name of the first range with a name that holds `date`.
    pub fn label(&self, date: Date) -> Option<&str> {
        self.ranges.iter().filter(|range| range.contains(date)).find_map(DayRange::label)
    }

    /// The ranges as given, sorted by their first day.
    pub fn ranges(&self) -> &[DayRange] {
        &self.ranges
    }

    /// Runs of consecutive dates, sorted, with a gap of at least a day between them.
    pub fn runs(&self) -> &[(Date, Date)] {
        &self.runs
    }

    /// The run that holds `date`.
    pub(super) fn run_around(&self, date: Date) -> Option<(Date, Date)> {
        self.runs.get(self.first_run_ending_at(date)).filter(|(first, _)| *first <= date).copied()
    }

    /// The number of the first run that ends on `date` or later.
    pub(super) fn first_run_ending_at(&self, date: Date) -> usize {
        self.runs.partition_point(|(_, last)| *last < date)
    }

    /// Adds the days of `range`.
    pub fn insert(&mut self, range: DayRange) {
        self.extend([range]);
    }
}

impl Extend<DayRange> for DaySet {
    fn extend<I: IntoIterator<Item = DayRange>>(&mut self, ranges: I) {
        self.ranges.extend(ranges);
        self.ranges.sort();
        self.ranges.dedup();
        self.runs.clear();
        for range in &self.ranges {
            match self.runs.last_mut() {
                Some((_, last)) if range.first <= civil::plus(*last, 1) => {
                    *last = (*last).max(range.last);
                }
                _ => self.runs.push((range.first, range.last)),
            }
        }
    }
}

impl FromIterator<DayRange> for DaySet {
    fn from_iter<I: IntoIterator<Item = DayRange>>(ranges: I) -> Self {
        let mut set = Self::default();
        set.extend(ranges);
        set
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn range(first: i8, last: i8) -> DayRange {
        DayRange::new(date(2026, 3, first), date(2026, 3, last)).unwrap()
    }

    #[test]
    fn touching_and_overlapping_ranges_become_one_run() {
        let set: DaySet = [range(10, 12), range(3, 5), range(6, 7), range(4, 9), range(20, 20)]
            .into_iter()
            .collect();
        assert_eq!(
            set.runs(),
            [(date(2026, 3, 3), date(2026, 3, 12)), (date(2026, 3, 20), date(2026, 3, 20))]
        );
        assert_eq!(set.count(), 11);
        assert_eq!(set.ranges().len(), 5);
    }

    #[test]
    fn a_set_does_not_depend_on_the_order_of_its_making() {
        let mut one = DaySet::default();
        one.insert(range(10, 12));
        one.insert(range(3, 5));
        one.insert(range(3, 5));
        assert_eq!(one, [range(3, 5), range(10, 12)].into_iter().collect());
    }

    #[test]
    fn the_last_date_of_the_calendar_is_a_date_like_others() {
        let set: DaySet =
            [DayRange::new(date(9999, 12, 1), Date::MAX).unwrap(), DayRange::day(Date::MIN)]
                .into_iter()
                .collect();
        assert!(set.contains(Date::MAX) && set.contains(Date::MIN));
        assert_eq!(set.count(), 32);
    }

    #[test]
    fn a_range_that_ends_before_it_starts_is_none() {
        assert_eq!(DayRange::new(date(2026, 3, 2), date(2026, 3, 1)), None);
    }
}
