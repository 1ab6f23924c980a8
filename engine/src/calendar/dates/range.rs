//! Days away in a person's words (D10): `mon to fri`, `until 16 mar`, `since 3 mar`, one day.

use jiff::civil::Date;

use super::day::{Frame, read_day};
use super::forms;
use super::show::show_day_with_year;
use crate::calendar::reading::{self, Word, quote};
use crate::calendar::{DayRange, civil};
use crate::source::Flaw;

/// Nobody is away for longer; more is a slip of the hand.
const LONGEST: u32 = 366;

/// Longer is rarely meant without saying the year: rather the days were turned round.
const LONG: u32 = 200;

/// Reads the days of an absence, first and last included.
///
/// `until DAY` starts today. `since DAY` ends yesterday: it is said on the day one is back.
/// Weekdays are the next ones from today on, those after `since` the last ones before today.
///
/// ```
/// use fortnight_engine::calendar::parse_range;
/// use jiff::civil::date;
/// let today = date(2026, 3, 10); // a Tuesday
/// let away = parse_range("since 3 mar", today)?;
/// assert_eq!((away.first(), away.last(), away.days()), (date(2026, 3, 3), date(2026, 3, 9), 7));
/// assert_eq!(parse_range("mon to fri", today)?.first(), date(2026, 3, 16));
/// assert_eq!(parse_range("until 16 mar", today)?.last(), date(2026, 3, 16));
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
///
/// # Errors
///
/// A flaw at the word that is no day, or over days that run backwards or for more than a year.
pub fn parse_range(text: &str, today: Date) -> Result<DayRange, Flaw> {
    let words = split_marks(text);
    let lower: Vec<String> = words.iter().map(Word::lower).collect();
    let joint = lower.iter().position(|word| is_joint(word));
    let (first, last) = match (lower.first().map(String::as_str), joint) {
        (Some("since"), _) => {
            let rest = words.get(1..).unwrap_or_default();
            let first =
                read_day(rest, today, Frame::Before(today)).map_err(|flaw| at(flaw, &words))?;
            if first >= today {
                return Err(Flaw::new(
                    reading::hull(&words),
                    format!(
                        "no day between {} and today has passed yet",
                        show_day_with_year(first)
                    ),
                )
                .help("write `until` and the last day you are away"));
            }
            (first, civil::plus(today, -1))
        }
        (Some(_), Some(0)) => {
            let rest = words.get(1..).unwrap_or_default();
            let last =
                read_day(rest, today, Frame::From(today)).map_err(|flaw| at(flaw, &words))?;
            (today, last)
        }
        (Some(start), Some(joint)) => {
            let skip = usize::from(start == "from");
            let first = words.get(skip..joint).unwrap_or_default();
            let last = words.get(joint + 1..).unwrap_or_default();
            from_to(first, last, today).map_err(|flaw| at(flaw, &words))?
        }
        _ => {
            let day = read_start(&words, today)?;
            (day, day)
        }
    };
    let hull = reading::hull(&words);
    let Some(range) = DayRange::new(first, last) else {
        return Err(Flaw::new(
            hull,
            format!("{} is before {}", show_day_with_year(last), show_day_with_year(first)),
        )
        .help("write the first day, `to`, and the last day"));
    };
    let with_year = lower.iter().any(|word| {
        let mut parts = word.split('-');
        parts.any(|part| forms::year_number(part).is_some())
    });
    if range.days() > LONG && !with_year {
        let (first, last) = (show_day_with_year(first), show_day_with_year(last));
        return Err(Flaw::new(hull, format!("{first} to {last} would be {} days", range.days()))
            .help("write the first day first; the years too, if that long is meant"));
    }
    if range.days() > LONGEST {
        return Err(Flaw::new(
            hull,
            format!(
                "{} to {} is longer than a year",
                show_day_with_year(first),
                show_day_with_year(last)
            ),
        )
        .help("write a shorter absence, or mend the year"));
    }
    Ok(range)
}

/// The flaw, placed at the last of `words` where it has no place of its own.
fn at(mut flaw: Flaw, words: &[Word<'_>]) -> Flaw {
    if flaw.range.is_empty()
        && let Some(word) = words.last()
    {
        flaw.range = word.range.clone();
    }
    flaw
}

fn is_joint(word: &str) -> bool {
    matches!(word, "to" | "until" | "till" | "through" | ".." | "–" | "-")
}

/// Words, with `..`, `–` and the hyphen of `mon-fri` as words of their own.
fn split_marks(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    for word in reading::words(text) {
        let between_names = |at: &usize| {
            let (before, after) = word.text.split_at_checked(*at).unwrap_or_default();
            let named = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
            named(before) && named(after.trim_start_matches('-'))
        };
        let mark = word
            .text
            .find("..")
            .map(|at| (at, 2))
            .or_else(|| word.text.find('–').map(|at| (at, '–'.len_utf8())))
            .or_else(|| word.text.find('-').filter(between_names).map(|at| (at, 1)));
        let Some((at, length)) = mark else {
            found.push(word);
            continue;
        };
        for (from, to) in [(0, at), (at, at + length), (at + length, word.text.len())] {
            if let Some(text) = word.text.get(from..to).filter(|text| !text.is_empty()) {
                let start = word.range.start;
                found.push(Word { text, range: start + from..start + to });
            }
        }
    }
    found
}

/// `3 mar to 7 mar`, `3 to 7 mar`, `mar 3 to 7`.
fn from_to(first: &[Word<'_>], last: &[Word<'_>], today: Date) -> Result<(Date, Date), Flaw> {
    let bare = |words: &[Word<'_>]| match words {
        [word] => forms::day_number(word.text),
        _ => None,
    };
    if let Some(day) = bare(first) {
        let end = read_day(last, today, Frame::After(today))?;
        let (year, month) = (end.year(), end.month());
        return Ok((forms::date_of(first, year, month, day)?, end));
    }
    let start = read_start(first, today)?;
    if let Some(day) = bare(last) {
        return Ok((start, forms::date_of(last, start.year(), start.month(), day)?));
    }
    if last.is_empty() {
        return Err(Flaw::new(0..0, "the last day is missing")
            .help(format!("write it as {}", quote("mon to fri"))));
    }
    Ok((start, read_day(last, today, Frame::From(start))?))
}

/// The first day: a weekday from today on, a day of a month also some weeks back.
fn read_start(words: &[Word<'_>], today: Date) -> Result<Date, Flaw> {
    let next = read_day(words, today, Frame::After(today))?;
    let is_today = read_day(words, today, Frame::From(today)).is_ok_and(|day| day == today);
    Ok(if is_today { today } else { next })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// A Wednesday.
    const TODAY: Date = date(2026, 3, 11);

    #[track_caller]
    fn check(text: &str, first: Date, last: Date) {
        let range = parse_range(text, TODAY).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}"));
        assert_eq!((range.first(), range.last()), (first, last), "{text}");
    }

    #[track_caller]
    fn check_flaw(text: &str, place: &str, words: &str) {
        let flaw = parse_range(text, TODAY).unwrap_err();
        assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
        assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
    }

    #[test]
    fn weekdays_are_the_next_ones_from_today_on() {
        check("mon to fri", date(2026, 3, 16), date(2026, 3, 20));
        check("mon-fri", date(2026, 3, 16), date(2026, 3, 20));
        check("wed to fri", date(2026, 3, 11), date(2026, 3, 13));
        check("thu to mon", date(2026, 3, 12), date(2026, 3, 16));
        check("from thu to thu", date(2026, 3, 12), date(2026, 3, 12));
    }

    #[test]
    fn until_starts_today_and_since_ends_yesterday() {
        check("until 16 mar", TODAY, date(2026, 3, 16));
        check("until fri", TODAY, date(2026, 3, 13));
        check("until wed", TODAY, TODAY);
        check("until today", TODAY, TODAY);
        check("since 3 mar", date(2026, 3, 3), date(2026, 3, 10));
        check("since mon", date(2026, 3, 9), date(2026, 3, 10));
        check("since wed", date(2026, 3, 4), date(2026, 3, 10));
        check("since yesterday", date(2026, 3, 10), date(2026, 3, 10));
    }

    #[test]
    fn one_day_is_a_range_of_one() {
        check("today", TODAY, TODAY);
        check("fri", date(2026, 3, 13), date(2026, 3, 13));
        check("wed", TODAY, TODAY);
        check("yesterday", date(2026, 3, 10), date(2026, 3, 10));
        check("3 mar", date(2026, 3, 3), date(2026, 3, 3));
    }

    #[test]
    fn dates_share_what_is_written_once() {
        check("3 mar to 7 mar", date(2026, 3, 3), date(2026, 3, 7));
        check("3 to 7 mar", date(2026, 3, 3), date(2026, 3, 7));
        check("mar 3 to 7", date(2026, 3, 3), date(2026, 3, 7));
        check("2026-03-03..2026-03-07", date(2026, 3, 3), date(2026, 3, 7));
        check("3 mar – 7 mar", date(2026, 3, 3), date(2026, 3, 7));
        check("20 dec to 2 jan", date(2026, 12, 20), date(2027, 1, 2));
        check("tomorrow to +3d", date(2026, 3, 12), date(2026, 3, 14));
    }

    #[test]
    fn mistakes_have_a_place_and_a_mend() {
        check_flaw("", "", "missing");
        check_flaw("until", "until", "missing");
        check_flaw("since", "since", "missing");
        check_flaw("mon to", "to", "last day is missing");
        check_flaw("until yesterday", "until yesterday", "is before");
        check_flaw("since tomorrow", "since tomorrow", "has passed yet");
        check_flaw("since today", "since today", "`until`");
        check_flaw("mon to 31 april", "31 april", "April has 30 days");
        check_flaw("2026-03-11 to 2027-04-11", "2026-03-11 to 2027-04-11", "longer than a year");
        check_flaw("7 to 3 mar", "7 to 3 mar", "is before");
        check_flaw("20 mar to 13 mar", "20 mar to 13 mar", "would be 359 days");
        check_flaw("mon to fry", "fry", "did you mean `fri`?");
    }
}
