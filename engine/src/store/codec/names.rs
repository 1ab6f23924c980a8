//! The names of facts in the log. A name that was ever released is never given to another fact.

/// The newest version of every form of a fact.
pub(super) const VERSION: u32 = 1;

pub(super) const PLAN_STARTED: &str = "plan_started";
pub(super) const INPUT_SET: &str = "input_set";
pub(super) const ZONE_SET: &str = "zone_set";
pub(super) const WEEKDAYS_SET: &str = "weekdays_set";
pub(super) const HOURS_SET: &str = "hours_set";
pub(super) const BUSY_SET: &str = "busy_set";
pub(super) const DAYS_OFF: &str = "days_off";
pub(super) const AWAY: &str = "away";
pub(super) const PLAYBOOK_TAKEN: &str = "playbook_taken";
pub(super) const PLAYBOOK_PLANNED: &str = "playbook_planned";
pub(super) const SHARED: &str = "shared";
pub(super) const CYCLE_STARTED: &str = "cycle_started";
pub(super) const COMPARED: &str = "compared";
pub(super) const SECOND_CHANGE: &str = "second_change";
pub(super) const CYCLE_STOPPED: &str = "cycle_stopped";
pub(super) const LISTED: &str = "listed";
pub(super) const UNLISTED: &str = "unlisted";
pub(in crate::store) const DONE: &str = "done";
pub(super) const CORRECTED: &str = "corrected";
pub(super) const SKIPPED: &str = "skipped";
pub(super) const POSTPONED: &str = "postponed";
pub(super) const WORDED: &str = "worded";
pub(super) const HAPPENED: &str = "happened";
pub(super) const DECIDED: &str = "decided";
