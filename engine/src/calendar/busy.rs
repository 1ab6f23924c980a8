//! Stretches of time that are taken already.

use jiff::Timestamp;

/// Times that are taken, each from an instant to a later one, in order and apart.
///
/// ```
/// use fortnight_engine::calendar::BusyTimes;
/// let at = |text: &str| text.parse::<jiff::Timestamp>().expect("an instant");
/// let (nine, ten, eleven) = (at("2026-03-02T09:00Z"), at("2026-03-02T10:00Z"), at("2026-03-02T11:00Z"));
/// let busy: BusyTimes = [(ten, eleven), (nine, ten)].into_iter().collect();
/// assert_eq!(busy.spans(), [(nine, eleven)]);
/// assert!(!busy.is_free(nine, ten) && busy.is_free(eleven, at("2026-03-02T12:00Z")));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusyTimes {
    spans: Vec<(Timestamp, Timestamp)>,
}

impl BusyTimes {
    /// Start and end of each stretch, in order, with free time between them.
    pub fn spans(&self) -> &[(Timestamp, Timestamp)] {
        &self.spans
    }

    /// True where nothing is taken.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// True where nothing between the two instants is taken. What ends when the time begins is not
    /// in its way.
    pub fn is_free(&self, from: Timestamp, to: Timestamp) -> bool {
        let first = self.spans.partition_point(|(_, end)| *end <= from);
        self.spans.get(first).is_none_or(|(start, _)| to <= *start)
    }
}

impl Extend<(Timestamp, Timestamp)> for BusyTimes {
    /// Stretches that end before they begin, or at once, take no time and are left out.
    fn extend<I: IntoIterator<Item = (Timestamp, Timestamp)>>(&mut self, spans: I) {
        self.spans.extend(spans.into_iter().filter(|(start, end)| start < end));
        self.spans.sort_unstable();
        let mut apart: Vec<(Timestamp, Timestamp)> = Vec::with_capacity(self.spans.len());
        for (start, end) in self.spans.drain(..) {
            match apart.last_mut() {
                Some((_, last)) if start <= *last => *last = end.max(*last),
                _ => apart.push((start, end)),
            }
        }
        self.spans = apart;
    }
}

impl FromIterator<(Timestamp, Timestamp)> for BusyTimes {
    fn from_iter<I: IntoIterator<Item = (Timestamp, Timestamp)>>(spans: I) -> Self {
        let mut busy = Self::default();
        busy.extend(spans);
        busy
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_moment_is_free_where_no_stretch_covers_it(
            spans in prop::collection::vec((0..200_i64, -5..30_i64), 0..20),
            from in 0..200_i64, length in 1..20_i64,
        ) {
            let at = |second: i64| Timestamp::from_second(second).unwrap();
            let busy: BusyTimes =
                spans.iter().map(|(start, long)| (at(*start), at(start + long))).collect();
            let covered = |second: i64| {
                spans.iter().any(|(start, long)| *start <= second && second < start + long)
            };
            prop_assert_eq!(
                busy.is_free(at(from), at(from + length)),
                !(from..from + length).any(covered)
            );
            prop_assert!(busy.spans().windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }
}
