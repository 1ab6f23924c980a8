//! Who appears in a story.

use super::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::people::{Book, Entry, EntryId, Kind, Match, fold};
use crate::playbook::List;
use crate::playbook::language::{COMPANY_FIELDS, PERSON_FIELDS};
use crate::source::Span;
use crate::story::document::{Actor, Role};
use crate::syntax::{Node, Scalar, Value};
use crate::words::Words;

/// When people known by their name alone connected with the seeker: before any story.
const CONNECTED_ON: &str = "2024-03-12";

/// Everybody who appeared so far, with a book to look names up in.
#[derive(Clone, Debug, Default)]
pub(super) struct Cast {
    pub(super) roles: Vec<Role>,
    book: Book,
}

impl Cast {
    fn id(actor: Actor) -> EntryId {
        EntryId(u64::try_from(actor).unwrap_or(u64::MAX))
    }

    fn actor(id: EntryId) -> Actor {
        usize::try_from(id.0).unwrap_or(usize::MAX)
    }

    fn named(&self, name: &str, kind: Kind) -> Option<Actor> {
        let folded = fold(name);
        let same = |role: &Role| role.entry.kind == kind && fold(role.entry.name.raw()) == folded;
        self.roles.iter().position(same)
    }

    fn add(&mut self, mut entry: Entry) -> Actor {
        let actor = self.roles.len();
        entry.id = Self::id(actor);
        let company = entry.fields.get("company").map(|name| name.raw().to_owned());
        let company = company.and_then(|name| self.named(&name, Kind::Company));
        self.book.insert(entry.clone());
        self.roles.push(Role { entry, company });
        actor
    }
}

impl Reader<'_> {
    /// People or companies who join: names, or names with what is known of them.
    pub(super) fn joiners(&mut self, node: &Node, kind: Kind) -> Vec<(Span, Actor)> {
        let mut joined = Vec::new();
        let nodes = match &node.value {
            Value::List(items) => items.as_slice(),
            Value::Null | Value::Broken => &[],
            Value::Scalar(_) | Value::Map(_) => {
                self.wrong(node, "a list of people or companies", "a list, such as `[Ana Silva]`");
                &[]
            }
        };
        for item in nodes {
            let Some(entry) = self.joiner(item, kind) else { continue };
            let span = item.shown(Some(self.file));
            if self.cast.named(entry.name.raw(), kind).is_some() {
                let message = format!("`{}` is there already", entry.name.raw());
                let finding = Diagnostic::new(Code::DuplicateKey, span, message);
                self.push(finding.help("two who are called the same need different names here"));
                continue;
            }
            joined.extend(self.company_of(&entry).map(|company| (span, self.cast.add(company))));
            joined.push((span, self.cast.add(entry)));
        }
        joined
    }

    /// Where a playbook has a list of companies, those of the people come onto it (L5).
    fn company_of(&self, person: &Entry) -> Option<Entry> {
        self.playbook.companies.as_ref()?;
        let name = person.fields.get("company").filter(|_| person.kind == Kind::Person)?;
        let known = self.cast.named(name.raw(), Kind::Company).is_some();
        (!known).then(|| Entry::company(EntryId(0), name.clone()))
    }

    fn joiner(&mut self, node: &Node, kind: Kind) -> Option<Entry> {
        if let Some(name) = node.as_scalar() {
            let entry = self.named(name, kind)?;
            return Some(match kind {
                Kind::Person => entry.with("connected_on", CONNECTED_ON),
                Kind::Company => entry,
            });
        }
        let known = self.fields_of(kind);
        let known: Vec<&str> = known.iter().map(String::as_str).chain(["do_not_contact"]).collect();
        let what = if kind == Kind::Person { "a person here" } else { "a company here" };
        let entries = self.keys(node, &known, what)?;
        let name = self.required(node, "name", "the whole name")?;
        let name = self.text(name)?;
        let mut entry = self.named(name, kind)?;
        for field in entries.iter().filter(|field| known.contains(&field.key.text())) {
            let Some(value) = self.text(&field.value) else { continue };
            match field.key.text() {
                "do_not_contact" => entry.do_not_contact = ["yes", "true"].contains(&value.text()),
                key => entry.set(key, Words::new(value.text())),
            }
        }
        Some(entry)
    }

    fn named(&mut self, name: &Scalar, kind: Kind) -> Option<Entry> {
        let words = Words::new(name.text());
        if words.is_blank() {
            self.push(Diagnostic::new(Code::EmptyText, name.span(), "a name is missing here"));
            return None;
        }
        Some(match kind {
            Kind::Person => Entry::person(EntryId(0), words),
            Kind::Company => Entry::company(EntryId(0), words),
        })
    }

    /// The fields that people or companies have: those of the playbook and those of everybody.
    pub(super) fn fields_of(&self, kind: Kind) -> Vec<String> {
        let (declared, standard) = match kind {
            Kind::Person => (Some(&self.playbook.people), PERSON_FIELDS),
            Kind::Company => (self.playbook.companies.as_ref(), COMPANY_FIELDS),
        };
        let declared = declared.iter().flat_map(|list| &list.fields);
        declared
            .map(|field| field.id.to_string())
            .chain(standard.iter().map(|(name, _)| (*name).to_owned()))
            .collect()
    }

    /// Somebody who appeared already, by any unambiguous part of the name.
    pub(super) fn actor(&mut self, name: &str, span: Span, among: Option<Kind>) -> Option<Actor> {
        let meant = |entry: &Entry| among.is_none_or(|kind| entry.kind == kind);
        let what = match among {
            Some(Kind::Person) => "nobody",
            Some(Kind::Company) => "no company",
            None => "nobody and no company",
        };
        let names = |cast: &Cast, ids: &[EntryId]| -> Vec<String> {
            let entries = ids.iter().filter_map(|id| cast.book.get(*id));
            entries.map(|entry| entry.name.raw().to_owned()).collect()
        };
        let finding = match self.cast.book.find_among(name, meant) {
            Match::One(id) => return Some(Cast::actor(id)),
            Match::Several(ids) => {
                let message = format!("`{name}` could be several in this story");
                let finding = Diagnostic::new(Code::UnknownName, span, message);
                finding.help(format!("write one of: {}", names(&self.cast, &ids).join(", ")))
            }
            Match::None { nearest } => {
                let message = format!("{what} in this story is called `{name}`, up to this day");
                let finding = Diagnostic::new(Code::UnknownName, span, message);
                match names(&self.cast, &nearest).first() {
                    Some(near) => finding.suggest(Some(near)),
                    None => finding.help("name them under `people` or `companies`, or `add` them"),
                }
            }
        };
        self.push(finding);
        None
    }
}

/// What the entries of a list are.
pub(super) fn kind_of(list: List) -> Kind {
    match list {
        List::People => Kind::Person,
        List::Companies => Kind::Company,
    }
}
