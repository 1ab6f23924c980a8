//! From bytes to text: recognised, or refused; never garbled.
//!
//! Knows byte-order marks, UTF-8, UTF-16, UTF-32, Windows-1252 (of which Latin-1 is a part), the
//! escapes of ISO-2022-JP, and cards that say their own encoding; others are read where somebody
//! names them. It must not know what the text means.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::{Refusal, kinds, lines, western::western};
use crate::words::Words;

/// How much of a file without marks is looked at.
const LOOKED_AT: usize = 1 << 16;

/// The text of a file and the name of its encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), Refusal> {
    if let Some(refusal) = kinds::of_bytes(bytes) {
        return Err(refusal);
    }
    if let Some(told) = certain(bytes) {
        return told;
    }
    if bytes.contains(&0) {
        return wide(bytes).ok_or(Refusal::NotText);
    }
    if let Some(told) = lines::charset(bytes).and_then(|label| named(bytes, label)) {
        return Ok(told);
    }
    if let Some(line) = damaged(bytes) {
        return Err(Refusal::Damaged(line));
    }
    western(bytes)
}

/// The text of a file whose encoding somebody has named, and the name of that encoding. What is
/// certainly in another one is refused: it would be garbled.
pub(super) fn decode_as<'b>(
    bytes: &'b [u8],
    label: &str,
) -> Result<(Cow<'b, str>, &'static str), Refusal> {
    if let Some(refusal) = kinds::of_bytes(bytes) {
        return Err(refusal);
    }
    let meant = encoding_of(label).ok_or_else(|| Refusal::NoEncoding(Words::new(label)))?;
    match certain(bytes) {
        // Of ASCII it is the same in all of them, but for the two that are wider.
        Some(Ok((text, name))) if text.is_ascii() || name == meant.name() => Ok((text, name)),
        Some(Ok((_, name))) => Err(Refusal::OtherEncoding(meant.name(), name)),
        Some(Err(refusal)) => Err(refusal),
        None => named(bytes, label).ok_or(Refusal::NotIn(meant.name())),
    }
}

/// An encoding by a name that browsers or programs of Apple's know.
fn encoding_of(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().to_ascii_lowercase().replace('_', "-");
    let label = match label.as_str() {
        "macroman" | "mac-roman" => "macintosh",
        "shift-jis" | "cp932" => "shift_jis",
        "cp936" => "gbk",
        "cp949" => "euc-kr",
        "cp950" => "big5",
        other => other,
    };
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// The text in an encoding that is named; none where a byte is no letter there.
pub(super) fn named<'b>(bytes: &'b [u8], label: &str) -> Option<(Cow<'b, str>, &'static str)> {
    let encoding = encoding_of(label)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some((text, encoding.name()))
}

/// What says its own encoding, or can be in one only.
fn certain(bytes: &[u8]) -> Option<Result<(Cow<'_, str>, &'static str), Refusal>> {
    // The mark of UTF-32 begins as that of UTF-16 does.
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe\0\0") {
        return Some(utf32(rest, u32::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\0\0\xfe\xff") {
        return Some(utf32(rest, u32::from_be_bytes));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(sure(encoding, &bytes[mark..]));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Some(sure(encoding, bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Ok(match escaped(text) {
            Some(text) => (text, ISO_2022_JP.name()),
            None => (Cow::Borrowed(text), UTF_8.name()),
        }));
    }
    refolded(bytes).map(|text| Ok((Cow::Owned(text), UTF_8.name())))
}

fn utf32(bytes: &[u8], order: fn([u8; 4]) -> u32) -> Result<(Cow<'_, str>, &'static str), Refusal> {
    const NAME: &str = "UTF-32";
    let (letters, rest) = bytes.as_chunks::<4>();
    let text: Option<String> =
        letters.iter().map(|letter| char::from_u32(order(*letter))).collect();
    let text = text.filter(|_| rest.is_empty()).ok_or(Refusal::Encoding(NAME))?;
    Ok((Cow::Owned(text), NAME))
}

/// Japanese in seven bits, as mail has it: nothing else switches alphabets by these escapes.
fn escaped(text: &str) -> Option<Cow<'_, str>> {
    let switches = text.is_ascii() && (text.contains("\u{1b}$B") || text.contains("\u{1b}$@"));
    let text = text.as_bytes();
    switches
        .then(|| ISO_2022_JP.decode_without_bom_handling_and_without_replacement(text))
        .flatten()
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

#[cfg(test)]
mod tests {
    use encoding_rs::{
        Encoding, IBM866, ISO_8859_2, KOI8_R, MACINTOSH, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251,
        WINDOWS_1252,
    };

    use super::{Refusal, decode, decode_as};

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
        // The same in Windows-1250 and its other neighbours.
        let rene = b"Name,Company\nAna Silva,N\nRen\xe9 Dupont,A\n";
        assert_eq!(decode(rene).unwrap().0, "Name,Company\nAna Silva,N\nRené Dupont,A\n");
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
        assert_eq!(decode(b"\xff\xfe\0\0N\0\0\0").unwrap(), ("N".into(), "UTF-32"));
        assert_eq!(decode(b"\xff\xfe\0\0N\0\0"), Err(Refusal::Encoding("UTF-32")));
        assert_eq!(
            decode(b"Name\n\x1b$B;3ED\x1b(B\n").unwrap(),
            ("Name\n山田\n".into(), "ISO-2022-JP")
        );
        // An escape of another kind is data.
        assert_eq!(decode(b"Name\n\x1b[2JAna\n").unwrap().1, "UTF-8");
    }

    #[test]
    fn what_cannot_be_told_is_read_as_somebody_says() {
        let cyrillic = WINDOWS_1251.encode("Имя\nАнна\n").0;
        assert_eq!(decode_as(&cyrillic, "cp1251").unwrap(), ("Имя\nАнна\n".into(), "windows-1251"));
        let rene = MACINTOSH.encode("René\n").0;
        assert_eq!(decode_as(&rene, "MacRoman").unwrap().0, "René\n");
        assert_eq!(decode_as(b"Name\n", "gb18030").unwrap(), ("Name\n".into(), "UTF-8"));
        // Whatever somebody says, a file that says its own encoding is not garbled.
        let utf8 = "René\n".as_bytes();
        assert_eq!(decode_as(utf8, "latin1"), Err(Refusal::OtherEncoding("windows-1252", "UTF-8")));
        assert_eq!(decode_as(b"\xfb\xff\n", "shift_jis"), Err(Refusal::NotIn("Shift_JIS")));
        assert_eq!(decode_as(b"Name\n", "ebcdic"), Err(Refusal::NoEncoding("ebcdic".into())));
    }

    #[test]
    fn cards_that_name_one_encoding_are_in_it() {
        let card = |label: &str, name: &[u8]| {
            let head = format!("BEGIN:VCARD\nVERSION:2.1\nN;CHARSET={label}:");
            [head.as_bytes(), name, b"\nEND:VCARD\n"].concat()
        };
        let yamada = card("SHIFT_JIS", b"\x8e\x52\x93\x63");
        assert!(decode(&yamada).unwrap().0.contains("山田"));
        let two = [yamada, card("BIG5", b"\xa4\xa4")].concat();
        assert!(decode(&two).is_err());
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
