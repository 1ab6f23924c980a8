//! Times of day and working hours: `09:00`, `09:00 to 17:00`.

use std::fmt;

use jiff::civil::Time;

use super::reading::{self, Word, quote};
use crate::source::Flaw;

/// Reads a time of day, hours and minutes: `09:00`, `7:30`, `3pm`, `3:30 pm`.
///
/// ```
/// use fortnight_engine::calendar::parse_time;
/// use jiff::civil::time;
/// assert_eq!(parse_time("7:30")?, time(7, 30, 0, 0));
/// assert_eq!(parse_time("3pm")?, time(15, 0, 0, 0));
/// assert!(parse_time("24:00").unwrap_err().message.contains("23:59"));
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
///
/// # Errors
///
/// A flaw at the part that is no hour or minute, with the form to write.
pub fn parse_time(text: &str) -> Result<Time, Flaw> {
    read_time(&reading::words(text)).map_err(|mut flaw| {
        if flaw.range.is_empty() {
            flaw.range = reading::trimmed(text);
        }
        flaw
    })
}

/// `09:05`.
pub fn show_time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// True where `word` looks as if a time were meant.
pub(super) fn is_timelike(word: &Word<'_>) -> bool {
    let lower = word.lower();
    let digits = lower.starts_with(|c: char| c.is_ascii_digit());
    digits && (lower.contains(':') || split_half(&lower).1.is_some())
}

/// True for `am` and `pm` on their own.
pub(super) fn is_half(word: &Word<'_>) -> bool {
    matches!(word.lower().as_str(), "am" | "pm")
}

/// A time without `am` or `pm`, and whether `pm` (12) or `am` (0) followed.
fn split_half(lower: &str) -> (&str, Option<u8>) {
    let digit_before = |text: &&str| text.ends_with(|c: char| c.is_ascii_digit());
    if let Some(rest) = lower.strip_suffix("pm").filter(digit_before) {
        (rest, Some(12))
    } else if let Some(rest) = lower.strip_suffix("am").filter(digit_before) {
        (rest, Some(0))
    } else {
        (lower, None)
    }
}

/// Reads a time from one word, or two where the second is `am` or `pm`.
pub(super) fn read_time(words: &[Word<'_>]) -> Result<Time, Flaw> {
    let (word, half) = match words {
        [] => return Err(Flaw::new(0..0, "a time is missing here").help("write it as `09:00`")),
        [word] => (word, None),
        [word, half] if is_half(half) => (word, Some(half.lower())),
        [_, rest @ ..] => {
            return Err(Flaw::new(reading::hull(rest), "nothing is expected after a time")
                .help("write it as `09:00`"));
        }
    };
    let lower = word.lower() + half.as_deref().unwrap_or("");
    let (clock, half) = split_half(&lower);
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next().unwrap_or(""), parts.next(), parts.next());
    let wrong = || {
        let digits: Vec<&str> = clock.split(|c: char| !c.is_ascii_digit()).collect();
        let (hour, minute) = match digits.as_slice() {
            [hour] | [hour, "", ..] => (*hour, "00"),
            [hour, minute, ..] => (*hour, *minute),
            [] => ("", ""),
        };
        let meant = hour.parse::<u8>().ok().filter(|hour| *hour < 24);
        let meant = meant.zip(minute.parse::<u8>().ok().filter(|minute| *minute < 60));
        let (hour, minute) = meant.unwrap_or((9, 0));
        word.flaw(format!("{} is no time of day", quote(word.text)))
            .help(format!("write it as `{hour:02}:{minute:02}`"))
    };
    let number = |text: &str| {
        let short = (1..=2).contains(&text.len());
        text.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
        short.then(|| text.parse::<u8>().ok()).flatten()
    };
    let Some(hour) = number(hour) else { return Err(wrong()) };
    let minute = match (minute, half) {
        (Some(minute), _) if minute.len() == 2 => number(minute).ok_or_else(wrong)?,
        (None, Some(_)) => 0,
        _ => return Err(wrong()),
    };
    if let Some(second) = second {
        return Err(match number(second) {
            Some(60) => word
                .flaw("leap seconds are not known here: a minute has the seconds 00 to 59")
                .help("write hours and minutes, as in `09:00`"),
            _ => word
                .flaw("a time has hours and minutes only")
                .help(format!("write it as `{hour:02}:{minute:02}`")),
        });
    }
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => {
            return Err(word
                .flaw(format!("{hour} is no hour on a clock of twelve"))
                .help(format!("write it as `{:02}:{:02}`", hour.min(23), minute.min(59))));
        }
        Some(add) => hour % 12 + add,
        None => hour,
    };
    if hour == 24 {
        return Err(word
            .flaw("a day ends at 23:59")
            .help("`24:00` is `00:00` of the next day: write that"));
    }
    let time = i8::try_from(hour).ok().zip(i8::try_from(minute).ok());
    time.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok()).ok_or_else(|| {
        let which =
            if hour > 23 { format!("{hour} is no hour") } else { format!("{minute} is no minute") };
        word.flaw(format!("{which}: hours go to 23, minutes to 59")).help("write it as `09:00`")
    })
}

/// Working hours of a day, from one time to a later one.
///
/// ```
/// use fortnight_engine::calendar::Hours;
/// let hours = Hours::parse("9:00 to 17:00")?;
/// assert_eq!(hours.to_string(), "09:00 to 17:00");
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    from: Time,
    to: Time,
}

impl Hours {
    /// The hours from `from` to `to`; `None` where `to` is not later.
    pub fn new(from: Time, to: Time) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// When work begins.
    pub fn from(self) -> Time {
        self.from
    }

    /// When work ends, later on the same day.
    pub fn to(self) -> Time {
        self.to
    }

    /// Reads `09:00 to 17:00`.
    ///
    /// # Errors
    ///
    /// A flaw at the time that is wrong or missing, or at the whole where the end is not later.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        const FORM: &str = "write it as `09:00 to 17:00`";
        let words: Vec<Word<'_>> =
            reading::pieces(text, 0, |c| c.is_whitespace() || c == '-' || c == '–');
        let is_joint = |word: &Word<'_>| matches!(word.lower().as_str(), "to" | "until");
        let start = words.iter().position(|word| !is_joint(word) && word.lower() != "from");
        let words = words.get(start.unwrap_or(0)..).unwrap_or_default();
        let split = words.iter().position(is_joint).or_else(|| {
            words
                .iter()
                .skip(1)
                .position(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
                .map(|at| at + 1)
        });
        let Some((from, to)) = split.and_then(|at| words.split_at_checked(at)) else {
            return Err(Flaw::new(reading::trimmed(text), "working hours have a start and an end")
                .help(FORM));
        };
        let to = match to {
            [joint, rest @ ..] if is_joint(joint) => rest,
            all => all,
        };
        if to.is_empty() || from.is_empty() {
            return Err(Flaw::new(reading::trimmed(text), "working hours have a start and an end")
                .help(FORM));
        }
        Self::new(read_time(from)?, read_time(to)?).ok_or_else(|| {
            Flaw::new(reading::trimmed(text), "working hours end after they start, on the same day")
                .help(FORM)
        })
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", show_time(self.from), show_time(self.to))
    }
}

impl Default for Hours {
    /// 09:00 to 17:00.
    fn default() -> Self {
        Self { from: Time::constant(9, 0, 0, 0), to: Time::constant(17, 0, 0, 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, (&str, &str)>) {
        match (parse_time(text), expected) {
            (Ok(time), Ok(shown)) => assert_eq!(show_time(time), shown),
            (Err(flaw), Err((place, words))) => {
                assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
                assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
            }
            (found, _) => panic!("{text:?} gave {found:?}"),
        }
    }

    #[track_caller]
    fn check_hours(text: &str, expected: Result<&str, (&str, &str)>) {
        match (Hours::parse(text), expected) {
            (Ok(hours), Ok(shown)) => assert_eq!(hours.to_string(), shown),
            (Err(flaw), Err((place, words))) => {
                assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
                assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
            }
            (found, _) => panic!("{text:?} gave {found:?}"),
        }
    }

    #[test]
    fn times_are_read() {
        check("09:00", Ok("09:00"));
        check(" 7:05 ", Ok("07:05"));
        check("00:00", Ok("00:00"));
        check("3pm", Ok("15:00"));
        check("3:30 PM", Ok("15:30"));
        check("12am", Ok("00:00"));
        check("12pm", Ok("12:00"));
    }

    #[test]
    fn wrong_times_say_what_to_write() {
        check("", Err(("", "`09:00`")));
        check("24:00", Err(("24:00", "00:00` of the next day")));
        check("25:00", Err(("25:00", "25 is no hour")));
        check("09:60", Err(("09:60", "60 is no minute")));
        check("23:59:60", Err(("23:59:60", "leap seconds")));
        check("09:00:30", Err(("09:00:30", "hours and minutes only")));
        check("9", Err(("9", "write it as `09:00`")));
        check("9.30", Err(("9.30", "write it as `09:30`")));
        check("9h30", Err(("9h30", "write it as `09:30`")));
        check("9:5", Err(("9:5", "write it as `09:05`")));
        check("noon", Err(("noon", "no time of day")));
        check("13pm", Err(("13pm", "write it as `13:00`")));
        check("09:00 sharp", Err(("sharp", "nothing is expected")));
        check("٣:٠٠", Err(("٣:٠٠", "no time of day")));
    }

    #[test]
    fn working_hours_are_read() {
        check_hours("09:00 to 17:00", Ok("09:00 to 17:00"));
        check_hours("8:30-16:00", Ok("08:30 to 16:00"));
        check_hours("from 9am to 5 pm", Ok("09:00 to 17:00"));
        check_hours("9 am – 5 pm", Ok("09:00 to 17:00"));
    }

    #[test]
    fn wrong_hours_have_a_place() {
        check_hours("", Err(("", "start and an end")));
        check_hours("09:00", Err(("09:00", "start and an end")));
        check_hours("09:00 to", Err(("09:00 to", "start and an end")));
        check_hours("to", Err(("to", "start and an end")));
        check_hours("09:00 to 25:00", Err(("25:00", "no hour")));
        check_hours("17:00 to 09:00", Err(("17:00 to 09:00", "end after they start")));
    }
}
