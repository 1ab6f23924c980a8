//! `fortnight clients remove`: a client is forgotten.

use clap::Args;

use super::store;
use crate::failure::{CliError, Status};
use crate::render::words::quoted;
use crate::session::Session;

/// Whom to forget.
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// The name by which you know the client
    #[arg(value_name = "NAME")]
    name: String,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, remove: &Remove) -> Result<Status, CliError> {
    let clients = store::all(session)?;
    let client = store::find(&clients, &remove.name)?.clone();
    let name = client.name.terminal();
    if !session.agreed(&format!("Forget {name} and everything {name} shared?"))? {
        return Err(CliError::refused_with(
            format!("{name} is still there."),
            format!("fortnight clients remove {} --yes", quoted(&name)),
        ));
    }
    store::forget(session, &client)?;
    session.print(&format!("{name} is forgotten, and everything {name} shared.\n"))?;
    Ok(Status::Done)
}
