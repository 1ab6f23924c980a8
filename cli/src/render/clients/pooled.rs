//! One choice over all clients, and how each of them is doing.
//!
//! No sum of answers stands here: sums over clients mislead (experiments.md).

use std::fmt::Write as _;

use fortnight_engine::clients::{Each, LeftOut, Pooled};
use fortnight_engine::experiment::{Side, Status, VerdictCode};
use fortnight_engine::words::Words;
use serde::Serialize;

use super::{points, range};
use crate::render::table::{Column, Table};
use crate::render::words::{count, list};
use crate::render::{COLUMNS, width};

/// Below this the clients do not differ more than luck makes them.
const DIFFERS: f64 = 0.10;

/// What the clients show about one pair of options.
pub(crate) fn pooled_page(pair: &Pooled) -> String {
    let mut text = header(pair);
    text.push_str(&paragraph(&sentence(pair)));
    if pair.verdict.p.is_some() {
        text.push_str(&paragraph(&everyone(pair)));
    }
    if let Some(left_out) = left_out(&pair.left_out) {
        text.push_str(&paragraph(&left_out));
    }
    if pair.verdict.code.is_clear() && pair.looks == 1 {
        text.push_str(&paragraph(
            "This holds for one look. If you look again with more clients, say beforehand how \
             often: --looks 2.",
        ));
    }
    text
}

fn header(pair: &Pooled) -> String {
    let window = match pair.window_days {
        (shortest, longest) if shortest == longest => format!("{longest} days"),
        (shortest, longest) => format!("{shortest} to {longest} days"),
    };
    let mut parts = vec![
        format!("{} · {}", pair.playbook, pair.choice),
        format!("{} / {}", pair.baseline, pair.option),
    ];
    if pair.cycles > 0 {
        parts.push(format!(
            "{}, {}, {}",
            count(pair.clients.len(), "client", "clients"),
            count(pair.cycles, "cycle", "cycles"),
            count(usize::try_from(pair.people).unwrap_or(usize::MAX), "person", "people")
        ));
        parts.push(format!("replies within {window}"));
    }
    paragraph(&parts.join(" · ")) + "\n"
}

fn sentence(pair: &Pooled) -> String {
    let size = pair.difference().map_or_else(String::new, |(value, interval)| {
        format!("{} points {}", points(value), range(interval))
    });
    let better = match pair.verdict.direction {
        Some(Side::A) => &pair.baseline,
        Some(Side::B) | None => &pair.option,
    };
    let from = &pair.baseline;
    let shown = format!("{} against {from}, client by client: {size}.", pair.option);
    match pair.verdict.code {
        _ if pair.cycles == 0 => "Nothing to compare yet.".to_owned(),
        VerdictCode::NoData | VerdictCode::Waiting => "Nothing to compare yet.".to_owned(),
        VerdictCode::TooFew => "Too few people are counted: comparing starts at 10 on each side, \
                                and a clear call needs 20."
            .to_owned(),
        VerdictCode::Protocol => "Not a fair comparison: follow-ups came late, or much later on \
                                  one side."
            .to_owned(),
        VerdictCode::NoEvents => {
            "Nobody answered on either side: change something bigger.".to_owned()
        }
        VerdictCode::CannotCompare => "The two never ran side by side.".to_owned(),
        VerdictCode::CannotAttribute | VerdictCode::Repeat => {
            "Which of several changes mattered cannot be told.".to_owned()
        }
        VerdictCode::ClearMixed | VerdictCode::ClearAlternating | VerdictCode::ClearBeforeAfter => {
            format!(
                "Clear: {better} gets more answers. {shown} First results usually look bigger \
                 than they last."
            )
        }
        VerdictCode::Lean => format!(
            "Leaning towards {better}. {shown} About 1 comparison in 5 leans this far by luck \
             alone."
        ),
        VerdictCode::AboutSame => {
            format!("About the same: {shown} A difference of ten points or more is unlikely.")
        }
        VerdictCode::TooClose => format!("Too close to call. {shown}"),
    }
}

/// Is it the same for everyone?
fn everyone(pair: &Pooled) -> String {
    let (Some(pooled), Status::Ok) = (pair.everyone.pooled, pair.everyone.status) else {
        return "One client in one cycle: whether it is the same for others is not known."
            .to_owned();
    };
    let mut text = if pooled.between > 0.0 && pooled.q_p <= DIFFERS {
        "The same for everyone? No, it differs from client to client".to_owned()
    } else {
        "The same for everyone? They differ no more than luck makes them".to_owned()
    };
    if let Some(interval) = pooled.interval {
        let _ = write!(
            text,
            "; on average {} points {}",
            points(pooled.estimate),
            range(clipped(interval))
        );
    }
    text.push('.');
    match pair.prediction() {
        Some(interval) => {
            let _ = write!(
                text,
                " The next client is likely to see between {} and {} points.",
                points(clipped(interval).low),
                points(clipped(interval).high)
            );
        }
        None => text.push_str(" From five clients on it is said what the next one may expect."),
    }
    text
}

/// Differences of shares end at 100 points.
fn clipped(
    interval: fortnight_engine::experiment::Interval,
) -> fortnight_engine::experiment::Interval {
    fortnight_engine::experiment::Interval {
        low: interval.low.clamp(-1.0, 1.0),
        high: interval.high.clamp(-1.0, 1.0),
    }
}

fn left_out(left_out: &LeftOut) -> Option<String> {
    let reasons = [
        (left_out.waiting, "not all counted yet"),
        (left_out.changed, "with a second change"),
        (left_out.stopped, "abandoned"),
        (left_out.practice, "of practice, too few to split"),
    ];
    let said: Vec<String> = reasons
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, why)| format!("{} {why}", count(number, "cycle", "cycles")))
        .collect();
    (!said.is_empty()).then(|| format!("Left out: {}.", list(&said)))
}

/// How each client is doing, by name: never a league table.
pub(crate) fn each_page(each: &[Each], mean: Option<f64>, names: &[&Words]) -> String {
    // One client alone has nobody to be held against.
    let Some(mean) = mean.filter(|_| each.len() > 1) else { return String::new() };
    let mut table =
        Table::new(vec![Column::yielding(12), Column::NUMBER, Column::NUMBER]).indent(2);
    for one in each {
        let Some(name) = names.get(one.client) else { continue };
        table.row([
            name.terminal(),
            format!("{} of {}", one.counted.successes, one.counted.trials),
            format!("about {:.0} %", one.rate * 100.0),
        ]);
    }
    let words = format!(
        "Answers of those counted, by name. Few people say little, so each share is drawn towards \
         that of all ({:.0} %); who stands above whom is mostly luck.",
        mean * 100.0
    );
    format!("\nHow each one is doing\n{}{}", table.to_text(COLUMNS), paragraph(&words))
}

fn paragraph(text: &str) -> String {
    width::wrap(text, COLUMNS).join("\n") + "\n"
}

/// `clients compare --json`, version 1.
#[derive(Serialize)]
pub(crate) struct PooledData {
    version: u32,
    pairs: Vec<PairData>,
    mean_rate: Option<f64>,
    clients: Vec<EachData>,
}

#[derive(Serialize)]
struct PairData {
    playbook: String,
    choice: String,
    baseline: String,
    option: String,
    metric: String,
    clients: usize,
    cycles: usize,
    people: u32,
    left_out: LeftOutData,
    verdict: &'static str,
    looks: u32,
    difference: Option<RangeData>,
    everyone: Option<RangeData>,
    prediction: Option<IntervalData>,
}

#[derive(Serialize)]
struct LeftOutData {
    waiting: usize,
    changed: usize,
    stopped: usize,
    practice: usize,
}

#[derive(Serialize)]
struct RangeData {
    value: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct IntervalData {
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct EachData {
    name: String,
    count: u32,
    counted: u32,
    rate: f64,
}

impl PooledData {
    /// The same as data.
    pub(crate) fn of(
        pooled: &[Pooled],
        each: &[Each],
        mean: Option<f64>,
        names: &[&Words],
    ) -> Self {
        Self {
            version: 1,
            pairs: pooled.iter().map(PairData::of).collect(),
            mean_rate: mean,
            clients: each
                .iter()
                .filter_map(|one| {
                    Some(EachData {
                        name: names.get(one.client)?.raw().to_owned(),
                        count: one.counted.successes,
                        counted: one.counted.trials,
                        rate: one.rate,
                    })
                })
                .collect(),
        }
    }
}

impl PairData {
    fn of(pair: &Pooled) -> Self {
        let judged = pair.verdict.p.is_some();
        Self {
            playbook: pair.playbook.to_string(),
            choice: pair.choice.to_string(),
            baseline: pair.baseline.to_string(),
            option: pair.option.to_string(),
            metric: pair.metric.to_string(),
            clients: pair.clients.len(),
            cycles: pair.cycles,
            people: pair.people,
            left_out: LeftOutData {
                waiting: pair.left_out.waiting,
                changed: pair.left_out.changed,
                stopped: pair.left_out.stopped,
                practice: pair.left_out.practice,
            },
            verdict: pair.verdict.code.as_str(),
            looks: pair.looks,
            difference: pair.difference().map(|(value, interval)| RangeData {
                value,
                low: interval.low,
                high: interval.high,
            }),
            everyone: pair.everyone.pooled.filter(|_| judged).and_then(|pooled| {
                let interval = pooled.interval?;
                Some(RangeData { value: pooled.estimate, low: interval.low, high: interval.high })
            }),
            prediction: pair
                .prediction()
                .filter(|_| judged)
                .map(|interval| IntervalData { low: interval.low, high: interval.high }),
        }
    }
}
