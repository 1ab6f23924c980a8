//! Fields of people and companies: which there are, and what each of them takes.

use super::check_value;
use crate::calendar::zone;
use crate::people::{Kind, STANDARD_FIELDS, identity, read_date};
use crate::plan::progress::declared_fields;
use crate::plan::rejection::Rejection;
use crate::playbook::{Id, Playbook};
use crate::words::Words;

/// The standard fields that mean something for a company.
const OF_COMPANIES: &[&str] = &["name", "profile", "note"];

/// The names of the fields that a person or company may have: the standard ones, then the
/// playbook's.
pub fn field_names(playbook: &Playbook, kind: Kind) -> Vec<Id> {
    let standard = match kind {
        Kind::Person => STANDARD_FIELDS,
        Kind::Company => OF_COMPANIES,
    };
    let declared = declared_fields(playbook, kind).iter().map(|field| field.id.clone());
    standard.iter().map(|name| Id::from(*name)).chain(declared).collect()
}

/// The value of a field as it is stored: dates in ISO form. A blank one empties the field.
///
/// # Errors
///
/// A [`Rejection`] where there is no such field or it takes something else.
pub fn check_entry_field(
    playbook: &Playbook,
    kind: Kind,
    name: &str,
    value: &Words,
) -> Result<Words, Rejection> {
    let known = field_names(playbook, kind);
    if !known.iter().any(|known| &**known == name) {
        return Err(Rejection::UnknownField { field: name.to_owned(), known });
    }
    let text = value.raw().trim();
    let stored = Words::new(text);
    let bad = |wanted: &str| {
        let wanted = wanted.to_owned();
        Err(Rejection::BadValue { field: Id::from(name), value: value.clone(), wanted })
    };
    if text.is_empty() {
        return if name == "name" { bad("a name") } else { Ok(stored) };
    }
    if let Some(field) = declared_fields(playbook, kind).iter().find(|field| &*field.id == name) {
        return check_value(field, &stored).map(|()| stored);
    }
    match name {
        "email" if stored.mail_address().is_none() => bad("a mail address"),
        "other_emails"
            if text.split_whitespace().any(|one| Words::new(one).mail_address().is_none()) =>
        {
            bad("mail addresses with spaces between them")
        }
        "profile" if identity::profile_key(text).is_none() && stored.web_address().is_none() => {
            bad("a web address")
        }
        "zone" => match zone(text) {
            Ok(known) => Ok(Words::new(known.iana_name().unwrap_or(text))),
            Err(flaw) => {
                let near = flaw.helps.first().map(|help| format!(" ({help})"));
                bad(&format!("a time zone, such as Europe/Paris{}", near.unwrap_or_default()))
            }
        },
        "knows_me" if !["yes", "no"].contains(&text) => bad("yes or no"),
        "connected_on" => match read_date(text) {
            Some(day) => Ok(Words::new(day.to_string())),
            None => bad("a day, such as 2026-03-12"),
        },
        _ => Ok(stored),
    }
}
