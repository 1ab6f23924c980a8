//! `fortnight people export`: everybody who is known, for a spreadsheet or an address book.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use fortnight_engine::people::{Entry, Kind, STANDARD_FIELDS};
use fortnight_engine::words::Words;

use super::list;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::host::GiveError;
use crate::render::card;
use crate::render::words::count;
use crate::session::Session;

/// What to export.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The file to write; without it, the contacts are printed
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The kind of file (else by the name of the file, else csv)
    #[arg(long, value_enum, value_name = "KIND")]
    format: Option<Format>,
    /// Only those who fit, such as 'position contains "design" and profile'
    #[arg(long = "where", value_name = "TEST")]
    test: Option<String>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A sheet: one row for each person
    Csv,
    /// Cards for an address book, vCard 4.0
    Vcard,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, export: &Export) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open_whole()?;
    let filter = export.test.as_deref().map(|test| list::filter(&open, test, false)).transpose()?;
    let people: Vec<&Entry> = open
        .book
        .people()
        .filter(|entry| entry.kind == Kind::Person && entry.forgotten.is_none())
        .filter(|entry| filter.as_ref().is_none_or(|filter| filter.fits(entry)))
        .collect();
    let ending = export.output.as_deref().and_then(Path::extension);
    let named = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("vcf"));
    let format = export.format.unwrap_or(if named { Format::Vcard } else { Format::Csv });
    let text = match format {
        Format::Csv => csv(&people),
        Format::Vcard => people.iter().map(|entry| card::of(entry)).collect(),
    };
    let Some(path) = &export.output else {
        session.print_page(&text.replace("\r\n", "\n"))?;
        return Ok(Status::Done);
    };
    match session.host.give(path, text.as_bytes(), export.force) {
        Ok(()) => {}
        Err(GiveError::Exists) => {
            return Err(CliError::refused_with(
                format!("`{}` is there already.", Words::new(path.to_string_lossy()).terminal()),
                "--force writes over it",
            ));
        }
        Err(GiveError::Link) => {
            return Err(CliError::refused(format!(
                "`{}`: {}.",
                Words::new(path.to_string_lossy()).terminal(),
                GiveError::Link
            )));
        }
        Err(GiveError::System(error)) => return Err(CliError::unwritable(path, &error)),
    }
    let shown = Words::new(path.to_string_lossy()).terminal();
    session.say(&format!("{} written to {shown}", count(people.len(), "person", "people")))?;
    Ok(Status::Done)
}

/// One row for each person; a formula stays a text (M6).
fn csv(people: &[&Entry]) -> String {
    let known: BTreeSet<&str> = people.iter().flat_map(|entry| entry.fields.keys()).collect();
    let standard = STANDARD_FIELDS.iter().copied().filter(|field| *field != "knows_me");
    let more = known.iter().copied().filter(|field| !STANDARD_FIELDS.contains(field));
    let columns: Vec<&str> = standard.chain(more).collect();
    let mut text = String::new();
    let mut row = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    let heading = columns.iter().copied().chain(["knows_me", "do_not_contact"]);
    row(heading.map(|name| Words::new(name).csv()).collect());
    let yes = |yes: bool| if yes { "yes".to_owned() } else { String::new() };
    for entry in people {
        let value = |field: &&str| match *field {
            "name" => entry.name.csv(),
            field => entry.fields.get(field).map(Words::csv).unwrap_or_default(),
        };
        let cells = columns.iter().map(value);
        row(cells.chain([yes(entry.knows_me), yes(entry.do_not_contact)]).collect());
    }
    text
}

/// A cell in quotes where it must be (RFC 4180).
fn quoted(cell: &str) -> String {
    let plain = !cell.contains([',', '"', '\n', '\r', ';', '\t']);
    if plain && cell.trim() == cell {
        return cell.to_owned();
    }
    format!("\"{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use fortnight_engine::people::matching::plan_import;
    use fortnight_engine::people::{Book, Entry, EntryId, import};
    use proptest::prelude::*;

    use super::{Words, card, csv};

    /// What a playbook asks for beside the standard fields.
    const ASKED: [&str; 3] = ["context", "in_common", "role"];

    /// Everything that is read comes back as it was, into a book that knows nobody and into the
    /// one it came from.
    fn holds(people: &[Entry], text: &str, file: &str) -> Result<(), TestCaseError> {
        let reading = import::read_fields(text.as_bytes(), Some(file), &[], &ASKED);
        let reading =
            reading.map_err(|refusal| TestCaseError::fail(format!("{refusal}\n{text}")))?;
        prop_assert!(reading.unreadable.is_empty(), "{:?}\n{text}", reading.unreadable);
        let back: Vec<Entry> = people
            .iter()
            .zip(reading.contacts.iter().cloned())
            .map(|(entry, contact)| contact.into_entry(entry.id))
            .collect();
        prop_assert_eq!(&back, people, "{}", text);
        let book: Book = people.iter().cloned().collect();
        let plan = plan_import(&book, reading.contacts);
        prop_assert!(plan.new.is_empty(), "{:?}", plan.new);
        for matched in plan.matched {
            prop_assert!(matched.fills.is_empty(), "{:?}", matched.fills);
            prop_assert!(matched.differs.is_empty(), "{:?}", matched.differs);
        }
        Ok(())
    }

    fn value() -> impl Strategy<Value = String> {
        // What a cell may hold: quotes, separators, formulas, lines, other letters.
        "[a-zA-Zé李=+@'\",;|.()-]([a-zA-Zé李=+@'\",;|.() \n-]{0,12}[a-zA-Zé李'\",;|.)-])?"
    }

    fn person() -> impl Strategy<Value = Entry> {
        let fields = [
            "first_name",
            "last_name",
            "company",
            "position",
            "note",
            "context",
            "in_common",
            "role",
        ];
        let some =
            prop::collection::btree_map(prop::sample::select(fields.to_vec()), value(), 0..6);
        let word = "[A-Z][a-zé]{0,6}";
        // A name of signs alone is none to a reader.
        let odd = (value(), "[A-Za-zé李]").prop_map(|(before, letter)| before + &letter);
        let name = prop_oneof![odd, (word, word).prop_map(|(one, two)| format!("{one} {two}"))];
        let address = prop::option::of(0_usize..3);
        (name, some, address, any::<(bool, bool)>()).prop_map(|(name, some, address, flags)| {
            let mut entry = Entry::person(EntryId(0), name.as_str());
            for (field, value) in some {
                entry.set(field, value.as_str().into());
            }
            (entry.knows_me, entry.do_not_contact) = flags;
            match address {
                Some(0) => entry.set("email", "NUMBER@x.example".into()),
                Some(1) => {
                    entry.set("email", "NUMBER@x.example".into());
                    entry.set("other_emails", "NUMBER@y.example NUMBER@z.example".into());
                }
                Some(_) => {
                    entry.set("profile", "https://www.linkedin.com/in/nNUMBER".into());
                    entry.set("connected_on", "2024-03-12".into());
                    entry.set("zone", "Europe/Paris".into());
                }
                None => {}
            }
            entry
        })
    }

    fn people() -> impl Strategy<Value = Vec<Entry>> {
        prop::collection::vec(person(), 1..6).prop_map(|people| {
            let numbered = (1..).zip(people).map(|(number, mut entry): (u64, Entry)| {
                entry.id = EntryId(number);
                let number = number.to_string();
                let named = |value: &Words| value.raw().replace("NUMBER", &number);
                let fields = entry.fields.iter().map(|(name, value)| (name, named(value)));
                entry.fields = fields.map(|(name, value)| (name.to_owned(), value)).collect();
                entry
            });
            numbered.collect()
        })
    }

    proptest! {
        #[test]
        fn a_sheet_comes_back_whole(people in people()) {
            let text = csv(&people.iter().collect::<Vec<_>>());
            holds(&people, &text, "people.csv")?;
        }

        #[test]
        fn cards_come_back_whole(people in people()) {
            let text: String = people.iter().map(card::of).collect();
            holds(&people, &text, "people.vcf")?;
        }
    }
}
