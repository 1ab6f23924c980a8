//! Schedules as phrases: `Mon and Wed at 09:00`, `workdays at 08:30`, `daily at 7:00`.

use super::Days;
use super::adapter::Pattern;
use crate::calendar::WeekdaySet;
use crate::calendar::hours::{is_timelike, read_time};
use crate::calendar::reading::{self, Word, quote};
use crate::calendar::weekdays::{short_name, weekday_names};
use crate::source::Flaw;

/// Reads the days, `at`, and the time.
pub(super) fn read(words: &[Word<'_>]) -> Result<(Days, Pattern), Flaw> {
    let at = words.iter().position(|word| word.lower() == "at");
    let Some((days, time)) = at.and_then(|at| words.split_at_checked(at)) else {
        return Err(without_at(words));
    };
    let time = time.get(1..).unwrap_or_default();
    if time.is_empty() {
        let flaw = Flaw::new(reading::hull(words), "the time is missing");
        return Err(flaw.help("write it as `Mon and Wed at 09:00`"));
    }
    if days.is_empty() {
        let flaw = Flaw::new(reading::hull(words), "the days are missing");
        return Err(flaw.help("write it as `daily at 09:00` or `Mon and Wed at 09:00`"));
    }
    let (days, weekdays) = read_days(days)?;
    let read = read_time(time)?;
    let names: Vec<String> =
        weekdays.iter().map(|weekday| short_name(weekday).to_uppercase()).collect();
    let (minute, hour) = (read.minute().to_string(), read.hour().to_string());
    let weekdays = if weekdays == WeekdaySet::ALL { "*".to_owned() } else { names.join(",") };
    Pattern::expand([&minute, &hour, "*", "*", &weekdays])
        .map(|pattern| (days, pattern))
        .ok_or_else(|| Flaw::new(reading::hull(words), "this is no schedule"))
}

fn read_days(words: &[Word<'_>]) -> Result<(Days, WeekdaySet), Flaw> {
    let lower: Vec<String> = words.iter().map(Word::lower).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower.as_slice() {
        ["daily"] | ["every", "day"] => Ok((Days::OfPattern, WeekdaySet::ALL)),
        ["workdays" | "workday"] | ["every", "workday"] | ["on", "workdays"] => {
            Ok((Days::Workdays, WeekdaySet::ALL))
        }
        ["weekdays" | "weekday"] | ["every", "weekday"] | ["on", "weekdays"] => Err(Flaw::new(
            reading::hull(words),
            format!("{} may mean two things", quote(&lower.join(" "))),
        )
        .help("write `workdays` for the plan's workdays, or `Mon to Fri`")),
        [one] if WeekdaySet::parse(one).is_err() => {
            let word = words.first().map_or("", |word| word.text);
            let flaw = Flaw::new(reading::hull(words), format!("{} are no days", quote(word)));
            let names = ["daily", "workdays"].into_iter().chain(weekday_names());
            match reading::nearest(one, names) {
                Some(name) => Err(flaw.help(format!("did you mean `{name}`?"))),
                None => WeekdaySet::read(words).map(|set| (Days::OfPattern, set)),
            }
        }
        _ => {
            let set = WeekdaySet::read(words)?;
            if set.is_empty() {
                return Err(Flaw::new(reading::hull(words), "no weekday is named here"));
            }
            Ok((Days::OfPattern, set))
        }
    }
}

/// What is wrong with a phrase without `at`.
fn without_at(words: &[Word<'_>]) -> Flaw {
    let whole = reading::hull(words);
    if let Some(word) = words.iter().find(|word| is_timelike(word)) {
        return Flaw::new(whole, format!("`at` is missing before {}", quote(word.text)))
            .help("write it as `Mon and Wed at 09:00`");
    }
    if let Err(flaw) = read_days(words) {
        return flaw.help("write a schedule as `Mon and Wed at 09:00`, or as five cron fields");
    }
    Flaw::new(whole, "the time is missing").help("write it as `Mon and Wed at 09:00`")
}
