//! One person or company.

use std::fmt;

use jiff::civil::Date;

use super::dates::read_date;
use super::favour::Favour;
use super::fields::Fields;
use super::greeting::given_name;
use crate::words::Words;

/// The fields that every entry may have, beside those a playbook declares.
pub const STANDARD_FIELDS: &[&str] = &[
    "name",
    "first_name",
    "last_name",
    "email",
    "other_emails",
    "profile",
    "company",
    "position",
    "connected_on",
    "knows_me",
    "zone",
    "note",
];

/// Names one entry for ever: entries are never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u64);

impl fmt::Display for EntryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Somebody one can write to.
    Person,
    /// A company; people may belong to it.
    Company,
}

/// A person or a company as it is known now.
///
/// ```
/// use fortnight_engine::people::{Entry, EntryId};
/// let ana = Entry::person(EntryId(1), "Ana Silva")
///     .with("position", "Design lead")
///     .with("connected_on", "2024-03-12");
/// assert_eq!(ana.field("first_name").unwrap().raw(), "Ana");
/// assert_eq!(ana.field("position").unwrap().raw(), "Design lead");
/// assert_eq!(ana.field("email"), None);
/// assert_eq!(ana.connected_on(), Some(jiff::civil::date(2024, 3, 12)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who it is.
    pub id: EntryId,
    /// Person or company.
    pub kind: Kind,
    /// The whole name, as people say it.
    pub name: Words,
    /// What is known beside the name: standard fields and those of the playbook, by their names.
    /// `company` holds the company's name as it was given; `other_emails` holds addresses beside
    /// the e-mail, with spaces between them; dates are in ISO form where understood.
    pub fields: Fields,
    /// The company of a person where it is an entry of its own.
    pub company: Option<EntryId>,
    /// Who referred this person.
    pub introduced_by: Option<EntryId>,
    /// Nobody writes to them, in any plan or cycle (S5).
    pub do_not_contact: bool,
    /// They know the seeker.
    pub knows_me: bool,
    /// What the two did for each other, in the order of recording.
    pub favours: Vec<Favour>,
    /// They were forgotten (L3): who they were is erased, what they counted for stays.
    pub forgotten: Option<Forgotten>,
}

/// What stays of somebody who was forgotten, so that no count changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// Whose company theirs was: another person's, or their own where nobody else worked there;
    /// none where no company was known.
    pub company_of: Option<EntryId>,
    /// By the address book they were a connection of the seeker: whether a message to them had to
    /// wait for an accepted request.
    pub connected: bool,
}

impl Entry {
    /// What stands in place of a name that was erased.
    pub const NAMELESS: &'static str = "(forgotten)";

    /// A person of whom only the name is known.
    pub fn person(id: EntryId, name: impl Into<Words>) -> Self {
        Self::new(id, Kind::Person, name.into())
    }

    /// A company of which only the name is known.
    pub fn company(id: EntryId, name: impl Into<Words>) -> Self {
        Self::new(id, Kind::Company, name.into())
    }

    fn new(id: EntryId, kind: Kind, name: Words) -> Self {
        Self {
            id,
            kind,
            name,
            fields: Fields::default(),
            company: None,
            introduced_by: None,
            do_not_contact: false,
            knows_me: false,
            favours: Vec::new(),
            forgotten: None,
        }
    }

    /// Takes away all that says who they are (L3).
    pub fn forget(&mut self, forgotten: Forgotten) {
        self.name = Words::new(Self::NAMELESS);
        self.fields.clear();
        self.favours.clear();
        self.forgotten = Some(forgotten);
    }

    /// The same entry with a field set as [`set`](Self::set) does.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Words>) -> Self {
        self.set(field, value.into());
        self
    }

    /// Sets a field by its name: `name` and `knows_me` find their places, everything else goes
    /// into [`fields`](Self::fields). An empty value removes the field; a name is never removed.
    pub fn set(&mut self, field: &str, value: Words) {
        match field {
            "name" if value.is_blank() => {}
            "name" => self.name = value,
            "knows_me" => self.knows_me = says_yes(&value),
            _ if value.is_blank() => {
                self.fields.remove(field);
            }
            _ => {
                self.fields.insert(field, value);
            }
        }
    }

    /// A standard field or one of the playbook by its name; `None` where it is empty.
    ///
    /// `first_name` is the given name within a person's name where it was not given, without titles
    /// and degrees; `knows_me` is `yes` or empty.
    pub fn field(&self, name: &str) -> Option<Words> {
        match name {
            "name" => Some(self.name.clone()),
            "knows_me" => self.knows_me.then(|| Words::new("yes")),
            _ => self
                .fields
                .get(name)
                .filter(|value| !value.is_blank())
                .cloned()
                .or_else(|| (name == "first_name").then(|| self.greeting()).flatten()),
        }
    }

    /// The e-mail and every other address, in the order in which they are kept.
    ///
    /// ```
    /// use fortnight_engine::people::{Entry, EntryId};
    /// let ana = Entry::person(EntryId(1), "Ana")
    ///     .with("email", "ana@work.example")
    ///     .with("other_emails", "ana@home.example ana@old.example");
    /// assert_eq!(ana.emails().count(), 3);
    /// ```
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        let email = self.fields.get("email").map(Words::raw);
        let others = self.fields.get("other_emails").map(Words::raw).unwrap_or_default();
        email.into_iter().chain(others.split_whitespace())
    }

    /// The given name within a person's name, as somebody kind would write it.
    fn greeting(&self) -> Option<Words> {
        match self.kind {
            Kind::Person if self.forgotten.is_none() => given_name(self.name.raw()).map(Words::new),
            Kind::Person | Kind::Company => None,
        }
    }

    /// The day on which the two connected, where the field holds a date.
    pub fn connected_on(&self) -> Option<Date> {
        read_date(self.fields.get("connected_on")?.raw())
    }
}

/// What counts as a yes in a file or an answer, in the languages in which headers are read and as
/// their spreadsheets write it.
pub fn says_yes(value: &Words) -> bool {
    const YES: &[&str] = &[
        "yes",
        "y",
        "true",
        "t",
        "1",
        "x",
        "on",
        "checked",
        "ja",
        "j",
        "wahr",
        "oui",
        "vrai",
        "si",
        "verdadero",
        "vero",
        "sim",
        "verdadeiro",
        "waar",
        "tak",
        "prawda",
        "ano",
        "pravda",
        "igen",
        "igaz",
        "evet",
        "dogru",
        "da",
        "да",
        "истина",
        "是",
        "はい",
        "예",
        "✓",
        "✔",
        "☑",
        "✅",
    ];
    YES.contains(&super::fold(value.raw()).as_str())
}

/// What counts as a no in a file or an answer.
pub fn says_no(value: &Words) -> bool {
    const NO: &[&str] = &[
        "no",
        "n",
        "false",
        "f",
        "0",
        "off",
        "unchecked",
        "nein",
        "falsch",
        "non",
        "faux",
        "falso",
        "nao",
        "nee",
        "onwaar",
        "nej",
        "nie",
        "falsz",
        "ne",
        "nepravda",
        "nem",
        "hamis",
        "hayir",
        "yanlis",
        "nu",
        "нет",
        "ложь",
        "否",
        "いいえ",
        "아니오",
        "✗",
        "✘",
        "☐",
        "-",
        "–",
        "—",
    ];
    NO.contains(&super::fold(value.raw()).as_str())
}

/// Whether a cell about writing to somebody wants them left in peace (S5): whatever is no plain no,
/// such as a day or `stop`, does, for a wish that is not understood is still one.
pub(super) fn wants_peace(value: &Words) -> bool {
    !value.is_blank() && !says_no(value)
}

#[cfg(test)]
mod tests {
    use super::{Entry, EntryId, Words};

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        let first = Entry::person(EntryId(1), name).field("first_name");
        assert_eq!(first.as_ref().map(Words::raw), expected);
    }

    #[test]
    fn a_first_name_that_was_not_given_is_found_in_the_name_which_stays_as_it_is() {
        check("Ana Silva", Some("Ana"));
        check("Dr. Ana Silva, PhD", Some("Ana"));
        check("Silva, Ana Maria", Some("Ana"));
        check("Dr.", None);
        check(" ", None);
        let ana = Entry::person(EntryId(1), "Dr. Ana Silva, PhD");
        assert_eq!(ana.field("name").unwrap().raw(), "Dr. Ana Silva, PhD");
    }

    #[test]
    fn a_wish_to_be_left_in_peace_is_one_in_any_words() {
        for cell in ["yes", "WAHR", "vrai", "да", "是", "STOP", "2024-05-01", "maybe"] {
            assert!(super::wants_peace(&Words::new(cell)), "{cell}");
        }
        for cell in ["", " ", "no", "FALSCH", "faux", "0", "-", "нет"] {
            assert!(!super::wants_peace(&Words::new(cell)), "{cell}");
        }
    }

    #[test]
    fn a_given_first_name_is_kept_and_a_company_has_none() {
        let ana = Entry::person(EntryId(1), "Ana Silva").with("first_name", "Anita");
        assert_eq!(ana.field("first_name").unwrap().raw(), "Anita");
        let company = Entry::company(EntryId(2), "Northwind Traders");
        assert_eq!(company.field("first_name"), None);
    }

    #[test]
    fn setting_a_field_to_nothing_removes_it_but_never_the_name() {
        let mut ana =
            Entry::person(EntryId(1), "Ana").with("context", "talk").with("knows_me", "Yes");
        assert!(ana.knows_me);
        ana.set("context", " ".into());
        ana.set("name", "".into());
        ana.set("knows_me", "no".into());
        assert_eq!(ana, Entry::person(EntryId(1), "Ana"));
    }
}
