//! Entries and changes of entries: from and to their forms.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use super::{Coded, corrupt, from_json, newer, to_json};
use crate::people::{Change, Entry, EntryId, Favour, FavourKind, Fields, Kind};
use crate::store::StoreError;
use crate::words::Words;

/// The newest version of every form here.
const VERSION: u32 = 1;

const FIELD_SET: &str = "field_set";
const DO_NOT_CONTACT: &str = "do_not_contact";
const COMPANY_LINKED: &str = "company_linked";
const INTRODUCED: &str = "introduced";
const FAVOUR: &str = "favour";
pub(in crate::store) const FORGOTTEN: &str = "forgotten";

pub(in crate::store) const PERSON: &str = "person";
pub(in crate::store) const COMPANY: &str = "company";

/// An entry written down. `name` and `fields` are all that says who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct CodedEntry<'e> {
    pub(in crate::store) id: EntryId,
    pub(in crate::store) kind: Cow<'e, str>,
    pub(in crate::store) version: u32,
    pub(in crate::store) company: Option<EntryId>,
    pub(in crate::store) introduced_by: Option<EntryId>,
    pub(in crate::store) do_not_contact: bool,
    pub(in crate::store) knows_me: bool,
    /// Erased by `forget`.
    pub(in crate::store) name: Option<Cow<'e, str>>,
    /// A JSON object; erased by `forget`.
    pub(in crate::store) fields: Option<Cow<'e, str>>,
}

impl CodedEntry<'_> {
    /// True where the two differ in nothing but who they are.
    pub(in crate::store) fn is_alike(&self, other: &Self) -> bool {
        let known = |entry: &Self| {
            let (company, introduced_by) = (entry.company, entry.introduced_by);
            (entry.version, company, introduced_by, entry.do_not_contact, entry.knows_me)
        };
        self.kind == other.kind && known(self) == known(other)
    }
}

/// All of an entry but its fields, which [`encode_fields`] writes down.
pub(in crate::store) fn encode_entry(entry: &Entry) -> CodedEntry<'_> {
    CodedEntry {
        id: entry.id,
        kind: Cow::Borrowed(match entry.kind {
            Kind::Person => PERSON,
            Kind::Company => COMPANY,
        }),
        version: VERSION,
        company: entry.company,
        introduced_by: entry.introduced_by,
        do_not_contact: entry.do_not_contact,
        knows_me: entry.knows_me,
        name: Some(Cow::Borrowed(entry.name.raw())),
        fields: None,
    }
}

/// Writes fields as a JSON object behind what stands in `json`. Imports write a hundred thousand of
/// them: what needs no escape, as nearly all does not, is copied as it stands.
pub(in crate::store) fn encode_fields(
    fields: &Fields,
    json: &mut String,
) -> Result<(), StoreError> {
    json.push('{');
    for (place, (name, value)) in fields.iter().enumerate() {
        if place > 0 {
            json.push(',');
        }
        push_string(json, name)?;
        json.push(':');
        push_string(json, value.raw())?;
    }
    json.push('}');
    Ok(())
}

fn push_string(json: &mut String, text: &str) -> Result<(), StoreError> {
    if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        json.push_str(&to_json("entry", &text)?);
    } else {
        json.push('"');
        json.push_str(text);
        json.push('"');
    }
    Ok(())
}

/// An entry whose name was erased is [nameless](Entry::NAMELESS), and has no fields.
pub(in crate::store) fn decode_entry(coded: &CodedEntry<'_>) -> Result<Entry, StoreError> {
    if coded.version > VERSION {
        return Err(newer("an entry", &coded.kind, coded.version));
    }
    let name = coded.name.as_deref().unwrap_or(Entry::NAMELESS);
    let mut entry = match coded.kind.as_ref() {
        PERSON => Entry::person(coded.id, name),
        COMPANY => Entry::company(coded.id, name),
        unknown => return Err(newer("an entry", unknown, coded.version)),
    };
    entry.company = coded.company;
    entry.introduced_by = coded.introduced_by;
    entry.do_not_contact = coded.do_not_contact;
    entry.knows_me = coded.knows_me;
    if let Some(fields) = &coded.fields {
        let ReadFields(fields) = serde_json::from_str(fields)
            // The reason might quote somebody's words.
            .map_err(|_| {
                corrupt("entry", format_args!("the fields of {} cannot be read", coded.id))
            })?;
        entry.fields = fields;
    }
    Ok(entry)
}

/// Fields out of a JSON object, without a copy on the way.
struct ReadFields(Fields);

impl<'d> Deserialize<'d> for ReadFields {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'d> Visitor<'d> for Object {
            type Value = ReadFields;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<ReadFields, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, Said(value))) = map.next_entry::<SmolStr, Said>()? {
                    fields.push((name, value));
                }
                Ok(ReadFields(fields.into_iter().collect()))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// A text on its way into [`Words`].
struct Said(Words);

impl<'d> Deserialize<'d> for Said {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Said;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Said, E> {
                Ok(Said(Words::new(text)))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// The form of every change of a person: only what it needs is there.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    yes: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entry: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    favour: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
}

/// Writes a change down; `None` for a new entry, which has a form of its own.
pub(in crate::store) fn encode_change(change: &Change) -> Result<Option<Coded<'_>>, StoreError> {
    let mut words = Vec::new();
    let (kind, form) = match change {
        Change::Added(_) => return Ok(None),
        Change::FieldSet { entry: _, field, value } => {
            words.extend(value);
            (FIELD_SET, Form { field: Some(field.clone()), ..Form::default() })
        }
        Change::DoNotContact { entry: _, yes } => {
            (DO_NOT_CONTACT, Form { yes: Some(*yes), ..Form::default() })
        }
        Change::CompanyLinked { entry: _, company } => {
            let entry = company.map(|company| company.0);
            (COMPANY_LINKED, Form { entry, ..Form::default() })
        }
        Change::Introduced { entry: _, by } => {
            (INTRODUCED, Form { entry: Some(by.0), ..Form::default() })
        }
        Change::Favour { entry: _, favour } => {
            words.push(&favour.what);
            let (kind, on) = (favour.kind.as_str().to_owned(), favour.on.to_string());
            (FAVOUR, Form { favour: Some(kind), on: Some(on), ..Form::default() })
        }
        Change::Forgotten { entry: _, company_of, connected } => {
            let entry = company_of.map(|other| other.0);
            (FORGOTTEN, Form { entry, yes: Some(*connected), ..Form::default() })
        }
    };
    Ok(Some(Coded { kind, version: VERSION, body: to_json(kind, &form)?, words }))
}

pub(in crate::store) fn decode_change(
    kind: &str,
    version: u32,
    body: &str,
    entry: EntryId,
    value: Option<Words>,
) -> Result<Change, StoreError> {
    if version > VERSION {
        return Err(newer("a change", kind, version));
    }
    let form: Form = from_json(kind, body)?;
    let missing = || corrupt(kind, "a part of it is missing");
    Ok(match kind {
        FIELD_SET => Change::FieldSet { entry, field: form.field.ok_or_else(missing)?, value },
        DO_NOT_CONTACT => Change::DoNotContact { entry, yes: form.yes.ok_or_else(missing)? },
        COMPANY_LINKED => Change::CompanyLinked { entry, company: form.entry.map(EntryId) },
        INTRODUCED => Change::Introduced { entry, by: EntryId(form.entry.ok_or_else(missing)?) },
        FAVOUR => {
            let word = form.favour.ok_or_else(missing)?;
            let kind = FavourKind::parse(&word).ok_or_else(|| newer("a favour", &word, version))?;
            let on = form.on.ok_or_else(missing)?;
            let on = on.parse().map_err(|_: jiff::Error| corrupt(kind.as_str(), "not a day"))?;
            let what = value.unwrap_or_else(|| Words::new(""));
            Change::Favour { entry, favour: Favour { on, kind, what } }
        }
        FORGOTTEN => Change::Forgotten {
            entry,
            company_of: form.entry.map(EntryId),
            // Where it was not said, nobody waited for anything.
            connected: form.yes.unwrap_or(true),
        },
        unknown => return Err(newer("a change", unknown, version)),
    })
}
