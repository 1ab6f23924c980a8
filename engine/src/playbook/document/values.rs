//! Reading single values: names, small values, lists of texts.

use unicode_normalization::UnicodeNormalization as _;

use super::reading::{Group, Reading, clipped};
use crate::calendar::{CycleDay, Deadline, Duration};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::playbook::language::{Kind, Object};
use crate::source::{Flaw, Span};
use crate::syntax::{Entry, Node, Scalar, Value};

/// The longest name that still fits a screen.
const LONGEST: usize = 64;

/// A duration with what it counts from, as written.
#[derive(Clone, Debug)]
pub(crate) struct Offset {
    pub duration: Duration,
    pub of: Option<Scalar>,
    pub span: Span,
}

/// Something with the place where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At<T> {
    pub value: T,
    pub span: Span,
}

/// Which letters a new name may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameForm {
    /// Digits, lower-case letters, hyphens and underscores.
    Id,
    /// The same without hyphens, because templates would read them as minus.
    Variable,
}

impl Reading<'_> {
    /// A text that some small reader understands, or a finding.
    pub(crate) fn small<T>(
        &mut self,
        code: Code,
        text: &Scalar,
        parse: impl FnOnce(&str) -> Result<T, Flaw>,
    ) -> Option<At<T>> {
        match parse(text.text()) {
            Ok(value) => Some(At { value, span: text.span() }),
            Err(flaw) => {
                self.flaw(code, text, flaw);
                None
            }
        }
    }

    pub(crate) fn duration(&mut self, group: &Group<'_>, key: &str) -> Option<At<Duration>> {
        // What a bare number counts, the key says.
        let unit = match key {
            "effort" => Some("minutes"),
            "length" => Some("days"),
            _ => None,
        };
        self.small(Code::BadValue, group.text(key)?, |text| {
            Duration::parse(text).map_err(|flaw| match unit {
                Some(unit) if flaw.message.ends_with("of what?") => {
                    let Flaw { range, message, .. } = flaw;
                    Flaw::new(range, message).help(format!("write `{} {unit}`", text.trim()))
                }
                Some(_) | None => flaw,
            })
        })
    }

    pub(crate) fn day(&mut self, group: &Group<'_>, key: &str) -> Option<At<u32>> {
        self.small(Code::BadValue, group.text(key)?, |text| {
            CycleDay::parse(text).map(CycleDay::number)
        })
    }

    pub(crate) fn offset(&mut self, group: &Group<'_>, key: &str) -> Option<Offset> {
        let text = group.text(key)?;
        let found = self.small(Code::BadValue, text, Deadline::parse)?;
        let of = found.value.of.map(|name| {
            let place = self.place(text, found.value.of_range);
            Scalar::new(name, place)
        });
        Some(Offset { duration: found.value.within, of, span: found.span })
    }

    /// `yes`, `no`, `true`, `false`.
    pub(crate) fn yes_no(&mut self, group: &Group<'_>, key: &str) -> Option<At<bool>> {
        self.small(Code::BadValue, group.text(key)?, |text| match text {
            "yes" | "true" => Ok(true),
            "no" | "false" => Ok(false),
            other => Err(Flaw::new(
                0..other.len(),
                format!("`{}` is neither yes nor no", clipped(other)),
            )
            .help("write `yes` or `no`")),
        })
    }

    /// One word out of a few.
    pub(crate) fn one_of(
        &mut self,
        text: &Scalar,
        what: &str,
        words: &'static [&'static str],
    ) -> Option<At<&'static str>> {
        let found = words.iter().find(|word| **word == text.text());
        if found.is_none() {
            let listed: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            let near = nearest(text.text(), words.iter().copied());
            self.push(
                Diagnostic::new(
                    Code::BadValue,
                    text.span(),
                    format!("`{}` is no value of `{what}`", clipped(text.text())),
                )
                .suggest(near)
                .help(format!("write {}", listed.join(" or "))),
            );
        }
        found.map(|word| At { value: *word, span: text.span() })
    }

    /// The items of a list (or one text), each of them a text with something in it.
    pub(crate) fn texts(&mut self, group: &Group<'_>, key: &str) -> Vec<Scalar> {
        let Some(node) = group.node(key) else { return Vec::new() };
        if let Value::Scalar(text) = &node.value {
            return vec![text.clone()];
        }
        let mut texts = Vec::new();
        for item in node.as_list().unwrap_or_default() {
            match &item.value {
                Value::Scalar(text) if !text.text().trim().is_empty() => texts.push(text.clone()),
                Value::Broken => {}
                Value::Null | Value::Scalar(_) => {
                    let place = if item.span.start < item.span.end {
                        item.span
                    } else {
                        group.key_span(key).unwrap_or(item.span)
                    };
                    let message = format!("`{key}` has an empty item");
                    self.push(Diagnostic::new(Code::EmptyText, place, message));
                }
                Value::List(_) | Value::Map(_) => {
                    self.wrong_type(item, &format!("an item of `{key}`"), "one text");
                }
            }
        }
        texts
    }

    /// Names declared as keys of a map, each with its value; bad and look-alike names are said.
    pub(crate) fn declared<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        form: NameForm,
    ) -> Vec<&'n Entry> {
        let mut entries: Vec<&Entry> = Vec::new();
        for entry in node.as_map().unwrap_or_default() {
            self.check_name(&entry.key, what, form);
            entries.push(entry);
        }
        self.look_alikes(entries.iter().map(|entry| &entry.key), what);
        entries
    }

    /// A new name must be made of plain letters (R22).
    pub(crate) fn check_name(&mut self, name: &Scalar, what: &str, form: NameForm) {
        let text = name.text();
        let Some(flaw) = name_flaw(text, what, form) else { return };
        let place = self.place(name, flaw.range.clone());
        let mut finding = Diagnostic::from_flaw(Code::BadId, flaw, |_| place);
        let mended = mended(text, form);
        if !mended.is_empty() && mended != text {
            finding = finding.label(format!("write `{mended}`"));
        }
        self.push(finding);
    }

    /// Names that differ only by case, `-` and `_`, or letters that look the same (R22).
    pub(crate) fn look_alikes<'n, I>(&mut self, names: I, what: &str)
    where
        I: Iterator<Item = &'n Scalar>,
    {
        let mut seen: std::collections::BTreeMap<String, &Scalar> =
            std::collections::BTreeMap::new();
        for name in names {
            let shape = name_shape(name.text());
            if let Some(first) = seen.get(&shape) {
                self.push(
                    Diagnostic::new(
                        Code::LookAlikeIds,
                        name.span(),
                        format!(
                            "`{}` and `{}` are too easily taken for one another",
                            clipped(name.text()),
                            clipped(first.text())
                        ),
                    )
                    .also(first.span(), format!("the other name of {what} is here"))
                    .help("give one of them another name"),
                );
            } else {
                seen.insert(shape, name);
            }
        }
    }
}

/// What is wrong with a new name, if anything is.
fn name_flaw(text: &str, what: &str, form: NameForm) -> Option<Flaw> {
    let allowed = |letter: char| {
        letter.is_ascii_lowercase()
            || letter.is_ascii_digit()
            || letter == '_'
            || (letter == '-' && form == NameForm::Id)
    };
    let starts_well = text.starts_with(|first: char| first.is_ascii_lowercase())
        || (form == NameForm::Id && text.starts_with(|first: char| first.is_ascii_digit()));
    let bad = text.char_indices().find(|(_, letter)| !allowed(*letter));
    let (part, message) = match bad {
        Some((at, letter)) => (
            at..at + letter.len_utf8(),
            format!("the name of {what} cannot have {}", letter_in_words(letter)),
        ),
        None if !starts_well => (
            0..text.chars().next().map_or(0, char::len_utf8),
            format!("the name of {what} begins with a letter"),
        ),
        None if text.len() > LONGEST => {
            (0..text.len(), format!("the name of {what} has at most {LONGEST} letters"))
        }
        None => return None,
    };
    let letters = match form {
        NameForm::Id => "lower-case letters, digits, hyphens and underscores",
        NameForm::Variable => "lower-case letters, digits and underscores, since templates use it",
    };
    Some(Flaw::new(part, message).help(format!("names are made of {letters}")))
}

/// What is wrong with the name of a new playbook, if anything is (R22).
///
/// ```
/// use fortnight_engine::playbook::bad_id;
/// assert!(bad_id("data-analyst").is_none());
/// assert_eq!(bad_id("Data").unwrap().message, "the name of a playbook cannot have capitals such as `D`");
/// ```
pub fn bad_id(name: &str) -> Option<Flaw> {
    name_flaw(name, "a playbook", NameForm::Id)
}

/// The name that was most likely meant; empty where nothing of it can stay.
///
/// ```
/// use fortnight_engine::playbook::id_meant;
/// assert_eq!(id_meant("Data Analyst"), "data-analyst");
/// assert_eq!(id_meant("Größe & Æsthetik"), "grosse-aesthetik");
/// ```
pub fn id_meant(name: &str) -> String {
    let mended = mended(name, NameForm::Id);
    let start = mended.trim_start_matches(|letter: char| !letter.is_ascii_alphanumeric());
    start.chars().take(LONGEST).collect()
}

/// What a reader's eye keeps of a name.
fn name_shape(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '_' | ' ' | '‐' | '–' => '-',
            '0' | 'о' | 'ο' => 'o',
            '1' | 'і' | 'ı' | '|' => 'l',
            'а' | 'α' => 'a',
            'е' => 'e',
            'р' | 'ρ' => 'p',
            'с' => 'c',
            'х' => 'x',
            'у' => 'y',
            other => other,
        })
        .collect()
}

fn letter_in_words(letter: char) -> String {
    match letter {
        ' ' => "a blank".to_owned(),
        '-' => "a hyphen".to_owned(),
        letter if letter.is_ascii_uppercase() => format!("capitals such as `{letter}`"),
        letter if letter.is_control() => format!("the character U+{:04X}", u32::from(letter)),
        letter if !letter.is_ascii() => {
            format!("the letter `{letter}` (U+{:04X})", u32::from(letter))
        }
        letter => format!("`{letter}`"),
    }
}

/// The name as it should have been, as far as one can guess.
fn mended(name: &str, form: NameForm) -> String {
    let joint = if form == NameForm::Id { '-' } else { '_' };
    let mut plain = String::new();
    // Letters lose their marks: `ö` is `o` in more languages than it is `oe`.
    for letter in name.nfd().flat_map(char::to_lowercase) {
        match letter {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ħ' => plain.push('h'),
            'ı' => plain.push('i'),
            letter if letter.is_ascii_alphanumeric() => plain.push(letter),
            '-' | '_' | ' ' | '.' | '/' if !plain.ends_with(['-', '_']) => {
                plain.push(if letter == '_' { '_' } else { joint });
            }
            _ => {}
        }
    }
    plain.trim_matches(['-', '_']).to_owned()
}

/// The words that a key allows, out of the tables.
pub(crate) fn words_of(object: &'static Object, name: &str) -> &'static [&'static str] {
    let key = object.keys.iter().find(|key| key.name == name);
    match key.map(|key| key.kind) {
        Some(Kind::OneOf(words) | Kind::SomeOf(words)) => words,
        _ => &[],
    }
}
