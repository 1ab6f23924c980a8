//! Plans: one seeker's running copy of a playbook.
//!
//! Knows facts, what may be recorded (`decide`), what follows from it (`PlanState`, `agenda`, `why`)
//! and how a cycle measures up. It must not know a clock, a file, a store or a screen.

mod agenda;
mod appointment;
mod compare;
mod dates;
mod decide;
mod diary;
mod due;
mod fact;
mod forecast;
mod history;
mod idle;
mod letter;
pub mod metric;
mod names;
mod now;
mod owed;
mod progress;
mod rejection;
pub mod report;
mod resolve;
mod situation;
mod state;
mod status;
mod task;
mod upgrade;
mod usage;
mod why;
mod workload;

pub use agenda::{Agenda, CycleSummary, Task, agenda, from_resolution, summary};
pub use appointment::{Appointment, Moved, moved_by_new_rules};
pub use compare::{
    Between, Comparison, Measure, MeasureSide, MeasuredAs, Pair, SideFigures, between_for, compare,
    measure, measures, pairs, pairs_of,
};
pub use dates::CycleDates;
pub use decide::{
    Accepted, Command, LEAST_TO_SPLIT, Note, check_answer, check_entry_field, decide, decide_known,
    field_names, read_entry_field,
};
pub use diary::{DiaryEntry, DiaryKind, DiaryState, DiaryTime, diary, talks};
pub use fact::{Compared, Fact, FactKind, PlanId, Sent};
pub use forecast::{ForecastDay, Rehearsal, forecast};
pub use history::{
    ClearCall, ComparisonsMade, Confirmation, CycleRecord, History, PairRecord, Stage, Trend,
    clear_call, history,
};
pub use idle::{IDLE_WORKDAYS, Idle, idle};
pub use letter::{Composed, Draft, Hindrance, compose, draft, draft_via, judge};
pub use now::Now;
pub use owed::{Owed, owed};
pub use progress::{Lack, Progress, declared_fields, is_filled, lacks, progress};
pub use rejection::{NotOpen, Rejection};
pub use resolve::{Column, CycleTable, HabitTask, Resolution, resolve};
pub use situation::{Elsewhere, Place, Situation};
pub use state::{
    Completed, Completion, Conclusion, CycleState, Happening, Happenings, Member, PlanState,
    TaskLog,
};
pub use status::{Reason, Standing, Status};
pub use task::{Occurrence, TaskKey};
pub use upgrade::{
    Days, Difference, Move, Preview, Sort, Subject, Taking, preview, setup_changes, take,
};
pub use usage::{Usage, names_for_texts, sent_with, usage};
pub use why::{Change, Clause, Why, why};
pub use workload::{Fitting, UNSAID_EFFORT, fitting, minutes_of};
