//! One day in a person's words.

use jiff::civil::Date;

use super::forms::{self, Form};
use super::show::show_day_with_year;
use crate::calendar::civil;
use crate::calendar::months::{month_named, month_names};
use crate::calendar::reading::{self, Word, quote};
use crate::calendar::weekdays::{long_name, weekday_named, weekday_names};
use crate::source::Flaw;

/// Which way a day without a year, or a weekday, is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lean {
    /// Something that happened: the last such weekday, today included.
    Past,
    /// An appointment or `later`: the next such weekday, after today.
    Future,
}

/// From where a day is looked at, more finely than people need to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// On the day or before it.
    UpTo(Date),
    /// Before the day.
    Before(Date),
    /// After the day.
    After(Date),
    /// On the day or after it.
    From(Date),
}

/// Days lying the other way that are still taken without a year: better to hear that a day is past
/// than to find it a year away.
const SLACK: i64 = 60;

/// Reads a day: `today`, `yesterday`, `tomorrow`, `2026-03-07`, `-2d`, `+3d`, `sat`, `last sat`,
/// `16 mar`, `mar 16`, `7 Mar 2026`, `Mon 2 Mar`, `3 days ago`, `2026-W10-6`.
///
/// A day of a month without a year is the nearest one that way, or up to 60 days the other way.
///
/// ```
/// use fortnight_engine::calendar::{Lean, parse_day};
/// use jiff::civil::date;
/// let today = date(2026, 3, 9); // a Monday
/// assert_eq!(parse_day("sat", today, Lean::Past)?, date(2026, 3, 7));
/// assert_eq!(parse_day("sat", today, Lean::Future)?, date(2026, 3, 14));
/// assert_eq!(parse_day("16 mar", today, Lean::Future)?, date(2026, 3, 16));
/// let flaw = parse_day("31 april", today, Lean::Future).unwrap_err();
/// assert_eq!((flaw.range, flaw.message.as_str()), (0..8, "April has 30 days"));
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
///
/// # Errors
///
/// A flaw at the word that is no day, or over a date that does not exist or lies outside the years
/// 1900 to 2199.
pub fn parse_day(text: &str, today: Date, lean: Lean) -> Result<Date, Flaw> {
    let frame = match lean {
        Lean::Past => Frame::UpTo(today),
        Lean::Future => Frame::After(today),
    };
    read_day(&reading::words(text), today, frame)
}

/// Reads a day from `words`, looked at from `frame`.
pub(super) fn read_day(words: &[Word<'_>], today: Date, frame: Frame) -> Result<Date, Flaw> {
    let words = match words {
        [on, rest @ ..] if on.lower() == "on" && !rest.is_empty() => rest,
        all => all,
    };
    let found = match read_form(words)? {
        Form::Fixed(date) => date,
        Form::FromToday(days) => civil::plus(today, days),
        Form::Last(weekday) => on_weekday(weekday, Frame::Before(today)),
        Form::On(weekday) => on_weekday(weekday, frame),
        Form::InMonth { month, day } => in_month(words, month, day, frame)?,
    };
    if (1900..=2199).contains(&found.year()) {
        Ok(found)
    } else {
        Err(Flaw::new(
            reading::hull(words),
            format!("the year {} lies outside 1900 to 2199", found.year()),
        ))
    }
}

fn on_weekday(weekday: jiff::civil::Weekday, frame: Frame) -> Date {
    let (from, step, first) = match frame {
        Frame::UpTo(date) => (date, -1, 0),
        Frame::Before(date) => (date, -1, 1),
        Frame::After(date) => (date, 1, 1),
        Frame::From(date) => (date, 1, 0),
    };
    (first..first + 7)
        .map(|days| civil::plus(from, days * step))
        .find(|date| date.weekday() == weekday)
        .unwrap_or(from)
}

fn in_month(words: &[Word<'_>], month: i8, day: i8, frame: Frame) -> Result<Date, Flaw> {
    let (from, earliest, latest) = match frame {
        Frame::UpTo(date) | Frame::Before(date) => (date, SLACK - 365, SLACK),
        Frame::After(date) => (date, -SLACK, 365 - SLACK),
        Frame::From(date) => (date, 0, 365),
    };
    let near = (-1..=1_i16)
        .filter_map(|years| Date::new(from.year().saturating_add(years), month, day).ok())
        .filter(|date| (earliest..=latest).contains(&civil::days_between(from, *date)))
        .min_by_key(|date| civil::days_between(from, *date).abs());
    near.map_or_else(|| forms::date_of(words, from.year(), month, i64::from(day)), Ok)
}

/// What the words call a day.
fn read_form(words: &[Word<'_>]) -> Result<Form, Flaw> {
    let lower: Vec<String> = words.iter().map(Word::lower).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower.as_slice() {
        [] => Err(Flaw::new(0..0, "a day is missing here").help(KINDS)),
        ["today"] => Ok(Form::FromToday(0)),
        ["yesterday"] => Ok(Form::FromToday(-1)),
        ["tomorrow"] => Ok(Form::FromToday(1)),
        ["last", weekday] if weekday_named(weekday).is_some() => {
            weekday_named(weekday).map(Form::Last).ok_or_else(|| no_day(words))
        }
        ["next", weekday] if weekday_named(weekday).is_some() => Err(Flaw::new(
            reading::hull(words),
            format!("people mean two days by {}", quote(&lower.join(" "))),
        )
        .help(format!("write `{weekday}` for the coming one, or the date"))),
        ["this", weekday] if weekday_named(weekday).is_some() => {
            weekday_named(weekday).map(Form::On).ok_or_else(|| no_day(words))
        }
        [number, unit, "ago"] => counted(words, number, unit, -1),
        ["in", number, unit] => counted(words, number, unit, 1),
        [weekday, _, ..] if weekday_named(weekday.trim_end_matches(',')).is_some() => {
            with_weekday(words, weekday)
        }
        [_] => match words.first() {
            Some(word) => read_single(word),
            None => Err(no_day(words)),
        },
        _ => in_words(words),
    }
}

fn read_single(word: &Word<'_>) -> Result<Form, Flaw> {
    if let Some(form) = forms::single_word(word) {
        return form;
    }
    weekday_named(word.text).map(Form::On).ok_or_else(|| no_day(std::slice::from_ref(word)))
}

const KINDS: &str = "write `today`, `yesterday`, `-2d`, a weekday, `16 mar` or `2026-03-16`";

fn no_day(words: &[Word<'_>]) -> Flaw {
    let text: Vec<&str> = words.iter().map(|word| word.text).collect();
    let flaw = Flaw::new(reading::hull(words), format!("{} is no day", quote(&text.join(" "))));
    match words {
        [word] if forms::day_number(word.text).is_some_and(|day| (1..24).contains(&day)) => {
            flaw.help(format!("write `{0} mar` for a day, `{0}:00` for a time", word.text))
        }
        [word] => {
            let names = ["today", "yesterday", "tomorrow"].into_iter().chain(weekday_names());
            reading::hinted(flaw, word.text, names, || KINDS.into())
        }
        _ => flaw.help(KINDS),
    }
}

/// `3 days ago`, `in 2 weeks`.
fn counted(words: &[Word<'_>], number: &str, unit: &str, sign: i64) -> Result<Form, Flaw> {
    let amount = match number.parse::<u32>() {
        Ok(amount) if amount <= reading::LARGEST => i64::from(amount),
        _ => return Err(no_day(words)),
    };
    match unit {
        "day" | "days" => Ok(Form::FromToday(sign * amount)),
        "week" | "weeks" => Ok(Form::FromToday(sign * amount * 7)),
        _ => Err(no_day(words)),
    }
}

/// `Mon 2 Mar 2026`: as answers print it. The weekday must be the date's own.
fn with_weekday(words: &[Word<'_>], weekday: &str) -> Result<Form, Flaw> {
    let Some(rest) = words.get(1..) else { return Err(no_day(words)) };
    let form = match rest {
        [word] => read_single(word)?,
        _ => in_words(rest)?,
    };
    let Form::Fixed(date) = form else { return Ok(form) };
    match weekday_named(weekday.trim_end_matches(',')) {
        Some(named) if named != date.weekday() => Err(Flaw::new(
            reading::hull(words),
            format!("{} is a {}", show_day_with_year(date), long_name(date.weekday())),
        )
        .help("leave the weekday out, or mend the date")),
        _ => Ok(form),
    }
}

/// `16 mar`, `mar 16`, each perhaps with a year.
fn in_words(words: &[Word<'_>]) -> Result<Form, Flaw> {
    let (first, second, year) = match words {
        [first, second] => (first, second, None),
        [first, second, year] => (first, second, Some(year)),
        _ => return Err(no_day(words)),
    };
    let numbers = (forms::day_number(first.text), forms::day_number(second.text));
    let (day, name) = match numbers {
        (Some(day), None) => (day, second),
        (None, Some(day)) => (day, first),
        _ => return Err(no_day(words)),
    };
    let Some(month) = month_named(name.text) else {
        let flaw = name.flaw(format!("{} is no month", quote(name.text)));
        return Err(reading::hinted(flaw, name.text, month_names(), || {
            "write it as `16 mar` or `2026-03-16`".into()
        }));
    };
    match year {
        Some(word) => {
            let year = forms::year_number(word.text).ok_or_else(|| {
                word.flaw(format!("{} is no year", quote(word.text))).help("a year has four digits")
            })?;
            forms::date_of(words, year, month, day).map(Form::Fixed)
        }
        // In a leap year the day exists if it ever does.
        None => forms::date_of(words, 2024, month, day)
            .map(|date| Form::InMonth { month, day: date.day() }),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// A Monday.
    const TODAY: Date = date(2026, 3, 9);

    #[track_caller]
    fn check(text: &str, lean: Lean, expected: Date) {
        assert_eq!(parse_day(text, TODAY, lean), Ok(expected), "{text}");
    }

    #[track_caller]
    fn check_flaw(text: &str, place: &str, words: &str) {
        let flaw = parse_day(text, TODAY, Lean::Past).unwrap_err();
        assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
        assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
    }

    #[test]
    fn relative_days_are_read() {
        check("today", Lean::Past, TODAY);
        check("Yesterday", Lean::Past, date(2026, 3, 8));
        check("tomorrow", Lean::Past, date(2026, 3, 10));
        check("-2d", Lean::Future, date(2026, 3, 7));
        check("−2d", Lean::Future, date(2026, 3, 7));
        check("+3d", Lean::Past, date(2026, 3, 12));
        check("+1w", Lean::Past, date(2026, 3, 16));
        check("3 days ago", Lean::Past, date(2026, 3, 6));
        check("in 2 weeks", Lean::Past, date(2026, 3, 23));
    }

    #[test]
    fn a_weekday_is_the_last_one_or_the_next() {
        check("sat", Lean::Past, date(2026, 3, 7));
        check("sat", Lean::Future, date(2026, 3, 14));
        check("Mondays", Lean::Past, TODAY);
        check("mon", Lean::Past, TODAY);
        check("mon", Lean::Future, date(2026, 3, 16));
        check("last mon", Lean::Past, date(2026, 3, 2));
        check("on Thursday", Lean::Future, date(2026, 3, 12));
    }

    #[test]
    fn dates_are_read_in_many_forms() {
        for text in [
            "2026-03-07",
            "7 Mar 2026",
            "mar 7, 2026",
            "7th march",
            "March 7",
            "Sat 7 Mar",
            "sat, 7 mar 2026",
            "2026-W10-6",
            "2026-3-7",
        ] {
            check(text, Lean::Past, date(2026, 3, 7));
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_nearest_that_way_with_some_slack() {
        check("20 dec", Lean::Past, date(2025, 12, 20));
        check("20 dec", Lean::Future, date(2026, 12, 20));
        check("12 mar", Lean::Past, date(2026, 3, 12));
        check("2 mar", Lean::Future, date(2026, 3, 2));
        check("1 aug", Lean::Past, date(2025, 8, 1));
        check("1 jan", Lean::Future, date(2027, 1, 1));
        assert_eq!(parse_day("29 feb", date(2027, 12, 9), Lean::Future), Ok(date(2028, 2, 29)));
    }

    #[test]
    fn every_day_of_a_year_without_its_year_is_found() {
        for days in 0..366 {
            let day = civil::plus(date(2025, 3, 9), days);
            let text =
                format!("{} {}", day.day(), crate::calendar::months::month_name(day.month()));
            for lean in [Lean::Past, Lean::Future] {
                let found = parse_day(&text, TODAY, lean).unwrap();
                assert_eq!((found.month(), found.day()), (day.month(), day.day()));
            }
        }
    }

    #[test]
    fn what_is_printed_is_read_again() {
        for days in -200..200 {
            let day = civil::plus(TODAY, days);
            check(&show_day_with_year(day), Lean::Past, day);
        }
    }

    #[test]
    fn days_that_do_not_exist_say_why() {
        check_flaw("31 april", "31 april", "April has 30 days");
        check_flaw("2026-04-31", "2026-04-31", "April has 30 days");
        check_flaw("29 feb 2026", "29 feb 2026", "no leap year");
        check_flaw("29 feb", "29 feb", "2026 is no leap year");
        check_flaw("30 feb", "30 feb", "February has 29 days");
        check_flaw("2026-13-01", "2026-13-01", "no month 13");
        check_flaw("0 mar", "0 mar", "first day of a month");
        check_flaw("2025-W53-1", "2025-W53-1", "weeks 1 to 52");
        check_flaw("2026-W53", "2026-W53", "which one?");
        check_flaw("9999-01-01", "9999-01-01", "outside 1900 to 2199");
        check_flaw("+99999d", "+99999d", "outside 1900 to 2199");
        check_flaw("Sun 7 Mar 2026", "Sun 7 Mar 2026", "is a Saturday");
    }

    #[test]
    fn other_mistakes_have_a_mend() {
        check_flaw("", "", "write `today`");
        check_flaw("yesterdy", "yesterdy", "did you mean `yesterday`?");
        check_flaw("16 mrch", "mrch", "did you mean `March`?");
        check_flaw("03/07", "03/07", "several ways");
        check_flaw("7.3.2026", "7.3.2026", "several ways");
        check_flaw("07-03-2026", "07-03-2026", "several ways");
        check_flaw("-2", "-2", "`-2d`");
        check_flaw("-99999999999999999999d", "-99999999999999999999d", "too large");
        check_flaw("next fri", "next fri", "two days");
        check_flaw("16 mar 26", "26", "four digits");
        check_flaw("ümläut", "ümläut", "no day");
        check_flaw("a b c d e", "a b c d e", "no day");
    }
}
