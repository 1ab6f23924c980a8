//! People on lists: how things stand with them, what is missing, in words.

use fortnight_engine::calendar::{show_day, show_moment};
use fortnight_engine::people::{Entry, Kind};
use fortnight_engine::plan::Progress;
use fortnight_engine::playbook::{Id, Playbook};

use super::words::{inside, list, place_of_work, typed};

/// Where somebody has got to, in a few words.
pub(crate) fn progress(progress: &Progress, playbook: &Playbook) -> String {
    let title = |outcome: &Id| match (&**outcome, playbook.outcome(outcome)) {
        ("replied", _) => "answered".to_owned(),
        ("accepted", _) => "accepted".to_owned(),
        ("declined", _) => "said no, thank you".to_owned(),
        ("not_now", _) => "asked for later".to_owned(),
        ("bounced", _) => "could not be reached".to_owned(),
        (_, Some(known)) => inside(&known.title),
        (other, None) => other.to_owned(),
    };
    match progress {
        Progress::DoNotContact => "not to be written to".to_owned(),
        Progress::Ended { outcome, on } | Progress::Answered { outcome, on, at: None } => {
            format!("{} {}", title(outcome), show_day(*on))
        }
        Progress::Answered { outcome, at: Some(at), .. } => {
            format!("{}: {}", title(outcome), show_moment(*at))
        }
        Progress::Sent { messages: 1, on } => format!("waiting, sent {}", show_day(*on)),
        Progress::Sent { messages, on } => {
            format!("waiting, {messages} sent, last {}", show_day(*on))
        }
        Progress::Untouched => "not written to yet".to_owned(),
    }
}

/// The same for programs: a code, and a day where there is one.
pub(crate) fn code(progress: &Progress) -> (String, Option<String>) {
    match progress {
        Progress::DoNotContact => ("do_not_contact".to_owned(), None),
        Progress::Ended { outcome, on } | Progress::Answered { outcome, on, .. } => {
            (outcome.to_string(), Some(on.to_string()))
        }
        Progress::Sent { on, .. } => ("sent".to_owned(), Some(on.to_string())),
        Progress::Untouched => ("untouched".to_owned(), None),
    }
}

/// `context and mutual`
pub(crate) fn fields(fields: &[Id]) -> String {
    list(&fields.iter().map(ToString::to_string).collect::<Vec<_>>())
}

/// `Ana Silva, Northwind`: enough to tell two people of a name apart.
pub(crate) fn who(entry: &Entry) -> String {
    let name = entry.name.terminal();
    match entry.field("company").filter(|_| entry.kind == Kind::Person) {
        Some(company) => format!("{name}, {}", company.terminal()),
        None => name,
    }
}

/// `Ana Silva, Northwind, design lead`
pub(crate) fn who_in_full(entry: &Entry) -> String {
    let work = place_of_work(entry);
    let name = entry.name.terminal();
    if work.is_empty() { name } else { format!("{name}, {work}") }
}

/// `fortnight people fill ana context="…"`
pub(crate) fn fill_command(entry: &Entry, fields: &[Id]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| format!("{field}=\"…\"")).collect();
    format!("fortnight people fill {} {}", typed(&entry.name), fields.join(" "))
}
