//! Reading a bundle out of bytes from anywhere: whatever it is, it ends in a bundle or in a word
//! about what is wrong with it.

use std::str::FromStr;

use serde::Deserialize;

use super::wire::{self, Answer, OneSide, VERSION};
use super::{Bundle, CycleFigures, Decided, GroupFigures, PlaybookName};
use crate::experiment::Side;
use crate::plan::Compared;
use crate::playbook::{Decision, Id};

/// Why a file is no bundle that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Something else altogether.
    #[error("it is no bundle of figures")]
    NotABundle,
    /// Made by a newer program.
    #[error("it was made by a newer Fortnight (version {version} of the form)")]
    Newer {
        /// The version of its form.
        version: u32,
    },
    /// It does not say what it said when it was made.
    #[error("it was changed after it was made")]
    Changed,
    /// It says something that cannot be.
    #[error("it holds something that cannot be: {what}")]
    Broken {
        /// What that is, in the words of the form.
        what: String,
    },
}

/// Longer bundles are not read: a plan of ten years has a quarter of it.
const LARGEST: usize = 2 * 1024 * 1024;
/// More cycles than a life has.
const MOST_CYCLES: usize = 1_000;
/// More people than anybody writes to in a cycle; exact tests over more would take too long.
const MOST_PEOPLE: u32 = 5_000;

/// Only the version: everything else may be different in another one.
#[derive(Deserialize)]
struct Versioned {
    fortnight_bundle: u32,
}

/// Reads a bundle.
///
/// # Errors
///
/// See [`BundleError`].
pub fn read(bytes: &[u8]) -> Result<Bundle, BundleError> {
    if bytes.len() > LARGEST {
        return Err(BundleError::NotABundle);
    }
    let versioned: Versioned =
        serde_json::from_slice(bytes).map_err(|_| BundleError::NotABundle)?;
    match versioned.fortnight_bundle {
        VERSION => {}
        0 => return Err(BundleError::NotABundle),
        version => return Err(BundleError::Newer { version }),
    }
    // Not the reader's words: they quote what stands in the file.
    let file: wire::File = serde_json::from_slice(bytes).map_err(|_| BundleError::Changed)?;
    if file.check != wire::check(&file.content) {
        return Err(BundleError::Changed);
    }
    content(file.content)
}

fn broken(what: &str) -> BundleError {
    BundleError::Broken { what: what.to_owned() }
}

fn parsed<T: FromStr>(text: &str, what: &str) -> Result<T, BundleError> {
    text.parse().map_err(|_| broken(what))
}

fn maybe<T: FromStr>(text: Option<&String>, what: &str) -> Result<Option<T>, BundleError> {
    text.map(|text| parsed(text, what)).transpose()
}

/// A name that a playbook's author may give, and nothing that could be somebody's words.
fn id(text: &str, what: &str) -> Result<Id, BundleError> {
    let plain = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '-' | '_')
    };
    if text.is_empty() || text.len() > 100 || !text.chars().all(plain) {
        return Err(broken(what));
    }
    Ok(Id::from(text))
}

/// A version, a hash or a length of time: letters, digits and a few signs.
fn plain(text: String, what: &str) -> Result<String, BundleError> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || " .+-:_".contains(letter);
    if text.len() > 200 || !text.chars().all(fits) {
        return Err(broken(what));
    }
    Ok(text)
}

fn content(content: wire::Content) -> Result<Bundle, BundleError> {
    let is_id = content.id.len() == 32 && content.id.chars().all(|c| c.is_ascii_hexdigit());
    if !is_id {
        return Err(broken("its id"));
    }
    if content.consent.to != wire::CONSENT {
        return Err(broken("the consent"));
    }
    if content.cycles.len() > MOST_CYCLES {
        return Err(broken("the number of cycles"));
    }
    let cycles: Vec<CycleFigures> =
        content.cycles.into_iter().map(cycle).collect::<Result<_, _>>()?;
    if !cycles.is_sorted_by(|one, next| one.number < next.number) {
        return Err(broken("the order of its cycles"));
    }
    Ok(Bundle {
        id: content.id,
        operation: content.operation,
        made: parsed(&content.made, "the moment it was made")?,
        day: parsed(&content.day, "the day it was made")?,
        consent: parsed(&content.consent.given_on, "the day of the consent")?,
        playbook: PlaybookName {
            id: id(&content.playbook.id, "the playbook")?,
            version: plain(content.playbook.version, "the playbook's version")?,
            hash: plain(content.playbook.hash, "the playbook's hash")?,
        },
        started: parsed(&content.started, "the first day")?,
        last_recorded: maybe(content.last_recorded.as_ref(), "the day of the last record")?,
        idle_days: content.idle_days,
        stopped: maybe(content.stopped.as_ref(), "the day it was stopped")?,
        metric: content.metric.map(|metric| id(&metric, "the measure")).transpose()?,
        window_days: content.window_days,
        follow_up: content.follow_up.map(|text| plain(text, "the follow-up")).transpose()?,
        own_words: content.own_words,
        cycles,
    })
}

fn cycle(cycle: wire::Cycle) -> Result<CycleFigures, BundleError> {
    let start = parsed(&cycle.start, "the first day of a cycle")?;
    let end = parsed(&cycle.end, "the last day of a cycle")?;
    if end < start {
        return Err(broken("a cycle that ends before it begins"));
    }
    let mut in_use = std::collections::BTreeMap::new();
    for (choice, option) in &cycle.in_use {
        in_use.insert(id(choice, "a choice")?, id(option, "an option")?);
    }
    Ok(CycleFigures {
        number: cycle.number,
        start,
        end,
        length: cycle.length,
        day: cycle.day,
        playbook: plain(cycle.playbook, "the playbook's hash")?,
        in_use,
        compared: cycle.compared.as_ref().map(compared).transpose()?,
        practice: cycle.practice,
        // Two are as many as any number of them.
        second_changes: cycle.second_changes.min(100),
        people: cycle.people.min(MOST_PEOPLE),
        first_sent: maybe(cycle.first_sent.as_ref(), "the day of a first message")?,
        settles: maybe(cycle.settles.as_ref(), "the day on which all are counted")?,
        review: maybe(cycle.review.as_ref(), "the day of a review")?,
        decided: cycle.decided.map(decided).transpose()?,
        stopped: maybe(cycle.stopped.as_ref(), "the day a cycle was stopped")?,
        groups: groups(&cycle.groups)?,
    })
}

fn compared(form: &wire::Compared) -> Result<Compared, BundleError> {
    Ok(Compared {
        choice: id(&form.choice, "a choice")?,
        option: id(&form.option, "an option")?,
        baseline: id(&form.baseline, "an option")?,
        split: form.split,
        looks: form.looks,
    })
}

fn decided(form: wire::Decided) -> Result<Decided, BundleError> {
    Ok(Decided {
        on: parsed(&form.on, "the day of a decision")?,
        decision: match form.decision {
            Answer::Again => Decision::Again,
            Answer::Use => Decision::Use,
            Answer::Stop => Decision::Stop,
        },
        option: form.option.map(|option| id(&option, "an option")).transpose()?,
    })
}

fn groups(forms: &[wire::Group]) -> Result<Vec<GroupFigures>, BundleError> {
    let groups: Vec<GroupFigures> = forms.iter().map(group).collect();
    let fits = |group: &GroupFigures| {
        group.sent <= MOST_PEOPLE
            && group.counted.checked_add(group.waiting) == Some(group.sent)
            && group.hits <= group.counted.min(group.answered)
            && group.answered.saturating_add(group.late) <= group.sent
            && group.on_time <= group.due
            && group.due <= group.sent
    };
    let distinct = groups.iter().enumerate().all(|(at, group)| {
        !groups.iter().take(at).any(|other| (other.side, other.knows) == (group.side, group.knows))
    });
    if !distinct || !groups.iter().all(fits) {
        return Err(broken("the counts of a cycle"));
    }
    Ok(groups)
}

fn group(form: &wire::Group) -> GroupFigures {
    GroupFigures {
        side: form.side.map(|side| match side {
            OneSide::Baseline => Side::A,
            OneSide::Option => Side::B,
        }),
        knows: form.knows_me,
        sent: form.sent,
        counted: form.counted,
        waiting: form.waiting,
        answered: form.answered,
        hits: form.hits,
        late: form.late,
        due: form.follow_ups_due,
        on_time: form.follow_ups_on_time,
    }
}
