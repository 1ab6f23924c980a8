//! `fortnight playbook new NAME`: a playbook of one's own to begin with, and its stories.

use std::io;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use fortnight_engine::playbook::{bad_id, id_meant, starter};
use fortnight_engine::source::{Flaw, SourceFile};
use fortnight_engine::story;
use serde::Serialize;

use super::schema;
use crate::arguments;
use crate::failure::{CliError, Status};
use crate::library::{Library, is_path};
use crate::render::safe;
use crate::session::Session;

/// What to write.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// What it is called, such as data-analyst
    #[arg(value_name = "NAME")]
    name: String,
    /// The playbook it changes: a name, or the path of a file; without it a small one from nothing
    #[arg(long, value_name = "PLAYBOOK")]
    from: Option<String>,
    /// The folder to write into (default: the current one)
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// `playbook new --json`, version 1.
#[derive(Serialize)]
struct Written {
    version: u32,
    playbook: String,
    extends: Option<String>,
    files: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, new: &New) -> Result<Status, CliError> {
    let folder = new.folder.clone().unwrap_or_default();
    check_name(new)?;
    if new.folder.is_some() && !session.host.is_folder(&folder) {
        return Err(CliError::refused(format!("There is no folder `{}`.", folder.display())));
    }
    let path = folder.join(format!("{}.yaml", new.name));
    let stories_path = folder.join(format!("{}.test.yaml", new.name));
    for path in [&path, &stories_path] {
        if session.host.is_taken(path) {
            return Err(taken(path, new));
        }
    }
    let (text, stories, extends) = match &new.from {
        None => {
            let (text, stories) = starter::whole(&new.name);
            (text, stories, None)
        }
        Some(from) => {
            let (text, stories, extends) = over(session, &new.name, from, &path)?;
            (text, stories, Some(extends))
        }
    };
    let mut files = Vec::new();
    for (path, text) in [(&path, &text), (&stories_path, &stories)] {
        let written = session.host.write_file(path, text.as_bytes(), false);
        written.map_err(|error| {
            let there = error.kind() == io::ErrorKind::AlreadyExists;
            if there { taken(path, new) } else { CliError::unwritable(path, &error) }
        })?;
        files.push(path.to_string_lossy().into_owned());
    }
    let mut schemas = Vec::new();
    for (name, text) in schema::files() {
        let path = folder.join(name);
        // Whatever has that name already is left alone.
        if !session.host.is_taken(&path) {
            let written = session.host.write_file(&path, text.as_bytes(), false);
            written.map_err(|error| CliError::unwritable(&path, &error))?;
            schemas.push(path.to_string_lossy().into_owned());
        }
    }
    if session.global.json {
        files.extend(schemas);
        let playbook = new.name.clone();
        session.print_json(&Written { version: 1, playbook, extends, files })?;
        return Ok(Status::Done);
    }
    for file in &files {
        session.print(&format!("{}\n", safe::line(file)))?;
    }
    let file = safe::line(&files[0]);
    if !schemas.is_empty() {
        let schemas: Vec<String> = schemas.iter().map(|path| safe::line(path)).collect();
        session.say(&format!("For your editor, to complete and check: {}", schemas.join(", ")))?;
    }
    session.say("\nBoth work as they are. Change what you like, and look:")?;
    for (command, rest) in
        [("check", ""), ("graph", ""), ("simulate", ""), ("test", ""), ("show", " --resolved")]
    {
        let wanted = command != "show" || new.from.is_some();
        if wanted && exists(command) {
            session.say(&format!("  fortnight playbook {command} {file}{rest}"))?;
        }
    }
    session.say(&format!("Begin with it: fortnight start {file}"))?;
    Ok(Status::Done)
}

/// A name that can be a playbook's.
fn check_name(new: &New) -> Result<(), CliError> {
    let nameless = || new.name.is_empty().then(|| Flaw::new(0..0, "a playbook needs a name"));
    let Some(flaw) = nameless().or_else(|| bad_id(&new.name)) else { return Ok(()) };
    let from = new.from.as_ref().map(|from| format!(" --from {from}")).unwrap_or_default();
    let written = Path::new(&new.name);
    let file = written.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let stem = file.trim_end_matches(".yaml").trim_end_matches(".yml").trim_end_matches(".test");
    let meant = match id_meant(stem) {
        name if name.is_empty() => "data-analyst".to_owned(),
        name => name,
    };
    let folder = written.parent().filter(|folder| folder.as_os_str() != "");
    if let Some(folder) = folder.filter(|_| new.folder.is_none()) {
        return Err(CliError::refused_with(
            format!("`{}` is a path; a playbook has a name, and lies in a folder.", new.name),
            format!("fortnight playbook new {meant}{from} --folder {}", folder.display()),
        ));
    }
    let right = Flaw::new(flaw.range, flaw.message);
    let right = right.help(format!("fortnight playbook new {meant}{from}"));
    Err(CliError::flawed(new.name.clone(), right))
}

fn taken(path: &Path, new: &New) -> CliError {
    let from = new.from.as_ref().map(|from| format!(" --from {from}")).unwrap_or_default();
    let folder =
        new.folder.as_ref().map(|one| format!(" --folder {}", one.display())).unwrap_or_default();
    CliError::refused_with(
        format!("`{}` is there already, and stays as it is.", path.display()),
        format!("fortnight playbook new {}-2{from}{folder}", new.name),
    )
}

/// A playbook over another, its stories, and how it names the other.
fn over(
    session: &Session<'_>,
    name: &str,
    from: &str,
    path: &Path,
) -> Result<(String, String, String), CliError> {
    let library = Library::of(session.host);
    let base_file = library.find(from)?.file.name().to_owned();
    let (loaded, playbook, _) = super::sound(session, from, "extended")?;
    let target = path.to_string_lossy().into_owned();
    let same = |reference: &str| {
        library.base(reference, &target).is_some_and(|file| file.name() == base_file)
    };
    let extends = if !is_path(from) && same(from) {
        from.to_owned()
    } else {
        relative(&session.host.locate(Path::new(&base_file)), &session.host.locate(path))
    };
    let read = |text: &str| library.load(SourceFile::new(target.clone(), text));
    let known = loaded.diagnostics.len();
    let text = starter::over(name, &extends, &loaded, &playbook, &|text| {
        let trial = read(text);
        trial.playbook.is_some() && trial.diagnostics.len() <= known
    });
    let written = read(&text);
    let Some((resolved, packed)) = written.playbook.zip(written.packed) else {
        return Err(CliError::refused_with(
            format!("Nothing can be laid over `{from}` from here."),
            format!("fortnight playbook check {from}"),
        ));
    };
    Ok((text, story::draft(&resolved, &packed), extends))
}

/// The way from the folder of one file to another, as playbooks write it.
fn relative(to: &Path, from: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                    parts.pop();
                }
                Component::ParentDir
                | Component::Normal(_)
                | Component::RootDir
                | Component::Prefix(_) => {
                    parts.push(part.as_os_str().to_string_lossy().into_owned());
                }
            }
        }
        parts
    };
    let (to, from) = (parts(to), parts(from.parent().unwrap_or_else(|| Path::new(""))));
    let shared = to.iter().zip(&from).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let way: Vec<String> = up.chain(to[shared..].iter().cloned()).collect();
    let way = way.join("/");
    if way.starts_with("..") { way } else { format!("./{way}") }
}

/// True for the commands below `playbook` that there are.
fn exists(command: &str) -> bool {
    let tree = arguments::tree();
    tree.find_subcommand("playbook").is_some_and(|below| below.find_subcommand(command).is_some())
}
