//! `fortnight people edit PERSON FIELD=VALUE…`: what is known of somebody.

use clap::Args;
use fortnight_engine::diagnostic::nearest;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::{Change, EntryId, STANDARD_FIELDS};
use fortnight_engine::words::Words;

use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::naming;
use crate::session::Session;
use crate::values::pair;

/// Whose field, and what it becomes.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// Who: a part of the name
    #[arg(value_name = "PERSON")]
    person: String,
    /// The field and its value; an empty value clears it
    #[arg(value_name = "FIELD=VALUE", value_parser = pair)]
    fields: Vec<(String, String)>,
    /// Nobody writes to them any more, in any plan
    #[arg(long)]
    do_not_contact: bool,
    /// They may be written to again
    #[arg(long, conflicts_with = "do_not_contact")]
    may_contact: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, edit: &Edit) -> Result<Status, CliError> {
    if edit.fields.is_empty() && !edit.do_not_contact && !edit.may_contact {
        return Err(CliError::refused_with(
            "What is to be changed?",
            format!("fortnight people edit {} company=\"…\"", edit.person),
        ));
    }
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let entry = naming::person(&desk, &open, &edit.person)?;
    let mut changes = Vec::new();
    for (field, value) in &edit.fields {
        changes.push(set(&open, entry, field, value)?);
    }
    if edit.do_not_contact || edit.may_contact {
        changes.push(Change::DoNotContact { entry, yes: edit.do_not_contact });
    }
    apply(session, &mut desk, "people edit", &changes)?;
    let open = desk.open(&[entry])?;
    let name = open.book.get(entry).map(|entry| entry.name.terminal()).unwrap_or_default();
    let mut said: Vec<String> =
        edit.fields.iter().map(|(field, value)| format!("{field} = {value}")).collect();
    if edit.do_not_contact {
        said.push("nobody writes to them any more".to_owned());
    }
    if edit.may_contact {
        said.push("may be written to again".to_owned());
    }
    session.print(&format!("{name}: {}.\n", said.join(", ")))?;
    Ok(Status::Done)
}

/// Records changes of people as one operation.
pub(super) fn apply(
    session: &mut Session<'_>,
    desk: &mut Desk,
    command: &str,
    changes: &[Change],
) -> Result<(), CliError> {
    let people: Vec<EntryId> = changes.iter().map(Change::entry).collect();
    desk.record(session, command, &people, false, |work| {
        for change in changes {
            work.change(change.clone());
        }
        Ok(())
    })?;
    Ok(())
}

/// The change of a field that the playbook or the standard knows.
pub(super) fn set(
    open: &OpenPlan,
    entry: EntryId,
    field: &str,
    value: &str,
) -> Result<Change, CliError> {
    let own = open.playbook.people.fields.iter();
    let companies = open.playbook.companies.iter().flat_map(|list| &list.fields);
    let known: Vec<&str> = STANDARD_FIELDS
        .iter()
        .copied()
        .chain(own.chain(companies).map(|field| &*field.id))
        .collect();
    if !known.contains(&field) {
        let near = nearest(field, known.iter().copied());
        let sentence = near.map_or_else(
            || format!("`{field}` is no field of a person."),
            |near| format!("`{field}` is no field of a person. Did you mean `{near}`?"),
        );
        return Err(CliError::refused_with(sentence, format!("There is: {}", known.join(", "))));
    }
    let value = Some(value).filter(|value| !value.is_empty()).map(Words::new);
    if field == "name" && value.is_none() {
        return Err(CliError::refused("A name cannot be empty."));
    }
    Ok(Change::FieldSet { entry, field: field.to_owned(), value })
}
