//! Choices out of bytes: whoever makes the bytes (proptest, a counter, a fuzzer) shrinks them too.

/// A sequence of choices; where its bytes end, every choice is the first.
#[derive(Clone, Debug)]
pub struct Script<'s> {
    bytes: std::slice::Iter<'s, u8>,
}

impl<'s> Script<'s> {
    /// The choices that these bytes mean.
    pub fn new(bytes: &'s [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }

    /// True where all choices were made.
    pub fn is_over(&self) -> bool {
        self.bytes.len() == 0
    }

    /// A number below `limit`, or 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        let byte = self.bytes.next().copied().map_or(0, u64::from);
        byte.checked_rem(limit).unwrap_or(0)
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == times.saturating_sub(1)
    }

    /// One of them; none where there are none.
    pub fn pick<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        let length = u64::try_from(of.len()).unwrap_or(u64::MAX);
        of.get(usize::try_from(self.below(length)).unwrap_or(0))
    }
}
