//! Text and attributes of pages.

use super::{Words, danger};

impl Words {
    /// Text between the tags of a page: no markup begins or ends in it.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("<script>&").html_text(), "&lt;script&gt;&amp;");
    /// ```
    pub fn html_text(&self) -> String {
        escape(&danger::many_lines(self.raw()))
    }

    /// The value of an attribute, to be written between quotes of either kind. It is one line.
    /// For links see [`web_address`](Self::web_address).
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("\" onload='x").html_attribute(), "&quot; onload=&#39;x");
    /// ```
    pub fn html_attribute(&self) -> String {
        escape(&danger::one_line(self.raw()))
    }
}

/// Quotes are escaped everywhere: text moved into an attribute by a later hand stays safe.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '`' => escaped.push_str("&#96;"),
            other => escaped.push(other),
        }
    }
    escaped
}
