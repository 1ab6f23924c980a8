//! The words that were sent, in a report: each wording, and below it every message where they are told.

use std::collections::BTreeMap;

use fortnight_engine::calendar::{show_day, show_day_with_year};
use fortnight_engine::message::Channel;
use fortnight_engine::plan::report::LetterGroup;
use maud::{Markup, html};

use super::text::{Text, text};
use super::{Page, Told};
use crate::render::words::{by_way, count, inside};

pub(super) fn section(page: &Page<'_>) -> Markup {
    let groups = &page.report.letters;
    let mut cycles: Vec<u32> = groups.iter().map(|group| group.cycle).collect();
    cycles.dedup();
    html! {
        section aria-labelledby="words" {
            h2 id="words" { "The words that were sent" }
            @if page.told == Told::Wordings {
                p.soft { "Names in braces stand for what is known of each person." }
            }
            @for cycle in cycles {
                h3 { "Cycle " (cycle) }
                @for group in groups.iter().filter(|group| group.cycle == cycle) {
                    (one(page, group))
                }
            }
        }
    }
}

/// How the messages went: `on LinkedIn`, or `12 on LinkedIn, 2 by mail`.
pub(super) fn ways(group: &LetterGroup) -> String {
    let mut channels: BTreeMap<Channel, usize> = BTreeMap::new();
    for letter in &group.letters {
        *channels.entry(letter.channel).or_default() += 1;
    }
    let alone = channels.len() == 1;
    let said = channels.into_iter().map(|(channel, number)| {
        if alone { by_way(channel).to_owned() } else { format!("{number} {}", by_way(channel)) }
    });
    said.collect::<Vec<_>>().join(", ")
}

/// True where the messages went in several ways.
pub(super) fn is_mixed(group: &LetterGroup) -> bool {
    let first = group.letters.first().map(|letter| letter.channel);
    group.letters.iter().any(|letter| Some(letter.channel) != first)
}

fn one(page: &Page<'_>, group: &LetterGroup) -> Markup {
    let (first, last) = (group.letters.first(), group.letters.last());
    let wording = page.wordings.iter().find(|wording| {
        wording.message == *group.message && wording.option.as_deref() == group.option.as_deref()
    });
    let mixed = is_mixed(group);
    html! {
        div.card {
            p {
                strong { (text(&group.title)) }
                @if let Some(option) = &group.option_title { " · " (text(&inside(option))) }
                br;
                span.soft {
                    (count(group.letters.len(), "message", "messages"))
                    @if let (Some(first), Some(last)) = (first, last) {
                        @if first.on == last.on { " on " (show_day_with_year(first.on)) }
                        @else { ", " (show_day(first.on)) " to " (show_day_with_year(last.on)) }
                        " · " (ways(group))
                    }
                }
            }
            @if page.told == Told::Wordings {
                @if let Some(wording) = wording { blockquote { (text(&wording.text)) } }
            } @else if let Some(first) = first {
                blockquote { (Text(&first.text)) }
                details {
                    summary { "All " (group.letters.len()) ", as they went out" }
                    ol.letters {
                        @for letter in &group.letters {
                            li {
                                strong { (Text(&letter.name)) }
                                " " span.soft {
                                    (show_day(letter.on))
                                    @if mixed { ", " (by_way(letter.channel)) }
                                }
                                @if letter.text.is_blank() { p.soft { "The text was erased." } }
                                @else { blockquote { (Text(&letter.text)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
