//! The person's own editor, on a private file that is gone afterwards.
//!
//! Knows `VISUAL`, `EDITOR`, how a shell parts their words, and temporary files. It must not know
//! what is edited.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Host, ReadError, unfinished};

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
    /// The file is there no more.
    #[error("`{0}` left no text, so nothing was changed")]
    Gone(String),
    /// The file could not be written or read.
    #[error("the text could not be handed over: {0}")]
    System(#[from] io::Error),
}

/// The file in the editor; it goes when this does.
struct Draft {
    path: PathBuf,
    /// Its folder, where that was made for it alone.
    folder: Option<PathBuf>,
}

impl Drop for Draft {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
        if let Some(folder) = &self.folder {
            drop(fs::remove_dir(folder));
        }
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
        words.push(draft.path.clone().into_os_string());
        let ended = (self.run_program)(&program, &words);
        match ended {
            Ok(true) => {}
            Ok(false) => return Err(EditError::Failed(shown)),
            Err(error) => return Err(EditError::NotStarted { program: shown, error }),
        }
        let bytes = self.read(&draft.path).map_err(|error| match error {
            ReadError::System(error) if error.kind() == io::ErrorKind::NotFound => {
                EditError::Gone(shown.clone())
            }
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

    /// Takes away drafts that killed programs of ours have left in the folder for temporary files,
    /// which is where they are where there is no cache (R24). Those in the cache go with it.
    pub fn remove_drafts(&self) {
        clear_temporary(&std::env::temp_dir());
    }

    /// A private file with the text.
    fn draft(&self, text: &str) -> io::Result<Draft> {
        let folder = match &self.folders.cache {
            Some(cache) => {
                let folder = cache.join("editing");
                self.make_private_folder(&folder)?;
                clear(&folder);
                folder
            }
            None => private_in(&std::env::temp_dir())?,
        };
        let path = folder.join(format!("message-{}.txt", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        let alone = self.folders.cache.is_none().then_some(folder);
        let draft = Draft { path, folder: alone };
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
        if !unfinished::is_running(process) {
            drop(fs::remove_file(found.path()));
        }
    }
}

/// The folders of drafts among temporary files, by the numbers of their processes.
const TEMPORARY: &str = "fortnight-";

/// A new folder that only its owner may enter. One that is there already may be somebody else's.
fn private_in(temporary: &Path) -> io::Result<PathBuf> {
    clear_temporary(temporary);
    let folder = temporary.join(format!("{TEMPORARY}{}", std::process::id()));
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder)?;
    Ok(folder)
}

/// Removes folders of drafts whose programs run no more. Those of other people stay: the system
/// sees to that.
fn clear_temporary(temporary: &Path) {
    for found in fs::read_dir(temporary).into_iter().flatten().flatten() {
        let name = found.file_name().to_string_lossy().into_owned();
        let process = name.strip_prefix(TEMPORARY).and_then(|rest| rest.parse::<u32>().ok());
        let folder = found.file_type().is_ok_and(|kind| kind.is_dir());
        if folder && process.is_some_and(|process| !unfinished::is_running(process)) {
            clear(&found.path());
            // One with anything else in it is not ours and stays.
            drop(fs::remove_dir(found.path()));
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
        assert!(matches!(host.edit("Hi"), Err(EditError::Gone(name)) if name == "code"));
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

    #[test]
    fn without_a_cache_a_draft_is_in_a_folder_of_its_own_and_nothing_of_it_is_left() {
        let temporary = tempfile::tempdir().unwrap();
        let killed = temporary.path().join("fortnight-4294967295");
        fs::create_dir(&killed).unwrap();
        fs::write(killed.join("message-4294967295.txt"), "Hi Ana").unwrap();
        let other = temporary.path().join("fortnight-4294967294");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("theirs"), "x").unwrap();
        fs::create_dir(temporary.path().join("fortnight-notes")).unwrap();
        let made = private_in(temporary.path()).unwrap();
        assert!(made.is_dir() && !killed.exists() && other.join("theirs").exists());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&made).unwrap().permissions().mode() & 0o777, 0o700);
        }
        fs::write(made.join("theirs"), "x").unwrap();
        // What somebody else put there is not entered again.
        assert!(private_in(temporary.path()).is_err());
        let mut host = host(Path::new("/nowhere"), EDITOR, |_| {}, true);
        host.folders.cache = None;
        assert_eq!(host.edit("Hi").unwrap(), "Hi");
        assert!(!std::env::temp_dir().join(format!("fortnight-{}", std::process::id())).exists());
    }
}
