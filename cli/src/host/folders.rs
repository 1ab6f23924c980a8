//! Where the program keeps and finds things on this machine.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

/// The folders of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The folder that relative paths start from.
    pub current: PathBuf,
    /// The user's data: the database and the user's own playbooks. None without a home.
    pub data: Option<PathBuf>,
    /// What may be lost at any time. None without a home.
    pub cache: Option<PathBuf>,
}

impl Folders {
    /// Folders below a home of one's own, for tests and embedders.
    pub fn under(home: impl AsRef<Path>) -> Self {
        let home = home.as_ref();
        Self {
            current: home.to_owned(),
            data: Some(home.join(".local/share/fortnight")),
            cache: Some(home.join(".cache/fortnight")),
        }
    }

    /// The folders of this machine's user, by the customs of the system.
    pub(super) fn of_the_system() -> Self {
        let base = etcetera::choose_base_strategy().ok();
        Self {
            current: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            data: base.as_ref().map(|base| base.data_dir().join("fortnight")),
            cache: base.as_ref().map(|base| base.cache_dir().join("fortnight")),
        }
    }
}
