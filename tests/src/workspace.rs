//! The files of this workspace.

use std::path::{Path, PathBuf};

/// The folder of the workspace.
///
/// # Panics
///
/// Never on a checkout of this project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_owned()
}

/// Every file below a folder of the workspace with that ending, sorted; none where the folder is
/// not there. Paths are relative to the workspace.
///
/// # Panics
///
/// Where a folder cannot be read.
pub fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let root = root();
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(folder) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path.strip_prefix(&root).expect("it lies below").to_owned());
            }
        }
    }
    found.sort();
    found
}

/// True where expectations are to be rewritten: `UPDATE=1`.
pub fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}
