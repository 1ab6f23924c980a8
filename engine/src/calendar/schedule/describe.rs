//! A schedule in words.

use super::Days;
use super::adapter::Pattern;
use crate::calendar::WeekdaySet;
use crate::calendar::months::month_name;

/// More times than this are described by their hours and minutes.
const LISTED: usize = 4;

/// `Mon and Wed at 09:00`, `every 15 minutes`, `on the 1st of the month at 08:00`.
pub(super) fn describe(days: Days, pattern: &Pattern) -> String {
    let times = times(pattern);
    match days {
        Days::Workdays => format!("workdays {times}"),
        Days::OfPattern => match on_days(pattern) {
            Some(days) if times.starts_with("at ") => format!("{days} {times}"),
            Some(days) => format!("{days}, {times}"),
            None if times.starts_with("at ") => format!("every day {times}"),
            None => times,
        },
    }
}

/// The days, where they are not all days.
fn on_days(pattern: &Pattern) -> Option<String> {
    let some_months = pattern.months.len() < 12;
    let months: Vec<String> =
        pattern.months.iter().map(|month| month_name(*month).to_owned()).collect();
    let months = list(&months);
    if pattern.weekdays != WeekdaySet::ALL {
        let days = pattern.weekdays.to_string();
        return Some(if some_months { format!("{days} in {months}") } else { days });
    }
    if pattern.days.len() < 31 {
        let days: Vec<String> = pattern.days.iter().map(|day| ordinal(*day)).collect();
        let months = if some_months { months } else { "the month".into() };
        return Some(format!("on the {} of {months}", list(&days)));
    }
    some_months.then(|| format!("every day in {months}"))
}

/// The times of a day.
fn times(pattern: &Pattern) -> String {
    let times = pattern.times();
    if times.len() <= LISTED {
        let shown: Vec<String> = times.into_iter().map(crate::calendar::show_time).collect();
        return format!("at {}", list(&shown));
    }
    let all_hours = pattern.hours.len() == 24;
    let minutes = match (pattern.minutes.as_slice(), even_step(&pattern.minutes, 60)) {
        ([0], _) if all_hours => return "every hour, on the hour".into(),
        ([minute], _) if all_hours => return format!("every hour, {minute} minutes past"),
        ([minute], _) => {
            let shown: Vec<String> =
                pattern.hours.iter().map(|hour| format!("{hour:02}:{minute:02}")).collect();
            return match even_step(&pattern.hours, 24) {
                Some(step) => format!("every {step} hours from {}", at(shown.first())),
                None => format!("at {}", list(&shown)),
            };
        }
        (_, Some(1)) => "every minute".to_owned(),
        (_, Some(step)) => format!("every {step} minutes"),
        (minutes, None) => {
            let shown: Vec<String> = minutes.iter().map(i8::to_string).collect();
            let past = format!("{} minutes past", list(&shown));
            if all_hours { format!("every hour, {past}") } else { format!("{past} the hour") }
        }
    };
    if all_hours {
        return minutes;
    }
    let consecutive = pattern.hours.windows(2).all(|pair| matches!(pair, [a, b] if b - a == 1));
    match (times.first(), times.last()) {
        (Some(first), Some(last)) if consecutive => format!(
            "{minutes} from {} to {}",
            crate::calendar::show_time(*first),
            crate::calendar::show_time(*last)
        ),
        _ => {
            let hours: Vec<String> = pattern.hours.iter().map(i8::to_string).collect();
            format!("{minutes} in the hours {}", list(&hours))
        }
    }
}

fn at(time: Option<&String>) -> &str {
    time.map_or("00:00", String::as_str)
}

/// The step of numbers from 0 on that go evenly round a whole of `whole`.
fn even_step(numbers: &[i8], whole: i8) -> Option<i8> {
    let count = i8::try_from(numbers.len()).ok().filter(|count| *count >= 2)?;
    let step = whole / count;
    let even = step * count == whole
        && numbers
            .iter()
            .enumerate()
            .all(|(at, number)| i8::try_from(at).is_ok_and(|at| *number == at * step));
    even.then_some(step)
}

/// `1st`, `2nd`, `3rd`, `11th`, …
fn ordinal(number: i8) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [several @ .., last] => format!("{} and {last}", several.join(", ")),
    }
}
