//! `fortnight help`: the first screen, the list of all commands, one
//! command, or the code of a finding.

use clap::Args;
use fortnight_engine::diagnostic::{Code, nearest};

use crate::failure::{CliError, Status};
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// What to explain.
#[derive(Debug, Default, Args)]
pub(crate) struct Help {
    /// A command (`people import`) or the code of a finding (`unknown-step`)
    #[arg(value_name = "COMMAND OR CODE")]
    words: Vec<String>,
    /// List every command and every option
    #[arg(long, conflicts_with = "words")]
    all: bool,
}

/// The first screen: when, the command, and what it is for. A line without words shares the next
/// line's place. Only what works is shown.
const FIRST_SCREEN: &[(&str, &[(&str, &str)])] = &[
    (
        "Every day",
        &[
            ("today", "what to do today"),
            ("work", "do it, one after the other"),
            ("record", "write down what happened"),
            ("undo", "take the last thing back"),
        ],
    ),
    (
        "Sometimes",
        &[("people", ""), ("later", ""), ("skip", ""), ("away", ""), ("set", ""), ("show", "")],
    ),
    ("Two weeks", &[("start", ""), ("compare", ""), ("decide", ""), ("report", "")]),
    ("Coaches", &[("playbook", ""), ("clients", "")]),
];

/// How a command is typed, where that is not its name.
fn typed(command: &str) -> &str {
    match command {
        "today" => "fortnight",
        "record" => "ana replied",
        other => other,
    }
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, help: &Help) -> Result<Status, CliError> {
    let tree = (session.tree)();
    let text = if help.all {
        everything(&tree)
    } else if help.words.is_empty() {
        first_screen(&tree)
    } else {
        explain(tree, &help.words)?
    };
    session.print_page(&text)?;
    Ok(Status::Done)
}

/// The first screen, for the commands that `tree` has.
pub(crate) fn first_screen(tree: &clap::Command) -> String {
    let has = |name: &str| tree.find_subcommand(name).is_some();
    let mut text = String::new();
    for (when, commands) in FIRST_SCREEN {
        let mut when = *when;
        let mut row = |left: &str, right: &str| {
            let line = format!("{when:<13}{left:<19}{right}");
            when = "";
            text.push_str(line.trim_end());
            text.push('\n');
        };
        let known = commands.iter().filter(|(name, _)| has(name));
        let (explained, bare): (Vec<_>, Vec<_>) = known.partition(|(_, words)| !words.is_empty());
        for (name, words) in explained {
            row(typed(name), words);
        }
        if !bare.is_empty() {
            let names: Vec<&str> = bare.iter().map(|(name, _)| typed(name)).collect();
            row(&names.join("  "), "");
        }
    }
    text.push_str("More: fortnight help --all\n");
    text
}

/// Every command with its line, and the options that all of them understand.
fn everything(tree: &clap::Command) -> String {
    let mut commands = Vec::new();
    list(tree, "", &mut commands);
    format!(
        "Commands\n{}\nOptions of every command\n{}\nMore: fortnight help COMMAND\n",
        in_two_columns(&commands),
        global_options(tree),
    )
}

/// A name and what is said of it; what does not fit goes on in the next line.
fn in_two_columns(rows: &[(String, String)]) -> String {
    let left = rows.iter().map(|(name, _)| width::of(name)).max().unwrap_or(0);
    let mut text = String::new();
    for (name, about) in rows {
        let mut name = name.as_str();
        for line in width::wrap(about, COLUMNS.saturating_sub(left + 4)) {
            let row = format!("  {}  {line}", width::pad(name, left));
            text.push_str(row.trim_end());
            text.push('\n');
            name = "";
        }
    }
    text
}

/// The options that every command understands.
pub(super) fn global_options(tree: &clap::Command) -> String {
    let mut options = Vec::new();
    for option in tree.get_arguments().filter(|option| option.is_global_set()) {
        let short = option.get_short().map_or_else(String::new, |short| format!("-{short}, "));
        let long = option.get_long().unwrap_or_default();
        let value = option
            .get_value_names()
            .filter(|_| option.get_action().takes_values())
            .map_or_else(String::new, |names| format!(" {}", names.join(" ")));
        let about = option.get_help().map(ToString::to_string).unwrap_or_default();
        options.push((format!("{short}--{long}{value}"), about));
    }
    in_two_columns(&options)
}

fn list(tree: &clap::Command, above: &str, into: &mut Vec<(String, String)>) {
    for command in tree.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("{above}{}", command.get_name());
        if command.has_subcommands() {
            list(command, &format!("{name} "), into);
        } else {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            into.push((name, about));
        }
    }
}

/// One command's own help, or what a code means.
fn explain(mut tree: clap::Command, words: &[String]) -> Result<String, CliError> {
    let first: Vec<String> = tree.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut found = &mut tree;
    for word in words {
        match found.find_subcommand_mut(word) {
            Some(command) => found = command,
            None => return of_code(&words.join(" "), &first),
        }
    }
    Ok(found.render_long_help().to_string())
}

/// The command that these words name; without words the program itself.
pub(super) fn command(tree: clap::Command, words: &[String]) -> Result<clap::Command, CliError> {
    let known: Vec<String> = tree.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut found = tree;
    for word in words {
        found = match found.find_subcommand(word) {
            Some(command) => command.clone(),
            None => return Err(no_such_command(&words.join(" "), &known)),
        };
    }
    Ok(found)
}

fn no_such_command(word: &str, commands: &[String]) -> CliError {
    let near = nearest(word, commands.iter().map(String::as_str));
    let help = near.map_or_else(
        || "All commands: fortnight help --all".to_owned(),
        |near| format!("fortnight man {near}"),
    );
    CliError::refused_with(format!("`{word}` is no command."), help)
}

/// What the code of a finding means.
fn of_code(word: &str, commands: &[String]) -> Result<String, CliError> {
    let code = Code::ALL.iter().find(|code| code.slug() == word);
    let code = code.ok_or_else(|| no_such_help(word, commands))?;
    Ok(code.page().to_owned())
}

fn no_such_help(word: &str, commands: &[String]) -> CliError {
    let names = commands.iter().map(String::as_str).chain(Code::ALL.iter().map(|code| code.slug()));
    CliError::NoSuchHelp { word: word.to_owned(), near: nearest(word, names).map(str::to_owned) }
}
