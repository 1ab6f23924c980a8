//! `fortnight clients report`: figures that may leave the coach.

use clap::Args;
use fortnight_engine::clients;

use super::{bundles, check_choice, some};
use crate::failure::{CliError, Status};
use crate::render::clients::{ReportData, report_page};
use crate::session::Session;

/// What to report.
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// A choice of the playbook; every choice without it
    #[arg(value_name = "CHOICE")]
    choice: Option<String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Report) -> Result<Status, CliError> {
    let clients = some(session)?;
    check_choice(&clients, arguments.choice.as_deref())?;
    let report = clients::report(&bundles(&clients), arguments.choice.as_deref(), 1);
    if session.global.json {
        session.print_json(&ReportData::of(&report))?;
        return Ok(Status::Done);
    }
    session.print(&report_page(&report))?;
    Ok(Status::Done)
}
