//! Dates as address books write them.
//!
//! Knows month names of several languages. It never guesses between day and month: a date that
//! can be read in two ways is no date until a whole column has settled the order.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};

use super::{fold, months::month};

/// Which of two leading numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// 12/03/2024 is 12 March.
    DayFirst,
    /// 12/03/2024 is 3 December.
    MonthFirst,
}

/// Reads a date as address books write it: `2024-03-12` (a time behind it is left out),
/// `12 Mar 2024`, `12. März 2024`, `12 de marzo de 2024`, `Mar 12, 2024`, `12.03.2024`,
/// `2024/3/12`, `2024年3月12日`, `20240312`, and with two figures for a year from 2000 to 2068
/// `12-Mar-24` and `12.03.24`. With slashes or hyphens and the year last, `13/03/2024` is
/// understood and `12/03/2024` is not: it has two meanings.
///
/// ```
/// use fortnight_engine::people::read_date;
/// use jiff::civil::date;
/// assert_eq!(read_date("12 Mar 2024"), Some(date(2024, 3, 12)));
/// assert_eq!(read_date("12. März 2024"), Some(date(2024, 3, 12)));
/// assert_eq!(read_date("12/03/2024"), None);
/// ```
pub fn read_date(text: &str) -> Option<Date> {
    let date = match parts(text)? {
        Parts::Clear(date) => date,
        Parts::Open(first, second, year) => match order(first, second) {
            Some(order) => ordered(first, second, year, order),
            None if first == second => ordered(first, second, year, Order::DayFirst),
            None => None,
        },
        Parts::Short(..) => None,
    };
    date.filter(|date| of_this_age(*date))
}

/// Years of another count, such as the Buddhist one, are not mistaken for ours.
fn of_this_age(date: Date) -> bool {
    (1900..=2200).contains(&date.year())
}

/// As [`read_date`], for a column whose other cells have settled the order.
pub(super) fn read_date_in(text: &str, order: Order) -> Option<Date> {
    let date = match parts(text)? {
        Parts::Clear(date) => date,
        Parts::Open(first, second, year) | Parts::Short(first, second, year) => {
            ordered(first, second, year, order)
        }
    };
    date.filter(|date| of_this_age(*date))
}

/// The order that the dates of a column prove together; none where they prove nothing, or both.
///
/// Where a year has two figures, `24/03/12` might begin with it: there a month in front is proved
/// by what no month is behind it, a day in front only where some date begins with what no year of
/// an address book is, such as `7/…`.
pub(super) fn order_of(cells: &[&str]) -> Option<Order> {
    let mut proved: Option<Order> = None;
    let mut day_in_front = false;
    let mut days = false;
    for cell in cells {
        let found = match parts(cell) {
            Some(Parts::Open(first, second, _)) => order(first, second),
            Some(Parts::Short(first, second, _)) => {
                days |= first < FIRST_SHORT_YEAR || is_unpadded(cell);
                let found = order(first, second);
                day_in_front |= found == Some(Order::DayFirst);
                found.filter(|found| *found == Order::MonthFirst)
            }
            Some(Parts::Clear(_)) | None => None,
        };
        if found.is_some() && proved.is_some() && proved != found {
            return None;
        }
        proved = proved.or(found);
    }
    match proved {
        Some(Order::MonthFirst) if day_in_front => None,
        None if day_in_front && days => Some(Order::DayFirst),
        Some(_) | None => proved,
    }
}

/// No year of an address book that is written with two figures is before 2003.
const FIRST_SHORT_YEAR: i8 = 3;

/// A single figure in front: nobody writes a year so.
fn is_unpadded(cell: &str) -> bool {
    let figures = cell.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    figures == 1
}

/// A day as a spreadsheet counts it, from 30 December 1899 on: 45363 is 12 March 2024. Only in a
/// column of dates, and only days since there are profiles to connect with (2003).
pub(super) fn read_serial(cell: &str) -> Option<Date> {
    let (days, time) = cell.trim().split_once(['.', ',']).unwrap_or((cell.trim(), ""));
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let days: i32 =
        (days.len() == 5 && figures(days) && figures(time)).then_some(days)?.parse().ok()?;
    let known = (37_746..=73_050).contains(&days);
    known.then(|| date(1899, 12, 30).checked_add(days.days()).ok()).flatten()
}

enum Parts {
    /// One meaning, or an impossible day.
    Clear(Option<Date>),
    /// Two numbers whose order is open, and a year.
    Open(i8, i8, i16),
    /// Three numbers of two figures; the year may stand behind or in front.
    Short(i8, i8, i16),
}

fn order(first: i8, second: i8) -> Option<Order> {
    match (first > 12, second > 12) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        (true, true) | (false, false) => None,
    }
}

fn ordered(first: i8, second: i8, year: i16, order: Order) -> Option<Date> {
    let (day, month) = match order {
        Order::DayFirst => (first, second),
        Order::MonthFirst => (second, first),
    };
    Date::new(year, month, day).ok()
}

fn parts(text: &str) -> Option<Parts> {
    /// Nothing longer is a date; it bounds the work.
    const LONGEST: usize = 64;
    if text.len() > LONGEST {
        return None;
    }
    let folded = fold(text);
    let (numbers, words): (Vec<&str>, Vec<&str>) = tokens(&folded)
        .into_iter()
        .partition(|token| token.starts_with(|c: char| c.is_ascii_digit()));
    let first = *numbers.first()?;
    if first.len() == 8 {
        let (year, month, day) = (first[..4].parse(), first[4..6].parse(), first[6..].parse());
        return Some(Parts::Clear(Date::new(year.ok()?, month.ok()?, day.ok()?).ok()));
    }
    // The last word that names a month: `mar` before it is a Tuesday in some languages.
    if let Some(month) = words.iter().rev().find_map(|word| month(word)) {
        let mut short = numbers.iter().filter(|number| number.len() <= 2);
        let day = short.next()?.parse().ok()?;
        let year = match numbers.iter().find(|number| number.len() == 4) {
            Some(year) => year.parse().ok()?,
            // What stands behind a day may be an hour.
            None if text.contains(':') => return None,
            None => short_year(short.next()?)?,
        };
        return Some(Parts::Clear(Date::new(year, month, day).ok()));
    }
    // Year first: ISO and East Asian forms; a time may follow.
    if first.len() == 4 {
        let (month, day) = (numbers.get(1)?.parse().ok()?, numbers.get(2)?.parse().ok()?);
        return Some(Parts::Clear(Date::new(first.parse().ok()?, month, day).ok()));
    }
    // LinkedIn's dates of old: 1/31/17, 10:30 AM. Only English has the hours of half days.
    let third = numbers.get(2)?;
    if third.len() == 2 && words.iter().any(|word| ["am", "pm"].contains(word)) {
        let (month, day) = (first.parse().ok()?, numbers.get(1)?.parse().ok()?);
        return Some(Parts::Clear(Date::new(2000 + third.parse::<i16>().ok()?, month, day).ok()));
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, numbers.get(1)?.parse().ok()?);
    // With dots, and in Vietnamese (12 thg 3, 2024), the day always stands in front.
    let clear = folded.contains('.') || words.iter().any(|word| ["thg", "thang"].contains(word));
    if third.len() == 4 {
        let year = third.parse().ok()?;
        return Some(if clear {
            Parts::Clear(Date::new(year, second, first).ok())
        } else {
            Parts::Open(first, second, year)
        });
    }
    // 12.03. 09:15 has no year.
    let timed = folded.contains(':') && numbers.len() < 5;
    let year = short_year(third).filter(|_| !timed)?;
    Some(if clear {
        Parts::Clear(Date::new(year, second, first).ok())
    } else {
        Parts::Short(first, second, year)
    })
}

/// A year of two figures; before 2000 nobody connected, and a birthday is not guessed at.
fn short_year(figures: &str) -> Option<i16> {
    let year: i16 = Some(figures).filter(|figures| figures.len() == 2)?.parse().ok()?;
    (year <= 68).then_some(2000 + year)
}

/// Runs of digits and runs of letters, in order.
fn tokens(text: &str) -> Vec<&str> {
    let class = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let now = class(character);
        if now != last {
            if last != 0 {
                tokens.push(&text[start..at]);
            }
            start = at;
        }
        last = now;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::{Order, order_of, read_date, read_date_in, read_serial};

    #[track_caller]
    fn check(text: &str, expected: Option<Date>) {
        assert_eq!(read_date(text), expected, "{text}");
    }

    #[test]
    fn forms_of_many_address_books_are_one_date() {
        let day = Some(date(2024, 3, 12));
        for text in [
            "2024-03-12",
            "2024-03-12T09:15:00Z",
            "2024-03-12 09:15:00 UTC",
            "2024/3/12",
            "20240312",
            "2024年3月12日",
            "12 Mar 2024",
            "12 March 2024",
            "Mar 12, 2024",
            "March 12th, 2024",
            "12. März 2024",
            "12 mars 2024",
            "12 de marzo de 2024",
            "12 de mar. de 2024",
            "12 marzo 2024",
            "12 maart 2024",
            "12 mrt. 2024",
            "12 марта 2024 г.",
            "12.03.2024",
            "12.3.2024",
            "Tue, 12 Mar 2024",
            "12 mrt 2024",
            "12 mars 2024 kl. 09:15",
            "12 de março de 2024",
            "12 mar. 2024",
            "12 marca 2024",
            "12 Mart 2024",
            "12. března 2024",
            "12. maaliskuuta 2024",
            "2024. március 12.",
            "2024年03月12日",
            "２０２４年３月１２日",
            "2024년 3월 12일",
            "2024. 3. 12.",
            "12 Μαρτίου 2024",
            "12 березня 2024 р.",
            "12-Mar-24",
            "12. Mrz 24",
            "12. Mrz. 2024",
            "Mar 12, 24",
            "12.03.24",
            "12.3.24, 09:15",
            "12 thg 3, 2024",
            "12 مارس 2024",
            "12 במרץ 2024",
            "12 मार्च 2024",
        ] {
            check(text, day);
        }
        check("13/03/2024", Some(date(2024, 3, 13)));
        check("03/13/2024", Some(date(2024, 3, 13)));
        check("05/05/2024", Some(date(2024, 5, 5)));
        check("3 juin 2024", Some(date(2024, 6, 3)));
        check("3 juil. 2024", Some(date(2024, 7, 3)));
        check("3 août 2024", Some(date(2024, 8, 3)));
        check("12 Ağustos 2023", Some(date(2023, 8, 12)));
        check("3 Mayıs 2024", Some(date(2024, 5, 3)));
        check("3. července 2024", Some(date(2024, 7, 3)));
        check("3. června 2024", Some(date(2024, 6, 3)));
        check("3. marraskuuta 2024", Some(date(2024, 11, 3)));
        check("3 września 2024", Some(date(2024, 9, 3)));
        check("3 de set. de 2024", Some(date(2024, 9, 3)));
        check("3 ott 2024", Some(date(2024, 10, 3)));
        check("1/31/17, 10:30 AM", Some(date(2017, 1, 31)));
        check("mar, 3 dic 2024", Some(date(2024, 12, 3)));
    }

    #[test]
    fn what_has_two_meanings_or_none_is_no_date() {
        for text in [
            "",
            "12/03/2024",
            "12-03-24",
            "31 Feb 2024",
            "Mar 2024",
            "soon",
            "2024",
            "99999999",
            "24/03/12",
            "2567-03-12",
            "12-Mar-85",
            "12 Mar 10:15",
            "12.03. 09:15",
            "Mar-24",
            "45363",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_column_settles_what_one_cell_leaves_open() {
        let order = |cells: &[&str]| order_of(cells);
        assert_eq!(order(&["03/12/2024", "13/03/2024"]), Some(Order::DayFirst));
        assert_eq!(order(&["03/13/2024", "x"]), Some(Order::MonthFirst));
        assert_eq!(order(&["03/12/2024"]), None);
        assert_eq!(order(&["13/03/2024", "03/13/2024"]), None);
        assert_eq!(read_date_in("03/12/2024", Order::MonthFirst), Some(date(2024, 3, 12)));
        // With two figures for the year, 24/03/12 may begin with it.
        assert_eq!(order(&["3/4/24", "3/25/24"]), Some(Order::MonthFirst));
        assert_eq!(order(&["3/4/24", "25/3/24"]), Some(Order::DayFirst));
        assert_eq!(order(&["24/03/12", "25/03/04"]), None);
        assert_eq!(order(&["3/25/24", "25/3/24"]), None);
        assert_eq!(read_date_in("3/4/24", Order::MonthFirst), Some(date(2024, 3, 4)));
    }

    #[test]
    fn a_spreadsheet_counts_days() {
        assert_eq!(read_serial("45363"), Some(date(2024, 3, 12)));
        assert_eq!(read_serial("45363.3854"), Some(date(2024, 3, 12)));
        for cell in ["", "2024", "12345", "99999", "1710201600", "45363x", "+4536"] {
            assert_eq!(read_serial(cell), None, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_a_date_panic(text in "\\PC*|[0-9./ \\-]{0,20}|[0-9]{1,40}") {
            let _ = read_date(&text);
            let _ = order_of(&[text.as_str()]);
            let _ = read_serial(&text);
        }

        #[test]
        fn every_iso_date_is_read(days in 0_i32..60_000) {
            let day = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
            prop_assert_eq!(read_date(&day.to_string()), Some(day));
        }
    }
}
