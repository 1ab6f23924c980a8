//! Small words of screens: counts, lists, titles within a sentence, how a person is typed.

use fortnight_engine::calendar::{show_day, show_day_with_year, show_moment, show_time};
use fortnight_engine::message::Channel;
use fortnight_engine::people::Entry;
use fortnight_engine::plan::Appointment;
use fortnight_engine::words::Words;
use jiff::civil::Date;

/// `1 person`, `2 people`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// `24 people`, `1 company`, `24 people and 20 companies`.
///
/// ```
/// use fortnight_cli::render::words::entries;
/// assert_eq!(entries(1, 0), "1 person");
/// assert_eq!(entries(24, 20), "24 people and 20 companies");
/// ```
pub fn entries(people: usize, companies: usize) -> String {
    let people = Some(people).filter(|people| *people > 0 || companies == 0);
    let people = people.map(|people| count(people, "person", "people"));
    let companies = Some(companies).filter(|companies| *companies > 0);
    let companies = companies.map(|companies| count(companies, "company", "companies"));
    list(&people.into_iter().chain(companies).collect::<Vec<_>>())
}

/// What a text waits for, as people say it: fields by their names, and times that are free.
///
/// ```
/// use fortnight_cli::render::words::lacking;
/// let names = ["person.context", "times.first", "times.second"].map(str::to_owned);
/// assert_eq!(lacking(&names), ["context", "two free times"]);
/// ```
pub fn lacking(names: &[String]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for name in names {
        let name = match name.split_once('.') {
            Some(("times", _)) => "two free times",
            Some(("person", field)) => field,
            Some(_) | None => name,
        };
        if !said.iter().any(|known| known == name) {
            said.push(name.to_owned());
        }
    }
    said
}

/// What to do where no two times are free for a talk.
pub const NO_TIMES: &str = "There are none in the next thirty workdays. Widen your hours (set hours), \
    or propose times in your own words (done TASK --text).";

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Numbers of cycles: `1`, `1 and 2`, `1, 3 and 5 to 9`.
///
/// ```
/// use fortnight_cli::render::words::numbers;
/// assert_eq!(numbers(&[1, 2]), "1 and 2");
/// assert_eq!(numbers(&[1, 3, 5, 6, 7, 8, 9]), "1, 3 and 5 to 9");
/// ```
pub fn numbers(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            Some(_) | None => runs.push((*number, *number)),
        }
    }
    let parts: Vec<String> = runs
        .into_iter()
        .flat_map(|(first, last)| match last - first {
            0 => vec![first.to_string()],
            1 => vec![first.to_string(), last.to_string()],
            _ => vec![format!("{first} to {last}")],
        })
        .collect();
    list(&parts)
}

/// A title inside a sentence: its first letter small, unless the word is an abbreviation.
///
/// ```
/// use fortnight_cli::render::words::inside;
/// assert_eq!(inside("A clear ask"), "a clear ask");
/// assert_eq!(inside("UX researcher"), "UX researcher");
/// assert_eq!(inside("In the morning"), "in the morning");
/// assert_eq!(inside("I’ll ask first"), "I’ll ask first");
/// ```
pub fn inside(title: &str) -> String {
    let first_word = title.split_whitespace().next().unwrap_or_default();
    let capitals = first_word.chars().filter(|letter| letter.is_uppercase()).count();
    let mut letters = title.chars();
    match letters.next() {
        Some(first) if capitals == 1 && !speaks_of_oneself(first_word) => {
            first.to_lowercase().chain(letters).collect()
        }
        Some(_) | None => title.to_owned(),
    }
}

/// `I`, `I’ll` and the like keep their capital anywhere.
fn speaks_of_oneself(word: &str) -> bool {
    word.strip_prefix('I').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// How a person is typed in a command: the first name, small, where a shell needs no quotes.
pub fn typed(name: &Words) -> String {
    let shown = name.terminal();
    let first = shown.split_whitespace().next().unwrap_or_default().to_lowercase();
    if !first.is_empty() && first.chars().all(char::is_alphanumeric) {
        first
    } else {
        format!("\"{}\"", shown.replace(['"', '\\', '$', '`'], ""))
    }
}

/// A word of a command line as a shell takes it: in quotes where it must be.
///
/// ```
/// use fortnight_cli::render::words::quoted;
/// assert_eq!(quoted("a.csv"), "a.csv");
/// assert_eq!(quoted("my list.csv"), "\"my list.csv\"");
/// ```
pub fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./=@:+,%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let mut text = String::from("\"");
    for letter in Words::new(word).terminal().chars() {
        if matches!(letter, '"' | '\\' | '$' | '`') {
            text.push('\\');
        }
        text.push(letter);
    }
    text.push('"');
    text
}

/// `Northwind, Design lead`: where somebody works and as what.
pub fn place_of_work(entry: &Entry) -> String {
    let field = |name: &str| entry.field(name).map(|value| value.terminal());
    [field("company"), field("position")].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A recorded answer as people read it: a day or a moment in words, anything else as it is.
///
/// ```
/// use fortnight_cli::render::words::answer;
/// assert_eq!(answer(&"2026-06-01".into()), "Mon 1 Jun");
/// assert_eq!(answer(&"2026-03-12T15:00".into()), "Thu 12 Mar 15:00");
/// assert_eq!(answer(&"Dana Wu, Adyen".into()), "Dana Wu, Adyen");
/// ```
pub fn answer(value: &Words) -> String {
    let text = value.raw().trim();
    let day = || text.parse().ok().filter(|_| text.len() == "2026-03-12".len()).map(show_day);
    let moment = || text.parse().ok().map(show_moment);
    day().or_else(moment).unwrap_or_else(|| value.terminal())
}

/// An answer as it is shown beside a day: an appointment of another year with its year.
///
/// ```
/// use fortnight_cli::render::words::answer_beside;
/// let day = jiff::civil::date(2026, 3, 5);
/// assert_eq!(answer_beside(&"2027-01-11T10:00".into(), day), "Mon 11 Jan 2027 10:00");
/// assert_eq!(answer_beside(&"2026-03-12".into(), day), "Thu 12 Mar");
/// ```
pub fn answer_beside(value: &Words, day: Date) -> String {
    let text = value.raw().trim();
    match Appointment::read(text).filter(|read| read.wall.year() != day.year()) {
        Some(read) if text.contains('T') => {
            let (date, time) = (read.wall.date(), read.wall.time());
            format!("{} {}", show_day_with_year(date), show_time(time))
        }
        Some(read) => show_day_with_year(read.wall.date()),
        None => answer(value),
    }
}

/// How a message travels, within a sentence.
///
/// ```
/// use fortnight_cli::render::words::by_way;
/// use fortnight_engine::message::Channel;
/// assert_eq!(by_way(Channel::LinkedIn), "on LinkedIn");
/// ```
pub fn by_way(channel: Channel) -> &'static str {
    match channel {
        Channel::LinkedIn => "on LinkedIn",
        Channel::Email => "by mail",
        Channel::Sms => "by text message",
        Channel::InPerson => "in person",
        Channel::Phone => "by phone",
    }
}
