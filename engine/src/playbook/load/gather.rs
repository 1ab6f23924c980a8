//! Following `extends` from file to file.

use super::{merge, pack, spelling};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::document::clipped;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::syntax::{self, Node, Scalar, Value};

/// So many playbooks may lie over each other.
const LONGEST_CHAIN: usize = 16;

/// The merged tree of a playbook and all it extends.
pub(super) struct Gathered {
    pub merged: Option<Node>,
    /// Every file was read in full.
    pub whole: bool,
}

pub(super) fn gather(
    root: SourceFile,
    resolve: &dyn Fn(&str, &str) -> Option<SourceFile>,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> Gathered {
    let mut whole = true;
    // From the playbook itself down to the last one it rests on.
    let mut trees: Vec<Node> = Vec::new();
    let mut chain: Vec<(String, Option<Scalar>)> = Vec::new();
    let mut next = Some(root);
    while let Some(file) = next.take() {
        let name = file.name().to_owned();
        let id = sources.add(file);
        let Some(file) = sources.get(id) else { break };
        let tree = syntax::parse(id, file, findings);
        whole &= tree.whole;
        let Some(mut root) = tree.root else {
            if tree.whole {
                findings.push(empty(id));
            }
            whole = false;
            break;
        };
        if !matches!(root.value, Value::Map(_) | Value::Broken) {
            findings.push(no_keys(&root, file));
            whole = false;
            break;
        }
        if tree.whole {
            findings.extend(pack::changed(id, file.text(), &root));
        }
        spelling::mend(&mut root, findings);
        if let Some(finding) = names_nothing(&root, file) {
            findings.push(finding);
            whole = false;
        }
        let extends = root.get("extends").and_then(Node::as_scalar).cloned();
        let extends = extends.filter(|text| !text.text().trim().is_empty());
        trees.push(root);
        chain.push((name.clone(), extends.clone()));
        let Some(reference) = extends else { break };
        match resolve(reference.text(), &name) {
            None => {
                findings.push(unknown(&reference));
                whole = false;
            }
            Some(base) if chain.iter().any(|(known, _)| known == base.name()) => {
                findings.push(circle(&chain, base.name(), &reference));
                whole = false;
            }
            Some(_) if chain.len() >= LONGEST_CHAIN => {
                let message = format!("more than {LONGEST_CHAIN} playbooks extend each other here");
                findings.push(Diagnostic::new(Code::TooLarge, reference.span(), message));
                whole = false;
            }
            Some(base) => next = Some(base),
        }
    }
    let mut trees = trees.into_iter().rev();
    let Some(mut merged) = trees.next() else { return Gathered { merged: None, whole } };
    let rests_on_nothing = chain.last().is_some_and(|(_, extends)| extends.is_none());
    for over in trees {
        merge::forget(&mut merged, &["extends", "playbook", "fortnight"], findings);
        merged = merge::lay_over(merged, over, findings);
    }
    if rests_on_nothing || chain.len() > 1 {
        merge::forget(&mut merged, &["extends"], findings);
    }
    if chain.len() > 1 {
        head_first(&mut merged);
    }
    Gathered { merged: Some(merged), whole }
}

/// What every playbook says for itself comes first again, as people write it.
fn head_first(merged: &mut Node) {
    const HEAD: [&str; 2] = ["fortnight", "playbook"];
    let Value::Map(entries) = &mut merged.value else { return };
    let place = |name: &str| HEAD.iter().position(|head| *head == name).unwrap_or(HEAD.len());
    entries.sort_by_key(|entry| place(entry.key.text()));
}

/// An `extends` that is no name.
fn names_nothing(root: &Node, file: &SourceFile) -> Option<Diagnostic> {
    const HELP: &str =
        "write the id of a playbook, a path such as `./base.yaml`, or leave the key out";
    let entry = root.entry("extends")?;
    let finding = match &entry.value.value {
        Value::Broken => return None,
        Value::Scalar(text) if !text.text().trim().is_empty() => return None,
        Value::Null | Value::Scalar(_) => {
            Diagnostic::new(Code::EmptyText, entry.key.span(), "`extends` has nothing behind it")
        }
        Value::List(_) | Value::Map(_) => Diagnostic::new(
            Code::WrongType,
            entry.value.shown(Some(file)),
            "`extends` takes one name: a playbook lies over one other",
        ),
    };
    Some(finding.help(HELP))
}

fn empty(id: FileId) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, Span::new(id, 0, 0), "this file has nothing in it")
        .help("a playbook begins with `fortnight: 1`, then `playbook:`, `version:`, `title:` and `steps:`")
}

fn no_keys(root: &Node, file: &SourceFile) -> Diagnostic {
    Diagnostic::new(
        Code::WrongType,
        root.shown(Some(file)),
        "a playbook is made of keys with values, and this is something else",
    )
    .help("a playbook begins with `fortnight: 1`, then `playbook:`, `version:`, `title:` and `steps:`")
}

fn unknown(reference: &Scalar) -> Diagnostic {
    let text = clipped(reference.text());
    let is_path = text.contains(['/', '\\', '.']);
    let help = if is_path {
        "a path counts from the folder of this file"
    } else {
        "write the id of a playbook that `fortnight playbook list` shows, or a path such as `./base.yaml`"
    };
    Diagnostic::new(
        Code::UnknownPlaybook,
        reference.span(),
        format!("there is no playbook `{text}` to extend"),
    )
    .help(help)
}

fn circle(chain: &[(String, Option<Scalar>)], back_to: &str, closing: &Scalar) -> Diagnostic {
    let from = chain.iter().position(|(name, _)| name == back_to).unwrap_or(0);
    let names: Vec<_> = chain[from..].iter().map(|(name, _)| name.as_str()).collect();
    let message = if names.len() == 1 {
        "this playbook extends itself".to_owned()
    } else {
        format!("these playbooks extend each other in a circle: {}, {back_to}", names.join(", "))
    };
    let mut edges = chain[from..].iter().filter_map(|(_, extends)| extends.as_ref());
    let first = edges.next().unwrap_or(closing);
    let mut finding = Diagnostic::new(Code::ExtendsLoop, first.span(), message)
        .help("one of them must stand on its own: remove its `extends`");
    for edge in edges {
        finding = finding.also(edge.span(), "and goes on here");
    }
    finding
}
