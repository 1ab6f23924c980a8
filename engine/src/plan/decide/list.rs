//! Lists: who joins a cycle, and which option is drawn for them (E2, E4, L4, L5).

use jiff::civil::Date;

use super::{Accepted, Note};
use crate::experiment::{self, Joiner, Side, assign};
use crate::people::{EntryId, fold};
use crate::plan::agenda::name;
use crate::plan::fact::{Compared, Fact, FactKind};
use crate::plan::rejection::Rejection;
use crate::plan::situation::Situation;
use crate::plan::state::{CycleState, Member};

/// E2: with fewer people nothing is split.
pub const LEAST_TO_SPLIT: usize = 20;

pub(super) fn list(
    situation: &Situation<'_>,
    entries: &[EntryId],
    cycle: u32,
    anyway: bool,
) -> Result<Accepted, Rejection> {
    if cycle == 0 {
        return Ok(companies(situation, entries));
    }
    let cycle = situation.state.cycles.get(&cycle).ok_or(Rejection::NoCycle)?;
    if cycle.stopped.is_some() {
        return Err(Rejection::NoCycle);
    }
    let today = situation.today();
    let counts = today <= closing_day(situation, cycle);
    let mut accepted = Accepted::default();
    let mut joined: Vec<Member> = Vec::new();
    let mut rank = cycle.members.iter().map(|member| member.rank).max().unwrap_or(0);
    for entry in entries {
        if situation.book.get(*entry).is_some_and(|known| known.do_not_contact) && !anyway {
            return Err(Rejection::DoNotContact { name: name(situation, *entry) });
        }
        if cycle.member(*entry).is_some() || joined.iter().any(|member| member.entry == *entry) {
            accepted.notes.push(Note::Listed { entry: *entry });
            continue;
        }
        let mut earlier = situation.state.cycles_of(*entry);
        if let Some(earlier) = earlier.find(|earlier| !earlier.sent_to(*entry).is_empty()) {
            let cycle = earlier.number;
            accepted.notes.push(Note::MessagedBefore { entry: *entry, cycle });
        }
        if !counts {
            accepted.notes.push(Note::NotCompared { entry: *entry });
        }
        let counts = counts && !was_reached(situation, *entry);
        rank += 1;
        joined.push(Member { entry: *entry, rank, listed: today, option: None, counts });
    }
    let members: Vec<Member> = cycle.members.iter().chain(&joined).cloned().collect();
    let drawn = match &cycle.compared {
        Some((compared, _)) => draw(situation, cycle, compared, &members),
        None => Vec::new(),
    };
    let is_drawn = |entry: EntryId| drawn.iter().any(|fact| fact.entry() == Some(entry));
    let plain = joined.iter().filter(|member| !is_drawn(member.entry));
    let plain: Vec<Fact> = plain.map(|member| listed(cycle.number, today, member)).collect();
    accepted.facts.extend(plain);
    accepted.facts.extend(drawn);
    note_size(situation, cycle, &members, &mut accepted);
    Ok(accepted)
}

/// E4: nobody is in two cycles' counts. A message that could not be delivered counts nowhere.
fn was_reached(situation: &Situation<'_>, entry: EntryId) -> bool {
    situation.state.cycles_of(entry).any(|cycle| {
        let happenings = cycle.happenings.get(&entry);
        let bounced = happenings
            .and_then(|known| known.standing(situation.playbook, "bounced", situation.today()));
        !cycle.sent_to(entry).is_empty() && bounced.is_none()
    })
}

/// L5: the size of a list is advice, given once when people join.
fn note_size(
    situation: &Situation<'_>,
    cycle: &CycleState,
    members: &[Member],
    accepted: &mut Accepted,
) {
    let people = members.len();
    let advised = situation.playbook.people.size.least.unwrap_or(0);
    if u32::try_from(people).is_ok_and(|people| people < advised) {
        accepted.notes.push(Note::ShortList { people, advised });
    }
    let split = cycle.compared.as_ref().is_some_and(|(compared, _)| compared.split);
    if split && members.iter().filter(|member| member.counts).count() < LEAST_TO_SPLIT {
        accepted.notes.push(Note::Practice { people });
    }
}

/// The last day on which people may join and count (E4).
fn closing_day(situation: &Situation<'_>, cycle: &CycleState) -> Date {
    situation.dates(cycle).date_of(situation.playbook.cycle.list_closes)
}

/// Draws an option for everybody on the list who has none, where there are enough to split. People
/// who were written to before the list was long enough keep what they got: the cycle stays
/// practice (E2).
pub(super) fn draw(
    situation: &Situation<'_>,
    cycle: &CycleState,
    compared: &Compared,
    members: &[Member],
) -> Vec<Fact> {
    let practised = cycle
        .members
        .iter()
        .any(|member| member.option.is_none() && !cycle.sent_to(member.entry).is_empty());
    let counting = members.iter().filter(|member| member.counts).count();
    if !compared.split || practised || counting < LEAST_TO_SPLIT {
        return Vec::new();
    }
    let described: Vec<(String, Option<String>, bool)> =
        members.iter().map(|member| describe(situation, member.entry)).collect();
    let mut assigned = Vec::new();
    let mut open: Vec<&Member> = Vec::new();
    let mut joiners = Vec::new();
    for (member, (key, company, knows_seeker)) in members.iter().zip(&described) {
        let (company, knows_seeker) = (company.as_deref(), *knows_seeker);
        if let Some(option) = &member.option {
            let side = if *option == compared.option { Side::B } else { Side::A };
            assigned.push(experiment::Member { company, knows_seeker, side });
        } else {
            open.push(member);
            joiners.push(Joiner { key, company, knows_seeker });
        }
    }
    let seed = situation.state.seed ^ u64::from(cycle.number).rotate_left(32);
    let sides = assign(seed, &assigned, &joiners);
    open.iter()
        .zip(sides)
        .map(|(member, side)| {
            let option = match side {
                Side::A => compared.baseline.clone(),
                Side::B => compared.option.clone(),
            };
            let member = Member { option: Some(option), ..(*member).clone() };
            listed(cycle.number, situation.today(), &member)
        })
        .collect()
}

/// What the draw looks at: who it is, at which company, and whether they know the seeker.
fn describe(situation: &Situation<'_>, id: EntryId) -> (String, Option<String>, bool) {
    let entry = situation.book.get(id);
    let company = entry.and_then(|entry| {
        let linked = entry.company.and_then(|company| situation.book.get(company));
        let name = linked.map(|company| company.name.clone()).or_else(|| entry.field("company"))?;
        Some(fold(name.raw()))
    });
    (id.to_string(), company, entry.is_some_and(|entry| entry.knows_me))
}

fn listed(cycle: u32, on: Date, member: &Member) -> Fact {
    let kind = FactKind::Listed {
        cycle,
        entry: member.entry,
        rank: member.rank,
        option: member.option.clone(),
        counts: member.counts,
    };
    Fact::on(on, kind)
}

/// The plan's companies: one list for the plan's life.
fn companies(situation: &Situation<'_>, entries: &[EntryId]) -> Accepted {
    let mut accepted = Accepted::default();
    let known = &situation.state.companies;
    let mut rank = known.iter().map(|member| member.rank).max().unwrap_or(0);
    for entry in entries {
        let listed = known.iter().any(|member| member.entry == *entry)
            || accepted.facts.iter().any(|fact| fact.entry() == Some(*entry));
        if listed {
            accepted.notes.push(Note::Listed { entry: *entry });
            continue;
        }
        rank += 1;
        let kind = FactKind::Listed { cycle: 0, entry: *entry, rank, option: None, counts: true };
        accepted.facts.push(Fact::on(situation.today(), kind));
    }
    accepted
}

pub(super) fn unlist(
    situation: &Situation<'_>,
    entry: EntryId,
    cycle: u32,
) -> Result<Accepted, Rejection> {
    let not_listed = || Rejection::NotListed { name: name(situation, entry) };
    if cycle == 0 {
        let listed = situation.state.companies.iter().any(|member| member.entry == entry);
        if !listed {
            return Err(not_listed());
        }
    } else {
        let cycle = situation.state.cycles.get(&cycle).ok_or(Rejection::NoCycle)?;
        cycle.member(entry).ok_or_else(not_listed)?;
        if let Some((on, _)) = cycle.sent_to(entry).first() {
            return Err(Rejection::AlreadyMessaged { name: name(situation, entry), on: *on });
        }
    }
    Ok(Accepted::facts([Fact::on(situation.today(), FactKind::Unlisted { cycle, entry })]))
}
