//! A plan on the desk: the database opened, the plan chosen, the moment known.
//!
//! Knows how a command comes to its plan. It must not know what the command is about.

use std::path::PathBuf;

use fortnight_engine::notebook::Session as Work;
use fortnight_engine::notebook::{Notebook, NotebookError, OpenPlan, Recording, Written};
use fortnight_engine::people::EntryId;
use fortnight_engine::plan::PlanId;
use fortnight_engine::playbook::Playbook;
use fortnight_engine::store::{PlanRow, SqliteStore, StoreError};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::failure::CliError;
use crate::render::rejection;
use crate::session::Session;

/// What a command about a plan works on.
#[derive(Debug)]
pub(crate) struct Desk {
    /// The database as people use it.
    pub(crate) notebook: Notebook<SqliteStore>,
    /// Its file.
    pub(crate) database: PathBuf,
    /// The plan.
    pub(crate) plan: PlanId,
    /// The moment of the command.
    pub(crate) instant: Timestamp,
    /// Against a rule of the method.
    pub(crate) anyway: bool,
}

/// Opens the database to read; a missing one reads as empty.
pub(crate) fn notebook_to_read(
    session: &Session<'_>,
) -> Result<(Notebook<SqliteStore>, PathBuf), CliError> {
    let path = session.database()?;
    let mut store = SqliteStore::open_read_only(&path);
    if let Err(StoreError::Older { .. }) = store {
        // An older database is brought up to date by opening it to write.
        store = SqliteStore::open(&path);
    }
    Ok((Notebook::new(store.map_err(CliError::Store)?), path))
}

/// Opens the database to write, and makes it where there is none.
pub(crate) fn notebook_to_write(
    session: &Session<'_>,
) -> Result<(Notebook<SqliteStore>, PathBuf), CliError> {
    let path = session.database()?;
    let own = session.host.folders.data.as_ref().filter(|data| path.starts_with(data));
    if let Some(folder) = own {
        session.host.make_private_folder(folder)?;
    }
    let store = SqliteStore::open(&path).map_err(CliError::Store)?;
    Ok((Notebook::new(store), path))
}

impl Desk {
    /// The plan that the command means, to read.
    pub(crate) fn to_read(session: &mut Session<'_>) -> Result<Self, CliError> {
        let (notebook, database) = notebook_to_read(session)?;
        Self::choose(session, notebook, database)
    }

    /// The plan that the command means, to record something in it.
    pub(crate) fn to_write(session: &mut Session<'_>) -> Result<Self, CliError> {
        let database = session.database()?;
        if !session.host.is_file(&database) {
            return Err(CliError::NoPlan);
        }
        let (notebook, database) = notebook_to_write(session)?;
        Self::choose(session, notebook, database)
    }

    fn choose(
        session: &mut Session<'_>,
        notebook: Notebook<SqliteStore>,
        database: PathBuf,
    ) -> Result<Self, CliError> {
        let plans = notebook.plans().map_err(plain)?;
        let plan = choose(&plans, session.global.plan.as_deref())?;
        if plans.len() > 1 && session.global.plan.is_none() {
            session.detail(&format!(
                "Plan {} of {}; another: --plan NUMBER",
                plan.0,
                plans.len()
            ))?;
        }
        // The zone is needed only to understand what a wall clock shows.
        let zone = match &session.global.now {
            Some(_) => notebook.open(plan, &[]).map_err(plain)?.zone,
            None => jiff::tz::TimeZone::UTC,
        };
        let instant = session.moment(&zone)?;
        let anyway = session.global.anyway;
        Ok(Self { notebook, database, plan, instant, anyway })
    }

    /// Opens the plan for what a day needs, and for the whole history of `entries`.
    pub(crate) fn open(&self, entries: &[EntryId]) -> Result<OpenPlan, CliError> {
        let mut open = self.notebook.open(self.plan, entries).map_err(plain)?;
        self.notebook.look_around(&mut open, self.instant).map_err(plain)?;
        Ok(open)
    }

    /// Opens the plan with everything that was ever recorded.
    pub(crate) fn open_whole(&self) -> Result<OpenPlan, CliError> {
        let mut open = self.notebook.open_whole(self.plan).map_err(plain)?;
        self.notebook.look_around(&mut open, self.instant).map_err(plain)?;
        Ok(open)
    }

    /// Today in the plan's zone.
    pub(crate) fn today(&self, open: &OpenPlan) -> Date {
        open.now(self.instant).date
    }

    /// Records one operation and says where the clock is behind (F7).
    pub(crate) fn record<T>(
        &mut self,
        session: &mut Session<'_>,
        command: &str,
        entries: &[EntryId],
        whole: bool,
        work: impl FnMut(&mut Work) -> Result<T, NotebookError>,
    ) -> Result<Written<T>, CliError> {
        let recording =
            Recording { command, plan: Some(self.plan), entries, whole, anyway: self.anyway };
        match self.notebook.record(&recording, self.instant, work) {
            Ok(recorded) => {
                note_recorded(session, &recorded)?;
                Ok(recorded)
            }
            Err(error) => {
                let open = self.open(&[])?;
                Err(failure(error, &open.playbook))
            }
        }
    }
}

/// Notes what was recorded. F7: dates are checked against the clock that is there, and one warning is
/// printed.
pub(crate) fn note_recorded<T>(
    session: &mut Session<'_>,
    recorded: &Written<T>,
) -> Result<(), CliError> {
    session.account.record(recorded.operation);
    if recorded.clock_behind {
        session.say(
            "The clock of this machine is behind what was recorded last; dates are taken as it \
             shows them.",
        )?;
    }
    Ok(())
}

/// The plan meant: by number, by a part of its title, else the newest.
fn choose(plans: &[PlanRow], named: Option<&str>) -> Result<PlanId, CliError> {
    let Some(named) = named else {
        return plans.last().map(|plan| plan.id).ok_or(CliError::NoPlan);
    };
    let wanted = named.to_lowercase();
    let by_number = plans.iter().find(|plan| plan.id.0.to_string() == wanted);
    let mut by_title =
        plans.iter().filter(|plan| plan.projection.title.to_lowercase().contains(&wanted));
    let only = by_title.next().filter(|_| by_title.next().is_none());
    by_number.or(only).map(|plan| plan.id).ok_or_else(|| CliError::UnknownPlan {
        name: named.to_owned(),
        plans: plans
            .iter()
            .map(|plan| format!("{}  {}", plan.id.0, plan.projection.title))
            .collect(),
    })
}

/// A rejection in words.
pub(crate) fn refusal(
    rejected: &fortnight_engine::plan::Rejection,
    playbook: &Playbook,
) -> CliError {
    let refusal = rejection::words(rejected, playbook);
    CliError::Refused { sentence: refusal.sentence, helps: refusal.helps }
}

/// A failure of the notebook, with a rejection in the words of a playbook.
pub(crate) fn failure(error: NotebookError, playbook: &Playbook) -> CliError {
    if let NotebookError::Rejected(rejected) = &error {
        return refusal(rejected, playbook);
    }
    if let NotebookError::RejectedAll(rejected) = &error {
        let all = rejected.iter().map(|rejected| refusal(rejected, playbook)).collect();
        return CliError::all(all).unwrap_or_else(|| plain(error));
    }
    plain(error)
}

/// A failure of the notebook that is no rejection.
pub(crate) fn plain(error: NotebookError) -> CliError {
    match error {
        NotebookError::Store(error) => CliError::Store(error),
        NotebookError::NoPlan(_) => CliError::NoPlan,
        NotebookError::NothingTo(what) => CliError::refused(format!("There is nothing to {what}.")),
        NotebookError::ForGood(_) => CliError::refused(
            "The last thing was forgetting somebody, and nothing takes that back.",
        ),
        NotebookError::PlaybookUnreadable { hash } => CliError::refused_with(
            format!("The playbook of this plan ({hash}) cannot be read by this program."),
            "A newer Fortnight may have begun the plan: fortnight --version",
        ),
        NotebookError::UnknownZone { zone } => CliError::refused_with(
            format!("This program does not know the zone `{zone}`."),
            "--zone Europe/Paris",
        ),
        // Commands that decide something word their rejections where the playbook is at hand.
        NotebookError::Rejected(_) | NotebookError::RejectedAll(_) => {
            CliError::refused("This does not fit what is recorded.")
        }
    }
}
