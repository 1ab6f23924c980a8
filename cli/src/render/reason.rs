//! Why a task has its status, in a few words behind it.

use fortnight_engine::plan::Reason;
use fortnight_engine::playbook::Playbook;

use super::words::{inside, list};

/// The reason as it reads behind `waiting:` or `closed:`.
pub(crate) fn words(reason: &Reason, playbook: &Playbook) -> String {
    let title = |position: &usize| {
        let step = playbook.steps.get(*position);
        format!("\"{}\"", step.map_or("an earlier step", |step| step.title.as_str()))
    };
    match reason {
        Reason::Recorded => "you said so".to_owned(),
        Reason::Facts => "what is recorded says so".to_owned(),
        Reason::CycleOver => "its cycle is over".to_owned(),
        Reason::Ended(outcome) => {
            let known = playbook.outcome(outcome);
            let title = known.map_or_else(|| outcome.to_string(), |known| inside(&known.title));
            format!("recorded: {title}")
        }
        Reason::DoNotContact => "they do not want to be written to".to_owned(),
        Reason::Forgotten => "they were forgotten".to_owned(),
        Reason::NewerOccurrence => "a newer one took its place".to_owned(),
        Reason::DayOff => "it fell on a day off or away".to_owned(),
        Reason::OtherChoice(choice) => format!("this cycle compares something else: {choice}"),
        Reason::LaterCycle => "a later cycle has begun".to_owned(),
        Reason::Condition => "its condition does not hold".to_owned(),
        Reason::Need(step) => format!("{} comes first", title(step)),
        Reason::NotAccepted => "they have not accepted your request yet".to_owned(),
        Reason::Message(step) => format!("another message comes first: {}", title(step)),
        Reason::OtherPlan => "another plan writes to them first".to_owned(),
        Reason::NoDate => "its date is not known yet".to_owned(),
        Reason::Day => "its day has not come".to_owned(),
        Reason::Pace => "the list of today is full".to_owned(),
        Reason::MessageToday => {
            "they had a message already; the next one goes out another day".to_owned()
        }
        Reason::Postponed => "you moved it".to_owned(),
        Reason::Unsettled => "some people are still inside their reply window".to_owned(),
        Reason::Missing(names) if names.iter().all(|name| name.starts_with("times.")) => {
            "no two times are free".to_owned()
        }
        Reason::Missing(names) => format!("empty: {}", list(names)),
        Reason::Rules(breaches) => {
            breaches.iter().map(|breach| breach.message.clone()).collect::<Vec<_>>().join("; ")
        }
        Reason::TooLong => "with what is filled in, the text is too long".to_owned(),
        Reason::Ready => "nothing stands in its way".to_owned(),
    }
}
