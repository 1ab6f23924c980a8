//! A command line that cannot be understood, said in the words of everything else.
//!
//! Knows what clap found wrong. It must not know any command.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::arguments;
use crate::failure::CliError;
use crate::render::words::list;

/// The refusal, in our words.
pub(crate) fn refusal(error: &clap::Error, words: &[OsString]) -> CliError {
    let command = command(words);
    let given = first(error, ContextKind::InvalidArg);
    let value = first(error, ContextKind::InvalidValue);
    let mut helps = Vec::new();
    #[expect(clippy::wildcard_enum_match_arm, reason = "clap may learn further kinds")]
    let sentence = match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let wanted: Vec<String> =
                all(error, ContextKind::InvalidArg).iter().map(|one| plain(one)).collect();
            ended(format!("`{command}` wants more: {}", list(&wanted)))
        }
        ErrorKind::UnknownArgument if given.starts_with('-') => {
            format!("`{given}` is no option of `{command}`.")
        }
        ErrorKind::UnknownArgument => format!("`{given}` is one word too many for `{command}`."),
        ErrorKind::InvalidSubcommand => {
            let word = first(error, ContextKind::InvalidSubcommand);
            format!("`{word}` is no command of `{command}`.")
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("{} wants something behind it.", plain(&given))
        }
        ErrorKind::InvalidValue => format!("{} cannot be `{value}`.", plain(&given)),
        ErrorKind::ValueValidation => {
            let why = error.source().map(ToString::to_string).unwrap_or_default();
            let why = between(&why).unwrap_or(why);
            ended(format!("{} cannot be `{value}`: {why}", plain(&given)))
        }
        ErrorKind::ArgumentConflict => {
            let others: Vec<String> =
                all(error, ContextKind::PriorArg).iter().map(|one| plain(one)).collect();
            let given = plain(&given);
            if others.is_empty() || others.contains(&given) {
                format!("{given} is said once, and stands there twice.")
            } else {
                format!("{given} does not go together with {}.", list(&others))
            }
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            let once = given.split('>').next().unwrap_or_default();
            ended(format!("`{command}` wants more words: {}", plain(once)))
        }
        _ => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            ended(line.trim_start_matches("error: ").to_owned())
        }
    };
    let choices = all(error, ContextKind::ValidValue);
    if !choices.is_empty() {
        helps.push(format!("There is: {}", choices.join(", ")));
    }
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand] {
        // The parser names the nearest last.
        let near = all(error, kind);
        helps.extend(near.last().map(|near| format!("Did you mean `{}`?", plain(near))));
    }
    helps.push(match command.strip_prefix("fortnight ") {
        Some(command) => format!("fortnight help {command}"),
        None => "fortnight help --all".to_owned(),
    });
    CliError::Misunderstood { sentence, helps }
}

/// The command that was being read: `fortnight people add`.
fn command(words: &[OsString]) -> String {
    let tree = arguments::tree();
    let mut here = &tree;
    let mut name = "fortnight".to_owned();
    for word in words.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(below) = here.find_subcommand(word) {
            here = below;
            name.push(' ');
            name.push_str(below.get_name());
        }
    }
    name
}

fn all(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(several)) => several.clone(),
        _ => Vec::new(),
    }
}

fn first(error: &clap::Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

/// `9 is not in 1..=4`, as people say it.
fn between(why: &str) -> Option<String> {
    let (_, range) = why.split_once(" is not in ")?;
    let (least, most) = range.split_once("..=")?;
    Some(format!("it goes from {least} to {most}"))
}

/// A sentence has one sign at its end.
fn ended(mut sentence: String) -> String {
    if !sentence.ends_with(['.', '…', '?']) {
        sentence.push('.');
    }
    sentence
}

/// `<TASK>...` as help shows it to people: `TASK…`.
fn plain(argument: &str) -> String {
    argument.replace(['<', '>'], "").replace("...", "…").replace('|', " or ")
}
