//! The written forms of one day: words, ISO dates, ISO weeks, days of months.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::calendar::months::long_month_name;
use crate::calendar::reading::{self, Word, quote};
use crate::source::Flaw;

/// What a day was called, before it is known from where it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A full date.
    Fixed(Date),
    /// So many days from today.
    FromToday(i64),
    /// A weekday.
    On(Weekday),
    /// The last such weekday before today.
    Last(Weekday),
    /// A day of a month of no given year.
    InMonth { month: i8, day: i8 },
}

/// The day number of a word such as `16`, `16.`, `16th`, `16,`.
pub(super) fn day_number(word: &str) -> Option<i64> {
    let lower = word.to_lowercase();
    let bare = lower.trim_end_matches([',', '.']);
    let ending = ["st", "nd", "rd", "th"].iter().find_map(|ending| bare.strip_suffix(ending));
    let digits = ending.unwrap_or(bare);
    let short = (1..=2).contains(&digits.len());
    (short && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// The year of a word of four digits.
pub(super) fn year_number(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches([',', '.']);
    let right = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    right.then(|| digits.parse().ok()).flatten()
}

/// A date that exists, or what is wrong with it, at `words`.
pub(super) fn date_of(words: &[Word<'_>], year: i16, month: i8, day: i64) -> Result<Date, Flaw> {
    let wrong = |message: String| Err(Flaw::new(reading::hull(words), message));
    if !(1..=12).contains(&month) {
        return wrong(format!("there is no month {month}: a year has 12"));
    }
    let found = i8::try_from(day).ok().and_then(|day| Date::new(year, month, day).ok());
    match found {
        Some(date) => Ok(date),
        None if month == 2 && day == 29 => {
            wrong(format!("{year} is no leap year: February has 28 days"))
        }
        None if day == 0 => wrong("the first day of a month is 1".into()),
        None => {
            let last = Date::new(year, month, 1).map_or(31, Date::days_in_month);
            wrong(format!("{} has {last} days", long_month_name(month)))
        }
    }
}

/// `2026-03-07`, `2026-W10-6`, `-2d`, `+1w` and the forms that are refused with a reason.
pub(super) fn single_word(word: &Word<'_>) -> Option<Result<Form, Flaw>> {
    let lower = word.lower();
    let words = std::slice::from_ref(word);
    if let Some(rest) = lower.strip_prefix(['+', '-', '−']) {
        return Some(offset(word, rest, !lower.starts_with('+')));
    }
    let parts: Vec<&str> = lower.split('-').collect();
    if let [year, week, rest @ ..] = parts.as_slice()
        && let (Some(year), Some(week)) = (year_number(year), week.strip_prefix('w'))
    {
        return Some(iso_week(word, year, week, rest));
    }
    if let [year, month, day] = parts.as_slice()
        && let Some(year) = year_number(year)
        && let (Some(month), Some(day)) = (day_number(month), day_number(day))
    {
        let month = i8::try_from(month).unwrap_or(0);
        return Some(date_of(words, year, month, day).map(Form::Fixed));
    }
    let numbers: Vec<&str> = lower.split(['/', '.', '-']).collect();
    let all_digits =
        numbers.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() < 5);
    if numbers.len() >= 2 && all_digits && numbers.iter().any(|part| !part.is_empty()) {
        return Some(Err(word
            .flaw(format!("{} can be read in several ways", quote(word.text)))
            .help("write the date as `2026-03-07` or `7 mar 2026`")));
    }
    None
}

fn offset(word: &Word<'_>, rest: &str, back: bool) -> Result<Form, Flaw> {
    let wrong = || {
        word.flaw(format!("{} is no number of days", quote(word.text)))
            .help("write it as `-2d` (two days ago), `+3d` or `+1w`")
    };
    let (number, unit) = reading::glued_number(rest).ok_or_else(wrong)?;
    let amount = match number.parse::<i64>() {
        Ok(amount) if amount <= i64::from(reading::LARGEST) => amount,
        _ => return Err(word.flaw(format!("{number} is too large a number"))),
    };
    let days = match unit {
        "d" | "day" | "days" => amount,
        "w" | "week" | "weeks" => amount * 7,
        _ => return Err(wrong()),
    };
    Ok(Form::FromToday(if back { -days } else { days }))
}

fn iso_week(word: &Word<'_>, year: i16, week: &str, rest: &[&str]) -> Result<Form, Flaw> {
    let weeks = Date::new(year, 12, 28).map_or(52, |date| date.iso_week_date().week());
    let number = day_number(week).and_then(|week| i8::try_from(week).ok()).unwrap_or(0);
    if !(1..=weeks).contains(&number) {
        return Err(word.flaw(format!("{year} has the weeks 1 to {weeks}")));
    }
    let weekday = match rest {
        [day] => day_number(day)
            .and_then(|day| i8::try_from(day).ok())
            .and_then(|day| Weekday::from_monday_one_offset(day).ok()),
        _ => None,
    };
    let Some(weekday) = weekday else {
        return Err(word
            .flaw("a week is seven days: which one?")
            .help(format!("write `{year}-W{number:02}-1` for its Monday, or the date")));
    };
    match ISOWeekDate::new(year, number, weekday) {
        Ok(found) => Ok(Form::Fixed(found.date())),
        Err(_) => Err(word.flaw(format!("{} is no date", quote(word.text)))),
    }
}
