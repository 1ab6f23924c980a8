//! What is said of a plan that has begun.

use fortnight_engine::calendar::show_day_with_year;
use fortnight_engine::plan::{self, Status as Standing, Task};
use fortnight_engine::playbook::Id;
use jiff::civil::Date;

use super::Begun;
use super::dialogue::monday_after;
use crate::commands::cycle::planning;
use crate::commands::today;
use crate::contacts::{self, Contacts};
use crate::desk::Desk;
use crate::failure::CliError;
use crate::render::words::{count, inside};
use crate::render::{COLUMNS, note, width};
use crate::session::Session;

/// What was read, what the cycle compares, and what is due today.
pub(super) fn tell(
    session: &mut Session<'_>,
    desk: &Desk,
    begun: &Begun,
    contacts: Option<&Contacts>,
    first_day: Date,
    asked_day: bool,
) -> Result<(), CliError> {
    let open = desk.open(&[])?;
    if let Some(contacts) = contacts {
        contacts::tell(session, contacts, begun.known)?;
    }
    if contacts.is_some() || begun.listed > 0 {
        let people = count(begun.listed, "person is", "people are");
        session.say(&format!("{people} on the list of cycle 1. Change it: fortnight people"))?;
    } else {
        session
            .say("Nobody is on the list yet: fortnight people import FILE, or people add NAME")?;
    }
    for said in &begun.notes {
        session.say(&note::words(said, &open.book))?;
    }
    let situation = open.situation(desk.instant);
    let cycle = situation.upcoming().or_else(|| situation.running());
    let split = cycle.is_some_and(|cycle| cycle.members.iter().any(|m| m.option.is_some()));
    if let Some((compared, _)) = cycle.and_then(|cycle| cycle.compared.as_ref()).filter(|_| split) {
        let title = |id: &Id| {
            let choice = open.playbook.choice(&compared.choice)?;
            let option = choice.options.iter().find(|option| option.id == *id)?;
            Some(inside(&option.title))
        };
        let (a, b) = (title(&compared.baseline), title(&compared.option));
        let words = format!(
            "Half of your people get one kind of message, half the other: {} / {}. You will see \
             which gets more answers. One cycle can give a hint; being sure usually takes two.",
            a.unwrap_or_default(),
            b.unwrap_or_default()
        );
        session.say(&format!("\n{}", width::wrap(&words, COLUMNS).join("\n")))?;
        if let Some(cycle) = cycle {
            planning::say(session, cycle)?;
        }
    }
    let today = desk.today(&open);
    if first_day > today {
        session.say(&format!("The first cycle starts on {}.", show_day_with_year(first_day)))?;
    } else if !asked_day && monday_after(first_day).is_some() {
        session.say("A cycle that starts on a Monday fits the working week best: --start mon")?;
    }
    session.say("")?;
    today::print(session, desk, &open, false)?;
    let agenda = plan::agenda(&situation);
    let due = |task: &Task| matches!(task.status(), Standing::Due | Standing::Overdue);
    let way = if !agenda.tasks.iter().any(due) {
        "fortnight, every morning"
    } else if session.host.input_is_terminal {
        "fortnight work"
    } else {
        "fortnight show 1, then fortnight done 1"
    };
    session.say(&format!("Next: {way}"))
}
