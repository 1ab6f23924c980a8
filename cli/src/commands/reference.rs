//! The reference of the command line, written from the same definitions as help.

use std::fmt::Write as _;

use super::help;

/// Every command with its options, as Markdown.
pub(crate) fn reference(tree: &clap::Command) -> String {
    let mut text = String::from(
        "<!-- Written from the command definitions by `UPDATE=1 cargo test --workspace generated`. -->\n\n\
         # The command line\n\n",
    );
    let _ = write!(
        text,
        "Every command understands these options too:\n\n```text\n{}```\n\n",
        help::global_options(tree)
    );
    for command in tree.get_subcommands() {
        describe(command.clone(), "fortnight", &mut text);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn describe(mut command: clap::Command, above: &str, into: &mut String) {
    let name = format!("{above} {}", command.get_name());
    if command.has_subcommands() {
        for below in command.get_subcommands() {
            describe(below.clone(), &name, into);
        }
        return;
    }
    command = command.mut_args(|argument| {
        let hidden = argument.is_global_set() || argument.is_hide_set();
        argument.hide(hidden)
    });
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    // Writing to a string cannot fail.
    let _ = write!(into, "## `{name}`\n\n```text\n{}\n```\n\n", lines.join("\n").trim());
}
