//! Copies of the database that the program or the person made: forgetting reaches them too (R24).
//!
//! Knows where they lie. It must not know what is erased in one.

use std::path::{Path, PathBuf};

use fortnight_engine::notebook::{Forgetting, Notebook};
use fortnight_engine::people::{Entry, fold};
use fortnight_engine::store::{SqliteStore, StoreError};

use crate::desk::{Desk, plain};
use crate::failure::CliError;
use crate::render::words::quoted;
use crate::session::Session;

/// Other databases of ours beside this one and in the data folder: copies that the program made.
pub(super) fn find(session: &Session<'_>, desk: &Desk) -> Vec<PathBuf> {
    let own = desk.database.canonicalize().unwrap_or_else(|_| desk.database.clone());
    let name = desk.database.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let beside = |path: &Path| {
        path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&name))
    };
    let mut found = Vec::new();
    let mut folders: Vec<(PathBuf, bool)> = Vec::new();
    folders.extend(desk.database.parent().map(|folder| (folder.to_owned(), false)));
    folders.extend(session.host.folders.data.clone().map(|data| (data, true)));
    while let Some((folder, whole)) = folders.pop() {
        let Ok(listing) = session.host.list(&folder) else { continue };
        if whole {
            folders.extend(listing.folders.into_iter().map(|folder| (folder, true)));
        }
        for file in listing.files {
            let same = file.canonicalize().is_ok_and(|path| path == own);
            if !same
                && (whole || beside(&file))
                && !found.contains(&file)
                && is_copy(session, &file)
            {
                found.push(file);
            }
        }
    }
    found.sort();
    found.dedup_by_key(|path| path.canonicalize().ok());
    found
}

/// True for a file that begins as our databases do.
fn is_copy(session: &Session<'_>, path: &Path) -> bool {
    let begins = session.host.read_beginning(path, 72).unwrap_or_default();
    begins.starts_with(b"SQLite format 3\0") && begins.get(68..72) == Some(b"Fort")
}

/// What a copy that was taken away left in the data folder: its log and its journal, which hold texts.
/// So do files that a program was writing when it was killed, wherever this one writes: here, beside
/// the database, among temporary files.
pub(super) fn remove_remains(session: &Session<'_>, database: &Path) -> Result<(), CliError> {
    session.host.remove_drafts();
    session.host.remove_unfinished(Path::new(""));
    if let Some(folder) = database.parent() {
        session.host.remove_unfinished(folder);
    }
    let mut folders: Vec<PathBuf> = session.host.folders.data.clone().into_iter().collect();
    while let Some(folder) = folders.pop() {
        session.host.remove_unfinished(&folder);
        let Ok(listing) = session.host.list(&folder) else { continue };
        folders.extend(listing.folders);
        for file in listing.files {
            let name = file.to_string_lossy().into_owned();
            let whose = ["-wal", "-shm", "-journal"].iter().find_map(|end| name.strip_suffix(end));
            if whose.is_some_and(|whose| !session.host.is_taken(Path::new(whose))) {
                let removed = session.host.remove(&file);
                removed.map_err(|error| CliError::unwritable(&file, &error))?;
            }
        }
    }
    Ok(())
}

/// Forgets the same person in a copy, where they are in it.
pub(super) fn clean(
    path: &Path,
    forgetting: &Forgetting,
    also: &[String],
    instant: jiff::Timestamp,
) -> Result<(), CliError> {
    let store = SqliteStore::open(path).map_err(|error| unreadable(path, error))?;
    let mut notebook = Notebook::new(store);
    let id = forgetting.entry.id;
    let book = notebook.everybody().map_err(|_| unreadable(path, broken()))?;
    // A copy of something else has somebody else under this number, and one that was made before a
    // change knows them by another name.
    let same = |entry: &&Entry| {
        entry.forgotten.is_none() && forgetting.names.contains(&fold(entry.name.raw()))
    };
    let known = book.get(id).filter(same).or_else(|| book.people().find(same));
    let Some(known) = known.map(|entry| entry.id) else { return Ok(()) };
    let mut also = also.to_vec();
    also.push(forgetting.entry.name.raw().to_owned());
    notebook.forget(known, &also, instant).map_err(plain)?;
    Ok(())
}

fn broken() -> StoreError {
    StoreError::Corrupt { what: "it cannot be read".to_owned() }
}

/// A copy that cannot be cleaned may hold what is to be forgotten: the person decides.
fn unreadable(path: &Path, error: StoreError) -> CliError {
    let by_itself = matches!(
        error,
        StoreError::NotADatabase { .. }
            | StoreError::Newer { .. }
            | StoreError::Older { .. }
            | StoreError::Corrupt { .. }
    );
    if !by_itself {
        return CliError::Store(error);
    }
    let shown = quoted(&path.to_string_lossy());
    CliError::refused_with(
        format!(
            "{shown} is a copy of a database, and it cannot be cleaned: {error}. Nothing was erased \
             yet. Without it, forgetting goes on."
        ),
        format!("rm {shown}"),
    )
}
