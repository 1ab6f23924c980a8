//! The numbers last printed: which tasks stand behind `1`, `2`, `3` of the last agenda.
//!
//! Kept in the cache folder, never in the database: losing them costs one more `fortnight`. Knows
//! files and names of tasks. It must not know what a task is.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::host::Host;

/// The form of the file; another one is as good as none.
const VERSION: u32 = 1;

/// The numbers of one agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Numbers {
    version: u32,
    /// The database whose agenda it was.
    database: String,
    /// The plan.
    pub(crate) plan: u64,
    /// The names of the tasks behind each number, from 1.
    lines: Vec<Vec<String>>,
}

impl Numbers {
    /// The numbers of an agenda that is being printed.
    pub(crate) fn new(database: &Path, plan: u64, lines: Vec<Vec<String>>) -> Self {
        Self { version: VERSION, database: database.to_string_lossy().into_owned(), plan, lines }
    }

    /// The tasks behind a number.
    pub(crate) fn tasks(&self, number: usize) -> Option<&[String]> {
        self.lines.get(number.checked_sub(1)?).map(Vec::as_slice)
    }

    /// The numbers last printed for a database, if they are still known.
    pub(crate) fn last(host: &Host, database: &Path) -> Option<Self> {
        let bytes = host.read(&file(host, database)?).ok()?;
        let known: Self = serde_json::from_slice(&bytes).ok()?;
        let same = known.database == database.to_string_lossy() && known.version == VERSION;
        same.then_some(known)
    }

    /// Keeps the numbers. Where that cannot be done, the next command with a number says so: an
    /// agenda is worth printing even then.
    pub(crate) fn keep(&self, host: &Host, database: &Path) {
        if Self::last(host, database).as_ref() == Some(self) {
            return;
        }
        let Some(file) = file(host, database) else { return };
        let Ok(bytes) = serde_json::to_vec(self) else { return };
        let folder = file.parent().unwrap_or(&file);
        let kept =
            host.make_private_folder(folder).and_then(|()| host.write_private(&file, &bytes));
        drop(kept);
    }
}

/// One file for each database, named by the letters of its path.
fn file(host: &Host, database: &Path) -> Option<PathBuf> {
    /// Names of files may not be longer than 255 bytes everywhere.
    const LONGEST: usize = 150;
    let letters: Vec<char> = database
        .to_string_lossy()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    let name: String = letters.iter().skip(letters.len().saturating_sub(LONGEST)).collect();
    Some(host.folders.cache.as_ref()?.join(format!("numbers{name}.json")))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Numbers;
    use crate::host::{Folders, Host};

    #[test]
    fn numbers_are_kept_for_each_database_and_read_back() {
        let home = tempfile::tempdir().unwrap();
        let host = Host::silent(Folders::under(home.path()));
        let one = Numbers::new(Path::new("/a.db"), 1, vec![vec!["1:x/2".to_owned()]]);
        one.keep(&host, Path::new("/a.db"));
        let read = Numbers::last(&host, Path::new("/a.db")).unwrap();
        assert_eq!(read.tasks(1), Some(&["1:x/2".to_owned()][..]));
        assert_eq!((read.tasks(0), read.tasks(2)), (None, None));
        assert_eq!(Numbers::last(&host, Path::new("/b.db")), None);
    }

    #[test]
    fn a_machine_without_a_home_keeps_none() {
        let mut host = Host::silent(Folders::under("/nowhere"));
        host.folders.cache = None;
        Numbers::new(Path::new("/a.db"), 1, Vec::new()).keep(&host, Path::new("/a.db"));
        assert_eq!(Numbers::last(&host, Path::new("/a.db")), None);
    }
}
