//! `fortnight compare`: what cycles show, and what may be said about it.

mod next;
mod table;

use clap::Args;
use fortnight_engine::experiment;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::plan::{
    self, Between, ClearCall, Comparison, CycleState, Measure, Pair, Rejection, SideFigures,
};

use crate::desk::{Desk, refusal};
use crate::failure::{CliError, Status};
use crate::render::comparison::{self, ChoiceData, ComparisonData, HistoryData, Shown};
use crate::session::Session;

/// What to compare.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(crate) struct Compare {
    /// A cycle, two cycles to hold against each other, or a choice over all its cycles; the newest
    /// cycle without any
    #[arg(value_name = "CYCLE|CHOICE", num_args = 0..=2)]
    what: Vec<String>,
    /// All cycles of the same two options together
    #[arg(long, conflicts_with = "what")]
    all: bool,
    /// What was tried, what it showed, what was decided and why
    #[arg(long, conflicts_with_all = ["what", "all", "details", "measures", "measure"])]
    history: bool,
    /// Intervals, fairness, the other measures, and what a cycle of this size can show
    #[arg(long)]
    details: bool,
    /// Every measure of the playbook; only the one that decides is ever judged
    #[arg(long, conflicts_with_all = ["measure", "details"])]
    measures: bool,
    /// One measure
    #[arg(long, value_name = "MEASURE", conflicts_with = "details")]
    measure: Option<String>,
    /// Print a table for spreadsheets
    #[arg(long)]
    csv: bool,
}

/// What is asked for, once the words are understood.
enum Wanted {
    /// One comparison.
    One(Between),
    /// Every pair of a choice.
    Choice(String),
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, arguments: &Compare) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    let open = desk.open_whole()?;
    if arguments.history {
        return history(session, &desk, &open, arguments.csv);
    }
    match wanted(&desk, &open, arguments)? {
        Wanted::One(between) if arguments.measures || arguments.measure.is_some() => {
            measures(session, &desk, &open, &between, arguments)
        }
        Wanted::One(between) => one(session, &desk, &open, &between, arguments),
        Wanted::Choice(_) if arguments.measures || arguments.measure.is_some() => {
            Err(CliError::refused_with(
                "Measures are shown for a cycle, or for all cycles of the same two options.",
                "fortnight compare --all --measures",
            ))
        }
        Wanted::Choice(choice) => one_choice(session, &desk, &open, &choice, arguments),
    }
}

fn one(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    between: &Between,
    arguments: &Compare,
) -> Result<Status, CliError> {
    let comparison = compare(desk, open, between)?;
    let situation = open.situation(desk.instant);
    if arguments.csv {
        session.print_page(&table::of_comparisons(std::slice::from_ref(&comparison)))?;
        return Ok(Status::Done);
    }
    let call = call(desk, open, &comparison);
    let asked_for_more = session.global.json || arguments.details;
    let measures = if asked_for_more {
        plan::measures(&situation, between).map_err(|no| refusal(&no, &open.playbook))?
    } else {
        Vec::new()
    };
    if session.global.json {
        session.print_json(&ComparisonData::of(&comparison, &measures, call.as_ref()))?;
        return Ok(Status::Done);
    }
    let next = next::command(&situation, &comparison);
    let shown = Shown { comparison: &comparison, call: call.as_ref(), next: &next };
    session.print(&comparison::page(&shown, desk.today(open)))?;
    if arguments.details {
        let planning = planning(&comparison);
        session.print("\n")?;
        session.print(&comparison::details(&comparison, &measures, planning.as_deref()))?;
        return Ok(Status::Done);
    }
    if let Between::Within(cycle) | Between::Cycles(_, cycle) = between
        && pair_of(desk, open, *cycle).is_some_and(|pair| pair.cycles().len() > 1)
    {
        session.say("The same two in all their cycles together: fortnight compare --all")?;
    }
    session.say("Intervals, fairness, planning: fortnight compare --details")?;
    Ok(Status::Done)
}

fn measures(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    between: &Between,
    arguments: &Compare,
) -> Result<Status, CliError> {
    let situation = open.situation(desk.instant);
    let comparison = compare(desk, open, between)?;
    let measures: Result<Vec<Measure>, Rejection> = match &arguments.measure {
        Some(name) => plan::measure(&situation, between, name).map(|measure| vec![measure]),
        None => plan::measures(&situation, between),
    };
    let measures = measures.map_err(|rejected| refusal(&rejected, &open.playbook))?;
    if session.global.json {
        session.print_json(&ComparisonData::of(&comparison, &measures, None))?;
    } else if arguments.csv {
        session.print_page(&table::of_measures(&comparison, &measures))?;
    } else {
        session.print(&comparison::measures_page(&comparison, &measures))?;
    }
    Ok(Status::Done)
}

fn one_choice(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    choice: &str,
    arguments: &Compare,
) -> Result<Status, CliError> {
    let situation = open.situation(desk.instant);
    let pairs = plan::pairs_of(&situation, choice).map_err(|no| refusal(&no, &open.playbook))?;
    let record = plan::history(&situation);
    let records: Vec<&plan::PairRecord> =
        record.pairs.iter().filter(|known| pairs.contains(&known.pair)).collect();
    if records.is_empty() {
        return Err(refusal(&Rejection::NothingDecides, &open.playbook));
    }
    if arguments.csv {
        let comparisons: Vec<Comparison> =
            records.iter().map(|known| known.comparison.clone()).collect();
        session.print_page(&table::of_comparisons(&comparisons))?;
        return Ok(Status::Done);
    }
    if session.global.json {
        session.print_json(&ChoiceData::of(choice, &records, &record.cycles))?;
        return Ok(Status::Done);
    }
    let mut text = String::new();
    for known in records {
        let next = next::command(&situation, &known.comparison);
        let shown = Shown { comparison: &known.comparison, call: known.call.as_ref(), next: &next };
        text.push_str(&comparison::page_of_pair(&shown, known, &record.cycles, desk.today(open)));
        if arguments.details {
            text.push('\n');
            let planning = planning(&known.comparison);
            text.push_str(&comparison::details(&known.comparison, &[], planning.as_deref()));
        }
        text.push('\n');
    }
    text.push_str(&comparison::made(&record.made));
    session.print(&text)?;
    session.say("What was decided, and why: fortnight compare --history")?;
    Ok(Status::Done)
}

fn history(
    session: &mut Session<'_>,
    desk: &Desk,
    open: &OpenPlan,
    csv: bool,
) -> Result<Status, CliError> {
    let record = plan::history(&open.situation(desk.instant));
    if csv {
        session.print_page(&table::of_history(&record))?;
    } else if session.global.json {
        session.print_json(&HistoryData::of(&record))?;
    } else if record.cycles.is_empty() {
        return Err(CliError::refused_with("No cycle has begun yet.", "fortnight cycle start"));
    } else {
        session.print(&comparison::history_page(&record, &open.playbook))?;
    }
    Ok(Status::Done)
}

/// Compares, with a refusal in words.
pub(crate) fn compare(
    desk: &Desk,
    open: &OpenPlan,
    between: &Between,
) -> Result<Comparison, CliError> {
    plan::compare(&open.situation(desk.instant), between)
        .map_err(|rejected| refusal(&rejected, &open.playbook))
}

/// What a comparison shows on a screen, without a next step.
pub(crate) fn screen(desk: &Desk, open: &OpenPlan, comparison: &Comparison) -> String {
    let call = call(desk, open, comparison);
    let shown = Shown { comparison, call: call.as_ref(), next: "" };
    comparison::page(&shown, desk.today(open))
}

fn wanted(desk: &Desk, open: &OpenPlan, arguments: &Compare) -> Result<Wanted, CliError> {
    let newest = || newest(desk, open);
    match arguments.what.as_slice() {
        [] if arguments.all => {
            let cycle = newest()?;
            let pair = pair_of(desk, open, cycle.number);
            let alone = || plan::between_for(&open.situation(desk.instant), cycle);
            Ok(Wanted::One(pair.map_or_else(alone, |pair| pair.between)))
        }
        [] => Ok(Wanted::One(plan::between_for(&open.situation(desk.instant), newest()?))),
        [word] => match number(word)? {
            Some(cycle) => {
                let known = open.state.cycles.get(&cycle);
                let missing = || refusal(&Rejection::UnknownCycle { cycle }, &open.playbook);
                let cycle = known.ok_or_else(missing)?;
                Ok(Wanted::One(plan::between_for(&open.situation(desk.instant), cycle)))
            }
            None => choice(open, word).map(Wanted::Choice),
        },
        [first, second, ..] => match (number(first)?, number(second)?) {
            (Some(first), Some(second)) => Ok(Wanted::One(Between::Cycles(first, second))),
            (None, _) => Err(not_two_cycles(first)),
            (Some(_), None) => Err(not_two_cycles(second)),
        },
    }
}

/// The running cycle, else the newest.
fn newest<'a>(desk: &Desk, open: &'a OpenPlan) -> Result<&'a CycleState, CliError> {
    let running = open.situation(desk.instant).running();
    running
        .or_else(|| open.state.cycles.values().next_back())
        .ok_or_else(|| CliError::refused_with("No cycle has begun yet.", "fortnight cycle start"))
}

/// The number of a cycle, where the word is one.
fn number(word: &str) -> Result<Option<u32>, CliError> {
    if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let beyond_all = || {
        CliError::refused_with(format!("There is no cycle {word}."), "fortnight compare --history")
    };
    word.parse().map(Some).map_err(|_| beyond_all())
}

fn not_two_cycles(word: &str) -> CliError {
    CliError::refused_with(
        format!("`{word}` is not the number of a cycle; two cycles are named by their numbers."),
        "fortnight compare 1 2",
    )
}

/// The choice meant; an option, a measure or a near name is pointed to.
fn choice(open: &OpenPlan, word: &str) -> Result<String, CliError> {
    let choices = &open.playbook.choices;
    if choices.iter().any(|choice| &*choice.id == word) {
        return Ok(word.to_owned());
    }
    if open.playbook.metric(word).is_some() {
        return Err(CliError::refused_with(
            format!("`{word}` is a measure, and cycles are compared in the one that decides."),
            format!("fortnight compare --measure {word}"),
        ));
    }
    let of_option =
        choices.iter().find(|choice| choice.options.iter().any(|option| &*option.id == word));
    if let Some(choice) = of_option {
        return Err(CliError::refused_with(
            format!("`{word}` is an option of `{}`.", choice.id),
            format!("fortnight compare {}", choice.id),
        ));
    }
    let known = choices.iter().map(|choice| choice.id.clone()).collect();
    let unknown = Rejection::UnknownChoice { choice: word.to_owned(), known };
    let mut error = refusal(&unknown, &open.playbook);
    if let CliError::Refused { helps, .. } = &mut error {
        helps.push("fortnight compare --history".to_owned());
    }
    Err(error)
}

/// The pair that a cycle compared, with all its cycles.
fn pair_of(desk: &Desk, open: &OpenPlan, cycle: u32) -> Option<Pair> {
    let situation = open.situation(desk.instant);
    plan::pairs(&situation).into_iter().find(|pair| pair.cycles().contains(&cycle))
}

/// The first clear call of the pair that a comparison over several cycles is about.
fn call(desk: &Desk, open: &OpenPlan, comparison: &Comparison) -> Option<ClearCall> {
    let Between::Pooled(_) = comparison.between else { return None };
    let situation = open.situation(desk.instant);
    let pairs = plan::pairs(&situation);
    let pair = pairs.iter().find(|pair| pair.between == comparison.between)?;
    plan::clear_call(&situation, pair)
}

/// What a comparison of this size can show, from the baseline that was seen.
fn planning(comparison: &Comparison) -> Option<String> {
    let [a, b] = comparison.sides.as_slice() else { return None };
    let arm = |side: &SideFigures| experiment::Arm::new(side.tally.hits, side.tally.out_of);
    (a.tally.out_of > 0 && b.tally.out_of > 0).then(|| experiment::what_would_show(arm(a), arm(b)))
}
