//! `fortnight people pick`: the next list out of everybody who is known.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::notebook::{OpenPlan, suggest};
use fortnight_engine::people::{Entry, EntryId};
use fortnight_engine::plan::{self, Command, CycleState};

use super::{list, listed_cycle};
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::host::Picked;
use crate::render::words::count;
use crate::render::{COLUMNS, note, people, width};
use crate::session::Session;

/// Whom to choose from.
#[derive(Debug, Args)]
pub(crate) struct Pick {
    /// Only those who fit, such as 'position contains "design" and profile'
    #[arg(long = "where", value_name = "TEST")]
    test: Option<String>,
    /// Take the first so many as they are ranked, without picking by hand
    #[arg(long, value_name = "NUMBER")]
    first: Option<usize>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, pick: &Pick) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open_whole()?;
    let filter = pick.test.as_deref().map(|test| list::filter(&open, test, false)).transpose()?;
    let situation = open.situation(desk.instant);
    let Some(cycle) = listed_cycle(&situation) else {
        return Err(CliError::refused_with(
            "No cycle is running, so there is no list.",
            "fortnight cycle start",
        ));
    };
    let (ranked, messaged) = candidates(&open, cycle);
    let fits = |entry: &&&Entry| filter.as_ref().is_none_or(|filter| filter.fits(entry));
    let all = ranked.len();
    let ranked: Vec<&Entry> = ranked.iter().filter(fits).copied().collect();
    if ranked.is_empty() {
        let left = count(all, "person", "people");
        session.say(&match all {
            0 => "Nobody is left to choose from. More: fortnight people import FILE".to_owned(),
            _ => format!("Nobody fits this test, of {left} to choose from."),
        })?;
        return Ok(Status::Done);
    }
    let suggested: BTreeSet<EntryId> = suggest(&open, cycle).into_iter().collect();
    let number = cycle.number;
    let closes = plan::summary(&situation, cycle).list_closes;
    let size = open.playbook.people.size;
    let said = format!(
        "{} to choose from: first who asked for later or was left over, then who is in or near \
         your role, newest connection first. Suggested for a list: {size}; that is advice. It \
         closes on {}: who comes later is served, but not compared.",
        count(ranked.len(), "person", "people"),
        show_day(closes)
    );
    session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
    let chosen: Vec<EntryId> = if let Some(first) = pick.first {
        let (had, free): (Vec<&Entry>, Vec<&Entry>) =
            ranked.iter().partition(|entry| messaged.contains_key(&entry.id));
        if first > free.len() && !had.is_empty() {
            let people = count(had.len(), "person", "people");
            let said = format!(
                "{people} had your message in another cycle, and are not taken by themselves. To \
                 take one of them: fortnight people add NAME"
            );
            session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
        }
        free.into_iter().take(first).map(|entry| entry.id).collect()
    } else {
        // A line that wraps would push the one that is chosen out of a small terminal.
        let columns = session.host.terminal_size().map_or(COLUMNS, |(_, columns)| columns);
        let columns = columns.min(COLUMNS).saturating_sub(6).max(10);
        let line = |entry: &&Entry| {
            let had = messaged.get(&entry.id);
            let had = had.map(|cycle| format!("  (had your message in cycle {cycle})"));
            // Who they are may be long; that they had a message is said in any case (E4).
            let had = had.unwrap_or_default();
            let left = columns.saturating_sub(had.len()).max(columns / 2);
            width::cut(&format!("{}{had}", width::cut(&people::who_in_full(entry), left)), columns)
        };
        let lines: Vec<String> = ranked.iter().map(line).collect();
        let is_first = |(_, entry): &(usize, &&Entry)| suggested.contains(&entry.id);
        let first: Vec<usize> =
            ranked.iter().enumerate().filter(is_first).map(|(at, _)| at).collect();
        let lines = lines.iter().map(|line| session.shown(line).into_owned()).collect();
        match session.host.pick("Who comes onto the list?", lines, &first) {
            Picked::These(places) => {
                places.iter().filter_map(|at| ranked.get(*at)).map(|entry| entry.id).collect()
            }
            Picked::Nothing => Vec::new(),
            Picked::Nobody => {
                return Err(CliError::Unanswered {
                    questions: vec!["Who comes onto the list?".to_owned()],
                    helps: vec![
                        "fortnight people pick --first 28".to_owned(),
                        "fortnight people add NAME".to_owned(),
                    ],
                });
            }
        }
    };
    if chosen.is_empty() {
        session.say("The list stays as it is.")?;
        return Ok(Status::Done);
    }
    let recorded = desk.record(session, "people pick", &[], true, |work| {
        work.list_companies(&chosen)?;
        Ok(work.decide(&Command::List { entries: chosen.clone(), cycle: number })?.notes)
    })?;
    let people = count(chosen.len(), "person", "people");
    session.say(&format!("{people} more on the list of cycle {number}. Back: fortnight undo"))?;
    for said in &recorded.value {
        session.say(&width::wrap(&note::words(said, &open.book), COLUMNS).join("\n"))?;
    }
    Ok(Status::Done)
}

/// Everybody who could come onto the list, best first; whoever had a message in another cycle comes
/// last, and with the number of that cycle (E4). Nobody who wants to be left in peace (S5).
fn candidates<'o>(
    open: &'o OpenPlan,
    cycle: &CycleState,
) -> (Vec<&'o Entry>, BTreeMap<EntryId, u32>) {
    let mut messaged = BTreeMap::new();
    for cycle in open.state.cycles.values() {
        for (task, done) in &cycle.log.completed {
            if let (Some(entry), true) = (task.entry, done.sent.is_some()) {
                messaged.insert(entry, cycle.number);
            }
        }
    }
    let role: Vec<&str> = open.playbook.role.as_deref().unwrap_or("").split_whitespace().collect();
    let free = |entry: &&Entry| {
        !entry.do_not_contact && entry.forgotten.is_none() && cycle.member(entry.id).is_none()
    };
    let all: Vec<&Entry> = open.book.people().filter(free).collect();
    let ranked = fortnight_engine::people::rank(&all, &role);
    let first = suggest(open, cycle);
    let mut seen = BTreeSet::new();
    let order = first.into_iter().chain(ranked).filter(|id| seen.insert(*id));
    let (had, fresh): (Vec<EntryId>, Vec<EntryId>) =
        order.partition(|id| messaged.contains_key(id));
    let entries = fresh.into_iter().chain(had).filter_map(|id| open.book.get(id)).collect();
    (entries, messaged)
}
