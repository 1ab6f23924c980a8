//! A day, perhaps with a time: `thu 15:00`.

use jiff::civil::{Date, Time};

use super::day::{Frame, Lean, read_day};
use crate::calendar::hours::{is_half, is_timelike, read_time};
use crate::calendar::reading::{self, Word};
use crate::source::Flaw;

/// Reads a day with or without a time: `thu 15:00`, `fri at 3pm`, `2026-03-12T15:00`, `sat`.
/// A time alone is today's.
///
/// ```
/// use fortnight_engine::calendar::{Lean, parse_moment};
/// use jiff::civil::{date, time};
/// let today = date(2026, 3, 9);
/// let (day, at) = parse_moment("thu 15:00", today, Lean::Future)?;
/// assert_eq!((day, at), (date(2026, 3, 12), Some(time(15, 0, 0, 0))));
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
///
/// # Errors
///
/// A flaw at the word that is no day or no time.
pub fn parse_moment(text: &str, today: Date, lean: Lean) -> Result<(Date, Option<Time>), Flaw> {
    let frame = match lean {
        Lean::Past => Frame::UpTo(today),
        Lean::Future => Frame::After(today),
    };
    let words = split_iso(reading::words(text));
    let time_at = match words.as_slice() {
        [.., word, half] if is_half(half) && !is_timelike(half) => {
            word.text.starts_with(|c: char| c.is_ascii_digit()).then(|| words.len() - 2)
        }
        [.., word] if is_timelike(word) => Some(words.len() - 1),
        _ => None,
    };
    let Some((day, time)) = time_at.and_then(|at| words.split_at_checked(at)) else {
        return Ok((read_day(&words, today, frame)?, None));
    };
    let time = Some(read_time(time)?);
    let day = match day {
        [rest @ .., at] if at.lower() == "at" => rest,
        all => all,
    };
    let date = if day.is_empty() { today } else { read_day(day, today, frame)? };
    Ok((date, time))
}

/// Takes `2026-03-12T15:00` apart at the `T`.
fn split_iso(words: Vec<Word<'_>>) -> Vec<Word<'_>> {
    let [word] = words.as_slice() else { return words };
    match word.text.split_once(['T', 't']) {
        Some((day, time)) if day.len() == 10 && day.starts_with(|c: char| c.is_ascii_digit()) => {
            let start = word.range.start;
            vec![
                Word { text: day, range: start..start + day.len() },
                Word { text: time, range: start + day.len() + 1..word.range.end },
            ]
        }
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::show_moment;

    const TODAY: Date = date(2026, 3, 9);

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (day, time) = parse_moment(text, TODAY, Lean::Future).unwrap();
        assert_eq!(show_moment(day.to_datetime(time.unwrap())), expected);
    }

    #[track_caller]
    fn check_flaw(text: &str, place: &str, words: &str) {
        let flaw = parse_moment(text, TODAY, Lean::Future).unwrap_err();
        assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
        assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
    }

    #[test]
    fn a_day_and_a_time_are_read() {
        check("thu 15:00", "Thu 12 Mar 15:00");
        check("thu at 3pm", "Thu 12 Mar 15:00");
        check("fri 3:30 pm", "Fri 13 Mar 15:30");
        check("2026-03-12T15:00", "Thu 12 Mar 15:00");
        check("2026-03-12 15:00", "Thu 12 Mar 15:00");
        check("12 mar 9:30", "Thu 12 Mar 09:30");
        check("17:45", "Mon 9 Mar 17:45");
        check("Fri 13 Mar 10:00", "Fri 13 Mar 10:00");
    }

    #[test]
    fn a_day_alone_has_no_time() {
        assert_eq!(parse_moment("thu", TODAY, Lean::Future), Ok((date(2026, 3, 12), None)));
        assert_eq!(parse_moment("sat", TODAY, Lean::Past), Ok((date(2026, 3, 7), None)));
    }

    #[test]
    fn mistakes_have_a_place() {
        check_flaw("thu 24:00", "24:00", "next day");
        check_flaw("thx 15:00", "thx", "did you mean `thu`?");
        check_flaw("2026-03-32T15:00", "2026-03-32", "March has 31 days");
        check_flaw("2026-03-12T23:59:60", "23:59:60", "leap seconds");
        check_flaw("31 april at 15:00", "31 april", "April has 30 days");
        check_flaw("", "", "missing");
        check_flaw("thu 15", "15", "`15:00` for a time");
    }
}
