//! Finding playbooks: a path, one of the user's own, or one that comes with the program.
//!
//! Knows where playbooks may lie and in which order to look. It must not know what is in them.

use std::path::{Component, Path, PathBuf};

use fortnight_engine::diagnostic::{Code, nearest};
use fortnight_engine::playbook::{self, Loaded};
use fortnight_engine::source::{Encoding, SourceFile};

use crate::failure::CliError;
use crate::host::{Host, ReadError};
use crate::shipped;

/// What the names of the program's own playbooks begin with, in place of a folder.
const BUILT_IN: &str = "built-in/";

/// Where playbooks are found.
#[derive(Debug)]
pub(crate) struct Library<'h> {
    host: &'h Host,
}

/// A file that was read, with what its bytes were if they were not UTF-8 text.
#[derive(Debug)]
pub(crate) struct Found {
    /// The text; what could not be read stands as `\u{fffd}`.
    pub(crate) file: SourceFile,
    /// The byte of `file` at which the text stops being UTF-8.
    pub(crate) not_text: Option<usize>,
}

/// A playbook with the stories that test it.
#[derive(Debug)]
pub(crate) struct WithStories {
    /// The playbook.
    pub(crate) playbook: Found,
    /// Its stories.
    pub(crate) stories: Found,
}

/// A playbook that can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// The name to give.
    pub(crate) name: String,
    /// The user's own file, or none for those that come with the program.
    pub(crate) path: Option<PathBuf>,
}

impl<'h> Library<'h> {
    /// The playbooks that this machine knows.
    pub(crate) fn of(host: &'h Host) -> Self {
        Self { host }
    }

    /// True where the name is that of a folder.
    pub(crate) fn is_folder(&self, name: &str) -> bool {
        self.host.is_folder(Path::new(name))
    }

    /// The folder of the user's own playbooks.
    pub(crate) fn own_folder(&self) -> Option<PathBuf> {
        self.host.folders.data.as_ref().map(|data| data.join("playbooks"))
    }

    /// The playbook that a person named: a path if it looks like one, else the user's own, else
    /// one that comes with the program.
    pub(crate) fn find(&self, name: &str) -> Result<Found, CliError> {
        if is_path(name) {
            return self.read(Path::new(name));
        }
        if let Some(path) = self.own(name) {
            return self.read(&path);
        }
        if let Some(text) = shipped::text(name) {
            return Ok(Found::built_in(name, text));
        }
        let known: Vec<String> = self.known()?.into_iter().map(|known| known.name).collect();
        let near = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
        Err(CliError::UnknownPlaybook { name: name.to_owned(), near })
    }

    /// The file that `extends` in the file called `from` means: one beside it, the user's own, or
    /// one that comes with the program. A name means the file itself only where it can mean nothing
    /// else, so that one's own `networking` may extend the program's.
    pub(crate) fn base(&self, reference: &str, from: &str) -> Option<SourceFile> {
        let read = |path: &Path| self.read(path).ok().map(|found| found.file);
        let shipped = || shipped::text(reference).map(|text| Found::built_in(reference, text).file);
        if from.starts_with(BUILT_IN) {
            return shipped();
        }
        let folder = Path::new(from).parent().unwrap_or_else(|| Path::new(""));
        if is_path(reference) {
            return read(&plain(&folder.join(reference)));
        }
        let beside = plain(&folder.join(format!("{reference}.yaml")));
        let paths = [Some(beside), self.own(reference)];
        let (itself, others): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.into_iter().flatten().partition(|path| path == Path::new(from));
        others
            .iter()
            .find_map(|path| read(path))
            .or_else(shipped)
            .or_else(|| itself.iter().find_map(|path| read(path)))
    }

    /// A playbook with all it extends and all findings; a base that is not there gets the nearest
    /// name of one that is.
    pub(crate) fn load(&self, file: SourceFile) -> Loaded {
        let mut loaded = playbook::load(file, &|name, from| self.base(name, from));
        for finding in &mut loaded.diagnostics {
            if finding.code != Code::UnknownPlaybook {
                continue;
            }
            let reference = loaded.sources.text(finding.span);
            let from = loaded.sources.get(finding.span.file).map_or("", SourceFile::name);
            let names = self.bases(reference, from);
            if let Some(near) = nearest(reference, names.iter().map(String::as_str)) {
                finding.text = format!("did you mean `{near}`?");
            }
        }
        loaded
    }

    /// What `extends` in the file called `from` could mean, written as `reference` is: as names or
    /// as paths.
    fn bases(&self, reference: &str, from: &str) -> Vec<String> {
        let above = Path::new(from).parent().unwrap_or_else(|| Path::new(""));
        let files = |folder: &Path| {
            let files = self.host.list(folder).map(|listing| listing.files).unwrap_or_default();
            files.into_iter().filter(|path| is_playbook(path) && path != Path::new(from))
        };
        if is_path(reference) {
            let written = Path::new(reference);
            let folder = written.parent().unwrap_or_else(|| Path::new(""));
            return files(&plain(&above.join(folder)))
                .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
                .map(|name| match folder.to_str() {
                    Some("") | None => name,
                    Some(folder) => format!("{folder}/{name}"),
                })
                .collect();
        }
        let known = self.known().unwrap_or_default().into_iter().map(|known| known.name);
        let beside = (!from.starts_with(BUILT_IN)).then(|| files(above)).into_iter().flatten();
        beside
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .chain(known)
            .collect()
    }

    /// Every playbook that can be named: the user's own, then those that come with the program.
    pub(crate) fn known(&self) -> Result<Vec<Known>, CliError> {
        let mut known = Vec::new();
        if let Some(folder) = self.own_folder().filter(|folder| self.host.is_folder(folder)) {
            let listing = self
                .host
                .list(&folder)
                .map_err(|error| CliError::unreadable(&folder, &ReadError::System(error)))?;
            for path in listing.files.into_iter().filter(|path| is_playbook(path)) {
                if let Some(name) = path.file_stem().and_then(|name| name.to_str()) {
                    known.push(Known { name: name.to_owned(), path: Some(path.clone()) });
                }
            }
        }
        for (name, _) in shipped::PLAYBOOKS {
            if !known.iter().any(|own| own.name == *name) {
                known.push(Known { name: (*name).to_owned(), path: None });
            }
        }
        Ok(known)
    }

    /// The playbooks below a folder, in the order of their names, tests left out.
    pub(crate) fn below(&self, folder: &Path) -> Result<Vec<PathBuf>, CliError> {
        self.files_below(folder, is_playbook)
    }

    /// The files of stories below a folder, in the order of their names.
    pub(crate) fn stories_below(&self, folder: &Path) -> Result<Vec<PathBuf>, CliError> {
        self.files_below(folder, is_stories)
    }

    fn files_below(
        &self,
        folder: &Path,
        wanted: fn(&Path) -> bool,
    ) -> Result<Vec<PathBuf>, CliError> {
        let mut found = Vec::new();
        let mut open = vec![folder.to_owned()];
        while let Some(folder) = open.pop() {
            let listing = self
                .host
                .list(&folder)
                .map_err(|error| CliError::unreadable(&folder, &ReadError::System(error)))?;
            found.extend(listing.files.into_iter().filter(|path| wanted(path)));
            let hidden = |path: &PathBuf| {
                path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
            };
            // A link to a folder may lead in a circle.
            let real = |path: &PathBuf| !self.host.locate(path).is_symlink();
            open.extend(listing.folders.into_iter().filter(|path| !hidden(path) && real(path)));
        }
        found.sort();
        Ok(found)
    }

    /// A playbook and its stories: by a name, by the path of either file.
    pub(crate) fn with_stories(&self, name: &str) -> Result<WithStories, CliError> {
        if is_path(name) {
            return self.beside(Path::new(name));
        }
        if let Some(path) = self.own(name) {
            return self.beside(&path);
        }
        let playbook = self.find(name)?;
        let text = shipped::stories(name);
        let text = text.ok_or_else(|| CliError::NoStories { file: format!("{name}.test.yaml") })?;
        let name = format!("{BUILT_IN}{name}.test.yaml");
        let stories = Found { file: SourceFile::new(name, text), not_text: None };
        Ok(WithStories { playbook, stories })
    }

    /// A playbook and the stories beside it, by the path of either file.
    pub(crate) fn beside(&self, path: &Path) -> Result<WithStories, CliError> {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let stem = |path: &str, endings: &[&str]| {
            endings.iter().find_map(|ending| path.strip_suffix(ending)).map(str::to_owned)
        };
        let either = |stem: &str, endings: [&str; 2]| {
            let paths = endings.map(|ending| path.with_file_name(format!("{stem}{ending}")));
            let there = paths.iter().find(|path| self.host.is_file(path)).cloned();
            let [usual, _] = paths;
            there.unwrap_or(usual)
        };
        let (playbook, stories) = if let Some(stem) = stem(&name, &[".test.yaml", ".test.yml"]) {
            (either(&stem, [".yaml", ".yml"]), path.to_owned())
        } else {
            let stem = stem(&name, &[".yaml", ".yml"]).unwrap_or_else(|| name.into_owned());
            (path.to_owned(), either(&stem, [".test.yaml", ".test.yml"]))
        };
        let playbook = self.read(&playbook)?;
        if !self.host.is_file(&stories) {
            return Err(CliError::NoStories { file: stories.to_string_lossy().into_owned() });
        }
        Ok(WithStories { playbook, stories: self.read(&stories)? })
    }

    /// Reads a file as text.
    pub(crate) fn read(&self, path: &Path) -> Result<Found, CliError> {
        let bytes = self.host.read(path).map_err(|error| CliError::unreadable(path, &error))?;
        let name = path.to_string_lossy().into_owned();
        let file = SourceFile::from_bytes(name, &bytes);
        let not_text = match file.encoding() {
            Encoding::Utf8 => None,
            Encoding::Utf16 => Some(0),
            Encoding::Unknown { at } => Some(at),
        };
        Ok(Found { file, not_text })
    }

    fn own(&self, name: &str) -> Option<PathBuf> {
        let folder = self.own_folder()?;
        ["yaml", "yml"]
            .map(|ending| folder.join(format!("{name}.{ending}")))
            .into_iter()
            .find(|path| self.host.is_file(path))
    }
}

impl Found {
    fn built_in(id: &str, text: &str) -> Self {
        Self { file: SourceFile::new(format!("{BUILT_IN}{id}.yaml"), text), not_text: None }
    }
}

/// The path without `.` and without what `..` takes back, so that one file has one name.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            Component::ParentDir
            | Component::Normal(_)
            | Component::RootDir
            | Component::Prefix(_) => plain.push(part),
        }
    }
    plain
}

/// True for what can only be meant as a path: ids hold neither separators nor dots.
pub(crate) fn is_path(name: &str) -> bool {
    name.contains(['/', '\\', '.'])
}

/// True for the files that hold a playbook; `*.test.yaml` holds its stories.
fn is_playbook(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let hidden = name.starts_with('.');
    let mut parts = name.rsplit('.');
    let yaml = matches!(parts.next(), Some("yaml" | "yml"));
    yaml && !hidden && parts.next() != Some("test")
}

/// True for the files that hold stories.
fn is_stories(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    !name.starts_with('.') && (name.ends_with(".test.yaml") || name.ends_with(".test.yml"))
}
