//! What holds for every small text that is read here (R17).

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::source::Flaw;

const TODAY: Date = date(2026, 3, 11);

/// The flaws of `text` under every reader.
fn flaws(text: &str) -> Vec<Flaw> {
    [
        Duration::parse(text).err(),
        Pace::parse(text).err(),
        Deadline::parse(text).err(),
        CycleDay::parse(text).err(),
        WeekdaySet::parse(text).err(),
        Hours::parse(text).err(),
        parse_time(text).err(),
        parse_day(text, TODAY, Lean::Past).err(),
        parse_day(text, Date::MAX, Lean::Future).err(),
        parse_day(text, Date::MIN, Lean::Past).err(),
        parse_moment(text, TODAY, Lean::Future).err(),
        parse_range(text, TODAY).err(),
        parse_range(text, Date::MAX).err(),
        Schedule::parse(text).err(),
        zone(text).err(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[track_caller]
fn check(text: &str) {
    for flaw in flaws(text) {
        assert!(text.get(flaw.range.clone()).is_some(), "{text:?}: {flaw:?}");
        assert!(!flaw.message.is_empty() && !flaw.message.contains(char::is_control), "{flaw:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_has_a_flaw_within_it(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn texts_of_known_words_are_read_or_have_a_flaw_within_them(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "5", "0", "99999", "29", "31", "2026", "9999", "days", "workday", "of", "per", "day",
                "mon", "Wed,", "fri-mon", "to", "and", "at", "09:00", "24:00", "pm", "3pm", "until",
                "since", "feb", "mar", "today", "-2d", "+99999w", "ago", "in", "last", "next", "*",
                "*/5", "1-5/2", "MON,WED", "7-2", "@daily", "workdays", "2026-02-30", "2026-W53-7",
                "..", "–", "é", "\u{202e}", "\u{7}", "Europe/Paris", "UTC+2", "send-intro", "−1d",
            ]),
            0..7,
        ),
        joint in prop::sample::select(vec![" ", "", "  ", "-", ","]),
    ) {
        check(&words.join(joint));
    }
}
