//! `fortnight --version --verbose`: everything whose version may matter.

use fortnight_engine::calendar::zone_data_version;
use fortnight_engine::store::sqlite_version;
use serde::Serialize;

use crate::failure::CliError;
use crate::render::COLUMNS;
use crate::render::table::{Column, Table};
use crate::session::Session;

/// `--version --verbose --json`, version 1.
#[derive(Serialize)]
struct VersionData {
    version: u32,
    fortnight: &'static str,
    zone_data: &'static str,
    sqlite: &'static str,
    language: u32,
    database: Option<String>,
    database_exists: bool,
}

/// The version of the playbook language.
const LANGUAGE: u32 = 1;

/// Prints them.
pub(crate) fn run(session: &mut Session<'_>) -> Result<(), CliError> {
    let database = session.database().ok();
    let exists = database.as_ref().is_some_and(|path| session.host.is_file(path));
    let data = VersionData {
        version: 1,
        fortnight: env!("CARGO_PKG_VERSION"),
        zone_data: zone_data_version(),
        sqlite: sqlite_version(),
        language: LANGUAGE,
        database: database.map(|path| path.display().to_string()),
        database_exists: exists,
    };
    if session.global.json {
        return session.print_json(&data);
    }
    let mut table = Table::new(vec![Column::WORDS, Column::WORDS]);
    let mut row = |name: &str, value: &str| table.row([name.to_owned(), value.to_owned()]);
    row("fortnight", data.fortnight);
    row("playbook language", &LANGUAGE.to_string());
    row("time zone data", &format!("{}, built in", data.zone_data));
    row("SQLite", &format!("{}, built in", data.sqlite));
    let none = "none: no data folder is known (--db FILE names one)";
    let path = data.database.as_deref().unwrap_or(none);
    let new = if data.database.is_some() && !exists { " (not made yet)" } else { "" };
    row("database", &format!("{path}{new}"));
    session.print(&table.to_text(COLUMNS))
}
