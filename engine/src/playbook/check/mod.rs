//! What is wrong with a playbook as a whole, and the resolved playbook where nothing is.
//!
//! Each check looks at one thing. Checks that would only repeat what an earlier one said are not
//! run: a finding is never the consequence of another.

mod examples;
mod experiment;
mod follow_ups;
mod graph;
mod index;
mod leftovers;
mod references;
mod resolve;
mod samples;
mod texts;
pub(super) mod time;
mod unused;
mod wordings;

#[cfg(test)]
pub(crate) use index::BUILT_IN;

use crate::diagnostic::Severity;
use crate::playbook::Playbook;
use crate::playbook::document::{Document, Reading};

/// Checks a document; `sound` says that reading its files found no error.
pub(crate) fn check(
    document: &Document,
    reading: &mut Reading<'_>,
    sound: bool,
) -> Option<Playbook> {
    if !reading.whole {
        // What seems unknown may stand in a line that could not be read.
        return None;
    }
    let index = index::Index::new(document);
    let links = references::follow(document, &index, reading);
    let texts = texts::compile(document, &index, &links, reading);
    let order = graph::check(document, &links, &texts, reading);
    experiment::check(document, &index, &links, &texts, reading);
    follow_ups::check(document, &index, &links, &texts, reading);
    unused::check(document, &links, &texts, reading);
    examples::check(document, &index, &links, &texts, reading);
    let has_errors = |reading: &Reading<'_>| {
        reading.findings.iter().any(|finding| finding.severity == Severity::Error)
    };
    if !sound || has_errors(reading) {
        return None;
    }
    let playbook = resolve::playbook(document, &index, links, texts, order?)?;
    time::check(document, &playbook, reading);
    (!has_errors(reading)).then_some(playbook)
}
