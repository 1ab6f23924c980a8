//! Words that say whether a full stop ends a sentence.
//!
//! Lists are short on purpose: what people write in letters, in the languages of the alphabet
//! they are most often written in. All are lower case and sorted.

/// Titles and signposts, which never end a sentence: something always follows.
const NEVER: &[&str] = &[
    "abb", "aprox", "bijv", "bl.a", "bspw", "bzw", "ca", "capt", "cf", "col", "d.h", "dipl",
    "dott", "dr", "dra", "e.g", "eng", "env", "evt", "evtl", "exc", "excl", "fr", "gen", "ggf",
    "gov", "hon", "hr", "i.d.r", "i.e", "incl", "ing", "inkl", "lic", "lt", "mag", "messrs", "mgr",
    "mlle", "mme", "mons", "mr", "mrs", "ms", "mt", "mx", "np", "o.a", "p.ej", "p.ex", "p.p.s",
    "p.s", "prof", "profa", "rev", "sen", "sgt", "sog", "sr", "sra", "srta", "st", "t.ex", "tel",
    "tzn", "tzv", "u.a", "univ", "v.a", "vgl", "viz", "vs", "z.b", "z.hd", "zzgl",
];

/// Words that never end a sentence in front of a number.
const BEFORE_NUMBER: &[&str] = &[
    "ab", "abt", "app", "approx", "apr", "art", "aug", "ch", "chap", "dec", "dez", "ext", "feb",
    "fig", "jan", "jul", "jun", "mar", "max", "min", "mon", "no", "nos", "nov", "nr", "num", "núm",
    "oct", "okt", "p", "par", "pp", "pt", "s", "sat", "sec", "sep", "sept", "sun", "thu", "tue",
    "tél", "vol", "wed",
];

/// Of these, words in their own right as well: "The answer is no. Five people left."
const ORDINARY: &[&str] = &["app", "art", "no", "sat", "sun"];

/// Abbreviations that often stand at the end of a sentence as well.
const SOMETIMES: &[&str] = &[
    "ave", "b.a", "b.sc", "bros", "co", "corp", "d.c", "dept", "e.u", "hrs", "inc", "jr", "llc",
    "ltd", "m.a", "m.sc", "mins", "nyc", "ph.d", "plc", "s.a", "s.l", "u.k", "u.n", "u.s", "u.s.a",
    "yrs",
];

/// Abbreviations that close what was said, so that a large letter behind them begins anew.
const CLOSING: &[&str] = &["a.m", "ecc", "enz", "etc", "itd", "itp", "osv", "p.m", "usw"];

/// No abbreviation above is longer, in bytes.
const LONGEST: usize = 8;

/// Words that begin sentences and rarely go on behind "Acme Inc.".
const OPENERS: &[&str] = &[
    "a", "after", "an", "and", "are", "as", "at", "because", "but", "can", "could", "did", "do",
    "does", "for", "from", "has", "have", "he", "her", "here", "his", "how", "i", "if", "in", "is",
    "it", "its", "let", "may", "might", "my", "no", "now", "on", "one", "or", "our", "perhaps",
    "please", "she", "should", "since", "so", "thank", "thanks", "that", "the", "their", "then",
    "there", "these", "they", "this", "those", "to", "today", "was", "we", "were", "what", "when",
    "where", "which", "while", "who", "why", "will", "with", "would", "yes", "you", "your",
];

/// What the word before a full stop makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopKind {
    /// An ordinary word.
    Plain,
    /// An ordinary word of three small letters or more: it ends a sentence even before a small one.
    Word,
    /// Never an end.
    Never,
    /// No end in front of a number, and otherwise as [`Self::Sometimes`].
    BeforeNumber,
    /// No end in front of a number, and otherwise as [`Self::Plain`].
    Ordinary,
    /// An end only in front of a word that begins sentences.
    Sometimes,
    /// A letter alone, as in "J. Smith": an end only in front of a longer such word ("Plan B. Then").
    Letter,
    /// An end in front of a large letter.
    Closing,
    /// A number: `3. März` goes on.
    Number,
}

/// What the word that ends at `stop` makes of the full stop there; `chunk` is where the sentence
/// began.
pub(super) fn kind_of_stop(text: &str, chunk: usize, stop: usize) -> StopKind {
    let before = &text[chunk..stop];
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, character)| character.is_alphanumeric() || *character == '.')
        .last()
        .map_or(before.len(), |(start, _)| start);
    let word = before[start..].trim_start_matches('.');
    if word.is_empty() || ends_with_address(before) {
        return StopKind::Plain;
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let begins_line = before[..start].trim_end_matches([' ', '\t']);
        let is_point = begins_line.is_empty() || begins_line.ends_with('\n');
        return if is_point && word.len() <= 2 { StopKind::Never } else { StopKind::Number };
    }
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter != 'I'
        && (letter.is_uppercase() || letter.is_lowercase())
    {
        return StopKind::Letter;
    }
    // "J.R.R. Tolkien": letters with stops between them.
    let is_initials = word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
        });
    if let Some(kind) = listed(word) {
        return kind;
    }
    if is_initials {
        return StopKind::Sometimes;
    }
    let is_word = word.chars().all(char::is_lowercase) && word.chars().nth(2).is_some();
    if is_word { StopKind::Word } else { StopKind::Plain }
}

/// Whether a text ends with an address of the web, whose last letters are no abbreviation.
fn ends_with_address(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let host = word.split_once('/').map_or("", |(host, _)| host);
    host.contains('.') || word.contains("://")
}

/// What the lists say about a word, whatever its case.
fn listed(word: &str) -> Option<StopKind> {
    if word.len() > LONGEST {
        return None;
    }
    let key =
        if word.is_ascii() { key(word.as_bytes()) } else { key(word.to_lowercase().as_bytes()) };
    let is_in = |keys: &[u64]| keys.binary_search(&key).is_ok();
    if is_in(&NEVER_KEYS) {
        Some(StopKind::Never)
    } else if is_in(&CLOSING_KEYS) {
        Some(StopKind::Closing)
    } else if is_in(&BEFORE_NUMBER_KEYS) {
        Some(if ORDINARY.contains(&word) { StopKind::Ordinary } else { StopKind::BeforeNumber })
    } else if is_in(&SOMETIMES_KEYS) {
        Some(StopKind::Sometimes)
    } else {
        None
    }
}

// The lists as numbers, in the same order: they are searched at every full stop of every text.
static NEVER_KEYS: [u64; NEVER.len()] = keys(NEVER);
static CLOSING_KEYS: [u64; CLOSING.len()] = keys(CLOSING);
static BEFORE_NUMBER_KEYS: [u64; BEFORE_NUMBER.len()] = keys(BEFORE_NUMBER);
static OPENER_KEYS: [u64; OPENERS.len()] = keys(OPENERS);
static SOMETIMES_KEYS: [u64; SOMETIMES.len()] = keys(SOMETIMES);

/// The keys of a list.
const fn keys<const LENGTH: usize>(list: &[&str]) -> [u64; LENGTH] {
    let mut keys = [0; LENGTH];
    let mut index = 0;
    while index < LENGTH {
        keys[index] = key(list[index].as_bytes());
        index += 1;
    }
    keys
}

/// The first eight bytes of a word as a number, large ASCII letters as small ones; in the order of the
/// words.
const fn key(word: &[u8]) -> u64 {
    let mut key = 0;
    let mut index = 0;
    while index < LONGEST {
        let byte = if index < word.len() { word[index].to_ascii_lowercase() } else { 0 };
        key = key << 8 | byte as u64;
        index += 1;
    }
    key
}

impl StopKind {
    /// Whether the sentence ends in front of `rest`, which begins with `first`.
    pub(super) fn ends_before(self, rest: &str, first: char, is_dots: bool) -> bool {
        match self {
            Self::Never => false,
            Self::BeforeNumber | Self::Ordinary if first.is_numeric() => false,
            Self::Plain | Self::Ordinary => !first.is_lowercase(),
            Self::Word => !is_dots,
            Self::BeforeNumber | Self::Sometimes => first.is_uppercase() && is_opener(rest, 1),
            Self::Letter => first.is_uppercase() && is_opener(rest, 2),
            Self::Closing => !first.is_lowercase() && !first.is_numeric() && !is_zone(rest),
            Self::Number => {
                !first.is_lowercase() && !MONTHS.iter().any(|month| rest.starts_with(month))
            }
        }
    }
}

/// Time zones as people write them behind "10:30 a.m.".
const ZONES: &[&str] = &[
    "BST", "CDT", "CEST", "CET", "CST", "CT", "EDT", "EST", "ET", "GMT", "IST", "JST", "MDT",
    "MST", "MT", "PDT", "PST", "PT", "UTC",
];

/// Whether a text begins with a time zone.
fn is_zone(text: &str) -> bool {
    let end = text.find(|one: char| !one.is_alphanumeric()).unwrap_or(text.len());
    ZONES.contains(&&text[..end])
}

/// Whether a text begins with a word of so many letters or more that begins sentences.
fn is_opener(text: &str, letters: usize) -> bool {
    let end = text.find(|one: char| !one.is_alphanumeric()).unwrap_or(text.len());
    let word = &text[..end];
    (letters..=LONGEST).contains(&word.len())
        && OPENER_KEYS.binary_search(&key(word.as_bytes())).is_ok()
}

/// German months, which are written behind a number with a full stop.
const MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_short() {
        assert!(OPENERS.is_sorted() && OPENERS.iter().all(|word| word.len() <= LONGEST));
        for list in [NEVER, BEFORE_NUMBER, SOMETIMES, CLOSING] {
            assert!(list.is_sorted());
            for word in list {
                assert!(word.len() <= LONGEST && word.to_lowercase() == **word);
                assert!(listed(&word.to_uppercase()).is_some());
            }
        }
    }
}
