//! Addresses to open or to write to: checked, or nothing.

use super::{Words, danger};

/// Longer addresses are no addresses: RFC 5321 stops at 254 bytes, browsers near 2,000.
const LONGEST_MAIL: usize = 254;
const LONGEST_WEB: usize = 2_000;

impl Words {
    /// The text as a link that a browser may open: `http` or `https` only, one address, nothing
    /// that a shell, a header or a page reads its own way. An address without a scheme gets
    /// `https://`. `None` where it is no such address.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// let link = |text: &str| Words::new(text).web_address();
    /// assert_eq!(link("www.linkedin.com/in/ana").as_deref(), Some("https://www.linkedin.com/in/ana"));
    /// assert_eq!(link("javascript:alert(1)"), None);
    /// ```
    pub fn web_address(&self) -> Option<String> {
        let text = self.raw().trim();
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let (scheme, rest) = if lower.starts_with("https://") {
            ("https://", text.get(8..)?)
        } else if lower.starts_with("http://") {
            ("http://", text.get(7..)?)
        } else {
            ("https://", text)
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let honest = |character: char| {
            !character.is_whitespace()
                && !danger::is_dangerous(character)
                && !"\"'<>\\^`{|}$;!".contains(character)
        };
        // No `@` (a name and password before the host mislead the eye); a colon only before a port.
        let (name, port) = host.split_once(':').unwrap_or((host, "443"));
        let good = text.len() <= LONGEST_WEB
            && rest.chars().all(honest)
            && port.parse::<u16>().is_ok()
            && name.split('.').count() > 1
            && name.split('.').all(|label| !label.is_empty() && !label.starts_with('-'))
            && name
                .chars()
                .all(|character| character.is_alphanumeric() || ".-".contains(character));
        good.then(|| format!("{scheme}{rest}"))
    }

    /// The text as one mail address, or `None`: `name@host`, without spaces, quotes, brackets,
    /// commas or control characters, so that no second recipient or header hides in it. Rarer
    /// forms that RFC 5322 allows (quoted names, comments) are refused.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// let mail = |text: &str| Words::new(text).mail_address();
    /// assert_eq!(mail(" ana@example.com ").as_deref(), Some("ana@example.com"));
    /// assert_eq!(mail("ana@example.com,eve@example.com"), None);
    /// assert_eq!(mail("ana@example.com\r\nBcc: eve@example.com"), None);
    /// ```
    pub fn mail_address(&self) -> Option<String> {
        let text = self.raw().trim();
        let (name, host) = text.split_once('@')?;
        let honest = |character: char| {
            character.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(character)
        };
        let good = text.len() <= LONGEST_MAIL
            && !name.is_empty()
            && name.split('.').all(|part| !part.is_empty())
            && name.chars().all(honest)
            && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-'))
            && host
                .chars()
                .all(|character| character.is_alphanumeric() || ".-".contains(character));
        good.then(|| text.to_owned())
    }

    /// A part of a `mailto:` link (RFC 6068): everything but letters and digits of ASCII and
    /// `-._~` as bytes of UTF-8 in percent signs, lines ended by `%0D%0A`.
    ///
    /// ```
    /// use fortnight_engine::words::Words;
    /// assert_eq!(Words::new("Hi Zoë,\nbye?&bcc=x").mail_link_part(), "Hi%20Zo%C3%AB%2C%0D%0Abye%3F%26bcc%3Dx");
    /// ```
    pub fn mail_link_part(&self) -> String {
        let mut part = String::new();
        for byte in self.letter().replace('\n', "\r\n").bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                part.push(char::from(byte));
            } else {
                part.push('%');
                for half in [byte >> 4, byte & 15] {
                    part.extend(
                        char::from_digit(u32::from(half), 16).map(|d| d.to_ascii_uppercase()),
                    );
                }
            }
        }
        part
    }
}
