//! From bytes to text: recognised, or refused; never garbled.
//!
//! Knows byte-order marks, UTF-8, UTF-16 and Windows-1252 (of which Latin-1 is a part). It must
//! not know what the text means.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Refusal, kinds};

/// How much of a file without marks is looked at.
const LOOKED_AT: usize = 1 << 16;

/// The text of a file and the name of its encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), Refusal> {
    if let Some(refusal) = kinds::of_bytes(bytes) {
        return Err(refusal);
    }
    // Its mark begins as that of UTF-16 does.
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(Refusal::Encoding("UTF-32"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return sure(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return sure(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), UTF_8.name()));
    }
    if let Some(text) = refolded(bytes) {
        return Ok((Cow::Owned(text), UTF_8.name()));
    }
    if bytes.contains(&0) {
        return wide(bytes).ok_or(Refusal::NotText);
    }
    if let Some(line) = damaged(bytes) {
        return Err(Refusal::Damaged(line));
    }
    western(bytes)
}

/// Cards whose long lines were folded within a letter, as programs do that count bytes: the fold is
/// moved behind the letter.
fn refolded(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..11)?;
    if !start.eq_ignore_ascii_case(b"BEGIN:VCARD") {
        return None;
    }
    let mut moved = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        moved.push(byte);
        rest = after;
        let fold = match after {
            [b'\r', b'\n', b' ' | b'\t', ..] => 3,
            [b'\n', b' ' | b'\t', ..] => 2,
            _ => continue,
        };
        let (fold, behind) = after.split_at(fold);
        let is_torn = |byte: &&u8| (0x80..0xc0).contains(*byte);
        let torn = behind.iter().take_while(is_torn).count();
        if byte >= 0x80 && torn > 0 {
            moved.extend_from_slice(&behind[..torn]);
            moved.extend_from_slice(fold);
            rest = &behind[torn..];
        }
    }
    String::from_utf8(moved).ok()
}

/// UTF-16 without a mark, in scripts whose letters have no zero bytes: only one of its two orders
/// makes lines and cells of it, and no letter that there is not.
fn wide(bytes: &[u8]) -> Option<(Cow<'_, str>, &'static str)> {
    let read = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let breaks = text.contains(['\n', '\r']) && text.contains([',', ';', '\t', ':']);
        let letter = |c: char| {
            let space = matches!(c, '\n' | '\r' | '\t');
            !matches!(c, '\u{e000}'..='\u{f8ff}') && (space || !c.is_control())
        };
        (breaks && text.chars().all(letter)).then_some((text, encoding.name()))
    };
    match (read(UTF_16LE), read(UTF_16BE)) {
        (Some(text), None) | (None, Some(text)) => Some(text),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// The line of the first bytes that are no UTF-8, in a file that is UTF-8 otherwise: by chance
/// another encoding makes a letter of two bytes seldom, and never more often than not.
fn damaged(bytes: &[u8]) -> Option<usize> {
    let (mut whole, mut broken, mut line, mut first) = (0_usize, 0_usize, 1, None);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        line += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() {
            broken += 1;
            first = first.or(Some(line));
        }
    }
    first.filter(|_| whole > broken)
}

/// Decodes what says its own encoding; a byte that does not fit refuses the file.
fn sure<'b>(
    encoding: &'static Encoding,
    bytes: &'b [u8],
) -> Result<(Cow<'b, str>, &'static str), Refusal> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| (text, encoding.name()))
        .ok_or(Refusal::Encoding(encoding.name()))
}

/// In UTF-16 of a Latin script every other byte is zero; in no other text are there as many.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let many = head.len() / 2 * 6 / 10;
    if head.len() < 8 {
        None
    } else if zeros(1) > many && zeros(0) == 0 {
        Some(UTF_16LE)
    } else if zeros(0) > many && zeros(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Windows-1252 is accepted where a detector says so and the result looks like Western words;
/// every sequence of bytes can be decoded with it, so decoding proves nothing.
fn western(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), Refusal> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let telling = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let mut looked_at = 0;
    for line in telling {
        let line = &line[..line.len().min(LOOKED_AT)];
        looked_at += line.len();
        if looked_at > LOOKED_AT {
            break;
        }
        detector.feed(line, false);
    }
    detector.feed(b"\n", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess != WINDOWS_1252 {
        return Err(Refusal::Encoding(guess.name()));
    }
    // Piece by piece: in one go, three bytes for each one would be set aside.
    let mut text = String::with_capacity(bytes.len());
    for piece in bytes.chunks(LOOKED_AT) {
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(piece).0);
    }
    if looks_western(&text) {
        Ok((Cow::Owned(text), WINDOWS_1252.name()))
    } else {
        Err(Refusal::Encoding("another alphabet"))
    }
}

/// Western words hold their accented letters singly, symbols stand apart from letters, capitals
/// begin words. Other encodings read as Windows-1252 break these rules at once.
fn looks_western(text: &str) -> bool {
    let high = |character: char| !character.is_ascii();
    let mut before = ' ';
    let mut run = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        if !high(character) {
            run = 0;
        } else if character.is_alphabetic() && !matches!(character, 'ª' | 'º' | 'µ' | 'ƒ' | 'ˆ')
        {
            run += 1;
            let misplaced = character.is_uppercase() && before.is_lowercase();
            if run > 2 || misplaced {
                return false;
            }
        } else {
            run = 0;
            let quotes = matches!(character, '’' | '‘' | '“' | '”' | '–' | '—' | '…' | '·' | '•');
            let space = character == '\u{a0}' || character == '\u{ad}';
            let mark = matches!(
                character,
                '®' | '™'
                    | '©'
                    | 'ª'
                    | 'º'
                    | '°'
                    | '²'
                    | '³'
                    | '«'
                    | '»'
                    | '‹'
                    | '›'
                    | '€'
                    | '£'
                    | '¿'
                    | '¡'
                    | '§'
                    | '±'
                    | '×'
                    | '¼'
                    | '½'
                    | '¾'
            );
            let between = before.is_alphabetic() && after.is_alphabetic();
            if character.is_control() || !(quotes || space || mark && !between) {
                return false;
            }
            // A word does not begin or end with these: they are letters of another alphabet.
            let stray = matches!(character, '³' | '£' | '±' | '²' | '¼' | '½' | '¾' | '×')
                && (before.is_alphabetic() || after.is_alphabetic());
            if stray {
                return false;
            }
        }
        before = character;
    }
    true
}

#[cfg(test)]
mod tests {
    use encoding_rs::{
        Encoding, IBM866, ISO_8859_2, KOI8_R, MACINTOSH, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251,
        WINDOWS_1252,
    };

    use super::{Refusal, decode};

    const WESTERN: &str = "Name,Company\nJörg Müller,Bäckerei Groß\nZoë Ångström,Café “Noël”\n\
        François Lefèvre,Société Générale\nJosé Núñez,¿Qué? S.A.\nSinéad O’Brien,R&D – Dublin\n";

    #[track_caller]
    fn refused(encoding: &'static Encoding, text: &str) {
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy);
        assert!(
            matches!(decode(&bytes), Err(Refusal::Encoding(_))),
            "{}: {:?}",
            encoding.name(),
            decode(&bytes)
        );
    }

    #[test]
    fn western_letters_of_windows_are_recognised() {
        let (bytes, _, _) = WINDOWS_1252.encode(WESTERN);
        assert_eq!(decode(&bytes).unwrap(), (WESTERN.into(), "windows-1252"));
        let one = b"Name\nJ\xf6rg\n";
        assert_eq!(decode(one).unwrap().0, "Name\nJörg\n");
    }

    #[test]
    fn other_alphabets_are_refused_and_never_garbled() {
        refused(WINDOWS_1251, "Name,Company\nВладимир Иванов,Яндекс\n");
        refused(KOI8_R, "Name,Company\nВладимир Иванов,Яндекс\n");
        refused(IBM866, "Name,Company\nВладимир Иванов,Яндекс\n");
        refused(SHIFT_JIS, "Name,Company\n田中太郎,株式会社\n");
        refused(WINDOWS_1250, "Name,Company\nMichał Wąsik,Żabka\n");
        refused(ISO_8859_2, "Name,Company\nŁukasz Błaszczyk,Śnieżka\n");
        refused(WINDOWS_1250, "Name,Company\nJiří Dvořák,Škoda\nTomáš Němec,Plzeň\n");
        refused(MACINTOSH, "Name,Company\nRené Müller,Café\n");
    }

    #[test]
    fn marks_say_the_encoding_and_must_not_lie() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let mut marked = vec![0xff, 0xfe];
        marked.extend(wide("Náme\n李"));
        assert_eq!(decode(&marked).unwrap(), ("Náme\n李".into(), "UTF-16LE"));
        assert_eq!(decode(&wide("Name\nJörg Müller")).unwrap().0, "Name\nJörg Müller");
        assert_eq!(
            decode(&wide("姓名,公司\n李小龍,嘉禾\n")).unwrap().0,
            "姓名,公司\n李小龍,嘉禾\n"
        );
        assert_eq!(decode(b"\xff\xfe\0\0N\0\0\0"), Err(Refusal::Encoding("UTF-32")));
        assert_eq!(decode(b"\xef\xbb\xbfName").unwrap(), ("Name".into(), "UTF-8"));
        assert_eq!(decode(b"\xef\xbb\xbfN\xe4me"), Err(Refusal::Encoding("UTF-8")));
        assert_eq!(decode(b"\xff\xfeN\0\x00\xd8"), Err(Refusal::Encoding("UTF-16LE")));
    }

    #[test]
    fn what_is_no_text_says_what_to_do() {
        assert_eq!(decode(b"PK\x03\x04rest"), Err(Refusal::Workbook));
        assert_eq!(decode(b"\xd0\xcf\x11\xe0rest"), Err(Refusal::Workbook));
        assert_eq!(decode(b"\x7fELF\0\0\xff\x01,\n"), Err(Refusal::NotText));
        let mended = "Name\nJörg\nZoë\n".as_bytes();
        let damaged = [mended, b"Caf\xe9\n"].concat();
        assert_eq!(decode(&damaged), Err(Refusal::Damaged(4)));
    }
}
