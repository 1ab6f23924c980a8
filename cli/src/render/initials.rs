//! People by their initials, for a screen that others see (`--initials`).
//!
//! Knows the words of names. It must not know where a text comes from: whatever goes to the screen
//! passes here, so no place can be forgotten.

use std::collections::BTreeSet;

use fortnight_engine::people::{Book, Kind};
use fortnight_engine::words::Words;

use super::width;

/// The words that are covered.
#[derive(Clone, Debug, Default)]
pub struct Veil {
    /// Words of names, as they are written.
    words: BTreeSet<String>,
    /// First names as commands have them, in small letters.
    typed: BTreeSet<String>,
    /// Addresses, which hold names.
    addresses: BTreeSet<String>,
}

impl Veil {
    /// Covers everybody in a book.
    pub fn over(book: &Book) -> Self {
        let mut veil = Self::default();
        for entry in book.iter().filter(|entry| entry.kind == Kind::Person) {
            veil.name(&entry.name.terminal());
            for field in ["first_name", "last_name"] {
                let part = entry.field(field).map(|part| part.terminal());
                veil.name(&part.unwrap_or_default());
            }
            let profile = entry.field("profile").map(|profile| profile.terminal());
            let emails = entry.emails().map(|email| Words::new(email).terminal());
            let addresses = emails.chain(profile).filter(|address| !address.is_empty());
            veil.addresses.extend(addresses);
        }
        veil
    }

    fn name(&mut self, name: &str) {
        for (at, word) in words(name).map(|(_, word)| word).enumerate() {
            // Small words such as `van` and `de` name nobody.
            if word.starts_with(char::is_lowercase) && !word.contains(char::is_uppercase) {
                continue;
            }
            if at == 0 {
                self.typed.insert(word.to_lowercase());
            }
            self.words.insert(word.to_owned());
        }
    }

    /// The text with initials for names. Columns stay where they are.
    ///
    /// ```
    /// use fortnight_cli::render::initials::Veil;
    /// use fortnight_engine::people::Book;
    /// assert_eq!(Veil::over(&Book::new()).cover("Hi Ana"), "Hi Ana");
    /// ```
    pub fn cover(&self, text: &str) -> String {
        let mut covered = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let mut line = line.to_owned();
            for address in &self.addresses {
                if line.contains(address.as_str()) {
                    line = line.replace(address.as_str(), "…");
                }
            }
            self.line(&line, &mut covered);
        }
        covered
    }

    fn line(&self, line: &str, covered: &mut String) {
        let command = line.contains("fortnight");
        let mut done = 0;
        // Blanks that a shorter name leaves, until the next column begins.
        let mut owed = 0;
        for (at, word) in words(line) {
            let between = &line[done..at];
            settle(between, &mut owed, covered);
            done = at + word.len();
            let cut = line[done..].starts_with('…');
            let hidden = self.words.contains(word)
                || (command && self.typed.contains(word))
                || (cut && self.words.iter().any(|name| name.starts_with(word)));
            if !hidden {
                covered.push_str(word);
                continue;
            }
            let mut letters = word.chars();
            let first: String =
                letters.next().into_iter().chain(letters.take_while(|it| is_mark(*it))).collect();
            let initial = if cut { first.clone() } else { format!("{first}.") };
            owed += width::of(word).saturating_sub(width::of(&initial));
            covered.push_str(&initial);
        }
        settle(&line[done..], &mut owed, covered);
    }
}

/// What stands between two words; where a new column begins in it, the blanks owed come first.
fn settle(between: &str, owed: &mut usize, covered: &mut String) {
    match between.find("  ") {
        Some(at) => {
            covered.push_str(&between[..at]);
            covered.push_str(&" ".repeat(std::mem::take(owed)));
            covered.push_str(&between[at..]);
        }
        None => covered.push_str(between),
    }
}

/// The words of a text, each with its place. A hyphen joins two words of a name.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |letter: char| letter.is_alphanumeric() || is_mark(letter) || letter == '’';
    let mut rest = text;
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = rest.find(inside)?;
        let end =
            rest[start..].find(|letter| !inside(letter)).map_or(rest.len(), |end| start + end);
        let found = (at + start, &rest[start..end]);
        at += end;
        rest = &rest[end..];
        Some(found)
    })
}

/// Marks that belong to the letter before them, as in `नेहा`.
fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && width::of_char(letter) == 0
        || matches!(letter, '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

#[cfg(test)]
mod tests {
    use super::Veil;

    fn veil() -> Veil {
        let mut veil = Veil::default();
        for name in
            ["Ana Silva", "Jun-ho Baek", "李小龍", "Pieter van der Meulen", "Hélène d’Aubigny"]
        {
            veil.name(name);
        }
        veil.addresses.insert("https://linkedin.com/in/ana".to_owned());
        veil
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(veil().cover(text), expected);
    }

    #[test]
    fn names_become_initials_wherever_they_stand() {
        check("Hi Ana, …", "Hi A., …");
        check("Jun-ho Baek answered", "J.-ho B. answered");
        check("李小龍: they answered", "李.: they answered");
        check("see https://linkedin.com/in/ana", "see …");
        check("an anagram of Silvana", "an anagram of Silvana");
    }

    #[test]
    fn columns_stay_where_they_are() {
        check("  1  Ana Silva    needs context\n", "  1  A. S.        needs context\n");
        check("  2  李小龍  waiting\n", "  2  李.     waiting\n");
    }

    #[test]
    fn a_name_that_was_cut_and_one_in_a_command_are_covered() {
        check("10 people  Ana Silva, Pie…  20 min", "10 people  A. S., P…        20 min");
        check(
            "  fortnight people fill ana context=\"…\"",
            "  fortnight people fill a. context=\"…\"",
        );
        check("ana is a word of its own", "ana is a word of its own");
    }
}
