//! `fortnight people edit WHO FIELD=VALUE…`: what is known of somebody changes.

use clap::Args;
use fortnight_engine::notebook::Filled;
use fortnight_engine::people::{Change, Entry, EntryId};
use fortnight_engine::words::Words;

use super::filled;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::words::typed;
use crate::session::Session;
use crate::values::pair;

/// What changes.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// A person or a company, on the list or not
    #[arg(value_name = "WHO")]
    who: String,
    /// Such as position="Design lead"; nothing behind the = empties the field
    #[arg(value_name = "FIELD=VALUE", value_parser = pair, required_unless_present = "do_not_contact")]
    values: Vec<(String, String)>,
    /// Leave them in peace, in every plan and cycle; or take that back
    #[arg(long, value_name = "YES OR NO")]
    do_not_contact: Option<YesNo>,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum YesNo {
    /// Nobody writes to them
    Yes,
    /// They may be written to
    No,
}

/// Nobody writes to these people any more, in any plan; or they may be written to again (S5).
pub(crate) fn leave_in_peace(
    session: &mut Session<'_>,
    people: &[EntryId],
    yes: bool,
) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let recorded = desk.record(session, "people edit", people, false, |work| {
        let changed: Vec<EntryId> = people
            .iter()
            .copied()
            .filter(|id| work.entry(*id).is_some_and(|known| known.do_not_contact != yes))
            .collect();
        for entry in &changed {
            work.change(Change::DoNotContact { entry: *entry, yes });
        }
        Ok(changed)
    })?;
    let open = desk.open(people)?;
    for id in people {
        let Some(entry) = open.book.get(*id) else { continue };
        let changed = recorded.value.contains(id).then_some(yes);
        say_peace(session, entry, changed)?;
        if changed.is_none() {
            let name = entry.name.terminal();
            session.say(&format!("{name}: that is recorded already; nothing changed."))?;
        }
    }
    Ok(Status::Done)
}

fn say_peace(
    session: &mut Session<'_>,
    entry: &Entry,
    changed: Option<bool>,
) -> Result<(), CliError> {
    let name = entry.name.terminal();
    match changed {
        Some(true) => session.say(&format!(
            "{name} will not be written to: open messages are closed, in every plan.\n\
             Back: fortnight {} contact-again",
            typed(&entry.name)
        )),
        Some(false) => session.say(&format!("{name} may be written to again.")),
        None => Ok(()),
    }
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, edit: &Edit) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let entry = naming::person(&desk, &open, &edit.who)?;
    let values: Vec<(String, Words)> = edit
        .values
        .iter()
        .map(|(name, value)| (name.clone(), Words::new(value.as_str())))
        .collect();
    let silent = edit.do_not_contact.map(|answer| answer == YesNo::Yes);
    // Another company may be known already: then everybody has to be looked at.
    let whole = values.iter().any(|(name, _)| name == "company");
    let recorded = desk.record(session, "people edit", &[entry], whole, |work| {
        let known = work.entry(entry).is_some_and(|known| known.do_not_contact);
        let silenced = silent.filter(|yes| *yes != known);
        if let Some(yes) = silenced {
            work.change(Change::DoNotContact { entry, yes });
        }
        let filled = if values.is_empty() { Filled::default() } else { work.fill(entry, &values)? };
        Ok((filled, silenced))
    })?;
    let (changed, silenced) = recorded.value;
    let open = desk.open(&[entry])?;
    let name = open.book.get(entry).map(|known| known.name.terminal()).unwrap_or_default();
    if let Some(entry) = open.book.get(entry) {
        say_peace(session, entry, silenced)?;
    }
    if silenced.is_none() && changed.changed.is_empty() {
        session.say(&format!("{name}: all of that is recorded already; nothing changed."))?;
    }
    filled(session, &open, entry, &changed)?;
    Ok(Status::Done)
}
