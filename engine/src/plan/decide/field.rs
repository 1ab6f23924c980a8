//! Fields of people and companies: which there are, and what each of them takes.

use super::check_value;
use crate::calendar::zone;
use crate::people::{Kind, STANDARD_FIELDS, fold, identity, read_date, says_no, says_yes};
use crate::plan::progress::declared_fields;
use crate::plan::rejection::Rejection;
use crate::playbook::{FieldKind, Id, Playbook};
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

/// As [`check_entry_field`], for what a sheet says: `Yes` and `x` are a yes, `2,5` is a number, `Very
/// High` is the choice `very-high`, an address may lack its `https://`, and a day is put in ISO form.
///
/// # Errors
///
/// As [`check_entry_field`].
pub fn read_entry_field(
    playbook: &Playbook,
    kind: Kind,
    name: &str,
    value: &Words,
) -> Result<Words, Rejection> {
    let declared = declared_fields(playbook, kind).iter().find(|field| &*field.id == name);
    let checked = check_entry_field(playbook, kind, name, value).map(|stored| {
        let day = declared.filter(|field| field.kind == FieldKind::Date);
        let day = day.and_then(|_| read_date(stored.raw()));
        day.map_or(stored, |day| day.to_string().into())
    });
    checked.or_else(|refused| match declared.and_then(|field| meant(&field.kind, value)) {
        Some(meant) => check_entry_field(playbook, kind, name, &meant).map_err(|_other| refused),
        None => Err(refused),
    })
}

/// What somebody meant who wrote something else than a field takes.
fn meant(kind: &FieldKind, value: &Words) -> Option<Words> {
    let text = value.raw().trim();
    match kind {
        FieldKind::YesNo if says_yes(value) => Some("yes".into()),
        FieldKind::YesNo if says_no(value) => Some("no".into()),
        FieldKind::Number => {
            // 1,200 may be a thousand and 1,2 may not.
            let (whole, part) = text.split_once(',')?;
            (part.len() != 3).then(|| format!("{whole}.{part}").into())
        }
        FieldKind::OneOf(words) => {
            let plain = |text: &str| fold(text).replace([' ', '_'], "-");
            let said = plain(text);
            let word = words.iter().find(|word| plain(word) == said)?;
            Some((&**word).into())
        }
        FieldKind::Url => Some(format!("https://{text}").into()),
        FieldKind::Text
        | FieldKind::Date
        | FieldKind::Datetime
        | FieldKind::YesNo
        | FieldKind::Email => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldKind, meant};

    #[track_caller]
    fn check(kind: &FieldKind, value: &str, expected: Option<&str>) {
        let found = meant(kind, &value.into());
        assert_eq!(found.as_ref().map(crate::words::Words::raw), expected, "{value}");
    }

    #[test]
    fn what_a_sheet_says_is_put_as_the_field_takes_it() {
        check(&FieldKind::YesNo, "X", Some("yes"));
        check(&FieldKind::YesNo, "Nein", Some("no"));
        check(&FieldKind::YesNo, "perhaps", None);
        check(&FieldKind::Number, "2,5", Some("2.5"));
        check(&FieldKind::Number, "1,200", None);
        let levels = FieldKind::OneOf(vec!["very-high".into(), "low".into()]);
        check(&levels, "Very High", Some("very-high"));
        check(&levels, "middle", None);
        check(&FieldKind::Url, "northwind.example/a", Some("https://northwind.example/a"));
        check(&FieldKind::Date, "soon", None);
    }
}
