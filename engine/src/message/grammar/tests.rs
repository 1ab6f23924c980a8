//! Our reading of the dialect against minijinja's own.

use minijinja::{Environment, context};
use proptest::prelude::*;

use super::super::{Names, Template};

/// What minijinja makes of a template; white space at the end aside, as with ours.
fn by_minijinja(text: &str) -> String {
    let mut environment = Environment::empty();
    environment.add_filter("upper", |text: String| text.to_uppercase());
    let person = context! { name => "Ana", context => "", day => 9 };
    let rendered = environment.render_str(text, context! { person, yes => true, no => false });
    rendered.expect("the dialect is a part of minijinja's").trim_end().to_owned()
}

fn by_us(text: &str) -> String {
    let mut names = Names::default();
    names.set("person.name", "Ana");
    names.set("person.context", "");
    names.set("person.day", 9);
    names.set("yes", true);
    names.set("no", false);
    Template::compile(text).expect("sound").render(&names).expect("a text")
}

fn expression() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "yes",
        "no",
        "person.context",
        "person.name == 'Ana'",
        "person.name|upper == 'ANA'",
        "person.day >= 9",
        "3 < person.day < 9",
        "person.day != 9.0",
        "-1 < person.day",
        "true",
    ]);
    atom.prop_map(str::to_owned).prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| format!("not {one}")),
            inner.clone().prop_map(|one| format!("({one})")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{one} and {other}")),
            (inner.clone(), inner).prop_map(|(one, other)| format!("{one} or {other}")),
        ]
    })
}

fn template() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "{{ person.name }}",
        "{{- person.name|upper -}}",
        " text, ",
        "{# note #}",
        "é\n",
        "{% raw %}{{ x }}{% endraw %}",
        "} %} { x",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(3, 16, 3, |inner| {
        (expression(), expression(), prop::collection::vec(inner, 1..4)).prop_map(
            |(first, second, parts)| {
                let parts = parts.concat();
                format!(
                    "a{{% if {first} %}}b{parts}{{%- elif {second} %}}c{parts}{{% else -%}}d{{% endif %}}e"
                )
            },
        )
    })
}

proptest! {
    #[test]
    fn a_template_renders_as_minijinja_renders_it(text in template()) {
        prop_assert_eq!(by_us(&text), by_minijinja(&text));
    }
}
