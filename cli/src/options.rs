//! The options that every command understands.
//!
//! Knows their names and help texts. It must not know which commands there are.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Options that every command understands.
#[derive(Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// The database to use (else the variable `FORTNIGHT_DB`, else one in your data folder)
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    /// Run as if it were this moment: 2026-03-02T08:30 in the plan's zone, or with an offset
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) now: Option<String>,
    /// The plan meant, where there are several: its number, or a part of its title
    #[arg(long, global = true, value_name = "PLAN")]
    pub(crate) plan: Option<String>,
    /// Print data for programs; the shapes are documented and versioned
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Say nothing but what was asked for, and what went wrong
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more: rows that could not be read, where things are kept
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Show people by their initials, as when somebody else sees your screen
    #[arg(long, global = true)]
    pub(crate) initials: bool,
    /// Answer questions with yes
    #[arg(long, short, global = true)]
    pub(crate) yes: bool,
    /// Go against a rule of the method; it is recorded
    #[arg(long, global = true)]
    pub(crate) anyway: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
