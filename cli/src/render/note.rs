//! What is worth a word about an accepted command.

use fortnight_engine::calendar::show_day as day;
use fortnight_engine::people::{Book, EntryId};
use fortnight_engine::plan::Note;

use super::words::{answer, answer_beside, by_way, count};

/// The note as a sentence.
pub(crate) fn words(note: &Note, book: &Book) -> String {
    let name = |entry: EntryId| {
        book.get(entry).map_or_else(|| "somebody".to_owned(), |entry| entry.name.terminal())
    };
    match note {
        Note::Known { on } => format!("Recorded already, on {}; nothing changed.", day(*on)),
        Note::Replaces { on, fields } => {
            let before: Vec<String> =
                fields.values().map(|value| answer_beside(value, *on)).collect();
            if before.is_empty() {
                format!("Before: {}. Undo: fortnight undo", day(*on))
            } else {
                format!("Before: {}. Undo: fortnight undo", before.join(", "))
            }
        }
        Note::Corrects { on, channel, answers, reworded } => {
            let mut before = vec![day(*on)];
            before.extend(channel.map(|channel| by_way(channel).to_owned()));
            before.extend(answers.values().map(answer));
            before.extend(reworded.then(|| "other words".to_owned()));
            format!("Before: {}. Undo: fortnight undo", before.join(", "))
        }
        Note::Early { planned } => {
            format!("Earlier than planned ({}); that is fine.", day(*planned))
        }
        Note::BeyondCycle { end } => format!("That is after the end of the cycle, {}.", day(*end)),
        Note::SecondChange { what } => format!(
            "Recorded as a second change in this cycle ({what}): comparisons with it will credit \
             neither."
        ),
        Note::ShortList { people, advised } => {
            format!(
                "The playbook suggests at least {advised} people; {people} is fine to begin with."
            )
        }
        Note::Practice { people } => format!(
            "With {} nothing is compared: this cycle is practice.",
            count(*people, "person", "people")
        ),
        Note::NotCompared { entry } => {
            format!(
                "{}: the list is closed, so not compared; everything else starts.",
                name(*entry)
            )
        }
        Note::MessagedBefore { entry, cycle } => {
            format!("{} had your message in cycle {cycle} already, and counts there.", name(*entry))
        }
        Note::Listed { entry } => format!("{} is on the list already.", name(*entry)),
        Note::Advice { sentences } => format!("A word about the text: {}.", sentences.join("; ")),
    }
}
