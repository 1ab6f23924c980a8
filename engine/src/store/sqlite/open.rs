//! Opening: settings, creation, and reading without writing (R1, R5, R7, R8).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::failure::{Failure, Outcome};
use super::file::{self, Look};
use super::presence::Presence;
use super::schema::{self, State};
use crate::store::StoreError;

/// Older ones can damage a WAL database under two writers (R8).
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long one waits for another writer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// What every connection is told. `FULL` makes a commit wait for the disk (R1); nothing personal
/// goes to temporary files or stays in freed pages (R23, R24). With pages of 8 KiB a day's reading
/// takes a quarter fewer reads than with 4 KiB.
const SETTINGS: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA recursive_triggers = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -16384;
    PRAGMA page_size = 8192;
";

const PLAIN: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX;

/// Opens the file to read and write; makes it where it is missing.
pub(super) fn to_write(path: &Path, presence: &Presence) -> Outcome<Connection> {
    check_library()?;
    file::look(path, presence)?;
    file::make(path, presence)?;
    let mut connection =
        Connection::open_with_flags(plain(path), PLAIN | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set_up(&connection)?;
    // Until it is known whose file it is, closing it must not tidy it up.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    schema::migrate(&mut connection, path)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    log_ahead(&connection)?;
    Ok(connection)
}

/// Opens the file to read only, as it is at this moment; a missing file reads as an empty one. No
/// byte of the database changes, not even by tidying up what a killed process left behind.
pub(super) fn to_read(path: &Path, presence: &Presence) -> Outcome<Connection> {
    check_library()?;
    if file::look(path, presence)? == Look::Nothing {
        return empty();
    }
    let connection = match try_to_read(path) {
        Err(Failure::Sqlite(error)) if cannot_share(&error) && at_rest(path) => {
            Connection::open_with_flags(
                never_changing(path),
                PLAIN | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
            )?
        }
        tried => tried?,
    };
    match schema::state(&connection, path)? {
        State::Current => Ok(connection),
        State::Empty => empty(),
        State::Older(_) => Err(StoreError::Older { path: path.to_owned() }.into()),
    }
}

fn try_to_read(path: &Path) -> Outcome<Connection> {
    let connection =
        Connection::open_with_flags(plain(path), PLAIN | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set_up(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // One transaction until it is closed: every answer is of the same moment.
    connection
        .execute_batch("PRAGMA query_only = ON; BEGIN; SELECT count(*) FROM sqlite_schema")?;
    Ok(connection)
}

/// Lets SQLite remove its two side files where they hold nothing; to be called before closing a
/// connection that only read.
pub(super) fn leave(connection: &Connection, path: &Path) {
    if at_rest(path) {
        // Where this fails, two files without content stay until the next writer comes.
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false);
    }
}

/// True where everything recorded stands in the file itself.
fn at_rest(path: &Path) -> bool {
    file::is_empty(&file::beside(path, "-wal"))
}

/// True where a folder that cannot be written keeps readers from announcing themselves.
fn cannot_share(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// The path so that SQLite takes it for nothing but a path: `:memory:` is a file like any other.
fn plain(path: &Path) -> PathBuf {
    if path.is_relative() { Path::new(".").join(path) } else { path.to_owned() }
}

/// The address of a file that nobody can change meanwhile: its folder cannot be written.
fn never_changing(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in plain(path).as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(byte) {
            address.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address.push_str("?immutable=1");
    address
}

/// An empty database that is nowhere.
fn empty() -> Outcome<Connection> {
    let connection = nowhere()?;
    connection.execute_batch("PRAGMA query_only = ON")?;
    Ok(connection)
}

pub(super) fn nowhere() -> Outcome<Connection> {
    let mut connection = Connection::open_in_memory()?;
    set_up(&connection)?;
    schema::migrate(&mut connection, Path::new(":memory:"))?;
    Ok(connection)
}

fn check_library() -> Outcome<()> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        let version = rusqlite::version().to_owned();
        return Err(StoreError::OldLibrary { version }.into());
    }
    Ok(())
}

fn set_up(connection: &Connection) -> Outcome<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.execute_batch(SETTINGS)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Switches to write-ahead logging; the file remembers.
fn log_ahead(connection: &Connection) -> Outcome<()> {
    /// More often than that, nobody is in the way by chance.
    const TRIES: usize = 20;
    let mode = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0));
    for _ in 0..TRIES {
        if mode("PRAGMA journal_mode")? == "wal" {
            return Ok(());
        }
        match mode("PRAGMA journal_mode = WAL") {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                // The switch does not wait for others as a transaction does.
                connection.execute_batch("BEGIN IMMEDIATE; COMMIT")?;
            }
            tried => {
                tried?;
            }
        }
    }
    Err(StoreError::Busy.into())
}
