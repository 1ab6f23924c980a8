//! Progress of something that takes longer than half a second, for whoever reads along.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Host;

/// A bar on the terminal, and nothing where the talk goes elsewhere. It goes away when it is
/// dropped.
#[derive(Debug)]
pub struct Progress(Option<ProgressBar>);

impl Host {
    /// A bar for so many steps of something; `wanted` is false where nothing is to be said.
    pub fn progress(&self, steps: u64, what: &'static str, wanted: bool) -> Progress {
        if !wanted || !self.talk.is_terminal {
            return Progress(None);
        }
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}, {eta} left");
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
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
