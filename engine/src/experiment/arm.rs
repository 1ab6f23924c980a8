//! The sides of a comparison and the counts on them.

/// The two sides of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The baseline.
    A,
    /// The new option.
    B,
}

impl Side {
    /// The letter of the side.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }

    /// The side across.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// One side of a comparison: how many people were counted, and how many of them replied (or
/// whatever else is measured).
///
/// More successes than trials cannot be; such an arm is read as one in which everybody replied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arm {
    /// People for whom the measured thing happened.
    pub successes: u32,
    /// People counted.
    pub trials: u32,
}

impl Arm {
    /// `successes` of `trials`.
    #[must_use]
    pub const fn new(successes: u32, trials: u32) -> Self {
        Self { successes, trials }
    }

    /// Whether nobody was counted.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.trials == 0
    }

    /// The raw share of successes; `None` when nobody was counted.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.trials > 0).then(|| self.x() / self.n())
    }

    /// The other side of the coin: failures of trials.
    #[must_use]
    pub fn mirrored(self) -> Self {
        let bounded = self.bounded();
        Self { successes: bounded.trials - bounded.successes, trials: bounded.trials }
    }

    /// Both counts added, as sides that are shown together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let (one, two) = (self.bounded(), other.bounded());
        Self {
            successes: one.successes.saturating_add(two.successes),
            trials: one.trials.saturating_add(two.trials),
        }
    }

    /// The same arm with no more successes than trials.
    pub(super) fn bounded(self) -> Self {
        Self { successes: self.successes.min(self.trials), trials: self.trials }
    }

    pub(super) fn x(self) -> f64 {
        f64::from(self.bounded().successes)
    }

    pub(super) fn n(self) -> f64 {
        f64::from(self.trials)
    }
}

/// Two sides that ran side by side: one cycle, one segment of a cycle, or one client in a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stratum {
    /// The baseline.
    pub a: Arm,
    /// The new option.
    pub b: Arm,
}

impl Stratum {
    /// A stratum from the two sides.
    #[must_use]
    pub const fn new(a: Arm, b: Arm) -> Self {
        Self { a, b }
    }

    /// Whether there is anybody on both sides, so that something can be compared.
    #[must_use]
    pub fn has_both_arms(self) -> bool {
        !self.a.is_empty() && !self.b.is_empty()
    }

    /// People of both sides together, and those of them who replied.
    pub(super) fn together(self) -> (f64, f64) {
        (self.a.x() + self.b.x(), self.a.n() + self.b.n())
    }

    /// Whether some replied and some did not.
    pub(super) fn varies(self) -> bool {
        let (successes, trials) = self.together();
        successes > 0.0 && successes < trials
    }
}
