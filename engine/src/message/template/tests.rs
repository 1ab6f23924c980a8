use jiff::civil::date;

use super::super::TemplateFlawKind;
use super::*;

fn ana() -> Names {
    let mut names = Names::default();
    names.set("person.first_name", "Ana");
    names.set("person.context", "");
    names.set("person.booked", true);
    names.set("person.booked.at", date(2026, 3, 12).at(14, 0, 0, 0));
    names.set("cycle.day", 9);
    names.set("inputs.role", "Designer");
    names
}

#[track_caller]
fn check(template: &str, expected: &str) {
    let template = Template::compile(template).expect("a sound template");
    assert_eq!(template.render(&ana()).expect("a text"), expected);
}

#[track_caller]
fn check_flaws(template: &str, expected: &[(TemplateFlawKind, &str, &str)]) {
    let flaws = Template::compile(template).expect_err("a flaw");
    let found: Vec<_> = flaws
        .iter()
        .map(|found| (found.kind, &template[found.flaw.range.clone()], found.flaw.message.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check_names(template: &str, expected: &[(&str, bool)]) {
    let compiled = Template::compile(template).expect("a sound template");
    let found: Vec<_> = compiled
        .names()
        .iter()
        .map(|found| {
            assert_eq!(&template[found.range.clone()], found.path);
            (found.path.as_str(), found.has_fallback)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn names_and_filters_become_text() {
    check("Hi {{ person.first_name }}!", "Hi Ana!");
    check("{{person.first_name|upper}}", "ANA");
    check("{{ person.context | default('your work') }}", "your work");
    check("{{ person.context | default(inputs.role) | lower }}", "designer");
    check(
        "On {{ person.booked.at | day }} at {{ person.booked.at | time }}",
        "On Thursday 12 March at 14:00",
    );
    check("{{ 'a' }}{{ 3 }}{{ -1.50 }}{{ true }}", "a3-1.5yes");
    check("{{ person.booked }}", "yes");
    check("{# a note #}x{% raw %}{{ as it is }}{% endraw %}", "x{{ as it is }}");
    check("a\n\n", "a");
    check("{ } {x} % }} %} #}", "{ } {x} % }} %} #}");
}

#[test]
fn conditions_choose_the_first_branch_that_holds() {
    let template = "{% if person.context %}A{% elif cycle.day >= 8 %}B{% else %}C{% endif %}";
    check(template, "B");
    check("{% if person.booked %}{{ person.booked.at | date }}{% endif %}", "12 March 2026");
    check("{% if not person.booked %}x{% endif %}y", "y");
    check("{% if nobody == 1 or 3 <= cycle.day <= 9 %}x{% endif %}", "x");
}

#[test]
fn a_tag_alone_on_its_line_leaves_no_line() {
    check("a\n  {% if person.booked %}  \nb\n{% endif %}\nc\n", "a\nb\nc");
    check("a\r\n{% if person.booked %}\r\nb\r\n{% endif %}\r\nc", "a\r\nb\r\nc");
    check("a\n{# note #}\nb", "a\nb");
    check("a {% if person.booked %}b{% endif %}\nc", "a b\nc");
    check("a\n{% if person.booked %}\n{% if person.booked %}\nb\n{% endif %}\n{% endif %}", "a\nb");
    check("{% if person.booked %}\n{{ person.first_name }}\n{% endif %}\n!", "Ana\n!");
    check("a {%- if person.booked -%} b {%- endif %} c", "ab c");
}

#[test]
fn an_empty_value_without_a_fallback_is_named_and_nothing_is_rendered() {
    let template = "{{ person.context }} {{ person.first_name }} {{ inputs.goal | upper }} {{ person.context }}";
    let missing = Template::compile(template).unwrap().render(&ana());
    let names = vec!["person.context".to_owned(), "inputs.goal".to_owned()];
    assert_eq!(missing, Err(RenderError::Missing { names }));
    assert_eq!(
        missing.unwrap_err().to_string(),
        "fields are still empty: person.context, inputs.goal"
    );
}

#[test]
fn an_empty_fallback_is_missing_itself() {
    let missing =
        Template::compile("{{ person.context | default(inputs.goal) }}").unwrap().render(&ana());
    assert_eq!(missing, Err(RenderError::Missing { names: vec!["inputs.goal".to_owned()] }));
}

#[test]
fn braces_in_a_persons_name_are_data() {
    let mut names = ana();
    names.set("person.first_name", "{{ inputs.role }}{% if %}");
    let template = Template::compile("Hi {{ person.first_name }}").unwrap();
    assert_eq!(template.render(&names).unwrap(), "Hi {{ inputs.role }}{% if %}");
}

#[test]
fn a_text_over_the_limit_is_refused() {
    let template = Template::compile("{{ a }}{{ a }}").unwrap();
    let mut names = Names::default();
    names.set("a", "x".repeat(LONGEST_TEXT / 2).as_str());
    assert_eq!(template.render(&names).unwrap().len(), LONGEST_TEXT);
    names.set("a", "x".repeat(LONGEST_TEXT / 2 + 1).as_str());
    assert_eq!(template.render(&names), Err(RenderError::TooLong));
    names.set("a", "x".repeat(20 << 20).as_str());
    assert_eq!(template.render(&names), Err(RenderError::TooLong));
}

#[test]
fn every_mention_is_known_also_in_branches_not_taken() {
    check_names(
        "{% if a.b and c %}{{ a.b }}{{ d }}{% else %}{{ a.b }}{% endif %}",
        &[("a.b", true), ("c", true), ("a.b", true), ("d", false), ("a.b", false)],
    );
    check_names("{{ a | default(b | default('x')) }}", &[("a", true), ("b", true)]);
    check_names("{{ a | default(b) }}", &[("a", true), ("b", false)]);
    check_names("{% if not a %}x{% else %}{{ a }}{% endif %}", &[("a", true), ("a", true)]);
    check_names("{% if a or b %}{{ a }}{% endif %}", &[("a", true), ("b", true), ("a", false)]);
    check_names("{% if a == 'x' %}{{ a }}{% endif %}", &[("a", true), ("a", true)]);
    check_names(
        "{% if not (a and b) %}x{% elif c %}{{ a }}{{ c }}{% endif %}{{ a }}",
        &[("a", true), ("b", true), ("c", true), ("a", true), ("c", true), ("a", false)],
    );
}

#[test]
fn what_the_dialect_leaves_out_is_refused_with_a_way_out() {
    use TemplateFlawKind::Forbidden;
    check_flaws("{% set a = 1 %}", &[(Forbidden, "set", "there is no `set` here")]);
    check_flaws("{% include 'x' %}", &[(Forbidden, "include", "there is no `include` here")]);
    check_flaws(
        "{% for a in b %}{{ a }}{% endfor %}",
        &[
            (Forbidden, "for", "there is no `for` here"),
            (Forbidden, "endfor", "there is no `endfor` here"),
        ],
    );
    check_flaws("{{ 'a' * 9 }}", &[(Forbidden, "*", "there is no arithmetic here")]);
    check_flaws("{{ a ~ b }}", &[(Forbidden, "~", "`~` is not needed")]);
    check_flaws("{{ range(9) }}", &[(Forbidden, "(", "nothing can be called here")]);
    check_flaws("{{ a.b() }}", &[(Forbidden, "(", "nothing can be called here")]);
    check_flaws("{{ a[0] }}", &[(Forbidden, "[", "there are no lists here")]);
    check_flaws("{{ inputs.target-role }}", &[(Forbidden, "-", "there is no arithmetic here")]);
    check_flaws("{{ none }}", &[(Forbidden, "none", "there is no `none` here")]);
    check_flaws("{{ a if b else c }}", &[(Forbidden, "if", "`if` has a place of its own")]);
    check_flaws("{% if a is defined %}{% endif %}", &[(Forbidden, "is", "there is no `is` here")]);
    check_flaws(
        "{{ a == b }}",
        &[(Forbidden, "a == b", "something true or false stands where a value belongs")],
    );
    check_flaws("{{ -a }}", &[(Forbidden, "-a", "`-` stands before numbers only")]);
    check_flaws(
        "{{ a | upper(1) }}",
        &[(Forbidden, "upper", "`upper` takes nothing in parentheses")],
    );
}

#[test]
fn mistakes_are_found_all_at_once_each_at_its_place() {
    use TemplateFlawKind::{Syntax, UnknownFilter};
    check_flaws(
        "Hi {{ person.first name }}, {{ x | uper }} {% if a %}{{ }} {{ 'é }}",
        &[
            (Syntax, "name", "two values stand side by side"),
            (UnknownFilter, "uper", "there is no filter `uper`"),
            (Syntax, "{% if a %}", "this `if` is never closed"),
            (Syntax, "{{ }}", "nothing stands here"),
            (Syntax, "'", "this quote is never closed"),
        ],
    );
    check_flaws("{{ a", &[(Syntax, "{{", "`{{` is never closed")]);
    check_flaws("{{ a {{ b }}", &[(Syntax, "{{", "`{{` is never closed")]);
    check_flaws("{{ a }", &[(TemplateFlawKind::Forbidden, "}", "a brace stands alone")]);
    check_flaws("{{ (a }} b", &[(Syntax, "(", "`(` is never closed")]);
    check_flaws("{{ a) }} b", &[(Syntax, ")", "`)` closes nothing")]);
    check_flaws("{{ “a” }}", &[(Syntax, "“", "`“` does not quote here")]);
    check_flaws("{% endif %}", &[(Syntax, "{% endif %}", "`endif` closes nothing")]);
    check_flaws("{% else %}", &[(Syntax, "{% else %}", "`else` stands outside of any `if`")]);
    check_flaws("{% if %}{% endif %}", &[(Syntax, "{% if %}", "nothing stands here")]);
    check_flaws("{% if (a %}{% endif %}", &[(Syntax, "(", "`(` is never closed")]);
    check_flaws(
        "{% if a %}{% else if b %}{% endif %}",
        &[(Syntax, " if b ", "nothing may stand here")],
    );
    check_flaws(
        "{% if a %}{% else %}{% else %}{% endif %}",
        &[(Syntax, "{% else %}", "`else` stands behind `else`")],
    );
    check_flaws("{{ a. }}", &[(Syntax, "a.", "this ends too early")]);
    check_flaws("{{ a | }}", &[(Syntax, "a |", "this ends too early")]);
    check_flaws("{{ and a }}", &[(Syntax, "and", "a value is missing before this")]);
    check_flaws(
        "{{ a | default }}",
        &[(Syntax, "default", "`default` takes one value in parentheses")],
    );
    check_flaws("{# a", &[(Syntax, "{#", "this is never closed")]);
    check_flaws("x {% raw %} a", &[(Syntax, "{%", "this is never closed")]);
    check_flaws("{%", &[(Syntax, "{%", "`{%` is never closed")]);
}

#[test]
fn two_full_stops_become_one() {
    #[track_caller]
    fn check(template: &str, value: &str, expected: &str) {
        let mut names = Names::default();
        names.set("a", value);
        assert_eq!(Template::compile(template).unwrap().render(&names).unwrap(), expected);
    }
    check("I like {{ a }}. You?", "Acme Inc.", "I like Acme Inc. You?");
    check("{{ a }}.", "Why not?", "Why not?");
    check("{{ a }}...", "Acme Inc.", "Acme Inc....");
    check("{{ a }}.", "x", "x.");
    check("May I ask about {{ a }}? Thanks.", "Which?", "May I ask about Which? Thanks.");
    check("I like {{ a }}!", "Yahoo!", "I like Yahoo!");
    check("Do you like {{ a }}?", "Yahoo!", "Do you like Yahoo!?");
    check("I liked {{ a }} a lot.", "Your talk.", "I liked your talk a lot.");
    check("{{ a }} stayed with me.", "your talk", "Your talk stayed with me.");
    check("I liked {{ a | trim }} a lot.", "Your talk.", "I liked Your talk. a lot.");
    check("x.{% if a %}.{% endif %}", "x", "x..");
}
