//! Picking several lines out of many, in a terminal: arrows, space, and typing to filter.
//!
//! Knows a terminal. It must not know what is picked.

use inquire::error::InquireError;
use inquire::{MultiSelect, list_option::ListOption};

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
    /// Lets somebody pick; `picked` are the places of lines that are picked to begin with. Lines must
    /// hold no control characters.
    pub fn pick(&self, question: &str, lines: Vec<String>, picked: &[usize]) -> Picked {
        const PAGE: usize = 15;
        if !self.input_is_terminal || !self.talk.is_terminal {
            return Picked::Nobody;
        }
        let answered = MultiSelect::new(question, lines)
            .with_default(picked)
            .with_page_size(PAGE)
            .with_help_message("space picks, typing filters, Enter takes them, Esc leaves")
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
