//! The name with which somebody is greeted.
//!
//! Knows how names are written: titles and degrees, family in front, nicknames, what people add
//! to their names. It must not know where a name came from; a whole name is never changed by it.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::{
    fold,
    titles::{after_a_comma, is_degree, is_title, is_trailing_address},
};

/// Nobody has more names; it bounds the work.
const MOST_WORDS: usize = 40;

/// The given name within a whole name: without titles, degrees, nicknames and ornaments, behind the
/// comma of "Silva, Ana", behind the family of "SILVA Ana" and "山田 太郎". Of "Dr. Silva" all of it:
/// nobody is greeted with a bare family name. None where there is no name.
pub(super) fn given_name(name: &str) -> Option<String> {
    if is_placeholder(name) {
        return None;
    }
    let plain = without_asides(name);
    let plain = before_a_dash(&plain);
    let parts: Vec<&str> = plain.split([',', '，', '、', '،', ';']).map(str::trim).collect();
    let mut parts: Vec<&str> = parts.into_iter().filter(|part| has_letter(part)).collect();
    while parts.len() > 1
        && parts.last().is_some_and(|last| after_a_comma(last, parts.first().copied()))
    {
        parts.pop();
    }
    let written = cased(&plain);
    if let [_, given, ..] = parts.as_slice() {
        let words = untitled(&words_of(given)).1;
        return chosen(&words).map(|word| written.mend(&word));
    }
    let words = words_of(parts.first()?);
    let (titles, words) = untitled(&words);
    if let ([word], false) = (words.as_slice(), titles.is_empty()) {
        return Some(format!("{} {}", titles.join(" "), written.mend(word)));
    }
    chosen(&words).map(|word| written.mend(&word))
}

/// What a column of given names says, as a greeting: "Dr. Ana (she/her)" is Ana, "Ana Maria" stays.
pub(super) fn tidied(given: &str) -> Option<String> {
    // Most of a hundred thousand names are one plain word.
    let mut letters = given.chars();
    let plain = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && letters.all(char::is_lowercase);
    if plain && !is_title(given) && !is_degree(given) {
        return Some(given.to_owned());
    }
    let plain = without_asides(given);
    let plain = before_a_dash(&plain);
    let first = plain.split([',', '，', '、', '،', ';']).find(|part| has_letter(part))?;
    let words = words_of(first);
    let (_, mut words) = untitled(&words);
    // What an initial hid may be a degree, and the other way round.
    while words.len() > 1 && words.last().is_some_and(|word| is_initial(word) || is_degree(word)) {
        words.pop();
    }
    let written = cased(&plain);
    let names: Vec<String> = words.iter().map(|word| written.mend(word)).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// The words in front of which stand titles, and those titles; degrees at the end fall away.
fn untitled<'w>(words: &[&'w str]) -> (Vec<&'w str>, Vec<&'w str>) {
    let begin = words.iter().take_while(|word| is_title(word)).count();
    let titles = words.get(..begin).unwrap_or_default().to_vec();
    let mut rest: Vec<&str> = words.get(begin..).unwrap_or_default().to_vec();
    while rest.last().is_some_and(|word| is_degree(word)) {
        rest.pop();
    }
    let names = rest.into_iter().map(bare).filter(|word| has_letter(word)).collect();
    (titles, names)
}

/// Which of the words of a name is said.
fn chosen(words: &[&str]) -> Option<String> {
    let one = |word: &str| Some(word.to_owned());
    let (first, rest) = words.split_first()?;
    if words.iter().all(|word| is_east_asian(word)) {
        return east_asian(words);
    }
    let (Some(second), Some(last)) = (rest.first(), rest.last()) else { return one(first) };
    // The family in capitals and in front, as the French write it.
    let family = words.iter().take_while(|word| is_capitals(word)).count();
    if words.iter().take(family).any(|word| !is_short(word))
        && let Some(given) = words.get(family)
    {
        return one(given);
    }
    // A particle begins a family's name, of which nothing else is known.
    if is_particle(first) {
        return Some(words.join(" "));
    }
    // J. Robert Oppenheimer goes by his second name; of J. Oppenheimer all is said that is known.
    let initials = words.iter().take_while(|word| is_initial(word)).count();
    if initials > 0 {
        let behind = words.get(initials..).unwrap_or_default();
        return if behind.len() == 1 {
            Some(words.join(" "))
        } else {
            chosen(behind).or(one(first))
        };
    }
    if is_vietnamese_family(first) {
        return one(last);
    }
    if is_kunya(first) || is_half(first) && (second != last || first.chars().all(|c| !c.is_ascii()))
    {
        return Some(format!("{first} {second}"));
    }
    one(first)
}

/// In Chinese, Japanese and Korean the family stands in front; without a space nobody can tell
/// where it ends, and the whole name is polite.
fn east_asian(words: &[&str]) -> Option<String> {
    let mut words = words;
    while let Some((last, before)) = words.split_last().filter(|_| words.len() > 1) {
        if !is_trailing_address(last) {
            break;
        }
        words = before;
    }
    let is_kana = |word: &str| word.chars().all(|c| matches!(c, '\u{30a0}'..='\u{30ff}'));
    match words {
        [] => None,
        [whole] => {
            // アナ・シルバ and 安娜·席尔瓦 are names from abroad, given name in front.
            let given = whole.split(['・', '·', '•', '‧']).next();
            given.filter(|given| !given.is_empty()).map(ToOwned::to_owned)
        }
        _ if words.iter().all(|word| is_kana(word)) => Some(words.join(" ")),
        [_, given @ ..] if given.iter().all(|word| word.chars().count() == 1) => {
            Some(given.concat())
        }
        [.., given] => Some((*given).to_owned()),
    }
}

/// The text without what stands in brackets or, as a nickname, in quotes.
fn without_asides(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    let mut depth = 0_usize;
    for character in name.chars() {
        match character {
            '(' | '[' | '{' | '<' | '（' | '［' | '【' | '「' | '『' => {
                depth += 1;
                kept.push(' ');
            }
            ')' | ']' | '}' | '>' | '）' | '］' | '】' | '」' | '』' => {
                depth = depth.saturating_sub(1);
            }
            _ if depth == 0 => kept.push(character),
            _ => {}
        }
    }
    // A name that is nothing but an aside is a name all the same.
    let kept = if has_letter(&kept) { kept } else { name.to_owned() };
    let words: Vec<&str> = kept.split_whitespace().take(MOST_WORDS).collect();
    let mut plain: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let opens = word.starts_with(is_quote);
        let close = || words.iter().skip(at).position(|word| closes(word));
        match close().filter(|_| opens && (at > 0 || words.len() > 1)) {
            // A quote around the whole name is none of a nickname.
            Some(behind) if at > 0 || at + behind + 1 < words.len() => {
                let end = words.get(at + behind).filter(|word| word.ends_with(','));
                plain.extend(end.map(|_| ","));
                at += behind + 1;
            }
            Some(_) | None => {
                plain.push(word);
                at += 1;
            }
        }
    }
    plain.join(" ")
}

fn closes(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']);
    word.ends_with(is_quote) && word.chars().count() > 1
}

fn is_quote(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›'
    )
}

/// What people put behind their names: "Ana Silva | Product designer", "Ana Silva – hiring".
fn before_a_dash(name: &str) -> Cow<'_, str> {
    const DASHES: [&str; 8] = ["|", "｜", " - ", " – ", " — ", " • ", " · ", " / "];
    let cut = DASHES.iter().filter_map(|dash| name.find(dash)).min();
    match cut.and_then(|at| name.get(..at)).filter(|before| has_letter(before)) {
        Some(before) => Cow::Borrowed(before),
        None => Cow::Borrowed(name),
    }
}

fn words_of(text: &str) -> Vec<&str> {
    // An address is no name.
    let words = text.split_whitespace().filter(|word| !word.trim_start_matches('@').contains('@'));
    words.filter(|word| has_letter(word)).take(MOST_WORDS).collect()
}

/// A word without the ornaments around it; the dot of an initial stays.
fn bare(word: &str) -> &str {
    let ornament = |character: char| {
        let mark = is_combining_mark(character) && !matches!(character, '\u{fe00}'..='\u{fe0f}');
        !(character.is_alphanumeric() || mark)
    };
    let begin = word.trim_start_matches(ornament);
    let bare = begin.trim_end_matches(ornament);
    let dot = begin.get(..bare.len() + 1).filter(|dotted| dotted.ends_with('.'));
    dot.filter(|dotted| is_initial(dotted)).unwrap_or(bare)
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// "J", "J." and "J.R.": letters that stand for names.
fn is_initial(word: &str) -> bool {
    let pieces: Vec<&str> = word.split('.').collect();
    let dotted = word.ends_with('.') || pieces.len() == 1;
    let single = |piece: &&str| piece.chars().filter(|c| !is_combining_mark(*c)).count() <= 1;
    dotted && has_letter(word) && !is_east_asian(word) && pieces.iter().all(single)
}

/// Names of which a half means something else: Abdul Rahman is "servant of the Merciful".
fn is_half(word: &str) -> bool {
    ["abd", "abdul", "abdel", "abu", "عبد", "ابو", "أبو"].contains(&fold(word).as_str())
}

/// Abu Bakr is "father of Bakr", and never Abu.
fn is_kunya(word: &str) -> bool {
    ["abu", "umm"].contains(&fold(word).as_str())
}

/// In Vietnam the family stands in front and nobody is called by it; only with its marks is a word
/// known to be one.
fn is_vietnamese_family(word: &str) -> bool {
    const FAMILIES: [&str; 16] = [
        "Bùi", "Dương", "Đặng", "Đinh", "Đỗ", "Hồ", "Hoàng", "Huỳnh", "Lê", "Lý", "Ngô", "Nguyễn",
        "Phạm", "Trần", "Võ", "Vũ",
    ];
    FAMILIES.contains(&word)
}

/// What programs write where they know no name; nobody is greeted with it.
fn is_placeholder(name: &str) -> bool {
    const PLACEHOLDERS: [&str; 10] = [
        "anonymous",
        "linkedin member",
        "linkedin user",
        "n/a",
        "no name",
        "none",
        "null",
        "unbekannt",
        "undefined",
        "unknown",
    ];
    PLACEHOLDERS.contains(&fold(name).trim())
}

fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 19] = [
        "van", "von", "der", "den", "de", "da", "do", "dos", "das", "di", "del", "della", "du",
        "la", "le", "ter", "ten", "zu", "zum",
    ];
    PARTICLES.contains(&word)
}

fn is_east_asian(word: &str) -> bool {
    let dot = |c: char| matches!(c, '・' | '·' | '•' | '‧');
    let letter = |c: char| matches!(c, '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3134f}');
    has_letter(word) && word.chars().all(|c| dot(c) || letter(c))
}

/// Two letters may be initials (AJ, JP); nothing is concluded from them.
fn is_short(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() < 3
}

fn is_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

/// How the letters of a name are written; Turkish has an i of its own.
#[derive(Clone, Copy, Debug)]
struct Written {
    turkish: bool,
    /// The whole name is in capitals.
    loud: bool,
}

fn cased(name: &str) -> Written {
    Written {
        turkish: name.contains(['ı', 'İ', 'ğ', 'Ğ', 'ş', 'Ş']),
        loud: is_capitals(name) && name.contains(' '),
    }
}

impl Written {
    /// AJ and JP are said letter by letter; LI, in a name of which all is in capitals, is a name.
    fn may_be_letters(self, word: &str) -> bool {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let opens = letters.next().is_some_and(|first| !is_vowel(first));
        let syllable = opens && letters.next().is_some_and(is_vowel);
        is_short(word) && !(self.loud && syllable)
    }

    /// A word all in small letters or all in capitals as a name is written.
    fn mend(self, word: &str) -> String {
        let small = word.chars().all(|c| !c.is_uppercase());
        let loud = is_capitals(word) && word.chars().any(is_vowel) && !self.may_be_letters(word);
        let known = |c: char| c < '\u{590}' || ('\u{1e00}'..='\u{1fff}').contains(&c);
        if !(small || loud) || !word.chars().filter(|c| c.is_alphabetic()).all(known) {
            return word.to_owned();
        }
        let mut mended = String::with_capacity(word.len());
        let mut begins = true;
        for character in word.chars() {
            match character {
                'i' if begins && self.turkish => mended.push('İ'),
                'I' if !begins && self.turkish => mended.push('ı'),
                _ if begins => mended.extend(character.to_uppercase()),
                _ => mended.extend(character.to_lowercase()),
            }
            begins = matches!(character, '-' | ' ' | '\u{2010}' | '\u{2011}');
        }
        mended
    }
}

/// What can be said aloud is a name; "JJB" is not. Only Latin letters are looked at.
fn is_vowel(character: char) -> bool {
    let folded = fold(character.encode_utf8(&mut [0; 4]));
    !folded.is_ascii() || folded.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

#[cfg(test)]
mod tests;
