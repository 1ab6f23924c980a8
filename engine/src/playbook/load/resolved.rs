//! A playbook with all it extends, as text to read: behind each line the place it comes from.

use super::Loaded;
use super::write::write;
use crate::syntax::Entry;

impl Loaded {
    /// The merged playbook as YAML that loads to the same playbook, with `# FILE:LINE` behind each
    /// key; none where the files could not be read.
    ///
    /// ```
    /// use fortnight_engine::{playbook, source::SourceFile};
    /// let text = "fortnight: 1\nplaybook: tiny\nversion: 1.0.0\ntitle: Tiny\nsteps: {call: {title: Call}}\n";
    /// let loaded = playbook::load(SourceFile::new("tiny.yaml", text), &|_, _| None);
    /// let resolved = loaded.resolved().unwrap();
    /// assert!(resolved.lines().any(|line| line.ends_with("# tiny.yaml:5") && line.contains("Call")));
    /// ```
    pub fn resolved(&self) -> Option<String> {
        let merged = self.merged.as_ref()?;
        let note = |entry: &Entry| {
            let span = entry.key.span();
            let file = self.sources.get(span.file)?;
            Some(format!("{}:{}", file.name(), file.position(span.start).line))
        };
        Some(write(merged, &note))
    }
}
