//! The machine the program really runs on.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, BufReader, IsTerminal as _};
use std::path::Path;

use jiff::Timestamp;

use super::{Folders, Host, Stream};

impl Host {
    /// The machine as it is: its streams, environment, clock and folders.
    pub fn system() -> Self {
        let environment = std::env::vars_os().collect();
        let mut host = Self {
            input: Box::new(BufReader::new(io::stdin())),
            input_is_terminal: io::stdin().is_terminal(),
            output: Stream {
                writer: Box::new(io::stdout()),
                is_terminal: io::stdout().is_terminal(),
            },
            talk: Stream {
                writer: Box::new(io::stderr()),
                is_terminal: io::stderr().is_terminal(),
            },
            environment,
            clock: Box::new(Timestamp::now),
            seed: Box::new(random_seed),
            zone: String::new(),
            program: std::env::current_exe()
                .ok()
                .and_then(|path| path.into_os_string().into_string().ok())
                .unwrap_or_else(|| "fortnight".to_owned()),
            folders: Folders::of_the_system(),
            open_page: Box::new(|address: &str| open::that_detached(address)),
            run_program: Box::new(|program, arguments| {
                std::process::Command::new(program).args(arguments).status().map(|s| s.success())
            }),
        };
        host.zone = system_zone(&host);
        host
    }
}

/// A number nobody could have foretold: the standard library seeds its hasher from the system.
fn random_seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// The zone of this machine: `TZ`, else where `/etc/localtime` points, else UTC.
fn system_zone(host: &Host) -> String {
    let named = host.variable("TZ").and_then(|value| value.to_str()).map(str::to_owned);
    let linked = || {
        let target = std::fs::read_link("/etc/localtime").ok()?;
        zone_in_path(&target)
    };
    named
        .map(|name| name.trim_start_matches(':').to_owned())
        .map(|name| zone_in_path(Path::new(&name)).unwrap_or(name))
        .filter(|name| jiff::tz::TimeZone::get(name).is_ok())
        .or_else(linked)
        .filter(|name| jiff::tz::TimeZone::get(name).is_ok())
        .unwrap_or_else(|| "UTC".to_owned())
}

/// `Europe/Paris` out of `/usr/share/zoneinfo/Europe/Paris`.
fn zone_in_path(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    text.split_once("zoneinfo/").map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::zone_in_path;

    #[test]
    fn a_zone_is_read_out_of_the_path_of_its_file() {
        let zone = zone_in_path(Path::new("/usr/share/zoneinfo/Europe/Paris"));
        assert_eq!(zone.as_deref(), Some("Europe/Paris"));
        assert_eq!(zone_in_path(Path::new("/etc/localtime")), None);
    }
}
