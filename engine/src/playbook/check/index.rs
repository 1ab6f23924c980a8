//! Every name a playbook declares, and what each can stand for in a template or condition.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::nearest;
use crate::message::Domain;
use crate::playbook::document::{Document, FieldDocument, clipped};
use crate::playbook::language::{COMPANY_FIELDS, PERSON_FIELDS};
use crate::playbook::{FieldKind, List};
use crate::syntax::Scalar;

/// Outcomes that exist in every playbook, with the fields they have.
pub(crate) const BUILT_IN: &[(&str, &[(&str, FieldKind)])] = &[
    ("accepted", &[]),
    ("replied", &[]),
    ("declined", &[]),
    ("not_now", &[("until", FieldKind::Date)]),
    ("auto_reply", &[]),
    ("bounced", &[]),
];

/// So many names are compared in one reading to find near ones; a file that needs more has no
/// single slip of the keyboard.
const PATIENCE: usize = 300_000;

/// The words behind `metrics.NAME.`.
const METRIC_WORDS: &[&str] = &["out_of", "count", "counted", "waiting", "value"];

/// The words behind `cycle.`.
const CYCLE_WORDS: &[&str] = &["number", "day", "start", "end"];

/// All names by kind.
#[derive(Debug)]
pub(crate) struct Index<'d> {
    document: &'d Document,
    /// How many names may still be compared to find near ones.
    patience: Cell<usize>,
    pub steps: BTreeMap<&'d str, usize>,
    pub messages: BTreeMap<&'d str, usize>,
    pub choices: BTreeMap<&'d str, usize>,
    pub metrics: BTreeMap<&'d str, usize>,
    pub inputs: BTreeMap<&'d str, usize>,
    pub person_fields: BTreeMap<&'d str, FieldKind>,
    pub company_fields: BTreeMap<&'d str, FieldKind>,
    /// Outcomes with their fields.
    pub outcomes: BTreeMap<&'d str, BTreeMap<&'d str, FieldKind>>,
}

/// Whose names a text may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// One entry of a list.
    Entry(List),
    /// Nobody in particular.
    Plan,
}

/// A name that a text may not use.
#[derive(Debug)]
pub(crate) struct Unknown {
    /// The bytes of the dotted name that are wrong.
    pub part: Range<usize>,
    pub message: String,
    pub near: Option<String>,
    pub help: Option<String>,
}

fn positions<'d>(names: impl Iterator<Item = &'d Scalar>) -> BTreeMap<&'d str, usize> {
    names.enumerate().map(|(at, name)| (name.text(), at)).collect()
}

fn standard<'d>(fields: &'static [(&'static str, &'static str)]) -> BTreeMap<&'d str, FieldKind> {
    fields
        .iter()
        .map(|(name, _)| {
            let kind = match *name {
                "connected_on" => FieldKind::Date,
                "knows_me" => FieldKind::YesNo,
                "email" => FieldKind::Email,
                "profile" => FieldKind::Url,
                _ => FieldKind::Text,
            };
            (*name, kind)
        })
        .collect()
}

fn kinds(fields: &[FieldDocument]) -> impl Iterator<Item = (&str, FieldKind)> {
    fields.iter().map(|field| (field.id.text(), field.kind.clone()))
}

impl<'d> Index<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        let mut person_fields = standard(PERSON_FIELDS);
        person_fields.extend(kinds(&document.people.fields));
        let mut company_fields = BTreeMap::new();
        if let Some(companies) = &document.companies {
            company_fields = standard(COMPANY_FIELDS);
            company_fields.extend(kinds(&companies.fields));
        }
        let mut outcomes: BTreeMap<&str, BTreeMap<&str, FieldKind>> = BUILT_IN
            .iter()
            .map(|(name, fields)| (*name, fields.iter().cloned().collect()))
            .collect();
        for outcome in &document.people.outcomes {
            outcomes.insert(outcome.id.text(), kinds(&outcome.fields).collect());
        }
        Self {
            document,
            patience: Cell::new(PATIENCE),
            steps: positions(document.steps.iter().map(|step| &step.id)),
            messages: positions(document.messages.iter().map(|message| &message.id)),
            choices: positions(document.choices.iter().map(|choice| &choice.id)),
            metrics: positions(document.metrics.iter().map(|metric| &metric.id)),
            inputs: positions(document.inputs.iter().map(|input| &input.id)),
            person_fields,
            company_fields,
            outcomes,
        }
    }

    /// The fields of the entries of a list.
    pub(crate) fn fields(&self, list: List) -> &BTreeMap<&'d str, FieldKind> {
        match list {
            List::People => &self.person_fields,
            List::Companies => &self.company_fields,
        }
    }

    /// Names that something could have been meant to be; none once too many were compared.
    pub(crate) fn candidates<'n>(&self, names: impl Iterator<Item = &'n &'d str>) -> Vec<&'d str>
    where
        'd: 'n,
    {
        if self.patience.get() == 0 {
            return Vec::new();
        }
        let names: Vec<_> = names.copied().collect();
        self.patience.set(self.patience.get().saturating_sub(names.len()));
        names
    }

    /// What a dotted name can stand for (M1).
    pub(crate) fn domain(&self, path: &str, scope: Scope) -> Result<Domain, Unknown> {
        let parts: Vec<_> = path.split('.').collect();
        let lookup = Lookup { path, parts: &parts };
        match parts.as_slice() {
            ["today"] | ["times", "first" | "second"] | ["cycle", "start" | "end"] => {
                Ok(Domain::Date)
            }
            ["times", ..] => Err(lookup.wrong(1, "times", ["first", "second"])),
            ["cycle", "number"] => Ok(Domain::Between { least: 1.0, most: f64::from(u32::MAX) }),
            ["cycle", "day"] => {
                let most = f64::from(self.document.cycle.length);
                Ok(Domain::Between { least: 1.0, most })
            }
            ["cycle", ..] => Err(lookup.wrong(1, "cycle", CYCLE_WORDS.iter().copied())),
            ["inputs", name] => self
                .inputs
                .get(name)
                .and_then(|at| self.document.inputs.get(*at))
                .map(|input| domain_of(&input.kind))
                .ok_or_else(|| lookup.wrong(1, "inputs", self.candidates(self.inputs.keys()))),
            ["inputs", ..] => Err(lookup.wrong(1, "inputs", self.candidates(self.inputs.keys()))),
            ["choice", name] => self
                .choices
                .get(name)
                .and_then(|at| self.document.choices.get(*at))
                .map(|choice| {
                    let names = choice.options.iter().map(|(id, _)| id.text().to_owned());
                    Domain::OneOf(names.collect())
                })
                .ok_or_else(|| lookup.wrong(1, "choice", self.candidates(self.choices.keys()))),
            ["choice", ..] => Err(lookup.wrong(1, "choice", self.candidates(self.choices.keys()))),
            ["metrics", name, rest @ ..] => self.metric_domain(&lookup, name, rest),
            ["metrics"] => Err(lookup.wrong(1, "metrics", self.candidates(self.metrics.keys()))),
            ["person", rest @ ..] => self.person_domain(&lookup, rest, scope),
            ["company", rest @ ..] => self.company_domain(&lookup, rest, scope),
            _ => Err(self.strange(&lookup, scope)),
        }
    }

    fn metric_domain(
        &self,
        lookup: &Lookup<'_>,
        name: &str,
        rest: &[&str],
    ) -> Result<Domain, Unknown> {
        let Some(metric) = self.metrics.get(name).and_then(|at| self.document.metrics.get(*at))
        else {
            return Err(lookup.wrong(1, "metrics", self.candidates(self.metrics.keys())));
        };
        match rest {
            ["value"] if metric.out_of.is_some() => Ok(Domain::Between { least: 0.0, most: 1.0 }),
            ["value"] => Ok(Domain::Number),
            ["out_of" | "count" | "counted" | "waiting"] => {
                Ok(Domain::Between { least: 0.0, most: f64::from(u32::MAX) })
            }
            _ => Err(lookup.wrong(2, &format!("metrics.{name}"), METRIC_WORDS.iter().copied())),
        }
    }

    fn person_domain(
        &self,
        lookup: &Lookup<'_>,
        rest: &[&str],
        scope: Scope,
    ) -> Result<Domain, Unknown> {
        if scope != Scope::Entry(List::People) {
            return Err(lookup.out_of_scope("person", "for_each: people", scope));
        }
        match rest {
            [field] if self.person_fields.contains_key(field) => {
                Ok(self.person_fields.get(field).map_or(Domain::Text, domain_of))
            }
            [outcome] if self.outcomes.contains_key(outcome) => Ok(Domain::Flag),
            [outcome, field] if self.outcomes.contains_key(outcome) => {
                let fields = self.outcomes.get(outcome);
                fields.and_then(|fields| fields.get(field)).map(domain_of).ok_or_else(|| {
                    let names = fields.into_iter().flat_map(|fields| fields.keys().copied());
                    lookup.wrong(2, &format!("person.{outcome}"), names)
                })
            }
            _ => {
                let names = self.candidates(self.person_fields.keys().chain(self.outcomes.keys()));
                let at =
                    if rest.len() == 2 && self.person_fields.contains_key(rest[0]) { 2 } else { 1 };
                if at == 2 {
                    return Err(lookup.wrong(2, &format!("person.{}", rest[0]), []));
                }
                Err(lookup.wrong(1, "person", names))
            }
        }
    }

    fn company_domain(
        &self,
        lookup: &Lookup<'_>,
        rest: &[&str],
        scope: Scope,
    ) -> Result<Domain, Unknown> {
        if self.document.companies.is_none() {
            return Err(Unknown {
                part: 0.."company".len(),
                message: "this playbook has no list of companies".to_owned(),
                near: None,
                help: Some("the company of a person is `person.company`".to_owned()),
            });
        }
        if scope == Scope::Plan {
            return Err(lookup.out_of_scope("company", "for_each: companies", scope));
        }
        match rest {
            [field] if self.company_fields.contains_key(field) => {
                Ok(self.company_fields.get(field).map_or(Domain::Text, domain_of))
            }
            _ => Err(lookup.wrong(1, "company", self.candidates(self.company_fields.keys()))),
        }
    }

    /// A name whose first word is nobody's.
    fn strange(&self, lookup: &Lookup<'_>, scope: Scope) -> Unknown {
        let first = lookup.parts.first().copied().unwrap_or_default();
        let mut places: Vec<String> = Vec::new();
        let mut owners = vec![("inputs", self.inputs.keys()), ("choice", self.choices.keys())];
        owners.push(("metrics", self.metrics.keys()));
        for (owner, names) in owners {
            places
                .extend(names.filter(|name| **name == first).map(|name| format!("{owner}.{name}")));
        }
        if scope == Scope::Entry(List::People)
            && (self.person_fields.contains_key(first) || self.outcomes.contains_key(first))
        {
            places.push(format!("person.{first}"));
        }
        let words = ["inputs", "choice", "person", "company", "times", "cycle", "metrics", "today"];
        let near = places.into_iter().next().or_else(|| nearest(first, words).map(str::to_owned));
        Unknown {
            part: 0..first.len(),
            message: format!("there is no name `{first}`"),
            help: near
                .is_none()
                .then(|| format!("names begin with one of `{}`", words.join("`, `"))),
            near,
        }
    }
}

struct Lookup<'p> {
    path: &'p str,
    parts: &'p [&'p str],
}

impl Lookup<'_> {
    /// The bytes of one part of the dotted name.
    fn part(&self, at: usize) -> Range<usize> {
        let Some(part) = self.parts.get(at) else { return 0..self.path.len() };
        let start: usize = self.parts[..at].iter().map(|part| part.len() + 1).sum();
        start..start + part.len()
    }

    fn wrong<'n, I>(&self, at: usize, owner: &str, names: I) -> Unknown
    where
        I: IntoIterator<Item = &'n str>,
    {
        let names: Vec<_> = names.into_iter().collect();
        let Some(part) = self.parts.get(at) else {
            let example = names.first().map_or("…", |name| name);
            return Unknown {
                part: 0..self.path.len(),
                message: format!("`{owner}` by itself is no name"),
                near: None,
                help: Some(format!("write what of it, such as `{owner}.{example}`")),
            };
        };
        let near = nearest(part, names.iter().copied()).map(str::to_owned);
        let known = names.iter().any(|name| name == part);
        Unknown {
            part: if known { 0..self.path.len() } else { self.part(at) },
            message: if known {
                format!("there is nothing behind `{owner}.{part}`")
            } else {
                format!("`{owner}` has no `{}`", clipped(part))
            },
            help: (near.is_none() && !names.is_empty() && !known).then(|| {
                const SHOWN: usize = 12;
                let more = if names.len() > SHOWN { ", …" } else { "" };
                format!("it has `{}`{more}", names[..names.len().min(SHOWN)].join("`, `"))
            }),
            near,
        }
    }

    fn out_of_scope(&self, what: &str, key: &str, scope: Scope) -> Unknown {
        let happens = match scope {
            Scope::Entry(List::Companies) => "for each company",
            Scope::Entry(List::People) => "for each person",
            Scope::Plan => "once",
        };
        Unknown {
            part: 0..self.parts.first().map_or(0, |first| first.len()),
            message: format!("no one {what} is meant here: this happens {happens}"),
            near: None,
            help: Some(format!("add `{key}` to the step, or leave the name out")),
        }
    }
}

/// What a field can stand for.
fn domain_of(kind: &FieldKind) -> Domain {
    match kind {
        FieldKind::Text | FieldKind::Url | FieldKind::Email => Domain::Text,
        FieldKind::Number => Domain::Number,
        FieldKind::Date | FieldKind::Datetime => Domain::Date,
        FieldKind::YesNo => Domain::Flag,
        FieldKind::OneOf(words) => {
            Domain::OneOf(words.iter().map(|word| (**word).to_owned()).collect())
        }
    }
}
