//! Files made for the user: whole or not at all, private, never over something else (R4, R23).
//!
//! Knows paths and bytes. It must not know what the bytes mean.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Host, unfinished};

/// Why a file for the user was not written.
#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    /// A file of that name is there, and nobody said that it may go.
    #[error("it is there already")]
    Exists,
    /// The name is a symbolic link: what it points to might be anything.
    #[error("it is a symbolic link, and what it points to is left alone")]
    Link,
    /// The system would not take it.
    #[error(transparent)]
    System(#[from] io::Error),
}

impl Host {
    /// Writes a file for the user, below the folder that the command runs in where the path is
    /// relative: a temporary file beside it, fsync, its name, fsync of the folder (R4). What is
    /// there already stays unless `over` says otherwise; a symbolic link always stays.
    ///
    /// # Errors
    ///
    /// [`GiveError`]; nothing was changed then.
    pub fn give(&self, path: &Path, bytes: &[u8], over: bool) -> Result<(), GiveError> {
        let path = self.locate(path);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => return Err(GiveError::Link),
            Ok(found) if found.is_dir() => {
                return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
            }
            Ok(_) if !over => return Err(GiveError::Exists),
            Ok(_) | Err(_) => {}
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        let name =
            path.file_name().ok_or(io::ErrorKind::InvalidFilename).map_err(io::Error::from)?;
        let beside = write_beside(&folder, name, bytes)?;
        let named = if over { fs::rename(&beside, &path) } else { name_once(&beside, &path) };
        if let Err(error) = named {
            // Best effort: the error that is reported is the first one.
            drop(fs::remove_file(&beside));
            let taken = error.kind() == io::ErrorKind::AlreadyExists && !over;
            return Err(if taken { GiveError::Exists } else { error.into() });
        }
        #[cfg(unix)]
        File::open(&folder)?.sync_all()?;
        Ok(())
    }
}

/// The bytes in a private file of their own, safely on the disk.
fn write_beside(folder: &Path, name: &std::ffi::OsStr, bytes: &[u8]) -> io::Result<PathBuf> {
    unfinished::sweep(folder);
    let beside = folder.join(unfinished::name(name));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if let Err(error) = written {
        drop(fs::remove_file(&beside));
        return Err(error);
    }
    Ok(beside)
}

/// Gives a file its name unless the name is taken, even if it was taken a moment ago.
fn name_once(beside: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(beside, path) {
        Ok(()) => fs::remove_file(beside),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Some file systems have no second names.
        Err(_) if !path.exists() => fs::rename(beside, path),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Folders;

    fn listing(home: &Path) -> Vec<String> {
        let names = fs::read_dir(home).unwrap().map(|one| one.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_whole_and_private_and_is_not_written_over_r4() {
        let home = tempfile::tempdir().unwrap();
        let host = Host::silent(Folders::under(home.path()));
        host.give(Path::new("a.eml"), b"one", false).unwrap();
        let again = host.give(Path::new("a.eml"), b"two", false);
        assert!(matches!(again, Err(GiveError::Exists)));
        assert_eq!(fs::read(home.path().join("a.eml")).unwrap(), b"one");
        host.give(Path::new("a.eml"), b"two", true).unwrap();
        assert_eq!(fs::read(home.path().join("a.eml")).unwrap(), b"two");
        assert_eq!(listing(home.path()), ["a.eml"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(home.path().join("a.eml")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_never_written_through_r4() {
        let home = tempfile::tempdir().unwrap();
        let host = Host::silent(Folders::under(home.path()));
        fs::write(home.path().join("precious"), "kept").unwrap();
        for (name, target) in [("live", "precious"), ("dangling", "nowhere")] {
            std::os::unix::fs::symlink(target, home.path().join(name)).unwrap();
            for over in [false, true] {
                let given = host.give(Path::new(name), b"x", over);
                assert!(matches!(given, Err(GiveError::Link)), "{name} {over}");
            }
        }
        assert_eq!(fs::read(home.path().join("precious")).unwrap(), b"kept");
        assert_eq!(listing(home.path()), ["dangling", "live", "precious"]);
    }

    #[test]
    fn a_folder_or_a_missing_folder_is_an_error_that_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let host = Host::silent(Folders::under(home.path()));
        fs::create_dir(home.path().join("folder")).unwrap();
        for name in ["folder", "missing/a.eml", ""] {
            for over in [false, true] {
                assert!(host.give(Path::new(name), b"x", over).is_err(), "{name}");
            }
        }
        assert_eq!(listing(home.path()), ["folder"]);
    }
}
