//! Asking a playbook what is due by telling stories about it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::text;
use crate::playbook::{List, Playbook, Step};
use crate::source::SourceFile;
use crate::story::run;

/// A task that a story can name.
#[derive(Clone, Debug)]
pub(super) struct Task<'p> {
    pub(super) step: &'p Step,
    /// One of the list, where the step has a list.
    pub(super) who: Option<&'static str>,
}

impl PartialEq for Task<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.step.id == other.step.id && self.who == other.who
    }
}

/// A playbook to ask.
pub(super) struct Probe<'p> {
    playbook: &'p Playbook,
    packed: &'p str,
    /// The story up to its days.
    head: String,
    tasks: Vec<Task<'p>>,
}

impl<'p> Probe<'p> {
    pub(super) fn new(
        playbook: &'p Playbook,
        packed: &'p str,
        beginning: &str,
        start: Date,
    ) -> Self {
        let id = text(&playbook.id);
        let head = format!(
            "playbook: {id}\ntests:\n  - name: probe\n    start: {start}\n{beginning}    story:\n"
        );
        let tasks = playbook.steps.iter().flat_map(|step| {
            let names: &[Option<&'static str>] = match step.for_each {
                None => &[None],
                Some(List::People) => &[Some("Ana Silva"), Some("Ben Okafor")],
                Some(List::Companies) => &[Some("Northwind"), Some("Halvard Bank")],
            };
            names.iter().map(move |who| Task { step, who: *who })
        });
        Self { playbook, packed, head, tasks: tasks.collect() }
    }

    /// What is due on a day, when the days before went as they are written.
    pub(super) fn due(&self, before: &str, day: Date) -> Vec<Task<'p>> {
        let mut asked =
            format!("{}{before}      - day: {day}\n        expect:\n          due:\n", self.head);
        let first = asked.lines().count() + 1;
        for task in &self.tasks {
            let id = text(&task.step.id);
            let _ = match task.who {
                None => writeln!(asked, "            - {id}"),
                Some(who) => writeln!(asked, "            - {id}: [{who}]"),
            };
        }
        let report = run(SourceFile::new("probe.test.yaml", asked), self.playbook, self.packed);
        let lines: BTreeSet<usize> = report
            .stories
            .iter()
            .flat_map(|story| &story.failures)
            .filter_map(|failure| {
                let file = report.sources.get(failure.span.file)?;
                Some(file.position(failure.span.start).line)
            })
            .collect();
        let sound = report.stories.iter().all(|story| story.sound);
        let early = lines.iter().any(|line| *line < first);
        if !sound || early {
            return Vec::new();
        }
        let numbered = self.tasks.iter().enumerate();
        numbered
            .filter(|(at, _)| !lines.contains(&(first + at)))
            .map(|(_, task)| task.clone())
            .collect()
    }

    /// True where a story of these days holds.
    pub(super) fn holds_of(&self, days: &str) -> bool {
        self.holds(&format!("{}{days}", self.head))
    }

    /// True where a file of stories holds.
    pub(super) fn holds(&self, file: &str) -> bool {
        let report = run(SourceFile::new("probe.test.yaml", file), self.playbook, self.packed);
        report.passes() && report.findings.is_empty()
    }
}
