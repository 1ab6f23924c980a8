//! What the columns of a table hold, told by their headers in many languages.
//!
//! Knows words of headers. It must not know rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{
    Format,
    vocabulary::{HEADERS, NAME_OR_HALF, NO_ADDRESS, OF_NAMES, OF_WHOM, PARTS, WEAK},
};
use crate::people::{STANDARD_FIELDS, fold};

/// What a column gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Name,
    FirstName,
    MiddleName,
    LastName,
    /// The mother's family name, behind the father's.
    SecondLastName,
    /// How an address book files a person, or a nickname; a name where no other is given.
    FiledAs,
    /// What a mail program shows for an address; a name where nothing else is one.
    ShownAs,
    Email,
    OtherEmail,
    Profile,
    /// Any web page; a profile only where the address says so.
    WebPage,
    Company,
    Position,
    ConnectedOn,
    Note,
    KnowsMe,
    DoNotContact,
    /// The field that somebody gave for this column, by its place among the given ones.
    Given(usize),
    /// A field that is asked for and heads this column, by its place among those asked for.
    Asked(usize),
}

/// Which fields are wanted of a table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted<'w> {
    /// Columns for fields, as somebody gave them: `("name", "Contact")`.
    pub(super) given: &'w [(&'w str, &'w str)],
    /// Fields beside the standard ones that a column may be headed by.
    pub(super) asked: &'w [&'w str],
}

impl<'w> Wanted<'w> {
    /// The field that a column gives.
    pub(super) fn field(&self, target: Target) -> Option<&'w str> {
        if let Target::Given(at) = target {
            self.given.get(at).map(|(field, _)| *field)
        } else if let Target::Asked(at) = target {
            self.asked.get(at).copied()
        } else {
            target.field()
        }
    }

    /// True where a column was given for this field.
    pub(super) fn gives(&self, field: &str) -> bool {
        self.given.iter().any(|(given, _)| *given == field)
    }
}

impl Target {
    /// The standard field that this column is shown under.
    fn field(self) -> Option<&'static str> {
        match self {
            Self::Name | Self::FiledAs => Some("name"),
            Self::FirstName => Some("first_name"),
            Self::LastName => Some("last_name"),
            Self::Email => Some("email"),
            Self::OtherEmail => Some("other_emails"),
            Self::Profile | Self::WebPage => Some("profile"),
            Self::Company => Some("company"),
            Self::Position => Some("position"),
            Self::ConnectedOn => Some("connected_on"),
            Self::Note => Some("note"),
            Self::KnowsMe => Some("knows_me"),
            Self::DoNotContact => Some("do_not_contact"),
            Self::MiddleName
            | Self::SecondLastName
            | Self::ShownAs
            | Self::Given(_)
            | Self::Asked(_) => None,
        }
    }

    /// True where several columns may give it.
    fn repeats(self) -> bool {
        matches!(self, Self::OtherEmail | Self::WebPage | Self::FiledAs | Self::ShownAs)
    }

    /// True where a person's name can be made of it.
    pub(super) fn names(self) -> bool {
        matches!(self, Self::Name | Self::FirstName | Self::LastName | Self::FiledAs)
    }
}

/// True for a field of a playbook: its name heads no column otherwise.
pub(super) fn is_own(field: &str) -> bool {
    field != "zone" && !STANDARD_FIELDS.contains(&field) && field != "do_not_contact"
}

/// A header as the vocabulary has it: folded, everything but letters and digits a space.
pub(super) fn plain(header: &str) -> String {
    let words: Vec<String> = header
        .split(|character: char| !character.is_alphanumeric() && !is_mark(character))
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// What each column holds, as far as its header says; each target once, the strongest first. A
/// further column of e-mails gives other addresses.
pub(super) fn guess(headers: &[String], asked: &[&str]) -> Vec<Option<Target>> {
    let plain: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let mut targets: Vec<Option<Target>> = vec![None; headers.len()];
    // A field by its very name is that field, whatever the word means elsewhere.
    for (target, header) in targets.iter_mut().zip(headers) {
        *target = asked.iter().position(|field| *field == header.trim()).map(Target::Asked);
    }
    let mut taken = BTreeSet::new();
    for weak in [false, true] {
        for (at, header) in plain.iter().enumerate() {
            if is_weak(header) == weak && targets[at].is_none() {
                let target = exact(header).filter(|target| {
                    // Of Outlook's two titles in French the first is "M.", the second the job.
                    let again = || plain.iter().skip(at + 1).any(|other| other == header);
                    *target != Target::Position || !weak || !again()
                });
                targets[at] = target.filter(|target| target.repeats() || taken.insert(*target));
            }
        }
    }
    // In a table of our own `name` is whole.
    if was_exported(headers)
        && let Some(at) = headers.iter().position(|header| header.trim() == "name")
    {
        targets[at] = targets[at].or(Some(Target::Name));
    }
    whole_or_half(&plain, &mut targets);
    for (at, header) in headers.iter().enumerate() {
        let target = loosely(header, &plain[at]);
        if targets[at].is_none() && target.is_some() && !targets.contains(&target) {
            targets[at] = target;
        }
    }
    // A word within a header (`Email (work)`) is the last resort, and only where a name is known.
    if targets.iter().flatten().any(|target| target.names()) {
        for (at, header) in plain.iter().enumerate() {
            let target = part(header);
            if targets[at].is_none() && target.is_some() && !targets.contains(&target) {
                targets[at] = target;
            }
        }
    }
    let asked: Vec<String> = asked.iter().map(|field| self::plain(field)).collect();
    for (at, header) in plain.iter().enumerate() {
        if targets[at].is_some() {
            continue;
        }
        let field = asked.iter().position(|field| field == header);
        let mail = || {
            let meant = exact(header).or_else(|| part(header));
            meant.filter(|meant| *meant == Target::Email).map(|_| Target::OtherEmail)
        };
        targets[at] = field.map(Target::Asked).or_else(mail);
    }
    targets
}

/// What a header means as a whole; `FirstName` and `first name` mean the same.
fn exact(header: &str) -> Option<Target> {
    static MEANINGS: LazyLock<BTreeMap<String, Target>> = LazyLock::new(|| {
        let words = |(target, words): &(Target, &'static str)| {
            let target = *target;
            words.split('|').map(move |word| (word.replace(' ', ""), target)).collect::<Vec<_>>()
        };
        HEADERS.iter().flat_map(words).collect()
    });
    MEANINGS.get(&header.replace(' ', "")).copied()
}

/// What a header means without what explains it, or says whose it is: `Role (job title)`,
/// `Person - First name`. A day is never told so.
fn loosely(header: &str, plain: &str) -> Option<Target> {
    let bare = || {
        let (front, behind) = header.split_once(['(', '['])?;
        let (_, behind) = behind.split_once([')', ']'])?;
        Some(self::plain(&format!("{front} {behind}")))
    };
    let whose = || {
        let (first, rest) = plain.split_once(' ')?;
        OF_WHOM.contains(&first).then(|| rest.to_owned())
    };
    let means = |header: String| {
        let name = || NAME_OR_HALF.contains(&header.as_str()).then_some(Target::Name);
        exact(&header).or_else(name).filter(|target| *target != Target::ConnectedOn)
    };
    bare().and_then(means).or_else(|| whose().and_then(means))
}

/// True for a header that means what it means for certain.
pub(super) fn is_strong(header: &str) -> bool {
    !is_weak(&plain(header))
}

/// True for a word that may mean much; `profileUrl` is `profile url`.
fn is_weak(header: &str) -> bool {
    static TOGETHER: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| WEAK.iter().map(|weak| weak.replace(' ', "")).collect());
    TOGETHER.contains(&header.replace(' ', ""))
}

/// What a word within a header means.
fn part(header: &str) -> Option<Target> {
    let has = |words: &[&str]| header.split(' ').any(|word| words.contains(&word));
    // How an address is shown or filed, and other people's addresses.
    if has(NO_ADDRESS) || (has(&["company"]) && has(&["linkedin", "xing"])) {
        return None;
    }
    let shown = has(OF_NAMES);
    let mut parts = PARTS.iter().filter(|(target, _)| *target != Target::Email || !shown);
    parts.find(|(_, words)| has(words)).map(|(target, _)| *target)
}

/// True for a table that was exported or written to be filled in, whatever columns are left of it.
pub(super) fn was_exported(headers: &[String]) -> bool {
    let heads = |names: [&str; 2]| headers.iter().any(|header| names.contains(&header.trim()));
    heads(["first_name", "last_name"]) && heads(["do_not_contact", "id"])
}

fn whole_or_half(plain: &[String], targets: &mut [Option<Target>]) {
    let has = |target: Target, targets: &[Option<Target>]| targets.contains(&Some(target));
    let open = plain.iter().position(|header| NAME_OR_HALF.contains(&header.as_str()));
    let Some(at) = open.filter(|at| targets[*at].is_none()) else { return };
    targets[at] = match (has(Target::FirstName, targets), has(Target::LastName, targets)) {
        (true, false) => Some(Target::LastName),
        (false, true) => Some(Target::FirstName),
        (true, true) | (false, false) if has(Target::Name, targets) => None,
        (true, true) | (false, false) => Some(Target::Name),
    };
}

/// Which program wrote a table with these headers.
pub(super) fn format(headers: &[String], targets: &[Option<Target>]) -> Format {
    let has = |name: &str| headers.iter().any(|header| plain(header) == name);
    let holds = |target| targets.contains(&Some(target));
    let elsewhere = headers.iter().any(|header| plain(header).starts_with("xing"));
    // What was exported here has LinkedIn's columns, and this one.
    if !elsewhere
        && !holds(Target::DoNotContact)
        && holds(Target::ConnectedOn)
        && holds(Target::Profile)
        && holds(Target::FirstName)
    {
        Format::LinkedIn
    } else if has("e mail 1 value") || has("group membership") {
        Format::Google
    } else if holds(Target::ShownAs)
        || has("e mail 2 address")
        || has("business street")
        || has("e mail 2 adresse")
        || has("strasse geschaftlich")
    {
        Format::Outlook
    } else {
        Format::Sheet
    }
}

#[cfg(test)]
mod tests {
    use super::{HEADERS, NAME_OR_HALF, Target, guess, plain};

    #[track_caller]
    fn check(headers: &str, expected: &[Option<Target>]) {
        let headers: Vec<String> = headers.split(',').map(ToOwned::to_owned).collect();
        assert_eq!(guess(&headers, &["context", "role", "zone"]), expected);
    }

    #[test]
    fn a_further_column_of_e_mails_gives_other_addresses() {
        use Target::{Email, FirstName, Name, OtherEmail, ShownAs};
        check("Name,Email,Email", &[Some(Name), Some(Email), Some(OtherEmail)]);
        check("Name,E-mail 1 - Label,E-mail 1 - Value", &[Some(Name), None, Some(Email)]);
        check(
            "Name,Email (work),Email (home),Email Type,Assistant's email",
            &[Some(Name), Some(Email), Some(OtherEmail), None, None],
        );
        check(
            "E-Mail-Adresse,E-Mail 2: Adresse,E-Mail: Angezeigter Name,Name",
            &[Some(Email), Some(OtherEmail), Some(ShownAs), Some(Name)],
        );
        check(
            "Voornaam,E-mailadres,E-mailadres 2",
            &[Some(FirstName), Some(Email), Some(OtherEmail)],
        );
    }

    #[test]
    fn a_header_may_explain_itself_and_say_whose_it_is() {
        use Target::{Company, Email, FirstName, LastName, Name, OtherEmail, Position};
        check("Full name,Role (job title)", &[Some(Name), Some(Position)]);
        check("Name (First),Name (Last)", &[Some(FirstName), Some(LastName)]);
        check("Name,Connected (Y/N)", &[Some(Name), None]);
        check(
            "Person - Name,Person - First name,Organization - Name,Person - Email - Work,\
             Person - Email - Home,Person - Job title,Person - Owner",
            &[
                Some(Name),
                Some(FirstName),
                Some(Company),
                Some(Email),
                Some(OtherEmail),
                Some(Position),
                None,
            ],
        );
    }

    #[test]
    fn a_field_that_is_asked_for_is_known_by_its_name() {
        use Target::{Asked, Name, Position};
        check("Name,context,Zone", &[Some(Name), Some(Asked(0)), Some(Asked(2))]);
        check("Name,Role,CONTEXT", &[Some(Name), Some(Position), Some(Asked(0))]);
        check("Name,role,Position", &[Some(Name), Some(Asked(1)), Some(Position)]);
    }

    #[test]
    fn a_name_is_whole_or_the_half_that_is_missing() {
        use Target::{Company, FirstName, LastName, Name};
        check("Name,Firma", &[Some(Name), Some(Company)]);
        check("Name,Vorname", &[Some(LastName), Some(FirstName)]);
        check("Nombre,Apellidos,Empresa", &[Some(FirstName), Some(LastName), Some(Company)]);
        check("PRÉNOM,NOM", &[Some(FirstName), Some(LastName)]);
        check("Name,Given Name,Family Name", &[Some(Name), Some(FirstName), Some(LastName)]);
    }

    #[test]
    fn the_strongest_header_of_a_kind_wins() {
        use Target::{Company, Email, FirstName, Name, Position, Profile, ShownAs};
        check("fullName,jobTitle,CompanyName", &[Some(Name), Some(Position), Some(Company)]);
        check("Name,Email,Company Name for Emails", &[Some(Name), Some(Email), Some(Company)]);
        check("Name,Company LinkedIn,Person LinkedIn", &[Some(Name), None, Some(Profile)]);
        check("Name,Title,Job Title", &[Some(Name), None, Some(Position)]);
        check("Name,Title", &[Some(Name), Some(Position)]);
        check("Name,URL,LinkedIn URL", &[Some(Name), None, Some(Profile)]);
        check("Name,Email (work),LinkedIn-Link", &[Some(Name), Some(Email), Some(Profile)]);
        check("E-mail Display Name,Name,E-mail Address", &[Some(ShownAs), Some(Name), Some(Email)]);
        check("Titre,Prénom,Titre", &[None, Some(FirstName), Some(Position)]);
        check("Name,profileUrl,linkedInProfileUrl", &[Some(Name), None, Some(Profile)]);
    }

    #[test]
    fn no_header_means_two_things_and_all_are_written_as_they_are_compared() {
        let mut seen = std::collections::BTreeSet::new();
        let mut together = std::collections::BTreeMap::new();
        for (target, words) in HEADERS {
            for word in words.split('|') {
                let before = together.insert(word.replace(' ', ""), *target);
                assert!(before.is_none_or(|before| before == *target), "{word} means two things");
            }
        }
        for header in HEADERS
            .iter()
            .flat_map(|(_, words)| words.split('|'))
            .chain(NAME_OR_HALF.iter().copied())
        {
            assert_eq!(plain(header), header);
            assert!(seen.insert(header), "{header} stands twice");
        }
    }
}
