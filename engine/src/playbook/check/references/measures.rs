//! What measures count: steps, steps that became due, outcomes.

use super::{Follower, MetricLinks};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::document::{EventDocument, clipped};
use crate::playbook::{Event, Id};

impl Follower<'_, '_, '_> {
    pub(super) fn metrics(&mut self) {
        let document = self.document;
        for metric in &document.metrics {
            let out_of = metric.out_of.as_ref().and_then(|event| self.event(event));
            let count = metric.count.as_ref().and_then(|event| self.event(event));
            let within_of = metric.within.as_ref().and_then(|within| within.of.as_ref());
            let within_of = within_of.and_then(|name| {
                let id = metric.id.text();
                self.step_named(name, |name| {
                    format!("the window of `{id}` counts from `{name}`, and no step has this id")
                })
            });
            self.links.metrics.push(MetricLinks { out_of, count, within_of });
        }
        for name in [&document.cycle.decided_by, &document.cycle.fairness].into_iter().flatten() {
            if !self.index.metrics.contains_key(name.text()) {
                let names = self.index.candidates(self.index.metrics.keys());
                let message = format!("there is no measure `{}`", clipped(name.text()));
                self.unknown(
                    Code::UnknownMetric,
                    name,
                    message,
                    &names,
                    "declare it under `metrics:`",
                );
            }
        }
    }

    fn event(&mut self, event: &EventDocument) -> Option<Event> {
        let name = event.name.text();
        if let Some(at) = self.index.steps.get(name) {
            return Some(if event.due { Event::Due(*at) } else { Event::Done(*at) });
        }
        if self.index.outcomes.contains_key(name) {
            if !event.due {
                return Some(Event::Outcome(Id::from(name)));
            }
            let mut place = event.name.span();
            place.end += ".due".len();
            let finding = Diagnostic::new(
                Code::UnknownEvent,
                place,
                format!("`{name}` is an outcome, and outcomes do not become due"),
            )
            .help(format!("write `{name}`"));
            self.reading.push(finding);
            return None;
        }
        let mut names = self.index.candidates(self.index.steps.keys());
        if !event.due {
            names.extend(self.index.candidates(self.index.outcomes.keys()));
        }
        let message = format!(
            "`{}` is neither a step nor an outcome, so nothing can be counted",
            clipped(name)
        );
        self.unknown(
            Code::UnknownEvent,
            &event.name,
            message,
            &names,
            "write a step, `STEP.due`, or an outcome",
        );
        None
    }
}
