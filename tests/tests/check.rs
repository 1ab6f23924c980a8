//! Findings in playbooks.

use fortnight_engine::diagnostic::Severity;
use fortnight_engine::playbook::load;
use fortnight_engine::source::SourceFile;

fn shipped(reference: &str, _from: &str) -> Option<SourceFile> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../playbooks");
    let name = format!("{}.yaml", reference.trim_start_matches("./").trim_end_matches(".yaml"));
    let bytes = std::fs::read(folder.join(&name)).ok()?;
    Some(SourceFile::from_bytes(name, &bytes))
}

#[test]
fn the_shipped_playbooks_have_no_error_and_no_warning() {
    let names =
        ["networking", "product-designer", "product-manager", "company-first", "ux-researcher"];
    for name in names {
        let loaded = load(shipped(name, "").unwrap(), &shipped);
        let bad: Vec<_> =
            loaded.diagnostics.iter().filter(|one| one.severity != Severity::Hint).collect();
        assert!(bad.is_empty(), "{name}: {bad:#?}");
        assert!(loaded.playbook.is_some(), "{name}");
    }
}
