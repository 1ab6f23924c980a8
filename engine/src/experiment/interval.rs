//! A range from a low to a high value.

/// A range of values, both ends included; the high end may be infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end, never below the lower one.
    pub high: f64,
}

impl Interval {
    /// Everything a proportion can be: from 0 to 1.
    pub const PROPORTION: Self = Self { low: 0.0, high: 1.0 };
    /// Everything a difference of two proportions can be: from −1 to 1.
    pub const DIFFERENCE: Self = Self { low: -1.0, high: 1.0 };
    /// Everything a rate or a ratio can be: from 0 without end.
    pub const POSITIVE: Self = Self { low: 0.0, high: f64::INFINITY };

    /// From `low` to `high`; where rounding put the ends of a very short range the wrong way round,
    /// both are the same.
    pub(super) fn ordered(low: f64, high: f64) -> Self {
        Self { low, high: high.max(low) }
    }

    /// The part of `low..high` that lies within `bounds`.
    #[must_use]
    pub fn within(self, bounds: Self) -> Self {
        Self {
            low: self.low.clamp(bounds.low, bounds.high),
            high: self.high.clamp(bounds.low, bounds.high),
        }
    }

    /// Whether zero lies strictly outside.
    #[must_use]
    pub fn excludes_zero(self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// Whether the whole range lies strictly between `-margin` and `margin`.
    #[must_use]
    pub fn lies_inside(self, margin: f64) -> bool {
        self.low > -margin && self.high < margin
    }
}
