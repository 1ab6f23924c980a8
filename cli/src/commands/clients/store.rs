//! Where a coach's clients are kept: one private file for each, in the data folder.
//!
//! Knows files and the names a coach gives. It must not know what the figures mean.

use std::path::PathBuf;

use fortnight_engine::clients::{self, Bundle};
use fortnight_engine::words::Words;
use serde::{Deserialize, Serialize};

use crate::failure::CliError;
use crate::host::ReadError;
use crate::render::words::quoted;
use crate::session::Session;

/// A client of the coach.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// The name by which the coach knows them.
    pub(crate) name: Words,
    /// What they handed out last.
    pub(crate) bundle: Bundle,
}

/// The form of a client's file, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientFile {
    fortnight_client: u32,
    name: String,
    /// The bundle as it came, a file in a text.
    bundle: String,
}

const ENDING: &str = "client";

impl Client {
    /// The name in the form in which two names are the same.
    pub(crate) fn folded(&self) -> String {
        fortnight_engine::people::fold(self.name.raw())
    }
}

/// All clients by name. A file that cannot be read is said, and the others are there.
pub(crate) fn all(session: &mut Session<'_>) -> Result<Vec<Client>, CliError> {
    let folder = folder(session)?;
    if !session.host.is_folder(&folder) {
        return Ok(Vec::new());
    }
    let listing = session
        .host
        .list(&folder)
        .map_err(|error| CliError::unreadable(&folder, &ReadError::System(error)))?;
    let mut clients = Vec::new();
    for path in listing.files {
        if path.extension().is_none_or(|ending| ending != ENDING) {
            continue;
        }
        let bytes = session.host.read(&path).map_err(|e| CliError::unreadable(&path, &e))?;
        match read(&bytes) {
            Ok(client) => clients.push(client),
            Err(why) => session.say(&format!(
                "`{}` is left out: {why}. Take the client's bundle in again: fortnight clients \
                 add FILE --as NAME",
                path.display()
            ))?,
        }
    }
    clients.sort_by_cached_key(|client| (client.folded(), client.name.raw().to_owned()));
    Ok(clients)
}

fn read(bytes: &[u8]) -> Result<Client, String> {
    let file: ClientFile =
        serde_json::from_slice(bytes).map_err(|_| "it cannot be read".to_owned())?;
    if file.fortnight_client != 1 || file.name.trim().is_empty() {
        return Err("it cannot be read".to_owned());
    }
    let bundle = clients::read(file.bundle.as_bytes()).map_err(|error| error.to_string())?;
    Ok(Client { name: Words::new(file.name), bundle })
}

/// Keeps a client, in place of what was kept of the same plan.
pub(crate) fn keep(session: &Session<'_>, client: &Client) -> Result<(), CliError> {
    let folder = folder(session)?;
    let unwritable = |error: &std::io::Error| CliError::unwritable(&folder, error);
    session.host.make_private_folder(&folder).map_err(|error| unwritable(&error))?;
    let file = ClientFile {
        fortnight_client: 1,
        name: client.name.raw().to_owned(),
        bundle: clients::write(&client.bundle),
    };
    let bytes = serde_json::to_vec(&file).map_err(std::io::Error::from)?;
    let path = file_of(&folder, &client.bundle.id);
    session.host.write_private(&path, &bytes).map_err(|error| CliError::unwritable(&path, &error))
}

/// Forgets a client.
pub(crate) fn forget(session: &Session<'_>, client: &Client) -> Result<(), CliError> {
    let path = file_of(&folder(session)?, &client.bundle.id);
    session.host.remove(&path).map_err(|error| CliError::unwritable(&path, &error))
}

/// The client of that name: the whole name, else the only one of whom it is a part.
pub(crate) fn find<'c>(clients: &'c [Client], name: &str) -> Result<&'c Client, CliError> {
    let wanted = fortnight_engine::people::fold(name);
    if let Some(client) = clients.iter().find(|client| client.folded() == wanted) {
        return Ok(client);
    }
    let mut part = clients.iter().filter(|client| client.folded().contains(&wanted));
    match (part.next(), part.next()) {
        (Some(only), None) if !wanted.is_empty() => Ok(only),
        (Some(one), Some(other)) if !wanted.is_empty() => {
            let several = [one, other].into_iter().chain(part);
            Err(CliError::Ambiguous {
                name: name.to_owned(),
                candidates: several.map(|client| client.name.terminal()).collect(),
            })
        }
        (_, _) => Err(CliError::refused_with(
            format!("No client is called {}.", quoted(name)),
            "fortnight clients --full",
        )),
    }
}

fn folder(session: &Session<'_>) -> Result<PathBuf, CliError> {
    let data = session.host.folders.data.as_ref().ok_or(CliError::NoHome)?;
    Ok(data.join("clients"))
}

/// Ids are hexadecimal digits, so they are names of files everywhere.
fn file_of(folder: &std::path::Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.{ENDING}"))
}
