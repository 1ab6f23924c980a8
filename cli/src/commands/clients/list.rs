//! Bare `fortnight clients`: Monday morning.

use fortnight_engine::clients::monday;

use super::{NOBODY, bundles, store, today};
use crate::failure::{CliError, Status};
use crate::render::clients::{MondayData, monday_page};
use crate::session::Session;

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, full: bool) -> Result<Status, CliError> {
    let clients = store::all(session)?;
    let today = today(session)?;
    let seen = monday(&bundles(&clients), today);
    let named: Vec<_> = clients.iter().map(|client| (&client.name, &client.bundle)).collect();
    if session.global.json {
        session.print_json(&MondayData::of(&named, &seen))?;
        return Ok(Status::Done);
    }
    if clients.is_empty() {
        session.print(&format!("{NOBODY}\n"))?;
        session.say("A client makes a file with: fortnight share")?;
        session.say("You take it in with: fortnight clients add FILE --as NAME")?;
        return Ok(Status::Done);
    }
    session.print(&monday_page(&named, &seen, today, full))?;
    Ok(Status::Done)
}
