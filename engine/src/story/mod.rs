//! Stories: a coach's tests of a playbook, told day by day on a clock of their own.
//!
//! Knows the language of `NAME.test.yaml`: reads it with places, runs each story through the
//! engine that runs plans, and holds what came of it against what was expected. It must not know
//! where files lie or how a failure is worded: it takes texts and gives results.
//!
//! What a story leaves out is the most usual thing:
//!
//! - an input takes the playbook's example; the zone is UTC, the week Monday to Friday;
//! - somebody named without more is connected on LinkedIn; one who is described by keys is what
//!   these say, and their company comes onto the list of companies where the playbook has one;
//! - without `choices`, or with the first option of a choice, nothing is compared, everybody gets
//!   the baseline, and the step that asks is skipped; `choices: {}` leaves that step open;
//! - a skip has a reason, a decision a sentence of why, and the next cycle begins on the Monday
//!   after (`start: DAY` or `start: no` say otherwise).
//!
//! A step of a list named alone stands for everybody on the list; `follow-up/ben` is one task.
//! All that a day does is done in the order of the language (`add`, `done`, `skip`, `fill`,
//! `record`, `set`, `decide`, `cycle`, `away`, `anyway`), whatever the order in the file; then
//! `expect` is held against it, as of six in the evening; then what should be `refused` is tried,
//! and leaves no trace. `set` changes inputs; what stands under `anyway` goes against a rule of the
//! method, as with `--anyway`. `due` does not hold of what is overdue; `not_due` holds of neither.
//! `metrics` and `verdict` are those of the running cycle, or of the one that `cycle` names, which
//! an abandoned one needs; a measure has `out_of`, `count`, `counted`, `waiting`, `late`, `value`.

mod begin;
mod coverage;
mod document;
mod draft;
mod expect;
pub mod language;
mod read;
mod reference;
mod result;
mod schema;
mod tell;

use std::collections::BTreeSet;

pub use coverage::Spot;
pub use draft::draft;
pub use reference::reference;
pub use result::{Expected, Failure, Mismatch, Report, Told};
pub use schema::schema;

use crate::playbook::Playbook;
use crate::source::SourceFile;

/// Runs the stories of a file against the playbook they are about.
///
/// `packed` is the playbook's packed text, as [`load`](crate::playbook::load) gives it. Never
/// fails: what cannot be read is a finding with its place, and a story with such a finding is not
/// run.
///
/// ```
/// use fortnight_engine::{playbook, source::SourceFile, story};
/// let text = "fortnight: 1\nplaybook: tiny\nversion: 1.0.0\ntitle: Tiny\nsteps:\n  \
///     call: {title: Call}\n  rest: {title: Rest, needs: call, after: 1 workday}\n";
/// let loaded = playbook::load(SourceFile::new("tiny.yaml", text), &|_, _| None);
/// let stories = "playbook: tiny\ntests:\n- name: a rest after the call\n  start: 2026-03-02\n  \
///     story:\n  - {day: 2026-03-02, done: [call], expect: {not_due: [rest]}}\n  \
///     - {day: 2026-03-03, expect: {due: [rest]}}\n";
/// let file = SourceFile::new("tiny.test.yaml", stories);
/// let report = story::run(file, &loaded.playbook.unwrap(), &loaded.packed.unwrap());
/// assert!(report.passes() && report.stories.len() == 1 && report.unreached.is_empty());
/// ```
pub fn run(file: SourceFile, playbook: &Playbook, packed: &str) -> Report {
    let mut report = Report::default();
    let id = report.sources.add(file);
    let Some(file) = report.sources.get(id) else { return report };
    let (suite, findings) = read::read(id, file, playbook);
    let mut reached = BTreeSet::new();
    report.stories = suite
        .iter()
        .map(|story| {
            let failures = if story.sound {
                tell::tell(story, playbook, packed, &mut reached)
            } else {
                Vec::new()
            };
            Told { name: story.name.clone(), span: story.span, sound: story.sound, failures }
        })
        .collect();
    report.findings = findings;
    report.unreached = coverage::spots(playbook).filter(|spot| !reached.contains(spot)).collect();
    report
}
