//! Where a document goes: to the screen, or into a file of the user's (R4).

use std::io::ErrorKind;
use std::path::PathBuf;

use clap::Args;

use crate::failure::CliError;
use crate::render::safe;
use crate::render::words::quoted;
use crate::session::Session;

/// The options of every command that makes a document.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// Write it into this file instead of the screen
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

impl Output {
    /// Gives the document to the file that was named; nothing where none was.
    pub(crate) fn file(&self, session: &mut Session<'_>, text: &str) -> Result<bool, CliError> {
        let Some(path) = &self.output else { return Ok(false) };
        let shown = path.to_string_lossy().into_owned();
        match session.host.write_file(path, text.as_bytes(), self.force) {
            Ok(()) => {
                session.say(&format!("Written: {}", safe::line(&shown)))?;
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(CliError::refused_with(
                format!("`{shown}` is there already."),
                format!("--output {} --force writes over it", quoted(&shown)),
            )),
            Err(error) => Err(CliError::unwritable(path, &error)),
        }
    }
}
