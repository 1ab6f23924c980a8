//! Names as people compare them: without case, without accents.
//!
//! Knows letters. It must not know what is compared; what is stored is never folded.

use unicode_normalization::char::decompose_compatible;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkd_quick};

/// Below it stand the letters of Europe's west, with their accents, and nothing else that combines.
const LATIN: char = '\u{250}';

/// A text as people compare it: lower case, without the accents of Latin, Greek and Cyrillic
/// letters, compatible forms made one, white space single and trimmed. A character that no output may
/// hold is what stands for it there, so that somebody who was exported is the same on the way back.
///
/// ```
/// use fortnight_engine::people::fold;
/// assert_eq!(fold("  Zoë   ÅNGSTRÖM "), "zoe angstrom");
/// assert_eq!(fold("Łukasz Groß"), "lukasz gross");
/// assert_eq!(fold("Ｄａｎａ"), fold("dana"));
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_control()) {
        fold_ascii(text, &mut folded);
        return folded;
    }
    let mut gap = false;
    let mut push = |character: char| {
        if character.is_whitespace() || character == '\u{feff}' {
            gap = true;
            return;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        let character = crate::words::shown(character);
        match plain(character) {
            Some(letters) => folded.push_str(letters),
            None => folded.extend(character.to_lowercase().filter(|c| !is_accent(*c))),
        }
    };
    if text.chars().all(|character| character < LATIN) {
        // Letter by letter: without accents there is no order to mend and nothing to put together.
        for character in text.chars() {
            if character.is_ascii() {
                push(character);
            } else {
                decompose_compatible(character, |c| {
                    if !is_accent(c) {
                        push(c);
                    }
                });
            }
        }
    } else if is_nfkd_quick(text.chars()) == IsNormalized::Yes {
        text.chars().filter(|c| !is_accent(*c)).for_each(push);
    } else {
        text.nfkd().filter(|c| !is_accent(*c)).nfc().for_each(&mut push);
    }
    folded
}

/// The same for the letters that most names are written with; matching an address book folds some
/// hundred thousand.
fn fold_ascii(text: &str, folded: &mut String) {
    for word in text.split(|character: char| character.is_whitespace()) {
        if word.is_empty() {
            continue;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        let start = folded.len();
        folded.push_str(word);
        folded[start..].make_ascii_lowercase();
    }
    if folded.contains('`') {
        *folded = folded.replace('`', "'");
    }
}

/// The marks that stand on Latin, Greek and Cyrillic letters. Marks of other scripts are vowels.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Letters whose plain form Unicode does not decompose; keyboards abroad lack them.
fn plain(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        '\u{2019}' | '\u{2018}' | '`' | '\u{2bc}' => "'",
        '\u{2010}' | '\u{2011}' | '\u{2013}' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected);
    }

    #[test]
    fn accents_and_case_do_not_matter_and_other_scripts_keep_their_letters() {
        check("José", "jose");
        check("Jose\u{301}", "jose");
        check("İpek Yıldız", "ipek yildiz");
        check("ΌΜΗΡΟΣ", fold("Όμηρος").as_str());
        check("Фёдор", "федор");
        check("李小龍", "李小龍");
        check("क्षितिज", "क्षितिज");
        check("O\u{2019}Brien", "o'brien");
        check("\t \n", "");
        for name in ["Ana\u{1b}[2J\u{202e}", "Ana\u{1b}[2J", "Ana\tSilva\r\n"] {
            check(name, fold(&crate::words::Words::new(name).csv()).as_str());
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in ".*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_way_of_latin_letters_is_that_of_all(text in "[ -~\\u{80}-\\u{24f}]*") {
            let all = fold(&format!("{text} 李"));
            prop_assert_eq!(fold(&format!("{text} x")), all.replace('李', "x"));
        }

        #[test]
        fn the_short_way_of_plain_letters_is_the_long_way(text in "[ -~\\t\\n\\x0b\\r]*") {
            let (long, short) = (fold(&format!("{text} é")), fold(&format!("{text} e")));
            prop_assert_eq!(short, long);
        }
    }
}
