//! Words of people: text that came from a file, an address book or a keyboard.
//!
//! Knows how such text is made safe for each place it may go (R21). It must not know what it says.

use std::sync::Arc;

/// Text from people or files: data, never markup, never an instruction (M6).
///
/// It has no `Display` on purpose; each place it may go has a method of its own.
///
/// ```
/// use fortnight_engine::words::Words;
/// assert_eq!(Words::new("Ana Silva").raw(), "Ana Silva");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(Arc<str>);

impl Words {
    /// Keeps `text` byte for byte.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The bytes as they came, for comparing and storing; never for showing.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// True where nothing but white space was given.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}
