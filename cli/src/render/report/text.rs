//! Text on its way into a page: markup never begins in it (R21).

use fortnight_engine::words::Words;
use maud::Render;

/// Text of people or files between the tags of a page.
pub(crate) struct Text<'t>(pub(crate) &'t Words);

impl Render for Text<'_> {
    fn render_to(&self, page: &mut String) {
        page.push_str(&self.0.html_text());
    }
}

/// Text of a playbook or of this program between the tags of a page.
pub(crate) fn text(text: &str) -> maud::PreEscaped<String> {
    maud::PreEscaped(Words::new(text).html_text())
}
