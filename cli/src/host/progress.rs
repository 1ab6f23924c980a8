//! Progress of something that takes longer than half a second, for whoever reads along.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Host;

/// A bar on the terminal, and nothing where the talk goes elsewhere. It goes away when it or a clone
/// of it is dropped.
#[derive(Clone, Debug)]
pub struct Progress(Option<ProgressBar>);

impl Host {
    /// A bar for so many steps of something, or a sign of life where nobody can say how many;
    /// `wanted` is false where nothing is to be said.
    pub fn progress(&self, steps: Option<usize>, what: &'static str, wanted: bool) -> Progress {
        let style = if steps.is_some() {
            "{msg} {bar:30} {human_pos} of {human_len}, {eta} left"
        } else {
            "{msg} {spinner}"
        };
        self.bar(steps, what, style, wanted)
    }

    /// A bar for so many bytes of a file.
    pub fn progress_of_bytes(&self, bytes: usize, what: &'static str, wanted: bool) -> Progress {
        let style = "{msg} {bar:30} {bytes} of {total_bytes}, {eta} left";
        self.bar(Some(bytes), what, style, wanted)
    }

    fn bar(
        &self,
        steps: Option<usize>,
        what: &'static str,
        style: &'static str,
        wanted: bool,
    ) -> Progress {
        if !wanted || !self.talk.is_terminal {
            return Progress(None);
        }
        let length = steps.map(|steps| u64::try_from(steps).unwrap_or(u64::MAX));
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template(style);
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(500));
        Progress(Some(bar))
    }
}

impl Progress {
    /// One more is done.
    pub fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    /// So many are done in all.
    pub fn at(&self, done: usize) {
        if let Some(bar) = &self.0 {
            bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
