//! Days as seen from today.

use fortnight_engine::calendar::{show_day, show_day_with_year};
use jiff::civil::Date;

/// As short as it can be said on `today`: `today`, `tomorrow`, `yesterday`, the weekday alone
/// within six days on either side, `Mon 2 Mar` within the year, else the year too.
///
/// ```
/// use fortnight_cli::render::date::relative;
/// use jiff::civil::date;
/// let today = date(2026, 3, 9);
/// assert_eq!(relative(date(2026, 3, 10), today), "tomorrow");
/// assert_eq!(relative(date(2026, 3, 7), today), "Sat");
/// assert_eq!(relative(date(2026, 3, 20), today), "Fri 20 Mar");
/// assert_eq!(relative(date(2027, 3, 20), today), "Sat 20 Mar 2027");
/// ```
pub fn relative(day: Date, today: Date) -> String {
    let days = today.until(day).map_or(i32::MAX, |span| span.get_days());
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        -6..=6 => day.strftime("%a").to_string(),
        _ if day.year() == today.year() => show_day(day),
        _ => show_day_with_year(day),
    }
}
