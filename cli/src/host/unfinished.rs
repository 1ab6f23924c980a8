//! Files that are being written, and what is left of them where a program is killed meanwhile.
//!
//! Knows how such files are named: nobody else names theirs like that, so they can be taken away
//! again. It must not know what is in them.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

use super::Host;

/// What their names end in, behind the number of the process.
const ENDING: &str = "fortnight-unfinished";

/// The name of a file that is being written, beside where it will stand: `.NAME.PROCESS.ENDING`.
pub(super) fn name(of: &OsStr) -> OsString {
    // A name may be as long as a file system takes; this one must not be longer.
    let of: String = of.to_string_lossy().chars().take(40).collect();
    format!(".{of}.{}.{ENDING}", std::process::id()).into()
}

/// The process that was writing a file of that name.
fn writer(name: &str) -> Option<u32> {
    let rest = name.strip_prefix('.')?.strip_suffix(ENDING)?.strip_suffix('.')?;
    rest.rsplit_once('.')?.1.parse().ok()
}

/// True where a process is known to be running; where no system tells, none is.
pub(super) fn is_running(process: u32) -> bool {
    process != std::process::id() && Path::new("/proc").join(process.to_string()).exists()
}

/// Takes away what killed programs of ours have left in a folder. It does what it can: a file that
/// stays is found the next time.
pub(super) fn sweep(folder: &Path) {
    for found in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = found.file_name().to_string_lossy().into_owned();
        if writer(&name).is_some_and(|process| !is_running(process)) {
            drop(fs::remove_file(found.path()));
        }
    }
}

impl Host {
    /// Takes away what killed programs of ours have left in a folder (R24).
    pub fn remove_unfinished(&self, folder: &Path) {
        sweep(&self.locate(folder));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_ours_that_nobody_writes_any_more_are_taken_away() {
        let home = tempfile::tempdir().unwrap();
        let own = name(OsStr::new("a.eml"));
        // No process has so high a number.
        let dead = format!(".b.ics.4294967295.{ENDING}");
        let others = [".b.ics.4294967295", ".vimrc.12", "b.ics", ".x.fortnight-unfinished"];
        let names = others.iter().map(OsString::from).chain([own, dead.into()]);
        names.for_each(|name| fs::write(home.path().join(name), "x").unwrap());
        sweep(home.path());
        let mut left: Vec<_> =
            fs::read_dir(home.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        left.sort();
        let mut others = others.map(OsString::from);
        others.sort();
        assert_eq!(left, others);
        assert!(name(OsStr::new(&"\u{e9}".repeat(200))).len() < 140);
    }
}
