//! A name out of its parts, which columns and cards hold in many ways.
//!
//! Knows given, middle and family names and what stands for them. It must not know where a part was
//! found.

use super::{Reason, cell::names_nobody};
use crate::{
    people::{Contact, fold, greeting::tidied, identity},
    words::Words,
};

/// What the columns of a row hold of a name.
#[derive(Debug, Default)]
pub(super) struct Parts<'c> {
    pub(super) first: &'c str,
    pub(super) middle: &'c str,
    pub(super) last: &'c str,
    pub(super) second_last: &'c str,
    pub(super) filed_as: &'c str,
    pub(super) shown_as: &'c str,
}

impl Parts<'_> {
    /// Takes out what stands for no name; `told` hears each.
    pub(super) fn clean(&mut self, told: &mut dyn FnMut(&str)) {
        let (first, last) = (self.first, self.last);
        for (part, beside) in [
            (&mut self.first, last),
            (&mut self.middle, first),
            (&mut self.last, first),
            (&mut self.second_last, first),
        ] {
            if names_nobody(part, beside) {
                told(part);
                *part = "";
            }
        }
        // `First name` may hold the family as well.
        if let Some(given) = given_of(self.first, self.last) {
            self.first = given;
        }
    }

    /// Names a contact that has no whole name yet, and says what is given and what is family.
    /// `verbatim` leaves the parts as they are.
    pub(super) fn put_together(self, contact: &mut Contact, verbatim: bool) {
        let last = [self.last, self.second_last].join(" ");
        let (first, last) = (Words::from_csv(self.first), Words::from_csv(last.trim()));
        let greeting =
            if verbatim { Some(first.clone()) } else { tidied(first.raw()).map(Words::new) };
        contact.set("first_name", greeting.unwrap_or_else(|| Words::new("")));
        // `Name` beside `First name` may hold both.
        let (last, both) = match family_of(last.raw(), first.raw()).filter(|_| !verbatim) {
            Some(family) => (Words::new(family), Some(last)),
            None => (last, None),
        };
        if contact.name.is_blank() {
            contact.name = both
                .or_else(|| whole_name(first.raw(), self.middle, last.raw()))
                .or_else(|| Some(Words::from_csv(self.filed_as)).filter(|name| !name.is_blank()))
                // A company's address is shown by the company's name.
                .or_else(|| {
                    let shown = Words::new(self.shown_as);
                    (contact.field("company") != Some(&shown)).then_some(shown)
                })
                .unwrap_or_else(|| Words::new(""));
        }
        contact.set("last_name", last);
    }
}

/// Why what stands for a name is none: nothing, a number, a line of dashes below a header, a mail
/// address.
pub(super) fn no_name(name: &str) -> Option<Reason> {
    if !name.chars().any(char::is_alphabetic) {
        Some(Reason::NoName)
    } else if identity::email_key(name).is_some() {
        Some(Reason::AddressForName)
    } else {
        None
    }
}

/// What stands before the family name in a name that is whole: `Ana` of `Ana Silva` and `Silva`.
fn given_of<'n>(name: &'n str, family: &str) -> Option<&'n str> {
    let (given, behind) = name.split_at_checked(name.len().checked_sub(family.len())?)?;
    let given = given.strip_suffix(' ').filter(|_| !family.is_empty())?;
    (fold(behind) == fold(family)).then(|| given.trim_end()).filter(|given| !given.is_empty())
}

/// What follows the given name in a name that is whole: `Silva` of `Ana Silva` and `Ana`.
fn family_of<'n>(name: &'n str, given: &str) -> Option<&'n str> {
    let (front, family) = name.split_at_checked(given.len())?;
    let family = family.strip_prefix(' ').filter(|_| !given.is_empty())?;
    (fold(front) == fold(given)).then(|| family.trim_start())
}

/// The whole name of its parts; East Asian names have the family in front and no space.
pub(super) fn whole_name(first: &str, middle: &str, last: &str) -> Option<Words> {
    let east_asian = |text: &str| {
        !text.is_empty()
            && text.chars().all(|character| {
                matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
            })
    };
    let name = if east_asian(first) && east_asian(last) {
        format!("{last}{first}")
    } else {
        let parts: Vec<&str> =
            [first, middle, last].into_iter().filter(|p| !p.is_empty()).collect();
        parts.join(" ")
    };
    (!name.is_empty()).then(|| Words::new(name))
}
