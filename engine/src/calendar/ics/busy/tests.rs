use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::calendar::zone;

const FIRST: Date = date(2026, 3, 2);
const LAST: Date = date(2026, 4, 12);

fn read(events: &[&str]) -> BusyRead {
    let event =
        |event: &&str| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", event.replace('|', "\r\n"));
    let events: String = events.iter().map(event).collect();
    let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
    read_busy(&text, &zone("Europe/Paris").unwrap(), FIRST, LAST)
}

/// What is taken, as clocks in Paris show it.
#[track_caller]
fn check(events: &[&str], expected: &[&str]) {
    let read = read(events);
    assert_eq!(read.unread, []);
    let paris = zone("Europe/Paris").unwrap();
    let shown = |at: &Timestamp| paris.to_datetime(*at).strftime("%d.%m. %H:%M").to_string();
    let found: Vec<String> = read
        .times
        .spans()
        .iter()
        .map(|(from, to)| format!("{} to {}", shown(from), shown(to)))
        .collect();
    assert_eq!(found, expected, "{events:?}");
}

#[test]
fn an_event_takes_its_time_wherever_it_is_told() {
    let expected = &["10.03. 10:00 to 10.03. 11:00"];
    for event in [
        "DTSTART:20260310T100000|DTEND:20260310T110000",
        "DTSTART;TZID=Europe/Paris:20260310T100000|DTEND;TZID=Europe/Paris:20260310T110000",
        "DTSTART:20260310T090000Z|DTEND:20260310T100000Z",
        "DTSTART:20260310T090000Z|DURATION:PT1H",
        "DTSTART;TZID=America/New_York:20260310T050000|DTEND;TZID=America/New_York:20260310T060000",
        "DTSTART;TZID=Europe/London:20260310T090000|DTEND;TZID=Europe/Paris:20260310T110000",
        "DTSTART;TZID=\"W. Europe Standard Time\":20260310T100000|DURATION:PT60M",
        "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Paris:20260310T100000|DURATION:PT1H",
    ] {
        check(&[event], expected);
    }
}

#[test]
fn a_zone_of_the_files_own_is_found_by_its_place() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Office\r\nX-LIC-LOCATION:Asia/Tokyo\r\n\
                END:VTIMEZONE\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Office:20260310T180000\r\nDURATION:PT1H\r\n\
                END:VEVENT\r\nEND:VCALENDAR\r\n";
    let read = read_busy(text, &TimeZone::UTC, FIRST, LAST);
    assert_eq!(read.unread, []);
    assert_eq!(read.times.spans()[0].0.to_string(), "2026-03-10T09:00:00Z");
}

#[test]
fn whole_days_are_days_of_the_plan() {
    check(&["DTSTART;VALUE=DATE:20260310"], &["10.03. 00:00 to 11.03. 00:00"]);
    check(
        &["DTSTART;VALUE=DATE:20260328|DTEND;VALUE=DATE:20260330"],
        &["28.03. 00:00 to 30.03. 00:00"],
    );
}

#[test]
fn what_is_free_called_off_or_takes_no_time_is_not_busy() {
    check(&["DTSTART:20260310T100000|DURATION:PT1H|TRANSP:TRANSPARENT"], &[]);
    check(&["DTSTART;VALUE=DATE:20260310|TRANSP:TRANSPARENT"], &[]);
    check(&["DTSTART:20260310T100000|DURATION:PT1H|STATUS:CANCELLED"], &[]);
    check(&["DTSTART:20260310T100000"], &[]);
    check(&["DTSTART:20260310T100000|DTEND:20260310T100000"], &[]);
    check(&["DTSTART:20250310T100000|DURATION:PT1H"], &[]);
    let free = read(&["DTSTART:20260310T100000|DURATION:PT1H|TRANSP:TRANSPARENT"]);
    assert_eq!((free.events, free.free), (0, 1));
}

#[test]
fn recurring_events_keep_their_hour_when_clocks_change() {
    check(
        &[
            "UID:a|DTSTART;TZID=Europe/Paris:20250303T093000|DURATION:PT15M|RRULE:FREQ=WEEKLY;BYDAY=MO",
        ],
        &[
            "02.03. 09:30 to 02.03. 09:45",
            "09.03. 09:30 to 09.03. 09:45",
            "16.03. 09:30 to 16.03. 09:45",
            "23.03. 09:30 to 23.03. 09:45",
            "30.03. 09:30 to 30.03. 09:45",
            "06.04. 09:30 to 06.04. 09:45",
        ],
    );
    // Four in New York is nine in Paris for three weeks, else ten.
    check(
        &["DTSTART;TZID=America/New_York:20260302T040000|DURATION:PT1H|RRULE:FREQ=WEEKLY;COUNT=5"],
        &[
            "02.03. 10:00 to 02.03. 11:00",
            "09.03. 09:00 to 09.03. 10:00",
            "16.03. 09:00 to 16.03. 10:00",
            "23.03. 09:00 to 23.03. 10:00",
            "30.03. 10:00 to 30.03. 11:00",
        ],
    );
}

#[test]
fn the_end_of_a_series_is_a_moment_in_its_zone() {
    let series =
        "DTSTART;TZID=America/Los_Angeles:20260302T180000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=";
    // The evening of the third in Los Angeles is the fourth in UTC.
    let until = |until: &str| read(&[&format!("{series}{until}")]).times.spans().len();
    assert_eq!(until("20260304T020000Z"), 2);
    assert_eq!(until("20260304T015959Z"), 1);
    assert_eq!(until("20260303"), 2);
}

#[test]
fn what_was_taken_out_of_a_series_or_moved_is_free_again() {
    let series =
        "UID:a|DTSTART;TZID=Europe/Paris:20260302T100000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=4";
    check(
        &[
            &format!("{series}|EXDATE;TZID=Europe/Paris:20260303T100000"),
            "UID:a|RECURRENCE-ID:20260304T090000Z|DTSTART;TZID=Europe/Paris:20260304T150000|DURATION:PT30M",
            "UID:a|RECURRENCE-ID:20260305T090000Z|DTSTART:20260305T090000Z|STATUS:CANCELLED",
        ],
        &["02.03. 10:00 to 02.03. 11:00", "04.03. 15:00 to 04.03. 15:30"],
    );
    check(
        &[&format!("{series}|EXDATE;VALUE=DATE:20260303,20260304,20260305")],
        &["02.03. 10:00 to 02.03. 11:00"],
    );
}

#[test]
fn what_cannot_be_read_is_said_with_its_reason() {
    for (event, line, reason) in [
        ("SUMMARY:x", 3, "no start"),
        ("SUMMARY:x|DTSTART:soon", 5, "start is no date"),
        ("SUMMARY:x|DTSTART:20260310T100000|DTEND:20260310T090000", 6, "ends before it begins"),
        ("SUMMARY:x|DTSTART:20260310T100000|DTEND:later", 6, "end is no date"),
        ("SUMMARY:x|DTSTART:20260310T100000|DTEND 20260310T110000", 6, "end is no date"),
        ("SUMMARY:x|DTSTART:20260310T100000|DURATION:-PT1H", 6, "length cannot be read"),
    ] {
        let read = read(&[event]);
        assert_eq!((read.times.spans(), read.unread.len()), (&[][..], 1), "{event}");
        let unread = &read.unread[0];
        assert!(unread.reason.contains(reason), "{read:?}");
        assert_eq!((&*unread.title, unread.line, unread.missed), ("x", line, Missed::Event));
    }
}

/// What is understood of an event takes its time, and the rest is said.
#[test]
fn what_is_read_in_part_is_taken_as_far_as_it_is_understood() {
    for (event, line, reason) in [
        ("DTSTART;TZID=Nowhere:20260310T100000|DURATION:PT1H", 4, "zone is not known"),
        ("DTSTART:20260310T100000|DURATION:PT1H|RRULE:FREQ=OFTEN", 6, "cannot be read"),
        ("DTSTART:20260310T100000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=x", 6, "last day"),
        ("DTSTART:20260310T100000|DURATION:PT1H|RRULE:FREQ=SECONDLY", 3, "too often"),
        ("DTSTART:20260310T100000|DURATION:PT1H|RDATE:x", 6, "one of its dates"),
        ("DTSTART:20260310T100000|DURATION:PT1H|EXDATE:x", 6, "one of its dates"),
    ] {
        let read = read(&[&format!("SUMMARY:x|{event}")]);
        let line = line + usize::from(line > 3);
        let unread = &read.unread[0];
        assert_eq!((read.times.spans().len(), read.unread.len()), (1, 1), "{event}");
        assert!(unread.reason.contains(reason), "{read:?}");
        assert_eq!(
            (&*unread.title, unread.line, unread.missed),
            ("x", line, Missed::Part),
            "{event}"
        );
    }
}

/// All but the events: what stands around them.
#[track_caller]
fn check_file(text: &[u8], expected: &[&str]) -> BusyRead {
    let read = read_busy(text, &zone("Europe/Paris").unwrap(), FIRST, LAST);
    let spans = read.times.spans().iter();
    let found: Vec<String> =
        spans.map(|(from, to)| format!("{from} {}", to.duration_since(*from))).collect();
    assert_eq!(found, expected, "{read:?}");
    read
}

const PARIS: &str = "BEGIN:VTIMEZONE|TZID:Customized Time Zone|BEGIN:STANDARD|DTSTART:16010101T030000|\
    TZOFFSETFROM:+0200|TZOFFSETTO:+0100|RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10|END:STANDARD|BEGIN:DAYLIGHT|\
    DTSTART:16010101T020000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3|\
    END:DAYLIGHT|END:VTIMEZONE|";

#[test]
fn a_zone_that_the_file_describes_is_understood_wherever_it_stands() {
    let event = "BEGIN:VEVENT|DTSTART;X-A=\"b:c\";TZID=\"Customized Time Zone\":20260327T100000|DURATION:PT1H|\
        RRULE:FREQ=WEEKLY;COUNT=2|END:VEVENT|";
    let spans = ["2026-03-27T09:00:00Z PT1H", "2026-04-03T08:00:00Z PT1H"];
    for body in [format!("{PARIS}{event}"), format!("{event}{PARIS}")] {
        let text = format!("BEGIN:VCALENDAR|{body}END:VCALENDAR|").replace('|', "\n");
        assert_eq!(check_file(text.as_bytes(), &spans).unread, []);
    }
    let text = "BEGIN:VCALENDAR\nX-WR-TIMEZONE:America/New_York\nBEGIN:VEVENT\nDTSTART:20260310T100000\n\
                DURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n\
                DTSTART:20260310T100000\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n";
    let spans = ["2026-03-10T09:00:00Z PT1H", "2026-03-10T14:00:00Z PT1H"];
    assert_eq!(check_file(text.as_bytes(), &spans).calendars, 2);
}

#[test]
fn a_change_of_one_and_all_later_ones_moves_them() {
    let series =
        "UID:a|DTSTART;TZID=Europe/Paris:20260302T100000|DURATION:PT1H|RRULE:FREQ=WEEKLY;COUNT=4";
    check(
        &[
            "UID:a|RECURRENCE-ID;RANGE=THISANDFUTURE:20260316T090000Z|DTSTART;TZID=Europe/Paris:20260317T140000|DURATION:PT30M",
            series,
        ],
        &[
            "02.03. 10:00 to 02.03. 11:00",
            "09.03. 10:00 to 09.03. 11:00",
            "17.03. 14:00 to 17.03. 14:30",
            "24.03. 14:00 to 24.03. 14:30",
        ],
    );
    let off = "UID:a|RECURRENCE-ID;RANGE=THISANDFUTURE:20260309T090000Z|STATUS:CANCELLED";
    check(&[series, off], &["02.03. 10:00 to 02.03. 11:00"]);
}

#[test]
fn added_times_newer_versions_and_times_of_day_are_told() {
    check(
        &[
            "DTSTART:20260302T090000Z|DURATION:PT1H|RDATE;VALUE=PERIOD:20260305T090000Z/PT2H,20260306T090000Z/20260306T093000Z",
        ],
        &[
            "02.03. 10:00 to 02.03. 11:00",
            "05.03. 10:00 to 05.03. 12:00",
            "06.03. 10:00 to 06.03. 10:30",
        ],
    );
    check(
        &[
            "UID:a|SEQUENCE:2|DTSTART:20260310T100000|DURATION:PT1H",
            "UID:a|DTSTART:20260311T100000|DURATION:PT1H",
        ],
        &["10.03. 10:00 to 10.03. 11:00"],
    );
    check(
        &["DTSTART:20260302T100000|DURATION:PT30M|RRULE:FREQ=WEEKLY;BYHOUR=10,15;COUNT=3"],
        &[
            "02.03. 10:00 to 02.03. 10:30",
            "02.03. 15:00 to 02.03. 15:30",
            "09.03. 10:00 to 09.03. 10:30",
        ],
    );
    check(
        &["DTSTART:20260302T100000|DURATION:PT30M|RRULE:FREQ=HOURLY;INTERVAL=30;COUNT=3"],
        &[
            "02.03. 10:00 to 02.03. 10:30",
            "03.03. 16:00 to 03.03. 16:30",
            "04.03. 22:00 to 04.03. 22:30",
        ],
    );
    // Everything of the series was deleted.
    check(&["DTSTART:20260310T100000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20260309T000000Z"], &[]);
}

#[test]
fn lists_of_free_and_busy_count_and_tasks_do_not() {
    let text = b"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY:20260310T090000Z/PT1H,20260311T090000Z/20260311T100000Z\n\
        FREEBUSY;FBTYPE=FREE:20260312T090000Z/PT1H\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:x/PT1H\nEND:VFREEBUSY\n\
        BEGIN:VTODO\nDTSTART:20260313T090000Z\nDUE:20260313T100000Z\nEND:VTODO\nEND:VCALENDAR\n";
    let read = check_file(text, &["2026-03-10T09:00:00Z PT1H", "2026-03-11T09:00:00Z PT1H"]);
    assert_eq!((read.unread.len(), read.unread[0].line), (1, 5));
    check(&["DTSTART:20260310T100000|DURATION:PT1H|X-MICROSOFT-CDO-BUSYSTATUS:FREE"], &[]);
}

#[test]
fn a_file_that_is_cut_short_says_so_and_what_is_there_counts() {
    let text = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Caf\xe9\nDTSTART:20260310T090000Z\nDURATION:PT1H\n";
    let read = check_file(text, &["2026-03-10T09:00:00Z PT1H"]);
    let told: Vec<_> = read.unread.iter().map(|it| (it.line, &*it.title, it.missed)).collect();
    assert_eq!(told, [(2, "Caf\u{e9}", Missed::Part), (5, "", Missed::File)]);
    assert_eq!(check_file(b"<html></html>", &[]).calendars, 0);
    assert_eq!(check_file(b"", &[]), BusyRead::default());
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_fall(text in "\\PC*|(BEGIN:VEVENT\r\n|DTSTART:[0-9TZ]{1,16}\r\n|RRULE:FREQ=DAILY;COUNT=[0-9]{1,12}\r\n|DURATION:-?P[0-9]{1,19}[DWT]\r\n|DTEND;TZID=[A-Z/]{1,5}:[0-9TZ]{8,16}\r\n|END:VEVENT\r\n){0,12}") {
        let read = read_busy(&text, &TimeZone::UTC, FIRST, LAST);
        for (from, to) in read.times.spans() {
            prop_assert!(from < to);
        }
    }
}
