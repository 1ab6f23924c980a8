//! What kind of step it is.

use super::KindDocument;
use crate::calendar::Schedule;
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::Decision;
use crate::playbook::document::reading::{Group, Reading};
use crate::playbook::document::values::words_of;
use crate::playbook::language::{STEP, STEP_KINDS};
use crate::syntax::Scalar;

impl Reading<'_> {
    pub(super) fn kind(&mut self, group: &Group<'_>) -> KindDocument {
        let mut kinds = STEP_KINDS.iter().filter(|kind| group.has(kind));
        let Some(kind) = kinds.next() else { return KindDocument::Task };
        for second in kinds {
            let (Some(first), Some(place)) = (group.key_span(kind), group.key_span(second)) else {
                continue;
            };
            // The one that was added is shown: later in the file, or in the playbook laid over.
            let added = (place.file.0, std::cmp::Reverse(place.start))
                < (first.file.0, std::cmp::Reverse(first.start));
            let (first, place, kind, second) =
                if added { (first, place, kind, second) } else { (place, first, second, kind) };
            self.push(
                Diagnostic::new(
                    Code::KeysExclude,
                    place,
                    format!("a step is of one kind, and this one has `{kind}` and `{second}`"),
                )
                .also(first, format!("`{kind}` is here"))
                .help("make two steps of it, or remove one of the two; in a playbook that extends another, `~` removes"),
            );
        }
        let Some(node) = group.node(kind) else { return KindDocument::Broken };
        let named = |wrap: fn(Scalar) -> KindDocument| {
            node.as_scalar().cloned().map_or(KindDocument::Broken, wrap)
        };
        match *kind {
            "choose" => named(KindDocument::Choose),
            "write" => named(KindDocument::Write),
            "collect" => named(KindDocument::Collect),
            "send" => named(KindDocument::Send),
            "fill" => KindDocument::Fill(self.texts(group, "fill")),
            "decide" => self.decisions(group),
            _ => node
                .as_scalar()
                .and_then(|text| self.small(Code::BadSchedule, text, Schedule::parse))
                .map_or(KindDocument::Broken, KindDocument::Every),
        }
    }

    fn decisions(&mut self, group: &Group<'_>) -> KindDocument {
        let texts = self.texts(group, "decide");
        let place = group.key_span("decide").unwrap_or_default();
        if texts.is_empty() && group.node("decide").is_some() {
            self.push(
                Diagnostic::new(Code::EmptyText, place, "`decide` offers nothing to decide")
                    .help("write `decide: [again, use, stop]`"),
            );
        }
        let mut decisions = Vec::new();
        for text in &texts {
            let decision = match self.one_of(text, "decide", words_of(&STEP, "decide")) {
                Some(found) => match found.value {
                    "again" => Decision::Again,
                    "use" => Decision::Use,
                    _ => Decision::Stop,
                },
                None => continue,
            };
            if !decisions.contains(&decision) {
                decisions.push(decision);
            }
        }
        KindDocument::Decide(decisions)
    }
}
