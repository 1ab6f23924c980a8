//! The form of a bundle in a file, version 1 (`cli/JSON.md`). A form that was ever released is
//! never changed: a new one gets the next version.

use std::fmt::Write as _;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Bundle, CycleFigures};
use crate::experiment::Side;
use crate::playbook::Decision;

/// The version that is written.
pub(super) const VERSION: u32 = 1;

/// A file: the version, a hash over the content, and the content.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) fortnight_bundle: u32,
    pub(super) check: String,
    pub(super) content: Content,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    pub(super) id: String,
    pub(super) operation: u64,
    pub(super) made: String,
    pub(super) day: String,
    pub(super) consent: Consent,
    pub(super) playbook: Playbook,
    pub(super) started: String,
    pub(super) last_recorded: Option<String>,
    pub(super) idle_days: u32,
    pub(super) stopped: Option<String>,
    pub(super) metric: Option<String>,
    pub(super) window_days: u32,
    pub(super) follow_up: Option<String>,
    pub(super) own_words: bool,
    pub(super) cycles: Vec<Cycle>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consent {
    pub(super) given_on: String,
    pub(super) to: String,
}

/// What the seeker agreed to, in version 1.
pub(super) const CONSENT: &str = "hand out these figures, without names, companies and texts";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Playbook {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) hash: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cycle {
    pub(super) number: u32,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) length: u32,
    pub(super) day: u32,
    pub(super) playbook: String,
    pub(super) in_use: BTreeMap<String, String>,
    pub(super) compared: Option<Compared>,
    pub(super) practice: bool,
    pub(super) second_changes: u32,
    pub(super) people: u32,
    pub(super) first_sent: Option<String>,
    pub(super) settles: Option<String>,
    pub(super) review: Option<String>,
    pub(super) decided: Option<Decided>,
    pub(super) stopped: Option<String>,
    pub(super) groups: Vec<Group>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Compared {
    pub(super) choice: String,
    pub(super) baseline: String,
    pub(super) option: String,
    pub(super) split: bool,
    pub(super) looks: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    pub(super) on: String,
    pub(super) decision: Answer,
    pub(super) option: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Answer {
    Again,
    Use,
    Stop,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum OneSide {
    Baseline,
    Option,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) side: Option<OneSide>,
    pub(super) knows_me: bool,
    pub(super) sent: u32,
    pub(super) counted: u32,
    pub(super) waiting: u32,
    pub(super) answered: u32,
    pub(super) hits: u32,
    pub(super) late: u32,
    pub(super) follow_ups_due: u32,
    pub(super) follow_ups_on_time: u32,
}

/// The bundle as the text of a file: the same bundle is always the same bytes (R12).
#[must_use]
pub fn write(bundle: &Bundle) -> String {
    let content = content(bundle);
    let file = File { fortnight_bundle: VERSION, check: check(&content), content };
    // Strings and numbers cannot fail to be written.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// The hash over the content in its shortest form: whoever edits a file by hand is noticed.
pub(super) fn check(content: &Content) -> String {
    let text = serde_json::to_string(content).unwrap_or_default();
    hexadecimal(&Sha256::digest(text))
}

/// Two digits for each byte.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Bundle {
    /// The hash of what is in it, as it stands in its file.
    #[must_use]
    pub fn check(&self) -> String {
        check(&content(self))
    }
}

fn content(bundle: &Bundle) -> Content {
    Content {
        id: bundle.id.clone(),
        operation: bundle.operation,
        made: bundle.made.to_string(),
        day: bundle.day.to_string(),
        consent: Consent { given_on: bundle.consent.to_string(), to: CONSENT.to_owned() },
        playbook: Playbook {
            id: bundle.playbook.id.to_string(),
            version: bundle.playbook.version.clone(),
            hash: bundle.playbook.hash.clone(),
        },
        started: bundle.started.to_string(),
        last_recorded: text(bundle.last_recorded),
        idle_days: bundle.idle_days,
        stopped: text(bundle.stopped),
        metric: text(bundle.metric.as_ref()),
        window_days: bundle.window_days,
        follow_up: bundle.follow_up.clone(),
        own_words: bundle.own_words,
        cycles: bundle.cycles.iter().map(cycle).collect(),
    }
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn cycle(cycle: &CycleFigures) -> Cycle {
    let in_use =
        cycle.in_use.iter().map(|(choice, option)| (choice.to_string(), option.to_string()));
    Cycle {
        number: cycle.number,
        start: cycle.start.to_string(),
        end: cycle.end.to_string(),
        length: cycle.length,
        day: cycle.day,
        playbook: cycle.playbook.clone(),
        in_use: in_use.collect(),
        compared: cycle.compared.as_ref().map(|compared| Compared {
            choice: compared.choice.to_string(),
            baseline: compared.baseline.to_string(),
            option: compared.option.to_string(),
            split: compared.split,
            looks: compared.looks,
        }),
        practice: cycle.practice,
        second_changes: cycle.second_changes,
        people: cycle.people,
        first_sent: text(cycle.first_sent),
        settles: text(cycle.settles),
        review: text(cycle.review),
        decided: cycle.decided.as_ref().map(|decided| Decided {
            on: decided.on.to_string(),
            decision: match decided.decision {
                Decision::Again => Answer::Again,
                Decision::Use => Answer::Use,
                Decision::Stop => Answer::Stop,
            },
            option: text(decided.option.as_ref()),
        }),
        stopped: text(cycle.stopped),
        groups: cycle
            .groups
            .iter()
            .map(|group| Group {
                side: group.side.map(|side| match side {
                    Side::A => OneSide::Baseline,
                    Side::B => OneSide::Option,
                }),
                knows_me: group.knows,
                sent: group.sent,
                counted: group.counted,
                waiting: group.waiting,
                answered: group.answered,
                hits: group.hits,
                late: group.late,
                follow_ups_due: group.due,
                follow_ups_on_time: group.on_time,
            })
            .collect(),
    }
}
