//! Files that must stay open as long as a store of this process is.
//!
//! Knows how POSIX locks end. It must not know what the files are for.
//!
//! A process that closes any handle of a file loses every lock it holds on that file, those of its
//! other connections too (SQLite, "How To Corrupt", 2.2). So the handle of a look at the first bytes
//! is kept until no connection of this process could hold a lock.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

static STORES: Mutex<Stores> = Mutex::new(Stores { open: 0, handles: Vec::new() });

struct Stores {
    open: usize,
    /// One for each file, however often it was looked at.
    handles: Vec<File>,
}

fn stores() -> MutexGuard<'static, Stores> {
    STORES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A store that is open or being opened. It must outlive the connection.
#[derive(Debug)]
pub(super) struct Presence(());

impl Presence {
    pub(super) fn new() -> Self {
        stores().open += 1;
        Self(())
    }

    /// The first bytes of a file, `length` at most.
    pub(super) fn first_bytes(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        let Self(()) = self;
        let mut stores = stores();
        let facts = path.metadata()?;
        let at = if let Some(at) = stores.handles.iter().position(|kept| is_same(kept, &facts)) {
            at
        } else {
            stores.handles.push(OpenOptions::new().read(true).open(path)?);
            stores.handles.len() - 1
        };
        let mut bytes = Vec::with_capacity(length);
        if let Some(mut file) = stores.handles.get(at) {
            io::Seek::rewind(&mut file)?;
            file.take(length as u64).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }

    /// Keeps a handle open until the last store of this process is closed.
    pub(super) fn keep(&self, file: File) {
        let Self(()) = self;
        stores().handles.push(file);
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        let mut stores = stores();
        stores.open -= 1;
        if stores.open == 0 {
            stores.handles.clear();
        }
    }
}

#[cfg(unix)]
fn is_same(kept: &File, facts: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    kept.metadata().is_ok_and(|kept| (kept.dev(), kept.ino()) == (facts.dev(), facts.ino()))
}

/// Where locks belong to handles, any handle will do.
#[cfg(not(unix))]
fn is_same(_: &File, _: &std::fs::Metadata) -> bool {
    false
}
