//! Days and moments as answers print them.

use jiff::civil::{Date, DateTime};

use crate::calendar::hours::show_time;
use crate::calendar::months::month_name;
use crate::calendar::weekdays::short_name;

/// `Mon 2 Mar`.
///
/// ```
/// use fortnight_engine::calendar::{show_day, show_day_with_year, show_moment};
/// use jiff::civil::date;
/// let day = date(2026, 3, 2);
/// assert_eq!(show_day(day), "Mon 2 Mar");
/// assert_eq!(show_day_with_year(day), "Mon 2 Mar 2026");
/// assert_eq!(show_moment(day.at(9, 5, 0, 0)), "Mon 2 Mar 09:05");
/// ```
pub fn show_day(date: Date) -> String {
    format!("{} {} {}", short_name(date.weekday()), date.day(), month_name(date.month()))
}

/// `Mon 2 Mar 2026`.
pub fn show_day_with_year(date: Date) -> String {
    format!("{} {}", show_day(date), date.year())
}

/// `Thu 12 Mar 15:00`.
pub fn show_moment(moment: DateTime) -> String {
    format!("{} {}", show_day(moment.date()), show_time(moment.time()))
}
