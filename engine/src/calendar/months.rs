//! Names of months.

const MONTHS: [(&str, &str); 12] = [
    ("Jan", "January"),
    ("Feb", "February"),
    ("Mar", "March"),
    ("Apr", "April"),
    ("May", "May"),
    ("Jun", "June"),
    ("Jul", "July"),
    ("Aug", "August"),
    ("Sep", "September"),
    ("Oct", "October"),
    ("Nov", "November"),
    ("Dec", "December"),
];

fn month(number: i8) -> (&'static str, &'static str) {
    let index = usize::try_from(i16::from(number) - 1).ok();
    index.and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// `Jan`, `Feb`, …; empty where there is no such month.
pub(super) fn month_name(number: i8) -> &'static str {
    month(number).0
}

/// `January`, `February`, …
pub(super) fn long_month_name(number: i8) -> &'static str {
    month(number).1
}

/// The month of a name, short or long, in any case; `sept` too.
pub(super) fn month_named(word: &str) -> Option<i8> {
    let lower = word.trim_end_matches(['.', ',']).to_lowercase();
    let index = MONTHS.iter().position(|(short, long)| {
        lower.eq_ignore_ascii_case(short) || lower.eq_ignore_ascii_case(long)
    });
    let index = index.or_else(|| (lower == "sept").then_some(8))?;
    i8::try_from(index + 1).ok()
}

/// All names of months.
pub(super) fn month_names() -> impl Iterator<Item = &'static str> {
    MONTHS.iter().flat_map(|(short, long)| [*short, *long])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_has_its_number() {
        for number in 1..=12 {
            assert_eq!(month_named(month_name(number)), Some(number));
            assert_eq!(month_named(&long_month_name(number).to_uppercase()), Some(number));
        }
        assert_eq!(month_named("Sept."), Some(9));
        assert_eq!((month_name(0), month_name(13), month_name(i8::MIN)), ("", "", ""));
    }
}
