//! What is declared and never used.

use std::collections::BTreeSet;

use super::references::Links;
use super::texts::Texts;
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::List;
use crate::playbook::document::{Document, FieldDocument, Reading};

pub(crate) fn check(document: &Document, links: &Links, texts: &Texts, reading: &mut Reading<'_>) {
    let said = |code| reading.findings.iter().any(|finding| finding.code == code);
    // What was not found, not read, or set aside for another key, may have been the use.
    let set_aside = said(Code::KeysExclude);
    let misspelt = |code| set_aside || links.misspelt.contains(&code);
    let texts_unsure = said(Code::UnknownName)
        || said(Code::TemplateSyntax)
        || said(Code::UnknownFilter)
        || said(Code::TooLarge);
    let mut findings = Vec::new();
    let mut unused = |code, name: &crate::syntax::Scalar, message: String, help: &str| {
        findings.push(Diagnostic::new(code, name.span(), message).help(help));
    };
    if !misspelt(Code::UnknownMessage) {
        for (at, message) in document.messages.iter().enumerate() {
            // One without a channel is not finished, or was meant to be one of the base's.
            if message.channel.is_some() && !links.used_messages.contains(&at) {
                let said = format!("no step sends the message `{}`", message.id.text());
                unused(Code::Unused, &message.id, said, "send it in a step, or remove it");
            }
        }
    }
    if !texts_unsure {
        for input in &document.inputs {
            if !texts.used.contains(&format!("inputs.{}", input.id.text())) {
                let said = format!("nothing uses the input `{}`", input.id.text());
                unused(
                    Code::Unused,
                    &input.id,
                    said,
                    "use it in a text or a condition, or do not ask for it",
                );
            }
        }
        if !misspelt(Code::UnknownChoice) {
            let by = document.messages.iter().filter_map(|message| message.by.as_ref());
            let by: BTreeSet<&str> = by.map(crate::syntax::Scalar::text).collect();
            for choice in &document.choices {
                let name = choice.id.text();
                if !by.contains(name) && !texts.used.contains(&format!("choice.{name}")) {
                    let said = format!("nothing differs between the options of `{name}`");
                    unused(
                        Code::UnusedChoice,
                        &choice.id,
                        said,
                        "let a message vary `by` it, or use it in a condition",
                    );
                }
            }
        }
        if !misspelt(Code::UnknownField) {
            let companies = document.companies.as_ref();
            let lists: [(List, &str, &[FieldDocument]); 2] = [
                (List::People, "person", &document.people.fields),
                (List::Companies, "company", companies.map_or(&[], |list| &list.fields)),
            ];
            for (list, word, fields) in lists {
                for field in fields {
                    let name = field.id.text();
                    let used = texts.used.contains(&format!("{word}.{name}"))
                        || links.used_fields.contains(&(list, name.to_owned()));
                    if !used {
                        let said = format!("nothing uses the field `{name}`");
                        unused(
                            Code::Unused,
                            &field.id,
                            said,
                            "use it in a text, a condition or a `fill`, or remove it",
                        );
                    }
                }
            }
        }
    }
    reading.findings.extend(findings);
}
