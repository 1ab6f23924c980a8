//! Templates and conditions: read once, and every name in them looked up.

use std::collections::BTreeSet;

use super::index::{Index, Scope};
use super::leftovers::leftover;
use super::references::Links;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Condition, Domain, NameUse, Template, TemplateFlaw, TemplateFlawKind};
use crate::playbook::List;
use crate::playbook::document::{Document, KindDocument, Reading};
use crate::playbook::language::{COMPANIES, Object, PEOPLE, PLAYBOOK};
use crate::syntax::Scalar;

/// So many unknown names are pointed out in one text.
const SHOWN: usize = 20;

/// Everything that was compiled, in the order of the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    /// One for each step.
    pub guides: Vec<Option<Template>>,
    /// One for each step.
    pub conditions: Vec<Option<Condition>>,
    /// One for each message, with one for each of its texts.
    pub messages: Vec<Vec<CompiledWording>>,
    /// Whose names each message may use.
    pub scopes: Vec<Scope>,
    /// Every dotted name that some text or condition uses.
    pub used: BTreeSet<String>,
}

/// One text of a message.
#[derive(Clone, Debug, Default)]
pub(crate) struct CompiledWording {
    pub subject: Option<Template>,
    pub text: Option<Template>,
}

pub(crate) fn compile(
    document: &Document,
    index: &Index<'_>,
    links: &Links,
    reading: &mut Reading<'_>,
) -> Texts {
    let mut compiler = Compiler { index, reading, used: BTreeSet::new() };
    let mut texts = Texts::default();
    for (at, step) in document.steps.iter().enumerate() {
        let unsure = step.for_each.is_some() && links.for_each.get(at).copied().flatten().is_none();
        let scope = match links.for_each.get(at).copied().flatten() {
            Some(list) => Scope::Entry(list),
            // The list was not found, and that is said already.
            None if unsure => Scope::Entry(List::People),
            None => Scope::Plan,
        };
        texts.guides.push(step.guide.as_ref().and_then(|text| compiler.template(text, scope)));
        texts.conditions.push(step.when.as_ref().and_then(|text| compiler.condition(text, scope)));
    }
    texts.scopes = scopes(document, index, links);
    for (message, scope) in document.messages.iter().zip(&texts.scopes) {
        let subject = message.subject.as_ref().and_then(|text| compiler.message(text, *scope));
        let mut wordings = Vec::new();
        for wording in &message.texts {
            let own = wording.subject.as_ref().and_then(|text| compiler.message(text, *scope));
            wordings.push(CompiledWording {
                subject: own.or_else(|| subject.clone()),
                text: wording.text.as_ref().and_then(|text| compiler.message(text, *scope)),
            });
        }
        texts.messages.push(wordings);
    }
    texts.used = compiler.used;
    texts
}

/// A message is about the entries of the steps that send it; about people where none does.
fn scopes(document: &Document, index: &Index<'_>, links: &Links) -> Vec<Scope> {
    let mut scopes: Vec<Option<List>> = vec![None; document.messages.len()];
    for (step, for_each) in document.steps.iter().zip(&links.for_each) {
        let KindDocument::Send(name) = &step.kind else { continue };
        let at = index.messages.get(name.text());
        let Some(slot) = at.and_then(|at| scopes.get_mut(*at)) else { continue };
        if slot.is_none() || *for_each == Some(List::People) {
            *slot = *for_each;
        }
    }
    scopes.into_iter().map(|list| Scope::Entry(list.unwrap_or(List::People))).collect()
}

struct Compiler<'c, 'd, 's> {
    index: &'c Index<'d>,
    reading: &'c mut Reading<'s>,
    used: BTreeSet<String>,
}

impl Compiler<'_, '_, '_> {
    /// A text that somebody will read: nothing in it may be left to fill in.
    fn message(&mut self, text: &Scalar, scope: Scope) -> Option<Template> {
        let template = self.template(text, scope)?;
        if let Some((range, meant)) = leftover(text.text()) {
            let message = format!("`{}` is sent as it stands", &text.text()[range.clone()]);
            let place = self.reading.place(text, range);
            self.reading.push(
                Diagnostic::new(Code::NameInPlainText, place, message)
                    .help(format!("a name is filled in with two braces, such as `{meant}`")),
            );
        }
        Some(template)
    }

    fn template(&mut self, text: &Scalar, scope: Scope) -> Option<Template> {
        match Template::compile(text.text()) {
            Ok(template) => {
                let known = self.names(text, template.names(), scope, false);
                if known {
                    let flaws = template.flaws(&|path| self.index.domain(path, scope).ok());
                    self.flaws(text, flaws);
                }
                Some(template)
            }
            Err(flaws) => {
                self.flaws(text, flaws);
                None
            }
        }
    }

    fn condition(&mut self, text: &Scalar, scope: Scope) -> Option<Condition> {
        match Condition::compile(text.text()) {
            Ok(condition) => {
                let known = self.names(text, condition.names(), scope, true);
                if known {
                    let domain =
                        |path: &str| -> Option<Domain> { self.index.domain(path, scope).ok() };
                    let flaws = condition.flaws(&domain);
                    self.flaws(text, flaws);
                }
                Some(condition)
            }
            Err(flaws) => {
                self.flaws(text, flaws);
                None
            }
        }
    }

    /// Looks every name up; true where all are known.
    fn names(&mut self, text: &Scalar, names: &[NameUse], scope: Scope, condition: bool) -> bool {
        let mut all_known = true;
        let mut said = 0;
        for name in names {
            if said >= SHOWN {
                break;
            }
            if !self.used.contains(&name.path) {
                self.used.insert(name.path.clone());
            }
            let unknown = match self.index.domain(&name.path, scope) {
                Ok(_) if condition && name.path.starts_with("times.") => {
                    all_known = false;
                    let place = self.reading.place(text, name.range.clone());
                    let message =
                        "the proposed times are for texts; a condition has nothing to ask of them";
                    self.reading.push(Diagnostic::new(Code::UnknownName, place, message));
                    continue;
                }
                Ok(_) => continue,
                Err(unknown) => unknown,
            };
            all_known = false;
            if self.is_undeclared(&name.path) {
                continue;
            }
            said += 1;
            let part = if name.range.len() == name.path.len() {
                name.range.start + unknown.part.start..name.range.start + unknown.part.end
            } else {
                name.range.clone()
            };
            let place = self.reading.place(text, part);
            let mut finding = Diagnostic::new(Code::UnknownName, place, unknown.message)
                .suggest(unknown.near.as_deref());
            finding.helps.extend(unknown.help);
            self.reading.push(finding);
        }
        all_known
    }

    /// Whether what the name stands for is declared in a place that could not be read.
    fn is_undeclared(&self, path: &str) -> bool {
        let places: &[(&Object, &'static str)] = match path.split('.').next() {
            Some("inputs") => &[(&PLAYBOOK, "inputs")],
            Some("choice") => &[(&PLAYBOOK, "choices")],
            Some("metrics") => &[(&PLAYBOOK, "metrics")],
            Some("person") => &[(&PLAYBOOK, "people"), (&PEOPLE, "fields"), (&PEOPLE, "outcomes")],
            Some("company") => &[(&PLAYBOOK, "companies"), (&COMPANIES, "fields")],
            Some(_) | None => &[],
        };
        places.iter().any(|(object, key)| self.reading.is_unread(object, key))
    }

    fn flaws(&mut self, text: &Scalar, flaws: Vec<TemplateFlaw>) {
        for TemplateFlaw { kind, flaw } in flaws {
            let code = match kind {
                TemplateFlawKind::Syntax | TemplateFlawKind::Forbidden => Code::TemplateSyntax,
                TemplateFlawKind::TooLarge => Code::TooLarge,
                TemplateFlawKind::UnknownFilter => Code::UnknownFilter,
                TemplateFlawKind::UnknownOption => Code::UnknownOption,
                TemplateFlawKind::UnlikeKinds => Code::UnlikeKinds,
                TemplateFlawKind::NeverHolds => Code::NeverTrue,
            };
            self.reading.flaw(code, text, flaw);
        }
    }
}
