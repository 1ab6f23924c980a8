//! The clipboard of the terminal that shows us: OSC 52, which works over ssh as well.
//!
//! Knows escape sequences and which terminals take them. It must not know what is copied. The text
//! travels in base64, so no character of it reaches the terminal as itself.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Host, Stream};

/// The longest sequence that common terminals take (hterm and foot stop at 100,000 bytes).
const LONGEST: usize = 100_000;

/// GNU screen drops a string to the terminal beyond 768 bytes, so the base64 goes in pieces.
const SCREEN_PIECE: usize = 512;

/// What became of a text for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The terminal was told; whether it listens cannot be known.
    Told,
    /// It was not, for this reason.
    Not(&'static str),
}

/// What stands between this program and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    Nothing,
    Tmux,
    Screen,
}

impl Host {
    /// Puts a text on the clipboard of the terminal. Nothing is written to what is no terminal,
    /// unless the variable `FORTNIGHT_CLIPBOARD` is `always`; with `never` nothing ever is.
    ///
    /// # Errors
    ///
    /// Where the terminal does not take what is written.
    pub fn copy(&mut self, text: &str) -> io::Result<Copied> {
        let wish = self.variable("FORTNIGHT_CLIPBOARD").and_then(|wish| wish.to_str());
        let always = wish == Some("always");
        if wish == Some("never") {
            return Ok(Copied::Not("FORTNIGHT_CLIPBOARD says never"));
        }
        let term = self.variable("TERM").and_then(|term| term.to_str()).unwrap_or_default();
        if ["dumb", "linux"].contains(&term) && !always {
            return Ok(Copied::Not("this terminal has no clipboard"));
        }
        let between = if self.variable("TMUX").is_some() {
            Between::Tmux
        } else if self.variable("STY").is_some() {
            Between::Screen
        } else {
            Between::Nothing
        };
        let Some(sequence) = sequence(text, between) else {
            return Ok(Copied::Not("it is too long for the clipboard of a terminal"));
        };
        let stream: &mut Stream = if self.output.is_terminal || always {
            &mut self.output
        } else if self.talk.is_terminal {
            &mut self.talk
        } else {
            return Ok(Copied::Not("there is no terminal here that has a clipboard"));
        };
        stream.writer.write_all(sequence.as_bytes())?;
        stream.writer.flush()?;
        Ok(Copied::Told)
    }
}

/// The escape sequence; none where it would be too long.
///
/// tmux keeps sequences to itself unless it is told to hand them on, and takes part itself only
/// where its option `set-clipboard` is `on`: so it gets both, and the same text arrives either way.
fn sequence(text: &str, between: Between) -> Option<String> {
    let data = STANDARD.encode(text);
    let plain = format!("\u{1b}]52;c;{data}\u{7}");
    if plain.len() > LONGEST {
        return None;
    }
    Some(match between {
        Between::Nothing => plain,
        Between::Tmux => {
            let doubled = plain.replace('\u{1b}', "\u{1b}\u{1b}");
            format!("{plain}\u{1b}Ptmux;{doubled}\u{1b}\\")
        }
        Between::Screen => {
            let mut wrapped = String::from("\u{1b}P\u{1b}]52;c;");
            let mut rest = data.as_str();
            while let Some((piece, more)) = rest.split_at_checked(SCREEN_PIECE) {
                wrapped.push_str(piece);
                wrapped.push_str("\u{1b}\\\u{1b}P");
                rest = more;
            }
            wrapped.push_str(rest);
            wrapped.push_str("\u{7}\u{1b}\\");
            wrapped
        }
    })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::Write;
    use std::rc::Rc;

    use super::*;
    use crate::host::Folders;

    #[derive(Clone, Default)]
    struct Seen(Rc<RefCell<Vec<u8>>>);

    impl Write for Seen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What a host with these variables writes to its output and its talk, of which the second is
    /// a terminal.
    #[track_caller]
    fn check(terminals: [bool; 2], variables: &[(&str, &str)], expected: [&str; 2]) {
        let (output, talk) = (Seen::default(), Seen::default());
        let mut host = Host::silent(Folders::under("/nowhere"));
        host.output = Stream { writer: Box::new(output.clone()), is_terminal: terminals[0] };
        host.talk = Stream { writer: Box::new(talk.clone()), is_terminal: terminals[1] };
        host.environment = variables.iter().map(|(k, v)| (k.into(), v.into())).collect();
        let copied = host.copy("Hi Zoë").unwrap();
        let told = expected.iter().any(|text| !text.is_empty());
        assert_eq!(copied == Copied::Told, told, "{copied:?}");
        let seen = [output, talk].map(|seen| String::from_utf8(seen.0.borrow().clone()).unwrap());
        assert_eq!(seen, expected);
    }

    const PLAIN: &str = "\u{1b}]52;c;SGkgWm/Dqw==\u{7}";

    #[test]
    fn the_terminal_gets_the_text_in_base64_wherever_it_is() {
        check([true, true], &[], [PLAIN, ""]);
        check([false, true], &[("TERM", "xterm-256color")], ["", PLAIN]);
    }

    #[test]
    fn nothing_is_written_to_a_file_unless_asked() {
        check([false, false], &[], ["", ""]);
        check([false, false], &[("FORTNIGHT_CLIPBOARD", "always")], [PLAIN, ""]);
        check([true, true], &[("FORTNIGHT_CLIPBOARD", "never")], ["", ""]);
        check([true, true], &[("TERM", "linux")], ["", ""]);
    }

    #[test]
    fn tmux_and_screen_are_asked_to_hand_it_on() {
        let tmux = format!("{PLAIN}\u{1b}Ptmux;\u{1b}{PLAIN}\u{1b}\\");
        check([true, true], &[("TMUX", "/tmp/x,1,0")], [&tmux, ""]);
        let screen = format!("\u{1b}P{PLAIN}\u{1b}\\");
        check([true, true], &[("STY", "1.pts")], [&screen, ""]);
    }

    #[test]
    fn screen_gets_no_string_that_it_would_drop() {
        let long = sequence(&"é".repeat(3_000), Between::Screen).unwrap();
        let strings = long.split("\u{1b}P").skip(1);
        assert!(strings.clone().count() > 1 && strings.clone().all(|one| one.len() < 768));
        let data: String = strings.map(|one| one.trim_end_matches("\u{1b}\\")).collect();
        let data = data.trim_start_matches("\u{1b}]52;c;").trim_end_matches('\u{7}');
        assert_eq!(STANDARD.decode(data).unwrap(), "é".repeat(3_000).into_bytes());
    }

    #[test]
    fn what_is_too_long_for_terminals_is_not_sent() {
        assert!(sequence(&"a".repeat(74_000), Between::Nothing).is_some());
        assert_eq!(sequence(&"a".repeat(75_000), Between::Nothing), None);
    }
}
