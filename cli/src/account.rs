//! What a command that records has to say: lines for people, one document for programs.
//!
//! Knows how both are written. It must not know what was recorded.

use fortnight_engine::store::OperationId;
use serde::Serialize;

use crate::failure::CliError;
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// What was done, sentence by sentence.
#[derive(Debug, Default)]
pub(crate) struct Account {
    lines: Vec<String>,
}

/// `done --json` and the like, version 1.
#[derive(Serialize)]
struct Recorded<'a> {
    version: u32,
    operation: Option<u64>,
    said: &'a [String],
}

impl Account {
    /// One thing more.
    pub(crate) fn tell(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.lines.push(text);
        }
    }

    /// Says all of it; `operation` is none where nothing changed.
    pub(crate) fn end(
        self,
        session: &mut Session<'_>,
        operation: Option<OperationId>,
    ) -> Result<(), CliError> {
        if session.global.json {
            let operation = operation.map(|operation| operation.0);
            return session.print_json(&Recorded { version: 1, operation, said: &self.lines });
        }
        for line in self.lines {
            session.print(&format!("{}\n", width::wrap(&line, COLUMNS).join("\n")))?;
        }
        Ok(())
    }
}
