//! How a text leaves for where it is sent: the clipboard, a link or a draft for a mail program, the
//! person's page in the browser.
//!
//! Knows what each way needs and what to say where one is closed. Fortnight never sends anything
//! itself (M5), and opens no connection (R23): every way ends in another program's hands.

use std::path::PathBuf;

use clap::Args;
use fortnight_engine::people::Entry;
use fortnight_engine::words::Words;
use jiff::Timestamp;

use crate::failure::{CliError, Status};
use crate::host::{Copied, EditError, GiveError};
use crate::render::mail::Mail;
use crate::render::words::{quoted, typed};
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// Links beyond this length are cut by some programs.
const LONGEST_LINK: usize = 2_000;

/// The ways that were asked for.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Getting it out")]
pub(crate) struct Ways {
    /// Copy the text to the clipboard
    #[arg(long)]
    copy: bool,
    /// Print a mailto: link that opens your mail program with the text
    #[arg(long)]
    mailto: bool,
    /// Write the text as a mail draft (.eml) to a file, or into a folder
    #[arg(long, value_name = "FILE")]
    eml: Option<PathBuf>,
    /// Open the person's profile page in the browser
    #[arg(long)]
    open: bool,
    /// Write over a draft that is there
    #[arg(long, requires = "eml")]
    force: bool,
}

/// A text on its way to somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outgoing<'a> {
    /// For whom; none for a text that is for nobody in particular.
    pub(crate) entry: Option<&'a Entry>,
    /// What it is about, for mail.
    pub(crate) subject: Option<&'a Words>,
    /// The text; none where only the page is asked for.
    pub(crate) text: Option<&'a Words>,
}

impl Ways {
    /// True where anything was asked for.
    pub(crate) fn any(&self) -> bool {
        self.needs_text() || self.open
    }

    /// True where a text is needed for it.
    pub(crate) fn needs_text(&self) -> bool {
        self.copy || self.mailto || self.eml.is_some()
    }

    /// Goes every way that was asked for, or none where one of them is closed.
    pub(crate) fn go(
        &self,
        session: &mut Session<'_>,
        outgoing: Outgoing<'_>,
        instant: Timestamp,
    ) -> Result<Status, CliError> {
        let page = if self.open { Some(page(outgoing.entry)?) } else { None };
        if let Some(text) = outgoing.text.filter(|_| self.needs_text()) {
            if self.mailto || self.eml.is_some() {
                self.mail(session, outgoing, text, instant)?;
            }
            if self.copy {
                copy(session, outgoing.entry, text)?;
            }
        }
        page.map_or(Ok(Status::Done), |page| open(session, &page))
    }

    /// The link and the draft.
    fn mail(
        &self,
        session: &mut Session<'_>,
        outgoing: Outgoing<'_>,
        text: &Words,
        instant: Timestamp,
    ) -> Result<(), CliError> {
        let (entry, address) = address(outgoing.entry)?;
        let mail = Mail { address: &address, name: &entry.name, subject: outgoing.subject, text };
        if let Some(file) = &self.eml {
            let mut path = file.clone();
            if session.host.is_folder(&path) {
                path.push(format!("{}.eml", entry.name.file_name()));
            }
            let shown = quoted(&path.to_string_lossy());
            session.host.give(&path, &mail.draft(instant), self.force).map_err(
                |error| match error {
                    GiveError::Exists => CliError::refused_with(
                        format!("{shown} is there already."),
                        format!("--eml {shown} --force writes over it"),
                    ),
                    GiveError::Link => CliError::refused(format!("{shown}: {error}.")),
                    GiveError::System(error) => CliError::unwritable(path.clone(), &error),
                },
            )?;
            session
                .say(&format!("Draft written: {shown}. Your mail program opens and sends it."))?;
        }
        if self.mailto {
            let link = mail.link();
            let long = link.len() > LONGEST_LINK;
            session.print(&format!("{link}\n"))?;
            if long {
                session.say("Some programs cut a link this long; --eml FILE keeps all of it.")?;
            }
        }
        if outgoing.subject.is_none() {
            session.say("This message has no subject: write one in your mail program.")?;
        }
        Ok(())
    }
}

/// The text on the clipboard, or on the screen with a word about why.
pub(crate) fn copy(
    session: &mut Session<'_>,
    entry: Option<&Entry>,
    text: &Words,
) -> Result<(), CliError> {
    let letter = text.letter();
    let whose = entry.map(|entry| format!(" to {}", entry.name.terminal())).unwrap_or_default();
    // What was said so far stands before the sequence that the terminal swallows.
    session.host.talk.writer.flush()?;
    match session.host.copy(&letter)? {
        Copied::Told => session.say(&format!("Copied: the text{whose}. Paste it and send it.")),
        Copied::Not(why) => {
            let said = format!("Not copied: {why}. This is the text{whose}:");
            session.say(&width::wrap(&said, COLUMNS).join("\n"))?;
            session.print(&format!("{letter}\n"))
        }
    }
}

/// The page in the browser; where that cannot be done, its address is on the screen.
pub(crate) fn open(session: &mut Session<'_>, page: &str) -> Result<Status, CliError> {
    session.print(&format!("{page}\n"))?;
    if let Ok(()) = (session.host.open_page)(page) {
        session.say("Opened in your browser.")?;
        Ok(Status::Done)
    } else {
        session.say("No browser could be started here: open this page yourself.")?;
        Ok(Status::Environment)
    }
}

/// The checked address of somebody's page: http or https only, whatever the address book says.
pub(crate) fn page(entry: Option<&Entry>) -> Result<String, CliError> {
    let Some(entry) = entry else {
        return Err(CliError::refused(
            "This task is about nobody in particular, so it has no page.",
        ));
    };
    let name = entry.name.terminal();
    let mend = format!("fortnight people edit {} profile=https://…", typed(&entry.name));
    match entry.field("profile") {
        None => Err(CliError::refused_with(format!("No profile page of {name} is known."), mend)),
        Some(profile) => profile.web_address().ok_or_else(|| {
            let shown = profile.terminal();
            CliError::refused_with(
                format!("The profile of {name} is no address that a browser may open: `{shown}`."),
                mend,
            )
        }),
    }
}

/// Somebody's checked mail address.
fn address(entry: Option<&Entry>) -> Result<(&Entry, String), CliError> {
    let Some(entry) = entry else {
        return Err(CliError::refused("This text is for nobody in particular."));
    };
    let name = entry.name.terminal();
    let mend = format!("fortnight people edit {} email=…", typed(&entry.name));
    match entry.field("email") {
        None => Err(CliError::refused_with(format!("No mail address of {name} is known."), mend)),
        Some(email) => match email.mail_address() {
            Some(address) => Ok((entry, address)),
            None => Err(CliError::refused_with(
                format!("`{}` is not one mail address of {name}.", email.terminal()),
                mend,
            )),
        },
    }
}

/// A text as the person leaves it in their editor; none where it is as it was.
pub(crate) fn edit(session: &mut Session<'_>, text: &str) -> Result<Option<String>, CliError> {
    session.host.talk.writer.flush()?;
    session.host.output.writer.flush()?;
    let edited = session.host.edit(text).map_err(|error| unedited(&error))?;
    if Words::new(&edited).is_blank() {
        return Err(CliError::refused("There are no words left in it, so nothing was changed."));
    }
    if edited == text.trim_end() {
        session.say("The text is as it was.")?;
        return Ok(None);
    }
    Ok(Some(edited))
}

/// Why an edited text did not come back, and what to do.
fn unedited(error: &EditError) -> CliError {
    let sentence = format!("{error}.");
    match error {
        EditError::NoEditor | EditError::OpenQuote(_) | EditError::NotStarted { .. } => {
            CliError::refused_with(capitalised(&sentence), "VISUAL=nano, or EDITOR=\"code --wait\"")
        }
        EditError::Failed(_) | EditError::Gone(_) | EditError::NotText => {
            CliError::refused(capitalised(&sentence))
        }
        EditError::System(error) => CliError::unwritable("the text for your editor", error),
    }
}

/// A sentence begins with a capital.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
