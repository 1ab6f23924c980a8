//! The work search as a table for spreadsheets and as a page to print: facts, and no claim that any
//! office accepts them.

use fortnight_engine::calendar::{show_day, show_day_with_year, show_moment};
use fortnight_engine::people::import::sheet_to_fill;
use fortnight_engine::plan::report::{Contacted, SearchRecord};
use fortnight_engine::words::Words;
use jiff::civil::Date;
use maud::html;

use super::document;
use super::text::{Text, text};
use crate::render::words::count;

/// One line for each contact. No cell begins a formula.
pub(crate) fn search_sheet(records: &[SearchRecord]) -> String {
    let header = ["date", "person", "employer", "position", "how", "what", "result"];
    let rows: Vec<Vec<Words>> = records
        .iter()
        .map(|record| {
            vec![
                Words::new(record.on.to_string()),
                record.person.clone().unwrap_or_else(erased),
                record.employer.clone().unwrap_or_else(|| Words::new("")),
                record.position.clone().unwrap_or_else(|| Words::new("")),
                Words::new(how(record)),
                Words::new(record.what.as_str()),
                Words::new(result(record)),
            ]
        })
        .collect();
    sheet_to_fill(&header, &rows)
}

/// The same as a page.
pub(crate) fn search_page(
    records: &[SearchRecord],
    from: Date,
    to: Date,
    today: Date,
    about: Option<&Words>,
) -> String {
    let days = format!("{} to {}", show_day_with_year(from), show_day_with_year(to));
    let body = html! {
        header {
            h1 { "Work search" }
            p.soft {
                (days) " · " (count(records.len(), "contact", "contacts"))
            }
            @if let Some(about) = about {
                p { "Looking for: " strong { (Text(about)) } }
            }
        }
        main {
            @if records.is_empty() {
                p { "Nothing was recorded on these days." }
            } @else {
                div.scroll tabindex="0" role="group" aria-label="Contacts" {
                    table.search {
                        caption { "Each line was written down on the day, or soon after it" }
                        thead {
                            tr {
                                th scope="col" { "Date" }
                                th scope="col" { "Person and employer" }
                                th scope="col" { "How" }
                                th scope="col" { "What for" }
                                th scope="col" { "Result" }
                            }
                        }
                        tbody {
                            @for record in records {
                                tr {
                                    td { (show_day_with_year(record.on)) }
                                    td {
                                        @match &record.person {
                                            Some(name) => (Text(name)),
                                            None => (Text(&erased())),
                                        }
                                        @if let Some(employer) = &record.employer {
                                            br; span.soft {
                                                (Text(employer))
                                                @if let Some(position) = &record.position {
                                                    ", " (Text(position))
                                                }
                                            }
                                        }
                                    }
                                    td { (how(record)) }
                                    td { (text(&record.what)) }
                                    td { (text(&result(record))) }
                                }
                            }
                        }
                    }
                }
            }
        }
        footer {
            p { "As recorded with Fortnight up to " (show_day_with_year(today)) "." }
        }
    };
    document("Work search", true, &body)
}

/// Somebody who asked to be forgotten has no name any more.
fn erased() -> Words {
    Words::new("name erased")
}

/// `message on LinkedIn`, `conversation at 10:00`.
fn how(record: &SearchRecord) -> String {
    match record.contacted {
        Contacted::Message(channel) => match channel.as_str() {
            "linkedin" => "message on LinkedIn".to_owned(),
            "email" => "e-mail".to_owned(),
            "sms" => "text message".to_owned(),
            "phone" => "phone call".to_owned(),
            "in-person" => "in person".to_owned(),
            other => other.to_owned(),
        },
        Contacted::Talk(Some(time)) => {
            let moment = show_moment(record.on.to_datetime(time));
            let clock = moment.rsplit(' ').next().unwrap_or_default();
            format!("conversation at {clock}")
        }
        Contacted::Talk(None) => "conversation".to_owned(),
    }
}

/// `They answered (Wed 4 Mar); a talk is booked (Fri 6 Mar)`.
fn result(record: &SearchRecord) -> String {
    if record.result.is_empty() {
        return match record.contacted {
            Contacted::Message(_) => "no answer so far".to_owned(),
            Contacted::Talk(_) => "held".to_owned(),
        };
    }
    let parts = record.result.iter().map(|(on, what)| format!("{what} ({})", show_day(*on)));
    parts.collect::<Vec<_>>().join("; ")
}
