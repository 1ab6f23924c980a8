//! What the columns of a table hold, told by their headers in many languages.
//!
//! Knows words of headers. It must not know rows.

use super::{
    Format,
    vocabulary::{HEADERS, NAME_OR_HALF, WEAK},
};
use crate::people::fold;

/// What a column gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Name,
    FirstName,
    MiddleName,
    LastName,
    /// How an address book files a person; a name where no other is given.
    FiledAs,
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
}

impl Target {
    /// The field this column is shown under.
    pub(super) fn field(self) -> Option<&'static str> {
        match self {
            Self::Name | Self::FiledAs => Some("name"),
            Self::FirstName => Some("first_name"),
            Self::LastName => Some("last_name"),
            Self::Email => Some("email"),
            Self::Profile | Self::WebPage => Some("profile"),
            Self::Company => Some("company"),
            Self::Position => Some("position"),
            Self::ConnectedOn => Some("connected_on"),
            Self::Note => Some("note"),
            Self::KnowsMe => Some("knows_me"),
            Self::DoNotContact => Some("do_not_contact"),
            Self::MiddleName | Self::OtherEmail | Self::Given(_) => None,
        }
    }

    /// True where a person's name can be made of it.
    pub(super) fn names(self) -> bool {
        matches!(self, Self::Name | Self::FirstName | Self::LastName | Self::FiledAs)
    }
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

/// What each column holds, as far as its header says; each target once, the strongest first.
pub(super) fn guess(headers: &[String]) -> Vec<Option<Target>> {
    let plain: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let exact = |header: &str| {
        HEADERS
            .iter()
            .find(|(_, words)| words.split('|').any(|word| word == header))
            .map(|(target, _)| *target)
    };
    let mut targets: Vec<Option<Target>> = vec![None; headers.len()];
    for weak in [false, true] {
        for (at, header) in plain.iter().enumerate() {
            if WEAK.contains(&header.as_str()) == weak {
                let target = exact(header);
                let free =
                    target.is_some_and(|t| t == Target::OtherEmail || !targets.contains(&Some(t)));
                targets[at] = targets[at].or(target.filter(|_| free));
            }
        }
    }
    whole_or_half(&plain, &mut targets);
    let part = |word: &str| {
        let told = |words: &[&str]| words.contains(&word);
        match () {
            () if told(&["email", "mail", "courriel", "correo"]) => Some(Target::Email),
            () if told(&["linkedin"]) => Some(Target::Profile),
            () if told(&[
                "company",
                "firma",
                "unternehmen",
                "entreprise",
                "empresa",
                "azienda",
            ]) =>
            {
                Some(Target::Company)
            }
            () => None,
        }
    };
    // A word within a header (`Email (work)`) is the last resort, and only where a name is known.
    if targets.iter().flatten().any(|target| target.names()) {
        for (at, header) in plain.iter().enumerate() {
            let target = header.split(' ').find_map(part);
            if targets[at].is_none() && target.is_some() && !targets.contains(&target) {
                targets[at] = target;
            }
        }
    }
    targets
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
    if holds(Target::ConnectedOn) && holds(Target::Profile) && holds(Target::FirstName) {
        Format::LinkedIn
    } else if has("e mail 1 value") || has("group membership") {
        Format::Google
    } else if has("e mail display name") || has("e mail 2 address") || has("business street") {
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
        assert_eq!(guess(&headers), expected);
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
        use Target::{Email, Name, Position, Profile};
        check("Name,Title,Job Title", &[Some(Name), None, Some(Position)]);
        check("Name,Title", &[Some(Name), Some(Position)]);
        check("Name,Email (work),LinkedIn-Link", &[Some(Name), Some(Email), Some(Profile)]);
        check("E-mail Display Name,Name,E-mail Address", &[None, Some(Name), Some(Email)]);
    }

    #[test]
    fn no_header_means_two_things_and_all_are_written_as_they_are_compared() {
        let mut seen = std::collections::BTreeSet::new();
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
