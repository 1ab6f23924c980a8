//! The beginning of a coach's own playbook: a small whole one, or one laid over another.
//!
//! Knows what one usually changes. It must not know where files lie.

mod name;
mod over;

pub use name::{role_of, title_of};
pub use over::over;

use name::{example_of, text};

const WHOLE: &str = include_str!("whole.yaml");
const STORIES: &str = include_str!("whole.test.yaml");

/// A small plan from nothing, with comments: the playbook and its stories.
///
/// `id` is a name that [`bad_id`](super::bad_id) has nothing against.
///
/// ```
/// use fortnight_engine::{playbook::{self, starter}, source::SourceFile, story};
/// let (text, stories) = starter::whole("data-analyst");
/// let loaded = playbook::load(SourceFile::new("data-analyst.yaml", text), &|_, _| None);
/// assert!(loaded.diagnostics.is_empty());
/// let file = SourceFile::new("data-analyst.test.yaml", stories);
/// let report = story::run(file, &loaded.playbook.unwrap(), &loaded.packed.unwrap());
/// assert!(report.passes() && report.unreached.is_empty());
/// ```
pub fn whole(id: &str) -> (String, String) {
    let name = padded("NAME", &text(id));
    let playbook = WHOLE
        .replace(&name.0, &name.1)
        .replace("TITLE", &text(&title_of(id)))
        .replace("ROLE", &text(&role_of(id)));
    let example = padded("EXAMPLE", &text(&example_of(id)));
    let stories =
        STORIES.replace("playbook: NAME", &format!("playbook: {}", text(id))).replace("NAME", id);
    (playbook.replace(&example.0, &example.1), stories)
}

/// A placeholder and what stands for it, so that the comment behind it stays in its column.
fn padded(placeholder: &str, value: &str) -> (String, String) {
    let column = if placeholder == "NAME" { 30 } else { 27 };
    (format!("{placeholder:<column$}#"), format!("{value:<width$} #", width = column - 1))
}
