//! Five cron fields as people write them, checked one by one so that each mistake has its place.

use super::adapter::Pattern;
use crate::calendar::months::{month_named, month_names};
use crate::calendar::reading::{self, Word, quote};
use crate::calendar::weekdays::{weekday_named, weekday_names};
use crate::source::Flaw;

/// One of the five fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Minute,
    Hour,
    Day,
    Month,
    Weekday,
}

/// Longer is no schedule that a person can read.
const LONGEST: usize = 300;

/// How far ahead an occurrence is looked for, in years.
const HORIZON: i16 = 40;

const ORDER: &str = "the five fields are minute, hour, day of the month, month and weekday, \
                     as in `0 9 * * MON,WED`";

impl Field {
    const ALL: [Self; 5] = [Self::Minute, Self::Hour, Self::Day, Self::Month, Self::Weekday];

    fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day of the month",
            Self::Month => "month",
            Self::Weekday => "weekday",
        }
    }

    /// The lowest and the highest number; Sunday is 0 and 7.
    fn bounds(self) -> (u32, u32) {
        match self {
            Self::Minute => (0, 59),
            Self::Hour => (0, 23),
            Self::Day => (1, 31),
            Self::Month => (1, 12),
            Self::Weekday => (0, 7),
        }
    }

    /// The number of a name, in the fields that have names.
    fn number_of(self, name: &str) -> Option<u32> {
        match self {
            Self::Month => month_named(name).and_then(|month| u32::try_from(month).ok()),
            Self::Weekday => weekday_named(name)
                .and_then(|weekday| u32::try_from(weekday.to_sunday_zero_offset()).ok()),
            Self::Minute | Self::Hour | Self::Day => None,
        }
    }

    fn names(self) -> Vec<&'static str> {
        match self {
            Self::Month => month_names().collect(),
            Self::Weekday => weekday_names().collect(),
            Self::Minute | Self::Hour | Self::Day => Vec::new(),
        }
    }

    /// The field in the spelling of the crate behind the adapter.
    fn translate(self, word: &Word<'_>) -> Result<String, Flaw> {
        if matches!(word.text, "*" | "*/1") {
            return Ok("*".into());
        }
        let mut items = Vec::new();
        let mut at = word.range.start;
        for text in word.text.split(',') {
            let item = Word { text, range: at..at + text.len() };
            items.push(self.item(word, &item)?);
            at += text.len() + 1;
        }
        Ok(items.join(","))
    }

    /// One entry of a list: `5`, `1-5`, `*/15`, `1-5/2`, `MON`.
    fn item(self, word: &Word<'_>, item: &Word<'_>) -> Result<String, Flaw> {
        if item.text.is_empty() {
            return Err(word
                .flaw(format!("a comma in {} has nothing beside it", quote(word.text)))
                .help("write a list as `1,15,30`"));
        }
        let (range, step) = match item.text.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (item.text, None),
        };
        let step = step.map(|step| self.step(range, step, item)).transpose()?;
        let (low, high) = self.bounds();
        let (first, last) = match range.split_once('-') {
            _ if range == "*" => (low, if self == Self::Weekday { 6 } else { high }),
            Some((first, last)) => self.range(first, last, item)?,
            None if step.is_some() => {
                let first = self.number(range, item)?;
                let end = if self == Self::Weekday { 6 } else { high };
                return Err(item
                    .flaw(format!("{} has a step but no end", quote(item.text)))
                    .help(format!("write `{first}-{end}/{}`", step.unwrap_or(1))));
            }
            None => {
                let number = self.number(range, item)?;
                (number, number)
            }
        };
        let step = step.unwrap_or(1);
        if self == Self::Weekday {
            let numbers = (first..=last).step_by(usize::try_from(step).unwrap_or(1));
            let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
            let names = numbers.filter_map(|at| names.get(usize::try_from(at).ok()?)).copied();
            return Ok(names.collect::<Vec<_>>().join(","));
        }
        Ok(match (first == last, step) {
            (true, _) => first.to_string(),
            (false, 1) => format!("{first}-{last}"),
            (false, step) => format!("{first}-{last}/{step}"),
        })
    }

    fn step(self, range: &str, step: &str, item: &Word<'_>) -> Result<u32, Flaw> {
        let (low, high) = self.bounds();
        let most = high - low;
        let digits = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
        match step.parse::<u32>() {
            Ok(number) if digits && (1..=most).contains(&number) => Ok(number),
            _ => Err(item
                .flaw(format!("{} is no step for the {}", quote(step), self.name()))
                .help(format!("a step here is 1 to {most}, as in `{}/2`", crop(range)))),
        }
    }

    fn range(self, first: &str, last: &str, item: &Word<'_>) -> Result<(u32, u32), Flaw> {
        let (mut from, mut to) = (self.number(first, item)?, self.number(last, item)?);
        if self == Self::Weekday {
            if to == 0 && from > 0 {
                to = 7;
            } else if from == 7 && to < 7 {
                from = 0;
            }
        }
        if from <= to {
            return Ok((from, to));
        }
        let (low, high) = self.bounds();
        let (low, high) = match self {
            Self::Weekday => ("SUN".to_owned(), "SAT".to_owned()),
            Self::Minute | Self::Hour | Self::Day | Self::Month => {
                (low.to_string(), high.to_string())
            }
        };
        let part = |a: &str, b: &str| if a == b { a.to_owned() } else { format!("{a}-{b}") };
        Err(item
            .flaw(format!("{} runs backwards", quote(&format!("{first}-{last}"))))
            .help(format!("write `{},{}`", part(first, &high), part(&low, last))))
    }

    fn number(self, text: &str, item: &Word<'_>) -> Result<u32, Flaw> {
        if let Some(number) = self.number_of(text) {
            return Ok(number);
        }
        let (low, high) = self.bounds();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            return match text.parse::<u32>() {
                Ok(number) if (low..=high).contains(&number) => Ok(number),
                _ => Err(item.flaw(format!(
                    "{} is no {}: it goes from {low} to {high}",
                    crop(text),
                    self.name()
                ))),
            };
        }
        let flaw = item.flaw(format!("{} is no {}", quote(text), self.name()));
        if text == "?" {
            return Err(flaw.help("write `*` for any"));
        }
        let upper = text.to_uppercase();
        if self.number_of(upper.trim_end_matches(['L', 'W'])).is_some()
            || upper.contains(['#', 'L', 'W'])
                && upper.chars().all(|c| c.is_ascii_digit() || matches!(c, '#' | 'L' | 'W'))
        {
            return Err(flaw.help("`L`, `W` and `#` are not known here: write numbers or names"));
        }
        Err(reading::hinted(flaw, text, self.names(), || {
            format!("write a number from {low} to {high}, `*`, a range `1-5` or a list `1,3`")
        }))
    }
}

fn crop(text: &str) -> String {
    text.chars().take(20).collect()
}

/// Reads `@daily` and the like.
pub(super) fn read_alias(words: &[Word<'_>]) -> Result<Pattern, Flaw> {
    const KNOWN: [(&str, [&str; 5]); 7] = [
        ("@hourly", ["0", "*", "*", "*", "*"]),
        ("@daily", ["0", "0", "*", "*", "*"]),
        ("@midnight", ["0", "0", "*", "*", "*"]),
        ("@weekly", ["0", "0", "*", "*", "SUN"]),
        ("@monthly", ["0", "0", "1", "*", "*"]),
        ("@yearly", ["0", "0", "1", "1", "*"]),
        ("@annually", ["0", "0", "1", "1", "*"]),
    ];
    let Some((word, rest)) = words.split_first() else {
        return Err(Flaw::new(0..0, "a schedule is missing here"));
    };
    if !rest.is_empty() {
        return Err(Flaw::new(
            reading::hull(rest),
            format!("nothing is expected after {}", quote(word.text)),
        )
        .help("write a time as in `daily at 07:00`"));
    }
    let lower = word.lower();
    let found = KNOWN.iter().find(|(name, _)| *name == lower);
    found.and_then(|(_, fields)| Pattern::expand(*fields)).ok_or_else(|| {
        let flaw = word.flaw(format!("{} is no schedule", quote(word.text)));
        reading::hinted(flaw, &lower, KNOWN.iter().map(|(name, _)| *name), || {
            "known are @hourly, @daily, @weekly, @monthly and @yearly".into()
        })
    })
}

/// Reads five fields.
pub(super) fn read(words: &[Word<'_>]) -> Result<Pattern, Flaw> {
    let whole = reading::hull(words);
    if whole.len() > LONGEST {
        return Err(Flaw::new(whole, "this schedule is too long to be one").help(ORDER));
    }
    if let Some(word) = words.iter().find(|word| word.text.contains(':')) {
        return Err(word
            .flaw(format!("{} is a time and no cron field", quote(word.text)))
            .help(format!("write the days first, as in `Mon and Wed at {}`", word.text)));
    }
    let [minute, hour, day, month, weekday] = words else {
        let flaw = Flaw::new(
            whole,
            format!("a cron expression has five fields; this has {}", words.len()),
        );
        let with_seconds = words.len() > 5 && words.first().is_some_and(|word| word.text == "0");
        return Err(if with_seconds {
            flaw.help("seconds are not counted here: leave the first `0` out").help(ORDER)
        } else {
            flaw.help(ORDER)
        });
    };
    let mut texts = Vec::new();
    for (field, word) in Field::ALL.into_iter().zip([minute, hour, day, month, weekday]) {
        texts.push(field.translate(word)?);
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let expanded = match texts.as_slice() {
        [_, _, day, _, weekday] if *day != "*" && *weekday != "*" => {
            return Err(words
                .get(4)
                .unwrap_or(minute)
                .flaw(
                    "a day of the month and a weekday together are read in two ways: \
                 as both, or as either",
                )
                .help("write `*` for one of them"));
        }
        [minute, hour, day, month, weekday] => Pattern::expand([minute, hour, day, month, weekday]),
        _ => None,
    };
    let pattern =
        expanded.ok_or_else(|| Flaw::new(whole, "this is no cron expression").help(ORDER))?;
    let start = jiff::civil::date(2000, 1, 1);
    match pattern.next_day(start) {
        Some(first) if first.year() <= start.year() + HORIZON => Ok(pattern),
        _ => Err(day
            .flaw(format!("this never happens: there is no day {} in that month", crop(day.text)))
            .help("the longest February has 29 days; April, June, September and November have 30")),
    }
}
