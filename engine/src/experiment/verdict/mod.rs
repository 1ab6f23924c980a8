//! The rule layer: from counts to the one thing that may be said about them.
//!
//! Knows the ladder of rules, the numbers each step needs, and the plain sentence of each step. It
//! must not know titles, dates or commands; [`headline`](super::headline) adds those.

mod ladder;
mod text;

use super::{Arm, Side, Stratum};

pub use ladder::verdict;

pub(super) use ladder::{FEWEST_TO_CALL, SLACK};
pub(super) use text::{counts, likely_under, oriented_points, rounded_half_up};

/// How the two options came to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Both ran side by side in the same cycles, drawn at random.
    Mixed,
    /// The options took turns from cycle to cycle, three switches or more.
    Alternating,
    /// One after the other.
    BeforeAfter,
}

impl Design {
    /// The name used in tables and in files of results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mixed => "mixed",
            Self::Alternating => "alternating",
            Self::BeforeAfter => "before_after",
        }
    }

    /// The design of cycles that each had one option only: taking turns needs three switches, for
    /// with fewer of them a trend over time looks like the effect of an option.
    #[must_use]
    pub fn of_switches(switches: u32) -> Self {
        if switches >= 3 { Self::Alternating } else { Self::BeforeAfter }
    }
}

/// Follow-ups of one side: how many became due, and how many of those were sent in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FollowUps {
    /// Follow-ups that became due.
    pub due: u32,
    /// Those of them that were sent in time; never more than `due`.
    pub on_time: u32,
}

/// Everything a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// How the options came to be compared.
    pub design: Design,
    /// The fields of the setup in which B differs from A, in the words of a screen.
    pub changed: Vec<String>,
    /// People counted (matured and delivered): one stratum per cycle or segment when mixed, one per
    /// pair of cycles when alternating, a single one before and after.
    pub strata: Vec<Stratum>,
    /// People of A still inside their reply window.
    pub waiting_a: u32,
    /// People of B still inside their reply window.
    pub waiting_b: u32,
    /// The reply window in days.
    pub window_days: u32,
    /// How many looks at this pair were declared before the first one (1 to 4).
    pub planned_looks: u32,
    /// Follow-ups of A.
    pub follow_ups_a: FollowUps,
    /// Follow-ups of B.
    pub follow_ups_b: FollowUps,
}

impl Comparison {
    /// Everybody counted on side A.
    #[must_use]
    pub fn counted_a(&self) -> Arm {
        self.strata.iter().fold(Arm::default(), |sum, one| sum.plus(one.a))
    }

    /// Everybody counted on side B.
    #[must_use]
    pub fn counted_b(&self) -> Arm {
        self.strata.iter().fold(Arm::default(), |sum, one| sum.plus(one.b))
    }

    /// Everybody messaged and delivered: counted or still waiting.
    #[must_use]
    pub fn sent(&self) -> u32 {
        self.counted_a().plus(self.counted_b()).trials.saturating_add(self.waiting())
    }

    /// Everybody who is still inside the reply window.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.waiting_a.saturating_add(self.waiting_b)
    }
}

/// What may be said about a comparison. The order is the order of the rules: the first that fits
/// decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictCode {
    /// Nobody was messaged.
    NoData,
    /// Two or more things differ: no effect can be credited to one of them.
    CannotAttribute,
    /// Somebody is still inside the reply window.
    Waiting,
    /// Fewer than ten counted on a side.
    TooFew,
    /// Follow-ups were late on a side, or much later than on the other.
    Protocol,
    /// Nobody replied on either side.
    NoEvents,
    /// The options never ran together.
    CannotCompare,
    /// Nothing was changed: ordinary ups and downs.
    Repeat,
    /// A clear difference, side by side.
    ClearMixed,
    /// A clear difference of options that took turns.
    ClearAlternating,
    /// A clear difference that timing could explain just as well.
    ClearBeforeAfter,
    /// A hint, which luck gives one time in five.
    Lean,
    /// A difference of ten points or more is unlikely.
    AboutSame,
    /// None of the above.
    TooClose,
}

impl VerdictCode {
    /// All codes, in the order of the rules.
    pub const ALL: [Self; 14] = [
        Self::NoData,
        Self::CannotAttribute,
        Self::Waiting,
        Self::TooFew,
        Self::Protocol,
        Self::NoEvents,
        Self::CannotCompare,
        Self::Repeat,
        Self::ClearMixed,
        Self::ClearAlternating,
        Self::ClearBeforeAfter,
        Self::Lean,
        Self::AboutSame,
        Self::TooClose,
    ];

    /// The name used in tables and in files of results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::CannotAttribute => "cannot_attribute",
            Self::Waiting => "waiting",
            Self::TooFew => "too_few",
            Self::Protocol => "protocol",
            Self::NoEvents => "no_events",
            Self::CannotCompare => "cannot_compare",
            Self::Repeat => "repeat",
            Self::ClearMixed => "clear_mixed",
            Self::ClearAlternating => "clear_alternating",
            Self::ClearBeforeAfter => "clear_before_after",
            Self::Lean => "lean",
            Self::AboutSame => "about_same",
            Self::TooClose => "too_close",
        }
    }

    /// The code of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }

    /// Whether this is one of the three clear calls.
    #[must_use]
    pub fn is_clear(self) -> bool {
        matches!(self, Self::ClearMixed | Self::ClearAlternating | Self::ClearBeforeAfter)
    }

    /// Whether nobody should be told anything yet, since people are still counted or too few.
    #[must_use]
    pub fn is_early(self) -> bool {
        matches!(self, Self::NoData | Self::Waiting | Self::TooFew)
    }
}

/// A verdict with its numbers and its sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What may be said.
    pub code: VerdictCode,
    /// The side that did better, where a comparison was made and they differ.
    pub direction: Option<Side>,
    /// The central exact mid-p over strata, where a comparison was made.
    pub p: Option<f64>,
    /// The difference B minus A in proportion units, where a comparison was made.
    pub difference: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end of its 95 % interval.
    pub high: Option<f64>,
    /// The bar `p` was held against.
    pub bar: Option<f64>,
    /// Everybody counted on side A.
    pub counted_a: Arm,
    /// Everybody counted on side B.
    pub counted_b: Arm,
    /// The plain sentence, with A and B for the sides.
    pub text: String,
}
