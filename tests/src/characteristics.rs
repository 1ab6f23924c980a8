//! How often a comparison calls a difference that is not there, and one that is.
//!
//! Whole comparisons go through the engine that runs plans: people are known, join a list, are drawn
//! onto a side, get a message, answer or not, and the comparison gives its verdict and its words.
//! Knows who answers. It must not know a rule of the statistics: those are the engine's.
//!
//! The setting is that of the design: 56 messages in two cycles of 28 people. Of the first cycle's
//! people eight in ten know the seeker, of the second's two in ten: a list begins with the people one
//! knows. Of those 35 % answer, of the others 10 %.

use std::collections::{BTreeMap, BTreeSet};

use fortnight_engine::calendar::{Hours, WeekdaySet};
use fortnight_engine::experiment::VerdictCode;
use fortnight_engine::notebook::{Beginning, Notebook, OpenPlan, Recording};
use fortnight_engine::people::{Book, Entry, EntryId};
use fortnight_engine::plan::{
    Between, Command, Situation, TaskKey, compare, decide, decide_known, resolve,
};
use fortnight_engine::playbook::{self, Decision, Playbook};
use fortnight_engine::source::SourceFile;
use fortnight_engine::store::MemoryStore;
use fortnight_engine::words::Words;
use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};

const PLAYBOOK: &str = "
fortnight: 1
playbook: two-tones
version: 1.0.0
title: Two tones
choices:
  tone: {ask: Which tone?, options: {plain: Plain, warm: Warm}, split: yes}
people: {size: 28}
cycle: {length: 14 days, decided_by: replies}
metrics: {replies: {title: Replies, out_of: write, count: replied, within: 9 days}}
messages:
  note: {channel: phone, by: tone, text: {plain: Hello., warm: Hello there.}}
steps:
  pick: {title: Pick, choose: tone}
  write: {title: Write, for_each: people, send: note}
  look: {title: Look, decide: [again, use, stop], at: day 14}
";

/// People on the list of a cycle.
const PEOPLE: u64 = 28;

/// The share of people who know the seeker, in the first cycle and in the second.
const WARM: [f64; 2] = [0.8, 0.2];

/// Who answers: of those who know the seeker, and of the others.
const RATES: [f64; 2] = [0.35, 0.10];

/// How two options come to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Both options in one cycle of all 56 people, looked at once.
    OneCycle,
    /// Both options in both cycles, put together: the second look at the pair.
    TwoCycles,
    /// Everybody in the first cycle gets one, everybody in the second the other.
    BeforeAfter,
    /// The same, and nobody wrote down who knows the seeker.
    BeforeAfterBlind,
}

impl Design {
    /// All of them, with the words of the table.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::OneCycle, "both options in one cycle, one look"),
        (Self::TwoCycles, "both options in two cycles, second look"),
        (Self::BeforeAfter, "one cycle each"),
        (Self::BeforeAfterBlind, "one cycle each, who knows you not recorded"),
    ];

    fn is_split(self) -> bool {
        matches!(self, Self::OneCycle | Self::TwoCycles)
    }
}

/// What came of one comparison.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was said.
    pub verdict: VerdictCode,
    /// The sentence and the advice.
    pub words: String,
    /// The people on each side, and those of them who know the seeker.
    pub sides: [(u32, u32); 2],
    /// Both options within each company, over all companies with several people.
    pub companies_split: u32,
}

/// Everything that a run of comparisons needs, read once.
#[derive(Debug)]
pub struct Bench {
    split: (Playbook, String),
    whole: (Playbook, String),
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}

impl Bench {
    /// Reads the playbook, with and without a split.
    ///
    /// # Panics
    ///
    /// Where the playbook has errors.
    pub fn new() -> Self {
        let read = |text: String| {
            let loaded = playbook::load(SourceFile::new("two-tones.yaml", text), &|_, _| None);
            let playbook = loaded.playbook.expect("it has no errors");
            (playbook, loaded.packed.expect("it is packed"))
        };
        Self {
            split: read(PLAYBOOK.to_owned()),
            whole: read(PLAYBOOK.replace("split: yes", "split: no")),
        }
    }

    /// One comparison: `lift` is added to the probability of an answer for those who get the new
    /// option.
    ///
    /// # Panics
    ///
    /// Where a plan refuses what anybody may do.
    pub fn run(&self, design: Design, lift: f64, seed: u64) -> Outcome {
        let (playbook, packed) = if design.is_split() { &self.split } else { &self.whole };
        let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut trial = Trial::begin(playbook, packed, design, seed, &mut draw);
        let [first, second] = [date(2026, 3, 2), date(2026, 3, 16)];
        if design == Design::OneCycle {
            trial.cycle(1, people(1).chain(people(2)).collect(), first, lift, &mut draw);
        } else {
            trial.cycle(1, people(1).collect(), first, lift, &mut draw);
            trial.next(design, second);
            trial.cycle(2, people(2).collect(), second, lift, &mut draw);
        }
        trial.outcome(design)
    }
}

/// `SplitMix64`.
struct Draw(u64);

impl Draw {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        f64::from(u32::try_from(mixed >> 32).unwrap_or(0)) / 4_294_967_296.0
    }
}

struct Trial {
    open: OpenPlan,
    now: Timestamp,
    warm: BTreeSet<EntryId>,
}

fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).in_tz("UTC").expect("a day has a noon").timestamp()
}

fn people(cycle: u64) -> impl Iterator<Item = EntryId> {
    ((cycle - 1) * PEOPLE + 1..=cycle * PEOPLE).map(EntryId)
}

impl Trial {
    fn begin(
        playbook: &Playbook,
        packed: &str,
        design: Design,
        seed: u64,
        draw: &mut Draw,
    ) -> Self {
        let mut book = Book::new();
        let mut known = BTreeSet::new();
        for (cycle, warm) in [1, 2].into_iter().zip(WARM) {
            for id in people(cycle) {
                let mut person = Entry::person(id, format!("Person {id}"));
                let knows_me = draw.unit() < warm;
                person.knows_me = knows_me && design != Design::BeforeAfterBlind;
                if knows_me {
                    known.insert(id);
                }
                // Every seventh company has two people.
                let company = if id.0 % 7 == 0 { id.0 - 1 } else { id.0 };
                person.set("company", Words::new(format!("Company {company}")));
                book.insert(person);
            }
        }
        let now = noon(date(2026, 3, 2));
        let compared = Some(("tone".to_owned(), "warm".to_owned()));
        let beginning = Beginning {
            playbook: playbook.clone(),
            packed: packed.to_owned(),
            zone: "UTC".to_owned(),
            weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
            hours: Hours::default(),
            seed,
            start: date(2026, 3, 2),
            inputs: BTreeMap::new(),
            compared: compared.filter(|_| design.is_split()),
            book,
        };
        let recording =
            Recording { command: "start", plan: None, entries: &[], whole: true, anyway: false };
        let begun = Notebook::new(MemoryStore::new()).record(&recording, now, |session| {
            session.start(beginning.clone(), now)?;
            Ok(session.plan()?.clone())
        });
        Self { open: begun.expect("a plan begins").value, now, warm: known }
    }

    fn situation(&self) -> Situation<'_> {
        self.open.situation(self.now)
    }

    fn decide(&mut self, command: &Command) {
        let accepted =
            decide(&self.situation(), command, false).expect("nothing speaks against it");
        for fact in &accepted.facts {
            self.open.state.evolve(fact);
        }
    }

    /// A cycle of the plan: everybody is listed and written to on its first day.
    fn cycle(
        &mut self,
        number: u32,
        entries: Vec<EntryId>,
        start: Date,
        lift: f64,
        draw: &mut Draw,
    ) {
        self.now = noon(start);
        self.decide(&Command::List { entries: entries.clone(), cycle: number });
        let mut facts = Vec::new();
        {
            let situation = self.situation();
            let resolution = resolve(&situation);
            for entry in &entries {
                let task = TaskKey::of(number, "write".into(), *entry);
                let done = Command::Done {
                    task,
                    on: start,
                    answers: BTreeMap::new(),
                    text: None,
                    channel: None,
                };
                let accepted = decide_known(&situation, Some(&resolution), &done, false);
                facts.extend(accepted.expect("the message is due").facts);
            }
        }
        for fact in &facts {
            self.open.state.evolve(fact);
        }
        let after = start.checked_add(Span::new().days(3)).expect("there is such a day");
        self.now = noon(after);
        for entry in entries {
            let cycle = self.open.state.cycles.get(&number).expect("the cycle has begun");
            let drawn = cycle.member(entry).and_then(|member| member.option.clone());
            let whole = cycle.compared.as_ref().is_some_and(|(pair, _)| !pair.split);
            let new = drawn.map_or(whole, |option| &*option == "warm");
            let [warm, cold] = RATES;
            let rate = if self.warm.contains(&entry) { warm } else { cold };
            let rate = if new { rate + lift } else { rate };
            if draw.unit() < rate {
                self.decide(&Command::Record {
                    entry,
                    outcome: "replied".to_owned(),
                    on: after,
                    time: None,
                    fields: BTreeMap::new(),
                    channel: None,
                });
            }
        }
        // Everybody is counted after nine days; the review comes on the last workday.
        self.now = noon(start.checked_add(Span::new().days(11)).expect("there is such a day"));
    }

    fn next(&mut self, design: Design, start: Date) {
        let next = design.is_split().then_some(start);
        self.decide(&Command::Decide {
            decision: Decision::Again,
            option: None,
            why: Words::new("as planned"),
            next,
            shown: String::new(),
        });
        if !design.is_split() {
            let compared = Some(("tone".to_owned(), "warm".to_owned()));
            self.decide(&Command::StartCycle { start, compared });
        }
    }

    fn outcome(&self, design: Design) -> Outcome {
        let situation = self.situation();
        let between = match design {
            Design::OneCycle => Between::Within(1),
            Design::TwoCycles => Between::Pooled(vec![1, 2]),
            Design::BeforeAfter | Design::BeforeAfterBlind => Between::Cycles(1, 2),
        };
        let comparison = compare(&situation, &between).expect("there is something to compare");
        let mut sides = [(0, 0); 2];
        for (side, figures) in sides.iter_mut().zip(&comparison.sides) {
            *side = (figures.tally.out_of, figures.know_me);
        }
        Outcome {
            verdict: comparison.verdict.code,
            words: format!("{} {}", comparison.headline.sentence, comparison.headline.advice),
            sides,
            companies_split: self.companies_split(),
        }
    }

    fn companies_split(&self) -> u32 {
        let mut split = 0;
        for cycle in self.open.state.cycles.values() {
            let mut options: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for member in &cycle.members {
                let company = self.open.book.get(member.entry).and_then(|one| one.field("company"));
                let option = member.option.as_deref().unwrap_or("");
                options
                    .entry(company.map_or_else(String::new, |name| name.raw().to_owned()))
                    .or_default()
                    .push(option);
            }
            let differ = |options: &&Vec<&str>| options.windows(2).any(|two| two[0] != two[1]);
            split += u32::try_from(options.values().filter(differ).count()).unwrap_or(u32::MAX);
        }
        split
    }
}
