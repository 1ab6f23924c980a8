//! A Markdown document as a row of parts: prose, and fenced blocks that mean something.

/// What a fenced block means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block<'a> {
    /// A file to write: `file=NAME` stands behind the fence.
    File(&'a str),
    /// Commands and what they answer.
    Console,
}

/// A run of lines.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    /// What it means; nothing for prose.
    pub(super) block: Option<Block<'a>>,
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    lines: Vec<&'a str>,
}

/// A piece of a console block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// `# now: 2026-03-02T08:30` sets the clock on the wall.
    Now { written: String, wall: &'a str },
    /// `# zone: Europe/Paris` moves the machine.
    Zone { written: String, zone: &'a str },
    /// Lines before the first command.
    Words(String),
    /// `$ fortnight …`, with the empty lines that stand behind its answer.
    Command { written: String, line: String, gap: usize },
}

/// Parts a document. Its text is that of all parts, one after the other.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut open: Option<&str> = None;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if let Some(fence) = open {
            if let Some(part) = parts.last_mut() {
                part.lines.push(line);
            }
            if bare == fence {
                open = None;
                parts.push(Part { block: None, line: at + 2, lines: Vec::new() });
            }
            continue;
        }
        let fence_length = bare.len() - bare.trim_start_matches('`').len();
        if fence_length >= 3 {
            let (fence, words) = bare.split_at(fence_length);
            open = Some(fence);
            let named = words.split_whitespace().find_map(|word| word.strip_prefix("file="));
            let block = if words.trim() == "console" {
                Some(Block::Console)
            } else {
                named.map(Block::File)
            };
            parts.push(Part { block, line: at + 1, lines: vec![line] });
        } else if let Some(part) = parts.last_mut() {
            part.lines.push(line);
        } else {
            parts.push(Part { block: None, line: at + 1, lines: vec![line] });
        }
    }
    parts
}

impl<'a> Part<'a> {
    /// The part as it is written.
    pub(super) fn text(&self) -> String {
        self.lines.concat()
    }

    /// What stands between the fences.
    pub(super) fn inside(&self) -> String {
        self.between().concat()
    }

    /// The part with something else between its fences, which grow where the inside holds as long
    /// a fence itself.
    pub(super) fn with_inside(&self, inside: &str) -> String {
        let (first, last) = (self.lines.first(), self.lines.last());
        let fence = last.map_or("", |last| last.trim_end());
        let clashes = inside.lines().any(|line| line.starts_with(fence));
        let more = if clashes { "`" } else { "" };
        format!("{more}{}{inside}{more}{}", first.unwrap_or(&""), last.unwrap_or(&""))
    }

    /// The pieces of a console block.
    pub(super) fn pieces(&self) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut lines = self.between().iter().copied().peekable();
        while let Some(first) = lines.next() {
            if let Some(wall) = first.strip_prefix("# now:") {
                pieces.push(Piece::Now { written: first.to_owned(), wall: wall.trim() });
            } else if let Some(zone) = first.strip_prefix("# zone:") {
                pieces.push(Piece::Zone { written: first.to_owned(), zone: zone.trim() });
            } else if let Some(command) = first.strip_prefix("$ fortnight") {
                let mut written = first.to_owned();
                let mut line = command.trim_end().to_owned();
                while line.ends_with('\\') {
                    line.pop();
                    let Some(more) = lines.next() else { break };
                    written.push_str(more);
                    line.push_str(more.trim_end());
                }
                let mut gap = 0;
                while let Some(answer) = lines.next_if(|next| !begins_piece(next)) {
                    gap = if answer.trim().is_empty() { gap + 1 } else { 0 };
                }
                pieces.push(Piece::Command { written, line, gap });
            } else if let Some(Piece::Words(words)) = pieces.last_mut() {
                words.push_str(first);
            } else {
                pieces.push(Piece::Words(first.to_owned()));
            }
        }
        pieces
    }

    fn between(&self) -> &[&'a str] {
        self.lines.get(1..self.lines.len().saturating_sub(1)).unwrap_or_default()
    }
}

fn begins_piece(line: &str) -> bool {
    ["$ fortnight", "# now:", "# zone:"].iter().any(|start| line.starts_with(start))
}
