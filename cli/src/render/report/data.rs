//! A report and a work search as data: `report --json`, version 1.

use fortnight_engine::plan::report::{Contacted, Report, SearchRecord};
use fortnight_engine::words::Words;
use jiff::civil::Date;
use serde::Serialize;

use crate::render::comparison::HistoryData;

/// `report --json`, version 1. The words that were sent are left out: `message show` has them.
#[derive(Serialize)]
pub(crate) struct ReportData {
    version: u32,
    title: String,
    playbook_version: String,
    start: String,
    today: String,
    funnel: Vec<StageData>,
    history: HistoryData,
    curve: CurveData,
    days: Vec<DayData>,
}

/// People who got so far.
#[derive(Serialize)]
struct StageData {
    title: String,
    people: usize,
    by_cycle: Vec<StageOfCycle>,
}

/// The same in one cycle.
#[derive(Serialize)]
struct StageOfCycle {
    cycle: u32,
    people: usize,
}

/// The reply curve.
#[derive(Serialize)]
struct CurveData {
    window_days: u32,
    people: usize,
    waiting: usize,
    replies: usize,
    points: Vec<PointData>,
}

/// The reply curve on one day; `replied` is null where nobody was watched for so long.
#[derive(Serialize)]
struct PointData {
    day: u32,
    replied: Option<f64>,
    low: f64,
    high: f64,
    watched: usize,
}

/// What one day held.
#[derive(Serialize)]
struct DayData {
    date: String,
    sent: u32,
    done: u32,
    answered: u32,
    came_back: u32,
    off: bool,
}

impl ReportData {
    /// The report as data.
    pub(crate) fn of(report: &Report) -> Self {
        let stage = |stage: &fortnight_engine::plan::report::Stage| StageData {
            title: stage.title.clone(),
            people: stage.people,
            by_cycle: stage
                .by_cycle
                .iter()
                .map(|(cycle, people)| StageOfCycle { cycle: *cycle, people: *people })
                .collect(),
        };
        Self {
            version: 1,
            title: report.title.clone(),
            playbook_version: report.version.clone(),
            start: report.start.to_string(),
            today: report.today.to_string(),
            funnel: report.funnel.iter().map(stage).collect(),
            history: HistoryData::of(&report.history),
            curve: CurveData {
                window_days: report.curve.window_days,
                people: report.curve.people,
                waiting: report.curve.waiting,
                replies: report.curve.replies,
                points: report
                    .curve
                    .points
                    .iter()
                    .map(|point| PointData {
                        day: point.day,
                        replied: point.replied,
                        low: point.low,
                        high: point.high,
                        watched: point.watched,
                    })
                    .collect(),
            },
            days: report
                .days
                .iter()
                .map(|day| DayData {
                    date: day.date.to_string(),
                    sent: day.sent,
                    done: day.done,
                    answered: day.answered,
                    came_back: day.came_back,
                    off: day.off,
                })
                .collect(),
        }
    }
}

/// `report --work-search --json`, version 1.
#[derive(Serialize)]
pub(crate) struct SearchData {
    version: u32,
    from: String,
    to: String,
    contacts: Vec<ContactData>,
}

/// One contact; `result` are the things that came of it, oldest first.
#[derive(Serialize)]
struct ContactData {
    date: String,
    person: Option<String>,
    employer: Option<String>,
    position: Option<String>,
    how: &'static str,
    what: String,
    result: Vec<ResultData>,
}

/// One thing that came of a contact.
#[derive(Serialize)]
struct ResultData {
    on: String,
    what: String,
}

impl SearchData {
    /// The contacts as data.
    pub(crate) fn of(from: Date, to: Date, records: &[SearchRecord]) -> Self {
        let raw = |words: &Option<Words>| words.as_ref().map(|words| words.raw().to_owned());
        Self {
            version: 1,
            from: from.to_string(),
            to: to.to_string(),
            contacts: records
                .iter()
                .map(|record| ContactData {
                    date: record.on.to_string(),
                    person: raw(&record.person),
                    employer: raw(&record.employer),
                    position: raw(&record.position),
                    how: match record.contacted {
                        Contacted::Message(channel) => channel.as_str(),
                        Contacted::Talk(_) => "conversation",
                    },
                    what: record.what.clone(),
                    result: record
                        .result
                        .iter()
                        .map(|(on, what)| ResultData { on: on.to_string(), what: what.clone() })
                        .collect(),
                })
                .collect(),
        }
    }
}
