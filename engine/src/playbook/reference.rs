//! The reference of the language, written from the tables that the reader uses.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::language::{
    COMPANY_FIELDS, Key, Kind, NAMES, OUTCOMES, Object, PERSON_FIELDS, PLAYBOOK, STEP_KINDS, Small,
    WORDING,
};
use crate::message::{Channel, filters};

/// Every key of a playbook, the small values, and what texts may use, as Markdown.
pub fn reference() -> String {
    let mut out = String::new();
    let mut known = BTreeSet::new();
    let mut objects = vec![&PLAYBOOK];
    let mut next = 0;
    known.insert(PLAYBOOK.name);
    while let Some(object) = objects.get(next).copied() {
        next += 1;
        for key in object.keys {
            if let Some(below) = below(key.kind).filter(|below| known.insert(below.name)) {
                objects.push(below);
            }
        }
    }
    for object in objects {
        keys(object, &mut out);
    }
    smalls(&mut out);
    names(&mut out);
    out
}

fn below(kind: Kind) -> Option<&'static Object> {
    match kind {
        Kind::Object(object) | Kind::Map(object) => Some(object),
        Kind::Wordings => Some(&WORDING),
        Kind::Text
        | Kind::Template
        | Kind::Condition
        | Kind::Small(_)
        | Kind::Smalls(_)
        | Kind::Name(_)
        | Kind::Names(_)
        | Kind::YesNo
        | Kind::OneOf(_)
        | Kind::SomeOf(_)
        | Kind::Texts
        | Kind::Ids
        | Kind::Needs
        | Kind::TextMap => None,
    }
}

fn keys(object: &Object, out: &mut String) {
    let mut letters = object.name.chars();
    let title: String =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let _ = write!(
        out,
        "\n## {title}\n\n{}\n\n| key | takes | meaning |\n| --- | --- | --- |\n",
        object.doc
    );
    for key in object.keys {
        let must = if key.required { " **Needed.**" } else { "" };
        let _ = writeln!(out, "| `{}` | {} | {}{must} |", key.name, takes(key), key.doc);
    }
    if object.name == "a step" {
        let kinds: Vec<String> = STEP_KINDS.iter().map(|kind| format!("`{kind}`")).collect();
        let _ = writeln!(out, "\nA step has at most one of {}.", kinds.join(", "));
    }
}

fn takes(key: &Key) -> String {
    let words = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        words.join(", ")
    };
    match key.kind {
        Kind::OneOf(list) => words(list),
        Kind::SomeOf(list) => format!("a list of {}", words(list)),
        Kind::Smalls(small) => format!("{}; or a list of them", small.wanted()),
        Kind::Object(object) => format!("the keys of {}", object.name),
        Kind::Map(object) => format!("names, each with the keys of {}", object.name),
        Kind::Text
        | Kind::Template
        | Kind::Condition
        | Kind::Small(_)
        | Kind::Name(_)
        | Kind::Names(_)
        | Kind::YesNo
        | Kind::Texts
        | Kind::Ids
        | Kind::Needs
        | Kind::Wordings
        | Kind::TextMap => key.kind.wanted().to_owned(),
    }
}

fn smalls(out: &mut String) {
    out.push_str("\n## Small values\n\nCapitals and further blanks do not matter in them.\n\n");
    for small in Small::ALL {
        let _ = writeln!(out, "- {}", small.wanted());
    }
    out.push_str(
        "\nA duration counts `minutes`, `hours`, `days`, `workdays` or `weeks`. A pace is per `day`, `workday` or \
         `week` (Monday to Sunday). A schedule is `Mon and Wed at 09:00`, `Mon to Fri at 08:30`, `workdays at 08:30`, \
         `daily at 7:00`, or five cron fields: minute, hour, day of the month, month, weekday. `STEP.due` is the day \
         on which a step became available, if no reply came up to and including that day.\n\n\
         New names have lower-case letters, digits, hyphens and underscores, and at most 64 of them; those that \
         templates use (inputs, choices, fields, outcomes, measures) have no hyphens and begin with a letter.\n",
    );
}

fn names(out: &mut String) {
    out.push_str(
        "\n## Texts and conditions\n\nWhat stands between `{{` and `}}` in a text is a name, with filters behind \
         `|`. `{% if %}`, `{% elif %}`, `{% else %}` and `{% endif %}` leave parts out. A condition is written \
         without brackets: `person.replied and not person.booked`, `cycle.day >= 8`, `choice.signal == \"clear-ask\"`. \
         It compares with `==`, `!=`, `<`, `<=`, `>` and `>=`, and joins with `and`, `or`, `not` and parentheses. An \
         empty field and an outcome that did not happen are false. There are no functions, no loops and no \
         arithmetic.\n\n\
         | name | is |\n| --- | --- |\n",
    );
    for (name, meaning) in NAMES {
        let _ = writeln!(out, "| `{name}` | {meaning} |");
    }
    let fields = |fields: &[(&str, &str)]| {
        let fields: Vec<String> = fields.iter().map(|(name, _)| format!("`{name}`")).collect();
        fields.join(", ")
    };
    let _ = write!(
        out,
        "\nEverybody has the fields {}; every company has {}.\n\n| filter | gives |\n| --- | --- |\n",
        fields(PERSON_FIELDS),
        fields(COMPANY_FIELDS)
    );
    for (name, meaning) in filters() {
        let _ = writeln!(out, "| `{name}` | {meaning} |");
    }
    out.push_str("\n## Channels\n\n| channel | what comes with it |\n| --- | --- |\n");
    for channel in Channel::ALL {
        let _ = writeln!(out, "| `{}` | {} |", channel.as_str(), channel.doc());
    }
    out.push_str(
        "\n## Outcomes that always exist\n\nEvery outcome of a playbook implies `replied` on its day, unless an \
         earlier reply is recorded.\n\n| outcome | means |\n| --- | --- |\n",
    );
    for (name, meaning) in OUTCOMES {
        let _ = writeln!(out, "| `{name}` | {meaning} |");
    }
    out.push_str(
        "\n## One playbook over another\n\n`extends` lays a playbook over another: maps merge key by key, lists and \
         single values replace, `~` takes a thing out. The steps of the base come first. Chains are allowed. \
         `fortnight playbook show NAME --resolved` shows the whole and where each line comes from.\n",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::check::BUILT_IN;

    #[test]
    fn the_outcomes_of_the_reference_are_those_of_the_language() {
        let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        let shown: Vec<&str> = OUTCOMES.iter().map(|(name, _)| *name).collect();
        assert_eq!(known, shown);
    }

    #[test]
    fn every_name_of_the_reference_is_one() {
        let mut text = String::from(
            "fortnight: 1\nplaybook: t\nversion: 1.0.0\ntitle: T\n\
             inputs: {a: {ask: A, example: a}}\n\
             choices: {a: {options: {x: X, y: Y}}}\n\
             people: {fields: {a: {ask: A}}, outcomes: {a_b: {fields: {a: {ask: A}}}}}\n\
             companies: {fields: {a: {ask: A}}}\n\
             metrics: {a: {out_of: b, count: replied}}\n\
             steps:\n  b:\n    title: B\n    for_each: people\n    guide: |\n",
        );
        for (name, _) in NAMES {
            let name = name.replace("OUTCOME", "a_b").replace("NAME", "a").replace("FIELD", "a");
            let _ = writeln!(text, "      {{{{ {name} }}}}");
        }
        let loaded = crate::playbook::load(crate::source::SourceFile::new("t", text), &|_, _| None);
        let strange: Vec<_> = loaded
            .diagnostics
            .iter()
            .filter(|one| one.code.slug().starts_with("unknown"))
            .collect();
        assert!(strange.is_empty(), "{strange:?}");
    }
}
