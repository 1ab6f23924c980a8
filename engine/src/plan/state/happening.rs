//! What happened with one person: outcomes with their days and fields.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use crate::message::Channel;
use crate::playbook::{Id, Playbook};
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
    /// earliest reply stays the reply, and that an outcome which clears it takes it away.
    pub fn standing(&self, playbook: &Playbook, outcome: &str, day: Date) -> Option<&Happening> {
        if outcome == "replied" {
            return self.reply(playbook, day);
        }
        let mut standing = None;
        for (id, happening) in self.recorded.iter().filter(|(_, happening)| happening.on <= day) {
            if &**id == outcome {
                standing = Some(happening);
            } else if playbook.outcome(id).and_then(|known| known.clears.as_deref())
                == Some(outcome)
            {
                standing = None;
            }
        }
        standing
    }

    /// The first human answer up to a day: `replied` itself or any outcome that implies it.
    pub fn reply(&self, playbook: &Playbook, day: Date) -> Option<&Happening> {
        self.recorded
            .iter()
            .filter(|(id, happening)| happening.on <= day && implies_reply(playbook, id))
            .map(|(_, happening)| happening)
            .min_by_key(|happening| happening.on)
    }

    /// The outcome that ended the person, as it stands on a day (S4). A talk agreed on or a
    /// referral recorded afterwards takes the reason away (S7).
    pub fn ended(&self, playbook: &Playbook, day: Date) -> Option<(&Id, &Happening)> {
        let mut ended = None;
        for (id, happening) in self.recorded.iter().filter(|(_, happening)| happening.on <= day) {
            if playbook.outcome(id).is_some_and(|outcome| outcome.ends) {
                ended = Some((id, happening));
            } else if &**id != "replied" && implies_reply(playbook, id) {
                ended = None;
            }
        }
        ended
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

fn implies_reply(playbook: &Playbook, outcome: &str) -> bool {
    outcome == "replied" || playbook.outcome(outcome).is_some_and(|outcome| outcome.implies_reply)
}
