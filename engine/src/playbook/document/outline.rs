//! The outermost keys, the cycle and the measures as written.

use super::field::{ChoiceDocument, FieldDocument, ListDocument};
use super::message::MessageDocument;
use super::reading::{Owner, Reading, clipped};
use super::step::StepDocument;
use super::values::{At, NameForm, Offset};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::language::{CYCLE, METRIC, PLAYBOOK, VERSION};
use crate::source::{Flaw, Span};
use crate::syntax::{Entry, Node, Scalar};

/// A whole playbook.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// A place that stands for the whole: the playbook's id, else the beginning.
    pub span: Span,
    pub id: Option<Scalar>,
    pub version: Option<Scalar>,
    pub title: Option<Scalar>,
    pub role: Option<Scalar>,
    pub source: Option<Scalar>,
    pub about: Option<Scalar>,
    pub inputs: Vec<FieldDocument>,
    pub choices: Vec<ChoiceDocument>,
    pub people: ListDocument,
    pub companies: Option<ListDocument>,
    pub cycle: CycleDocument,
    pub metrics: Vec<MetricDocument>,
    pub messages: Vec<MessageDocument>,
    pub steps: Vec<StepDocument>,
}

/// The cycle.
#[derive(Clone, Debug)]
pub(crate) struct CycleDocument {
    pub span: Option<Span>,
    pub length: u32,
    pub list_closes: Option<At<u32>>,
    pub decided_by: Option<Scalar>,
    pub fairness: Option<Scalar>,
}

/// A measure.
#[derive(Clone, Debug)]
pub(crate) struct MetricDocument {
    pub id: Scalar,
    pub title: Option<Scalar>,
    pub out_of: Option<EventDocument>,
    pub count: Option<EventDocument>,
    pub within: Option<Offset>,
    pub per: Option<u32>,
}

/// An event: a name, with or without `.due`.
#[derive(Clone, Debug)]
pub(crate) struct EventDocument {
    pub name: Scalar,
    pub due: bool,
}

impl Reading<'_> {
    /// The whole document; none where the root is no map.
    pub(crate) fn document(&mut self, root: &Node) -> Option<Document> {
        let id = root.get("playbook").and_then(Node::as_scalar);
        let start = Span::new(root.span.file, root.span.start, root.span.start);
        let own = root.as_map().unwrap_or_default().iter().map(|entry| entry.key.span());
        let own = own.filter(|span| span.file == start.file);
        let first = own.min_by_key(|span| span.start).unwrap_or(start);
        let span = id.map_or(first, Scalar::span);
        let owner = Owner::only("the playbook", Some(span));
        let group = self.open(root, &PLAYBOOK, owner)?;
        if let Some(text) = group.text("fortnight") {
            self.language_version(text);
        }
        if let Some(id) = group.text("playbook") {
            self.check_name(id, "a playbook", NameForm::Id);
        }
        if let Some(version) = group.text("version") {
            self.small(Code::BadValue, version, semver);
        }
        let steps = group.node("steps").map(|node| self.steps(node)).unwrap_or_default();
        if steps.is_empty()
            && self.whole
            && let Some(entry) = group.entry("steps")
        {
            let message = "a playbook without a step has nothing to do";
            self.push(Diagnostic::new(Code::EmptyText, entry.key.span(), message));
        }
        Some(Document {
            span,
            id: group.text("playbook").cloned(),
            version: group.text("version").cloned(),
            title: group.text("title").cloned(),
            role: group.text("role").cloned(),
            source: group.text("source").cloned(),
            about: group.text("about").cloned(),
            inputs: self.fields(group.node("inputs"), "an input", NameForm::Variable),
            choices: self.choices(group.node("choices")),
            people: group.entry("people").map(|entry| self.list(entry, true)).unwrap_or_default(),
            companies: group.entry("companies").map(|entry| self.list(entry, false)),
            cycle: self.cycle(group.entry("cycle")),
            metrics: self.metrics(group.node("metrics")),
            messages: self.messages(group.node("messages")),
            steps,
        })
    }

    fn language_version(&mut self, text: &Scalar) {
        if text.text() == VERSION.to_string() {
            return;
        }
        let newer = text.text().parse::<u32>().is_ok_and(|number| number > VERSION);
        let message = if newer {
            format!(
                "this playbook is written in version {} of the language, and this program reads version {VERSION}",
                text.text()
            )
        } else {
            format!("`{}` is no version of the language", clipped(text.text()))
        };
        let help = if newer {
            "update fortnight, or write `fortnight: 1`"
        } else {
            "write `fortnight: 1`"
        };
        self.push(Diagnostic::new(Code::LanguageVersion, text.span(), message).help(help));
    }

    fn cycle(&mut self, entry: Option<&Entry>) -> CycleDocument {
        const USUAL: u32 = 14;
        let mut cycle = CycleDocument {
            span: None,
            length: USUAL,
            list_closes: None,
            decided_by: None,
            fairness: None,
        };
        let Some(entry) = entry else { return cycle };
        cycle.span = Some(entry.key.span());
        let owner = Owner::only("`cycle`", cycle.span);
        let Some(group) = self.open(&entry.value, &CYCLE, owner) else { return cycle };
        if let Some(length) = self.whole_days(&group, "length") {
            cycle.length = length;
        }
        cycle.list_closes = self.day(&group, "list_closes");
        if let Some(closes) = cycle.list_closes.filter(|closes| closes.value > cycle.length) {
            self.push(
                Diagnostic::new(
                    Code::BadValue,
                    closes.span,
                    format!(
                        "the list closes on day {}, and the cycle has {} days",
                        closes.value, cycle.length
                    ),
                )
                .help("close it early enough that everybody can be counted, such as `day 5`"),
            );
        }
        cycle.decided_by = group.text("decided_by").cloned();
        cycle.fairness = group.text("fairness").cloned();
        cycle
    }

    /// A duration in days or weeks, at least one day and at most a year.
    fn whole_days(&mut self, group: &super::reading::Group<'_>, key: &str) -> Option<u32> {
        const LONGEST: u32 = 366;
        let found = self.duration(group, key)?;
        match found.value.days() {
            Some(days) if (1..=LONGEST).contains(&days) => Some(days),
            Some(days) => {
                let message = format!("`{key}` is {days} days; it can be 1 to {LONGEST}");
                self.push(Diagnostic::new(Code::BadValue, found.span, message));
                None
            }
            None => {
                self.push(
                    Diagnostic::new(
                        Code::BadValue,
                        found.span,
                        format!("`{key}` counts days of the calendar"),
                    )
                    .help("write it in days or weeks, such as `14 days`"),
                );
                None
            }
        }
    }

    fn metrics(&mut self, node: Option<&Node>) -> Vec<MetricDocument> {
        let Some(node) = node else { return Vec::new() };
        let entries = self.declared(node, "a measure", NameForm::Variable);
        entries.into_iter().map(|entry| self.metric(entry)).collect()
    }

    fn metric(&mut self, entry: &Entry) -> MetricDocument {
        let mut metric = MetricDocument {
            id: entry.key.clone(),
            title: None,
            out_of: None,
            count: None,
            within: None,
            per: None,
        };
        let owner = Owner::named("measure", &entry.key);
        let Some(group) = self.open(&entry.value, &METRIC, owner) else { return metric };
        metric.title = group.text("title").cloned();
        metric.out_of = group.text("out_of").map(|text| self.event(text));
        metric.count = group.text("count").map(|text| self.event(text));
        metric.within = self.offset(&group, "within");
        metric.per = self.whole_days(&group, "per");
        if let (Some(out_of), Some(per)) = (group.key_span("out_of"), group.key_span("per")) {
            self.push(
                Diagnostic::new(
                    Code::KeysExclude,
                    per,
                    "a number per so many days is not a share of anybody",
                )
                .also(out_of, "`out_of` makes it a share")
                .help("keep `per` for a plain number, `out_of` for a rate"),
            );
        }
        metric
    }

    fn event(&self, text: &Scalar) -> EventDocument {
        match text.text().strip_suffix(".due") {
            Some(name) => {
                let place = self.place(text, 0..name.len());
                EventDocument { name: Scalar::new(name, place), due: true }
            }
            None => EventDocument { name: Scalar::new(text.text(), text.span()), due: false },
        }
    }
}

fn semver(text: &str) -> Result<(), Flaw> {
    let (core, rest) = match text.find(['-', '+']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let numbers: Vec<_> = core.split('.').collect();
    let whole = |part: &&str| {
        !part.is_empty()
            && part.len() <= 9
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
    };
    let tail = rest.is_none_or(|rest| {
        !rest.is_empty()
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte))
    });
    if numbers.len() == 3 && numbers.iter().all(whole) && tail {
        return Ok(());
    }
    Err(Flaw::new(0..text.len(), format!("`{}` is no version", clipped(text)))
        .help("write three numbers, such as `1.0.0`"))
}
