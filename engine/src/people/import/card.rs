//! vCard 2.1, 3.0 and 4.0, read by `calcard` one card at a time.
//!
//! Knows which properties of a card are fields. Cards are cut here first, so that a broken one
//! costs itself only and has a line.

use calcard::{
    Entry as Item, Parser,
    vcard::{VCard, VCardEntry, VCardKind, VCardProperty, VCardValue},
};

use super::{
    Format, LONGEST_CELL, MOST_CONTACTS, Reading, Reason, Refusal, lines,
    names::{no_name, whole_name},
};
use crate::{
    people::{Contact, Kind, greeting::tidied, identity},
    words::Words,
};

/// What the names of our own properties begin with.
const OWN: &str = "X-FORTNIGHT-";

/// The program (`PRODID`) of the cards that `people export` writes.
pub const OWN_CARD: &str = "-//Fortnight//Fortnight//EN";

/// True where the first line with anything on it begins a card.
pub(super) fn begins_with_card(text: &str) -> bool {
    let mut lines = text.split(['\n', '\r']);
    lines.find(|line| !line.trim().is_empty()).is_some_and(|line| is_mark(line, "BEGIN"))
}

fn is_mark(line: &str, mark: &str) -> bool {
    line.trim().split_once(':').is_some_and(|(name, value)| {
        name.trim().eq_ignore_ascii_case(mark) && value.trim().eq_ignore_ascii_case("VCARD")
    })
}

/// `told` hears how far in the text the cards are that are read.
pub(super) fn read(
    text: &str,
    asked: &[&str],
    told: &mut dyn FnMut(usize),
) -> Result<Reading, Refusal> {
    /// Seldom enough to cost nothing, often enough to be seen.
    const NOW_AND_THEN: usize = 10_000;
    // Old programs end lines with a carriage return alone.
    let ended = if text.contains('\n') { None } else { Some(text.replace('\r', "\n")) };
    let text = ended.as_deref().unwrap_or(text);
    let mut reading = Reading::new(Format::VCard);
    let mut begun: Option<(usize, usize)> = None;
    let (mut at, mut found) = (0, 0_usize);
    let mut finish = |reading: &mut Reading, line: usize, card: &str| {
        found += 1;
        match contact(line, card, asked) {
            Ok(contact) => reading.contacts.push(contact),
            Err(reason) => reading.refuse_row(line, reason, card),
        }
        if found > MOST_CONTACTS { Err(Refusal::TooManyRows) } else { Ok(()) }
    };
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let after = at + line.len();
        if number % NOW_AND_THEN == 0 {
            told(after);
        }
        if is_mark(line, "BEGIN") {
            // A card that never ends gives way to the next one.
            if let Some((line, start)) = begun {
                finish(&mut reading, line, &text[start..at])?;
            }
            begun = Some((number, at));
        } else if is_mark(line, "END")
            && let Some((line, start)) = begun.take()
        {
            finish(&mut reading, line, &text[start..after])?;
        }
        at = after;
    }
    if let Some((line, start)) = begun {
        finish(&mut reading, line, &text[start..])?;
    }
    if found == 0 {
        return Err(Refusal::NoCards);
    }
    reading.notes.extend(not_asked(text, asked));
    Ok(reading)
}

fn contact(line: usize, card: &str, asked: &[&str]) -> Result<Contact, Reason> {
    let card = lines::prepared(card)?;
    let Item::VCard(card) = Parser::new(&card).entry() else { return Err(Reason::BrokenCard) };
    if is_no_person(&card) {
        return Err(Reason::NoPerson);
    }
    let mut contact = Contact::new(line, "");
    if is_company(&card) {
        contact.kind = Kind::Company;
    }
    let names = card.property(&VCardProperty::N).map(parts).unwrap_or_default();
    let part = |at: usize| names.get(at).map_or("", |part| part.trim());
    contact = contact.with("first_name", tidied(part(1)).unwrap_or_default());
    contact = contact.with("last_name", part(0));
    let whole = card.property(&VCardProperty::Fn).and_then(|entry| parts(entry).into_iter().next());
    let whole = whole.map(Words::new).filter(|name| !name.is_blank());
    contact.name = whole
        .or_else(|| whole_name(part(1), part(2), part(0)))
        .map_or_else(|| Words::new(""), |name| Words::new(name.raw().trim()));
    let first = |property: &VCardProperty| {
        card.property(property).and_then(|entry| parts(entry).into_iter().next())
    };
    for (field, property) in [
        ("company", VCardProperty::Org),
        ("position", VCardProperty::Title),
        ("note", VCardProperty::Note),
    ] {
        // A company's card names the company twice.
        let told = contact.kind == Kind::Company && property == VCardProperty::Org;
        if let Some(value) = first(&property).filter(|_| !told) {
            contact = contact.with(field, value.trim());
        }
    }
    if contact.field("position").is_none()
        && let Some(role) = first(&VCardProperty::Role)
    {
        contact = contact.with("position", role.trim());
    }
    if let Some(profile) = profile(&card) {
        contact = contact.with("profile", profile);
    }
    let says_yes = |name: &str| {
        let said = card.entries.iter().filter(|entry| is_other(entry, name));
        said.flat_map(parts).any(|value| value.trim().eq_ignore_ascii_case("yes"))
    };
    contact.do_not_contact = says_yes("X-FORTNIGHT-DO-NOT-CONTACT");
    contact.knows_me = says_yes("X-FORTNIGHT-KNOWS-ME");
    add_own(&mut contact, &card, asked);
    add_emails(&mut contact, &card);
    // Whoever was exported has a name, whatever it looks like.
    let is_own = first(&VCardProperty::Prodid).is_some_and(|program| program == OWN_CARD);
    match no_name(contact.name.raw()) {
        Some(reason) if !is_own || contact.name.is_blank() => return Err(reason),
        Some(_) | None => {}
    }
    let long = |words: &Words| words.raw().len() > LONGEST_CELL;
    if long(&contact.name) || contact.fields().any(|(_, value)| long(value)) {
        return Err(Reason::LongCell);
    }
    Ok(contact)
}

/// The values of a property as texts, one for each component.
fn parts(entry: &VCardEntry) -> Vec<String> {
    entry
        .values
        .iter()
        .map(|value| {
            if let VCardValue::Component(several) = value {
                return several.join(" ");
            }
            value.as_text().unwrap_or_default().to_owned()
        })
        .collect()
}

/// Fields that an export wrote and this playbook does not have.
fn not_asked(text: &str, asked: &[&str]) -> Option<String> {
    const MOST: usize = 4;
    let mut others: Vec<String> = Vec::new();
    for line in text.lines() {
        let prefix = line.get(..OWN.len()).filter(|start| start.eq_ignore_ascii_case(OWN));
        let Some((name, _)) = prefix.and_then(|_| line.get(OWN.len()..)?.split_once(':')) else {
            continue;
        };
        let name = name.to_ascii_lowercase();
        let flags = ["knows-me", "do-not-contact"];
        let known = flags.contains(&name.as_str()) || own_field(&name, asked).is_some();
        if !known && !others.contains(&name) && others.len() < MOST {
            others.push(name);
        }
    }
    let others: Vec<String> =
        others.iter().map(|name| Words::new(name.as_str()).terminal()).collect();
    (!others.is_empty())
        .then(|| format!("Not read, for this playbook has no such fields: {}.", others.join(", ")))
}

/// The field that an export wrote under a name of our own.
fn own_field<'a>(name: &str, asked: &[&'a str]) -> Option<&'a str> {
    let mut known = asked.iter().copied().chain(["connected_on", "first_name"]);
    known.find(|field| field.replace('_', "-").eq_ignore_ascii_case(name))
}

/// What an export wrote of fields that cards have no place for: `X-FORTNIGHT-CONTEXT`.
fn add_own(contact: &mut Contact, card: &VCard, asked: &[&str]) {
    for entry in &card.entries {
        let VCardProperty::Other(name) = &entry.name else { continue };
        let name = name.to_ascii_lowercase();
        let own = name.strip_prefix(&OWN.to_ascii_lowercase());
        let field = own.and_then(|name| own_field(name, asked));
        if let (Some(field), Some(value)) = (field, parts(entry).into_iter().next()) {
            contact.set(field, Words::new(value.trim()));
        }
    }
}

/// The preferred address first, the others for recognising.
fn add_emails(contact: &mut Contact, card: &VCard) {
    let mut entries: Vec<&VCardEntry> =
        card.entries.iter().filter(|entry| entry.name == VCardProperty::Email).collect();
    entries.sort_by_key(|entry| preference(entry));
    for address in entries.into_iter().flat_map(parts) {
        let address = address.trim();
        let address = address.strip_prefix("mailto:").unwrap_or(address);
        if address.contains('@') {
            contact.add_email(Words::new(address));
        }
    }
}

/// How early an address comes: `PREF=1` to `PREF=100` in 4.0; `TYPE=PREF` in 3.0 and `PREF` alone in
/// 2.1 are the first; the others come last.
fn preference(entry: &VCardEntry) -> u32 {
    const LAST: u32 = u32::MAX;
    let level = entry.params.iter().map(|parameter| {
        let value = &parameter.value;
        let is_pref = |text: &str| text.eq_ignore_ascii_case("PREF");
        if is_pref(parameter.name.as_str()) {
            value.as_integer().and_then(|level| level.iana().copied()).unwrap_or(1)
        } else if value.as_text().is_some_and(is_pref) {
            1
        } else {
            LAST
        }
    });
    level.min().unwrap_or(LAST)
}

/// The address of a profile among the links of a card; Apple and Android have names of their own.
fn profile(card: &VCard) -> Option<String> {
    let links = card.entries.iter().filter(|entry| {
        let known = [VCardProperty::Url, VCardProperty::Socialprofile].contains(&entry.name);
        known || is_other(entry, "X-SOCIALPROFILE")
    });
    let mut found = links.flat_map(|link| {
        let linkedin = is_linkedin(link);
        parts(link).into_iter().map(move |value| (linkedin, value.trim().to_owned()))
    });
    found.find_map(|(linkedin, value)| {
        // Some programs keep the name of the page only.
        let name = value.rsplit(':').next().unwrap_or_default();
        let bare = !name.is_empty() && !name.contains(['/', '.', ' ', '@']);
        if identity::is_profile(&value) {
            Some(value)
        } else if linkedin && bare {
            Some(format!("https://www.linkedin.com/in/{name}"))
        } else {
            None
        }
    })
}

/// True for a page whose parameters say that it is on LinkedIn.
fn is_linkedin(entry: &VCardEntry) -> bool {
    let mut values = entry.params.iter().filter_map(|parameter| parameter.value.as_text());
    values.any(|value| value.eq_ignore_ascii_case("linkedin"))
}

/// True for a list of people, a place, a program or a thing.
fn is_no_person(card: &VCard) -> bool {
    card.entries.iter().any(|entry| {
        let of_nobody = |value: &VCardValue| {
            let somebody = [VCardKind::Individual, VCardKind::Org].map(VCardValue::Kind);
            matches!(value, VCardValue::Kind(_)) && !somebody.contains(value)
        };
        let kind = entry.values.iter().any(of_nobody);
        let listed = || parts(entry).iter().any(|value| value.trim().eq_ignore_ascii_case("group"));
        (entry.name == VCardProperty::Kind && kind)
            || (is_other(entry, "X-ADDRESSBOOKSERVER-KIND") && listed())
    })
}

fn is_company(card: &VCard) -> bool {
    card.entries.iter().any(|entry| {
        let organisation =
            entry.values.iter().any(|value| matches!(value, VCardValue::Kind(VCardKind::Org)));
        let shown_so =
            || parts(entry).iter().any(|value| value.trim().eq_ignore_ascii_case("COMPANY"));
        (entry.name == VCardProperty::Kind && organisation)
            || (is_other(entry, "X-ABSHOWAS") && shown_so())
    })
}

/// True for a property that programs made up.
fn is_other(entry: &VCardEntry, name: &str) -> bool {
    matches!(&entry.name, VCardProperty::Other(other) if other.eq_ignore_ascii_case(name))
}
