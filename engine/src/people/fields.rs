//! What is known of somebody, field by field.
//!
//! Knows names and values. It must not know which fields there are.

use smol_str::SmolStr;

use crate::words::Words;

/// Values by the names of their fields, in the order of the names; no field is there twice.
///
/// Compact, for a hundred thousand people are held at once: a sorted list takes a third of what a
/// tree takes, and short names are no allocation.
///
/// ```
/// use fortnight_engine::people::Fields;
/// let mut fields: Fields = [("position", "Lead"), ("company", "Northwind")].into_iter().collect();
/// assert_eq!(fields.insert("position", "Design lead".into()).unwrap().raw(), "Lead");
/// assert_eq!(fields.get("position").unwrap().raw(), "Design lead");
/// assert_eq!(fields.keys().collect::<Vec<_>>(), ["company", "position"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(SmolStr, Words)>);

impl Fields {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Words> {
        // Of a dozen names, few are as long as this one: quicker than halving.
        self.0.iter().find(|(other, _)| other.as_str() == name).map(|(_, value)| value)
    }

    /// Sets a field; gives back its value before.
    pub fn insert(&mut self, name: impl Into<SmolStr>, value: Words) -> Option<Words> {
        let name = name.into();
        match self.place(&name) {
            Ok(place) => Some(std::mem::replace(&mut self.0[place].1, value)),
            Err(place) => {
                self.0.insert(place, (name, value));
                None
            }
        }
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) -> Option<Words> {
        self.place(name).ok().map(|place| self.0.remove(place).1)
    }

    /// Takes all fields out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Names and values, in the order of the names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Words)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The names, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// The values, in the order of their names.
    pub fn values(&self) -> impl Iterator<Item = &Words> {
        self.iter().map(|(_, value)| value)
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True where nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.as_str().cmp(name))
    }
}

/// Of several values for one name the last stays.
impl<N: Into<SmolStr>, V: Into<Words>> FromIterator<(N, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let mut all: Vec<(SmolStr, Words)> =
            fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        if !all.is_sorted_by(|(one, _), (other, _)| one < other) {
            // Stable, so that the later of two stands behind; read backwards, it is the first.
            all.reverse();
            all.sort_by(|(one, _), (other, _)| one.cmp(other));
            all.dedup_by(|(one, _), (other, _)| one == other);
        }
        all.shrink_to_fit();
        Self(all)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{Fields, Words};

    proptest! {
        /// The same as a map, whatever is done.
        #[test]
        fn fields_are_a_map(
            given in prop::collection::vec(("[abc]{1,2}", "[xy]"), 0..8),
            steps in prop::collection::vec(("[abc]{1,2}", prop::option::of("[xy]")), 0..8),
        ) {
            let words = |value: &str| Words::new(value);
            let mut map: BTreeMap<String, Words> =
                given.iter().map(|(name, value)| (name.clone(), words(value))).collect();
            let mut fields: Fields =
                given.iter().map(|(name, value)| (name.as_str(), words(value))).collect();
            for (name, value) in &steps {
                if let Some(value) = value {
                    prop_assert_eq!(
                        fields.insert(name.as_str(), words(value)),
                        map.insert(name.clone(), words(value))
                    );
                } else {
                    prop_assert_eq!(fields.remove(name), map.remove(name));
                }
                prop_assert_eq!(fields.get(name), map.get(name));
            }
            prop_assert_eq!((fields.len(), fields.is_empty()), (map.len(), map.is_empty()));
            let listed = map.iter().map(|(name, value)| (name.as_str(), value));
            prop_assert!(fields.iter().eq(listed));
        }
    }
}
