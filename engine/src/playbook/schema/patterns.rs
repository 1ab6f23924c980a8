//! Small values as regular expressions (ECMA 262, no flags), as strict as can be without refusing
//! anything that the readers of small values take.

use crate::playbook::language::Small;

/// White space between words, and around them.
const GAP: &str = r"\s+";
const EDGE: &str = r"\s*";

/// A name with hyphens.
pub(crate) const NAME: &str = "^[a-z0-9][a-z0-9_-]{0,63}$";
/// A name that templates use.
pub(crate) const VARIABLE: &str = "^[a-z][a-z0-9_]{0,63}$";
/// A text with something in it.
pub(crate) const SOMETHING: &str = r"\S";
/// A day as stories write it.
pub(crate) const DATE: &str = r"(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";

/// The pattern of a small value that is a text.
pub(super) fn small(small: Small) -> String {
    let name = NAME.trim_start_matches('^').trim_end_matches('$');
    match small {
        Small::Language => "^1$".to_owned(),
        Small::Version => {
            let number = "(0|[1-9][0-9]{0,8})";
            format!(r"^{number}\.{number}\.{number}([-+][0-9A-Za-z.+-]+)?$")
        }
        Small::Id => NAME.to_owned(),
        Small::Range => {
            let number = "0*(1000000|[0-9]{1,6})";
            let (at, to) = (any_case("at"), any_case("to"));
            let end = either(&["most", "least"]);
            whole(&format!("({number}|{at}{GAP}{end}{GAP}{number}|{number}{GAP}{to}{GAP}{number})"))
        }
        Small::Duration => whole(&duration(UNITS)),
        Small::Days => whole(&duration(&["day", "days", "week", "weeks"])),
        Small::Minutes => whole(&duration(&["minute", "minutes", "hour", "hours"])),
        Small::Deadline => {
            let of = any_case("of");
            whole(&format!("{}({GAP}{of}{GAP}{name})?", duration(UNITS)))
        }
        Small::Day => whole(&day()),
        Small::DayOrDate => {
            let word = "[a-z][a-z0-9_]{0,63}";
            format!(r"^({EDGE}{}{EDGE}|(person|company)(\.{word}){{1,2}})$", day())
        }
        Small::Pace => {
            let (per, period) = (any_case("per"), either(&["day", "workday", "week"]));
            whole(&format!("0*[1-9][0-9]{{0,4}}{GAP}{per}{GAP}{period}"))
        }
        Small::Schedule => schedule(),
        Small::Event => format!(r"^{name}(\.due)?$"),
    }
}

const UNITS: &[&str] =
    &["minute", "minutes", "hour", "hours", "day", "days", "workday", "workdays", "week", "weeks"];

const WEEKDAYS: &[&str] = &[
    "mon",
    "monday",
    "mondays",
    "tue",
    "tues",
    "tuesday",
    "tuesdays",
    "wed",
    "weds",
    "wednesday",
    "wednesdays",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "thursdays",
    "fri",
    "friday",
    "fridays",
    "sat",
    "saturday",
    "saturdays",
    "sun",
    "sunday",
    "sundays",
];

fn whole(pattern: &str) -> String {
    format!("^{EDGE}{pattern}{EDGE}$")
}

fn duration(units: &[&str]) -> String {
    format!("0*[0-9]{{1,5}}{GAP}{}", either(units))
}

fn day() -> String {
    format!("{}{GAP}0*[1-9][0-9]{{0,4}}", any_case("day"))
}

/// Days of the week as people write them.
pub(crate) fn weekdays() -> String {
    format!("^{}$", weekday_words(&[]))
}

fn weekday_words(more: &[&str]) -> String {
    let joints = ["and", "to", "through", "every", "on"];
    let words: Vec<&str> = WEEKDAYS.iter().chain(&joints).chain(more).copied().collect();
    let (word, marks) = (either(&words), r"[\s,&–-]");
    format!("{marks}*{word}({marks}+{word})*{marks}*")
}

/// A phrase, five cron fields, or a name that begins with `@`.
fn schedule() -> String {
    let names = ["hourly", "daily", "midnight", "weekly", "monthly", "yearly", "annually"];
    let alias = format!("@{}", either(&names));
    let cron = format!("[0-9*][0-9A-Za-z*,/.-]*({GAP}[0-9A-Za-z*,/.-]+){{4}}");
    let days = weekday_words(&["daily", "day", "workday", "workdays"]);
    let half = format!("({EDGE}{})", either(&["am", "pm"]));
    let time = format!("([0-9]{{1,2}}:[0-9]{{2}}{half}?|[0-9]{{1,2}}{half})");
    let phrase = format!(r"{days}\s{}{GAP}{time}", any_case("at"));
    whole(&format!("({alias}|{cron}|{phrase})"))
}

fn either(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| any_case(word)).collect();
    format!("({})", words.join("|"))
}

/// A word in small and large letters: flags are not part of JSON Schema.
fn any_case(word: &str) -> String {
    let mut pattern = String::new();
    for letter in word.chars() {
        // The sign for kelvin is a large `k` too.
        let kelvin = if letter == 'k' { "\u{212a}" } else { "" };
        pattern.extend(['[', letter.to_ascii_uppercase(), letter]);
        pattern.push_str(kelvin);
        pattern.push(']');
    }
    pattern
}
