//! What a command that records has to say: lines for people, one document for programs.
//!
//! Knows how the document is written. It must not know what was recorded.

use fortnight_engine::store::OperationId;
use serde::Serialize;

/// With `--json`: what was said so far, for whoever has no document of their own.
#[derive(Debug, Default)]
pub(crate) struct Account {
    said: Vec<String>,
    operation: Option<OperationId>,
    /// A document was printed already.
    told: bool,
}

/// `done --json` and the like, version 1.
#[derive(Debug, Serialize)]
pub(crate) struct Recorded {
    version: u32,
    operation: Option<u64>,
    said: Vec<String>,
}

impl Account {
    /// One thing more; a paragraph that was wrapped for a screen is one again, a list stays one.
    pub(crate) fn tell(&mut self, text: &str) {
        for paragraph in text.split("\n\n") {
            let mut begins = true;
            for line in paragraph.lines().filter(|line| !line.trim().is_empty()) {
                match self.said.last_mut() {
                    Some(last) if !begins && !line.starts_with(' ') => {
                        last.push(' ');
                        last.push_str(line.trim());
                    }
                    Some(_) | None => self.said.push(line.trim().to_owned()),
                }
                begins = false;
            }
        }
    }

    /// Notes what was recorded; nothing where all of it was known.
    pub(crate) fn record(&mut self, operation: Option<OperationId>) {
        self.operation = operation.or(self.operation);
    }

    /// Notes that a document was printed.
    pub(crate) fn close(&mut self) {
        self.told = true;
    }

    /// The document, where none was printed and there is something to say.
    pub(crate) fn end(&mut self) -> Option<Recorded> {
        let Self { said, operation, told } = std::mem::take(self);
        let silent = said.is_empty() && operation.is_none();
        let operation = operation.map(|operation| operation.0);
        (!told && !silent).then_some(Recorded { version: 1, operation, said })
    }

    /// True where something was recorded.
    pub(crate) fn has_recorded(&self) -> bool {
        self.operation.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Account;

    #[track_caller]
    fn check(text: &str, said: &[&str]) {
        let mut account = Account::default();
        account.tell(text);
        let told = account.end().map(|document| document.said).unwrap_or_default();
        assert_eq!(told, said);
    }

    #[test]
    fn paragraphs_are_whole_and_lists_stay_lists() {
        check(
            "Undid: plan begun:\nNetworking; 2 more\n",
            &["Undid: plan begun: Networking; 2 more"],
        );
        check("Two things:\n  one\n  two\n\nThe end\n", &["Two things:", "one", "two", "The end"]);
        check("\n", &[]);
    }
}
