//! `fortnight ana promised "an intro"`: what two people did for each other.

use fortnight_engine::calendar::{Lean, parse_moment, show_day, show_day_with_year};
use fortnight_engine::people::{EntryId, Favour, FavourKind};
use fortnight_engine::plan::{Owed, owed};
use fortnight_engine::words::Words;

use super::{form, said, these};
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::words::{list, quoted};
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// Writes it down, of everybody named or of nobody.
pub(super) fn run(
    session: &mut Session<'_>,
    people: &[EntryId],
    kind: FavourKind,
    words: &[String],
    on: Option<&str>,
) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(people)?;
    let today = desk.today(&open);
    let (what, day) = match (words, kind) {
        // Thanks need no words: one word alone may be the day.
        ([day], FavourKind::Thanked) if parse_moment(day, today, Lean::Past).is_ok() => ("", words),
        ([what, day @ ..], _) => (what.as_str(), day),
        ([], FavourKind::Thanked) => ("", words),
        ([], _) => {
            let who = said::names(people, &open);
            return Err(CliError::refused_with(
                format!("What is it that {}?", words_for(kind)),
                format!("fortnight {who} {} \"feedback on the portfolio\"", kind.as_str()),
            ));
        }
    };
    let day = day.join(" ");
    let read = |text: &str| {
        let moment = parse_moment(text, today, Lean::Past);
        moment.map(|(day, _)| day).map_err(|flaw| CliError::flawed(text, flaw))
    };
    let on = match (on, day.as_str()) {
        (None, "") => today,
        (None, day) => read(day)?,
        (Some(on), "") => read(on)?,
        (Some(on), day) if read(on)? == read(day)? => read(on)?,
        (Some(on), day) => return Err(form::twice(on, day)),
    };
    let favour = Favour { on, kind, what: Words::new(what) };
    let written = desk.record(session, "record", people, false, |work| {
        people.iter().try_fold(false, |new, person| Ok(work.favour(*person, &favour)? || new))
    })?;
    if !written.value {
        session.tell("Recorded already; nothing changed.")?;
        return Ok(Status::Done);
    }
    let who = these(&open, people);
    let day = if on.year() == today.year() { show_day(on) } else { show_day_with_year(on) };
    session.tell(&format!("{who}: {}, {day}.", said_of(&favour)))?;
    match kind {
        FavourKind::Promised => {
            session
                .say(&format!("Once you have: fortnight {} gave …", said::names(people, &open)))?;
        }
        FavourKind::Gave => still_promised(session, &desk, people)?,
        FavourKind::Offered | FavourKind::Got | FavourKind::Thanked => {}
    }
    Ok(Status::Done)
}

/// What was given keeps the promise of the same words; what is promised still is said, for it may
/// have been meant.
fn still_promised(
    session: &mut Session<'_>,
    desk: &Desk,
    people: &[EntryId],
) -> Result<(), CliError> {
    let open = desk.open(people)?;
    let situation = open.situation(desk.instant);
    for person in people {
        let promises: Vec<String> = owed(&situation, *person)
            .into_iter()
            .filter_map(|owed| {
                let Owed::Promise { what, .. } = owed else { return None };
                Some(quoted(what.raw()))
            })
            .collect();
        let Some(first) = promises.first() else { continue };
        let who = said::names(&[*person], &open);
        let said = format!(
            "Promised still: {}. If it was that: fortnight undo, then fortnight {who} gave {first}",
            list(&promises)
        );
        session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
    }
    Ok(())
}

/// The favour in a sentence about the person: `you promised an intro`.
pub(crate) fn said_of(favour: &Favour) -> String {
    let (kind, what) = (words_for(favour.kind), favour.what.terminal());
    match favour.kind {
        _ if what.is_empty() => kind.to_owned(),
        FavourKind::Thanked => format!("{kind} for {what}"),
        FavourKind::Offered | FavourKind::Promised | FavourKind::Gave | FavourKind::Got => {
            format!("{kind} {what}")
        }
    }
}

/// The kind in a sentence about the person.
pub(crate) fn words_for(kind: FavourKind) -> &'static str {
    match kind {
        FavourKind::Offered => "you offered",
        FavourKind::Promised => "you promised",
        FavourKind::Gave => "you gave",
        FavourKind::Got => "you got",
        FavourKind::Thanked => "you said thanks",
    }
}
