//! The shipped playbooks with thousands of mistakes in them: whatever is broken, reading ends, every
//! place lies in its file, and a misspelt word is found with the right suggestion.
//!
//! `FORTNIGHT_MUTATIONS=100000 cargo test -p fortnight-tests --test mutations` tries as many;
//! `FORTNIGHT_MUTATIONS_SEED=7` tries others. A failure prints the seed and number of the edit that
//! found it, and writes the text beside the other temporary files.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::time::{Duration, Instant};

use fortnight_engine::diagnostic::Diagnostic;
use fortnight_engine::playbook::language::{Kind, Object, PLAYBOOK};
use fortnight_engine::playbook::{Loaded, load};
use fortnight_engine::source::SourceFile;
use fortnight_tests::root;

const NAMES: [&str; 5] =
    ["networking", "product-designer", "product-manager", "company-first", "ux-researcher"];

/// Nothing takes longer, also unoptimised on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

fn number(variable: &str, otherwise: u64) -> u64 {
    let given = std::env::var(variable).ok();
    given.map_or(otherwise, |text| text.parse().expect("a number"))
}

fn shipped(reference: &str, _from: &str) -> Option<SourceFile> {
    let name = format!("{}.yaml", reference.trim_start_matches("./").trim_end_matches(".yaml"));
    let bytes = fs::read(root().join("playbooks").join(&name)).ok()?;
    Some(SourceFile::from_bytes(name, &bytes))
}

fn text(name: &str) -> String {
    shipped(name, "").expect("it is shipped").text().to_owned()
}

/// `SplitMix64`: every edit follows from the seed.
struct Random(u64);

impl Random {
    fn of(seed: u64, edit: u64) -> Self {
        let mut random = Self(seed ^ edit.wrapping_mul(0xD134_2543_DE82_EF95));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).expect("as this test set it up"))
            .expect("as this test set it up")
    }
}

/// The line around a byte, its break included.
fn line(bytes: &[u8], at: usize) -> Range<usize> {
    let start = bytes[..at].iter().rposition(|one| *one == b'\n').map_or(0, |one| one + 1);
    let end = bytes[at..].iter().position(|one| *one == b'\n');
    start..end.map_or(bytes.len(), |one| at + one + 1)
}

/// The block that begins on the line around a byte: all lines below that are indented further.
fn block(bytes: &[u8], at: usize) -> Range<usize> {
    let first = line(bytes, at);
    let indent =
        |range: &Range<usize>| bytes[range.clone()].iter().take_while(|one| **one == b' ').count();
    let (own, mut end) = (indent(&first), first.end);
    while end < bytes.len() {
        let next = line(bytes, end);
        if indent(&next) <= own && next.len() > 1 {
            break;
        }
        end = next.end;
    }
    first.start..end
}

/// Makes one mistake.
fn edit(bytes: &mut Vec<u8>, random: &mut Random) {
    if bytes.is_empty() {
        return;
    }
    let at = random.below(bytes.len());
    let other = random.below(bytes.len());
    match random.below(14) {
        0 => bytes[at] = u8::try_from(random.below(256)).expect("as this test set it up"),
        1 => bytes.insert(at, u8::try_from(random.below(256)).expect("as this test set it up")),
        2 => drop(bytes.remove(at)),
        3 => drop(bytes.drain(line(bytes, at))),
        4 => {
            let copied = bytes[line(bytes, at)].to_vec();
            let to = line(bytes, at).end;
            bytes.splice(to..to, copied);
        }
        5 => {
            let start = line(bytes, at).start;
            bytes.splice(start..start, b"   "[..=random.below(3)].iter().copied());
        }
        6 => {
            let start = line(bytes, at).start;
            if bytes.get(start) == Some(&b' ') {
                drop(bytes.drain(start..=start));
            }
        }
        // A block moves to another place.
        7 => {
            let moved: Vec<u8> = bytes.drain(block(bytes, at)).collect();
            let to =
                if bytes.is_empty() { 0 } else { line(bytes, other.min(bytes.len() - 1)).start };
            bytes.splice(to..to, moved);
        }
        8 => drop(bytes.drain(block(bytes, at))),
        // Two values change places.
        9 => {
            let value = |bytes: &[u8], at: usize| {
                let line = line(bytes, at);
                let colon = bytes[line.clone()].windows(2).position(|two| two == b": ")?;
                Some(line.start + colon + 2..line.end)
            };
            if let (Some(one), Some(two)) = (value(bytes, at), value(bytes, other))
                && one.end <= two.start
            {
                let (first, second) = (bytes[one.clone()].to_vec(), bytes[two.clone()].to_vec());
                bytes.splice(two, first);
                bytes.splice(one, second);
            }
        }
        10 => {
            let sign = [
                b':', b'"', b'\'', b'{', b'}', b'[', b']', b'|', b'#', b'&', b'*', b'!', b'-',
                b'\t', b'%', b'\r', 0,
            ][random.below(17)];
            bytes.insert(at, sign);
        }
        11 => bytes.truncate(at),
        12 => {
            let word = [
                "999999999999999999999",
                "-1",
                "~",
                "null",
                "yes",
                "[]",
                "{}",
                "é\u{301}",
                "\u{202e}",
                "{{",
                "{% if",
                "0 0 31 2 *",
            ][random.below(12)];
            bytes.splice(at..at, word.bytes());
        }
        _ => {
            let copied = bytes[block(bytes, at)].to_vec();
            let to = line(bytes, other).start;
            bytes.splice(to..to, copied);
        }
    }
}

/// Reads an edited playbook; says what is wrong with the findings.
fn complaint(bytes: &[u8]) -> Result<Loaded, String> {
    let begun = Instant::now();
    let read =
        std::panic::catch_unwind(|| load(SourceFile::from_bytes("edited.yaml", bytes), &shipped));
    let Ok(loaded) = read else { return Err("it panics".to_owned()) };
    if begun.elapsed() > LONGEST {
        return Err(format!("it takes {:?}", begun.elapsed()));
    }
    for finding in &loaded.diagnostics {
        let labels = finding.labels.iter().map(|label| label.span);
        for span in std::iter::once(finding.span).chain(labels) {
            let file = loaded.sources.get(span.file);
            if file.is_none_or(|file| file.text().get(span.start..span.end).is_none()) {
                return Err(format!("a place lies outside: {finding:?}"));
            }
        }
        if finding.message.is_empty() {
            return Err(format!("a finding without words: {finding:?}"));
        }
    }
    if loaded.playbook.is_none() != loaded.has_errors() {
        return Err("an error and a playbook, or neither".to_owned());
    }
    Ok(loaded)
}

#[test]
fn whatever_is_broken_reading_ends_and_every_place_lies_in_its_file() {
    let (edits, seed) = (number("FORTNIGHT_MUTATIONS", 800), number("FORTNIGHT_MUTATIONS_SEED", 1));
    for edited in 0..edits {
        let mut random = Random::of(seed, edited);
        let mut bytes = text(NAMES[random.below(NAMES.len())]).into_bytes();
        for _ in 0..=random.below(4) {
            edit(&mut bytes, &mut random);
        }
        if let Err(complaint) = complaint(&bytes) {
            let path = std::env::temp_dir().join(format!("mutation-{seed}-{edited}.yaml"));
            fs::write(&path, &bytes).expect("it can be written");
            panic!("seed {seed}, edit {edited}: {complaint}\nkept as {}", path.display());
        }
    }
}

/// A word of a playbook that means something to the language, and where it stands.
#[derive(Clone, Debug)]
struct Word {
    place: Range<usize>,
    /// The keys that could stand here; none where the word is the name of something.
    keys: Option<&'static Object>,
}

/// Where a line stands in the language.
#[derive(Clone, Copy)]
enum Level {
    /// Its keys are those of an object.
    Keys(&'static Object),
    /// Its keys are names of a coach's own; below each stand the keys of an object.
    Names(&'static Object),
    /// What stands here is not looked at.
    Other,
}

/// The keys and references of a playbook in block style.
fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut levels: Vec<(usize, Level)> = vec![(0, Level::Keys(&PLAYBOOK))];
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        if trimmed.trim().is_empty() || trimmed.starts_with(['#', '-']) {
            continue;
        }
        while levels.len() > 1 && levels.last().is_some_and(|(known, _)| *known > indent) {
            levels.pop();
        }
        let Some((known, level)) = levels.last().copied() else { continue };
        if known != indent {
            continue;
        }
        let Some((key, rest)) = trimmed.split_once(':') else { continue };
        let value = rest.split(" #").next().unwrap_or_default();
        let at = start + indent;
        let below = match level {
            Level::Keys(object) => {
                let Some(known) = object.keys.iter().find(|known| known.name == key) else {
                    levels.push((indent + 2, Level::Other));
                    continue;
                };
                found.push(Word { place: at..at + key.len(), keys: Some(object) });
                if matches!(known.kind, Kind::Name(_) | Kind::Names(_)) && key != "extends" {
                    found.extend(names(value, at + key.len() + 1));
                }
                match known.kind {
                    Kind::Object(inner) => Level::Keys(inner),
                    Kind::Map(inner) => Level::Names(inner),
                    Kind::Text
                    | Kind::Template
                    | Kind::Condition
                    | Kind::Small(_)
                    | Kind::Smalls(_)
                    | Kind::Name(_)
                    | Kind::Names(_)
                    | Kind::YesNo
                    | Kind::OneOf(_)
                    | Kind::SomeOf(_)
                    | Kind::Texts
                    | Kind::Ids
                    | Kind::Needs
                    | Kind::Wordings
                    | Kind::TextMap => Level::Other,
                }
            }
            Level::Names(inner) => Level::Keys(inner),
            Level::Other => Level::Other,
        };
        levels.push((indent + 2, below));
    }
    found
}

/// The names in a value such as `send-intro`, `[personalise, rehearse]`, `{send-intro: done}`.
fn names(value: &str, at: usize) -> Vec<Word> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let mut found = Vec::new();
    let mut start = None;
    for (place, letter) in value.char_indices().chain([(value.len(), ' ')]) {
        match (is_part(letter), start) {
            (true, None) => start = Some(place),
            (false, Some(first)) => {
                let word = &value[first..place];
                let reserved = ["done", "at_least", "people", "companies", "again", "use", "stop"];
                let plain =
                    word.bytes().all(|one| one.is_ascii_lowercase() || one == b'-' || one == b'_');
                if plain && !reserved.contains(&word) {
                    found.push(Word { place: at + first..at + place, keys: None });
                }
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    found
}

/// Misspells a word as fingers do.
fn misspell(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.below(letters.len() - 1);
    match random.below(4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => {
            letters[at] =
                char::from(b'a' + u8::try_from(random.below(26)).expect("as this test set it up"));
        }
    }
    letters.into_iter().collect()
}

/// Letters changed, added, lost or swapped.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![vec![0; other.len() + 1]; one.len() + 1];
    for a in 0..=one.len() {
        for b in 0..=other.len() {
            rows[a][b] = if a == 0 || b == 0 {
                a + b
            } else {
                let change = rows[a - 1][b - 1] + usize::from(one[a - 1] != other[b - 1]);
                let mut least = change.min(rows[a - 1][b] + 1).min(rows[a][b - 1] + 1);
                if a > 1 && b > 1 && one[a - 1] == other[b - 2] && one[a - 2] == other[b - 1] {
                    least = least.min(rows[a - 2][b - 2] + 1);
                }
                least
            };
        }
    }
    rows[one.len()][other.len()]
}

/// Every word between backticks that a finding says.
fn said(finding: &Diagnostic) -> BTreeSet<String> {
    let texts = [&finding.message, &finding.text].into_iter().chain(&finding.helps);
    texts.flat_map(|text| text.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn a_misspelt_key_or_name_is_found_with_the_right_suggestion() {
    let (edits, seed) = (number("FORTNIGHT_MUTATIONS", 800), number("FORTNIGHT_MUTATIONS_SEED", 1));
    let playbooks: Vec<(String, Vec<Word>)> = NAMES
        .iter()
        .map(|name| {
            let text = text(name);
            let words = words(&text);
            (text, words)
        })
        .collect();
    assert!(playbooks.iter().map(|(_, words)| words.len()).sum::<usize>() > 400);
    let (mut keys, mut names) = (0, 0);
    for edited in 0..edits {
        let mut random = Random::of(seed ^ 0xABCD, edited);
        let (text, words) = &playbooks[random.below(playbooks.len())];
        let wanted = random.below(2) == 0;
        let words: Vec<&Word> = words.iter().filter(|word| word.keys.is_some() == wanted).collect();
        let word = words[random.below(words.len())];
        let right = &text[word.place.clone()];
        if right.len() < 4 {
            continue;
        }
        let wrong = misspell(right, &mut random);
        let ours = |name: &str| {
            word.keys.is_some_and(|object| object.keys.iter().any(|key| key.name == name))
        };
        let is_another = ours(&wrong) || text.contains(&format!("{wrong}:"));
        if wrong == right || is_another || wrong.starts_with(['-', '_']) {
            continue;
        }
        let mut changed = text.clone();
        changed.replace_range(word.place.clone(), &wrong);
        let loaded = complaint(changed.as_bytes())
            .unwrap_or_else(|complaint| panic!("seed {seed}, edit {edited}: {complaint}"));
        let here = |finding: &&Diagnostic| {
            finding.span.start < word.place.start + wrong.len()
                && finding.span.end > word.place.start
                && loaded
                    .sources
                    .get(finding.span.file)
                    .is_some_and(|file| file.name() == "edited.yaml")
        };
        let found: Vec<&Diagnostic> = loaded.diagnostics.iter().filter(here).collect();
        assert!(
            !found.is_empty(),
            "edit {edited}: `{wrong}` for `{right}` is not found: {:#?}",
            loaded.diagnostics
        );
        let said: BTreeSet<String> = found.iter().flat_map(|finding| said(finding)).collect();
        // Another name may be as near to what was written.
        let least = distance(&wrong, right);
        let near = said.iter().any(|name| *name != wrong && distance(&wrong, name) <= least);
        assert!(near, "edit {edited}: `{wrong}` for `{right}`: {found:#?}");
        if word.keys.is_some() { keys += 1 } else { names += 1 }
    }
    assert!(keys > edits / 4 && names > edits / 4, "{keys} keys and {names} names in {edits}");
}
