use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const FIRST: Date = date(2026, 1, 1);
const LAST: Date = date(2027, 12, 31);

fn calendar(events: &[&str]) -> String {
    let events: Vec<String> =
        events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
    let events = events.concat();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

#[track_caller]
fn check(event: &str, expected: &[&str]) {
    let read = read_days_off(&calendar(&[&event.replace('|', "\r\n")]), FIRST, LAST);
    assert_eq!(read.unread, []);
    let found: Vec<String> = read
        .days
        .runs()
        .iter()
        .map(
            |(first, last)| {
                if first == last { first.to_string() } else { format!("{first}/{last}") }
            },
        )
        .collect();
    assert_eq!(found, expected, "{event}");
}

#[track_caller]
fn check_unread(event: &str, reason: &str) {
    let read = read_days_off(&calendar(&[&event.replace('|', "\r\n")]), FIRST, LAST);
    assert_eq!((read.days.count(), read.unread.len()), (0, 1), "{read:?}");
    assert!(read.unread[0].reason.contains(reason), "{read:?}");
}

/// The first day is taken, and what it repeats by is said.
#[track_caller]
fn check_in_part(event: &str, reason: &str) {
    let read = read_days_off(&calendar(&[&event.replace('|', "\r\n")]), FIRST, LAST);
    assert_eq!((read.days.count(), read.unread.len()), (1, 1), "{read:?}");
    assert!(read.unread[0].reason.contains(reason), "{read:?}");
}

#[test]
fn whole_days_are_read_with_the_end_left_out() {
    check("DTSTART;VALUE=DATE:20260501", &["2026-05-01"]);
    check("DTSTART;VALUE=DATE:20260501|DTEND;VALUE=DATE:20260504", &["2026-05-01/2026-05-03"]);
    check("DTSTART;VALUE=DATE:20260501|DTEND;VALUE=DATE:20260501", &["2026-05-01"]);
    check("DTSTART;VALUE=DATE:20260501|DURATION:P2D", &["2026-05-01/2026-05-02"]);
    check("DTSTART;VALUE=DATE:20260501|DURATION:P1W", &["2026-05-01/2026-05-07"]);
    check("DTSTART:20260501|TRANSP:TRANSPARENT", &["2026-05-01"]);
}

#[test]
fn midnight_to_midnight_is_a_whole_day_and_other_times_are_appointments() {
    check("DTSTART:20260501T000000|DTEND:20260502T000000", &["2026-05-01"]);
    let timed = calendar(&["DTSTART:20260501T090000Z\r\nDTEND:20260501T100000Z"]);
    let read = read_days_off(&timed, FIRST, LAST);
    assert_eq!((read.timed, read.events, read.days.count()), (1, 0, 0));
}

#[test]
fn recurring_days_are_read() {
    check("DTSTART;VALUE=DATE:19700501|RRULE:FREQ=YEARLY", &["2026-05-01", "2027-05-01"]);
    check(
        "DTSTART;VALUE=DATE:19981126|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        &["2026-11-26", "2027-11-25"],
    );
    check(
        "DTSTART;VALUE=DATE:20200101|RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260331",
        &["2026-01-30", "2026-02-27", "2026-03-27"],
    );
    check(
        "DTSTART;VALUE=DATE:20251231|DTEND;VALUE=DATE:20260103|RRULE:FREQ=YEARLY;COUNT=2",
        &["2026-01-01/2026-01-02", "2026-12-31/2027-01-02"],
    );
    check(
        "DTSTART;VALUE=DATE:20260105|RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3|EXDATE;VALUE=DATE:20260119",
        &["2026-01-05", "2026-02-02"],
    );
    check(
        "DTSTART;VALUE=DATE:20260105|RDATE;VALUE=DATE:20260107,20260109",
        &["2026-01-05", "2026-01-07", "2026-01-09"],
    );
}

#[test]
fn a_changed_or_cancelled_day_of_a_series_takes_its_place() {
    let text = calendar(&[
        "UID:a\r\nDTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=WEEKLY;COUNT=3",
        "UID:a\r\nRECURRENCE-ID;VALUE=DATE:20260112\r\nDTSTART;VALUE=DATE:20260113",
        "UID:a\r\nRECURRENCE-ID;VALUE=DATE:20260119\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260119",
        "UID:b\r\nDTSTART;VALUE=DATE:20260112",
        "UID:c\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260301",
    ]);
    let read = read_days_off(&text, FIRST, LAST);
    let days: Vec<_> = read.days.ranges().iter().map(|range| range.first().day()).collect();
    assert_eq!((days, read.events), (vec![5, 12, 13], 2));
}

#[test]
fn titles_become_labels() {
    let text = calendar(&["SUMMARY:Noël\\, jour férié\r\nDTSTART;VALUE=DATE:20261225"]);
    let read = read_days_off(&text, FIRST, LAST);
    assert_eq!(read.days.label(date(2026, 12, 25)), Some("Noël, jour férié"));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    check_unread("SUMMARY:x", "no start");
    check_unread("DTSTART;VALUE=DATE:20260230", "no date");
    check_in_part("DTSTART;VALUE=DATE:20260101|RRULE:FREQ=HOURLY", "within a day");
    let hebrew = "DTSTART;VALUE=DATE:20260101|RRULE:RSCALE=HEBREW;FREQ=YEARLY";
    check_in_part(hebrew, "another calendar");
    assert_eq!(read_days_off("", FIRST, LAST), DaysRead::default());
    assert_eq!(read_days_off("no calendar at all", FIRST, LAST), DaysRead::default());
}

#[test]
fn endless_rules_end_with_what_was_asked() {
    let text = calendar(&["DTSTART;VALUE=DATE:00010101\r\nRRULE:FREQ=DAILY"]);
    assert_eq!(read_days_off(&text, FIRST, LAST).days.count(), 730);
    let text = calendar(&["DTSTART;VALUE=DATE:00010101\r\nRRULE:FREQ=DAILY;COUNT=4000000000"]);
    assert_eq!(read_days_off(&text, FIRST, LAST).days.count(), 730);
}

proptest! {
    #[test]
    fn no_text_is_a_panic(text in "\\PC{0,200}") {
        read_days_off(&text, FIRST, LAST);
    }

    #[test]
    fn no_event_is_a_panic(
        start in "(19|20)[0-9]{6}", rule in "(FREQ|COUNT|UNTIL|INTERVAL|BYDAY|BYMONTH|BYSETPOS|WKST|BYWEEKNO|BYMONTHDAY|BYYEARDAY|=|;|,|-|YEARLY|MONTHLY|WEEKLY|DAILY|[0-9]{1,6}|MO|TU|SU){0,14}",
        freq in "(YEARLY|MONTHLY|WEEKLY|DAILY)",
    ) {
        let event = format!("DTSTART;VALUE=DATE:{start}\r\nRRULE:FREQ={freq};{rule}");
        let read = read_days_off(&calendar(&[&event]), FIRST, LAST);
        prop_assert!(read.days.runs().iter().all(|(first, last)| FIRST <= *first && *last <= LAST));
    }
}
