//! What happened with one person: outcomes with their days and fields.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use crate::message::Channel;
use crate::playbook::{Id, Outcome, Playbook};
use crate::words::Words;

/// One recorded outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The day.
    pub on: Date,
    /// The time of day, where it was given.
    pub time: Option<Time>,
    /// What its form recorded.
    pub fields: BTreeMap<Id, Words>,
    /// The channel it came on, where it was said.
    pub channel: Option<Channel>,
}

/// All outcomes recorded for one person in one cycle, in the order of recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happenings {
    recorded: Vec<(Id, Happening)>,
}

impl Happenings {
    /// Adds one in the order in which it was recorded.
    pub fn push(&mut self, outcome: Id, happening: Happening) {
        self.recorded.push((outcome, happening));
    }

    /// Everything recorded, corrections included, oldest record first.
    pub fn recorded(&self) -> &[(Id, Happening)] {
        &self.recorded
    }

    /// The outcome as it stands on a day: the newest record of it counts (F5), except that the
    /// earliest reply stays the reply, and that an outcome which clears it takes it away. What
    /// clears it has to have happened after it, whenever it was written down (F3).
    pub fn standing(&self, playbook: &Playbook, outcome: &str, day: Date) -> Option<&Happening> {
        if outcome == "replied" {
            return self.reply(playbook, day);
        }
        let newest = self.newest(outcome, day)?;
        let cleared = self.cleared(playbook, outcome, day);
        cleared.is_none_or(|cleared| cleared < newest.place()).then_some(newest.happening)
    }

    /// The day since which an outcome stands: a talk that was moved is agreed on since the first
    /// time was, and one whose record only got another day since that day.
    pub fn stands_since(&self, playbook: &Playbook, outcome: &str, day: Date) -> Option<Date> {
        let standing = self.standing(playbook, outcome, day)?;
        if outcome == "replied" {
            return Some(standing.on);
        }
        let cleared = self.cleared(playbook, outcome, day);
        let records = self.known(outcome, day).filter(|known| cleared < Some(known.place()));
        let mut since: Option<(Date, &Happening)> = None;
        for Known { happening, .. } in records {
            let on = match since {
                Some((on, before)) if before.fields != happening.fields => on.min(happening.on),
                Some(_) | None => happening.on,
            };
            since = Some((on, happening));
        }
        since.map(|(on, _)| on)
    }

    /// The place of the newest record that takes an outcome away.
    fn cleared(&self, playbook: &Playbook, outcome: &str, day: Date) -> Option<(Date, usize)> {
        let clears = playbook.outcomes.iter().filter(|it| it.clears.as_deref() == Some(outcome));
        clears.filter_map(|clearing| Some(self.newest(&clearing.id, day)?.place())).max()
    }

    /// The records of an outcome up to a day, in the order of recording.
    fn known(&self, outcome: &str, day: Date) -> impl DoubleEndedIterator<Item = Known<'_>> {
        let recorded = self.recorded.iter().enumerate();
        recorded
            .filter(move |(_, (id, happening))| happening.on <= day && &**id == outcome)
            .map(|(at, (id, happening))| Known { at, id, happening })
    }

    /// The record of an outcome that counts, as known on a day (F5).
    fn newest(&self, outcome: &str, day: Date) -> Option<Known<'_>> {
        self.known(outcome, day).next_back()
    }

    /// The first human answer up to a day: `replied` itself or any outcome that implies it. A later
    /// `replied` that names no channel is only ever recorded to put the day right: it takes the place
    /// of all that was recorded before it (F5).
    pub fn reply(&self, playbook: &Playbook, day: Date) -> Option<&Happening> {
        let mut first: Option<&Happening> = None;
        for (id, happening) in &self.recorded {
            let corrects = &**id == "replied" && happening.channel.is_none();
            let comes_first = first.is_none_or(|first| happening.on < first.on || corrects);
            if comes_first && implies_reply(playbook, id) {
                first = Some(happening);
            }
        }
        first.filter(|first| first.on <= day)
    }

    /// The outcome that ended the person, as it stands on a day (S4). A talk agreed on or held
    /// afterwards takes the reason away (S7); that they sent somebody on, or did not come to a
    /// talk, does not: nobody who said no is chased.
    pub fn ended(&self, playbook: &Playbook, day: Date) -> Option<(&Id, &Happening)> {
        let newest = |outcome: &Outcome| self.newest(&outcome.id, day);
        let ends = playbook.outcomes.iter().filter(|outcome| outcome.ends);
        let ended = ends.filter_map(newest).max_by_key(Known::place)?;
        let taken_back = playbook.outcomes.iter().filter(|outcome| resumes(outcome));
        let goes_on = taken_back.filter_map(newest).any(|known| known.place() > ended.place());
        (!goes_on).then_some((ended.id, ended.happening))
    }

    /// The newest day up to `day` on which a human answered or something was agreed.
    pub fn last_answer(&self, playbook: &Playbook, day: Date) -> Option<Date> {
        self.recorded
            .iter()
            .filter(|(id, happening)| happening.on <= day && implies_reply(playbook, id))
            .map(|(_, happening)| happening.on)
            .max()
    }
}

/// One record among all of a person.
#[derive(Clone, Copy)]
struct Known<'h> {
    at: usize,
    id: &'h Id,
    happening: &'h Happening,
}

impl Known<'_> {
    /// What happened later comes later; on one day, the order of recording tells.
    fn place(&self) -> (Date, usize) {
        (self.happening.on, self.at)
    }
}

/// Whether an outcome takes a no back.
fn resumes(outcome: &Outcome) -> bool {
    let says_nothing = ["replied", "referred"].contains(&&*outcome.id);
    outcome.implies_reply && !outcome.ends && outcome.clears.is_none() && !says_nothing
}

fn implies_reply(playbook: &Playbook, outcome: &str) -> bool {
    outcome == "replied" || playbook.outcome(outcome).is_some_and(|outcome| outcome.implies_reply)
}
