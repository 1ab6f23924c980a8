//! R11, R13: a second, naive account of a plan, held against the real one after every command.
//!
//! It keeps what was said, in a list, and marks what was undone; every answer is worked out anew
//! from that list with loops and sets of days. It knows no facts, no folding, no reading in parts.
//! Whether something may be said at all it leaves to the engine; each rule has its own tests.

#![expect(
    clippy::wildcard_enum_match_arm,
    clippy::too_many_lines,
    reason = "each question looks for one kind of saying, and the kinds are one list"
)]

use std::collections::{BTreeMap, BTreeSet};

use fortnight_engine::calendar::{BusyTimes, Hours, WeekdaySet};
use fortnight_engine::people::{Change, Favour, FavourKind};
use fortnight_engine::plan::metric::tally;
use fortnight_engine::plan::{Command, Completed, Rejection};
use fortnight_engine::playbook::Decision;
use fortnight_engine::words::Words;
use jiff::civil::{Date, time};
use jiff::{Span, ToSpan};
use proptest::prelude::*;

use crate::TWO_MESSAGES;
use crate::story::{Story, day, review};

const PEOPLE: [&str; 3] = ["Ana", "Ben", "Cem"];
const OUTCOMES: [&str; 8] =
    ["accepted", "replied", "booked", "missed", "declined", "bounced", "auto_reply", "talked"];
const STEPS: [&str; 4] = ["send-intro", "follow-up", "offer-times", "talk"];
const ZONES: [&str; 3] = ["Europe/Paris", "Asia/Tokyo", "America/New_York"];

/// Something that was said, as a person would put it.
#[derive(Clone, Debug)]
enum Said {
    Done { cycle: u32, step: &'static str, who: &'static str, on: Date },
    Skipped { cycle: u32, step: &'static str, who: &'static str, on: Date },
    Corrected { cycle: u32, step: &'static str, who: &'static str, on: Date },
    Moved { cycle: u32, step: &'static str, who: &'static str, to: Date },
    Came { cycle: u32, who: &'static str, outcome: &'static str, on: Date },
    Peace { who: &'static str, yes: bool },
    Favour { who: &'static str, favour: Favour },
    Noted { who: &'static str, note: String },
    Answered(String),
    Away(Date, Date),
    Off(Date, Date),
    Zone(&'static str),
    Week(WeekdaySet),
    Hours(Hours),
    Busy(BusyTimes),
    Compares(&'static str),
    Decided { cycle: u32, decision: Decision, next: Option<Date> },
    Abandoned { cycle: u32, on: Date },
    Begun(Date),
    Took { mid_cycle: bool },
}

/// What was said, in order, and whether it still stands.
#[derive(Default)]
struct Model {
    said: Vec<(Said, bool)>,
    undone: Vec<usize>,
}

impl Model {
    fn say(&mut self, said: Said) {
        self.said.push((said, true));
        self.undone.clear();
    }

    fn undo(&mut self) {
        let newest = self.said.iter().rposition(|(_, stands)| *stands).expect("the engine undid");
        self.said[newest].1 = false;
        self.undone.push(newest);
    }

    fn redo(&mut self) {
        let last = self.undone.pop().expect("the engine brought something back");
        self.said[last].1 = true;
    }

    fn stands(&self) -> impl DoubleEndedIterator<Item = &Said> {
        self.said.iter().filter(|(_, stands)| *stands).map(|(said, _)| said)
    }

    fn last<T>(&self, what: impl Fn(&Said) -> Option<T>) -> Option<T> {
        self.stands().rev().find_map(what)
    }

    fn days(&self, range: impl Fn(&Said) -> Option<(Date, Date)>) -> BTreeSet<Date> {
        let ranges = self.stands().filter_map(range);
        ranges.flat_map(|(from, to)| from.series(1.day()).take_while(move |on| *on <= to)).collect()
    }

    /// The first day of each cycle.
    fn cycles(&self) -> Vec<Date> {
        let later = self.stands().filter_map(|said| match said {
            Said::Decided { next, .. } => *next,
            Said::Begun(start) => Some(*start),
            _ => None,
        });
        std::iter::once(day("2026-03-02")).chain(later).collect()
    }

    /// The day of a task, and whether it was done or skipped.
    fn task(&self, cycle: u32, step: &str, who: &str) -> Option<(Date, bool)> {
        let mut known: Option<(Date, bool)> = None;
        for said in self.stands() {
            match said {
                Said::Done { cycle: c, step: s, who: w, on }
                    if (*c, *s, *w) == (cycle, step, who) =>
                {
                    known = Some((*on, true));
                }
                Said::Corrected { cycle: c, step: s, who: w, on }
                    if (*c, *s, *w) == (cycle, step, who) =>
                {
                    known = Some((*on, true));
                }
                Said::Skipped { cycle: c, step: s, who: w, on }
                    if (*c, *s, *w) == (cycle, step, who) =>
                {
                    known = Some((*on, false));
                }
                _ => {}
            }
        }
        known
    }

    /// The days on which an outcome came, as they were said.
    fn came(&self, cycle: u32, who: &str, outcome: &str) -> Vec<Date> {
        let came = self.stands().filter_map(|said| match said {
            Said::Came { cycle: c, who: w, outcome: o, on }
                if (*c, *w, *o) == (cycle, who, outcome) =>
            {
                Some(*on)
            }
            // The talk records that one talked.
            Said::Done { cycle: c, step: "talk", who: w, on }
                if outcome == "talked" && (*c, *w) == (cycle, who) =>
            {
                Some(*on)
            }
            _ => None,
        });
        came.collect()
    }

    /// Replies within nine days of the first message: everyone, those counted, the hits among them.
    fn replies(&self, cycle: u32, today: Date) -> (u32, u32, u32) {
        let human = ["replied", "booked", "missed", "declined", "talked"];
        let (mut all, mut counted, mut hits) = (0, 0, 0);
        for who in PEOPLE {
            let earlier = (1..cycle)
                .any(|before| self.task(before, "send-intro", who).is_some_and(|(_, done)| done));
            let bounced = !self.came(cycle, who, "bounced").is_empty();
            let Some((sent, true)) = self.task(cycle, "send-intro", who) else { continue };
            if bounced || earlier {
                continue;
            }
            all += 1;
            let closes = sent.checked_add(Span::new().days(9)).unwrap();
            let reply = human.iter().flat_map(|one| self.came(cycle, who, one)).min();
            if closes <= today {
                counted += 1;
                hits += u32::from(reply.is_some_and(|reply| reply <= closes));
            }
        }
        (all, counted, hits)
    }
}

fn name(number: u8) -> &'static str {
    PEOPLE[usize::from(number) % PEOPLE.len()]
}

fn with_input() -> String {
    format!("inputs: {{role: {{ask: Which?, example: Designer}}}}\n{TWO_MESSAGES}")
}

fn newer() -> String {
    with_input().replace("title: Follow up\n", "title: Follow up once\n")
}

/// What a command comes to: something that was said, where the engine took it in.
fn act(story: &mut Story, model: &mut Model, (what, a, b): (u8, u8, u8)) {
    let (who, today) = (name(a), story.today);
    let open = story.open();
    let cycle = story.ask(|situation| situation.running().map_or(1, |cycle| cycle.number));
    let step = if b < 100 { STEPS[0] } else { STEPS[usize::from(b) % STEPS.len()] };
    let task = story.key(&format!("{step}/{who}"));
    let back = today.checked_sub(Span::new().days(i64::from(b) % 3)).unwrap();
    let ahead = today.checked_add(Span::new().days(1 + i64::from(b) % 5)).unwrap();
    let answers = BTreeMap::new;
    let (command, said) = match what {
        0..=3 => (
            Command::Done { task, on: back, answers: answers(), text: None, channel: None },
            Said::Done { cycle, step, who, on: back },
        ),
        4 => (
            Command::Skip { task, on: today, reason: Some(Words::new("no")) },
            Said::Skipped { cycle, step, who, on: today },
        ),
        5 => (
            Command::Correct {
                task,
                on: Some(back),
                answers: answers(),
                text: None,
                channel: None,
            },
            Said::Corrected { cycle, step, who, on: back },
        ),
        6 => (Command::Later { task, to: ahead }, Said::Moved { cycle, step, who, to: ahead }),
        7..=10 => {
            let outcome = OUTCOMES[usize::from(b) % OUTCOMES.len()];
            let on = today.checked_sub(Span::new().days(i64::from(a) % 4)).unwrap();
            // It belongs to the newest cycle whose message it can answer (E6).
            let sent = |cycle: &u32| {
                let days = STEPS[..3].iter().filter_map(|step| model.task(*cycle, step, who));
                days.filter(|(_, done)| *done).map(|(on, _)| on).min()
            };
            let count = u32::try_from(model.cycles().len()).unwrap();
            let of = (1..=count).rev().find(|c| sent(c).is_some_and(|sent| sent <= on));
            let Some(of) = of else { return };
            (story.recording(who, outcome, on, &[]), Said::Came { cycle: of, who, outcome, on })
        }
        11 => (Command::Away { from: today, to: ahead }, Said::Away(today, ahead)),
        12 => (Command::DaysOff { from: back, to: ahead }, Said::Off(back, ahead)),
        13 => {
            let zone = ZONES[usize::from(b) % ZONES.len()];
            (Command::Zone { zone: zone.to_owned() }, Said::Zone(zone))
        }
        14 => {
            let weekdays =
                WeekdaySet::parse(["mon to fri", "sun to thu"][usize::from(b) % 2]).unwrap();
            (Command::Weekdays { weekdays }, Said::Week(weekdays))
        }
        15 => {
            let hours =
                Hours::new(time(8, 0, 0, 0), time(12 + (b % 6).cast_signed(), 0, 0, 0)).unwrap();
            (Command::Hours { hours }, Said::Hours(hours))
        }
        16 => {
            let start = story.instant();
            let end = start.checked_add((1 + i64::from(b)).hours()).unwrap();
            let times: BusyTimes = [(start, end)].into_iter().collect();
            (Command::Busy { times: times.clone() }, Said::Busy(times))
        }
        17 => {
            let value = format!("answer {b}");
            (
                Command::Set { input: "role".into(), value: Words::new(&*value) },
                Said::Answered(value),
            )
        }
        18 => {
            let option = ["clear-ask", "gift"][usize::from(b) % 2];
            let command = Command::Compare { choice: "signal".into(), option: option.into() };
            (command, Said::Compares(option))
        }
        19 => {
            let next = story.next_monday();
            let decision = [Decision::Again, Decision::Stop][usize::from(b == 0)];
            let next = next.filter(|_| decision == Decision::Again);
            let text = next.map(|next| next.to_string());
            (review(decision, None, text.as_deref()), Said::Decided { cycle, decision, next })
        }
        20 if b < 20 => {
            let newest = open.state.cycles.keys().next_back().copied().unwrap();
            (Command::StopCycle, Said::Abandoned { cycle: newest, on: today })
        }
        20 => (Command::StartCycle { start: today, compared: None }, Said::Begun(today)),
        21 => return people(story, model, who, b),
        22 => return upgrade(story, model, b.is_multiple_of(2)),
        23..=25 => {
            // The plan itself is never taken back here.
            if model.stands().next().is_some() {
                story.undo();
                model.undo();
            }
            return;
        }
        26 | 27 => {
            if story.try_redo() {
                model.redo();
            }
            return;
        }
        _ => {
            story.today = ahead;
            return;
        }
    };
    if let Ok(accepted) = story.try_record(|session| session.decide(&command))
        && !accepted.facts.is_empty()
    {
        model.say(said);
    }
}

/// What is said of somebody, whatever plan they are in.
fn people(story: &mut Story, model: &mut Model, who: &'static str, b: u8) {
    let (entry, on) = (story.id(who), story.today);
    let said = match b % 3 {
        0 => Said::Peace { who, yes: b.is_multiple_of(2) },
        1 => {
            let kind = FavourKind::ALL[usize::from(b) % FavourKind::ALL.len()];
            Said::Favour { who, favour: Favour { on, kind, what: Words::new(format!("{b}")) } }
        }
        _ => Said::Noted { who, note: format!("note {b}") },
    };
    let recorded: Result<bool, Rejection> = story.try_record(|session| {
        match &said {
            Said::Peace { yes, .. } => session.change(Change::DoNotContact { entry, yes: *yes }),
            Said::Noted { note, .. } => session.change(Change::FieldSet {
                entry,
                field: "note".to_owned(),
                value: Some(Words::new(&**note)),
            }),
            Said::Favour { favour, .. } => return session.favour(entry, favour),
            _ => {}
        }
        Ok(true)
    });
    if recorded.unwrap_or(false) {
        model.say(said);
    }
}

/// Another version of the playbook, which goes by another title only.
fn upgrade(story: &mut Story, model: &mut Model, mid_cycle: bool) {
    let (playbook, packed) = crate::story::read_playbook(&newer());
    let upgrading = fortnight_engine::notebook::Upgrading {
        playbook,
        packed,
        renamed: BTreeMap::new(),
        inputs: BTreeMap::new(),
        mid_cycle,
    };
    if let Ok(accepted) = story.try_record(|session| session.upgrade(&upgrading))
        && !accepted.facts.is_empty()
    {
        model.say(Said::Took { mid_cycle });
    }
}

/// Everything that the model can say for itself is what the plan says.
fn check(story: &Story, model: &Model) {
    let open = story.open();
    let (state, today) = (&open.state, story.today);
    let starts: Vec<Date> = state.cycles.values().map(|cycle| cycle.start).collect();
    assert_eq!(starts, model.cycles());
    for (number, cycle) in &state.cycles {
        for who in PEOPLE {
            let id = story.id(who);
            for step in STEPS {
                let log = cycle.log.completed.iter();
                let known = log.clone().find(|(t, _)| &*t.step == step && t.entry == Some(id));
                let seen = known.map(|(_, done)| (done.on, done.how == Completed::Done));
                assert_eq!(seen, model.task(*number, step, who), "{number}:{step}/{who}");
                let moved = cycle.log.postponed.iter();
                let moved = moved.clone().find(|(t, _)| &*t.step == step && t.entry == Some(id));
                let said = model.last(|said| match said {
                    Said::Moved { cycle: c, step: s, who: w, to }
                        if (*c, *s, *w) == (*number, step, who) =>
                    {
                        Some(*to)
                    }
                    _ => None,
                });
                assert_eq!(moved.map(|(_, to)| *to), said, "later {number}:{step}/{who}");
            }
            for outcome in OUTCOMES {
                let recorded = cycle.happenings.get(&id).map_or(&[][..], |known| known.recorded());
                let of_it = recorded.iter().filter(|(id, _)| &**id == outcome);
                let days: Vec<Date> = of_it.map(|(_, happening)| happening.on).collect();
                // Correcting the day of a talk says once more that one talked.
                let mut expected = model.came(*number, who, outcome);
                if outcome == "talked" {
                    expected.truncate(days.len());
                    assert_eq!(days.first(), expected.first(), "{number} {who} {outcome}");
                } else {
                    assert_eq!(days, expected, "{number} {who} {outcome}");
                }
            }
        }
        let stopped = model.last(|said| match said {
            Said::Abandoned { cycle, on } if cycle == number => Some(*on),
            _ => None,
        });
        assert_eq!(cycle.stopped, stopped);
        let decided = model.last(|said| match said {
            Said::Decided { cycle, decision, .. } if cycle == number => Some(*decision),
            _ => None,
        });
        assert_eq!(cycle.conclusion.as_ref().map(|known| known.decision), decided);
        let seen = story.ask(|situation| {
            let metric = situation.playbook.metric("reply_rate").unwrap();
            let cycle = &situation.state.cycles[number];
            let tally = tally(situation, cycle, metric, situation.today(), |_| true);
            (tally.out_of, tally.counted, tally.hits)
        });
        assert_eq!(seen, model.replies(*number, today), "cycle {number} on {today}");
    }
    for who in PEOPLE {
        let entry = open.book.get(story.id(who)).unwrap();
        let peace = |said: &Said| match said {
            Said::Peace { who: w, yes } if *w == who => Some(*yes),
            _ => None,
        };
        assert_eq!(entry.do_not_contact, model.last(peace).unwrap_or(false), "{who}");
        let note = |said: &Said| match said {
            Said::Noted { who: w, note } if *w == who => Some(note.clone()),
            _ => None,
        };
        assert_eq!(entry.field("note").map(|words| words.raw().to_owned()), model.last(note));
        let favours: Vec<Favour> = model
            .stands()
            .filter_map(|said| match said {
                Said::Favour { who: w, favour } if *w == who => Some(favour.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(entry.favours, favours, "{who}");
    }
    settings(story, model);
}

fn settings(story: &Story, model: &Model) {
    let open = story.open();
    let state = &open.state;
    let away = model.days(|said| match said {
        Said::Away(from, to) => Some((*from, *to)),
        _ => None,
    });
    let off = model.days(|said| match said {
        Said::Off(from, to) => Some((*from, *to)),
        _ => None,
    });
    for date in day("2026-02-20").series(1.day()).take(300) {
        assert_eq!(state.away.contains(date), away.contains(&date), "{date}");
        assert_eq!(state.days_off.contains(date), off.contains(&date), "{date}");
    }
    let zone = model.last(|said| if let Said::Zone(zone) = said { Some(*zone) } else { None });
    assert_eq!(state.zone, zone.unwrap_or("Europe/Paris"));
    let week = model.last(|said| if let Said::Week(week) = said { Some(*week) } else { None });
    assert_eq!(state.weekdays, week.unwrap_or(WeekdaySet::MONDAY_TO_FRIDAY));
    let hours = model.last(|said| if let Said::Hours(hours) = said { Some(*hours) } else { None });
    assert_eq!(state.hours, hours.unwrap_or_default());
    let busy =
        model.last(|said| if let Said::Busy(busy) = said { Some(busy.clone()) } else { None });
    assert_eq!(state.busy, busy.unwrap_or_default());
    let answer =
        model.last(|said| if let Said::Answered(text) = said { Some(text.clone()) } else { None });
    let input = state.inputs.get("role").map(|words| words.raw().to_owned());
    assert_eq!(input, Some(answer.unwrap_or_else(|| "Designer".to_owned())));
    // Planned with one saying, taken with the next cycle; at once with the other.
    let mut taken = false;
    let mut planned = false;
    for said in model.stands() {
        match said {
            Said::Took { mid_cycle: true } => (taken, planned) = (true, false),
            Said::Took { mid_cycle: false } => planned = true,
            Said::Begun(_) | Said::Decided { next: Some(_), .. } => {
                (taken, planned) = (taken || planned, false);
            }
            _ => {}
        }
    }
    let title = open.playbook.step("follow-up").map(|step| step.title.as_str());
    assert_eq!(title, Some(if taken { "Follow up once" } else { "Follow up" }), "{planned}");
    let named = |said: &Said| if let Said::Compares(option) = said { Some(*option) } else { None };
    let compared = state.cycles.values().rev().find_map(|cycle| cycle.compared.as_ref());
    let option = compared.map(|(compared, _)| compared.option.to_string());
    assert_eq!(option.as_deref(), model.last(named));
}

/// Mostly what is done, what comes back, and days that pass.
fn script() -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    let what = prop_oneof![5 => 0_u8..=5, 5 => 7_u8..=10, 3 => 28_u8..32, 6 => 0_u8..32];
    prop::collection::vec((what, any::<u8>(), any::<u8>()), 20..70)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_naive_account_of_everything_said_agrees_at_every_prefix(
        script in script()
    ) {
        let mut story = Story::new(&with_input(), &PEOPLE);
        let mut model = Model::default();
        for line in script {
            act(&mut story, &mut model, line);
            check(&story, &model);
        }
    }
}
