//! Whom a referral is to: somebody known, said by number or name, or somebody new.
//!
//! Knows how people are named. It must not record anything.

use fortnight_engine::notebook::{OpenPlan, Referral};
use fortnight_engine::people::{Book, Entry, EntryId, Kind, Match};
use fortnight_engine::playbook::{FieldKind, Outcome};
use fortnight_engine::words::Words;

use super::form::Details;
use crate::desk::{Desk, plain};
use crate::failure::CliError;
use crate::naming;
use crate::render::words::place_of_work;

/// Whom it is to, as far as that is known before it is recorded.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    /// The one of those known.
    pub(super) is: Option<EntryId>,
    /// Who else it might have been, in a sentence, where somebody new comes out of it.
    pub(super) near: Option<String>,
}

/// Finds the person among those known: `@dana` is one of them, a name that fits several is asked
/// about, and one that only resembles somebody's is pointed out (L2, R22).
pub(super) fn resolve(
    desk: &Desk,
    open: &OpenPlan,
    who: &str,
    outcome: &Outcome,
    details: &mut Details,
) -> Result<Resolved, CliError> {
    let field = outcome.fields.iter().find(|field| field.kind == FieldKind::Text);
    let Some((id, given)) =
        field.and_then(|field| Some((&field.id, details.fields.get(&field.id)?)))
    else {
        return Ok(Resolved::default());
    };
    let everybody = desk.notebook.everybody().map_err(plain)?;
    if naming::is_person(given.raw().trim()) {
        let named = naming::person(desk, open, given.raw().trim())?;
        let Some(known) = everybody.get(named).filter(|known| known.kind == Kind::Person) else {
            return Err(CliError::refused(format!("{} is no person.", given.terminal())));
        };
        let company = known.field("company");
        let company = company.map(|company| format!(", {}", company.raw())).unwrap_or_default();
        let words = Words::new(format!("{}{company}", known.name.raw()));
        details.fields.insert(id.clone(), words);
        return Ok(Resolved { is: Some(named), near: None });
    }
    let is_person = |entry: &Entry| entry.kind == Kind::Person;
    if given.mail_address().is_some() || given.web_address().is_some() {
        // S5: whoever is known by an address is not somebody new who goes by it.
        return match everybody.find_among(given.raw().trim(), is_person) {
            Match::One(one) => Ok(Resolved { is: Some(one), near: None }),
            Match::Several(_) | Match::None { .. } => Err(CliError::refused_with(
                format!("Nobody is known by `{}`: how are they called?", given.terminal()),
                format!("fortnight {who} {} \"NAME <{}>\"", outcome.id, given.terminal()),
            )),
        };
    }
    let Some(referral) = Referral::read(given.raw()) else { return Ok(Resolved::default()) };
    let fitting: Vec<EntryId> =
        everybody.people().filter(|entry| referral.fits(entry)).map(|entry| entry.id).collect();
    match fitting[..] {
        [one] => Ok(Resolved { is: Some(one), near: None }),
        [] => Ok(Resolved { is: None, near: near(&everybody, who, outcome, &referral) }),
        [..] => naming::one_of(&referral.name, Match::Several(fitting), &everybody)
            .map(|one| Resolved { is: Some(one), near: None }),
    }
}

/// Somebody known whose name is like it.
fn near(book: &Book, who: &str, outcome: &Outcome, referral: &Referral) -> Option<String> {
    let is_person = |entry: &Entry| entry.kind == Kind::Person;
    let found = match book.find_among(&referral.name, is_person) {
        Match::One(one) => one,
        Match::Several(several) => *several.first()?,
        Match::None { .. } => return None,
    };
    let known = book.get(found)?;
    let work = place_of_work(known);
    let work = if work.is_empty() { work } else { format!(", {work}") };
    let silent = if known.do_not_contact { ", who does not want to be written to" } else { "" };
    Some(format!(
        "You know {}{work} already{silent}. If that is who is meant: fortnight undo, then fortnight {who} {} @{found}",
        known.name.terminal(),
        outcome.id
    ))
}
