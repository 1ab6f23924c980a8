//! Names that a coach gives: of steps, fields, choices, options, messages, outcomes, metrics.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A name out of a playbook: lower case ASCII letters, digits, hyphens and underscores.
///
/// Cheap to copy; compares, orders and prints as its text.
///
/// ```
/// use fortnight_engine::playbook::Id;
/// assert_eq!(&*Id::from("send-intro"), "send-intro");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
