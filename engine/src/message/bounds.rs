//! How many of something there may be: `25 to 30`, `at most 300`, `at least 3`, `5`.
//!
//! Knows the four forms. It must not know what is counted.

use std::fmt;

use crate::source::Flaw;

/// The largest number a range may name; more is a slip of the keyboard.
const LARGEST: u32 = 1_000_000;

/// The smallest and the largest number allowed, both included.
///
/// ```
/// use fortnight_engine::message::Bounds;
/// let bounds = Bounds::parse("25 to 30")?;
/// assert!(bounds.holds(30) && !bounds.holds(24));
/// assert_eq!(bounds.to_string(), "25 to 30");
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bounds {
    /// Fewer are too few.
    pub least: Option<u32>,
    /// More are too many.
    pub most: Option<u32>,
}

impl Bounds {
    /// Exactly so many.
    pub fn exactly(number: u32) -> Self {
        Self { least: Some(number), most: Some(number) }
    }

    /// Reads one of the four forms; white space and large letters do not matter.
    ///
    /// # Errors
    ///
    /// A flaw with its bytes in `text`: no such form, a number over a million, or an end below
    /// its start.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let place = |index: usize| {
            let start = words[index].as_ptr().addr() - text.as_ptr().addr();
            start..start + words[index].len()
        };
        let number = |index: usize| read_number(words[index], place(index));
        let bounds = match lower.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [_] => Self::exactly(number(0)?),
            ["at", "most", _] => Self { least: None, most: Some(number(2)?) },
            ["at", "least", _] => Self { least: Some(number(2)?), most: None },
            [_, "to", _] => Self { least: Some(number(0)?), most: Some(number(2)?) },
            _ => return Err(no_range(text)),
        };
        if let (Some(least), Some(most)) = (bounds.least, bounds.most)
            && least > most
        {
            let flaw = Flaw::new(0..text.len(), format!("{least} is more than {most}"));
            return Err(flaw.help(format!("write `{most} to {least}`")));
        }
        Ok(bounds)
    }

    /// Whether so many are allowed.
    pub fn holds(&self, count: usize) -> bool {
        !self.is_too_few(count) && !self.is_too_many(count)
    }

    /// Whether there are fewer than allowed.
    pub fn is_too_few(&self, count: usize) -> bool {
        self.least.is_some_and(|least| usize::try_from(least).is_ok_and(|least| count < least))
    }

    /// Whether there are more than allowed.
    pub fn is_too_many(&self, count: usize) -> bool {
        self.most.is_some_and(|most| usize::try_from(most).is_ok_and(|most| count > most))
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (Some(least), Some(most)) if least == most => write!(out, "{least}"),
            (Some(least), Some(most)) => write!(out, "{least} to {most}"),
            (None, Some(most)) => write!(out, "at most {most}"),
            (Some(least), None) => write!(out, "at least {least}"),
            (None, None) => out.write_str("any number"),
        }
    }
}

fn read_number(word: &str, range: std::ops::Range<usize>) -> Result<u32, Flaw> {
    if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        // `3-5`, `3–5` and `3..5` are what people write who have not read the manual.
        let ends: Vec<&str> =
            word.split(['-', '–', '—', '.']).filter(|end| !end.is_empty()).collect();
        if let [least, most] = ends.as_slice()
            && [least, most].iter().all(|end| end.bytes().all(|byte| byte.is_ascii_digit()))
        {
            let flaw = Flaw::new(range, format!("`{word}` is no range"));
            return Err(flaw.help(format!("write `{least} to {most}`")));
        }
        let message = format!("`{}` is no number", word.escape_debug());
        return Err(Flaw::new(range, message).help("write it with digits, as in `5`"));
    }
    match word.parse::<u32>() {
        Ok(number) if number <= LARGEST => Ok(number),
        Ok(_) | Err(_) => {
            let flaw = Flaw::new(range, "this number is too large");
            Err(flaw.help("a range goes up to one million"))
        }
    }
}

fn no_range(text: &str) -> Flaw {
    Flaw::new(0..text.len(), "this is no range")
        .help("write `3 to 5`, `at most 300`, `at least 3` or `5`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, least: Option<u32>, most: Option<u32>) {
        let bounds = Bounds::parse(text).unwrap();
        assert_eq!((bounds.least, bounds.most), (least, most));
        assert_eq!(Bounds::parse(&bounds.to_string()), Ok(bounds));
    }

    #[track_caller]
    fn check_flaw(text: &str, place: &str, help: &str) {
        let flaw = Bounds::parse(text).unwrap_err();
        assert_eq!((&text[flaw.range], flaw.helps[0].as_str()), (place, help));
    }

    #[test]
    fn the_four_forms_are_read_and_shown() {
        check("25 to 30", Some(25), Some(30));
        check("at most 300", None, Some(300));
        check("At  least 3 ", Some(3), None);
        check("5", Some(5), Some(5));
        check("0 to 0", Some(0), Some(0));
    }

    #[test]
    fn other_forms_are_flaws_with_a_way_out() {
        check_flaw("3-5", "3-5", "write `3 to 5`");
        check_flaw("3–5", "3–5", "write `3 to 5`");
        check_flaw("1..5", "1..5", "write `1 to 5`");
        check_flaw("5 to 3", "5 to 3", "write `3 to 5`");
        check_flaw("", "", "write `3 to 5`, `at most 300`, `at least 3` or `5`");
        check_flaw("about 5", "about 5", "write `3 to 5`, `at most 300`, `at least 3` or `5`");
        check_flaw("at most many", "many", "write it with digits, as in `5`");
        check_flaw("-5", "-5", "write it with digits, as in `5`");
        check_flaw("٣", "٣", "write it with digits, as in `5`");
        check_flaw("at least 99999999999", "99999999999", "a range goes up to one million");
    }

    #[test]
    fn both_ends_belong_to_the_range() {
        let bounds = Bounds::parse("3 to 5").unwrap();
        let allowed: Vec<usize> = (0..9).filter(|count| bounds.holds(*count)).collect();
        assert_eq!(allowed, [3, 4, 5]);
        assert!(Bounds::default().holds(usize::MAX));
    }
}
