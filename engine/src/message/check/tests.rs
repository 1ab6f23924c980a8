use super::*;

fn domain_of(name: &str) -> Option<Domain> {
    Some(match name {
        "inputs.goal" => Domain::OneOf(vec!["jobs".to_owned(), "advice".to_owned()]),
        "inputs.role" | "inputs.other" => Domain::Text,
        "cycle.day" => Domain::Between { least: 1.0, most: 14.0 },
        "today" | "person.booked.at" => Domain::Date,
        name if name.starts_with("metrics.") => Domain::Number,
        name if name.starts_with("person.") => Domain::Flag,
        _ => return None,
    })
}

#[track_caller]
fn check_sound(condition: &str) {
    assert_eq!(Condition::compile(condition).unwrap().flaws(&domain_of), []);
}

#[track_caller]
fn check_flaw(condition: &str, kind: TemplateFlawKind, place: &str) {
    let flaws = Condition::compile(condition).unwrap().flaws(&domain_of);
    let found: Vec<_> =
        flaws.iter().map(|one| (one.kind, &condition[one.flaw.range.clone()])).collect();
    assert_eq!(found, [(kind, place)]);
}

#[test]
fn conditions_that_can_hold_are_left_alone() {
    check_sound("not person.replied");
    check_sound("person.replied and not person.booked");
    check_sound("cycle.day >= 8 and metrics.r.out_of >= 10 and metrics.r.count == 0");
    check_sound("inputs.goal == 'jobs' or inputs.goal == 'advice'");
    check_sound("inputs.role and inputs.role != 'x' and inputs.role > 'a' and inputs.role < 'b'");
    check_sound("inputs.role != inputs.other");
    check_sound(
        "metrics.a < metrics.b and metrics.b < metrics.c and metrics.a > 2 and metrics.c < 3",
    );
    check_sound("today > person.booked.at");
    check_sound("today >= '2026-03-01' and today < '2026-03-02'");
    check_sound("person.booked.at > '2026-03-01T10:00' and person.booked.at < '2026-03-01T10:01'");
    check_sound("inputs.role | lower == 'x'");
    check_sound("today | weekday == 'Monday'");
    check_sound("inputs.role | default('x') == 'x' and not inputs.role");
    check_sound("somebody.unknown and not somebody.unknown");
    check_sound("true");
    check_sound("not metrics.r.value");
    check_sound("person.a == false and person.b != true");
    check_sound("person.a | default(person.b) == false and not person.a");
}

#[test]
fn what_nothing_can_make_true_is_reported_where_it_stands() {
    use TemplateFlawKind::NeverHolds;
    check_flaw("person.a and not person.a", NeverHolds, "person.a and not person.a");
    check_flaw("false", NeverHolds, "false");
    check_flaw("not true or false", NeverHolds, "true or false");
    check_flaw("person.a and cycle.day > 14", NeverHolds, "cycle.day > 14");
    check_flaw(
        "cycle.day >= 8 and person.b and cycle.day < 8",
        NeverHolds,
        "cycle.day >= 8 and person.b and cycle.day < 8",
    );
    check_flaw(
        "person.b and inputs.goal == 'jobs' and inputs.goal == 'advice'",
        NeverHolds,
        "inputs.goal == 'jobs' and inputs.goal == 'advice'",
    );
    check_flaw(
        "metrics.r.count > 3 and metrics.r.count <= 3",
        NeverHolds,
        "metrics.r.count > 3 and metrics.r.count <= 3",
    );
    check_flaw(
        "today > '2026-03-02' and today < '2026-03-03'",
        NeverHolds,
        "today > '2026-03-02' and today < '2026-03-03'",
    );
    check_flaw("today < today", NeverHolds, "today < today");
    check_flaw(
        "not inputs.role and inputs.role == 'x'",
        NeverHolds,
        "inputs.role and inputs.role == 'x'",
    );
    check_flaw(
        "metrics.a < metrics.b and metrics.b < metrics.a",
        NeverHolds,
        "metrics.a < metrics.b and metrics.b < metrics.a",
    );
}

#[test]
fn unknown_options_are_reported_with_the_nearest() {
    let flaws = Condition::compile("person.a or inputs.goal == 'job'").unwrap().flaws(&domain_of);
    assert_eq!(flaws.len(), 1);
    assert_eq!(flaws[0].kind, TemplateFlawKind::UnknownOption);
    assert_eq!(flaws[0].flaw.message, "`inputs.goal` has no option `job`");
    assert_eq!(flaws[0].flaw.helps, ["did you mean `jobs`?", "the options are `jobs`, `advice`"]);
    check_flaw("'x' != inputs.goal", TemplateFlawKind::UnknownOption, "'x'");
}

#[test]
fn unlike_kinds_are_reported() {
    use TemplateFlawKind::UnlikeKinds;
    check_flaw("cycle.day == '8'", UnlikeKinds, "cycle.day == '8'");
    check_flaw("person.a == 'yes'", UnlikeKinds, "person.a == 'yes'");
    check_flaw("person.a > person.b", UnlikeKinds, "person.a > person.b");
    check_flaw("today > 3", UnlikeKinds, "today > 3");
    check_flaw("today > 'soon'", UnlikeKinds, "today > 'soon'");
    check_flaw("inputs.role | day == 'x'", UnlikeKinds, "inputs.role");
}

#[test]
fn templates_are_checked_the_same_way() {
    let text = "{{ inputs.role | weekday }}{% if inputs.goal == 'jbos' %}x{% elif false %}{{ cycle.day | percent }}{% endif %}";
    let flaws = Template::compile(text).unwrap().flaws(&domain_of);
    let found: Vec<_> = flaws.iter().map(|one| &text[one.flaw.range.clone()]).collect();
    assert_eq!(found, ["inputs.role", "'jbos'", "false"]);
}

#[test]
fn too_many_names_are_given_up_on() {
    let names: Vec<_> = (0..40).map(|number| format!("person.o{number}")).collect();
    check_sound(&names.join(" and "));
    check_sound(
        &format!("{} and not person.o3", names.join(" and ")).replace("person.o3 ", "person.x "),
    );
}
