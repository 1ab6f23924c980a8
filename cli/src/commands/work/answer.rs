//! What a person types at a task: a letter or its word, and what belongs to it.

/// What may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Copy,
    Open,
    Edit,
    Sent,
    Done,
    Replied,
    Later,
    Skip,
    Next,
    Undo,
    Quit,
}

impl Key {
    /// How it stands in the line of keys.
    fn label(self) -> &'static str {
        match self {
            Self::Copy => "[c]opy",
            Self::Open => "[o]pen",
            Self::Edit => "[e]dit",
            Self::Sent => "[s]ent",
            Self::Done => "[d]one",
            Self::Replied => "[r]eplied",
            Self::Later => "[l]ater",
            Self::Skip => "[k] skip",
            Self::Next => "[n]ext",
            Self::Undo => "[u]ndo",
            Self::Quit => "[q]uit",
        }
    }

    /// What it does, for `?`.
    fn meaning(self) -> &'static str {
        match self {
            Self::Copy => "c  copy the text to the clipboard",
            Self::Open => "o  open the person's page in the browser",
            Self::Edit => "e  change the text in your editor",
            Self::Sent => {
                "s  it is sent: write it down, with exactly this text; another way: s email"
            }
            Self::Done => "d  it is done: write it down",
            Self::Replied => "r  they answered: r sat, or r booked thu 15:00, r declined, …",
            Self::Later => "l  move it to another day: l fri",
            Self::Skip => "k  not at all: k no time this week",
            Self::Next => "n  leave it for now, show the next",
            Self::Undo => "u  take back what you last wrote down here",
            Self::Quit => "q  enough for now; everything is recorded",
        }
    }

    /// The words that mean it, its letter first.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Copy => &["c", "copy"],
            Self::Open => &["o", "open"],
            Self::Edit => &["e", "edit"],
            Self::Sent => &["s", "sent", "send", "d", "done"],
            Self::Done => &["d", "done", "s"],
            Self::Replied => &["r", "replied", "reply", "record"],
            Self::Later => &["l", "later"],
            Self::Skip => &["k", "skip"],
            Self::Next => &["n", "next"],
            Self::Undo => &["u", "undo"],
            Self::Quit => &["q", "quit", "exit"],
        }
    }
}

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// A key, and the words behind it.
    Key(Key, String),
    /// A question mark.
    Help,
    /// Something else, and what to say about it.
    Wrong(String),
}

/// The line that shows what may be typed.
pub(super) fn line(offered: &[Key]) -> String {
    offered.iter().map(|key| key.label()).collect::<Vec<_>>().join(" ")
}

/// What each of the keys does.
pub(super) fn meanings(offered: &[Key]) -> String {
    offered.iter().map(|key| format!("  {}", key.meaning())).collect::<Vec<_>>().join("\n")
}

/// Reads what was typed against what is offered.
pub(super) fn read(text: &str, offered: &[Key]) -> Typed {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(['[', ']', ',', '.', ':', ';']);
    if matches!(bare, "?" | "h" | "help") {
        return Typed::Help;
    }
    let meant = offered.iter().find(|key| key.words().contains(&bare));
    if let Some(key) = meant {
        return Typed::Key(*key, rest.trim().to_owned());
    }
    if text.is_empty() {
        return Typed::Wrong("Type a letter and Enter; ? explains them.".to_owned());
    }
    let shown: String = word.chars().take(20).collect();
    Typed::Wrong(format!("`{shown}` is none of these: type a letter and Enter; ? explains them."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: &[Key] = &[Key::Sent, Key::Replied, Key::Later, Key::Quit];

    #[track_caller]
    fn check(text: &str, expected: &Typed) {
        assert_eq!(read(text, OFFERED), *expected);
    }

    #[test]
    fn a_letter_or_its_word_is_read_with_what_belongs_to_it() {
        check("s", &Typed::Key(Key::Sent, String::new()));
        check(" Sent ", &Typed::Key(Key::Sent, String::new()));
        check("[s]", &Typed::Key(Key::Sent, String::new()));
        check("l  next fri", &Typed::Key(Key::Later, "next fri".to_owned()));
        check("r booked thu 15:00", &Typed::Key(Key::Replied, "booked thu 15:00".to_owned()));
        check("?", &Typed::Help);
    }

    #[test]
    fn what_is_not_offered_is_explained() {
        for text in ["", "c", "yes please", "🦆", "ss"] {
            assert!(matches!(read(text, OFFERED), Typed::Wrong(said) if said.contains('?')));
        }
    }
}
