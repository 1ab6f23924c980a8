//! Who needs a word.

use std::fmt::Write as _;

use fortnight_engine::calendar::show_day;
use fortnight_engine::clients::{Bundle, Concern, CycleFigures, Monday, Open};
use fortnight_engine::experiment::{Arm, VerdictCode};
use fortnight_engine::words::Words;
use jiff::civil::Date;
use serde::Serialize;

use crate::render::COLUMNS;
use crate::render::date::relative;
use crate::render::table::{Column, Table};
use crate::render::words::count;

/// A client with the name that the coach gave.
type Named<'c> = (&'c Words, &'c Bundle);

/// The page of a Monday morning.
pub(crate) fn page(clients: &[Named<'_>], seen: &Monday, today: Date, full: bool) -> String {
    let mut head =
        vec![count(clients.len(), "client", "clients"), format!("{} in a cycle", seen.in_cycle)];
    if let Some(shared) = seen.shared {
        head.push(format!("as shared up to {}", show_day(shared)));
    }
    let mut text = head.join(" · ") + "\n";
    if !seen.talk.is_empty() {
        let mut table = three();
        for (place, concern) in &seen.talk {
            let Some((name, _)) = clients.get(*place) else { continue };
            let (why, more) = reason(concern, today);
            table.row([name.terminal(), why, more]);
        }
        text.push_str("Talk to\n");
        text.push_str(&table.to_text(COLUMNS));
    }
    let others = if seen.talk.is_empty() { "" } else { " others" };
    if full {
        text.push_str(&group(clients, "Fine", &seen.fine, today));
        text.push_str(&group(clients, "In no cycle", &seen.resting, today));
    } else {
        match seen.fine.len() {
            0 => {}
            1 if !seen.talk.is_empty() => {
                text.push_str("Fine: 1 other (fortnight clients --full)\n");
            }
            number => {
                let _ = writeln!(text, "Fine: {number}{others} (fortnight clients --full)");
            }
        }
    }
    text
}

fn three() -> Table {
    Table::new(vec![Column::yielding(10), Column::WORDS, Column::yielding(10)]).indent(2)
}

fn group(clients: &[Named<'_>], title: &str, places: &[usize], today: Date) -> String {
    if places.is_empty() {
        return String::new();
    }
    let mut table = three();
    for (name, bundle) in places.iter().filter_map(|place| clients.get(*place)) {
        let (where_, figures) = standing(bundle, today);
        table.row([name.terminal(), where_, figures]);
    }
    format!("{title}\n{}", table.to_text(COLUMNS))
}

/// Where a client stands, and the figures of the cycle.
fn standing(bundle: &Bundle, today: Date) -> (String, String) {
    if let Some(stopped) = bundle.stopped {
        return (format!("stopped {}", show_day(stopped)), String::new());
    }
    let Some(cycle) = bundle.cycle_on(today) else {
        let next = bundle.cycles.last().filter(|cycle| cycle.stopped.is_none());
        let words = next.map_or_else(
            || "no cycle".to_owned(),
            |next| format!("cycle {} begins {}", next.number, show_day(next.start)),
        );
        return (words, String::new());
    };
    let number = cycle.number;
    let words = match &cycle.decided {
        Some(decided) => format!("cycle {number} decided {}", show_day(decided.on)),
        None if cycle.day > cycle.length => format!("cycle {number}, over"),
        None if cycle.day == 0 => format!("cycle {number}, begun {}", show_day(cycle.start)),
        None => format!("cycle {number}, day {} of {}", cycle.day, cycle.length),
    };
    let (sent, answered) = figures(cycle);
    (words, format!("{sent} sent, {answered} answered"))
}

fn figures(cycle: &CycleFigures) -> (u32, u32) {
    cycle.groups.iter().fold((0, 0), |(sent, answered), group| {
        (sent + group.sent, answered + group.answered + group.late)
    })
}

fn reason(concern: &Concern, today: Date) -> (String, String) {
    match concern {
        Concern::Decision(open) => {
            (format!("decision open since {}", relative(open.since, today)), verdict(open))
        }
        Concern::Idle { days, cycle, day } => {
            (format!("nothing recorded for {days} days"), format!("cycle {cycle}, day {day}"))
        }
        Concern::NoReply { sent, first_call } => {
            let call = first_call.map(|day| format!("first call possible {}", show_day(day)));
            (format!("{sent} sent, no reply yet"), call.unwrap_or_default())
        }
        Concern::Silent { shared } => {
            (format!("last shared {}", show_day(*shared)), "ask for newer figures".to_owned())
        }
    }
}

/// `leaning, 6 of 14 against 2 of 14`.
fn verdict(open: &Open) -> String {
    let of = |arm: Arm| format!("{} of {}", arm.successes, arm.trials);
    let (Some(verdict), Some((better, other))) = (&open.verdict, open.better_first()) else {
        return format!("{} answered", of(open.all));
    };
    let counts = format!("{} against {}", of(better), of(other));
    let word = match verdict.code {
        VerdictCode::NoData => return "nothing sent".to_owned(),
        VerdictCode::CannotAttribute => return "two things were changed".to_owned(),
        VerdictCode::CannotCompare => return "the two never ran together".to_owned(),
        VerdictCode::Waiting => "still waiting",
        VerdictCode::TooFew => "too few to compare",
        VerdictCode::Protocol => "follow-ups late",
        VerdictCode::NoEvents => "nobody answered",
        VerdictCode::Repeat => "ups and downs",
        VerdictCode::ClearMixed | VerdictCode::ClearAlternating | VerdictCode::ClearBeforeAfter => {
            "clear"
        }
        VerdictCode::Lean => "leaning",
        VerdictCode::AboutSame => "about the same",
        VerdictCode::TooClose => "too close to call",
    };
    format!("{word}, {counts}")
}

/// `clients --json`, version 1.
#[derive(Serialize)]
pub(crate) struct MondayData {
    version: u32,
    clients: usize,
    in_cycle: usize,
    shared: Option<String>,
    talk: Vec<TalkData>,
    fine: Vec<ClientData>,
    in_no_cycle: Vec<ClientData>,
}

/// `reason` is `decision`, `idle`, `no_reply` or `silent`.
#[derive(Serialize)]
struct TalkData {
    #[serde(flatten)]
    client: ClientData,
    reason: &'static str,
    since: Option<String>,
    days: Option<u32>,
    first_call: Option<String>,
    verdict: Option<&'static str>,
}

#[derive(Serialize)]
struct ClientData {
    name: String,
    id: String,
    shared: String,
    cycle: Option<u32>,
    day: Option<u32>,
    sent: u32,
    answered: u32,
}

impl MondayData {
    /// The same as data.
    pub(crate) fn of(clients: &[Named<'_>], seen: &Monday) -> Self {
        let all = |places: &[usize]| -> Vec<ClientData> {
            places.iter().filter_map(|place| clients.get(*place)).map(ClientData::of).collect()
        };
        let talk = seen.talk.iter().filter_map(|(place, concern)| {
            Some(TalkData::of(ClientData::of(clients.get(*place)?), concern))
        });
        Self {
            version: 1,
            clients: clients.len(),
            in_cycle: seen.in_cycle,
            shared: seen.shared.map(|day| day.to_string()),
            talk: talk.collect(),
            fine: all(&seen.fine),
            in_no_cycle: all(&seen.resting),
        }
    }
}

impl ClientData {
    fn of((name, bundle): &Named<'_>) -> Self {
        let cycle = bundle.cycle_on(bundle.day);
        let (sent, answered) = cycle.map(figures).unwrap_or_default();
        Self {
            name: name.raw().to_owned(),
            id: bundle.id.clone(),
            shared: bundle.day.to_string(),
            cycle: cycle.map(|cycle| cycle.number),
            day: cycle.map(|cycle| cycle.day),
            sent,
            answered,
        }
    }
}

impl TalkData {
    fn of(client: ClientData, concern: &Concern) -> Self {
        let mut talk =
            Self { client, reason: "", since: None, days: None, first_call: None, verdict: None };
        match concern {
            Concern::Decision(open) => {
                talk.reason = "decision";
                talk.since = Some(open.since.to_string());
                talk.verdict = open.verdict.as_ref().map(|verdict| verdict.code.as_str());
            }
            Concern::Idle { days, .. } => {
                talk.reason = "idle";
                talk.days = Some(*days);
            }
            Concern::NoReply { first_call, .. } => {
                talk.reason = "no_reply";
                talk.first_call = first_call.map(|day| day.to_string());
            }
            Concern::Silent { shared } => {
                talk.reason = "silent";
                talk.since = Some(shared.to_string());
            }
        }
        talk
    }
}
