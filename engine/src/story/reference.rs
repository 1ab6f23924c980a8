//! The reference of the language of stories, written from the tables that the reader uses.

use std::fmt::Write as _;

use super::language::{EXPECT, Kind, MOMENT, Object, REFUSED, STORY, SUITE, TEXT};
use crate::experiment::VerdictCode;

/// Every key of `NAME.test.yaml`, as Markdown.
pub fn reference() -> String {
    let mut out = String::from(
        "\n# Stories: `NAME.test.yaml`\n\nBeside `NAME.yaml` lies `NAME.test.yaml`. `fortnight playbook test` tells \
         its stories on a clock of their own, and `--coverage` lists what none of them reaches.\n",
    );
    for object in [&SUITE, &STORY, &MOMENT, &EXPECT, &TEXT, &REFUSED] {
        keys(object, &mut out);
    }
    let verdicts: Vec<String> =
        VerdictCode::ALL.iter().map(|code| format!("`{}`", code.as_str())).collect();
    let _ = writeln!(out, "\nThe verdicts are {}.", verdicts.join(", "));
    out
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
        let _ = writeln!(out, "| `{}` | {} | {}{must} |", key.name, takes(key.kind), key.doc);
    }
}

fn takes(kind: Kind) -> String {
    match kind {
        Kind::Text => "a text",
        Kind::Texts => "a text or a list of texts",
        Kind::Id => "a name",
        Kind::Step => "a step",
        Kind::Day => "a date, such as `2026-03-02`",
        Kind::Days => "a date, `2026-03-02 to 2026-03-06`, or a list of them",
        Kind::Weekdays => "days of the week, such as `Mon to Thu`",
        Kind::Answers => "inputs with answers, as in `{target_role: Design lead}`",
        Kind::Choice => "a choice with its option, as in `{signal: clear-ask}`",
        Kind::Cast => {
            "a list of names, as in `[Ana Silva]`; or of keys, as in `{name: Ana Silva, company: Northwind}`"
        }
        Kind::Added => "a list of people, or `people` and `companies` with a list each",
        Kind::Tasks => {
            "a list of steps, as in `[review, follow-up/ben]`; or steps with people, as in `{follow-up: [Ben Okafor]}`"
        }
        Kind::Fields => {
            "fields for all, as in `{people: {context: your talk}}`, or for one, as in `{Ana Silva: {context: your talk}}`"
        }
        Kind::Outcomes => {
            "outcomes with people, as in `{replied: [Ana Silva]}`, or with what was asked, as in `{booked: {Ana Silva: {at: \"2026-03-12 15:00\"}}}`"
        }
        Kind::Decision => {
            "`again`, `stop`, or keys, as in `{use: clear-ask, why: it works, start: 2026-03-16}`"
        }
        Kind::Cycle => {
            "`stop`, `start`, or keys, as in `{start: 2026-03-16, compare: {signal: clear-ask}}`"
        }
        Kind::Number => "a number, such as `1`",
        Kind::Metrics => "measures with figures, as in `{reply_rate: {out_of: 2, count: 1}}`",
        Kind::Verdict => "one word, see below",
        Kind::Object(object) => return format!("the keys of {}", object.name),
        Kind::Objects(object) => return format!("a list, each with the keys of {}", object.name),
        Kind::OneOrMore(object) => {
            return format!("the keys of {}, or a list of such", object.name);
        }
    }
    .to_owned()
}
