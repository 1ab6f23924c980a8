//! `fortnight clients add`: what a client shared is taken in.

use std::path::{Path, PathBuf};

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::clients::{self, Bundle, BundleError};
use fortnight_engine::words::Words;
use serde::Serialize;

use super::store::{self, Client};
use crate::failure::{CliError, Status};
use crate::render::words::{count, quoted};
use crate::session::Session;

/// Which files, and whose.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The files that clients gave you
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The name by which you know the client (default: known already, else the file's name)
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
}

/// `clients add --json`, version 1.
#[derive(Serialize)]
struct AddedData {
    version: u32,
    clients: Vec<OneData>,
}

/// One client; `result` is `new`, `newer` or `known`.
#[derive(Serialize)]
struct OneData {
    name: String,
    id: String,
    day: String,
    result: &'static str,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, add: &Add) -> Result<Status, CliError> {
    if add.name.is_some() && add.files.len() > 1 {
        return Err(CliError::refused_with(
            "One name cannot be that of several clients.",
            "fortnight clients add FILE --as NAME",
        ));
    }
    let known = store::all(session)?;
    // Everything is read and judged before anything is kept (R2).
    let mut taken: Vec<(Client, &'static str)> = Vec::new();
    for path in &add.files {
        let bundle = read(session, path)?;
        let judged = judge(&known, &taken, bundle, path, add.name.as_deref())?;
        taken.push(judged);
    }
    let mut said = Vec::new();
    for (client, result) in &taken {
        if *result != KNOWN {
            store::keep(session, client)?;
        }
        said.push(sentence(client, result));
    }
    if session.global.json {
        let clients = taken.iter().map(|(client, result)| OneData {
            name: client.name.raw().to_owned(),
            id: client.bundle.id.clone(),
            day: client.bundle.day.to_string(),
            result,
        });
        session.print_json(&AddedData { version: 1, clients: clients.collect() })?;
    } else {
        for sentence in said {
            session.print(&format!("{sentence}\n"))?;
        }
    }
    session.say("Next: fortnight clients")?;
    Ok(Status::Done)
}

const NEW: &str = "new";
const NEWER: &str = "newer";
const KNOWN: &str = "known";

fn sentence(client: &Client, result: &str) -> String {
    let name = client.name.terminal();
    let day = show_day(client.bundle.day);
    let cycles = count(client.bundle.cycles.len(), "cycle", "cycles");
    match result {
        KNOWN => format!("{name}: this is what you have already, shared {day}."),
        NEWER => format!("{name}: newer figures, shared {day}, in place of the earlier ones."),
        _ => format!("{name} is new: {cycles}, shared {day}."),
    }
}

fn read(session: &Session<'_>, path: &Path) -> Result<Bundle, CliError> {
    let bytes = session.host.read(path).map_err(|error| CliError::unreadable(path, &error))?;
    clients::read(&bytes).map_err(|error| {
        let help = match &error {
            BundleError::NotABundle => "A client makes one with: fortnight share",
            BundleError::Newer { .. } => "This program is older: fortnight --version",
            BundleError::Changed | BundleError::Broken { .. } => {
                "Ask for it once more, as it comes out of: fortnight share"
            }
        };
        CliError::refused_with(format!("`{}` cannot be taken in: {error}.", path.display()), help)
    })
}

/// Whose bundle it is, and whether it is new.
fn judge(
    known: &[Client],
    taken: &[(Client, &'static str)],
    bundle: Bundle,
    path: &Path,
    name: Option<&str>,
) -> Result<(Client, &'static str), CliError> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let given = name.map(str::trim);
    if given == Some("") {
        return Err(CliError::refused_with("A client needs a name.", "--as Mara"));
    }
    let wanted = given.map(str::to_owned).or(stem).unwrap_or_default();
    let folded = fortnight_engine::people::fold(&wanted);
    if let Some((twin, _)) = taken.iter().find(|(client, _)| client.bundle.id == bundle.id) {
        return Err(CliError::refused(format!(
            "`{}` and another of these files are figures of the same plan ({}); give one of them.",
            path.display(),
            twin.name.terminal()
        )));
    }
    if let Some(own) = known.iter().find(|client| client.bundle.id == bundle.id) {
        let shown = own.name.terminal();
        if given.is_some() && own.folded() != folded {
            return Err(CliError::Refused {
                sentence: format!("These are figures of {shown}'s plan, whom you know already."),
                helps: vec![
                    format!("fortnight clients add {} --as {}", file(path), quoted(&shown)),
                    format!(
                        "Under another name: fortnight clients remove {}, then add again",
                        quoted(&shown)
                    ),
                ],
            });
        }
        let order = |bundle: &Bundle| (bundle.operation, bundle.made);
        if order(&bundle) < order(&own.bundle) {
            return Err(CliError::refused(format!(
                "This is older than what you have of {shown}: shared {}, and yours {}.",
                show_day(bundle.day),
                show_day(own.bundle.day)
            )));
        }
        let result = if bundle == own.bundle { KNOWN } else { NEWER };
        return Ok((Client { name: own.name.clone(), bundle }, result));
    }
    let mut others = known.iter().chain(taken.iter().map(|(client, _)| client));
    if let Some(other) = others.find(|client| client.folded() == folded) {
        return Err(CliError::refused_with(
            format!("{} is another client of yours.", other.name.terminal()),
            format!("fortnight clients add {} --as {}", file(path), quoted(&format!("{wanted} 2"))),
        ));
    }
    Ok((Client { name: Words::new(wanted), bundle }, NEW))
}

fn file(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}
