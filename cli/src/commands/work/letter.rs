//! A message on the screen: the question before it, its text, and its way out.

use fortnight_engine::calendar::show_day;
use fortnight_engine::plan::{self, Composed, Hindrance, Place, Rejection};
use fortnight_engine::playbook::Id;
use fortnight_engine::words::Words;
use jiff::civil::Date;

use super::answer::Key;
use super::turn::{At, act, ask, replied};
use super::{Sitting, Turn, form, page};
use crate::commands::show;
use crate::failure::CliError;
use crate::render::{COLUMNS, rejection, width};
use crate::session::Session;
use crate::ways;

/// A message: whether it is still wanted (S3), what it lacks (M2), its text and where it goes.
pub(super) fn take(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    message: &Id,
) -> Result<Turn, CliError> {
    let situation = at.situation();
    let Some(place) = show::place_of(&situation, &at.task.key) else { return Ok(Turn::Next) };
    if let Some(since) = unanswered_since(&situation, place)
        && !sitting.unanswered.contains(&at.task.key)
        && let Some(turn) = has_answered(session, at, sitting, since)?
    {
        return Ok(turn);
    }
    page::guide(session, &situation, sitting, at.task)?;
    match plan::compose(&situation, place, message, None) {
        Err(Hindrance::Missing(names)) => form::missing(session, at, sitting, &names),
        Err(hindrance) => {
            let name = at.entry().map_or_else(|| Words::new("nobody"), |known| known.name.clone());
            let said =
                rejection::words(&Rejection::NotReady { name, hindrance }, situation.playbook);
            session.say(&width::wrap(&said.sentence, COLUMNS).join("\n"))?;
            ask(session, at, sitting, &[Key::Later, Key::Skip, Key::Next], &mut |_, _, _| Ok(None))
        }
        Ok(composed) => ready(session, at, sitting, message, composed),
    }
}

/// The day of the last message that was not answered.
fn unanswered_since<'a>(situation: &plan::Situation<'a>, place: Place<'a>) -> Option<Date> {
    let entry = place.entry()?;
    let (on, _) = place.cycle.sent_to(entry).pop()?;
    let replied = place
        .cycle
        .happenings
        .get(&entry)
        .and_then(|happenings| happenings.reply(situation.playbook, situation.today()));
    replied.is_none().then_some(on)
}

/// S3: a follow-up is for somebody who has not answered; only the seeker can know.
fn has_answered(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    since: Date,
) -> Result<Option<Turn>, CliError> {
    let first = at.entry().and_then(|entry| entry.field("first_name"));
    let first = first.map_or_else(|| "this person".to_owned(), |name| name.terminal());
    let question = format!(
        "Has {first} answered since {}?   [y] yes, record it   [n] no, show the text\n>",
        show_day(since)
    );
    loop {
        let Some(typed) = session.line(&question)? else { return Ok(Some(Turn::Quit)) };
        let (word, rest) = typed.split_once(' ').unwrap_or((&typed, ""));
        match word.to_lowercase().as_str() {
            "y" | "yes" => {
                if let Some(turn) = replied(session, at, rest)? {
                    sitting.recorded += usize::from(turn == Turn::Look);
                    return Ok(Some(turn));
                }
            }
            "n" | "no" => {
                sitting.unanswered.insert(at.task.key.clone());
                return Ok(None);
            }
            "q" | "quit" => return Ok(Some(Turn::Quit)),
            _ => session.say("Type y or n and Enter; q is enough for now.")?,
        }
    }
}

/// A text that can go out, or could with a change.
fn ready(
    session: &mut Session<'_>,
    at: &At<'_>,
    sitting: &mut Sitting,
    message: &Id,
    composed: Composed,
) -> Result<Turn, CliError> {
    let situation = at.situation();
    let Composed { mut draft, broken } = composed;
    let mut own = sitting.edited.get(&at.task.key).cloned();
    if let Some(text) = &own {
        draft.text = Words::new(text.as_str());
        draft.advice = Vec::new();
        draft.repeats = None;
    }
    session.print(&format!("\n{}", show::letter(&situation, &draft)))?;
    for breach in broken.iter().filter(|_| own.is_none()) {
        let said = format!("The text is not ready: {}. Change it: e", breach.message);
        session.say(&format!("\n{}", width::wrap(&said, COLUMNS).join("\n")))?;
    }
    let mut text = draft.text.clone();
    let mut offered = vec![Key::Copy];
    let page = ways::page(at.entry()).ok();
    offered.extend(page.as_ref().map(|_| Key::Open));
    let sent = if draft.channel.sends() { Key::Sent } else { Key::Done };
    offered.extend([Key::Edit, sent, Key::Replied, Key::Later, Key::Skip, Key::Next]);
    let mut changed = None;
    let turn = ask(session, at, sitting, &offered, &mut |session, key, rest| match key {
        Key::Copy => ways::copy(session, at.entry(), &text).map(|()| None),
        Key::Open => match &page {
            Some(page) => ways::open(session, page).map(|_| None),
            None => Ok(None),
        },
        Key::Edit => {
            match ways::edit(session, text.raw()) {
                Ok(Some(edited)) => {
                    text = Words::new(edited.as_str());
                    own = Some(edited);
                    changed.clone_from(&own);
                    as_changed(session, at, message, &text)?;
                }
                Ok(None) => {}
                Err(error) => session.refuse(&error),
            }
            Ok(None)
        }
        // Another channel may have no such rule; what is said of it is judged there.
        Key::Sent | Key::Done if own.is_none() && !broken.is_empty() && !rest.is_empty() => {
            let via = format!("--via={rest}");
            Ok(act(session, &["done", &at.name(), &via])?.then_some(Turn::Look))
        }
        Key::Sent | Key::Done if own.is_none() && !broken.is_empty() => {
            session.say("It breaks a rule as it stands. If you sent other words, change it: e")?;
            Ok(None)
        }
        Key::Sent | Key::Done => {
            // Exactly the words on the screen are what was sent (M5).
            let text = format!("--text={}", text.raw());
            let via = format!("--via={rest}");
            let (name, mut words) = (at.name(), vec!["done"]);
            words.extend([name.as_str(), text.as_str()]);
            if !rest.is_empty() {
                words.push(&via);
            }
            Ok(act(session, &words)?.then_some(Turn::Look))
        }
        Key::Replied | Key::Later | Key::Skip | Key::Next | Key::Undo | Key::Quit => Ok(None),
    })?;
    if let Some(changed) = changed {
        sitting.edited.insert(at.task.key.clone(), changed);
    }
    Ok(turn)
}

/// The text as it was changed, with a word about it (M3, M4).
fn as_changed(
    session: &mut Session<'_>,
    at: &At<'_>,
    message: &Id,
    text: &Words,
) -> Result<(), CliError> {
    let situation = at.situation();
    session.say("")?;
    for line in width::wrap(&text.letter(), COLUMNS - 2) {
        session.print(&format!("{}\n", format!("  {line}").trim_end()))?;
    }
    let Some(place) = show::place_of(&situation, &at.task.key) else { return Ok(()) };
    let judged = plan::judge(&situation, place, message, text.raw(), None);
    let said: Vec<String> = judged.into_iter().map(|breach| breach.message).collect();
    if !said.is_empty() {
        let said = format!("A word about it: {}.", said.join("; "));
        session.say(&format!("\n{}", width::wrap(&said, COLUMNS).join("\n")))?;
    }
    session.say("")
}
