//! The person's own editor, on a private file that is gone afterwards.
//!
//! Knows `VISUAL`, `EDITOR`, how a shell parts their words, and temporary files. It must not know
//! what is edited.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Host, ReadError};

/// What is used where neither `VISUAL` nor `EDITOR` is set.
const FALLBACK: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// Why an edited text did not come back.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// No editor is named, and nobody sits at a terminal to use the usual one.
    #[error("no editor is named: set VISUAL or EDITOR")]
    NoEditor,
    /// The variable has an open quote.
    #[error("`{0}` has a quote that is not closed")]
    OpenQuote(String),
    /// The editor could not be started.
    #[error("`{program}` could not be started: {}", reason(.error))]
    NotStarted {
        /// Its name.
        program: String,
        /// What the system said.
        error: io::Error,
    },
    /// The editor said that it failed.
    #[error("`{0}` ended with an error, so nothing was changed")]
    Failed(String),
    /// What came back is no text, or too much of it.
    #[error("what the editor left is no UTF-8 text")]
    NotText,
    /// The file could not be written or read.
    #[error("the text could not be handed over: {0}")]
    System(#[from] io::Error),
}

/// The file in the editor; it goes when this does.
struct Draft(PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}

impl Host {
    /// Lets the person change a text in their editor; gives back what they left, without white
    /// space at the end, lines ended by `\n`.
    ///
    /// # Errors
    ///
    /// [`EditError`]; then the text is as it was.
    pub fn edit(&mut self, text: &str) -> Result<String, EditError> {
        let mut words = self.editor()?;
        let draft = self.draft(text)?;
        let program = words.remove(0);
        let shown = program.to_string_lossy().into_owned();
        words.push(draft.0.clone().into_os_string());
        let ended = (self.run_program)(&program, &words);
        match ended {
            Ok(true) => {}
            Ok(false) => return Err(EditError::Failed(shown)),
            Err(error) => return Err(EditError::NotStarted { program: shown, error }),
        }
        let bytes = self.read(&draft.0).map_err(|error| match error {
            ReadError::System(error) => EditError::System(error),
            ReadError::TooLarge => EditError::NotText,
        })?;
        let text = String::from_utf8(bytes).map_err(|_| EditError::NotText)?;
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        Ok(text.trim_end().to_owned())
    }

    /// The editor's program and arguments.
    fn editor(&self) -> Result<Vec<OsString>, EditError> {
        let named = self.variable("VISUAL").or_else(|| self.variable("EDITOR"));
        let Some(named) = named else {
            let usual = || vec![OsString::from(FALLBACK)];
            return self.input_is_terminal.then(usual).ok_or(EditError::NoEditor);
        };
        // A name that is no text cannot hold arguments that anybody could read.
        let Some(text) = named.to_str() else { return Ok(vec![named.to_owned()]) };
        let words = split(text).ok_or_else(|| EditError::OpenQuote(text.to_owned()))?;
        if words.is_empty() {
            return Err(EditError::NoEditor);
        }
        Ok(words.into_iter().map(OsString::from).collect())
    }

    /// A private file with the text.
    fn draft(&self, text: &str) -> io::Result<Draft> {
        let folder = match &self.folders.cache {
            Some(cache) => cache.join("editing"),
            None => std::env::temp_dir().join(format!("fortnight-{}", std::process::id())),
        };
        self.make_private_folder(&folder)?;
        clear(&folder);
        let path = folder.join(format!("message-{}.txt", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        let draft = Draft(path);
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        Ok(draft)
    }
}

/// Why a program did not start, in words.
fn reason(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        "there is no such program".to_owned()
    } else if error.kind() == io::ErrorKind::PermissionDenied {
        "it is no program, or not yours to run".to_owned()
    } else {
        error.to_string()
    }
}

/// Removes what a program that was killed has left: drafts are people's words (R24).
fn clear(folder: &Path) {
    for found in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = found.file_name().to_string_lossy().into_owned();
        let number = name.strip_prefix("message-").and_then(|rest| rest.split('.').next());
        let Some(process) = number.and_then(|number| number.parse::<u32>().ok()) else { continue };
        let known = Path::new("/proc/self").exists();
        let alive = Path::new("/proc").join(process.to_string()).exists();
        if process == std::process::id() || known && !alive {
            drop(fs::remove_file(found.path()));
        }
    }
}

/// The words of a variable as a shell parts them: white space, quotes, backslashes. None where a
/// quote stays open.
fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), close) if open == close => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') if cfg!(not(windows)) => {
                word.get_or_insert_default().extend(letters.next());
            }
            (None, space) if space.is_whitespace() => words.extend(word.take()),
            (_, other) => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Folders;

    /// A host whose editor runs `edit` on its file and ends as `ends`.
    fn host(home: &Path, editor: &str, edit: fn(&Path), ends: bool) -> Host {
        let mut host = Host::silent(Folders::under(home));
        if !editor.is_empty() {
            host.environment.insert("EDITOR".into(), editor.into());
        }
        host.run_program = Box::new(move |program, arguments| {
            assert_eq!(program, "code");
            let (file, flags) = arguments.split_last().unwrap();
            assert_eq!(flags, ["--wait", "a b"]);
            edit(Path::new(file));
            Ok(ends)
        });
        host
    }

    const EDITOR: &str = "code --wait 'a b'";

    fn left(home: &Path) -> usize {
        fs::read_dir(home.join(".cache/fortnight/editing")).map_or(0, Iterator::count)
    }

    #[test]
    fn the_editor_gets_its_arguments_and_a_private_file_that_goes_afterwards() {
        let home = tempfile::tempdir().unwrap();
        let edit = |file: &Path| {
            assert_eq!(fs::read_to_string(file).unwrap(), "Hi Ana\n");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
                assert_eq!((mode(file), mode(file.parent().unwrap())), (0o600, 0o700));
            }
            fs::write(file, "\u{feff}Hi Ana!\r\nBye  \r\n\r\n").unwrap();
        };
        let mut host = host(home.path(), EDITOR, edit, true);
        assert_eq!(host.edit("Hi Ana").unwrap(), "Hi Ana!\nBye");
        assert_eq!(left(home.path()), 0);
    }

    #[test]
    fn an_editor_that_fails_changes_nothing_and_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let mut host = host(home.path(), EDITOR, |file| fs::write(file, "x").unwrap(), false);
        assert!(matches!(host.edit("Hi"), Err(EditError::Failed(name)) if name == "code"));
        assert_eq!(left(home.path()), 0);
        host.run_program = Box::new(|_, _| Err(io::ErrorKind::NotFound.into()));
        assert!(matches!(host.edit("Hi"), Err(EditError::NotStarted { .. })));
        assert_eq!(left(home.path()), 0);
    }

    #[test]
    fn what_is_no_text_does_not_come_back() {
        let home = tempfile::tempdir().unwrap();
        let mut host = host(home.path(), EDITOR, |file| fs::write(file, b"\xff").unwrap(), true);
        assert!(matches!(host.edit("Hi"), Err(EditError::NotText)));
        let mut host = self::host(home.path(), EDITOR, |file| fs::remove_file(file).unwrap(), true);
        assert!(matches!(host.edit("Hi"), Err(EditError::System(_))));
    }

    #[test]
    fn without_an_editor_and_a_terminal_nobody_can_edit() {
        let home = tempfile::tempdir().unwrap();
        let mut none = host(home.path(), "", |_| (), true);
        assert!(matches!(none.edit("Hi"), Err(EditError::NoEditor)));
        let mut open = host(home.path(), "code 'x", |_| (), true);
        assert!(matches!(open.edit("Hi"), Err(EditError::OpenQuote(_))));
        let mut blank = host(home.path(), "  ", |_| (), true);
        assert!(matches!(blank.edit("Hi"), Err(EditError::NoEditor)));
    }

    #[test]
    fn visual_comes_before_editor() {
        let home = tempfile::tempdir().unwrap();
        let mut host = host(home.path(), "nano", |_| (), true);
        host.environment.insert("VISUAL".into(), EDITOR.into());
        assert_eq!(host.edit("Hi").unwrap(), "Hi");
    }
}
