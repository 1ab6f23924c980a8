//! What a person may ask to have recorded.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use crate::calendar::{BusyTimes, Hours, WeekdaySet};
use crate::message::Channel;
use crate::people::EntryId;
use crate::plan::TaskKey;
use crate::playbook::{Decision, Id};
use crate::words::Words;

/// What a person may ask to have recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A task was done.
    Done {
        /// The task.
        task: TaskKey,
        /// The day.
        on: Date,
        /// What its form asks for.
        answers: BTreeMap<Id, Words>,
        /// What went out where it differs from the draft.
        text: Option<Words>,
        /// The channel it went on, where it is another one than planned (M5).
        channel: Option<Channel>,
    },
    /// What was said of a task that is done was not right (F5): what is given here is.
    Correct {
        /// The task.
        task: TaskKey,
        /// The day on which it was really done.
        on: Option<Date>,
        /// Answers of its form.
        answers: BTreeMap<Id, Words>,
        /// What really went out.
        text: Option<Words>,
        /// The channel it really went on.
        channel: Option<Channel>,
    },
    /// A task will not be done.
    Skip {
        /// The task.
        task: TaskKey,
        /// The day.
        on: Date,
        /// Why.
        reason: Option<Words>,
    },
    /// A task is moved to a later day (D9).
    Later {
        /// The task.
        task: TaskKey,
        /// The day it comes back.
        to: Date,
    },
    /// Something came back from a person.
    Record {
        /// Who.
        entry: EntryId,
        /// What.
        outcome: String,
        /// The day.
        on: Date,
        /// The time of day.
        time: Option<Time>,
        /// What its form asks for.
        fields: BTreeMap<Id, Words>,
        /// The channel, where it is another one.
        channel: Option<Channel>,
    },
    /// An input is answered or changed.
    Set {
        /// The input.
        input: String,
        /// The answer.
        value: Words,
    },
    /// The seeker's own wording of a message; blank to take the coach's as it is.
    Word {
        /// The message.
        message: String,
        /// The option it is for.
        option: Option<Id>,
        /// The template.
        text: Words,
    },
    /// Days away (D10).
    Away {
        /// The first.
        from: Date,
        /// The last.
        to: Date,
    },
    /// Days off (D3).
    DaysOff {
        /// The first.
        from: Date,
        /// The last.
        to: Date,
    },
    /// Another zone (D1).
    Zone {
        /// Its IANA name, known to exist.
        zone: String,
    },
    /// Another working week.
    Weekdays {
        /// The days worked.
        weekdays: WeekdaySet,
    },
    /// What is taken of the seeker's time is told anew.
    Busy {
        /// The times.
        times: BusyTimes,
    },
    /// Other working hours.
    Hours {
        /// The hours.
        hours: Hours,
    },
    /// A cycle begins.
    StartCycle {
        /// Its first day.
        start: Date,
        /// The choice and option it compares.
        compared: Option<(String, String)>,
    },
    /// What the running cycle compares is named.
    Compare {
        /// The choice.
        choice: String,
        /// The option.
        option: String,
    },
    /// How often one means to look at the pair of the cycle that is being set up; said before the
    /// first message (experiments.md, decision 6).
    Looks {
        /// The number of cycles of this pair.
        looks: u32,
    },
    /// A bundle without names and texts was handed out.
    Share {
        /// The hash of what was in it.
        bundle: String,
    },
    /// The running cycle is abandoned.
    StopCycle,
    /// The review is answered (E7).
    Decide {
        /// What comes next.
        decision: Decision,
        /// The option to use, for [`Decision::Use`].
        option: Option<String>,
        /// The sentence of why.
        why: Words,
        /// The first day of the next cycle; none for no next cycle yet.
        next: Option<Date>,
        /// What was on the screen.
        shown: String,
    },
    /// People or companies join a list, in this order.
    List {
        /// Who.
        entries: Vec<EntryId>,
        /// The cycle; 0 for the plan's companies.
        cycle: u32,
    },
    /// Someone leaves a list before anything was sent.
    Unlist {
        /// Who.
        entry: EntryId,
        /// The cycle; 0 for the plan's companies.
        cycle: u32,
    },
}
