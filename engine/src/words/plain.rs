//! Plain text: terminals, mail headers, names of files.

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Words, danger};

/// The longest name of a file, in bytes; file systems stop at 255 and an ending follows.
const LONGEST_FILE_NAME: usize = 120;

/// Names that some systems keep for devices, whatever ending follows.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

impl Words {
    /// One line for a terminal: control, escape and bidirectional-override characters are replaced
    /// visibly, line breaks and tabs become a space.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("Ana\r\nSilva \u{202e}evil").terminal(), "Ana Silva \u{fffd}evil");
    /// assert_eq!(Words::new("李小龍 · Søren").terminal(), "李小龍 · Søren");
    /// ```
    pub fn terminal(&self) -> String {
        danger::one_line(self.raw())
    }

    /// Several lines for a terminal: as [`terminal`](Self::terminal), but lines stay lines, each
    /// ended by `\n`.
    pub fn terminal_block(&self) -> String {
        danger::many_lines(self.raw())
    }

    /// The value of a mail header: one line without a control character, so that no second header
    /// can begin in it. Encoding beyond ASCII is the mail writer's.
    pub fn mail_header(&self) -> String {
        danger::one_line(self.raw()).trim().to_owned()
    }

    /// A text to be pasted somewhere or mailed: lines stay lines, ended by `\n`, without a break at
    /// either end; what could steer whatever it is pasted into is shown as a sign for it.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("Hi Zoë,\r\n\r\nbye\n").letter(), "Hi Zoë,\n\nbye");
    /// assert_eq!(Words::new("Hi \u{1b}[201~rm").letter(), "Hi ␛[201~rm");
    /// ```
    pub fn letter(&self) -> String {
        danger::many_lines(self.raw()).trim_matches('\n').trim_end().to_owned()
    }

    /// A name for a file, without a folder and without an ending: no separators, no characters
    /// that a shell or a file system reads its own way, at most 120 bytes, never empty.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("../Ana: Silva").file_name(), "Ana- Silva");
    /// assert_eq!(Words::new("Zoë Ångström").file_name(), "Zoë Ångström");
    /// assert_eq!(Words::new("../..").file_name(), "unnamed");
    /// ```
    pub fn file_name(&self) -> String {
        let line = danger::one_line(self.raw());
        let safe: String = line
            .chars()
            .map(|character| if is_unfit(character) { '-' } else { character })
            .collect();
        let trimmed = trim(&safe);
        let mut name = String::new();
        for cluster in trimmed.graphemes(true) {
            if name.len() + cluster.len() > LONGEST_FILE_NAME {
                break;
            }
            name.push_str(cluster);
        }
        let name = trim(&name);
        if name.is_empty() {
            return "unnamed".to_owned();
        }
        if is_device(name) { format!("{name}-") } else { name.to_owned() }
    }
}

/// Dots at the ends hide a file or climb a folder, a hyphen in front is read as a flag.
fn trim(name: &str) -> &str {
    name.trim_matches(|character: char| character.is_whitespace() || matches!(character, '.' | '-'))
}

fn is_unfit(character: char) -> bool {
    let read_by_somebody = "/\\:*?\"<>|'`$&;!~#%{}".contains(character);
    let stands_for_danger =
        character == char::REPLACEMENT_CHARACTER || ('\u{2400}'..='\u{2421}').contains(&character);
    read_by_somebody || stands_for_danger
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let numbered = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"))
        .is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric));
    numbered || DEVICES.contains(&stem.as_str())
}
