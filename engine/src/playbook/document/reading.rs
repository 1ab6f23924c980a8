//! Reading one object of the language out of the tree: shapes, unknown and missing keys.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::playbook::language::{Key, Kind, Object, Shape};
use crate::source::{Flaw, Sources, Span};
use crate::syntax::{Entry, MAX_FINDINGS, Node, Scalar, Value, glued};

/// How other tools call what our keys mean.
const ELSEWHERE: &[(&str, &str)] = &[
    ("depends_on", "needs"),
    ("requires", "needs"),
    ("if", "when"),
    ("condition", "when"),
    ("deadline", "within"),
    ("due", "within"),
    ("name", "title"),
    ("label", "title"),
    ("description", "guide"),
    ("cron", "every"),
    ("schedule", "every"),
    ("delay", "after"),
    ("wait", "after"),
    ("message", "send"),
    ("question", "ask"),
];

/// What reading a document carries along.
#[derive(Debug)]
pub(crate) struct Reading<'s> {
    pub sources: &'s Sources,
    /// Nothing was left out of the tree, so that what is missing may be called missing.
    pub whole: bool,
    /// Keys whose value has not the shape that it should have, each as `OBJECT: KEY`: what would be
    /// declared there is not known, and nothing may be called unknown.
    unread: BTreeSet<(&'static str, &'static str)>,
    pub findings: Vec<Diagnostic>,
}

impl<'s> Reading<'s> {
    pub(crate) fn new(sources: &'s Sources, whole: bool) -> Self {
        Self { sources, whole, unread: BTreeSet::new(), findings: Vec::new() }
    }

    pub(crate) fn push(&mut self, finding: Diagnostic) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// Whether a key of an object was written in another shape than it takes.
    pub(crate) fn is_unread(&self, object: &Object, key: &'static str) -> bool {
        self.unread.contains(&(object.name, key))
    }

    /// The place of a part of a text.
    pub(crate) fn place(&self, scalar: &Scalar, part: Range<usize>) -> Span {
        match self.sources.get(scalar.span().file) {
            Some(file) => scalar.place(part, file),
            None => scalar.span(),
        }
    }

    /// A flaw within a text becomes a finding at its place.
    pub(crate) fn flaw(&mut self, code: Code, scalar: &Scalar, flaw: Flaw) {
        let part = if flaw.range.is_empty() { 0..scalar.text().len() } else { flaw.range.clone() };
        let place = self.place(scalar, part);
        self.push(Diagnostic::from_flaw(code, flaw, |_| place));
    }

    /// The place to show for a value: a text, or the first line of something longer.
    pub(crate) fn shown(&self, node: &Node) -> Span {
        node.shown(self.sources.get(node.span.file))
    }

    /// Opens an object; complains about its shape and its keys.
    pub(crate) fn open<'n>(
        &mut self,
        node: &'n Node,
        object: &'static Object,
        owner: Owner<'_>,
    ) -> Option<Group<'n>> {
        let entries = match &node.value {
            Value::Map(entries) => entries,
            Value::Broken => return None,
            // Its lines may be among those that could not be read.
            Value::Null if !self.whole => return None,
            Value::Null => {
                self.push(
                    Diagnostic::new(
                        Code::EmptyText,
                        owner.place.unwrap_or(node.span),
                        format!("{} has nothing behind it", owner.sentence()),
                    )
                    .help(format!(
                        "{} has keys of its own, such as `{}`",
                        object.name,
                        example(object)
                    )),
                );
                return None;
            }
            Value::Scalar(_) | Value::List(_) => {
                self.wrong_type(node, &owner.sentence(), "keys with values");
                return None;
            }
        };
        let find = |name: &str| object.keys.iter().find(|key| key.name == name);
        let mut known: Vec<(&'static str, &'n Entry)> = Vec::with_capacity(entries.len());
        known
            .extend(entries.iter().filter_map(|entry| Some((find(entry.key.text())?.name, entry))));
        for entry in entries {
            if let Some(key) = find(entry.key.text()) {
                self.check_shape(entry, key, object);
                continue;
            }
            self.unknown_key(entry, object, owner);
        }
        let whole = self.whole;
        for key in object.keys.iter().filter(|key| key.required && whole) {
            if known.iter().all(|(name, _)| *name != key.name) {
                let place = owner.place.unwrap_or_else(|| self.shown(node));
                let message = format!("{} has no `{}`", owner.sentence(), key.name);
                self.push(Diagnostic::new(Code::MissingKey, place, message).help(format!(
                    "add `{}:`, {}",
                    key.name,
                    key.kind.wanted()
                )));
            }
        }
        Some(Group { known, object })
    }

    fn check_shape(&mut self, entry: &Entry, key: &Key, object: &'static Object) {
        let shape = match &entry.value.value {
            Value::Broken => return,
            Value::Null if !self.whole => return,
            Value::Null => {
                self.unread.insert((object.name, key.name));
                self.push(
                    Diagnostic::new(
                        Code::EmptyText,
                        entry.key.span(),
                        format!("`{}` has nothing behind it", key.name),
                    )
                    .help(format!("write {}, or leave the key out", key.kind.wanted())),
                );
                return;
            }
            Value::Scalar(_) => Shape::Text,
            Value::List(_) => Shape::List,
            Value::Map(_) => Shape::Map,
        };
        if !key.kind.shapes().contains(&shape) {
            self.unread.insert((object.name, key.name));
            self.wrong_type(&entry.value, &format!("`{}`", key.name), key.kind.wanted());
            return;
        }
        if let Value::Scalar(text) = &entry.value.value
            && text.text().trim().is_empty()
        {
            self.push(
                Diagnostic::new(
                    Code::EmptyText,
                    text.outer_span(),
                    format!("`{}` is an empty text", key.name),
                )
                .help(format!("write {}, or leave the key out", key.kind.wanted())),
            );
        }
        self.shown_as_it_stands(entry, key);
    }

    /// Names in braces where nothing fills them in.
    fn shown_as_it_stands(&mut self, entry: &Entry, key: &Key) {
        let texts = match (key.kind, &entry.value.value) {
            (Kind::Text, Value::Scalar(_)) => std::slice::from_ref(&entry.value),
            (Kind::Texts, Value::List(items)) => items.as_slice(),
            _ => return,
        };
        for text in texts.iter().filter_map(Node::as_scalar) {
            let braces = ["{{", "{%"].into_iter().filter_map(|open| text.text().find(open)).min();
            let Some(at) = braces else { continue };
            let place = self.place(text, at..at + 2);
            let message = format!("`{}` is shown as it stands, braces and all", key.name);
            self.push(Diagnostic::new(Code::NameInPlainText, place, message).help(
                "names are filled in in `guide`, and in the `text` and `subject` of a message",
            ));
        }
    }

    pub(crate) fn wrong_type(&mut self, node: &Node, what: &str, wanted: &str) {
        let found = match &node.value {
            Value::Null | Value::Broken => return,
            Value::Scalar(_) => "one text",
            Value::List(_) => "a list",
            Value::Map(_) => "keys with values",
        };
        let finding = Diagnostic::new(
            Code::WrongType,
            self.shown(node),
            format!("{what} takes {wanted}, and this is {found}"),
        );
        let help = node.as_scalar().and_then(|text| mend(text.text(), wanted));
        self.push(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    fn unknown_key(&mut self, entry: &Entry, object: &'static Object, owner: Owner<'_>) {
        // A hundred thousand of them are not looked up to be thrown away.
        if self.findings.len() < MAX_FINDINGS {
            self.push(unknown_key(&entry.key, object, &owner.sentence()));
        }
    }
}

/// How a text that should be something else was most likely meant.
fn mend(text: &str, wanted: &str) -> Option<String> {
    const LONGEST: usize = 80;
    if wanted.contains("keys") {
        return glued(text)
            .map(|one| format!("a blank is missing behind the `:`: `{}`", one.meant));
    }
    if !wanted.starts_with("a list") || text.trim().is_empty() || text.len() > LONGEST {
        return None;
    }
    let items: Vec<String> = text
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| {
            let plain = |letter: char| letter.is_alphanumeric() || " -_'’.".contains(letter);
            let bare = item.chars().all(plain) && item.starts_with(char::is_alphanumeric);
            if bare { item.to_owned() } else { format!("\"{}\"", item.replace('"', "'")) }
        })
        .collect();
    (!items.is_empty()).then(|| format!("write it as `[{}]`", items.join(", ")))
}

/// What a key that the object does not have was most likely meant to be.
pub(crate) fn meant(name: &str, object: &'static Object) -> Option<&'static str> {
    let known = |name: &str| object.keys.iter().any(|key| key.name == name);
    match ELSEWHERE.iter().find(|(other, own)| *other == name && known(own)) {
        Some((_, own)) => Some(*own),
        None => nearest(name, object.keys.iter().map(|key| key.name)),
    }
}

/// The finding for a key that the object does not have.
pub(crate) fn unknown_key(key: &Scalar, object: &'static Object, owner: &str) -> Diagnostic {
    let near = meant(key.text(), object);
    let message = format!("{owner} has no key `{}`", clipped(key.text()));
    let finding = Diagnostic::new(Code::UnknownKey, key.span(), message).suggest(near);
    if near.is_some() {
        return finding;
    }
    let names: Vec<_> = object.keys.iter().map(|key| format!("`{}`", key.name)).collect();
    finding.help(format!("the keys here are {}", names.join(", ")))
}

/// Whose keys are being read, for sentences and for the place of what is missing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owner<'a> {
    kind: &'static str,
    name: Option<&'a str>,
    place: Option<Span>,
}

impl<'a> Owner<'a> {
    /// Something with a name, such as step `call`.
    pub(crate) fn named(kind: &'static str, name: &'a Scalar) -> Self {
        Self { kind, name: Some(name.text()), place: Some(name.span()) }
    }

    /// Something there is only one of.
    pub(crate) fn only(kind: &'static str, place: Option<Span>) -> Self {
        Self { kind, name: None, place }
    }

    pub(crate) fn sentence(&self) -> String {
        match self.name {
            Some(name) => format!("{} `{}`", self.kind, clipped(name)),
            None => self.kind.to_owned(),
        }
    }
}

/// An object whose keys are known to be its own.
#[derive(Clone, Debug)]
pub(crate) struct Group<'n> {
    /// The entries whose keys the object has.
    known: Vec<(&'static str, &'n Entry)>,
    object: &'static Object,
}

impl<'n> Group<'n> {
    fn written(&self, name: &str) -> Option<&'n Entry> {
        self.known.iter().find(|(key, _)| *key == name).map(|(_, entry)| *entry)
    }

    /// The entry of a key, if it is there and of a shape that the key takes.
    pub(crate) fn entry(&self, name: &str) -> Option<&'n Entry> {
        let key = self.object.keys.iter().find(|key| key.name == name);
        debug_assert!(key.is_some(), "{} has no key {name}", self.object.name);
        let entry = self.written(name)?;
        fits(&entry.value, key?.kind).then_some(entry)
    }

    /// The value of a key.
    pub(crate) fn node(&self, name: &str) -> Option<&'n Node> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// The text of a key.
    pub(crate) fn text(&self, name: &str) -> Option<&'n Scalar> {
        self.node(name)?.as_scalar()
    }

    /// The place of a key itself.
    pub(crate) fn key_span(&self, name: &str) -> Option<Span> {
        self.written(name).map(|entry| entry.key.span())
    }

    /// Whether the key was written at all, rightly or wrongly.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.written(name).is_some()
    }
}

fn fits(node: &Node, kind: Kind) -> bool {
    match &node.value {
        Value::Null | Value::Broken => false,
        Value::Scalar(text) => {
            kind.shapes().contains(&Shape::Text) && !text.text().trim().is_empty()
        }
        Value::List(_) => kind.shapes().contains(&Shape::List),
        Value::Map(_) => kind.shapes().contains(&Shape::Map),
    }
}

fn example(object: &Object) -> &'static str {
    object.keys.iter().find(|key| key.required).or(object.keys.first()).map_or("", |key| key.name)
}

/// A name may be a whole novel; messages show its beginning.
pub(crate) fn clipped(name: &str) -> String {
    const SHOWN: usize = 40;
    if name.chars().count() <= SHOWN {
        return name.to_owned();
    }
    name.chars().take(SHOWN).chain(['…']).collect()
}
