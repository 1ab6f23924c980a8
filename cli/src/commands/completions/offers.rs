//! The words that a shell may offer: people, tasks, playbooks, choices, outcomes.
//!
//! Knows which kind of word stands behind which name of a value in help. Whatever cannot be found
//! out is not offered; completing never fails.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};

use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, SubcommandCandidates, ValueCompleter,
};
use fortnight_engine::diagnostic::Code;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::Kind;
use fortnight_engine::plan::{self, Status};

use crate::desk::Desk;
use crate::library::Library;
use crate::render::people::who_in_full;
use crate::render::safe;
use crate::render::words::typed;
use crate::session::Session;

/// Names of values in help, and what may stand there.
const PLACES: &[(&str, &[Sort])] = &[
    ("WHO", &[Sort::Person]),
    ("WORDS", &[Sort::Person, Sort::Deed]),
    ("WHO OR MESSAGE", &[Sort::Person, Sort::Message]),
    ("MESSAGE", &[Sort::Message]),
    ("TASK", &[Sort::Task]),
    ("TASK… DAY", &[Sort::Task]),
    ("PLAYBOOK", &[Sort::Playbook]),
    ("CHOICE=OPTION", &[Sort::Comparison]),
    ("NAME", &[Sort::Input]),
    ("COMMAND OR CODE", &[Sort::Code]),
];

/// What people do for each other and what is to be done with them, beside outcomes.
const DEEDS: &[&str] = &["promised", "offered", "gave", "got", "thanked", "do-not-contact"];

/// A kind of word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Person,
    Task,
    Playbook,
    Comparison,
    Deed,
    Message,
    Input,
    Code,
}

/// A word, and what is said of it.
type Offer = (String, String);

/// All words that are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Offers {
    words: BTreeMap<Sort, Vec<Offer>>,
}

/// The first word that is neither an option nor the value of one, with at least one behind it.
pub(super) fn first_word(words: &[OsString]) -> Option<&str> {
    let mut rest = words.split_last()?.1.iter().skip(1);
    while let Some(word) = rest.next() {
        let word = word.to_str()?;
        if ["--db", "--now", "--plan", "--color"].contains(&word) {
            rest.next();
        } else if !word.starts_with('-') {
            return Some(word);
        }
    }
    None
}

impl Offers {
    /// What can be found out on this machine.
    pub(super) fn gather(session: &mut Session<'_>, words: &[OsString]) -> Self {
        let behind = |option: &str| {
            let at = words.iter().position(|word| word == option)?;
            words.get(at + 1)?.to_str().map(str::to_owned)
        };
        session.global.db = behind("--db").map(Into::into).or(session.global.db.take());
        session.global.plan = behind("--plan").or(session.global.plan.take());
        session.global.now = behind("--now").or(session.global.now.take());
        let mut offers = Self::default();
        let library = Library::of(session.host);
        let known = library.known().unwrap_or_default();
        offers.add(Sort::Playbook, known.into_iter().map(|known| (known.name, String::new())));
        let codes = Code::ALL.iter().map(|code| (code.slug().to_owned(), String::new()));
        offers.add(Sort::Code, codes);
        if let Ok(desk) = Desk::to_read(session)
            && let Ok(open) = desk.open(&[])
        {
            offers.of_plan(&desk, &open);
        }
        offers
    }

    fn of_plan(&mut self, desk: &Desk, open: &OpenPlan) {
        if let Ok(book) = desk.notebook.everybody() {
            let mut named: BTreeMap<String, Vec<Offer>> = BTreeMap::new();
            for entry in book.iter().filter(|entry| entry.forgotten.is_none()) {
                if entry.kind == Kind::Person {
                    let offer = (format!("@{}", entry.id), safe::line(&who_in_full(entry)));
                    named.entry(typed(&entry.name)).or_default().push(offer);
                }
            }
            for (name, mut people) in named {
                // A name in quotes, or of two people, is no word to go on with.
                if let ([one], false) = (people.as_mut_slice(), name.starts_with('"')) {
                    one.0.clone_from(&name);
                }
                self.add(Sort::Person, people);
            }
        }
        let situation = open.situation(desk.instant);
        let due = plan::agenda(&situation).tasks.into_iter().filter(|task| {
            matches!(task.status(), Status::Due | Status::Overdue | Status::Blocked)
        });
        self.add(
            Sort::Task,
            due.map(|task| {
                let who = task.entry.map(|(_, name)| format!(" · {}", name.terminal()));
                (task.key.short(), safe::line(&(task.title + &who.unwrap_or_default())))
            }),
        );
        let playbook = &open.playbook;
        let outcomes = playbook.outcomes.iter().map(|it| (it.id.to_string(), it.title.clone()));
        self.add(Sort::Deed, outcomes);
        self.add(Sort::Deed, DEEDS.iter().map(|deed| ((*deed).to_owned(), String::new())));
        for choice in &playbook.choices {
            let pairs = choice.options.iter().skip(1);
            let pairs = pairs.map(|it| (format!("{}={}", choice.id, it.id), it.title.clone()));
            self.add(Sort::Comparison, pairs);
        }
        let messages = playbook.messages.iter().map(|it| (it.id.to_string(), String::new()));
        self.add(Sort::Message, messages);
        let inputs = playbook
            .inputs
            .iter()
            .map(|it| (it.id.to_string(), it.ask.clone().unwrap_or_default()));
        self.add(Sort::Input, inputs);
    }

    fn add(&mut self, sort: Sort, offers: impl IntoIterator<Item = Offer>) {
        self.words.entry(sort).or_default().extend(offers);
    }

    fn of(&self, sorts: &[Sort]) -> Vec<Offer> {
        sorts.iter().filter_map(|sort| self.words.get(sort)).flatten().cloned().collect()
    }

    /// The tree with the words in their places.
    pub(super) fn put_into(&self, tree: clap::Command) -> clap::Command {
        let people = self.of(&[Sort::Person]);
        let tree = tree.add(SubcommandCandidates::new(move || candidates(&people, "")));
        self.put_below(tree)
    }

    fn put_below(&self, command: clap::Command) -> clap::Command {
        let command = command.mut_args(|argument| {
            let name = argument.get_value_names().and_then(|names| names.first()).cloned();
            let place = PLACES.iter().find(|(place, _)| name.as_deref() == Some(*place));
            let Some((_, sorts)) = place else { return argument };
            let offers = self.of(sorts);
            let files = sorts.contains(&Sort::Playbook);
            argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
                let mut found = candidates(&offers, &typed.to_string_lossy());
                if files {
                    found.extend(PathCompleter::any().complete(typed));
                }
                found
            }))
        });
        command.mut_subcommands(|below| self.put_below(below))
    }
}

fn candidates(offers: &[Offer], begun: &str) -> Vec<CompletionCandidate> {
    let fitting = offers.iter().filter(|(word, _)| word.starts_with(begun));
    fitting
        .map(|(word, about)| {
            let about = (!about.is_empty()).then(|| safe::line(about).into());
            CompletionCandidate::new(word.as_str()).help(about)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        let words: Vec<OsString> = line.split(' ').map(Into::into).collect();
        assert_eq!(first_word(&words), expected, "{line}");
    }

    #[test]
    fn the_first_word_is_no_option_and_no_value_of_one() {
        check("fortnight ana ", Some("ana"));
        check("fortnight --db x.db -q ana rep", Some("ana"));
        check("fortnight an", None);
        check("fortnight", None);
        check("fortnight --db x.db", None);
    }
}
