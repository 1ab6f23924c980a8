//! What a report tells of a plan: from the list to the conversations, cycle by cycle, day by day.
//!
//! Knows which facts go into a report that a seeker shows to a coach. It must not word or draw
//! anything. Nothing in it depends on a clock but the moment of the situation.

mod curve;
mod days;
mod letters;
mod search;

use jiff::civil::Date;

pub use curve::{CurvePoint, ReplyCurves, reply_curve};
pub use days::{DayRecord, days};
pub use letters::{Letter, LetterGroup, letters};
pub use search::{Contacted, SearchRecord, work_search};

use super::compare::{Measure, measures};
use super::history::{History, history};
use super::situation::Situation;
use super::state::CycleState;
use crate::playbook::Outcome;
use crate::words::Words;

/// Everything that a report tells.
#[derive(Clone, Debug)]
pub struct Report {
    /// The playbook's title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Where its method comes from.
    pub source: Option<String>,
    /// The day on which the plan began.
    pub start: Date,
    /// The day it is told.
    pub today: Date,
    /// The day on which the seeker decided to stop.
    pub stopped: Option<Date>,
    /// The questions of the playbook with the seeker's answers.
    pub answers: Vec<(String, Words)>,
    /// From the list to what came of it, over all cycles.
    pub funnel: Vec<Stage>,
    /// What was tried, seen and decided.
    pub history: History,
    /// For each cycle that is not planned only: its measures other than the one that decides.
    pub measures: Vec<(u32, Vec<Measure>)>,
    /// How long answers take.
    pub curve: ReplyCurves,
    /// The days on which something was done or came back, in order.
    pub days: Vec<DayRecord>,
    /// The words that were sent.
    pub letters: Vec<LetterGroup>,
}

/// People who got so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// How it reads: "On a list", "A talk is booked".
    pub title: String,
    /// How many people, over all cycles.
    pub people: usize,
    /// How many of each cycle, in the order of cycles.
    pub by_cycle: Vec<(u32, usize)>,
}

/// Puts the content of a report together. Needs the plan opened whole.
pub fn report(situation: &Situation<'_>) -> Report {
    let playbook = situation.playbook;
    let history = history(situation);
    let measures = history
        .cycles
        .iter()
        .filter_map(|cycle| {
            let seen = measures(situation, &cycle.comparison.as_ref()?.between).ok()?;
            let others: Vec<Measure> = seen.into_iter().filter(|one| !one.decides).collect();
            (cycle.people > 0 && !others.is_empty()).then_some((cycle.number, others))
        })
        .collect();
    let answers = playbook.inputs.iter().filter_map(|input| {
        let answer = situation.state.inputs.get(&input.id)?;
        let question = input.ask.clone().unwrap_or_else(|| input.id.to_string());
        (!answer.is_blank()).then(|| (question, answer.clone()))
    });
    Report {
        title: playbook.title.clone(),
        version: playbook.version.clone(),
        source: playbook.source.clone(),
        start: situation.state.start,
        today: situation.today(),
        stopped: situation.state.stopped,
        answers: answers.collect(),
        funnel: funnel(situation),
        history,
        measures,
        curve: reply_curve(situation),
        days: days(situation),
        letters: letters(situation),
    }
}

/// The people on the lists, those written to, those who answered, and one stage for each outcome
/// that the playbook declares and hopes for.
fn funnel(situation: &Situation<'_>) -> Vec<Stage> {
    let today = situation.today();
    let hoped_for = |outcome: &&Outcome| {
        !outcome.built_in && outcome.implies_reply && !outcome.ends && outcome.clears.is_none()
    };
    let stage = |title: &str, reached: &dyn Fn(&CycleState, crate::people::EntryId) -> bool| {
        let by_cycle: Vec<(u32, usize)> = situation
            .state
            .cycles
            .values()
            .map(|cycle| {
                let members = cycle.members.iter();
                (cycle.number, members.filter(|member| reached(cycle, member.entry)).count())
            })
            .collect();
        let people = by_cycle.iter().map(|(_, people)| people).sum();
        Stage { title: title.to_owned(), people, by_cycle }
    };
    let sent = |cycle: &CycleState, entry| !cycle.sent_to(entry).is_empty();
    let answered = |cycle: &CycleState, entry: crate::people::EntryId| {
        let happened = cycle.happenings.get(&entry);
        happened.is_some_and(|happened| happened.reply(situation.playbook, today).is_some())
    };
    let mut stages = vec![
        stage("On a list", &|_, _| true),
        stage("Written to", &sent),
        stage("Answered", &answered),
    ];
    for outcome in situation.playbook.outcomes.iter().filter(hoped_for) {
        let reached = |cycle: &CycleState, entry: crate::people::EntryId| {
            cycle.happenings.get(&entry).is_some_and(|happened| {
                happened.standing(situation.playbook, &outcome.id, today).is_some()
            })
        };
        stages.push(stage(&outcome.title, &reached));
    }
    stages
}
