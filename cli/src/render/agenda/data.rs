//! The agenda as data: `today --json`, version 1.

use std::collections::BTreeMap;

use fortnight_engine::calendar::show_time;
use fortnight_engine::plan::{
    Agenda, CycleSummary, Fitting, Idle, PlanId, Situation, Task, minutes_of, moved_by_new_rules,
};
use fortnight_engine::playbook::Choice;
use serde::Serialize;

/// `today --json`, version 1.
#[derive(Serialize)]
pub(crate) struct AgendaData {
    version: u32,
    /// The moment of asking, in the plan's zone: RFC 9557.
    now: String,
    /// The number of the plan.
    plan: u64,
    playbook: String,
    title: String,
    cycle: Option<CycleData>,
    tasks: Vec<TaskData>,
    /// Another day than today, as it will be if all goes as planned.
    forecast: bool,
    /// Appointments that keep their time on the wall, though the rules for clocks have changed.
    moved: Vec<MovedData>,
    idle: Option<IdleData>,
    fitting: Option<FittingData>,
}

/// An appointment whose moment is another one than when it was recorded.
#[derive(Serialize)]
struct MovedData {
    entry: u64,
    outcome: String,
    wall: String,
    zone: String,
    minutes: i64,
}

/// Workdays on which something was due and nothing was recorded.
#[derive(Serialize)]
struct IdleData {
    recorded_last: String,
    since: String,
    workdays: u32,
}

/// What fits into the time there is: the chosen ones are the `tasks`.
#[derive(Serialize)]
struct FittingData {
    minutes: u32,
    taken_minutes: u32,
    left_tasks: usize,
    left_minutes: u32,
}

/// The newest cycle.
#[derive(Serialize)]
struct CycleData {
    number: u32,
    day: u32,
    length: u32,
    start: String,
    end: String,
    setup: SetupData,
    compared: Option<ComparedData>,
}

/// What holds in the cycle: of each choice the option in use, or both that are compared.
#[derive(Serialize)]
struct SetupData {
    choices: BTreeMap<String, Vec<String>>,
    reply_window_days: Option<u32>,
}

/// What the cycle compares.
#[derive(Serialize)]
struct ComparedData {
    choice: String,
    baseline: String,
    option: String,
    split: bool,
    practice: bool,
}

/// An open task.
#[derive(Serialize)]
pub(crate) struct TaskData {
    task: String,
    step: String,
    title: String,
    entry: Option<EntryData>,
    status: &'static str,
    available: Option<String>,
    time: Option<String>,
    deadline: Option<String>,
    effort_minutes: Option<u32>,
}

/// A person or a company.
#[derive(Serialize)]
struct EntryData {
    id: u64,
    name: String,
}

impl AgendaData {
    /// The agenda of a plan as data; `now` and `zone` as the plan sees them.
    pub(crate) fn of(plan: PlanId, situation: &Situation<'_>, agenda: &Agenda) -> Self {
        Self {
            version: 1,
            now: now_in_zone(situation),
            plan: plan.0,
            playbook: situation.playbook.id.to_string(),
            title: situation.playbook.title.clone(),
            cycle: agenda.cycle.as_ref().map(|cycle| CycleData::of(situation, cycle)),
            tasks: agenda.tasks.iter().map(|task| TaskData::of(task, agenda)).collect(),
            forecast: false,
            moved: moved_by_new_rules(situation)
                .into_iter()
                .map(|moved| MovedData {
                    entry: moved.entry.0,
                    outcome: moved.outcome.to_string(),
                    wall: moved.wall.strftime("%Y-%m-%dT%H:%M").to_string(),
                    zone: moved.zone,
                    minutes: moved.by.as_mins(),
                })
                .collect(),
            idle: None,
            fitting: None,
        }
    }

    /// The same, said to be a forecast.
    pub(crate) fn said_as_forecast(self) -> Self {
        Self { forecast: true, ..self }
    }

    /// The same with the days on which nothing was recorded.
    pub(crate) fn with_idle(self, idle: Option<&Idle>) -> Self {
        let idle = idle.map(|idle| IdleData {
            recorded_last: idle.last.to_string(),
            since: idle.since.to_string(),
            workdays: idle.workdays,
        });
        Self { idle, ..self }
    }

    /// The same with what did not fit.
    pub(crate) fn with_fitting(self, minutes: u32, fitting: &Fitting) -> Self {
        let fitting = FittingData {
            minutes,
            taken_minutes: fitting.minutes,
            left_tasks: fitting.left.len(),
            left_minutes: minutes_of(&fitting.left).0,
        };
        Self { fitting: Some(fitting), ..self }
    }
}

/// RFC 9557: the moment with its offset and its zone.
pub(crate) fn now_in_zone(situation: &Situation<'_>) -> String {
    let instant = situation.now.instant;
    fortnight_engine::calendar::zone(&situation.state.zone)
        .map_or_else(|_| instant.to_string(), |zone| instant.to_zoned(zone).to_string())
}

impl CycleData {
    fn of(situation: &Situation<'_>, cycle: &CycleSummary) -> Self {
        Self {
            number: cycle.number,
            day: cycle.day,
            length: cycle.length,
            start: cycle.start.to_string(),
            end: cycle.end.to_string(),
            setup: SetupData::of(situation, cycle),
            compared: cycle.compared.as_ref().map(|compared| ComparedData {
                choice: compared.choice.to_string(),
                baseline: compared.baseline.to_string(),
                option: compared.option.to_string(),
                split: compared.split,
                practice: cycle.practice,
            }),
        }
    }
}

impl SetupData {
    fn of(situation: &Situation<'_>, cycle: &CycleSummary) -> Self {
        let state = situation.state.cycles.get(&cycle.number);
        let compared = cycle.compared.as_ref();
        let in_force = |choice: &Choice| -> Vec<String> {
            if let Some(pair) = compared.filter(|pair| pair.choice == choice.id) {
                let base = (pair.split && !cycle.practice).then(|| pair.baseline.to_string());
                return base.into_iter().chain([pair.option.to_string()]).collect();
            }
            let baseline = state.and_then(|state| situation.baseline(state, &choice.id));
            baseline.map(ToString::to_string).into_iter().collect()
        };
        let choices = &situation.playbook.choices;
        Self {
            choices: choices
                .iter()
                .map(|choice| (choice.id.to_string(), in_force(choice)))
                .collect(),
            reply_window_days: window_days(situation),
        }
    }
}

/// The reply window of the measure that decides.
fn window_days(situation: &Situation<'_>) -> Option<u32> {
    let decides = situation.playbook.cycle.decided_by.as_deref()?;
    situation.playbook.metric(decides)?.within.as_ref()?.duration.days()
}

impl TaskData {
    /// One task as data.
    pub(crate) fn of(task: &Task, agenda: &Agenda) -> Self {
        let running = agenda.cycle.as_ref().map(|cycle| cycle.number);
        let earlier = task.key.cycle > 0 && Some(task.key.cycle) != running;
        Self {
            task: if earlier { task.key.to_string() } else { task.key.short() },
            step: task.key.step.to_string(),
            title: task.title.clone(),
            entry: task
                .entry
                .as_ref()
                .map(|(id, name)| EntryData { id: id.0, name: name.raw().to_owned() }),
            status: task.status().as_str(),
            available: task.standing.available.map(|day| day.to_string()),
            time: task.standing.time.map(show_time),
            deadline: task.standing.deadline.map(|day| day.to_string()),
            effort_minutes: task.effort,
        }
    }
}
