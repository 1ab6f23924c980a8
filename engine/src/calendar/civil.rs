//! Arithmetic on dates that ends at the ends of the calendar instead of failing.

use jiff::Span;
use jiff::civil::Date;

/// More days than lie between the first date and the last.
const WHOLE_CALENDAR: i64 = 7_304_484;

/// `date` moved by `days`; the first or last date there is, beyond them.
pub(super) fn plus(date: Date, days: i64) -> Date {
    date.saturating_add(Span::new().days(days.clamp(-WHOLE_CALENDAR, WHOLE_CALENDAR)))
}

/// How many days after `from` the date `to` is; negative before it.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_ends_of_the_calendar_hold() {
        assert_eq!(plus(Date::MAX, 1), Date::MAX);
        assert_eq!(plus(Date::MIN, i64::MIN), Date::MIN);
        assert_eq!(plus(Date::MIN, i64::MAX), Date::MAX);
        assert_eq!(plus(Date::MIN, days_between(Date::MIN, Date::MAX)), Date::MAX);
        assert_eq!(days_between(date(2026, 3, 2), date(2026, 3, 15)), 13);
        assert_eq!(days_between(date(2026, 3, 2), date(2025, 3, 2)), -365);
    }
}
