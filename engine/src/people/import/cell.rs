//! What the cell of a table says, and whether it says anything.
//!
//! Knows what spreadsheets, databases and people write where nothing is known. It must not know
//! which field a cell is for, beyond names being names.

/// A cell without the white space around it, and without the mark of another file's beginning. A
/// blank before a quote (`Ana, "Miro"`) makes the quote a part of the cell, which nobody means; so
/// does the `="007"` that keeps a spreadsheet from counting with it.
pub(super) fn trimmed(cell: &str) -> &str {
    let blank = |character: char| character.is_whitespace() || character == '\u{feff}';
    let bare = cell.trim_matches(blank);
    let within = |text: &'_ str, front: &str| -> Option<(usize, usize)> {
        let inner = text.strip_prefix(front)?.strip_suffix('"')?;
        (!inner.contains('"')).then(|| (front.len(), text.len() - 1))
    };
    let quoted = || within(bare, "\"").filter(|_| cell.starts_with(blank));
    match within(bare, "=\"").or_else(quoted) {
        Some((from, to)) => bare[from..to].trim_matches(blank),
        None => bare,
    }
}

/// True where a cell stands for nothing: an error of a spreadsheet, a database's null, a dash.
pub(super) fn says_nothing(cell: &str) -> bool {
    const WORDS: [&str; 10] =
        ["null", "(null)", "<null>", "none", "nan", "undefined", "n/a", "n.a.", "(blank)", "\\n"];
    const LONGEST: usize = 12;
    if cell.len() > LONGEST {
        return false;
    }
    let word = || WORDS.iter().any(|word| word.eq_ignore_ascii_case(cell));
    is_drawn(cell) || is_error(cell) || matches!(cell, "NA" | "na") || word()
}

/// As [`says_nothing`], for a part of a name: Na and Null are names, `null` is none, and `NULL` only
/// beside capitals.
pub(super) fn names_nobody(cell: &str, beside: &str) -> bool {
    match cell {
        "Null" | "NA" | "na" | "Nan" | "NAN" => false,
        "NULL" => beside.is_empty() || beside.chars().any(char::is_lowercase),
        _ => says_nothing(cell),
    }
}

/// Nothing but dashes, dots and question marks.
fn is_drawn(cell: &str) -> bool {
    let drawn = |c: char| "-–—―_?./\\•… ".contains(c);
    !cell.is_empty() && cell.chars().all(drawn)
}

/// `#N/A`, `#REF!`, `#NOM?`, `#NV`: what spreadsheets write in many languages.
fn is_error(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix('#') else { return false };
    let capitals = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_uppercase() || matches!(c, '/' | '0' | ' '))
    };
    let ended = rest.strip_suffix(['!', '?']).is_some_and(capitals);
    ended || matches!(rest, "N/A" | "N/D" | "N/V" | "NV" | "NULL")
}

/// Without the address that Notion writes behind the name of a page: `Northwind
/// (https://www.notion.so/…)`.
pub(super) fn without_page(cell: &str) -> &str {
    let page = || {
        let (name, address) = cell.strip_suffix(')')?.rsplit_once(" (")?;
        address.starts_with("https://www.notion.so/").then(|| name.trim_end())
    };
    page().filter(|name| !name.is_empty()).unwrap_or(cell)
}

/// The name in what a mail program shows for an address: `Ana Silva (ana@n.example)`. Of an
/// address alone, nothing.
pub(super) fn shown_name(cell: &str) -> &str {
    let name = cell.split(['(', '<', '[']).next().unwrap_or(cell);
    let name = name.trim().trim_matches(['"', '\'']).trim();
    if name.contains('@') { "" } else { name }
}

#[cfg(test)]
mod tests {
    use super::{names_nobody, says_nothing, shown_name, trimmed, without_page};

    #[test]
    fn a_cell_is_what_somebody_meant_by_it() {
        for (cell, expected) in [
            ("\u{feff} Ana\u{a0}", "Ana"),
            (" \"Miro\" ", "Miro"),
            ("\"Miro\"", "\"Miro\""),
            ("=\"007\"", "007"),
            ("=1+1", "=1+1"),
            ("=\"a\"&\"b\"", "=\"a\"&\"b\""),
            ("=\"", "=\""),
        ] {
            assert_eq!(trimmed(cell), expected, "{cell}");
        }
    }

    #[test]
    fn errors_nulls_and_dashes_say_nothing() {
        for cell in [
            "#N/A", "#REF!", "#NOM?", "#DIV/0!", "null", "NULL", "None", "NaN", "-", "—", "?", "NA",
        ] {
            assert!(says_nothing(cell), "{cell}");
        }
        for cell in ["", "#1", "#hiring", "Na", "nil", "A-", "0", "Nonesuch", "C#", "…and so on"]
        {
            assert!(!says_nothing(cell), "{cell}");
        }
    }

    #[test]
    fn some_names_look_like_nothing() {
        for (cell, beside) in [("Null", "Ana"), ("NULL", "ANA"), ("Na", ""), ("NA", "")] {
            assert!(!names_nobody(cell, beside), "{cell}");
        }
        for (cell, beside) in
            [("null", "Ana"), ("NULL", "Ana"), ("NULL", ""), ("#N/A", ""), ("-", "")]
        {
            assert!(names_nobody(cell, beside), "{cell}");
        }
    }

    #[test]
    fn names_stand_without_the_addresses_beside_them() {
        assert_eq!(without_page("Northwind (https://www.notion.so/N-12ab)"), "Northwind");
        assert_eq!(without_page("Northwind (Porto)"), "Northwind (Porto)");
        assert_eq!(shown_name("Cleo Marsh (cleo@x.example)"), "Cleo Marsh");
        assert_eq!(shown_name("cleo@x.example"), "");
    }
}
