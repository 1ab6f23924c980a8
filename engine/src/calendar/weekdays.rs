//! Sets of weekdays: `Mon to Fri`, `Mon and Wed`.

use std::fmt;

use jiff::civil::Weekday;

use super::reading::{self, Word, quote};
use crate::source::Flaw;

/// Weekdays with the names people write for them.
const NAMES: [(Weekday, &str, &[&str]); 7] = [
    (Weekday::Monday, "Mon", &["mon", "monday", "mondays"]),
    (Weekday::Tuesday, "Tue", &["tue", "tues", "tuesday", "tuesdays"]),
    (Weekday::Wednesday, "Wed", &["wed", "weds", "wednesday", "wednesdays"]),
    (Weekday::Thursday, "Thu", &["thu", "thur", "thurs", "thursday", "thursdays"]),
    (Weekday::Friday, "Fri", &["fri", "friday", "fridays"]),
    (Weekday::Saturday, "Sat", &["sat", "saturday", "saturdays"]),
    (Weekday::Sunday, "Sun", &["sun", "sunday", "sundays"]),
];

/// The weekday of a name in any case, short or long.
pub(super) fn weekday_named(word: &str) -> Option<Weekday> {
    let lower = word.to_lowercase();
    NAMES
        .iter()
        .find(|(_, _, names)| names.contains(&lower.as_str()))
        .map(|(weekday, _, _)| *weekday)
}

/// All names a weekday may be written with.
pub(super) fn weekday_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, _, names)| names.iter().copied())
}

/// `Mon`, `Tue`, …
pub(super) fn short_name(weekday: Weekday) -> &'static str {
    NAMES.iter().find(|(named, _, _)| *named == weekday).map_or("", |(_, short, _)| *short)
}

/// `Monday`, `Tuesday`, …
pub(super) fn long_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// A set of weekdays, Monday first.
///
/// ```
/// use fortnight_engine::calendar::WeekdaySet;
/// use jiff::civil::Weekday;
/// let days = WeekdaySet::parse("mon, wed and fri")?;
/// assert!(days.contains(Weekday::Wednesday) && !days.contains(Weekday::Tuesday));
/// assert_eq!(days.to_string(), "Mon, Wed and Fri");
/// assert_eq!(WeekdaySet::parse("Mon-Fri")?.to_string(), "Mon to Fri");
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WeekdaySet(u8);

impl WeekdaySet {
    /// No weekday.
    pub const NONE: Self = Self(0);
    /// Monday to Friday.
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);
    /// All seven.
    pub const ALL: Self = Self(0b111_1111);

    fn bit(weekday: Weekday) -> u8 {
        1_u8 << weekday.to_monday_zero_offset().clamp(0, 6)
    }

    /// True where `weekday` is in the set.
    pub fn contains(self, weekday: Weekday) -> bool {
        self.0 & Self::bit(weekday) != 0
    }

    /// The set with `weekday` added.
    #[must_use]
    pub fn with(self, weekday: Weekday) -> Self {
        Self(self.0 | Self::bit(weekday))
    }

    /// How many weekdays are in the set, 0 to 7.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// True where no weekday is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The weekdays in the set, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        NAMES.iter().map(|(weekday, _, _)| *weekday).filter(move |weekday| self.contains(*weekday))
    }

    /// Reads names, short or long, in any case, joined by commas, `and` or spaces, with ranges
    /// such as `Mon to Fri`, `Fri-Mon` (over the weekend).
    ///
    /// # Errors
    ///
    /// A flaw at the word that is no weekday.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let set = Self::read(&reading::words(text))?;
        if set.is_empty() {
            return Err(Flaw::new(reading::trimmed(text), "no weekday is named here")
                .help("write weekdays, as in `Mon to Fri` or `Mon and Wed`"));
        }
        Ok(set)
    }

    /// Reads the weekdays that `words` name.
    pub(super) fn read(words: &[Word<'_>]) -> Result<Self, Flaw> {
        let mut set = Self::NONE;
        let mut last: Option<Weekday> = None;
        let mut open: Option<Weekday> = None;
        for piece in words.iter().flat_map(marks) {
            match piece.lower().as_str() {
                "," | "and" | "&" if open.is_none() => last = None,
                "to" | "-" | "–" | "through" if open.is_none() && last.is_some() => {
                    open = last.take();
                }
                "every" | "on" if set.is_empty() => {}
                _ => {
                    let weekday = named(&piece)?;
                    let first = open.take();
                    last = first.is_none().then_some(weekday);
                    let first = first.unwrap_or(weekday);
                    let days = 0..=first.until(weekday);
                    set = days.fold(set, |set, days| set.with(first.wrapping_add(days)));
                }
            }
        }
        match open {
            None => Ok(set),
            Some(first) => {
                Err(Flaw::new(reading::hull(words), "the last weekday of the range is missing")
                    .help(format!("write it as `{} to Fri`", short_name(first))))
            }
        }
    }
}

/// A word as names and marks, each with its place: `Mon-Fri,` is `Mon`, `-`, `Fri`, `,`.
fn marks<'t>(word: &Word<'t>) -> Vec<Word<'t>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in word.text.match_indices([',', '-', '–', '&']) {
        for (from, to) in [(start, at), (at, at + mark.len())] {
            if let Some(text) = word.text.get(from..to).filter(|text| !text.is_empty()) {
                found.push(Word { text, range: word.range.start + from..word.range.start + to });
            }
        }
        start = at + mark.len();
    }
    if let Some(text) = word.text.get(start..).filter(|text| !text.is_empty()) {
        found.push(Word { text, range: word.range.start + start..word.range.end });
    }
    found
}

fn named(word: &Word<'_>) -> Result<Weekday, Flaw> {
    weekday_named(word.text).ok_or_else(|| {
        let flaw = word.flaw(format!("{} is no weekday", quote(word.text)));
        reading::hinted(flaw, word.text, weekday_names(), || {
            "the weekdays are Mon, Tue, Wed, Thu, Fri, Sat and Sun".into()
        })
    })
}

impl FromIterator<Weekday> for WeekdaySet {
    fn from_iter<I: IntoIterator<Item = Weekday>>(weekdays: I) -> Self {
        weekdays.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for WeekdaySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(short_name).collect();
        let consecutive =
            (self.0 >> self.0.trailing_zeros().min(7)).wrapping_add(1).is_power_of_two();
        match names.as_slice() {
            [] => f.write_str("no day"),
            [first, .., last] if consecutive && names.len() >= 3 => write!(f, "{first} to {last}"),
            [one] => f.write_str(one),
            [several @ .., last] => write!(f, "{} and {last}", several.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(WeekdaySet::parse(text).unwrap().to_string(), expected);
    }

    #[track_caller]
    fn check_flaw(text: &str, place: &str, words: &str) {
        let flaw = WeekdaySet::parse(text).unwrap_err();
        assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
        assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
    }

    #[test]
    fn lists_and_ranges_are_read() {
        check("Mon to Fri", "Mon to Fri");
        check("mon,wed", "Mon and Wed");
        check("Mon and Wed", "Mon and Wed");
        check("mon - thu, sat", "Mon, Tue, Wed, Thu and Sat");
        check("Fri to Mon", "Mon, Fri, Sat and Sun");
        check("Sundays", "Sun");
        check("sun thu", "Thu and Sun");
        check("mon-sun", "Mon to Sun");
        check("Fri–Sun", "Fri to Sun");
    }

    #[test]
    fn every_set_prints_back() {
        for bits in 1..128 {
            let set = WeekdaySet(bits);
            assert_eq!(WeekdaySet::parse(&set.to_string()), Ok(set), "{set}");
        }
    }

    #[test]
    fn mistakes_have_a_place_and_a_mend() {
        check_flaw("", "", "Mon to Fri");
        check_flaw("mon, wedn", "wedn", "did you mean `wed`?");
        check_flaw("mon to", "mon to", "missing");
        check_flaw("mon to xyz", "xyz", "the weekdays are");
        check_flaw("to fri", "to", "no weekday");
    }
}
