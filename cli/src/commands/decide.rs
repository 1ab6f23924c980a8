//! `fortnight decide`: the answer to a review, and the next cycle.

use clap::{Args, ValueEnum};
use fortnight_engine::calendar::{Lean, parse_day, show_day};
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{
    self, Between, Command, Comparison, CycleState, Note, Rejection, Situation,
};
use fortnight_engine::playbook::Decision;
use fortnight_engine::words::Words;
use jiff::civil::Date;

use super::{compare, cycle};
use crate::commands::plan::offer;
use crate::desk::{Desk, refusal};
use crate::failure::{CliError, Status};
use crate::render::words::{count, inside};
use crate::render::{comparison, note};
use crate::session::Session;

/// What was decided, and why.
#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// What comes next; without it the results are shown and you are asked
    #[arg(value_enum)]
    decision: Option<Chosen>,
    /// With `use`: the option that becomes what you do from now on
    option: Option<String>,
    /// A sentence of why, kept with the results
    #[arg(long, value_name = "SENTENCE")]
    why: Option<String>,
    /// The first day of the next cycle; else the next Monday
    #[arg(long, value_name = "DAY", conflicts_with = "no_start")]
    start: Option<String>,
    /// Decide now, begin the next cycle later
    #[arg(long)]
    no_start: bool,
}

/// The three decisions of the method (E7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Chosen {
    /// The same two options once more
    Again,
    /// Take an option into use
    Use,
    /// No further cycle
    Stop,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Decide) -> Result<Status, CliError> {
    let mut desk = Desk::to_write(session)?;
    let open = desk.open_whole()?;
    let seen = seen(&desk, &open)?;
    let (chosen, option) = match arguments.decision {
        Some(chosen) => (chosen, arguments.option.clone()),
        None => review(session, &desk, &open, &seen)?,
    };
    let why = match &arguments.why {
        Some(why) => why.clone(),
        None => reason(session)?,
    };
    let decision = match chosen {
        Chosen::Again => Decision::Again,
        Chosen::Use => Decision::Use,
        Chosen::Stop => Decision::Stop,
    };
    let shown: Vec<String> = seen.iter().map(comparison::in_short).collect();
    let command = Command::Decide {
        decision,
        option: option.clone(),
        why: Words::new(why),
        next: next(&desk, &open, arguments, chosen)?,
        shown: shown.join(" Together with the cycles before: "),
    };
    let written = desk.record(session, "decide", &[], true, |work| {
        let mut notes = work.decide(&command)?.notes;
        let begun = next_of(&work.situation()?).map(|cycle| cycle.number);
        if let Some(number) = begun {
            notes.extend(cycle::fill_list(work, number)?);
        }
        Ok(notes)
    })?;
    tell(session, &desk, decision, option.as_deref(), &written.value)?;
    Ok(Status::Done)
}

/// The first day of the next cycle: as given, else the first Monday from today on that lies after
/// the cycle (E7).
fn next(
    desk: &Desk,
    open: &OpenPlan,
    arguments: &Decide,
    chosen: Chosen,
) -> Result<Option<Date>, CliError> {
    if arguments.no_start || chosen == Chosen::Stop {
        return Ok(None);
    }
    let today = desk.today(open);
    if let Some(text) = &arguments.start {
        let day = parse_day(text, today, Lean::Future);
        return day.map(Some).map_err(|flaw| CliError::flawed(text.clone(), flaw));
    }
    Ok(open.situation(desk.instant).next_monday())
}

/// What the decision is made on: the cycle, and all cycles of the same two where there are more.
fn seen(desk: &Desk, open: &OpenPlan) -> Result<Vec<Comparison>, CliError> {
    let situation = open.situation(desk.instant);
    let Some(cycle) = situation.running() else { return Ok(Vec::new()) };
    if open.playbook.cycle.decided_by.is_none() {
        return Ok(Vec::new());
    }
    let alone = compare::compare(desk, open, &plan::between_for(&situation, cycle))?;
    let pairs = plan::pairs(&situation);
    let pair = pairs
        .iter()
        .find(|pair| pair.cycles().contains(&cycle.number) && pair.cycles().len() > 1)
        .filter(|pair| matches!(pair.between, Between::Pooled(_)));
    let together = pair.map(|pair| compare::compare(desk, open, &pair.between)).transpose()?;
    Ok([alone].into_iter().chain(together).collect())
}

/// Shows the results and asks what comes next; where nobody is there to answer, the question is
/// the refusal.
fn review(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    seen: &[Comparison],
) -> Result<(Chosen, Option<String>), CliError> {
    let situation = open.situation(desk.instant);
    // A review that cannot be answered yet is refused before anything is asked.
    let tried = Command::Decide {
        decision: Decision::Stop,
        option: None,
        why: Words::new("…"),
        next: None,
        shown: String::new(),
    };
    match plan::decide(&situation, &tried, desk.anyway) {
        Ok(_) | Err(Rejection::NotOffered { .. }) => {}
        Err(rejected) => return Err(refusal(&rejected, &open.playbook)),
    }
    for comparison in seen {
        session.print(&compare::screen(desk, open, comparison))?;
        session.print("\n")?;
    }
    let options = situation
        .running()
        .and_then(|cycle| cycle.compared.as_ref())
        .map(|(pair, _)| [pair.baseline.clone(), pair.option.clone()]);
    let uses = options.iter().flatten().map(|option| format!("use {option}"));
    let ways: Vec<String> =
        std::iter::once("again".to_owned()).chain(uses).chain(["stop".to_owned()]).collect();
    let question = "What comes next?";
    let asked = format!("{question} ({})\n>", ways.join(" · "));
    loop {
        let Some(answer) = session.ask(&asked)? else {
            return Err(CliError::Unanswered {
                questions: vec![question.to_owned()],
                helps: ways
                    .iter()
                    .map(|way| format!("fortnight decide {way} --why \"…\""))
                    .collect(),
            });
        };
        let words: Vec<String> = answer.split_whitespace().map(str::to_lowercase).collect();
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["again" | "a"] => return Ok((Chosen::Again, None)),
            ["stop" | "s"] => return Ok((Chosen::Stop, None)),
            ["use" | "u"] => return Ok((Chosen::Use, None)),
            ["use" | "u", option] if options.iter().flatten().any(|known| **known == **option) => {
                return Ok((Chosen::Use, Some((*option).to_owned())));
            }
            _ => session.say(&format!("`{answer}` is none of these. Enter alone leaves."))?,
        }
    }
}

/// The sentence of why; somebody at a terminal is asked until there is one.
fn reason(session: &mut Session<'_>) -> Result<String, CliError> {
    loop {
        match session.line("Why? One sentence:\n>")? {
            None => return Ok(String::new()),
            Some(why) if why.is_empty() => {
                session.say("The decision is kept with a sentence of why; Ctrl-C leaves.")?;
            }
            Some(why) => return Ok(why),
        }
    }
}

/// The cycle that a decision began: it starts later, or today.
fn next_of<'a>(situation: &Situation<'a>) -> Option<&'a CycleState> {
    let newest = situation.state.cycle().filter(|cycle| cycle.start >= situation.today());
    newest.filter(|cycle| cycle.stopped.is_none() && cycle.conclusion.is_none())
}

fn tell(
    session: &mut Session<'_>,
    desk: &Desk,
    decision: Decision,
    option: Option<&str>,
    notes: &[Note],
) -> Result<(), CliError> {
    let open = desk.open(&[])?;
    let situation = open.situation(desk.instant);
    match decision {
        Decision::Stop => {
            return session.print(
                "No further cycle. Everything you recorded stays: fortnight log, fortnight \
                 compare --all\n",
            );
        }
        Decision::Again => {
            let turn = next_of(&situation).and_then(|next| next.compared.as_ref());
            let turn = turn.map(|(pair, _)| pair).filter(|pair| !pair.split).and_then(|pair| {
                let choice = open.playbook.choice(&pair.choice)?;
                choice.options.iter().find(|option| option.id == pair.option)
            });
            let words = turn.map_or_else(
                || "Same two once more.".to_owned(),
                |option| {
                    format!("Same two once more; now everybody gets {}.", inside(&option.title))
                },
            );
            session.tell(&words)?;
        }
        Decision::Use => {
            let taken = open.state.cycles.values().rev().find_map(|cycle| {
                let conclusion = cycle.conclusion.as_ref()?;
                let (compared, _) = cycle.compared.as_ref()?;
                let choice = open.playbook.choice(&compared.choice)?;
                let option = conclusion.option.as_ref()?;
                choice.options.iter().find(|known| known.id == *option)
            });
            let title = taken.map_or_else(
                || option.unwrap_or("The new option").to_owned(),
                |option| inside(&option.title),
            );
            session.print(&format!("From now on: {title}.\n"))?;
        }
    }
    match next_of(&situation) {
        Some(next) => {
            let dates = situation.dates(next);
            let closes = dates.date_of(open.playbook.cycle.list_closes);
            session.print(&format!(
                "Cycle {} starts {} with {}; last day to add: {}.\n",
                next.number,
                show_day(next.start),
                count(next.members.len(), "new person", "new people"),
                show_day(closes)
            ))?;
            if next.compared.is_none() && !open.playbook.choices.is_empty() {
                session.say(&format!(
                    "What will you change next?{}",
                    cycle::ways_to_compare(&open, next)
                ))?;
            }
        }
        None => session.say("The next cycle: fortnight cycle start")?,
    }
    for said in notes {
        session.say(&note::words(said, &open.book))?;
    }
    if decision != Decision::Stop {
        offer(session, &open)?;
    }
    Ok(())
}
