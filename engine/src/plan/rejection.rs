//! Why a command was refused: one reason, with the names that a sentence about it needs.

use jiff::civil::{Date, Time};

use super::TaskKey;
use super::letter::Hindrance;
use super::status::{Reason, Status};
use crate::people::EntryId;
use crate::playbook::Id;
use crate::words::Words;

/// A command that does not fit the facts. Nothing was recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum Rejection {
    /// The day lies in the future, and the thing is no appointment (F3).
    FutureDay {
        /// The day given.
        on: Date,
    },
    /// The day is today, and the time has not come (F3).
    FutureTime {
        /// The day given.
        on: Date,
        /// The time given.
        time: Time,
    },
    /// The day lies before the plan began (F3).
    BeforePlan {
        /// The day given.
        on: Date,
        /// The first day of the plan.
        start: Date,
    },
    /// There is no such task.
    NoTask {
        /// Its name.
        task: TaskKey,
    },
    /// The task is not open any more, or not yet.
    NotOpen(Box<NotOpen>),
    /// The person answered before the follow-up went out (S3).
    RepliedMeanwhile {
        /// Who.
        name: Words,
        /// When.
        on: Date,
    },
    /// The step asks what to compare, and saying done does not answer it (E1).
    ChoiceNeeded {
        /// The choice.
        choice: Id,
        /// The options beside the baseline.
        options: Vec<Id>,
    },
    /// The step may not be skipped (S2).
    MustBeDone {
        /// The step.
        title: String,
    },
    /// Skipping it needs a sentence of why (S2).
    ReasonNeeded {
        /// The step.
        title: String,
    },
    /// The message is not ready.
    NotReady {
        /// For whom.
        name: Words,
        /// What stands in its way.
        hindrance: Hindrance,
    },
    /// The step sends no message, so no words and no channel belong to it.
    NoMessage {
        /// The step.
        title: String,
    },
    /// The first message cannot have gone out after something came back (F5).
    AfterAnswer {
        /// Who.
        name: Words,
        /// What came back first.
        outcome: Id,
        /// When.
        on: Date,
        /// The day given for the message.
        sent: Date,
    },
    /// A day to come back to must lie ahead.
    NotLater {
        /// The day given.
        to: Date,
    },
    /// No outcome has this name.
    UnknownOutcome {
        /// The name given.
        outcome: String,
        /// The names there are.
        known: Vec<Id>,
    },
    /// No input has this name.
    UnknownInput {
        /// The name given.
        input: String,
        /// The names there are.
        known: Vec<Id>,
    },
    /// The playbook asks for this input before a plan can begin.
    InputMissing {
        /// The input.
        input: Id,
    },
    /// No choice has this name.
    UnknownChoice {
        /// The name given.
        choice: String,
        /// The names there are.
        known: Vec<Id>,
    },
    /// The choice has no such option.
    UnknownOption {
        /// The choice.
        choice: Id,
        /// The name given.
        option: String,
        /// The options there are.
        known: Vec<Id>,
    },
    /// The form has no such field.
    UnknownField {
        /// The name given.
        field: String,
        /// The fields there are.
        known: Vec<Id>,
    },
    /// The answer is not of the kind that is asked for.
    BadValue {
        /// The field.
        field: Id,
        /// The answer given.
        value: Words,
        /// What is wanted, as a noun: "a day", "one of a, b".
        wanted: String,
    },
    /// The answer breaks a rule of its field.
    BrokenRule {
        /// The field.
        field: Id,
        /// The rule in words.
        rule: String,
    },
    /// Nothing was sent to the person, so nothing can have come back.
    NothingSent {
        /// Who.
        name: Words,
        /// What was to be recorded.
        outcome: Id,
    },
    /// The outcome is dated before the first message to the person.
    BeforeMessage {
        /// Who.
        name: Words,
        /// The day given.
        on: Date,
        /// The day of the first message.
        sent: Date,
    },
    /// A recorded fact makes it impossible (F5).
    Contradicts {
        /// Who.
        name: Words,
        /// What was to be recorded.
        outcome: Id,
        /// What is recorded.
        recorded: Id,
        /// When that happened.
        on: Date,
    },
    /// The person is on no list of this plan.
    NotListed {
        /// Who.
        name: Words,
    },
    /// The person was forgotten (L3).
    Forgotten {
        /// Who.
        entry: EntryId,
    },
    /// The person does not want to be written to (S5).
    DoNotContact {
        /// Who.
        name: Words,
    },
    /// It would be a second change in a running cycle (E1).
    SecondChange {
        /// What would change, in words.
        what: String,
        /// When the first message of the cycle went out.
        since: Date,
        /// The cycle.
        cycle: u32,
    },
    /// The version offered is of another playbook (E3).
    OtherPlaybook {
        /// The id of the one given.
        given: Id,
        /// The id of the plan's.
        own: Id,
    },
    /// Ids of steps mean something else in the new version (E3).
    ReusedSteps {
        /// The steps.
        steps: Vec<Id>,
    },
    /// A step that is said to be renamed is not there.
    UnknownStep {
        /// The name given.
        step: String,
        /// The names there are.
        known: Vec<Id>,
        /// It is looked for in the new version.
        is_new: bool,
    },
    /// A step cannot go by the name of one that stays, nor can two by one name.
    StepTaken {
        /// The name before.
        before: Id,
        /// The name now.
        now: Id,
    },
    /// The new version lacks an option that is in use or being compared.
    OptionGone {
        /// The choice.
        choice: Id,
        /// The option.
        option: Id,
    },
    /// A number of looks for which nothing is known.
    BadLooks {
        /// The most.
        most: u32,
    },
    /// How often one means to look is said before the first message.
    LooksTooLate {
        /// When that went out.
        since: Date,
        /// What was said before it.
        declared: Option<u32>,
    },
    /// A cycle is running.
    CycleRunning {
        /// Its number.
        cycle: u32,
        /// Its last day.
        end: Date,
    },
    /// The last cycle's review has not been answered.
    NotDecided {
        /// Its number.
        cycle: u32,
    },
    /// No cycle is running.
    NoCycle,
    /// The plan has no such cycle.
    UnknownCycle {
        /// The number given.
        cycle: u32,
    },
    /// A cycle compared with itself tells nothing.
    SameCycle {
        /// The number given.
        cycle: u32,
    },
    /// A cycle that compared something else is put together with those of a pair.
    OtherPair {
        /// The cycle.
        cycle: u32,
    },
    /// No cycle has compared the choice.
    NeverCompared {
        /// The choice.
        choice: Id,
        /// An option that could be compared.
        option: Option<Id>,
    },
    /// The playbook has no such measure.
    UnknownMeasure {
        /// The name given.
        measure: String,
        /// The measures there are.
        known: Vec<Id>,
    },
    /// The playbook names no measure that decides.
    NothingDecides,
    /// People are still inside their window (E5).
    NotSettled {
        /// The cycle.
        cycle: u32,
        /// How many.
        waiting: u32,
        /// The day on which the last one is counted.
        on: Date,
    },
    /// The review is due later.
    TooEarly {
        /// The cycle.
        cycle: u32,
        /// The day of the review.
        on: Date,
    },
    /// The review was answered already.
    AlreadyDecided {
        /// The cycle.
        cycle: u32,
        /// When.
        on: Date,
    },
    /// A decision needs a sentence of why (E7).
    WhyNeeded,
    /// The review of this playbook does not offer it.
    NotOffered {
        /// What was asked for, as `again`, `use`, `stop`.
        decision: &'static str,
    },
    /// The cycle compares nothing, so nothing can be taken into use or run again.
    NothingCompared {
        /// The cycle.
        cycle: u32,
    },
    /// The option is the baseline already.
    SameAsBaseline {
        /// The option.
        option: Id,
    },
    /// The plan was ended (E7).
    Stopped {
        /// When.
        on: Date,
    },
    /// A first day that does not fit.
    BadStart {
        /// The day given.
        start: Date,
        /// The earliest day that fits.
        earliest: Date,
    },
    /// The range ends before it begins.
    BackwardRange {
        /// The first day given.
        from: Date,
        /// The last day given.
        to: Date,
    },
    /// The message has no such text.
    UnknownMessage {
        /// The name given.
        message: String,
        /// The names there are.
        known: Vec<Id>,
    },
    /// The wording uses a name that there is not (M1).
    UnknownName {
        /// The name given.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The wording is not a template that can be read.
    BadTemplate {
        /// What is wrong, one sentence each.
        flaws: Vec<String>,
    },
    /// The person has been messaged in this cycle and cannot be taken off its list.
    AlreadyMessaged {
        /// Who.
        name: Words,
        /// When.
        on: Date,
    },
}

/// A task that is not open, with what a sentence about it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct NotOpen {
    /// The task.
    pub task: TaskKey,
    /// What it asks to do.
    pub title: String,
    /// For whom.
    pub name: Option<Words>,
    /// How it stands.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// When it was done or skipped.
    pub finished: Option<Date>,
}
