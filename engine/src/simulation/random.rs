//! Numbers that look random and follow from a seed.

/// `SplitMix64` (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014):
/// the same on every machine, and good enough to draw a few hundred answers from.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// A stream of its own for each purpose, so that one more draw for one person changes nothing
    /// for the next.
    pub(super) fn of(seed: u64, stream: u64) -> Self {
        let mut mixer = Self(seed);
        let base = mixer.next();
        let mut random = Self(base ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to 1, 1 excluded.
    pub(super) fn unit(&mut self) -> f64 {
        let high = u32::try_from(self.next() >> 32).unwrap_or(0);
        f64::from(high) / 4_294_967_296.0
    }

    /// True with this probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A number from 0 to below `end`.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        let high = self.next() >> 32;
        u32::try_from((high * u64::from(end)) >> 32).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn draws_are_spread_evenly_and_follow_from_the_seed() {
        let mut random = Random::of(7, 0);
        let draws: Vec<f64> = (0..10_000).map(|_| random.unit()).collect();
        let mean = draws.iter().sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        assert!(draws.iter().all(|draw| (0.0..1.0).contains(draw)));
        let again: Vec<f64> = {
            let mut random = Random::of(7, 0);
            (0..10_000).map(|_| random.unit()).collect()
        };
        assert_eq!(draws, again);
        assert_ne!(Random::of(7, 1).unit().to_bits(), draws[0].to_bits());
        let mut random = Random::of(8, 3);
        assert!((0..1000).all(|_| random.below(7) < 7));
    }
}
