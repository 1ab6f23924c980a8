//! `fortnight people add WHO`: somebody, known or new, comes onto the list.

use clap::Args;
use fortnight_engine::notebook::{NotebookError, OpenPlan, Session as Work};
use fortnight_engine::people::matching::{Candidate, plan_import};
use fortnight_engine::people::{Book, Change, Contact, EntryId, Kind, Match};
use fortnight_engine::plan::{Command, Note, lacks, resolve};
use fortnight_engine::words::Words;

use super::cycle_at_work;
use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::words::quoted;
use crate::render::{COLUMNS, note, people, width};
use crate::session::Session;
use crate::values::pair;

/// Who comes onto the list.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// "Dana Wu, Adyen, design lead", or somebody who is known: `dana`, `@12`
    #[arg(value_name = "WHO", required_unless_present = "company")]
    who: Option<String>,
    /// Where they work; without WHO, a company for the list of companies
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// Something to note of them, such as context="your talk"; may be given several times
    #[arg(long = "field", value_name = "NAME=VALUE", value_parser = pair)]
    fields: Vec<(String, String)>,
    /// Who referred them
    #[arg(long, value_name = "WHO")]
    introduced_by: Option<String>,
    /// They are not to be written to: known from now on, and on no list
    #[arg(long)]
    do_not_contact: bool,
}

impl Add {
    /// A company alone.
    pub(super) fn of_company(name: &str) -> Self {
        Self {
            who: None,
            company: Some(name.to_owned()),
            fields: Vec::new(),
            introduced_by: None,
            do_not_contact: false,
        }
    }
}

/// Who is meant.
#[derive(Clone, Debug)]
enum Who {
    Known(EntryId),
    New(Contact),
}

/// What the operation came to.
struct Added {
    entry: EntryId,
    /// The cycle whose list it is, and the place on it.
    listed: Option<(u32, u32)>,
    /// Somebody was on that list before.
    begun: bool,
    notes: Vec<Note>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, add: &Add) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let everybody = desk.notebook.everybody().map_err(plain)?;
    let open = desk.open(&[])?;
    let who = match &add.who {
        Some(who) => person(session, &everybody, who, add)?,
        None => company(&open, &everybody, add)?,
    };
    let by = match &add.introduced_by {
        Some(name) => Some(naming::person(&desk, &open, name)?),
        None => None,
    };
    let values: Vec<(String, Words)> =
        add.fields.iter().map(|(name, value)| (name.clone(), Words::new(value.as_str()))).collect();
    let silent = add.do_not_contact;
    let recorded = desk.record(session, "people add", &[], true, |work| {
        take_in(work, &who, &values, by, silent)
    })?;
    let concerned: Vec<EntryId> = by.into_iter().chain([recorded.value.entry]).collect();
    let open = desk.open(&concerned)?;
    tell(session, &desk, &open, &recorded.value, matches!(who, Who::New(_)), silent)?;
    Ok(Status::Done)
}

/// The person meant: by number, by a name without a company if somebody has it, else somebody new.
fn person(
    session: &mut Session<'_>,
    everybody: &Book,
    who: &str,
    add: &Add,
) -> Result<Who, CliError> {
    if let Some(bare) = who.strip_prefix('@') {
        if let Some(id) = bare.parse().ok().map(EntryId).filter(|id| everybody.get(*id).is_some()) {
            return Ok(Who::Known(id));
        }
        return naming::one_of(bare, everybody.find(bare), everybody).map(Who::Known);
    }
    let mut parts = who.splitn(3, ',').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let company = add.company.as_deref().or_else(|| parts.next());
    if name.is_empty() {
        return Err(CliError::refused_with(
            "There is no name in it.",
            "fortnight people add \"Dana Wu, Adyen\"",
        ));
    }
    if company.is_none() && add.introduced_by.is_none() {
        let is_person = |entry: &fortnight_engine::people::Entry| entry.kind == Kind::Person;
        match everybody.find_among(name, is_person) {
            Match::One(id) => return Ok(Who::Known(id)),
            found @ Match::Several(_) => {
                return naming::one_of(name, found, everybody).map(Who::Known);
            }
            Match::None { .. } => {}
        }
    }
    let mut contact = Contact::new(1, name);
    for (field, value) in [("company", company), ("position", parts.next())] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            contact = contact.with(field, value);
        }
    }
    // What identifies somebody tells whether they are known; it is stored with everything else.
    let mut described = contact.clone();
    for (name, value) in &add.fields {
        if name == "email" || name == "profile" {
            described = described.with(name, value.as_str());
        }
    }
    let plan = plan_import(everybody, vec![described]);
    if let Some(matched) = plan.matched.first() {
        return Ok(Who::Known(matched.entry));
    }
    let Some(proposed) = plan.proposed.first() else { return Ok(Who::New(contact)) };
    let candidates: Vec<EntryId> = proposed
        .candidates
        .iter()
        .filter_map(|candidate| match candidate {
            Candidate::Entry(id) => Some(*id),
            Candidate::Line(_) => None,
        })
        .collect();
    let helps = candidates
        .iter()
        .filter_map(|id| everybody.get(*id))
        .map(|entry| format!("fortnight people add @{}  {}", entry.id, people::who_in_full(entry)));
    let mut helps: Vec<String> = helps.collect();
    helps.push("--yes adds somebody else of that name".to_owned());
    if session.agreed(&format!(
        "Somebody like that is known:\n  {}\nAdd somebody else of that name?",
        helps.join("\n  ")
    ))? {
        return Ok(Who::New(contact));
    }
    let sentence = format!("{} may be known already.", Words::new(name).terminal());
    Err(CliError::Refused { sentence, helps })
}

/// A company for the plan's list of companies.
fn company(open: &OpenPlan, everybody: &Book, add: &Add) -> Result<Who, CliError> {
    let name = add.company.as_deref().unwrap_or_default().trim();
    if name.is_empty() {
        return Err(CliError::refused_with(
            "There is no name in it.",
            "fortnight people add --company \"Northwind\"",
        ));
    }
    if open.playbook.companies.is_none() {
        return Err(CliError::refused_with(
            "This playbook has no list of companies.",
            format!("fortnight people add \"Dana Wu\" --company {}", quoted(name)),
        ));
    }
    if add.introduced_by.is_some() || add.do_not_contact {
        return Err(CliError::refused("--introduced-by and --do-not-contact are for people."));
    }
    let key = fortnight_engine::people::identity::company_key;
    let known = everybody.companies().find(|entry| key(entry.name.raw()) == key(name));
    if let Some(entry) = known {
        return Ok(Who::Known(entry.id));
    }
    let mut contact = Contact::new(1, name);
    contact.kind = Kind::Company;
    Ok(Who::New(contact))
}

/// All of it or nothing: known, described, on the list.
fn take_in(
    work: &mut Work,
    who: &Who,
    values: &[(String, Words)],
    by: Option<EntryId>,
    silent: bool,
) -> Result<Added, NotebookError> {
    let entry = match who {
        Who::Known(id) => *id,
        Who::New(contact) => work.add(contact.clone().into_entry(EntryId(0))),
    };
    work.fill(entry, values)?;
    if silent {
        work.change(Change::DoNotContact { entry, yes: true });
    }
    let introduced = work.entry(entry).and_then(|known| known.introduced_by);
    if let Some(by) = by.filter(|by| introduced != Some(*by) && *by != entry) {
        work.change(Change::Introduced { entry, by });
    }
    let is_company = work.entry(entry).is_some_and(|known| known.kind == Kind::Company);
    let cycle = if is_company { Some(0) } else { cycle_at_work(work)? };
    let Some(cycle) = cycle.filter(|_| !silent) else {
        return Ok(Added { entry, listed: None, begun: false, notes: Vec::new() });
    };
    if !is_company {
        work.list_companies(&[entry])?;
    }
    let begun = !members(work, cycle)?.is_empty();
    let notes = work.decide(&Command::List { entries: vec![entry], cycle })?.notes;
    let place = members(work, cycle)?.iter().find(|member| member.0 == entry).map(|place| place.1);
    Ok(Added { entry, listed: place.map(|place| (cycle, place)), begun, notes })
}

/// Who is on the list of a cycle, and in which place; cycle 0 is that of the companies.
fn members(work: &Work, cycle: u32) -> Result<Vec<(EntryId, u32)>, NotebookError> {
    let state = &work.plan()?.state;
    let list = match state.cycles.get(&cycle) {
        Some(cycle) => &cycle.members,
        None => &state.companies,
    };
    Ok(list.iter().map(|member| (member.entry, member.rank)).collect())
}

fn tell(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    added: &Added,
    new: bool,
    silent: bool,
) -> Result<(), CliError> {
    let Some(entry) = open.book.get(added.entry) else { return Ok(()) };
    let mut who = people::who_in_full(entry);
    let name = entry.name.terminal();
    if let Some(by) = entry.introduced_by.and_then(|by| open.book.get(by)) {
        who = format!("{who} (introduced by {})", by.name.terminal());
    }
    let situation = open.situation(desk.instant);
    let already = added.notes.contains(&Note::Listed { entry: added.entry });
    let known = if new { "is" } else { "was known already, and is" };
    match added.listed {
        _ if silent => session.say(&format!("{who} is known now, and will not be written to."))?,
        None => session.say(&format!(
            "{who} is known now. No cycle is running, so there is no list to be on.\n\
             Next: fortnight cycle start"
        ))?,
        Some((0, place)) if !already => {
            session
                .say(&format!("{name} {known} on the list of companies now, number {place}."))?;
        }
        Some((cycle, place)) if !already => {
            let said = format!("{who} {known} on the list of cycle {cycle} now, number {place}.");
            session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
            if open.state.cycles.get(&cycle).is_some_and(|cycle| situation.is_over(cycle)) {
                let said = format!("Cycle {cycle} is over: {name} goes first onto the next list.");
                return session.say(&said);
            }
        }
        Some(_) => {}
    }
    for said in &added.notes {
        let advice = matches!(said, Note::ShortList { .. } | Note::Practice { .. });
        // Advice about the size is given once, with the first one (L5).
        if !(advice && added.begun) {
            session.say(&note::words(said, &open.book))?;
        }
    }
    let lack = lacks(&situation, &resolve(&situation));
    if let Some(lack) = lack.iter().find(|lack| lack.entry == added.entry) {
        session.say(&format!("Next: {}", people::fill_command(entry, &lack.fields)))?;
    }
    Ok(())
}
