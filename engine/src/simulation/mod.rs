//! A rehearsal: a whole cycle on a clock of its own, before anybody is written to.
//!
//! Knows a seeker and people who are drawn by a seed: when who answers, what the seeker gets done.
//! What is due, what may be recorded and what follows from it is asked of the engine that runs
//! plans; there is no second model of the rules here. It must not know a clock or randomness: the
//! same setting gives the same days on every machine.
//!
//! What the model takes for granted, until somebody has measured it:
//!
//! - The seeker works on workdays. On other days they do what cannot wait for the next workday: a
//!   habit, an appointment, a deadline. With a `diligence` below 1 each task is put off to the next
//!   day with the rest of the probability.
//! - A list is filled when the step that gathers it is due, at the size asked for; fields are filled
//!   with the playbook's examples. A plan begins with the playbook's examples as answers.
//! - People answer the first message or never. Half of the answers come within two days, nine of ten
//!   within a week, one in a hundred after the ninth day.
//! - Of those who answer, one in ten says no; half of the others agree on a talk one to three days
//!   later, which is held within the week after; one talk in twenty does not happen, one in seven
//!   leads to whatever else the playbook hopes for, such as a referral.
//! - Everybody is connected on LinkedIn, unless a condition of the playbook asks whether they
//!   accepted: then nobody is, and six of ten accept.

mod answers;
mod cast;
mod many;
mod random;
mod result;
mod run;
mod seeker;

pub use many::{Share, Summary, WeekdayRow, summarise};
pub use result::{Collision, Day, Rehearsed, Work};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::WeekdaySet;
use crate::notebook::NotebookError;
use crate::plan::Rejection;
use crate::playbook::{Id, Playbook};

/// What is rehearsed.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Day 1 of the cycle.
    pub start: Date,
    /// The plan's IANA time zone.
    pub zone: String,
    /// The working week.
    pub weekdays: WeekdaySet,
    /// How many people are on the list.
    pub people: u32,
    /// How likely it is that somebody answers.
    pub rates: Rates,
    /// How likely it is that the seeker does on a day what is due on it.
    pub diligence: f64,
    /// What the cycle compares; the first choice with its second option where nothing is said.
    pub compared: Option<(String, String)>,
    /// More minutes than these make a day too full.
    pub full_day: u32,
    /// What everything is drawn from.
    pub seed: u64,
}

/// How likely it is that somebody answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Of everybody for whom nothing else is said.
    pub reply: f64,
    /// Of those who get an option, by its name.
    pub by_option: BTreeMap<Id, f64>,
    /// How many of the people know the seeker.
    pub know_me: f64,
    /// Of those who know the seeker, whatever they get.
    pub known: Option<f64>,
    /// Of those who answer and do not say no, how many agree on a talk.
    pub booking: f64,
}

impl Default for Rates {
    fn default() -> Self {
        Self { reply: 0.2, by_option: BTreeMap::new(), know_me: 0.3, known: None, booking: 0.5 }
    }
}

impl Setting {
    /// A setting with everything but the day of start as it usually is.
    pub fn on(start: Date) -> Self {
        Self {
            start,
            zone: "UTC".to_owned(),
            weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
            people: 28,
            rates: Rates::default(),
            diligence: 1.0,
            compared: None,
            full_day: 120,
            seed: 1,
        }
    }
}

/// A playbook that is ready to be rehearsed any number of times.
#[derive(Clone, Debug)]
pub struct Rehearsal<'p> {
    playbook: &'p Playbook,
    packed: &'p str,
}

impl<'p> Rehearsal<'p> {
    /// `packed` is the playbook's packed text, as [`load`](crate::playbook::load) gives it.
    #[must_use]
    pub fn of(playbook: &'p Playbook, packed: &'p str) -> Self {
        Self { playbook, packed }
    }

    /// Rehearses one cycle, from its first day to the day on which its review can be answered (at
    /// most as long again after its end).
    ///
    /// ```
    /// use fortnight_engine::simulation::{Rehearsal, Setting};
    /// use fortnight_engine::{playbook, source::SourceFile};
    /// let text = "fortnight: 1\nplaybook: tiny\nversion: 1.0.0\ntitle: Tiny\npeople: {size: 5}\nsteps:\n  \
    ///     call: {title: Call, for_each: people, pace: 2 per workday, effort: 15 minutes}\n";
    /// let loaded = playbook::load(SourceFile::new("tiny.yaml", text), &|_, _| None);
    /// let (tiny, packed) = (loaded.playbook.unwrap(), loaded.packed.unwrap());
    /// let setting = Setting { people: 5, ..Setting::on(jiff::civil::date(2026, 3, 2)) };
    /// let rehearsed = Rehearsal::of(&tiny, &packed).run(&setting).unwrap();
    /// let minutes: Vec<u32> = rehearsed.days.iter().map(|day| day.minutes).collect();
    /// assert_eq!(minutes[..4], [30, 30, 15, 0]);
    /// ```
    ///
    /// # Errors
    ///
    /// An unknown zone or choice; whatever else a plan would refuse.
    pub fn run(&self, setting: &Setting) -> Result<Rehearsed, NotebookError> {
        run::run(self.playbook, self.packed, setting)
    }
}

/// The error for a rejection that the model did not see coming.
fn refused(rejection: Rejection) -> NotebookError {
    NotebookError::Rejected(rejection)
}

#[cfg(test)]
mod tests;
