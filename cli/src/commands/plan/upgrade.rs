//! `fortnight plan upgrade`: a newer version of the playbook (E3).

use std::collections::BTreeMap;

use clap::Args;
use fortnight_engine::notebook::Upgrading;
use fortnight_engine::plan::{Preview, preview};
use fortnight_engine::playbook::{Id, Playbook};
use fortnight_engine::words::Words;

use super::load;
use crate::desk::{Desk, refusal};
use crate::failure::{CliError, Status};
use crate::render::upgrade::{PreviewData, page};
use crate::render::words::quoted;
use crate::render::{COLUMNS, note, width};
use crate::session::Session;
use crate::values::pair;

/// Which version, and how it is taken.
#[derive(Debug, Args)]
pub(crate) struct Upgrade {
    /// The playbook: its name, or the path of its file (default: the plan's own)
    #[arg(value_name = "PLAYBOOK")]
    playbook: Option<String>,
    /// Only show what would change
    #[arg(long)]
    preview: bool,
    /// A step that goes by another name in the new version; may be given several times
    #[arg(long = "map", value_name = "OLD=NEW", value_parser = pair)]
    renamed: Vec<(String, String)>,
    /// An answer to something that is asked anew; may be given several times
    #[arg(long = "set", value_name = "NAME=ANSWER", value_parser = pair)]
    answers: Vec<(String, String)>,
    /// Take it at once; in a cycle in which something was sent, that is a second change
    #[arg(long)]
    mid_cycle: bool,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, upgrade: &Upgrade) -> Result<Status, CliError> {
    let mut desk = if upgrade.preview { Desk::to_read(session)? } else { Desk::to_write(session)? };
    let open = desk.open_whole()?;
    let name = upgrade.playbook.clone().unwrap_or_else(|| open.playbook.id.to_string());
    let (new, packed) = load(session, &name)?;
    let shows_data = upgrade.preview && session.global.json;
    if new.hash == open.playbook.hash && open.planned.is_none() && !shows_data {
        session.print(&format!("Nothing is newer: you run {} {}.\n", new.id, new.version))?;
        return Ok(Status::Done);
    }
    let renamed = renamed(&upgrade.renamed)?;
    let seen = preview(&open.situation(desk.instant), &new, &renamed)
        .map_err(|rejected| refusal(&rejected, &open.playbook))?;
    if shows_data {
        session.print_json(&PreviewData::of(&open.playbook, &new, &seen))?;
        return Ok(Status::Done);
    }
    let changes = page(&open.playbook, &new, &seen);
    if upgrade.preview {
        session.print(&changes)?;
        if seen.reused.is_empty() {
            let path = upgrade.playbook.as_ref().map(|name| format!(" {}", quoted(name)));
            let path = path.unwrap_or_default();
            session.say(&format!("Take it with the next cycle: fortnight plan upgrade{path}"))?;
            session.say("At once: the same with --mid-cycle")?;
        }
        return Ok(Status::Done);
    }
    session.say(changes.trim_end())?;
    let inputs = answers(session, upgrade, &new, &seen)?;
    let mid_cycle = upgrade.mid_cycle;
    let upgrading = Upgrading { playbook: new.clone(), packed, renamed, inputs, mid_cycle };
    let written =
        desk.record(session, "plan upgrade", &[], true, |work| work.upgrade(&upgrading))?;
    let open = desk.open(&[])?;
    if written.operation.is_none() {
        session.print("Nothing changed: it is planned already.\n")?;
    } else if open.planned.is_some() {
        session.print(&format!(
            "{} {} is taken with the next cycle; until then nothing changes.\n",
            new.id, new.version
        ))?;
    } else {
        session.print(&format!("Your plan runs {} {} now.\n", new.id, new.version))?;
    }
    for said in &written.value.notes {
        let words = note::words(said, &open.book);
        session.say(&width::wrap(&words, COLUMNS).join("\n"))?;
    }
    session.say("Back: fortnight undo")?;
    Ok(Status::Done)
}

fn renamed(pairs: &[(String, String)]) -> Result<BTreeMap<Id, Id>, CliError> {
    let mut renamed = BTreeMap::new();
    for (old, new) in pairs {
        let before = renamed.insert(Id::from(old.as_str()), Id::from(new.as_str()));
        if before.is_some_and(|before| *before != **new) {
            return Err(CliError::refused_with(
                format!("`{old}` cannot go by two names."),
                "--map OLD=NEW once for each step",
            ));
        }
    }
    Ok(renamed)
}

/// What the new version asks for: given, or asked in a terminal.
fn answers(
    session: &mut Session<'_>,
    upgrade: &Upgrade,
    new: &Playbook,
    seen: &Preview,
) -> Result<BTreeMap<Id, Words>, CliError> {
    let mut answers: BTreeMap<Id, Words> = upgrade
        .answers
        .iter()
        .map(|(name, answer)| (Id::from(name.as_str()), Words::new(answer.as_str())))
        .collect();
    let (mut questions, mut helps) = (Vec::new(), Vec::new());
    for missing in seen
        .missing
        .iter()
        .filter(|input| !answers.contains_key(*input))
        .cloned()
        .collect::<Vec<_>>()
    {
        let asked = new.input(&missing).and_then(|field| field.ask.clone()).unwrap_or_default();
        if let Some(answer) = session.ask(&format!("{asked}\n>"))? {
            answers.insert(missing, Words::new(answer));
        } else {
            questions.push(asked);
            helps.push(format!("--set {missing}=\"…\""));
        }
    }
    if questions.is_empty() { Ok(answers) } else { Err(CliError::Unanswered { questions, helps }) }
}
