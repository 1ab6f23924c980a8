//! The needs of a step: an id, a list, or a map to what is needed of each.

use std::collections::BTreeMap;

use super::NeedDocument;
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::NeedMeasure;
use crate::playbook::document::reading::{Reading, clipped};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar, Value, glued};

impl Reading<'_> {
    pub(super) fn needs(&mut self, node: &Node) -> Vec<NeedDocument> {
        match &node.value {
            Value::Scalar(text) => {
                vec![NeedDocument { step: text.clone(), measure: NeedMeasure::Finished }]
            }
            Value::List(items) => {
                let mut needs: Vec<NeedDocument> = Vec::new();
                let mut seen = BTreeMap::new();
                for item in items {
                    match &item.value {
                        Value::Scalar(text) => self.add_need(&mut needs, &mut seen, text),
                        Value::Map(entries) => {
                            for entry in entries {
                                let measure = self.measure(entry);
                                needs.extend(measure.map(|measure| NeedDocument {
                                    step: entry.key.clone(),
                                    measure,
                                }));
                            }
                        }
                        Value::Null | Value::List(_) => {
                            self.wrong_type(item, "an item of `needs`", "the id of a step");
                        }
                        Value::Broken => {}
                    }
                }
                needs
            }
            Value::Map(entries) => entries
                .iter()
                .filter_map(|entry| {
                    let measure = self.measure(entry)?;
                    Some(NeedDocument { step: entry.key.clone(), measure })
                })
                .collect(),
            Value::Null | Value::Broken => Vec::new(),
        }
    }

    fn add_need<'n>(
        &mut self,
        needs: &mut Vec<NeedDocument>,
        seen: &mut BTreeMap<&'n str, Span>,
        text: &'n Scalar,
    ) {
        if let Some(first) = seen.get(text.text()) {
            self.push(
                Diagnostic::new(
                    Code::DuplicateKey,
                    text.span(),
                    format!("`{}` stands here a second time", clipped(text.text())),
                )
                .also(*first, "the first one is here")
                .help("keep one of them"),
            );
            return;
        }
        seen.insert(text.text(), text.span());
        needs.push(NeedDocument { step: text.clone(), measure: NeedMeasure::Finished });
    }

    /// `done`, or `{at_least: N}`.
    fn measure(&mut self, entry: &Entry) -> Option<NeedMeasure> {
        let wanted =
            format!("write `{0}: done`, or `{0}: {{at_least: 20}}`", clipped(entry.key.text()));
        let finding = |span: Span, message: String| {
            Diagnostic::new(Code::BadValue, span, message).help(wanted.clone())
        };
        match &entry.value.value {
            Value::Scalar(text) if text.text() == "done" => Some(NeedMeasure::Done),
            Value::Scalar(text) => {
                self.push(finding(
                    text.span(),
                    format!("`{}` is nothing that a need can wait for", clipped(text.text())),
                ));
                None
            }
            Value::Map(entries) => {
                let [only] = entries.as_slice() else {
                    let place = self.shown(&entry.value);
                    self.push(finding(
                        place,
                        "a need takes `at_least` and nothing else".to_owned(),
                    ));
                    return None;
                };
                if only.key.text() != "at_least" {
                    self.push(
                        Diagnostic::new(
                            Code::UnknownKey,
                            only.key.span(),
                            format!("a need has no key `{}`", clipped(only.key.text())),
                        )
                        .suggest(crate::diagnostic::nearest(only.key.text(), ["at_least"]))
                        .help(wanted),
                    );
                    return None;
                }
                let number =
                    only.value.as_scalar().and_then(|text| text.text().parse::<u32>().ok());
                if let Some(number) = number.filter(|number| *number > 0) {
                    return Some(NeedMeasure::AtLeast(number));
                }
                let place = self.shown(&only.value);
                self.push(finding(place, "`at_least` takes a number from 1 on".to_owned()));
                None
            }
            Value::Null if glued(entry.key.text()).is_some() => {
                let meant = glued(entry.key.text()).map(|one| one.meant).unwrap_or_default();
                self.push(
                    Diagnostic::new(
                        Code::BadValue,
                        entry.key.span(),
                        "a blank is missing behind this `:`",
                    )
                    .help(format!("write `{meant}`")),
                );
                None
            }
            Value::Null => {
                self.push(finding(
                    entry.key.span(),
                    format!("what is needed of `{}`?", clipped(entry.key.text())),
                ));
                None
            }
            Value::List(_) => {
                let place = self.shown(&entry.value);
                self.push(finding(place, "a need takes `done` or `{at_least: N}`".to_owned()));
                None
            }
            Value::Broken => None,
        }
    }
}
