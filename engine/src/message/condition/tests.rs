use jiff::civil::date;

use super::*;

fn facts() -> Names {
    let mut names = Names::default();
    names.set("person.replied", true);
    names.set("person.booked", false);
    names.set("person.context", " ");
    names.set("person.company", "Acme");
    names.set("inputs.goal", "");
    names.set("cycle.day", 9);
    names.set("metrics.reply_rate.out_of", 12);
    names.set("metrics.reply_rate.count", 0);
    names.set("metrics.reply_rate.value", Value::Empty);
    names.set("today", date(2026, 3, 10));
    names.set("person.booked.at", date(2026, 3, 10).at(14, 0, 0, 0));
    names
}

#[track_caller]
fn check(condition: &str, expected: bool) {
    let condition = Condition::compile(condition).expect("a sound condition");
    assert_eq!(condition.holds(&facts()), expected);
}

#[track_caller]
fn check_reasons(condition: &str, expected: &[&str]) {
    let reasons = Condition::compile(condition).expect("sound").explain(&facts());
    assert_eq!(reasons.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), expected);
}

#[test]
fn flags_and_filled_fields_hold() {
    check("person.replied and not person.booked", true);
    check("person.context", false);
    check("not person.context", true);
    check("person.company", true);
    check("nobody.knows.this", false);
    check(
        "cycle.day >= 8 and metrics.reply_rate.out_of >= 10 and metrics.reply_rate.count == 0",
        true,
    );
    check("metrics.reply_rate.count", false);
    check("person.replied == true and person.booked == false", true);
    check("true", true);
    check("false or (true and not false)", true);
}

#[test]
fn a_comparison_with_an_empty_value_is_false_whatever_its_sign() {
    for sign in ["==", "!=", "<", "<=", ">", ">="] {
        check(&format!("inputs.goal {sign} 'work'"), false);
        check(&format!("'work' {sign} inputs.goal"), false);
        check(&format!("metrics.reply_rate.value {sign} 0.1"), false);
        check(&format!("inputs.goal {sign} person.context"), false);
    }
    check("not inputs.goal == 'work'", true);
}

#[test]
fn unlike_kinds_are_unequal_and_have_no_order() {
    check("person.company == 3", false);
    check("person.company != 3", true);
    check("person.company < 3", false);
    check("person.company >= 3", false);
    check("person.replied > false", false);
    check("today < 3", false);
}

#[test]
fn days_and_moments_are_compared_as_days() {
    check("today == person.booked.at", true);
    check("person.booked.at < today", false);
    check("today >= '2026-03-10'", true);
    check("today < '2026-03-11'", true);
    check("'2026-03-09' > today", false);
    check("person.booked.at > '2026-03-10T13:59'", true);
    check("today == 'soon'", false);
}

#[test]
fn a_chain_of_comparisons_is_an_and() {
    check("8 <= cycle.day < 10", true);
    check("8 <= cycle.day < 9", false);
}

#[test]
fn the_names_that_decided_are_told() {
    check_reasons("person.replied and not person.booked", &["person.replied", "person.booked"]);
    check_reasons("person.replied and person.booked and cycle.day > 3", &["person.booked"]);
    check_reasons("person.booked or cycle.day > 3 or person.replied", &["cycle.day"]);
    check_reasons("not (person.booked or person.context)", &["person.booked", "person.context"]);
    let reasons = Condition::compile("cycle.day == 9").unwrap().explain(&facts());
    assert_eq!(reasons, [("cycle.day".to_owned(), Value::from(9))]);
}

#[test]
fn an_empty_text_is_nothing_to_compare_with() {
    let flaws = Condition::compile("inputs.goal == ''").unwrap_err();
    assert_eq!(flaws[0].flaw.range, 15..17);
    assert_eq!(flaws[0].kind, super::super::TemplateFlawKind::NeverHolds);
}

#[test]
fn a_condition_is_no_template() {
    for text in ["", " ", "{{ a }}", "{% if a %}", "a b", "a =", "a }} b", "a = 1", "é", "a && b"]
    {
        let flaws = Condition::compile(text).expect_err(text);
        assert_eq!(flaws.len(), 1, "{text}: {flaws:?}");
        assert!(text.get(flaws[0].flaw.range.clone()).is_some(), "{text}");
    }
}
