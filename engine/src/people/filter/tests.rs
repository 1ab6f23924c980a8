use proptest::prelude::*;

use super::{Entry, Filter};
use crate::people::EntryId;

fn ana() -> Entry {
    Entry::person(EntryId(1), "Ána Silva")
        .with("position", "Senior Product Designer")
        .with("company", "Miro")
        .with("connected_on", "2024-03-12")
        .with("knows_me", "yes")
        .with("team", "9")
}

#[track_caller]
fn check(filter: &str, expected: bool) {
    assert_eq!(Filter::parse(filter).map(|filter| filter.fits(&ana())), Ok(expected));
}

#[track_caller]
fn refused(filter: &str, place: &str, words: &str) {
    let mistake = Filter::parse(filter).unwrap_err();
    assert_eq!((&filter[mistake.range], mistake.message.as_str()), (place, words));
}

#[test]
fn text_dates_and_numbers_are_compared_as_people_mean_them() {
    check("position contains \"design\"", true);
    check("name contains ana", true);
    check("company is MIRO", true);
    check("company != Miro", false);
    check("connected_on > 2024-01-01", true);
    check("connected_on <= '12 Mar 2024'", true);
    check("connected_on < 2024-03-12", false);
    check("team < 10", true);
    check("first_name = ana", true);
}

#[test]
fn what_people_write_first_is_understood() {
    check("company is not Adyen", true);
    check("company is not Miro", false);
    check("email is not x", false);
    check("position not contains \"design\"", false);
    check("position not contains \"sales\"", true);
    check("email not contains \"x\"", false);
    check("email is empty and company is not empty", true);
    check("company is \"empty\"", false);
    check("company <> Adyen", true);
    check("knows_me is yes and not knows_me is no", true);
    check("position contains “design”", true);
    check("position contains „design“ and company is «Miro»", true);
    check("name is 'Ána \\'Silva'", false);
    check("connected_on is 2024", true);
    check("connected_on > 2024", false);
    check("connected_on >= 2024-03 and connected_on < 2024-04", true);
    check("connected_on is 2024-03", true);
    let quoted = Filter::parse(r#"name is "Ana \"Annie\" \\ Silva""#).unwrap();
    assert!(quoted.fits(&Entry::person(EntryId(2), "Ana \"Annie\" \\ Silva")));
}

#[test]
fn a_test_of_an_empty_field_is_false() {
    check("knows_me", true);
    check("email", false);
    check("email != x", false);
    check("not email", true);
    check("nonsense contains ''", false);
}

#[test]
fn and_binds_closer_than_or_and_not_closest() {
    check("email and email or knows_me", true);
    check("email and (email or knows_me)", false);
    check("not email and not (company is Adyen)", true);
    check("company is Adyen OR NOT email", true);
}

#[test]
fn a_mistake_has_its_place_and_says_what_to_write() {
    refused("", "", "Write a test here: position contains \"design\".");
    refused("position has x", "has", "Write contains, is, =, !=, <, <=, > or >= here.");
    refused("position is \"x", "\"x", "This quote is not closed.");
    refused("(email", "", "A `)` is missing here.");
    refused("email is \"x\" company", "company", "Write `and` or `or` between two tests.");
    refused("position is", "", "Write what to compare with here: \"design\" or 2024-01-31.");
    refused(
        "position contains product designer",
        "designer",
        "Put quotes around several words, or write `and` or `or` between two tests.",
    );
    refused("position is “x", "“x", "This quote is not closed.");
    refused("position \"is\" x", "\"is\"", "Write contains, is, =, !=, <, <=, > or >= here.");
    refused("position > )", ")", "Write a text in quotes, a word or a date here.");
    refused("2024 > 3", "2024", "A test begins with a field: position, company, …");
    let deep = format!("{}email", "not ".repeat(900));
    assert_eq!(
        Filter::parse(&deep).unwrap_err().message,
        "This filter is nested more than 32 deep."
    );
}

#[test]
fn the_fields_of_a_filter_are_told() {
    let filter = Filter::parse("a is 1 and (b or not c > 2)").unwrap();
    assert_eq!(filter.fields().into_iter().collect::<String>(), "abc");
}

proptest! {
    #[test]
    fn no_text_makes_reading_a_filter_panic(
        text in "\\PC*|((not|and|or|\\(|\\)|a|is|contains|<=|!|\"é\"|') ?){0,30}",
    ) {
        match Filter::parse(&text) {
            Ok(filter) => { let _ = filter.fits(&ana()); }
            Err(mistake) => prop_assert!(text.get(mistake.range).is_some()),
        }
    }
}
