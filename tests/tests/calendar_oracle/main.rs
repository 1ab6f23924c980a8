//! The calendar against independent oracles, whose scripts and answers lie in `tests/calendar`.

#[cfg(test)]
mod occurrences;
#[cfg(test)]
mod recurrences;
#[cfg(test)]
mod second_opinion;
#[cfg(test)]
mod workdays;
