//! The file before SQLite sees it: whose it is, and that nobody else may read it (R23).

use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::failure::{Outcome, refused};
use super::presence::Presence;
use super::schema::{self, APPLICATION_ID};
use crate::store::StoreError;

/// How every SQLite file begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// The length of the header of an SQLite file.
const HEADER: usize = 100;

/// What a look at the file's first bytes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing is there, or nothing is in it.
    Nothing,
    /// Ours as far as one can see; SQLite must say the rest.
    Perhaps,
}

/// Refuses what is surely not ours, or newer, before anything could change it: merely opening a
/// database with a journal beside it writes to it.
pub(super) fn look(path: &Path, presence: &Presence) -> Outcome<Look> {
    let journal = ["-wal", "-journal"].iter().any(|end| !is_empty(&beside(path, end)));
    let header = match presence.first_bytes(path, HEADER) {
        Ok(header) => header,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Look::Nothing),
        Err(error) => return Err(refused(path, &error).into()),
    };
    if header.is_empty() {
        return Ok(if journal { Look::Perhaps } else { Look::Nothing });
    }
    // Another process is making the file just now: its later pages may stand there before the
    // first. SQLite looks at it again once it holds the lock (R5).
    if header.iter().all(|byte| *byte == 0) {
        return Ok(Look::Perhaps);
    }
    if header.len() < HEADER || !header.starts_with(MAGIC) {
        return Err(StoreError::NotADatabase { path: path.to_owned() }.into());
    }
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, i32::from_be_bytes)
    };
    let (version, id) = (number(60), number(68));
    if journal || (id == 0 && version == 0) {
        return Ok(Look::Perhaps);
    }
    if id != APPLICATION_ID {
        return Err(StoreError::NotADatabase { path: path.to_owned() }.into());
    }
    schema::judge(version)?;
    Ok(Look::Perhaps)
}

/// The file of that name with an ending, where SQLite keeps its journals.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// True where no such file is, or nothing is in it.
pub(super) fn is_empty(path: &Path) -> bool {
    path.metadata().map_or(true, |file| file.len() == 0)
}

/// Makes the file, and the folders that lead to it, where they are missing; for the owner alone,
/// whatever the umask says. A file that others could read is closed to them.
pub(super) fn make(path: &Path, presence: &Presence) -> Result<(), StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder).map_err(|error| refused(folder, &error))?;
    }
    make_file(path, presence).map_err(|error| refused(path, &error))
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        make_folder(above)?;
    }
    match DirBuilder::new().create(folder) {
        Ok(()) => {
            set_mode(folder, |_| 0o700)?;
            // The name of a new folder is safe only once the folder above is (R1).
            above.map_or(Ok(()), sync)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

fn make_file(path: &Path, presence: &Presence) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(file) => {
            presence.keep(file);
            set_mode(path, |_| 0o600)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            set_mode(path, |mode| mode & 0o700)
        }
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn set_mode(path: &Path, wanted: impl Fn(u32) -> u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let mut permissions = path.metadata()?.permissions();
    let mode = permissions.mode() & 0o777;
    if mode == wanted(mode) {
        return Ok(());
    }
    permissions.set_mode(wanted(mode));
    match std::fs::set_permissions(path, permissions) {
        // Somebody else's file: what it may do is theirs to say, and SQLite will find out.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: impl Fn(u32) -> u32) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn sync(folder: &Path) -> std::io::Result<()> {
    OpenOptions::new().read(true).open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> std::io::Result<()> {
    Ok(())
}
