//! All entries, and finding one by what somebody types.

use std::collections::BTreeMap;

use super::{Entry, EntryId, Kind, fold};

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// Exactly one entry fits best.
    One(EntryId),
    /// Several fit equally well; in the order of their ids.
    Several(Vec<EntryId>),
    /// Nobody fits.
    None {
        /// At most three entries whose names come near, nearest first.
        nearest: Vec<EntryId>,
    },
}

/// Entries by id.
///
/// ```
/// use fortnight_engine::people::{Book, Entry, EntryId, Match};
/// let book: Book = [
///     Entry::person(EntryId(1), "Ana Silva"),
///     Entry::person(EntryId(2), "José Anacleto"),
/// ]
/// .into_iter()
/// .collect();
/// assert_eq!(book.find("ana"), Match::One(EntryId(1)));
/// assert_eq!(book.find("jose"), Match::One(EntryId(2)));
/// assert_eq!(book.find("anna silva"), Match::None { nearest: vec![EntryId(1)] });
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    entries: BTreeMap<EntryId, Entry>,
}

impl Book {
    /// A book without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry; gives back the one that had its id before.
    pub fn insert(&mut self, entry: Entry) -> Option<Entry> {
        self.entries.insert(entry.id, entry)
    }

    /// Takes an entry out.
    pub fn remove(&mut self, id: EntryId) -> Option<Entry> {
        self.entries.remove(&id)
    }

    /// The entry of that id.
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// The entry of that id, to be changed.
    pub fn get_mut(&mut self, id: EntryId) -> Option<&mut Entry> {
        self.entries.get_mut(&id)
    }

    /// All entries in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// The people, in the order of their ids.
    pub fn people(&self) -> impl Iterator<Item = &Entry> {
        self.iter().filter(|entry| entry.kind == Kind::Person)
    }

    /// The companies, in the order of their ids.
    pub fn companies(&self) -> impl Iterator<Item = &Entry> {
        self.iter().filter(|entry| entry.kind == Kind::Company)
    }

    /// The people who belong to a company, in the order of their ids.
    pub fn people_of(&self, company: EntryId) -> impl Iterator<Item = &Entry> {
        self.people()
            .filter(move |entry| entry.company == Some(company) && entry.forgotten.is_none())
    }

    /// What tells a person's company from others: its folded name, or a number for one that was
    /// forgotten. Also for a person who was forgotten, as long as they count (L3).
    pub fn company_key(&self, person: EntryId) -> Option<String> {
        let nameless = |id: EntryId| Some(format!("@{id}"));
        let mut entry = self.get(person)?;
        // Each forgotten colleague names one who was still known then, so the way has an end.
        for _ in 0..self.len() {
            if let Some(company) = entry.company.and_then(|id| self.get(id)) {
                let named = || Some(fold(company.name.raw()));
                return if company.forgotten.is_some() { nameless(company.id) } else { named() };
            }
            let Some(forgotten) = entry.forgotten else { break };
            let colleague = forgotten.company_of?;
            if colleague == entry.id {
                return nameless(colleague);
            }
            entry = self.get(colleague)?;
        }
        Some(fold(entry.field("company")?.raw()))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True where nobody is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Finds the entry that somebody means by `query`: any unambiguous part of a name, without
    /// case and accents, or a whole e-mail, any of them. A better fit beats a weaker one, in this order: the
    /// whole name or e-mail; whole words of the name; beginnings of its words; any part of it; words
    /// of name, company and position together (`ana northwind` tells two Anas apart).
    pub fn find(&self, query: &str) -> Match {
        self.find_among(query, |_| true)
    }

    /// As [`find`](Self::find), among the entries that are `meant`: people only, this cycle's only.
    pub fn find_among(&self, query: &str, meant: impl Fn(&Entry) -> bool) -> Match {
        self.best(query, meant, |_| true)
    }

    /// As [`find`](Self::find); who is `preferred` wins over whom the words fit as well. Words
    /// that stand within somebody's name by chance (`ana` in Dana) win over nobody whose name has
    /// or begins with them.
    pub fn find_preferring(&self, query: &str, preferred: impl Fn(&Entry) -> bool) -> Match {
        self.best(query, |_| true, preferred)
    }

    fn best(
        &self,
        query: &str,
        meant: impl Fn(&Entry) -> bool,
        preferred: impl Fn(&Entry) -> bool,
    ) -> Match {
        /// No name that somebody types is longer; it bounds the work.
        const LONGEST: usize = 200;
        let query = fold(&query[..query.floor_char_boundary(LONGEST)]);
        let mut best: Option<(bool, bool, Fit)> = None;
        let mut found = Vec::new();
        let mut near = Near::default();
        let known = |entry: &&Entry| entry.forgotten.is_none() && meant(entry);
        for entry in self.iter().filter(known) {
            let name = fold(entry.name.raw());
            let fit =
                fit(entry, &name, &query).map(|fit| (fit >= Fit::Part, !preferred(entry), fit));
            match (fit, best) {
                (None, None) => near.offer(entry.id, &name, &query),
                (Some(fit), Some(so_far)) if fit == so_far => found.push(entry.id),
                (Some(fit), so_far) if so_far.is_none_or(|so_far| fit < so_far) => {
                    best = Some(fit);
                    found = vec![entry.id];
                }
                (None | Some(_), _) => {}
            }
        }
        match found.as_slice() {
            [] => Match::None { nearest: near.names() },
            [one] => Match::One(*one),
            [_, ..] => Match::Several(found),
        }
    }
}

impl FromIterator<Entry> for Book {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        Self { entries: entries.into_iter().map(|entry| (entry.id, entry)).collect() }
    }
}

/// How well an entry fits, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Words,
    Beginnings,
    Part,
    WithCompany,
}

fn fit(entry: &Entry, name: &str, query: &str) -> Option<Fit> {
    if query.is_empty() {
        return None;
    }
    let email = || entry.emails().any(|email| fold(email) == query);
    if name == query || (query.contains('@') && email()) {
        return Some(Fit::Whole);
    }
    if all_words(query, name, |word, asked| word == asked) {
        return Some(Fit::Words);
    }
    if all_words(query, name, |word, asked| word.starts_with(asked)) {
        return Some(Fit::Beginnings);
    }
    if name.contains(query) {
        return Some(Fit::Part);
    }
    let mut more = String::from(name);
    for field in ["company", "position"] {
        if let Some(value) = entry.fields.get(field) {
            more.push(' ');
            more.push_str(&fold(value.raw()));
        }
    }
    let begins = query.split(' ').next().is_some_and(|first| {
        words(name).any(|word| word.starts_with(first.trim_matches(is_between)))
    });
    (begins && all_words(query, &more, |word, asked| word.starts_with(asked)))
        .then_some(Fit::WithCompany)
}

/// What stands between the words of a name.
fn is_between(character: char) -> bool {
    character == ' ' || matches!(character, ',' | '.' | '-' | '(' | ')' | '"' | '/' | '_')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|word| !word.is_empty())
}

fn all_words(query: &str, name: &str, fits: impl Fn(&str, &str) -> bool) -> bool {
    words(query).next().is_some()
        && words(query).all(|asked| words(name).any(|word| fits(word, asked)))
}

/// The nearest names so far.
#[derive(Default)]
struct Near {
    best: Vec<(f64, EntryId)>,
}

impl Near {
    /// Names less alike than this are no help.
    const ALIKE: f64 = 0.84;
    const MOST: usize = 3;
    /// Comparing costs the product of both lengths.
    const LONGEST: usize = 100;

    fn offer(&mut self, id: EntryId, name: &str, query: &str) {
        if query.len() > Self::LONGEST || name.len() > Self::LONGEST {
            return;
        }
        // `de` is how "doen" begins and ends, and is not half of it misspelt.
        let letters = query.chars().count();
        let as_long = |part: &&str| {
            let others = part.chars().count();
            letters.min(others) * 2 > letters.max(others)
        };
        let alike = words(name)
            .chain([name])
            .filter(as_long)
            .map(|part| strsim::jaro_winkler(part, query))
            .fold(0.0, f64::max);
        if alike < Self::ALIKE {
            return;
        }
        let place = self.best.partition_point(|(other, _)| *other >= alike);
        self.best.insert(place, (alike, id));
        self.best.truncate(Self::MOST);
    }

    fn names(self) -> Vec<EntryId> {
        self.best.into_iter().map(|(_, id)| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Book, Entry, EntryId, Match};

    fn book() -> Book {
        let person = |id, name: &str| Entry::person(EntryId(id), name);
        [
            person(1, "Ana Silva")
                .with("company", "Northwind")
                .with("email", "ana@northwind.example")
                .with("other_emails", "ana@home.example ana.silva@mail.example"),
            person(2, "Anastasia Petrova"),
            person(3, "José Álvarez"),
            person(4, "Ana Silva").with("company", "Miro"),
            person(5, "Ben Okafor"),
            person(6, "Ben"),
            person(7, "Łukasz Groß-Meier"),
            person(8, "李小龍"),
            Entry::company(EntryId(9), "Northwind"),
        ]
        .into_iter()
        .collect()
    }

    #[track_caller]
    fn check(query: &str, expected: &Match) {
        assert_eq!(&book().find(query), expected, "{query}");
    }

    fn one(id: u64) -> Match {
        Match::One(EntryId(id))
    }

    fn several(ids: &[u64]) -> Match {
        Match::Several(ids.iter().copied().map(EntryId).collect())
    }

    #[test]
    fn any_unambiguous_part_finds_and_exact_beats_part() {
        check("ana", &several(&[1, 4]));
        check("anas", &one(2));
        check("ana@Northwind.example", &one(1));
        check("Ana.Silva@mail.example", &one(1));
        check("ana northwind", &one(1));
        check("Silva, Ana miro", &one(4));
        check("jose", &one(3));
        check("ALVAREZ", &one(3));
        check("ben", &one(6));
        check("ben o", &one(5));
        check("okaf", &one(5));
        check("kafo", &one(5));
        check("gross", &one(7));
        check("小龍", &one(8));
        check("northwind", &one(9));
    }

    #[test]
    fn who_is_preferred_wins_over_a_namesake_but_not_by_a_chance_within_a_word() {
        let mut book = book();
        book.insert(Entry::person(EntryId(10), "Dana Levi"));
        let preferring =
            |query: &str, id: u64| book.find_preferring(query, |entry| entry.id == EntryId(id));
        assert_eq!(preferring("ana", 4), one(4));
        assert_eq!(preferring("ana", 2), one(2), "a beginning is meant, too");
        assert_eq!(preferring("ana", 10), several(&[1, 4]), "Dana is not");
        assert_eq!(preferring("dan", 1), one(10));
    }

    #[test]
    fn nobody_found_names_who_comes_near() {
        check("Ben Okafro", &Match::None { nearest: vec![EntryId(5)] });
        check("zzz", &Match::None { nearest: vec![] });
        let book: Book = [Entry::person(EntryId(1), "Maxime de La Tour")].into_iter().collect();
        assert_eq!(book.find("doen"), Match::None { nearest: vec![] });
        check("", &Match::None { nearest: vec![] });
        check("  ", &Match::None { nearest: vec![] });
    }

    proptest! {
        #[test]
        fn no_query_makes_finding_panic(query in "\\PC*", name in "\\PC*") {
            let mut book = book();
            book.insert(Entry::person(EntryId(10), name.as_str()));
            let _ = book.find(&query);
            if !super::fold(&name).is_empty() {
                prop_assert!(!matches!(book.find(&name), Match::None { .. }), "{:?}", name);
            }
        }
    }
}
