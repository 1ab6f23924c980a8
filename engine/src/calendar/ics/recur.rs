//! Recurrence rules as iCalendar writes them (RFC 5545, 3.3.10): `FREQ=WEEKLY;BYDAY=MO,WE`.
//!
//! Knows the letters and the ranges of numbers. It must not know which days a rule gives; that is
//! `rule`. A rule that is not wholly understood is not understood: half a rule gives other days.

use std::str::FromStr;

use jiff::civil::Weekday;

use super::values::When;

/// How often a rule comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Every {
    Year,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

/// A rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) every: Every,
    pub(super) interval: i64,
    pub(super) count: Option<u32>,
    pub(super) until: Option<When>,
    pub(super) months: Vec<i8>,
    pub(super) month_days: Vec<i16>,
    pub(super) year_days: Vec<i16>,
    pub(super) weeks: Vec<i16>,
    /// Weekdays, each with the `n` of `nth`; 0 for every one.
    pub(super) weekdays: Vec<(i16, Weekday)>,
    pub(super) hours: Vec<i8>,
    pub(super) minutes: Vec<i8>,
    pub(super) seconds: Vec<i8>,
    pub(super) positions: Vec<i32>,
    pub(super) week_start: Weekday,
}

const UNREADABLE: &str = "its rule of repetition cannot be read; only its first time is taken";

impl Rule {
    /// Reads a rule, or says why not.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            weekdays: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        };
        let mut every = None;
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(UNREADABLE)?;
            let value = value.trim();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => every = Some(frequency(value).ok_or(UNREADABLE)?),
                "INTERVAL" => rule.interval = number(value, 1, i64::from(u32::MAX))?,
                "COUNT" => {
                    let count = number(value, 1, i64::MAX)?;
                    rule.count = Some(u32::try_from(count).unwrap_or(u32::MAX));
                }
                "UNTIL" => {
                    let until = When::read(value);
                    rule.until = Some(until.ok_or(LAST_DAY)?);
                }
                "BYMONTH" if value.contains(['L', 'l']) => return Err(OTHER_CALENDAR),
                "BYMONTH" => rule.months = numbers(value, 1, 12, false)?,
                "BYMONTHDAY" => rule.month_days = numbers(value, 1, 31, true)?,
                "BYYEARDAY" => rule.year_days = numbers(value, 1, 366, true)?,
                "BYWEEKNO" => rule.weeks = numbers(value, 1, 53, true)?,
                "BYSETPOS" => rule.positions = numbers(value, 1, 366, true)?,
                "BYHOUR" => rule.hours = numbers(value, 0, 23, false)?,
                "BYMINUTE" => rule.minutes = numbers(value, 0, 59, false)?,
                "BYSECOND" => {
                    rule.seconds = numbers(value, 0, 60, false)?;
                    rule.seconds.iter_mut().for_each(|second| *second = (*second).min(59));
                }
                "BYDAY" => {
                    rule.weekdays = value.split(',').map(nth_weekday).collect::<Result<_, _>>()?;
                }
                "WKST" => rule.week_start = weekday(value).ok_or(UNREADABLE)?,
                "RSCALE" if value.eq_ignore_ascii_case("GREGORIAN") => {}
                "SKIP" if value.eq_ignore_ascii_case("OMIT") => {}
                "RSCALE" | "SKIP" => return Err(OTHER_CALENDAR),
                other if other.starts_with("X-") => {}
                _ => return Err(UNREADABLE),
            }
        }
        rule.months.sort_unstable();
        rule.months.dedup();
        every.map(|every| Self { every, ..rule }).ok_or(UNREADABLE)
    }
}

const LAST_DAY: &str = "its last day is no date; only its first time is taken";
const OTHER_CALENDAR: &str = "it repeats by another calendar; only its first time is taken";

fn frequency(text: &str) -> Option<Every> {
    Some(match text.to_ascii_uppercase().as_str() {
        "YEARLY" => Every::Year,
        "MONTHLY" => Every::Month,
        "WEEKLY" => Every::Week,
        "DAILY" => Every::Day,
        "HOURLY" => Every::Hour,
        "MINUTELY" => Every::Minute,
        "SECONDLY" => Every::Second,
        _ => return None,
    })
}

fn number(text: &str, least: i64, most: i64) -> Result<i64, &'static str> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // More than can be told apart is as good as the most.
    let number = all_digits.then(|| digits.parse().unwrap_or(i64::MAX)).ok_or(UNREADABLE)?;
    (number >= least).then_some(number.min(most)).ok_or(UNREADABLE)
}

/// A list of numbers within bounds, counted from the end as well where `signed`.
fn numbers<T: FromStr>(
    text: &str,
    least: i32,
    most: i32,
    signed: bool,
) -> Result<Vec<T>, &'static str> {
    let one = |text: &str| {
        let text = text.trim();
        let number: i32 = text.parse().ok()?;
        let size = if signed { number.checked_abs()? } else { number };
        (least <= size && size <= most).then(|| number.to_string().parse().ok()).flatten()
    };
    text.split(',').map(|text| one(text).ok_or(UNREADABLE)).collect()
}

/// `MO`, `2TU`, `-1FR`.
fn nth_weekday(text: &str) -> Result<(i16, Weekday), &'static str> {
    let text = text.trim();
    let at = text.len().saturating_sub(2);
    let (nth, day) = text.split_at_checked(at).ok_or(UNREADABLE)?;
    let nth = match nth {
        "" => 0,
        nth => nth.parse().ok().filter(|n: &i16| (1..=53).contains(&n.abs())).ok_or(UNREADABLE)?,
    };
    Ok((nth, weekday(day).ok_or(UNREADABLE)?))
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_whole() {
        let rule = Rule::read(
            "freq=monthly;INTERVAL=65537;COUNT=99999999999;BYDAY=-1FR,+2mo;BYMONTH=3,1,3;WKST=SU;",
        )
        .unwrap();
        assert_eq!((rule.every, rule.interval, rule.count), (Every::Month, 65_537, Some(u32::MAX)));
        assert_eq!(rule.weekdays, [(-1, Weekday::Friday), (2, Weekday::Monday)]);
        assert_eq!((rule.months, rule.week_start), (vec![1, 3], Weekday::Sunday));
    }

    #[test]
    fn half_a_rule_is_none() {
        for text in [
            "",
            "COUNT=3",
            "FREQ=OFTEN",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-3",
            "FREQ=DAILY;INTERVAL=x",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;BYDAY=",
            "FREQ=WEEKLY;BYDAY=\u{e9}",
            "FREQ=MONTHLY;BYMONTHDAY=257",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ=DAILY;BYEASTER=1",
            "W1 MO 20260401",
            "FREQ=YEARLY;BYMONTH=5L",
        ] {
            assert!(Rule::read(text).is_err(), "{text}");
        }
    }
}
