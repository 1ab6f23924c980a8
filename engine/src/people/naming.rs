//! Finding in a text what names somebody, and cutting it out.
//!
//! Knows letters and the ends of words. It must not know where a text stands.

use std::ops::Range;

use super::fold;

/// Ways in which texts may name somebody, compared as [`fold`] does.
///
/// ```
/// use fortnight_engine::people::Naming;
/// let ana = Naming::new(["Ana Silva", "ana@example.com"]);
/// let cut = ana.cut("met ANA  SILVA\u{301} (ana@example.com), not Ana Silvano", "(forgotten)");
/// assert_eq!(cut.unwrap(), "met (forgotten) ((forgotten)), not Ana Silvano");
/// assert_eq!(ana.cut("Ana", "(forgotten)"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// Folded, the longest first.
    names: Vec<String>,
}

impl Naming {
    /// Every one of these, as whole words; blank ones name nobody.
    pub fn new<'n, I: IntoIterator<Item = &'n str>>(names: I) -> Self {
        let mut names: Vec<String> =
            names.into_iter().map(fold).filter(|name| !name.is_empty()).collect();
        names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
        names.dedup();
        Self { names }
    }

    /// True where nothing would ever be found.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The text with every naming replaced; none where nothing in it names them.
    pub fn cut(&self, text: &str, instead: &str) -> Option<String> {
        let found = self.find(text);
        if found.is_empty() {
            return None;
        }
        let mut cut = String::with_capacity(text.len());
        let mut from = 0;
        for range in found {
            cut.push_str(text.get(from..range.start).unwrap_or_default());
            cut.push_str(instead);
            from = range.end;
        }
        cut.push_str(text.get(from..).unwrap_or_default());
        Some(cut)
    }

    /// Where the text names them, from the left, without overlaps.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let folded = Folded::new(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < folded.text.len() {
            let hit = self.names.iter().find(|name| folded.has(name, at));
            match hit {
                Some(name) => {
                    found.push(folded.place(at, at + name.len()));
                    at += name.len();
                }
                None => at += folded.text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        found
    }
}

/// A folded text that remembers where each byte came from.
struct Folded<'t> {
    original: &'t str,
    text: String,
    /// The place in the original at which each byte of the text begins.
    from: Vec<usize>,
}

impl<'t> Folded<'t> {
    fn new(original: &'t str) -> Self {
        let mut folded = Self { original, text: String::new(), from: Vec::new() };
        for (at, letter) in original.char_indices() {
            let mut buffer = [0; 4];
            let piece = if letter.is_whitespace() {
                if folded.text.ends_with(' ') { String::new() } else { " ".to_owned() }
            } else {
                fold(letter.encode_utf8(&mut buffer))
            };
            folded.from.extend(std::iter::repeat_n(at, piece.len()));
            folded.text.push_str(&piece);
        }
        folded
    }

    /// True where the name stands there as whole words.
    fn has(&self, name: &str, at: usize) -> bool {
        let Some(rest) = self.text.get(at..).and_then(|rest| rest.strip_prefix(name)) else {
            return false;
        };
        let word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let before = self.text.get(..at).and_then(|before| before.chars().next_back());
        let begins = !word(name.chars().next()) || !word(before);
        let ends = !word(name.chars().next_back()) || !word(rest.chars().next());
        // The middle of one letter of the original is no end of a word.
        let whole = at == 0 || self.from.get(at) != self.from.get(at - 1);
        begins && ends && whole
    }

    /// The place in the original; marks on its last letter belong to it.
    fn place(&self, start: usize, end: usize) -> Range<usize> {
        let whole = self.original.len();
        let start = self.from.get(start).copied().unwrap_or(whole);
        start..self.from.get(end).copied().unwrap_or(whole)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Naming;

    #[track_caller]
    fn check(names: &[&str], text: &str, expected: Option<&str>) {
        assert_eq!(Naming::new(names.iter().copied()).cut(text, "X").as_deref(), expected);
    }

    #[test]
    fn whole_names_are_cut_out_however_they_are_written() {
        check(&["Ana Silva"], "via ana silva.", Some("via X."));
        check(&["Ana Silva"], "Ana\nSilva", Some("X"));
        check(&["José Álvarez"], "Jose\u{301} alvarez said", Some("X said"));
        check(&["Groß"], "GROSS", Some("X"));
        check(&["李小龍"], "見了 李小龍 先生", Some("見了 X 先生"));
        check(&["a@b.example"], "<a@b.example>", Some("<X>"));
        check(&["Ana", "Ana Silva"], "Ana Silva and Ana", Some("X and X"));
    }

    #[test]
    fn a_part_of_another_word_is_nobody() {
        check(&["Ana"], "Anastasia, banana, Ana1", None);
        check(&["Ana Silva"], "Ana Silvano; Dana Silva", None);
        check(&[""], "anything", None);
        check(&["ß"], "ss s", Some("X s"));
    }

    proptest! {
        #[test]
        fn cutting_never_panics_and_leaves_no_naming(name in "\\PC{1,8}", text in "\\PC{0,40}") {
            let naming = Naming::new([name.as_str()]);
            let whole = format!("{text} {name} {text}");
            if let Some(cut) = naming.cut(&whole, " ") {
                prop_assert!(naming.cut(&cut, " ").is_none() || cut.len() < whole.len());
            }
        }
    }
}
