use jiff::civil::date;

use super::*;
use crate::calendar::{DayRange, Shift, zone};

#[track_caller]
fn check_words(text: &str, expected: &str) {
    assert_eq!(Schedule::parse(text).unwrap().describe(), expected, "{text}");
}

#[track_caller]
fn check_flaw(text: &str, place: &str, words: &str) {
    let flaw = match Schedule::parse(text) {
        Err(flaw) => flaw,
        Ok(schedule) => panic!("{text} was read as {}", schedule.describe()),
    };
    assert_eq!(&text[flaw.range.clone()], place, "{flaw:?}");
    assert!(format!("{flaw:?}").contains(words), "{flaw:?}");
}

/// The next wall-clock times in `place` after an instant, as RFC 9557 strings.
#[track_caller]
fn check_next(text: &str, place: &str, after: &str, expected: &[&str]) {
    let (schedule, zone) = (Schedule::parse(text).unwrap(), zone(place).unwrap());
    let work = WorkCalendar::default();
    let found: Vec<String> = schedule
        .occurrences_after(&zone, &work, after.parse().unwrap())
        .take(expected.len())
        .map(|found| found.instant.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M%:z").to_string())
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn phrases_and_cron_say_the_same() {
    for (phrase, cron) in [
        ("Mon and Wed at 09:00", "0 9 * * MON,WED"),
        ("daily at 7:00", "0 7 * * *"),
        ("every day at 7:00", "00 07 * * 0-7"),
        ("Mon to Fri at 08:30", "30 8 * * 1-5"),
        ("Sat, Sun at 3pm", "0 15 * * 6,7"),
    ] {
        let (phrase, cron) = (Schedule::parse(phrase).unwrap(), Schedule::parse(cron).unwrap());
        assert_eq!((phrase.days, &phrase.pattern), (cron.days, &cron.pattern));
    }
}

#[test]
fn standard_weekday_numbers_count_from_sunday_as_zero_and_seven() {
    check_words("0 9 * * 0", "Sun at 09:00");
    check_words("0 9 * * 7", "Sun at 09:00");
    check_words("0 9 * * 1", "Mon at 09:00");
    check_words("0 9 * * 5-7", "Fri to Sun at 09:00");
    check_words("0 9 * * 7-2", "Mon, Tue and Sun at 09:00");
    check_words("0 9 * * SAT-SUN", "Sat and Sun at 09:00");
    check_words("0 9 * * */2", "Tue, Thu, Sat and Sun at 09:00");
    check_words("0 9 * * mon-fri/2", "Mon, Wed and Fri at 09:00");
}

#[test]
fn schedules_are_described_in_words() {
    check_words("workdays at 08:30", "workdays at 08:30");
    check_words("* * * * *", "every minute");
    check_words("*/15 * * * *", "every 15 minutes");
    check_words("@hourly", "every hour, on the hour");
    check_words("20 * * * *", "every hour, 20 minutes past");
    check_words("@daily", "every day at 00:00");
    check_words("@weekly", "Sun at 00:00");
    check_words("@monthly", "on the 1st of the month at 00:00");
    check_words("@yearly", "on the 1st of Jan at 00:00");
    check_words("0 8 1,15 * *", "on the 1st and 15th of the month at 08:00");
    check_words("0 8,12 * jan-mar mon", "Mon in Jan, Feb and Mar at 08:00 and 12:00");
    check_words("*/10 9-17 * * 1-5", "Mon to Fri, every 10 minutes from 09:00 to 17:50");
    check_words("0 */2 * * *", "every 2 hours from 00:00");
    check_words("5,17 * * * *", "every hour, 5 and 17 minutes past");
    check_words("5,17 9-11 * * *", "5 and 17 minutes past the hour from 09:05 to 11:17");
    check_words("0 9 * 5 *", "every day in May at 09:00");
    check_words("0 9-14 * * *", "every day at 09:00, 10:00, 11:00, 12:00, 13:00 and 14:00");
}

#[test]
fn a_wrong_field_has_the_caret() {
    check_flaw("60 9 * * *", "60", "60 is no minute: it goes from 0 to 59");
    check_flaw("0 24 * * *", "24", "no hour");
    check_flaw("0 9 32 * *", "32", "no day of the month");
    check_flaw("0 9 0 * *", "0", "no day of the month");
    check_flaw("0 9 * 13 *", "13", "no month");
    check_flaw("0 9 * jna *", "jna", "did you mean `Jan`?");
    check_flaw("0 9 * * 8", "8", "from 0 to 7");
    check_flaw("0 9 * * MON,WDE", "WDE", "did you mean `wed`?");
    check_flaw("0 9,,10 * * *", "9,,10", "nothing beside it");
    check_flaw("0 9, * * *", "9,", "nothing beside it");
    check_flaw("0 17-9 * * *", "17-9", "write `17-23,0-9`");
    check_flaw("0 9 * * fri-mon", "fri-mon", "write `fri-SAT,SUN-mon`");
    check_flaw("*/0 9 * * *", "*/0", "1 to 59");
    check_flaw("*/90 9 * * *", "*/90", "1 to 59");
    check_flaw("5/15 9 * * *", "5/15", "write `5-59/15`");
    check_flaw("0 9 ? * MON", "?", "write `*`");
    check_flaw("0 9 L * *", "L", "not known here");
    check_flaw("0 9 * * 5#3", "5#3", "not known here");
    check_flaw("99999999999999999999 9 * * *", "99999999999999999999", "no minute");
    check_flaw("0 9 * * é", "é", "no weekday");
}

#[test]
fn the_number_of_fields_is_five() {
    check_flaw("0 9 * *", "0 9 * *", "this has 4");
    check_flaw("0 0 9 * * MON", "0 0 9 * * MON", "leave the first `0` out");
    check_flaw("", "", "missing");
    check_flaw("09:00 * * * MON", "09:00", "the days first");
    let long = format!("{} 9 * * *", vec!["1"; 400].join(","));
    check_flaw(&long, &long, "too long");
}

#[test]
fn both_day_fields_at_once_are_refused() {
    check_flaw("0 9 13 * FRI", "FRI", "read in two ways");
    check_flaw("0 9 */2 * FRI", "FRI", "read in two ways");
    assert!(Schedule::parse("0 9 */1 * FRI").is_ok());
}

#[test]
fn what_never_happens_is_refused() {
    check_flaw("0 9 31 2 *", "31", "there is no day 31");
    check_flaw("0 9 30 feb *", "30", "never happens");
    check_flaw("0 9 31 2,4,6,9,11 *", "31", "never happens");
    check_words("0 9 29 2 *", "on the 29th of Feb at 09:00");
    check_words("0 9 31 2-3 *", "on the 31st of Feb and Mar at 09:00");
}

#[test]
fn wrong_phrases_have_a_place_and_a_mend() {
    check_flaw("Mon and Wde at 09:00", "Wde", "did you mean `wed`?");
    check_flaw("Mon and Wed 09:00", "Mon and Wed 09:00", "`at` is missing before `09:00`");
    check_flaw("Mon and Wed", "Mon and Wed", "the time is missing");
    check_flaw("Mon at", "Mon at", "the time is missing");
    check_flaw("at 09:00", "at 09:00", "the days are missing");
    check_flaw("Mon at 24:00", "24:00", "next day");
    check_flaw("Mon at 09:00 and 14:00", "and 14:00", "nothing is expected");
    check_flaw("weekdays at 09:00", "weekdays", "`workdays`");
    check_flaw("wrkdays at 09:00", "wrkdays", "did you mean `workdays`?");
    check_flaw("dayly at 09:00", "dayly", "did you mean `daily`?");
    check_flaw("@dayly", "@dayly", "did you mean `@daily`?");
    check_flaw("@reboot", "@reboot", "@hourly");
    check_flaw("@daily at 9:00", "at 9:00", "daily at 07:00");
    check_flaw("sometimes", "sometimes", "no weekday");
    check_flaw("🦀 at 09:00", "🦀", "no weekday");
}

#[test]
fn a_skipped_time_moves_later_by_the_gap() {
    // D7
    check_next(
        "30 2 * * *",
        "Europe/Paris",
        "2026-03-28T00:00:00Z",
        &["2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00"],
    );
    check_next(
        "15 2 * * *",
        "Australia/Lord_Howe",
        "2026-10-03T00:00:00Z",
        &["2026-10-04T02:45+11:00", "2026-10-05T02:15+11:00"],
    );
}

#[test]
fn a_doubled_time_runs_the_first_time() {
    // D7
    check_next(
        "30 2 * * *",
        "Europe/Paris",
        "2026-10-24T12:00:00Z",
        &["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"],
    );
}

#[test]
fn every_hour_follows_real_hours() {
    // D7
    check_next(
        "30 * * * *",
        "Europe/Paris",
        "2026-03-29T00:00:00Z",
        &["2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00", "2026-03-29T04:30+02:00"],
    );
    check_next(
        "30 * * * *",
        "Europe/Paris",
        "2026-10-24T23:50:00Z",
        &["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-25T03:30+01:00"],
    );
}

#[test]
fn a_lost_day_keeps_the_sequence_increasing() {
    // Apia went from 29 to 31 December 2011: what fell on the 30th moves onto the 31st.
    check_next(
        "0 9 * * *",
        "Pacific/Apia",
        "2011-12-29T00:00:00Z",
        &["2011-12-29T09:00-10:00", "2011-12-31T09:00+14:00", "2012-01-01T09:00+14:00"],
    );
    check_next(
        "0 9 30 12 *",
        "Pacific/Apia",
        "2011-12-29T00:00:00Z",
        &["2011-12-31T09:00+14:00", "2012-12-30T09:00+14:00"],
    );
    let (schedule, apia) = (Schedule::parse("0 9 * * *").unwrap(), zone("Pacific/Apia").unwrap());
    let after = "2011-12-30T00:00:00Z".parse().unwrap();
    let work = WorkCalendar::default();
    let found = schedule.occurrences_after(&apia, &work, after).next().unwrap();
    assert_eq!((found.civil.date(), found.shift), (date(2011, 12, 31), Shift::Usual));
}

#[test]
fn a_moved_time_gives_way_to_one_of_its_own() {
    let (schedule, paris) =
        (Schedule::parse("30 2,3 * * *").unwrap(), zone("Europe/Paris").unwrap());
    let work = WorkCalendar::default();
    let after = "2026-03-28T12:00:00Z".parse().unwrap();
    let found: Vec<_> = schedule.occurrences_after(&paris, &work, after).take(2).collect();
    assert_eq!(found[0].civil, date(2026, 3, 29).at(3, 30, 0, 0));
    assert_eq!(found[0].shift, Shift::Usual);
    assert_eq!(found[1].civil, date(2026, 3, 30).at(2, 30, 0, 0));
}

#[test]
fn workdays_are_the_plans() {
    let schedule = Schedule::parse("workdays at 08:30").unwrap();
    let mut work = WorkCalendar::default();
    work.days_off.insert(DayRange::day(date(2026, 3, 3)));
    let found: Vec<DateTime> =
        schedule.occurrences_between(&work, date(2026, 3, 2), date(2026, 3, 9)).collect();
    let days: Vec<i8> = found.iter().map(|civil| civil.day()).collect();
    assert_eq!(days, [2, 4, 5, 6, 9]);
    work.days_off.insert(DayRange::new(Date::MIN, Date::MAX).unwrap());
    assert_eq!(schedule.occurrences_between(&work, date(2026, 3, 2), Date::MAX).next(), None);
    let paris = zone("Europe/Paris").unwrap();
    assert_eq!(schedule.occurrences_after(&paris, &work, Timestamp::MIN).next(), None);
}

#[test]
fn a_named_weekday_counts_though_it_is_no_workday() {
    // D7
    let schedule = Schedule::parse("Sat at 10:00").unwrap();
    let work = WorkCalendar::default();
    assert!(schedule.falls_on(&work, date(2026, 3, 7)));
    assert_eq!(schedule.occurrences_on(&work, date(2026, 3, 6)).next(), None);
}

#[test]
fn the_ends_of_the_calendar_end_the_sequence() {
    let schedule = Schedule::parse("* * * * *").unwrap();
    let work = WorkCalendar::default();
    for place in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris"] {
        let zone = zone(place).unwrap();
        assert_eq!(schedule.occurrences_after(&zone, &work, Timestamp::MAX).next(), None);
        let late = "9999-12-29T00:00:00Z".parse().unwrap();
        let all: Vec<_> = schedule.occurrences_after(&zone, &work, late).collect();
        assert!(all.is_sorted_by(|a, b| a.instant < b.instant));
        let early = schedule.occurrences_after(&zone, &work, Timestamp::MIN);
        assert!(early.take(10).all(|found| found.civil.year() <= -9998));
    }
}

#[test]
fn a_schedule_prints_as_it_was_written() {
    assert_eq!(
        Schedule::parse("  Mon  and Wed at 09:00 ").unwrap().to_string(),
        "Mon and Wed at 09:00"
    );
}
