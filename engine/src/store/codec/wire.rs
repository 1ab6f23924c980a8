//! The forms of facts, version 1. A form that was ever released is never changed: a new one gets
//! the next version beside it.

use std::{collections::BTreeMap, fmt::Display, str::FromStr};

use jiff::civil::{Date, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A value as its own text: dates and times in ISO form.
#[derive(Clone, Debug)]
pub(super) struct Text<T>(pub(super) T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'d, T: FromStr<Err: Display>> Deserialize<'d> for Text<T> {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        text.parse().map(Self).map_err(D::Error::custom)
    }
}

/// The place of somebody's words beside the fact.
pub(super) type Slot = usize;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanStarted {
    pub(super) playbook: String,
    pub(super) zone: String,
    pub(super) weekdays: Vec<i8>,
    pub(super) hours: Hours,
    pub(super) seed: u64,
}

/// Weekdays are numbers from 1, Monday, to 7.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WeekdaysSet {
    pub(super) weekdays: Vec<i8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hours {
    pub(super) from: Text<Time>,
    pub(super) to: Text<Time>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InputSet {
    pub(super) input: String,
    pub(super) value: Slot,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZoneSet {
    pub(super) zone: String,
}

/// Start and end of each stretch, in seconds since 1970.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BusySet {
    pub(super) times: Vec<(i64, i64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    pub(super) from: Text<Date>,
    pub(super) to: Text<Date>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaybookTaken {
    pub(super) playbook: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) renamed: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) setup: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shared {
    pub(super) bundle: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CycleStarted {
    pub(super) cycle: u32,
    pub(super) start: Text<Date>,
    pub(super) compared: Option<Compared>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CycleCompared {
    pub(super) cycle: u32,
    pub(super) compared: Compared,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Compared {
    pub(super) choice: String,
    pub(super) option: String,
    pub(super) baseline: String,
    pub(super) split: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) looks: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondChange {
    pub(super) cycle: u32,
    pub(super) what: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CycleStopped {
    pub(super) cycle: u32,
}

/// Cycle and entry stand beside the form, as with every fact below that has them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    pub(super) rank: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) option: Option<String>,
    pub(super) counts: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unlisted {}

/// The rest of a task's name.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Task {
    pub(super) step: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) on: Option<Text<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<Text<Time>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Done {
    pub(super) task: Task,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) answers: BTreeMap<String, Slot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sent: Option<Sent>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    pub(super) message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) option: Option<String>,
    pub(super) channel: String,
    pub(super) text: Slot,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) subject: Option<Slot>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Skipped {
    pub(super) task: Task,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<Slot>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Postponed {
    pub(super) task: Task,
    pub(super) to: Text<Date>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Worded {
    pub(super) message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) option: Option<String>,
    pub(super) text: Slot,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Happened {
    pub(super) outcome: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fields: BTreeMap<String, Slot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    pub(super) cycle: u32,
    pub(super) decision: Decision,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) option: Option<String>,
    pub(super) why: Slot,
    pub(super) shown: String,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Decision {
    Use,
    Again,
    Stop,
}
