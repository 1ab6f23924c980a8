//! Reading files and folders for the user, and keeping small private ones.
//!
//! Knows paths and bytes. It must not know what the bytes mean.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Host, unfinished};

/// No file a person hands us is larger; what is larger is refused before it fills the memory.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system would not give it.
    #[error(transparent)]
    System(#[from] io::Error),
    /// It is larger than any file that this program reads.
    #[error("it is larger than 64 MiB")]
    TooLarge,
}

/// What stands in a folder, names sorted by their bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The folders in it.
    pub folders: Vec<PathBuf>,
    /// The files in it.
    pub files: Vec<PathBuf>,
}

impl Host {
    /// The path as seen from the folder the command runs in.
    pub fn locate(&self, path: &Path) -> PathBuf {
        self.folders.current.join(path)
    }

    /// True where the path is a folder.
    pub fn is_folder(&self, path: &Path) -> bool {
        self.locate(path).is_dir()
    }

    /// True where the path is there and no folder.
    pub fn is_file(&self, path: &Path) -> bool {
        let path = self.locate(path);
        path.exists() && !path.is_dir()
    }

    /// True where something has that name, a link that leads nowhere too.
    pub fn is_taken(&self, path: &Path) -> bool {
        fs::symlink_metadata(self.locate(path)).is_ok()
    }

    /// The whole file, up to 64 MiB.
    ///
    /// # Errors
    ///
    /// What the system said, or that the file is too large.
    pub fn read(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        File::open(self.locate(path))?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
            return Err(ReadError::TooLarge);
        }
        Ok(bytes)
    }

    /// The first bytes of a file.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub fn read_beginning(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.locate(path))?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Removes every file of the cache: what is there may be lost at any time.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub fn empty_cache(&self) -> io::Result<()> {
        let Some(cache) = &self.folders.cache else { return Ok(()) };
        // The folder itself may be a link to another disk: it stays, and what is in it goes.
        let inside = match fs::read_dir(cache) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            read => read?,
        };
        for found in inside {
            let found = found?;
            let removed = if found.file_type()?.is_dir() {
                fs::remove_dir_all(found.path())
            } else {
                fs::remove_file(found.path())
            };
            match removed {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Err(_) | Ok(()) => {}
            }
        }
        Ok(())
    }

    /// What stands in a folder, as paths that begin with `path`.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub fn list(&self, path: &Path) -> io::Result<Listing> {
        let mut listing = Listing::default();
        for found in fs::read_dir(self.locate(path))? {
            let found = found?;
            let name = path.join(found.file_name());
            // A link is what it points to; one that points nowhere is left out.
            match fs::metadata(found.path()) {
                Ok(facts) if facts.is_dir() => listing.folders.push(name),
                Ok(_) => listing.files.push(name),
                Err(_) => {}
            }
        }
        listing.folders.sort();
        listing.files.sort();
        Ok(listing)
    }

    /// Makes a folder that only its owner may enter (R23), with those above it.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub fn make_private_folder(&self, path: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)
    }

    /// Writes a file for the user, whole or not at all (R4). A file that is there is replaced only
    /// with `force`; a link is replaced and not followed.
    ///
    /// # Errors
    ///
    /// What the system said; `AlreadyExists` where something has that name and `force` is not given.
    pub fn write_file(&self, path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
        let path = self.locate(path);
        match fs::symlink_metadata(&path) {
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) if !force => return Err(io::ErrorKind::AlreadyExists.into()),
            Ok(_) | Err(_) => {}
        }
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let beside = path.with_file_name(unfinished::name(name));
        if let Some(folder) = beside.parent() {
            unfinished::sweep(folder);
        }
        let written = File::create_new(&beside).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        match written.and_then(|()| fs::rename(&beside, &path)) {
            Ok(()) => {
                // The name too is to outlive a power cut; not every system can promise it.
                if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
                    drop(folder.sync_all());
                }
                Ok(())
            }
            Err(error) => {
                // Best effort: the error that is reported is the first one.
                drop(fs::remove_file(&beside));
                Err(error)
            }
        }
    }

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(self.locate(path))
    }

    /// Writes a file that only its owner may read (R23), whole or not at all.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let beside = path.with_file_name(unfinished::name(name));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&beside).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        match written.and_then(|()| fs::rename(&beside, path)) {
            Ok(()) => Ok(()),
            Err(error) => {
                // Best effort: the error that is reported is the first one.
                drop(fs::remove_file(&beside));
                Err(error)
            }
        }
    }
}
