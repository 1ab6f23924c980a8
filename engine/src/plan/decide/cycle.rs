//! Cycles: beginning one, naming what it compares, abandoning it, answering its review (E1–E7).

use jiff::civil::Date;

use super::list::draw;
use super::settings::record_second_change;
use super::{Accepted, Note};
use crate::plan::fact::{Compared, Fact, FactKind};
use crate::plan::metric;
use crate::plan::rejection::Rejection;
use crate::plan::resolve::resolve;
use crate::plan::situation::Situation;
use crate::plan::state::CycleState;
use crate::playbook::{Decision, Id, StepKind};
use crate::words::Words;

pub(super) fn start(
    situation: &Situation<'_>,
    start: Date,
    compared: Option<&(String, String)>,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    if let Some(on) = situation.state.stopped
        && !anyway
    {
        return Err(Rejection::Stopped { on });
    }
    let previous = situation.state.cycle();
    let mut earliest = situation.today();
    if let Some(cycle) = previous.filter(|cycle| cycle.stopped.is_none()) {
        let end = situation.dates(cycle).end;
        if cycle.conclusion.is_none() {
            return Err(if situation.is_over(cycle) {
                Rejection::NotDecided { cycle: cycle.number }
            } else {
                Rejection::CycleRunning { cycle: cycle.number, end }
            });
        }
        if cycle.start > situation.today() {
            return Err(Rejection::CycleRunning { cycle: cycle.number, end });
        }
        earliest = earliest.max(end.tomorrow().unwrap_or(end));
    }
    if start < earliest && (previous.is_some() || start < situation.state.start) {
        return Err(Rejection::BadStart { start, earliest });
    }
    let compared =
        compared.map(|(choice, option)| comparison(situation, choice, option)).transpose()?;
    Ok(Accepted::facts([begin(situation, start, compared)]))
}

/// The bars are known for so many looks.
const MOST_LOOKS: u32 = 4;

/// The fact that begins the next cycle.
fn begin(situation: &Situation<'_>, start: Date, compared: Option<Compared>) -> Fact {
    let number = situation.state.cycles.keys().next_back().map_or(1, |last| last + 1);
    let kind = FactKind::CycleStarted { cycle: number, start, compared };
    Fact::on(situation.today().max(situation.state.start), kind)
}

pub(super) fn compare(
    situation: &Situation<'_>,
    choice: &str,
    option: &str,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    let cycle = situation.upcoming().or_else(|| situation.running()).ok_or(Rejection::NoCycle)?;
    let compared = comparison(situation, choice, option)?;
    if let Some((known, on)) = &cycle.compared
        && *known == (Compared { looks: known.looks, ..compared.clone() })
    {
        return Ok(Accepted::known(*on));
    }
    let mut accepted = match cycle.first_sent() {
        Some(since) => {
            let what = format!("{} = {}", compared.choice, compared.option);
            record_second_change(situation, cycle, since, &what, anyway)?
        }
        None => Accepted::default(),
    };
    let kind = FactKind::Compared { cycle: cycle.number, compared: compared.clone() };
    accepted.facts.push(Fact::on(situation.today(), kind));
    if cycle.first_sent().is_none() {
        let members: Vec<_> = cycle
            .members
            .iter()
            .map(|member| crate::plan::state::Member { option: None, ..member.clone() })
            .collect();
        let drawn = draw(situation, cycle, &compared, &members);
        if compared.split && drawn.is_empty() && !members.is_empty() {
            accepted.notes.push(Note::Practice { people: members.len() });
        }
        accepted.facts.extend(drawn);
    }
    Ok(accepted)
}

/// A choice and an option, held against the baseline (E1).
fn comparison(
    situation: &Situation<'_>,
    choice: &str,
    option: &str,
) -> Result<Compared, Rejection> {
    let playbook = situation.playbook;
    let Some(known) = playbook.choice(choice) else {
        return Err(Rejection::UnknownChoice {
            choice: choice.to_owned(),
            known: playbook.choices.iter().map(|known| known.id.clone()).collect(),
        });
    };
    let Some(option) = known.options.iter().find(|known| &*known.id == option) else {
        return Err(Rejection::UnknownOption {
            choice: known.id.clone(),
            option: option.to_owned(),
            known: known.options.iter().map(|option| option.id.clone()).collect(),
        });
    };
    let in_use = situation.state.in_use.get(&known.id);
    let baseline = in_use.or_else(|| known.options.first().map(|option| &option.id));
    let baseline = baseline.unwrap_or(&option.id).clone();
    if baseline == option.id {
        return Err(Rejection::SameAsBaseline { option: option.id.clone() });
    }
    let mut compared = Compared {
        choice: known.id.clone(),
        option: option.id.clone(),
        baseline,
        split: known.split,
        looks: None,
    };
    compared.looks = first_with(situation, &compared).and_then(|(_, first)| first.looks);
    Ok(compared)
}

/// The first cycle that ran this pair and was not abandoned.
fn first_with<'a>(
    situation: &Situation<'a>,
    wanted: &Compared,
) -> Option<(&'a CycleState, &'a Compared)> {
    let live = situation.state.cycles.values().filter(|cycle| cycle.stopped.is_none());
    live.filter_map(|cycle| Some((cycle, &cycle.compared.as_ref()?.0)))
        .find(|(_, compared)| compared.is_same_pair(wanted))
}

/// Experiments, decision 6: how many looks there will be is said before the first one.
pub(super) fn looks(situation: &Situation<'_>, looks: u32) -> Result<Accepted, Rejection> {
    let cycle = situation.upcoming().or_else(|| situation.running()).ok_or(Rejection::NoCycle)?;
    let (compared, on) =
        cycle.compared.as_ref().ok_or(Rejection::NothingCompared { cycle: cycle.number })?;
    if !(1..=MOST_LOOKS).contains(&looks) {
        return Err(Rejection::BadLooks { most: MOST_LOOKS });
    }
    if compared.looks == Some(looks) {
        return Ok(Accepted::known(*on));
    }
    let first = first_with(situation, compared).map_or(cycle, |(first, _)| first);
    if let Some(since) = first.first_sent() {
        return Err(Rejection::LooksTooLate { since, declared: compared.looks });
    }
    let compared = Compared { looks: Some(looks), ..compared.clone() };
    let kind = FactKind::Compared { cycle: cycle.number, compared };
    Ok(Accepted::facts([Fact::on(situation.today(), kind)]))
}

pub(super) fn stop(situation: &Situation<'_>) -> Result<Accepted, Rejection> {
    let cycle = situation
        .state
        .cycle()
        .filter(|cycle| cycle.stopped.is_none() && cycle.conclusion.is_none())
        .ok_or(Rejection::NoCycle)?;
    let on = situation.today().max(situation.state.start);
    Ok(Accepted::facts([Fact::on(on, FactKind::CycleStopped { cycle: cycle.number })]))
}

/// The answer to a review.
pub(super) struct Review<'r> {
    pub(super) decision: Decision,
    pub(super) option: Option<&'r str>,
    pub(super) why: &'r Words,
    pub(super) next: Option<Date>,
    pub(super) shown: &'r str,
}

pub(super) fn decide(
    situation: &Situation<'_>,
    review: &Review<'_>,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    let cycle = situation.state.cycle().filter(|cycle| cycle.stopped.is_none());
    let cycle = match cycle {
        Some(cycle) if cycle.start > situation.today() => {
            let before = situation.running().filter(|running| running.number < cycle.number);
            before.or(Some(cycle))
        }
        other => other,
    }
    .ok_or(Rejection::NoCycle)?;
    if let Some(conclusion) = &cycle.conclusion {
        return Err(Rejection::AlreadyDecided { cycle: cycle.number, on: conclusion.on });
    }
    if review.why.is_blank() {
        return Err(Rejection::WhyNeeded);
    }
    check_offered(situation, review.decision)?;
    if !anyway {
        check_time(situation, cycle)?;
    }
    let option = taken(cycle, review)?;
    let kind = FactKind::Decided {
        cycle: cycle.number,
        decision: review.decision,
        option,
        why: review.why.clone(),
        shown: review.shown.to_owned(),
    };
    let mut accepted = Accepted::facts([Fact::on(situation.today(), kind)]);
    if let Some(next) = review.next.filter(|_| review.decision != Decision::Stop) {
        let earliest = situation.today().max(situation.dates(cycle).end.tomorrow().unwrap_or(next));
        if next < earliest {
            return Err(Rejection::BadStart { start: next, earliest });
        }
        let again = review.decision == Decision::Again;
        let pair = cycle.compared.as_ref().filter(|_| again).map(|(pair, _)| pair);
        // Two that cannot run side by side take turns (E2): only that tells them from the weeks.
        let compared = pair.map(|pair| if pair.split { pair.clone() } else { pair.turned() });
        accepted.facts.push(begin(situation, next, compared));
    }
    Ok(accepted)
}

fn check_offered(situation: &Situation<'_>, decision: Decision) -> Result<(), Rejection> {
    let mut reviews = situation.playbook.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Decide(offered) => Some(offered),
        StepKind::Task
        | StepKind::Choose(_)
        | StepKind::Write(_)
        | StepKind::Collect(_)
        | StepKind::Fill(_)
        | StepKind::Send(_)
        | StepKind::Every(_) => None,
    });
    if reviews.clone().next().is_none() || reviews.any(|offered| offered.contains(&decision)) {
        return Ok(());
    }
    Err(Rejection::NotOffered {
        decision: match decision {
            Decision::Again => "again",
            Decision::Use => "use",
            Decision::Stop => "stop",
        },
    })
}

/// E5, D2: there is no verdict before everybody is counted, and no review before its day.
fn check_time(situation: &Situation<'_>, cycle: &CycleState) -> Result<(), Rejection> {
    let today = situation.today();
    if let Some(on) = metric::settles(situation, cycle).filter(|on| *on > today) {
        let measure = crate::plan::agenda::summary(situation, cycle).measure.unwrap_or_default();
        return Err(Rejection::NotSettled { cycle: cycle.number, waiting: measure.waiting, on });
    }
    let resolution = resolve(situation);
    let review = resolution
        .cycles
        .iter()
        .find(|table| table.cycle.number == cycle.number)
        .into_iter()
        .flat_map(|table| situation.playbook.steps.iter().zip(&table.columns))
        .filter(|(step, _)| matches!(step.kind, StepKind::Decide(_)))
        .filter_map(|(_, column)| column.tasks.first()?.available)
        .find(|day| *day > today);
    match review {
        Some(on) => Err(Rejection::TooEarly { cycle: cycle.number, on }),
        None => Ok(()),
    }
}

/// The option that `use` takes; `again` needs a pair to run again.
fn taken(cycle: &CycleState, review: &Review<'_>) -> Result<Option<Id>, Rejection> {
    let compared = cycle.compared.as_ref().map(|(compared, _)| compared);
    match (review.decision, compared) {
        (Decision::Stop | Decision::Again, _) => Ok(None),
        (Decision::Use, None) => Err(Rejection::NothingCompared { cycle: cycle.number }),
        (Decision::Use, Some(compared)) => {
            let wanted = review.option.unwrap_or(&compared.option);
            [&compared.baseline, &compared.option]
                .into_iter()
                .find(|option| &***option == wanted)
                .cloned()
                .map(Some)
                .ok_or_else(|| Rejection::UnknownOption {
                    choice: compared.choice.clone(),
                    option: wanted.to_owned(),
                    known: vec![compared.baseline.clone(), compared.option.clone()],
                })
        }
    }
}
