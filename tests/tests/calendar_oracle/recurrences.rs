//! Days off that recur in a calendar file, against python-dateutil.

use fortnight_engine::calendar::read_days_off;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Written by `tests/calendar/recurrences.py`.
const RECURRENCES: &str = include_str!("../../calendar/recurrences.txt");

#[test]
fn recurring_days_off_agree_with_dateutil() {
    let (first, last) = (date(2026, 1, 1), date(2027, 12, 31));
    let mut cases = 0;
    for line in RECURRENCES.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [start, rule, count, shown @ ..] = words.as_slice() else { panic!("no case: {line}") };
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{start}\r\nRRULE:{rule}\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let read = read_days_off(&text, first, last);
        let days: Vec<Date> = read
            .days
            .ranges()
            .iter()
            .map(|range| {
                assert_eq!(range.days(), 1);
                range.first()
            })
            .collect();
        assert_eq!(days.len().to_string(), *count, "{line}");
        let expected: Vec<Date> =
            shown.iter().map(|days| first + days.parse::<i64>().unwrap().days()).collect();
        let ends = days.iter().take(8).chain(days.get(8..).and_then(<[Date]>::last));
        assert_eq!(ends.copied().collect::<Vec<_>>(), expected, "{line}");
        cases += 1;
    }
    assert_eq!(cases, 1500);
}
