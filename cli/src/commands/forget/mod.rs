//! `fortnight forget WHO`: everything that says who somebody is goes, for good (L3, R24).

mod copies;

use std::fmt::Write as _;

use clap::Args;
use fortnight_engine::notebook::{Forgetting, Mention, NotebookError};
use fortnight_engine::people::{Book, EntryId};
use fortnight_engine::store::StoreError;
use serde::Serialize;

use crate::desk::{Desk, plain};
use crate::failure::{CliError, Status};
use crate::naming;
use crate::render::words::{count, list, quoted, typed};
use crate::render::{COLUMNS, people, width};
use crate::session::Session;

/// Who is forgotten.
#[derive(Debug, Args)]
pub(crate) struct Forget {
    /// A person, on the list or not
    #[arg(value_name = "WHO")]
    who: String,
    /// Another way in which your notes name them, such as a nickname; may be given several times
    #[arg(long, value_name = "WORDS")]
    also: Vec<String>,
}

impl Forget {
    /// The command for somebody who was named in another way.
    pub(super) fn of(who: String) -> Self {
        Self { who, also: Vec::new() }
    }
}

/// `forget --json`, version 1. It names nobody.
#[derive(Serialize)]
struct ForgetData {
    version: u32,
    /// The number that they had.
    entry: u64,
    /// How many texts about them went.
    texts: usize,
    /// How many texts about others had their name cut out.
    mentions: usize,
    /// How many companies went with them.
    companies: usize,
    /// How many copies of the database were cleaned too.
    copies: usize,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, forget: &Forget) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open(&[])?;
    let entry = naming::person(&desk, &open, &forget.who)?;
    let forgetting = match desk.notebook.forgetting(entry, &forget.also) {
        Err(NotebookError::Rejected(_)) => return Err(no_person(&desk, entry)?),
        other => other.map_err(plain)?,
    };
    drop(open);
    let book = desk.notebook.everybody().map_err(plain)?;
    let copies = copies::find(session, &desk);
    if !session.global.json {
        let told = told(&forgetting, &book, copies.len());
        session.say(told.trim_end())?;
    }
    let name = forgetting.entry.name.terminal();
    if !session.agreed(&format!("Forget {name} for good?"))? {
        if session.host.input_is_terminal {
            session.say("Nothing was erased.")?;
            return Ok(Status::Done);
        }
        let who = quoted(&forget.who);
        return Err(CliError::Unanswered {
            questions: vec![format!("Forget {name} for good? Nothing was erased yet.")],
            helps: vec![format!("fortnight forget {who} --yes")],
        });
    }
    // What may be lost at any time goes first: nothing of it is left if the machine stops now.
    session.host.empty_cache().map_err(|error| {
        let cache = session.host.folders.cache.clone().unwrap_or_default();
        CliError::unwritable(cache, &error)
    })?;
    copies::remove_remains(session, &desk.database)?;
    for copy in &copies {
        copies::clean(copy, &forgetting, &forget.also, desk.instant)?;
    }
    let (forgotten, _) = match desk.notebook.forget(entry, &forget.also, desk.instant) {
        Err(NotebookError::Store(StoreError::Busy)) => {
            session.say(
                "Erasing needs the database for itself: close other windows of Fortnight, then \
                 repeat the command. Nothing was erased.",
            )?;
            return Err(CliError::Store(StoreError::Busy));
        }
        other => other.map_err(plain)?,
    };
    if session.global.json {
        session.print_json(&ForgetData {
            version: 1,
            entry: entry.0,
            texts: forgotten.texts,
            mentions: forgotten.mentions.len(),
            companies: forgotten.companies.len(),
            copies: copies.len(),
        })?;
        return Ok(Status::Done);
    }
    session.say("Forgotten. What they counted for stays; who they were is nowhere any more.")?;
    Ok(Status::Done)
}

fn no_person(desk: &Desk, entry: EntryId) -> Result<CliError, CliError> {
    let book = desk.notebook.everybody().map_err(plain)?;
    let known = book.get(entry).filter(|known| known.forgotten.is_none());
    Ok(match known {
        Some(company) => CliError::refused_with(
            format!("{} is a company; people are forgotten.", company.name.terminal()),
            format!("fortnight people remove {}", typed(&company.name)),
        ),
        None => CliError::refused(format!("@{entry} is forgotten already.")),
    })
}

/// What will go and what stays.
fn told(forgetting: &Forgetting, book: &Book, copies: usize) -> String {
    let mut text = format!("{}\n\nThis goes, for good:\n", people::who_in_full(&forgetting.entry));
    let mut line = |words: String| {
        let lines = width::wrap(&words, COLUMNS - 2);
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    };
    let own = count(forgetting.texts, "text about them", "texts about them");
    line(match forgetting.messages {
        0 => format!("{own}: name, fields, notes, answers, also in the history"),
        some => format!(
            "{own}: name, fields, notes, answers, {}, also in the history",
            count(some, "message you sent", "messages you sent")
        ),
    });
    if !forgetting.companies.is_empty() {
        let names: Vec<String> =
            forgetting.companies.iter().map(|company| company.name.terminal()).collect();
        line(format!("{}, where nobody else works", list(&names)));
    }
    if copies > 0 {
        line(format!("the same in {}", count(copies, "copy of the database", "copies of it")));
    }
    mentions(&mut text, "Their name is cut out of:", &forgetting.mentions, book, true);
    let part = "Left as it is, for it may be somebody else (cut out with --also WORDS):";
    mentions(&mut text, part, &forgetting.perhaps, book, false);
    text.push_str("This stays: that somebody was written to, answered or not, and when.\n");
    if forgetting.in_playbook {
        text.push_str("The playbook speaks of somebody of that name; it stays as it is.\n");
    }
    if forgetting.mentions.iter().any(|mention| mention.wording) {
        text.push_str("Your own words for a message name them: word it anew, fortnight message.\n");
    }
    let who = typed(&forgetting.entry.name);
    let again = if forgetting.entry.do_not_contact {
        format!(
            "They are not to be written to. Once forgotten, nobody knows that any more, and an \
             import would bring them back. As things are, {who} stays known and is left in peace."
        )
    } else {
        "Nothing is kept to know them by: an import that has them brings them back as somebody \
         new."
            .to_owned()
    };
    text.push_str(&width::wrap(&again, COLUMNS).join("\n"));
    text.push_str("\nNothing takes this back, fortnight undo neither.\n");
    text
}

/// So many texts are shown of each kind.
const MOST_SHOWN: usize = 9;

fn mentions(text: &mut String, heading: &str, mentions: &[Mention], book: &Book, cut: bool) {
    if mentions.is_empty() {
        return;
    }
    text.push_str(&width::wrap(heading, COLUMNS).join("\n"));
    text.push('\n');
    for mention in mentions.iter().take(MOST_SHOWN) {
        let about = mention.about.and_then(|about| book.get(about));
        let whose = about.map(|entry| format!("{}, ", entry.name.terminal())).unwrap_or_default();
        let shown = if cut { &mention.after } else { &mention.before };
        let line = format!("{whose}{}: \"{}\"", mention.what, shown.terminal());
        let line = width::cut(&line, COLUMNS - 2);
        let _ = writeln!(text, "  {line}");
    }
    if mentions.len() > MOST_SHOWN {
        let _ = writeln!(text, "  and {} more", mentions.len() - MOST_SHOWN);
    }
}
