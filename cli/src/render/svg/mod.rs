//! What every picture shares: how wide a text is, lines that fit, numbers, clean words.
//!
//! A picture is drawn on one machine and read on another whose fonts nobody knows. Widths are those
//! of `DejaVu` Sans, one of the widest fonts that a browser falls back to: what fits in it fits in
//! Arial or Segoe UI.

pub(crate) mod palette;

use unicode_width::UnicodeWidthChar as _;

use super::safe;

/// The widths of the characters from space to tilde, in thousandths of the size of the font.
const WIDTHS: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Font {
    /// Pixels.
    pub(crate) size: f64,
    /// Semi-bold, a tenth wider.
    pub(crate) bold: bool,
}

impl Font {
    pub(crate) const fn plain(size: f64) -> Self {
        Self { size, bold: false }
    }

    pub(crate) const fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }

    fn of_char(self, character: char) -> f64 {
        let known = u32::from(character).checked_sub(32).and_then(|at| usize::try_from(at).ok());
        let thousandths = known.and_then(|at| WIDTHS.get(at)).map_or_else(
            || match character.width() {
                Some(0) | None => 0.0,
                Some(1) => 700.0,
                Some(_) => 1050.0,
            },
            |width| f64::from(*width),
        );
        thousandths / 1000.0 * self.size * if self.bold { 1.1 } else { 1.0 }
    }

    /// The pixels that a text takes at most.
    pub(crate) fn width(self, text: &str) -> f64 {
        text.chars().map(|character| self.of_char(character)).sum()
    }

    /// The text in lines of at most so many pixels, broken between words and, where a word alone
    /// is too long, inside it; what does not fit into `most` lines ends in `…`.
    pub(crate) fn wrap(self, text: &str, width: f64, most: usize) -> Vec<String> {
        let text = safe::line(text);
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&joined) <= width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for character in word.chars() {
                line.push(character);
                if self.width(&line) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::take(&mut line));
                    line.push(character);
                }
            }
            if lines.len() > most {
                break;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = self.with_dots(last, width);
            }
        }
        lines
    }

    /// One line, with `…` for what had to go.
    pub(crate) fn clip(self, text: &str, width: f64) -> String {
        let text = safe::line(text);
        if self.width(&text) <= width { text } else { self.with_dots(&text, width) }
    }

    fn with_dots(self, text: &str, width: f64) -> String {
        let mut kept = text.to_owned();
        while !kept.is_empty() && self.width(&kept) + self.width("…") > width {
            kept.pop();
        }
        format!("{}…", kept.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{200d}'))
    }
}

/// A number of pixels as a picture writes it: one place behind the point at most.
pub(crate) fn px(number: f64) -> String {
    let tenth = (number * 10.0).round() / 10.0;
    // There is no minus zero in a picture.
    if tenth == 0.0 { "0".to_owned() } else { tenth.to_string() }
}

/// A count as pixels; pictures are small.
pub(crate) fn times(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::Font;

    #[track_caller]
    fn check(text: &str, width: f64, most: usize, expected: &[&str]) {
        let font = Font::plain(10.0);
        let lines = font.wrap(text, width, most);
        assert_eq!(lines, expected);
        for line in lines {
            assert!(font.width(&line) <= width || line.chars().count() < 3, "{line}");
        }
    }

    #[test]
    fn lines_break_between_words_inside_long_ones_and_end_in_dots() {
        check("one two three", 45.0, 3, &["one two", "three"]);
        check("incomprehensibilities", 50.0, 3, &["incompre", "hensibiliti", "es"]);
        check("one two three four", 45.0, 1, &["one tw…"]);
        check("李小龍李小龍", 35.0, 3, &["李小龍", "李小龍"]);
        check("", 35.0, 3, &[]);
    }

    #[test]
    fn nothing_that_steers_a_reader_gets_into_a_picture() {
        assert_eq!(Font::plain(10.0).clip("a\u{1b}\u{202e}b\nc", 200.0), "a␛\u{fffd}b c");
    }
}
