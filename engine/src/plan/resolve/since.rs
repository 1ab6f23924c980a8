//! Since when a condition has been true: conditions are judged afresh each time (G5), and a
//! deadline counts from the day on which the task became available (D6).

use jiff::civil::Date;

use super::judge::Judge;
use crate::message::Condition;
use crate::plan::situation::Place;
use crate::plan::state::Happenings;

impl<'a> Judge<'a, '_> {
    /// The first day of the unbroken run of days, up to today, on which a condition holds; none
    /// while it does not hold. Not before `from`.
    pub(super) fn true_since(
        &self,
        place: Place<'a>,
        condition: &Condition,
        from: Date,
    ) -> Option<Date> {
        let today = self.situation.today();
        if !self.holds(place, condition, today) {
            return None;
        }
        let mut since = today;
        for day in self.change_days(place, condition, from) {
            let eve = day.yesterday().ok()?;
            if !self.holds(place, condition, day) {
                break;
            }
            since = day;
            if eve < from || !self.holds(place, condition, eve) {
                break;
            }
        }
        Some(since.max(from.min(today)))
    }

    pub(super) fn holds(&self, place: Place<'a>, condition: &Condition, day: Date) -> bool {
        let names = condition.names().iter().map(|name| name.path.as_str());
        condition.holds(&self.situation.names(place, day, names))
    }

    /// The days on which a condition may have changed, newest first. Outcomes change on the day
    /// they happened; what depends on measures or on the date itself may change any day.
    fn change_days(&self, place: Place<'a>, condition: &Condition, from: Date) -> Vec<Date> {
        let today = self.situation.today();
        let any_day = condition.names().iter().any(|name| {
            ["cycle.", "metrics.", "times."].iter().any(|room| name.path.starts_with(room))
                || name.path == "today"
        });
        if any_day {
            return std::iter::successors(Some(today), |day| day.yesterday().ok())
                .take_while(|day| *day >= from)
                .collect();
        }
        let happenings = place.entry().and_then(|entry| place.cycle.happenings.get(&entry));
        let mut days: Vec<Date> = happenings
            .into_iter()
            .flat_map(Happenings::recorded)
            .map(|(_, happening)| happening.on)
            .filter(|day| *day > from && *day <= today)
            .collect();
        days.push(from);
        days.sort_unstable_by(|a, b| b.cmp(a));
        days.dedup();
        days
    }
}
