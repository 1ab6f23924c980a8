//! Many cycles, put together.

use std::collections::BTreeMap;

use jiff::civil::Weekday;

use super::result::{Collision, Rehearsed};
use crate::experiment::VerdictCode;

/// What came of many cycles.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How many cycles were rehearsed.
    pub cycles: u32,
    /// Those whose review could be answered on or before their last day.
    pub on_time: u32,
    /// The same for each weekday of start, in the order in which they first came.
    pub weekdays: Vec<WeekdayRow>,
    /// Answers: the tenth of cycles with fewest has at most the first number, the middle one the
    /// second, and so on.
    pub replies: Share,
    /// Minutes of effort of a cycle.
    pub minutes: Share,
    /// Minutes of its fullest day.
    pub fullest: Share,
    /// Cycles with a day that was too full.
    pub full_days: u32,
    /// Cycles in which a deadline was missed.
    pub late: u32,
    /// Cycles with two talks at one time.
    pub same_time: u32,
    /// Cycles with a message that could not be made ready, or a task left over.
    pub left_over: u32,
    /// How often each verdict was given.
    pub verdicts: BTreeMap<VerdictCode, u32>,
}

/// The cycles that began on one weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekdayRow {
    /// The weekday.
    pub weekday: Weekday,
    /// How many cycles.
    pub cycles: u32,
    /// Those that ended on time.
    pub on_time: u32,
    /// Days from the first day to the review, both included; of the middle cycle.
    pub review_day: Option<u32>,
}

/// The lowest tenth, the middle and the highest tenth of some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// A tenth is not above it.
    pub low: u32,
    /// Half is not above it.
    pub middle: u32,
    /// Nine tenths are not above it.
    pub high: u32,
}

impl Share {
    fn of(mut numbers: Vec<u32>) -> Self {
        numbers.sort_unstable();
        let at = |tenths: usize| {
            let last = numbers.len().saturating_sub(1);
            numbers.get(last * tenths / 10).copied().unwrap_or(0)
        };
        Self { low: at(1), middle: at(5), high: at(9) }
    }
}

/// Puts cycles together.
#[must_use]
pub fn summarise(cycles: &[Rehearsed]) -> Summary {
    let count = |wanted: &dyn Fn(&Rehearsed) -> bool| {
        u32::try_from(cycles.iter().filter(|cycle| wanted(cycle)).count()).unwrap_or(u32::MAX)
    };
    let has = |wanted: fn(&Collision) -> bool| {
        count(&|cycle: &Rehearsed| cycle.collisions.iter().any(wanted))
    };
    let share = |number: fn(&Rehearsed) -> u32| Share::of(cycles.iter().map(number).collect());
    let mut verdicts = BTreeMap::new();
    for verdict in cycles.iter().filter_map(|cycle| cycle.verdict) {
        *verdicts.entry(verdict).or_default() += 1;
    }
    Summary {
        cycles: u32::try_from(cycles.len()).unwrap_or(u32::MAX),
        on_time: count(&Rehearsed::on_time),
        weekdays: weekdays(cycles),
        replies: share(|cycle| cycle.replied),
        minutes: share(Rehearsed::minutes),
        fullest: share(|cycle| cycle.busiest().map_or(0, |day| day.minutes)),
        full_days: has(|one| matches!(one, Collision::FullDay { .. })),
        late: has(|one| matches!(one, Collision::Late { .. })),
        same_time: has(|one| matches!(one, Collision::SameTime { .. })),
        left_over: has(|one| {
            matches!(one, Collision::LeftOver { .. } | Collision::NotReady { .. })
        }),
        verdicts,
    }
}

fn weekdays(cycles: &[Rehearsed]) -> Vec<WeekdayRow> {
    let mut rows: Vec<(WeekdayRow, Vec<u32>)> = Vec::new();
    for cycle in cycles {
        let Some(first) = cycle.days.first() else { continue };
        let weekday = first.date.weekday();
        let at = rows.iter().position(|(row, _)| row.weekday == weekday);
        let at = at.unwrap_or_else(|| {
            let row = WeekdayRow { weekday, cycles: 0, on_time: 0, review_day: None };
            rows.push((row, Vec::new()));
            rows.len() - 1
        });
        let Some((row, days)) = rows.get_mut(at) else { continue };
        row.cycles += 1;
        row.on_time += u32::from(cycle.on_time());
        if let Some(reviewed) = cycle.reviewed {
            let day = (reviewed - first.date).get_days() + 1;
            days.push(u32::try_from(day).unwrap_or(0));
        }
    }
    rows.into_iter()
        .map(|(row, days)| {
            let review_day = (!days.is_empty()).then(|| Share::of(days).middle);
            WeekdayRow { review_day, ..row }
        })
        .collect()
}
