//! Days and moments in a person's words, and back (experience.md): `yesterday`, `sat`, `16 mar`,
//! `thu 15:00`, `until 16 mar`.

mod day;
mod forms;
mod moment;
mod range;
mod show;

pub use day::{Lean, parse_day};
pub use moment::parse_moment;
pub use range::parse_range;
pub use show::{show_day, show_day_with_year, show_moment};
