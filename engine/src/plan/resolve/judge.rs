//! The standing of one task: the first status that fits, in the order of rule S1.

use jiff::civil::{Date, Time};

use super::needs::{self, NeedState};
use super::{Ahead, CycleTable, done_by_facts};
use crate::people::EntryId;
use crate::plan::dates::CycleDates;
use crate::plan::letter::Acceptance;
use crate::plan::situation::{Place, Situation};
use crate::plan::state::{Completed, CycleState};
use crate::plan::status::{Reason, Standing, Status};
use crate::plan::{due, letter, metric};
use crate::playbook::{Available, Id, List, Step, StepKind};

/// Judges the tasks of one cycle.
pub(super) struct Judge<'a, 's> {
    pub(super) situation: &'s Situation<'a>,
    pub(super) cycle: &'a CycleState,
    pub(super) dates: CycleDates<'s>,
    /// Only conversations and the review are left (S8).
    pub(super) over: bool,
    /// The last day on which people may join and still count (E4).
    pub(super) closes: Date,
    /// A later cycle has begun.
    superseded: bool,
}

/// The day a task became available, as far as its needs and dates tell.
struct Opening {
    day: Date,
    time: Option<Time>,
    reason: Reason,
}

impl<'a, 's> Judge<'a, 's> {
    pub(super) fn new(situation: &'s Situation<'a>, cycle: &'a CycleState) -> Self {
        let dates = situation.dates(cycle);
        Self {
            situation,
            cycle,
            dates,
            over: situation.is_over(cycle),
            closes: dates.date_of(situation.playbook.cycle.list_closes),
            superseded: situation.is_followed(cycle),
        }
    }

    /// The tasks of one step, in list order, before its pace is applied.
    pub(super) fn column(
        &self,
        table: &CycleTable<'a>,
        position: usize,
        step: &Step,
        ahead: &mut Ahead,
    ) -> Vec<Standing> {
        table
            .places(self.situation, step)
            .into_iter()
            .map(|place| {
                let mut standing = self.standing(table, step, place);
                if let (StepKind::Send(_), Some(entry)) = (&step.kind, place.entry()) {
                    self.one_message_at_a_time(position, entry, &mut standing, ahead);
                }
                standing
            })
            .collect()
    }

    /// S6: of the messages open for a person only the earliest in graph order can be due.
    fn one_message_at_a_time(
        &self,
        position: usize,
        entry: EntryId,
        standing: &mut Standing,
        ahead: &mut Ahead,
    ) {
        if !standing.status.is_dated() {
            return;
        }
        if let Some(first) = ahead.get(&entry) {
            *standing = Standing::undated(Status::Waiting, Reason::Message(*first));
        } else if self.situation.elsewhere.ahead.contains(&entry) {
            *standing = Standing::undated(Status::Waiting, Reason::OtherPlan);
        } else {
            ahead.insert(entry, position);
        }
    }

    fn standing(&self, table: &CycleTable<'a>, step: &Step, place: Place<'a>) -> Standing {
        if let Some(done) = self.situation.state.completion(&due::key(step, place)) {
            return match &done.how {
                Completed::Done => Standing::finished(Status::Done, Reason::Recorded, done.on),
                Completed::Skipped(_) => {
                    Standing::finished(Status::Skipped, Reason::Recorded, done.on)
                }
            };
        }
        if let Some(on) = done_by_facts(self.situation, place, step) {
            return Standing::finished(Status::Done, Reason::Facts, on);
        }
        if let Some(reason) = self.closed(step, place) {
            return Standing::undated(Status::Closed, reason);
        }
        let start = self.start(step, place);
        let mut since = start;
        if let Some(condition) = &step.when {
            match self.true_since(place, condition, start) {
                Some(day) => since = day,
                None => return Standing::undated(Status::NotNeeded, Reason::Condition),
            }
        }
        let needs_met = match self.needs(table, step, place) {
            Ok(day) => day,
            Err(reason) => return Standing::undated(Status::Waiting, reason),
        };
        if let Some(reason) = self.unheard(step, place) {
            return Standing::undated(Status::Waiting, reason);
        }
        match self.opening(step, place, since, needs_met) {
            Some(opening) => self.dated(step, place, opening),
            None => Standing::undated(Status::Waiting, Reason::NoDate),
        }
    }

    /// The day before which no task of the place can be available.
    fn start(&self, step: &Step, place: Place<'a>) -> Date {
        match place.member {
            Some(member) if step.once_per_plan => member.listed,
            Some(member) if step.for_each.is_some() => member.listed.max(self.dates.date_of(1)),
            _ if step.once_per_plan => self.situation.state.start,
            _ => self.dates.date_of(1),
        }
    }

    /// Why there is nothing to do about a task any more (S4, S5, S8).
    fn closed(&self, step: &Step, place: Place<'a>) -> Option<Reason> {
        if let StepKind::Choose(choice) = &step.kind
            && let Some((compared, _)) = &self.cycle.compared
            && compared.choice != *choice
        {
            return Some(Reason::OtherChoice(compared.choice.clone()));
        }
        let known = self.situation.entry_at(place);
        if step.for_each.is_some() && known.is_some_and(|entry| entry.forgotten.is_some()) {
            return Some(Reason::Forgotten);
        }
        let happenings = place.entry().and_then(|entry| self.cycle.happenings.get(&entry));
        let today = self.situation.today();
        let playbook = self.situation.playbook;
        if self.over && !self.outlives_the_cycle(step, place) {
            let review = matches!(step.kind, StepKind::Decide(_)) && self.cycle.stopped.is_none();
            return Some(if review { Reason::LaterCycle } else { Reason::CycleOver });
        }
        let ended = happenings.and_then(|happenings| happenings.ended(playbook, today));
        if let Some((outcome, _)) = ended
            && !Self::answers(step, outcome)
        {
            return Some(Reason::Ended(outcome.clone()));
        }
        let silent = known.is_some_and(|entry| entry.do_not_contact);
        (silent && matches!(step.kind, StepKind::Send(_))).then_some(Reason::DoNotContact)
    }

    /// S8: what goes on after a cycle: its review until the next one, what exists once per plan,
    /// and the conversation with everybody who answered.
    fn outlives_the_cycle(&self, step: &Step, place: Place<'a>) -> bool {
        if step.once_per_plan {
            return true;
        }
        if matches!(step.kind, StepKind::Decide(_)) {
            return !self.superseded && self.cycle.stopped.is_none();
        }
        let happenings = place.entry().and_then(|entry| self.cycle.happenings.get(&entry));
        step.for_each == Some(List::People)
            && happenings.is_some_and(|happenings| {
                happenings.reply(self.situation.playbook, self.situation.today()).is_some()
            })
    }

    /// A step whose condition names the outcome that ended a person is the answer to it, such as a
    /// thank-you to those who declined.
    fn answers(step: &Step, outcome: &Id) -> bool {
        let name = format!("person.{outcome}");
        step.when.as_ref().is_some_and(|when| when.names().iter().any(|used| used.path == name))
    }

    /// The day on which all needs were met; the first open one otherwise. The day of a review
    /// meets all of its needs (G2).
    fn needs(
        &self,
        table: &CycleTable<'a>,
        step: &Step,
        place: Place<'a>,
    ) -> Result<Option<Date>, Reason> {
        if matches!(step.kind, StepKind::Decide(_)) {
            return Ok(None);
        }
        let mut last = None;
        for need in &step.needs {
            match needs::state(self, table, step, need, place) {
                NeedState::Met(day) => last = last.max(day),
                NeedState::Open => return Err(Reason::Need(need.step)),
            }
        }
        Ok(last)
    }

    /// Language, channels: on LinkedIn a person who is not connected gets one request, and nothing
    /// more until it is accepted.
    fn unheard(&self, step: &Step, place: Place<'a>) -> Option<Reason> {
        let StepKind::Send(message) = &step.kind else { return None };
        let acceptance = letter::acceptance(self.situation, place, message);
        (acceptance == Acceptance::Awaited).then_some(Reason::NotAccepted)
    }

    /// The day a task becomes available (D2, D4, D5); none while a date it waits for is unknown.
    fn opening(
        &self,
        step: &Step,
        place: Place<'a>,
        since: Date,
        needs_met: Option<Date>,
    ) -> Option<Opening> {
        let ready = needs_met.map_or(since, |day| day.max(since));
        let on = |day, reason| Some(Opening { day, time: None, reason });
        if matches!(step.kind, StepKind::Decide(_)) {
            return Some(self.review(step));
        }
        match &step.at {
            Some(Available::CycleDay(day)) => {
                return on(self.dates.date_of(*day).max(ready), Reason::Day);
            }
            Some(Available::OutcomeField { outcome, field }) => {
                let (day, time) = due::outcome_field(self.situation, place, outcome, field)?;
                return Some(Opening { day, time, reason: Reason::Day });
            }
            Some(Available::EntryField(field)) => {
                let words = self.situation.entry_at(place)?.field(field)?;
                return on(crate::people::read_date(words.raw())?, Reason::Day);
            }
            None => {}
        }
        match &step.after {
            Some(after) => {
                let base = match after.of {
                    Some(_) => due::anchor(self.situation, place, after)?,
                    None => needs_met.unwrap_or(since),
                };
                let day = due::offset(self.situation, place, step, after, base);
                on(day.max(ready), Reason::Day)
            }
            None => on(ready, Reason::Day),
        }
    }

    /// D2: the last workday up to the named day when everybody is counted, else the first workday
    /// on which everybody is.
    fn review(&self, step: &Step) -> Opening {
        let named = match step.at {
            Some(Available::CycleDay(day)) => self.dates.date_of(day),
            Some(_) | None => self.dates.end,
        };
        let rolled = self.dates.work.last_workday(named);
        let planned = if rolled < self.dates.start { named } else { rolled };
        match metric::settles(self.situation, self.cycle).filter(|settled| *settled > planned) {
            Some(settled) => Opening {
                day: self.dates.work.next_workday(settled),
                time: None,
                reason: Reason::Unsettled,
            },
            None => Opening { day: planned, time: None, reason: Reason::Day },
        }
    }

    /// The standing of a task whose day is known.
    fn dated(&self, step: &Step, place: Place<'a>, opening: Opening) -> Standing {
        let today = self.situation.today();
        let mut day = opening.day;
        let mut reason = opening.reason;
        if let Some(later) = self.after_the_last_message(step, place).filter(|later| *later > day) {
            (day, reason) = (later, Reason::MessageToday);
        }
        let deadline = self.deadline(step, place, day);
        let key = due::key(step, place);
        let postponed =
            self.situation.state.log(key.cycle).and_then(|log| log.postponed.get(&key).copied());
        if let Some(to) = postponed.filter(|to| *to > day) {
            (day, reason) = (to, Reason::Postponed);
        }
        let standing = Standing {
            status: Status::Scheduled,
            reason,
            available: Some(day),
            time: opening.time,
            deadline,
            finished: None,
        };
        if day > today {
            return standing;
        }
        let status = match deadline {
            Some(deadline) if deadline < today => Status::Overdue,
            Some(_) | None => Status::Due,
        };
        Standing { status, reason: Reason::Ready, ..standing }
    }

    /// D6: so long after it became available, or after the named step was done.
    fn deadline(&self, step: &Step, place: Place<'a>, available: Date) -> Option<Date> {
        let within = step.within.as_ref()?;
        match within.of {
            Some(_) => due::limit(self.situation, place, step),
            None => Some(self.dates.deadline(available, within.duration)),
        }
    }

    /// S6: after a message to a person, the next one that is no answer to a reply is due on a later
    /// workday.
    fn after_the_last_message(&self, step: &Step, place: Place<'a>) -> Option<Date> {
        if !matches!(step.kind, StepKind::Send(_)) {
            return None;
        }
        let entry = place.entry()?;
        let sent = self.situation.last_sent(entry)?;
        if self.answers_a_reply(step, place, entry, sent) {
            return None;
        }
        let next = sent.tomorrow().ok()?;
        Some(self.dates.work.next_workday(next))
    }

    /// A message answers a reply that no answer has gone out to yet: one that came after the last
    /// message, or one that its condition asks for.
    fn answers_a_reply(&self, step: &Step, place: Place<'a>, entry: EntryId, sent: Date) -> bool {
        let playbook = self.situation.playbook;
        let today = self.situation.today();
        let happenings = self.cycle.happenings.get(&entry);
        let Some(reply) = happenings.and_then(|known| known.last_answer(playbook, today)) else {
            return false;
        };
        let answered = self.cycle.log.completed.iter().any(|(task, done)| {
            task.entry == Some(entry)
                && done.sent.is_some()
                && done.on >= reply
                && playbook.step(&task.step).is_some_and(|step| self.asks_for_a_reply(step, place))
        });
        !answered && (reply >= sent || self.asks_for_a_reply(step, place))
    }

    /// Whether a step is there because the person answered: with an answer its condition can hold,
    /// and without one it does not.
    fn asks_for_a_reply(&self, step: &Step, place: Place<'a>) -> bool {
        let Some(condition) = &step.when else { return false };
        let used = condition.names().iter().map(|name| name.path.as_str());
        let mut silent = self.situation.names(place, self.situation.today(), used);
        let mut answers = Vec::new();
        for name in condition.names() {
            let Some(outcome) = name.path.strip_prefix("person.") else { continue };
            let Some(known) = self.situation.playbook.outcome(outcome) else { continue };
            silent.set(name.path.clone(), false);
            if &*known.id == "replied" || known.implies_reply {
                answers.push(name.path.clone());
            }
        }
        !condition.holds(&silent)
            && answers.into_iter().any(|answer| {
                let mut answered = silent.clone();
                answered.set(answer, true);
                condition.holds(&answered)
            })
    }

    /// M2, M3: a message that lacks a field or breaks a rule is blocked.
    pub(super) fn blocked(&self, step: &Step, place: Place<'a>) -> Option<Reason> {
        let StepKind::Send(message) = &step.kind else { return None };
        match letter::draft(self.situation, place, message) {
            Ok(_) => None,
            Err(letter::Hindrance::Missing(names)) => Some(Reason::Missing(names)),
            Err(letter::Hindrance::Rules(breaches)) => Some(Reason::Rules(breaches)),
            Err(letter::Hindrance::TooLong) => Some(Reason::TooLong),
        }
    }
}
