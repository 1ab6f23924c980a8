//! `fortnight playbook graph NAME`: the steps of a playbook and what they wait for, as a picture.

use clap::{Args, ValueEnum};
use fortnight_engine::playbook::graph::Graph as Steps;

use crate::failure::{CliError, Status};
use crate::output::Output;
use crate::render::graph::{GraphData, dot, mermaid, svg, tree};
use crate::session::Session;

/// More cards than these make no picture.
const MOST_IN_A_PICTURE: usize = 1_000;

/// What to draw, and how.
#[derive(Debug, Args)]
pub(crate) struct Graph {
    /// A playbook: its name, or the path of its file
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
    /// How to draw it; --json is --format json
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
    #[command(flatten)]
    output: Output,
}

/// How a graph is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A tree for the terminal
    #[default]
    Text,
    /// For Graphviz
    Dot,
    /// For Mermaid, in Markdown and wikis
    Mermaid,
    /// A picture for a browser, light or dark as the reader has it
    Svg,
    /// Data for programs
    Json,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Graph) -> Result<Status, CliError> {
    let (_, playbook, _) = super::sound(session, &arguments.playbook, "drawn")?;
    if arguments.format == Format::Svg && playbook.steps.len() > MOST_IN_A_PICTURE {
        return Err(CliError::refused_with(
            format!("Nobody could read a picture of {} steps.", playbook.steps.len()),
            "--format text prints them as a tree, --format dot hands them to Graphviz",
        ));
    }
    let graph = Steps::of(&playbook);
    let format = if session.global.json { Format::Json } else { arguments.format };
    let document = match format {
        Format::Text => tree::draw(&playbook, &graph),
        Format::Dot => dot::draw(&playbook, &graph),
        Format::Mermaid => mermaid::draw(&playbook, &graph),
        Format::Svg => svg::draw(&playbook, &graph),
        Format::Json => {
            let data = GraphData::of(&playbook, &graph);
            let text = serde_json::to_string_pretty(&data).map_err(std::io::Error::from)?;
            if !arguments.output.file(session, &(text + "\n"))? {
                session.print_json(&data)?;
            }
            return Ok(Status::Done);
        }
    };
    if !arguments.output.file(session, &document)? {
        session.print_page(&document)?;
    }
    Ok(Status::Done)
}
