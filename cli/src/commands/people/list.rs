//! `fortnight people list`, also bare `fortnight people`: the list of a cycle, or everybody.

use std::collections::BTreeMap;

use clap::Args;
use fortnight_engine::calendar::show_day;
use fortnight_engine::diagnostic::nearest;
use fortnight_engine::notebook::OpenPlan;
use fortnight_engine::people::filter::{Filter, is_year_or_month};
use fortnight_engine::people::{Entry, EntryId, Kind, read_date};
use fortnight_engine::plan::{
    self, CycleState, Member, Situation, field_names, lacks, progress, resolve,
};
use fortnight_engine::playbook::{FieldKind, Id};
use fortnight_engine::words::Words;
use serde::Serialize;

use super::listed_cycle;
use crate::desk::Desk;
use crate::failure::{CliError, Status};
use crate::render::table::{Column, Table};
use crate::render::words::{count, entries, inside, place_of_work};
use crate::render::{COLUMNS, people};
use crate::session::Session;

/// Whom to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(crate) struct List {
    /// Everybody who is known, on the list or not
    #[arg(long)]
    all: bool,
    /// Only those of whom a message or a task needs to know more
    #[arg(long)]
    missing: bool,
    /// Companies instead of people
    #[arg(long, conflicts_with = "all")]
    companies: bool,
    /// Only those who fit, such as 'position contains "design" and profile'
    #[arg(long = "where", value_name = "TEST")]
    test: Option<String>,
    /// The list of another cycle
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["all", "companies"])]
    cycle: Option<u32>,
}

impl List {
    /// All companies.
    pub(super) fn of_companies() -> Self {
        Self { companies: true, ..Self::default() }
    }

    /// The same with what was asked for before the word `list`.
    pub(super) fn with(&self, before: &Self) -> Self {
        Self {
            all: self.all || before.all,
            missing: self.missing || before.missing,
            companies: self.companies || before.companies,
            test: self.test.clone().or_else(|| before.test.clone()),
            cycle: self.cycle.or(before.cycle),
        }
    }
}

/// `people list --json`, version 1.
#[derive(Serialize)]
struct PeopleData {
    version: u32,
    /// The number of the plan.
    plan: u64,
    /// The cycle whose list it is; nothing where everybody or the companies are shown and no cycle
    /// has begun.
    cycle: Option<u32>,
    /// In list order; everybody else behind, in the order in which they came to be known.
    people: Vec<PersonData>,
}

/// A person or a company.
#[derive(Serialize)]
struct PersonData {
    id: u64,
    /// `person` or `company`.
    kind: &'static str,
    name: String,
    /// The place on the list, from 1; nothing for those who are not on it.
    rank: Option<u32>,
    /// The option drawn for them, where the cycle runs two side by side.
    option: Option<String>,
    /// False for those added after the list closed.
    compared: Option<bool>,
    /// Everything else that is known, by the name of the field.
    fields: BTreeMap<String, String>,
    /// The number of the company's own entry.
    company: Option<u64>,
    /// Who referred them, by number.
    introduced_by: Option<u64>,
    knows_me: bool,
    do_not_contact: bool,
    state: StateData,
    /// Empty fields that open tasks ask for.
    missing: Vec<String>,
}

/// Where somebody has got to.
#[derive(Serialize)]
struct StateData {
    /// `untouched`, `sent`, `do_not_contact`, or the outcome that stands, such as `replied`.
    code: String,
    on: Option<String>,
}

/// One line of the list.
struct Line<'a> {
    entry: &'a Entry,
    /// Where they stand on the list of the cycle.
    member: Option<&'a Member>,
    progress: plan::Progress,
    missing: Vec<Id>,
    /// Of a company: how many of its people were written to, and how many of them answered.
    people: Option<(usize, usize)>,
}

/// Runs the command.
pub(crate) fn run(session: &mut Session<'_>, list: &List) -> Result<Status, CliError> {
    let desk = Desk::to_read(session)?;
    // People of cycles that are over belong to their companies too.
    let whole = list.all || list.companies;
    let open = if whole { desk.open_whole()? } else { desk.open(&[])? };
    let filter =
        list.test.as_deref().map(|test| filter(&open, test, list.companies)).transpose()?;
    let situation = open.situation(desk.instant);
    let cycle = match list.cycle {
        Some(number) => {
            let known = open.state.cycles.get(&number);
            Some(known.ok_or_else(|| {
                CliError::refused_with(
                    format!("There is no cycle {number}."),
                    "fortnight people --all",
                )
            })?)
        }
        None => listed_cycle(&situation),
    };
    let mut lines = lines(&situation, cycle, list);
    lines.retain(|line| filter.as_ref().is_none_or(|filter| filter.fits(line.entry)));
    let some = lines.len();
    lines.retain(|line| !list.missing || !line.missing.is_empty());
    if session.global.json {
        let people = lines.iter().map(data).collect();
        let cycle = cycle.map(|cycle| cycle.number);
        session.print_json(&PeopleData { version: 1, plan: desk.plan.0, cycle, people })?;
        return Ok(Status::Done);
    }
    if lines.is_empty() {
        session.say(nobody(list, some, filter.is_some()))?;
        return Ok(Status::Done);
    }
    let heading = heading(&situation, cycle, list, lines.len());
    session.tell(&heading)?;
    session.print(&table(&open, cycle, list, &lines))?;
    close(session, list, &situation, cycle, &lines)?;
    Ok(Status::Done)
}

/// Who is shown, in list order.
fn lines<'a>(
    situation: &Situation<'a>,
    cycle: Option<&'a CycleState>,
    list: &List,
) -> Vec<Line<'a>> {
    let mut missing: BTreeMap<EntryId, Vec<Id>> = lacks(situation, &resolve(situation))
        .into_iter()
        .map(|lack| (lack.entry, lack.fields))
        .collect();
    let members: &[Member] = match cycle {
        _ if list.companies => &situation.state.companies,
        Some(cycle) => &cycle.members,
        None => &[],
    };
    let mut shown: Vec<(EntryId, Option<&Member>)> =
        members.iter().map(|member| (member.entry, Some(member))).collect();
    if list.all {
        let rest = situation.book.iter().map(|entry| entry.id);
        let rest: Vec<EntryId> =
            rest.filter(|id| !members.iter().any(|member| member.entry == *id)).collect();
        shown.extend(rest.into_iter().map(|id| (id, None)));
    }
    shown
        .into_iter()
        .filter_map(|(id, member)| {
            let entry = situation.book.get(id).filter(|entry| entry.forgotten.is_none())?;
            // Somebody who is not on this list may have been on another.
            let theirs = cycle.filter(|_| member.is_some());
            let theirs = theirs.or_else(|| situation.state.cycles_of(id).next()).or(cycle);
            let progress = match theirs {
                Some(cycle) => progress(situation, cycle, id),
                None if entry.do_not_contact => plan::Progress::DoNotContact,
                None => plan::Progress::Untouched,
            };
            let missing = missing.remove(&id).unwrap_or_default();
            let people = (entry.kind == Kind::Company).then(|| reached(situation, id));
            Some(Line { entry, member, progress, missing, people })
        })
        .collect()
}

/// How many people of a company were written to in this plan, and how many of them answered.
fn reached(situation: &Situation<'_>, company: EntryId) -> (usize, usize) {
    let today = situation.today();
    let mut reached = (0, 0);
    for person in situation.book.people_of(company) {
        let mut cycles = situation.state.cycles_of(person.id);
        let Some(cycle) = cycles.find(|cycle| !cycle.sent_to(person.id).is_empty()) else {
            continue;
        };
        let happenings = cycle.happenings.get(&person.id);
        let reply = happenings.and_then(|known| known.reply(situation.playbook, today));
        reached.0 += 1;
        reached.1 += usize::from(reply.is_some());
    }
    reached
}

/// Who fits: a test over fields that there are.
pub(super) fn filter(open: &OpenPlan, test: &str, companies: bool) -> Result<Filter, CliError> {
    let filter = Filter::parse(test).map_err(|mistake| {
        let place = test.get(mistake.range).unwrap_or_default().trim();
        let place = if place.is_empty() { test } else { place };
        CliError::refused_with(
            format!("At `{}`: {}", Words::new(place).terminal(), inside(&mistake.message)),
            "fortnight people --where 'position contains \"design\" and knows_me'",
        )
    })?;
    let kind = if companies { Kind::Company } else { Kind::Person };
    let known = field_names(&open.playbook, kind);
    let unknown = filter.fields().into_iter().find(|asked| !known.iter().any(|id| **id == **asked));
    let Some(unknown) = unknown else {
        let no_date = filter.comparisons().into_iter().find(|(field, wanted)| {
            is_date(open, kind, field) && read_date(wanted).is_none() && !is_year_or_month(wanted)
        });
        return match no_date {
            None => Ok(filter),
            Some((field, wanted)) => Err(CliError::refused_with(
                format!("`{field}` is a date, and `{}` is none.", Words::new(wanted).terminal()),
                format!("fortnight people --where '{field} >= 2024-01-31'"),
            )),
        };
    };
    let near = nearest(unknown, known.iter().map(|id| &**id));
    let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
    let names: Vec<&str> = known.iter().map(|id| &**id).collect();
    Err(CliError::refused_with(
        format!("`{unknown}` is not a field here.{near}"),
        format!("There is: {}", names.join(", ")),
    ))
}

/// Whether a field holds days.
fn is_date(open: &OpenPlan, kind: Kind, field: &str) -> bool {
    let fields = match kind {
        Kind::Person => &open.playbook.people.fields,
        Kind::Company => match &open.playbook.companies {
            Some(companies) => &companies.fields,
            None => return false,
        },
    };
    let own = fields.iter().find(|known| *known.id == *field);
    field == "connected_on"
        || own.is_some_and(|own| matches!(own.kind, FieldKind::Date | FieldKind::Datetime))
}

fn nobody(list: &List, some: usize, tested: bool) -> &'static str {
    match () {
        () if list.missing && some > 0 => "Nobody lacks a field that is needed now.",
        () if tested => "Nobody fits this test.",
        () if list.companies => {
            "No company is on the list yet.\nNext: fortnight people add --company \"Northwind\""
        }
        () if list.all => "Nobody is known yet.\nNext: fortnight people import FILE",
        () => {
            "Nobody is on the list yet.\nNext: fortnight people import FILE, or fortnight people \
             add \"Dana Wu, Adyen\""
        }
    }
}

/// `Cycle 1 · 28 people · the list closes Fri 6 Mar · A as you write today, B a clear ask`
fn heading(
    situation: &Situation<'_>,
    cycle: Option<&CycleState>,
    list: &List,
    shown: usize,
) -> String {
    let people = if list.companies {
        count(shown, "company", "companies")
    } else {
        count(shown, "person", "people")
    };
    let Some(cycle) = cycle.filter(|_| !list.all && !list.companies) else { return people };
    let mut parts = vec![format!("Cycle {}", cycle.number), people];
    let summary = plan::summary(situation, cycle);
    let verb = if summary.list_closes < situation.today() { "closed" } else { "closes" };
    parts.push(format!("the list {verb} {}", show_day(summary.list_closes)));
    if let Some((baseline, option)) = sides(situation, cycle) {
        parts.push(format!("A {baseline}, B {option}"));
    }
    parts.join(" · ")
}

/// The two options that run side by side, as people read them.
fn sides(situation: &Situation<'_>, cycle: &CycleState) -> Option<(String, String)> {
    let (compared, _) = cycle.compared.as_ref()?;
    cycle.members.iter().find(|member| member.option.is_some())?;
    let choice = situation.playbook.choice(&compared.choice)?;
    let title = |id: &Id| {
        let option = choice.options.iter().find(|option| option.id == *id)?;
        Some(inside(&option.title))
    };
    Some((title(&compared.baseline)?, title(&compared.option)?))
}

fn table(open: &OpenPlan, cycle: Option<&CycleState>, list: &List, lines: &[Line<'_>]) -> String {
    let mut table = Table::new(vec![
        Column::NUMBER,
        Column::WORDS,
        Column::yielding(16),
        Column::yielding(20),
        Column::yielding(8),
    ])
    .indent(2);
    for line in lines {
        let place = match line.member {
            Some(member) if !list.all => member.rank.to_string(),
            Some(_) | None => format!("@{}", line.entry.id),
        };
        let mut state = match line.people {
            Some((written, answered)) if written > 0 => of_company(written, answered),
            Some(_) | None => people::progress(&line.progress, &open.playbook),
        };
        if !line.missing.is_empty() {
            let needs = format!("needs {}", people::fields(&line.missing));
            state = match line.progress {
                plan::Progress::Untouched if line.people.is_none_or(|(sent, _)| sent == 0) => needs,
                plan::Progress::DoNotContact
                | plan::Progress::Ended { .. }
                | plan::Progress::Answered { .. }
                | plan::Progress::Sent { .. }
                | plan::Progress::Untouched => format!("{state}; {needs}"),
            };
        }
        if list.all && line.member.is_none() && line.progress == plan::Progress::Untouched {
            state = String::new();
        }
        let side = line.member.map_or("", |member| side(cycle, member));
        let work = match line.entry.kind {
            Kind::Person => place_of_work(line.entry),
            Kind::Company if list.all => "company".to_owned(),
            Kind::Company => {
                let people = open.book.people_of(line.entry.id).count();
                count(people, "person", "people")
            }
        };
        table.row([place, side.to_owned(), line.entry.name.terminal(), state, work]);
    }
    table.to_text(COLUMNS)
}

/// `2 written to, 1 answered`.
fn of_company(written: usize, answered: usize) -> String {
    match answered {
        0 => format!("{written} written to"),
        answered => format!("{written} written to, {answered} answered"),
    }
}

/// `A` or `B` as in a comparison; a dash for those who are not compared.
fn side(cycle: Option<&CycleState>, member: &Member) -> &'static str {
    let compared = cycle.and_then(|cycle| cycle.compared.as_ref());
    match (compared, &member.option) {
        (Some(_), _) if !member.counts => "–",
        (Some((compared, _)), Some(option)) if compared.option == *option => "B",
        (Some(_), Some(_)) => "A",
        (Some(_) | None, _) => "",
    }
}

/// What the list asks for next.
fn close(
    session: &mut Session<'_>,
    list: &List,
    situation: &Situation<'_>,
    cycle: Option<&CycleState>,
    lines: &[Line<'_>],
) -> Result<(), CliError> {
    let late = lines.iter().filter_map(|line| line.member).any(|member| !member.counts);
    if late && cycle.is_some_and(|cycle| cycle.compared.is_some()) {
        session.say("–  added after the list closed: served like the others, but not compared")?;
    }
    let lacking = lines.iter().filter(|line| !line.missing.is_empty()).count();
    if lacking > 0 {
        let is_company = |line: &&Line<'_>| line.entry.kind == Kind::Company;
        let short = lines.iter().filter(|line| !line.missing.is_empty());
        let companies = short.filter(is_company).count();
        let who = entries(lacking - companies, companies);
        let verb = if lacking == 1 { "lacks" } else { "lack" };
        return session.say(&format!("{who} {verb} a field. Next: fortnight people fill"));
    }
    let advised = situation.playbook.people.size.least.unwrap_or(0);
    let short = cycle.map_or(0, |cycle| cycle.members.len());
    let whole = !list.all && !list.companies && list.test.is_none() && !list.missing;
    if whole && u32::try_from(short).is_ok_and(|people| people < advised) {
        session.say(&format!(
            "The playbook suggests at least {advised} people; {short} is fine to begin with.\n\
             Next: fortnight people import FILE, or fortnight people add \"Dana Wu, Adyen\""
        ))?;
    }
    Ok(())
}

fn data(line: &Line<'_>) -> PersonData {
    let entry = line.entry;
    let (code, on) = people::code(&line.progress);
    PersonData {
        id: entry.id.0,
        kind: match entry.kind {
            Kind::Person => "person",
            Kind::Company => "company",
        },
        name: entry.name.raw().to_owned(),
        rank: line.member.map(|member| member.rank),
        option: line.member.and_then(|member| member.option.as_ref()).map(ToString::to_string),
        compared: line.member.map(|member| member.counts),
        fields: entry
            .fields
            .iter()
            .map(|(name, value)| (name.to_owned(), value.raw().to_owned()))
            .collect(),
        company: entry.company.map(|company| company.0),
        introduced_by: entry.introduced_by.map(|by| by.0),
        knows_me: entry.knows_me,
        do_not_contact: entry.do_not_contact,
        state: StateData { code, on },
        missing: line.missing.iter().map(ToString::to_string).collect(),
    }
}
