//! Picking several lines out of many, in a terminal: arrows, space, and typing to filter.
//!
//! Knows a terminal. It must not know what is picked.

use inquire::error::InquireError;
use inquire::{MultiSelect, list_option::ListOption};
use terminal_size::{Height, Width};

use super::Host;

/// What somebody picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The places of these lines, from 0, in their order.
    These(Vec<usize>),
    /// They went away without an answer.
    Nothing,
    /// Nobody is there to pick: input or talk is no terminal.
    Nobody,
}

impl Host {
    /// Rows and columns of the terminal that is typed at, where there is one and it says so.
    pub fn terminal_size(&self) -> Option<(usize, usize)> {
        if !self.input_is_terminal || !self.talk.is_terminal {
            return None;
        }
        let (Width(columns), Height(rows)) = terminal_size::terminal_size()?;
        (rows > 0 && columns > 0).then_some((rows.into(), columns.into()))
    }

    /// Lets somebody pick; `picked` are the places of lines that are picked to begin with. Lines must
    /// hold no control characters.
    pub fn pick(&self, question: &str, lines: Vec<String>, picked: &[usize]) -> Picked {
        const PAGE: usize = 15;
        /// The question, the help, the line below it.
        const AROUND: usize = 4;
        const HELP: &str = "space picks, typing filters, Enter takes them, Esc leaves";
        if !self.input_is_terminal || !self.talk.is_terminal {
            return Picked::Nobody;
        }
        let (rows, columns) = self.terminal_size().unwrap_or((PAGE + AROUND, HELP.len() + 2));
        let page = rows.saturating_sub(AROUND).clamp(1, PAGE);
        let help = if columns < HELP.len() + 2 { "space, Enter, Esc" } else { HELP };
        let answered = MultiSelect::new(question, lines)
            .with_default(picked)
            .with_page_size(page)
            .with_help_message(help)
            .with_formatter(&|chosen: &[ListOption<&String>]| format!("{} picked", chosen.len()))
            .raw_prompt();
        match answered {
            Ok(chosen) => {
                let mut places: Vec<usize> = chosen.iter().map(|option| option.index).collect();
                places.sort_unstable();
                Picked::These(places)
            }
            Err(InquireError::NotTTY) => Picked::Nobody,
            Err(
                InquireError::OperationCanceled
                | InquireError::OperationInterrupted
                | InquireError::IO(_)
                | InquireError::InvalidConfiguration(_)
                | InquireError::Custom(_),
            ) => Picked::Nothing,
        }
    }
}
