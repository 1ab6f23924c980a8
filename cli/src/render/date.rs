//! Days as people write them: `Mon 2 Mar 2026`.

use jiff::civil::{Date, Time};

/// `Mon 2 Mar 2026`.
///
/// ```
/// use fortnight_cli::render::date::long;
/// assert_eq!(long(jiff::civil::date(2026, 3, 2)), "Mon 2 Mar 2026");
/// ```
pub fn long(day: Date) -> String {
    day.strftime("%a %-d %b %Y").to_string()
}

/// `Mon 2 Mar`, where the year goes without saying.
pub fn short(day: Date) -> String {
    day.strftime("%a %-d %b").to_string()
}

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
        _ if day.year() == today.year() => short(day),
        _ => long(day),
    }
}

/// `09:00`.
pub fn time(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}
