//! A playbook laid over another: what one usually changes, with the base's own words to begin with.

use super::name::{role_of, text, title_of};
use crate::playbook::load::write::write;
use crate::playbook::{Loaded, Playbook, Required, Step, StepKind};
use crate::source::Span;
use crate::syntax::{Entry, Node, Scalar, Value};

/// A playbook called `id` over one that is read already.
///
/// `extends` is what the new file says behind that key. `holds` is asked of texts that could stand
/// in the new file: whether they are without new findings; with it a step is found that can be left
/// out.
pub fn over(
    id: &str,
    extends: &str,
    base: &Loaded,
    playbook: &Playbook,
    holds: &dyn Fn(&str) -> bool,
) -> String {
    let head = format!(
        "# yaml-language-server: $schema=./playbook.schema.json\n#\n\
         # Only what differs from `{base}` stands here; all the rest comes from there. See the whole with\n\
         #   fortnight playbook show {id}.yaml --resolved\n\
         # Keys are laid over each other one by one, a list or a single value replaces, `~` takes a thing out.\n\
         fortnight: 1\nplaybook: {name}\nextends: {extends}\n\
         version: 0.1.0{gap}# yours; raise it whenever you give it to somebody\n\
         title: {title}\nrole: {role}\n",
        base = playbook.id,
        name = text(id),
        extends = reference(extends),
        gap = " ".repeat(46),
        title = text(&title_of(id)),
        role = text(&role_of(id)),
    );
    let mut out = head;
    for (part, note) in [
        (inputs(playbook), "examples that fit your people"),
        (base.merged.as_ref().and_then(|merged| words(merged, playbook)), "your own words"),
    ] {
        if let Some(part) = part {
            out.push('\n');
            out.push_str(&write(&part, &|entry| top(entry).then(|| note.to_owned())));
        }
    }
    if let Some(part) = base.merged.as_ref().and_then(|merged| step(merged, playbook)) {
        out.push('\n');
        out.push_str(&write(&part, &|entry| top(entry).then(|| "a step in your words".to_owned())));
        out.push_str(&others(playbook, &out, holds));
    }
    out
}

/// A path as it is, a name as it is.
fn reference(extends: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    if extends.bytes().all(plain) && !extends.is_empty() && extends.starts_with(['.', '/']) {
        return extends.to_owned();
    }
    text(extends)
}

fn top(entry: &Entry) -> bool {
    ["inputs", "messages", "steps"].contains(&entry.key.text())
}

/// The examples of the base's questions.
fn inputs(playbook: &Playbook) -> Option<Node> {
    let examples = playbook.inputs.iter().filter_map(|input| {
        Some((&*input.id, map([("example", scalar(input.example.as_ref()?))])))
    });
    let examples: Vec<_> = examples.collect();
    (!examples.is_empty()).then(|| map([("inputs", map(examples))]))
}

/// The text of the first message that is sent: of the first new option, where there are options.
fn words(merged: &Node, playbook: &Playbook) -> Option<Node> {
    let sent = playbook.steps.iter().find_map(|step| match &step.kind {
        StepKind::Send(message) => Some(message),
        StepKind::Task
        | StepKind::Choose(_)
        | StepKind::Write(_)
        | StepKind::Collect(_)
        | StepKind::Fill(_)
        | StepKind::Decide(_)
        | StepKind::Every(_) => None,
    })?;
    let written = merged.get("messages")?.get(sent)?.get("text")?;
    let text = match written.as_map() {
        None => scalar(written.as_scalar()?.text()),
        Some(options) => {
            let option = options.get(1).or(options.first())?;
            let words = match option.value.get("text") {
                Some(text) => map([("text", scalar(text.as_scalar()?.text()))]),
                None => scalar(option.value.as_scalar()?.text()),
            };
            map([(option.key.text(), words)])
        }
    };
    Some(map([("messages", map([(&**sent, map([("text", text)]))]))]))
}

/// Title and guide of the first step that has a guide.
fn step(merged: &Node, playbook: &Playbook) -> Option<Node> {
    let step = playbook.steps.iter().find(|step| step.guide.is_some());
    let step = step.or(playbook.steps.first())?;
    let written = merged.get("steps")?.get(&step.id)?;
    let keys = ["title", "guide"].into_iter().filter_map(|key| {
        let text = written.get(key)?.as_scalar()?.text();
        Some((key, scalar(text)))
    });
    Some(map([("steps", map([(&*step.id, map(keys.collect::<Vec<_>>()))]))]))
}

/// Further things one does to steps, as comments.
fn others(playbook: &Playbook, before: &str, holds: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::from(
        "\n  # What else one often does: take the `#` away, and the blank behind it.\n",
    );
    if let Some(step) = removable(playbook, before, holds) {
        out.push_str(&commented(&format!("{}: ~", line(&step.id)), "a step less"));
    }
    let first = playbook.steps.iter().find(|step| stands_alone(step));
    let mut id = String::from("own-step");
    while playbook.step(&id).is_some() {
        id.push_str("-more");
    }
    out.push_str(&commented(&format!("{id}:"), "a step more"));
    out.push_str("  #   title: One thing of your own\n");
    if let Some(first) = first {
        let needs = format!("  needs: {}", line(&first.id));
        out.push_str(&commented(&needs, "what comes before"));
    }
    out.push_str("  #   effort: 10 minutes\n");
    out
}

fn commented(line: &str, note: &str) -> String {
    format!("{:<59} # {note}\n", format!("  # {line}"))
}

/// A step that nothing else hangs on.
fn removable<'p>(
    playbook: &'p Playbook,
    before: &str,
    holds: &dyn Fn(&str) -> bool,
) -> Option<&'p Step> {
    const TRIED: usize = 24;
    let needed =
        |at: usize| playbook.steps.iter().any(|step| step.needs.iter().any(|need| need.step == at));
    let shown = |step: &Step| before.contains(&format!("\n  {}:\n", line(&step.id)));
    let mut free: Vec<(usize, &Step)> = playbook
        .steps
        .iter()
        .enumerate()
        .filter(|(_, step)| !matches!(step.kind, StepKind::Decide(_) | StepKind::Choose(_)))
        .filter(|(_, step)| !shown(step))
        .collect();
    // What may be skipped is the first that one leaves out; what others need the last.
    free.sort_by_key(|(at, step)| (step.required != Required::Optional, needed(*at)));
    let mut tried = free.into_iter().take(TRIED).map(|(_, step)| step);
    tried.find(|step| holds(&format!("{before}  {}: ~\n", line(&step.id))))
}

/// A step that a step of one's own could wait for.
fn stands_alone(step: &Step) -> bool {
    let once = step.for_each.is_none() && step.when.is_none() && !step.once_per_plan;
    once && match step.kind {
        StepKind::Task | StepKind::Write(_) | StepKind::Collect(_) | StepKind::Choose(_) => true,
        StepKind::Fill(_) | StepKind::Send(_) | StepKind::Decide(_) | StepKind::Every(_) => false,
    }
}

fn line(id: &str) -> String {
    text(id)
}

fn map<K: AsRef<str>>(entries: impl IntoIterator<Item = (K, Node)>) -> Node {
    let entries = entries
        .into_iter()
        .map(|(key, value)| Entry { key: Scalar::new(key.as_ref(), Span::default()), value })
        .collect();
    Node::new(Span::default(), Value::Map(entries))
}

fn scalar(text: &str) -> Node {
    Node::new(Span::default(), Value::Scalar(Scalar::new(text, Span::default())))
}
