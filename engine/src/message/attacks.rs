//! Hostile templates and texts: every one ends in a flaw or a text, quickly, on a small stack (R19).

use proptest::prelude::*;

use super::*;

/// Runs in a thread with two mebibytes of stack, as the laws ask for.
fn on_a_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap()
}

/// Compiles as template and as condition; the kinds of mistake found as a template.
#[track_caller]
fn kinds(text: String) -> Vec<TemplateFlawKind> {
    on_a_small_stack(move || {
        let flaws = Template::compile(&text).map(|_| ()).err().unwrap_or_default();
        let inside = text.replace("{{", "").replace("}}", "");
        for flaw in &Condition::compile(&inside).map(|_| ()).err().unwrap_or_default() {
            assert!(inside.get(flaw.flaw.range.clone()).is_some());
        }
        assert!(flaws.len() <= 20);
        flaws
            .into_iter()
            .map(|one| {
                assert!(text.get(one.flaw.range).is_some());
                one.kind
            })
            .collect()
    })
}

#[track_caller]
fn check_refused(text: &str) {
    assert_ne!(kinds(text.to_owned()), []);
}

#[test]
fn doubling_a_text_is_refused() {
    // The measured 119 bytes that made 4.4 GB.
    check_refused(
        "{% set ns = namespace(a='aaaaaaaaaaaaaaaa') %}{% for i in range(28) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}{{ ns.a }}",
    );
    check_refused("{{ 'a' * 4000000000 }}");
    check_refused("{{ 'a' ~ 'b' }}");
    check_refused("{% for a in range(100000000) %}x{% endfor %}");
    check_refused("{{ range(9999999)|join }}");
    check_refused("{{ '%999999999d' | format(1) }}");
    check_refused("{{ a | replace('', a) }}");
    check_refused("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}");
    check_refused("{{ debug() }}");
    check_refused("{{ a.__class__() }}{{ __a }}");
    check_refused("{{ 99999999999999999999999999999999999999999999999999 }}");
    check_refused("{{ 1e999 }}");
    check_refused("{{ '\\u001b[31m' }}");
    check_refused("{{ a | default('\\u202e') }}");
}

#[test]
fn long_chains_and_deep_nesting_are_refused() {
    use TemplateFlawKind::TooLarge;
    for operator in [" and ", " or ", " == ", " < ", "|upper", "|default(a)", ".a"] {
        for times in [300, 5_000 / operator.len(), 26_000 / operator.len()] {
            let right = if operator.starts_with(['|', '.']) { "" } else { "a" };
            let chain = format!("{{{{ a{} }}}}", format!("{operator}{right}").repeat(times));
            assert_eq!(kinds(chain), [TooLarge], "{operator}");
        }
    }
    for times in [17, 5_000, 26_000] {
        assert_eq!(
            kinds(format!("{{{{ {}a{} }}}}", "(".repeat(times), ")".repeat(times))),
            [TooLarge]
        );
        assert_eq!(kinds(format!("{{{{ {}a }}}}", "not ".repeat(times.min(8_000)))), [TooLarge]);
        assert_eq!(kinds(format!("{{{{ {}1 }}}}", "-".repeat(times))), [TooLarge]);
    }
    for open in ["[", "{", "a(", "a[", "{'a':", "(a,"] {
        check_refused(&format!("{{{{ {}", open.repeat(4_000)));
    }
    assert!(kinds("{% if a %}".repeat(3_000)).contains(&TooLarge));
    assert!(
        kinds(format!("{}{}", "{% if a %}".repeat(17), "{% endif %}".repeat(17)))
            .contains(&TooLarge)
    );
    assert_eq!(
        kinds(format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(2_000))),
        [TooLarge]
    );
    assert_eq!(kinds("x".repeat(40_000)), [TooLarge]);
    assert_eq!(kinds("{{ a }}".repeat(2_000)), [TooLarge]);
}

#[test]
fn the_largest_template_that_passes_is_cheap_to_render() {
    // As many filters as fit, over the longest text a filter works on, in the longest template.
    let tag = "{% if a|upper|lower|title|upper|lower|title|upper|lower == b %}{% endif %}";
    let text = tag.repeat(grammar::LONGEST_TEMPLATE / tag.len());
    let template = Template::compile(&text).unwrap();
    let mut names = Names::default();
    names.set("a", "x".repeat(512).as_str());
    names.set("b", "y");
    assert_eq!(template.render(&names), Ok(String::new()));
}

#[test]
fn values_are_never_read_as_templates() {
    let template = Template::compile("{{ a }}{% if a %}!{% endif %}").unwrap();
    for hostile in ["{{ a }}", "{% raw %}", "{# x", "\u{1b}[31m", "\u{202e}x", "=1+1", "<b>"] {
        let mut names = Names::default();
        names.set("a", hostile);
        assert_eq!(template.render(&names).unwrap(), format!("{hostile}!"));
    }
}

/// Pieces that mean something to the dialect, in any order.
fn template_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{{-",
        "-}}",
        "{%-",
        "-%}",
        "if",
        "elif",
        "else",
        "endif",
        "raw",
        "endraw",
        "for",
        "in",
        "is",
        "and",
        "or",
        "not",
        "a",
        "person.first_name",
        ".",
        "|",
        "default(",
        "upper",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "'",
        "\"",
        "\\",
        "==",
        "!=",
        "<",
        ">=",
        "=",
        "-",
        "+",
        "*",
        "~",
        "1",
        "1.5",
        "1e3",
        "0x",
        "true",
        "none",
        " ",
        "\n",
        "\r\n",
        "é",
        "👩‍🚀",
        "\u{0}",
        "text. ",
        ",",
        ":",
        "%",
        "#",
    ]);
    prop::collection::vec(prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,3}"], 0..40)
        .prop_map(|pieces| pieces.concat())
}

fn sound_template() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("{{ a }}".to_owned()),
        Just("{{ b | default('x') | upper }}".to_owned()),
        Just("text é. ".to_owned()),
        Just("\n".to_owned()),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop::collection::vec(inner, 1..4).prop_map(|parts| {
            let parts = parts.concat();
            format!("{{% if a and not (b == 'x') %}}{parts}{{% else %}}-{parts}{{% endif %}}")
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in template_like()) {
        let (template, condition) = (text.clone(), text.clone());
        let compiled = on_a_small_stack(move || {
            (Template::compile(&template), Condition::compile(&condition))
        });
        let mut names = Names::default();
        names.set("a", "é");
        match compiled.0 {
            Ok(template) => {
                let _text_or_missing = template.render(&names);
                for mention in template.names() {
                    prop_assert!(text.get(mention.range.clone()).is_some());
                }
            }
            Err(flaws) => {
                prop_assert!(!flaws.is_empty());
                for flaw in flaws {
                    prop_assert!(text.get(flaw.flaw.range).is_some());
                }
            }
        }
        match compiled.1 {
            Ok(condition) => {
                condition.holds(&names);
                for flaw in condition.flaws(&|_| Some(Domain::Text)) {
                    prop_assert!(text.get(flaw.flaw.range).is_some());
                }
            }
            Err(flaws) => {
                prop_assert!(!flaws.is_empty());
                for flaw in flaws {
                    prop_assert!(text.get(flaw.flaw.range).is_some());
                }
            }
        }
    }

    #[test]
    fn a_sound_template_names_what_it_misses_and_renders_once_it_is_there(text in sound_template()) {
        let template = Template::compile(&text).unwrap();
        let mut names = Names::default();
        if let Err(RenderError::Missing { names: missing }) = template.render(&names) {
            for name in &missing {
                let mention = template.names().iter().find(|one| &one.path == name && !one.has_fallback);
                prop_assert!(mention.is_some(), "{} is said to have a fallback everywhere", name);
            }
        }
        names.set("a", "A");
        prop_assert!(template.render(&names).is_ok());
    }
}
