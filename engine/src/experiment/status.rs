//! Why a number is missing, or weaker than it looks.

/// What an estimate rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// An ordinary estimate.
    Ok,
    /// Nobody counted, or one side of the comparison is empty.
    NoData,
    /// People were counted and nothing happened: no event at all.
    NoEvents,
    /// All of them, or none of them: nothing can differ.
    NoVariation,
    /// An odds ratio of zero or infinity: its size must not be shown.
    Boundary,
    /// One stratum only: nothing is known about variation between strata.
    Single,
    /// Events were recorded in no time at all, which is a mistake of the input.
    EventsWithoutExposure,
    /// Nobody was watched up to the day that was asked about.
    NotReached,
    /// Everybody who was still watched has replied.
    AllReplied,
}

impl Status {
    /// The name used in tables and in files of results.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NoData => "no_data",
            Self::NoEvents => "no_events",
            Self::NoVariation => "no_variation",
            Self::Boundary => "boundary",
            Self::Single => "single",
            Self::EventsWithoutExposure => "error_events_without_exposure",
            Self::NotReached => "not_reached",
            Self::AllReplied => "all_replied",
        }
    }
}
