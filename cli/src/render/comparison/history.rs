//! What was tried, learned and decided, as people read it.

use std::fmt::Write as _;

use fortnight_engine::calendar::{show_day, show_day_with_year};
use fortnight_engine::experiment::Side;
use fortnight_engine::plan::{
    Between, ClearCall, Comparison, ComparisonsMade, Conclusion, Confirmation, CycleRecord,
    History, PairRecord, Stage, Trend,
};
use fortnight_engine::playbook::{Decision, Id, Playbook};

use super::figures::{bar, counted, counts, interval, letter, percent, share};
use super::paragraph;
use crate::render::table::{Column, Table};
use crate::render::words::{count, inside, list, numbers};
use crate::render::{COLUMNS, width};

/// Every cycle in the order of time, then what they show together.
pub(crate) fn history_page(history: &History, playbook: &Playbook) -> String {
    let mut text = String::new();
    for cycle in &history.cycles {
        text.push_str(&one_cycle(cycle, playbook));
        text.push('\n');
    }
    text.push_str(&together(history, playbook));
    text
}

fn one_cycle(cycle: &CycleRecord, playbook: &Playbook) -> String {
    let end = show_day_with_year(cycle.end);
    let days = match cycle.stage {
        Stage::Planned => format!("starts {}", show_day_with_year(cycle.start)),
        Stage::Abandoned => format!("{} to {end}, abandoned", show_day(cycle.start)),
        Stage::Running | Stage::Over => format!("{} to {end}", show_day(cycle.start)),
    };
    let people = count(cycle.people, "person", "people");
    let mut text = paragraph(&format!("Cycle {} · {days} · {people}", cycle.number));
    let mut row = |name: &str, value: &str| {
        for (line, part) in width::wrap(value, COLUMNS - 11).into_iter().enumerate() {
            let name = if line == 0 { name } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {name:<7}  {part}");
        }
    };
    row("Tried", &tried(cycle, playbook));
    if cycle.stage != Stage::Planned
        && let Some(comparison) = &cycle.comparison
    {
        row("Seen", &seen(cycle, comparison));
    }
    if let Some(conclusion) = &cycle.conclusion {
        let decided = decision(conclusion, cycle, playbook);
        row("Decided", &format!("{}: {decided}", show_day(conclusion.on)));
        if !conclusion.why.is_blank() {
            row("Why", &format!("“{}”", conclusion.why.terminal()));
        }
        if !conclusion.shown.trim().is_empty() {
            row("Shown", conclusion.shown.trim());
        }
    }
    text
}

/// The two options, and what else was changed.
pub(crate) fn tried(cycle: &CycleRecord, playbook: &Playbook) -> String {
    let mut tried = match &cycle.compared {
        Some(pair) => {
            let title = |id| title(playbook, &pair.choice, id);
            let both = format!("{} / {}", title(&pair.baseline), title(&pair.option));
            if cycle.practice {
                format!("{} (practice: too few people to compare)", title(&pair.option))
            } else if pair.split {
                both
            } else {
                format!("{} (for everybody)", title(&pair.option))
            }
        }
        None => "nothing new".to_owned(),
    };
    if !cycle.second_changes.is_empty() {
        let _ = write!(tried, "; changed while it ran: {}", list(&cycle.second_changes));
    }
    tried
}

/// `A 2 of 15, B 7 of 15. Leaning towards B: …`
fn seen(cycle: &CycleRecord, comparison: &Comparison) -> String {
    let sides: Vec<String> = comparison
        .sides
        .iter()
        .map(|side| match letter(comparison, side) {
            letter if letter.is_empty() => counts(side),
            _ if side.cycle.is_some() => format!("{} {}", side.label, counts(side)),
            letter => format!("{letter} {}", counts(side)),
        })
        .collect();
    let sentence = match cycle.stage {
        // What was given up is shown as it is, and nothing is made of it.
        Stage::Abandoned => String::new(),
        Stage::Planned | Stage::Running | Stage::Over => comparison.headline.sentence.clone(),
    };
    format!("{}. {sentence}", sides.join(", ")).trim().to_owned()
}

/// `the same two once more`.
pub(crate) fn decision(
    conclusion: &Conclusion,
    cycle: &CycleRecord,
    playbook: &Playbook,
) -> String {
    match (conclusion.decision, &conclusion.option, &cycle.compared) {
        (Decision::Again, _, _) => "the same two once more".to_owned(),
        (Decision::Stop, _, _) => "no further cycle".to_owned(),
        (Decision::Use, Some(option), Some(pair)) => {
            format!("from now on {}", title(playbook, &pair.choice, option))
        }
        (Decision::Use, Some(option), None) => format!("from now on {option}"),
        (Decision::Use, None, _) => "the new option from now on".to_owned(),
    }
}

/// The title of an option inside a sentence.
pub(crate) fn title(playbook: &Playbook, choice: &Id, option: &Id) -> String {
    playbook
        .choice(choice)
        .and_then(|known| known.options.iter().find(|known| known.id == *option))
        .map_or_else(|| option.to_string(), |known| inside(&known.title))
}

fn together(history: &History, playbook: &Playbook) -> String {
    let mut text = String::new();
    let counted: Vec<&CycleRecord> =
        history.cycles.iter().filter(|cycle| cycle.together.counted > 0).collect();
    if counted.len() > 1 {
        text.push_str("All cycles, each over everybody in it\n");
        text.push_str(&cycles_table(&counted));
        if counted.iter().any(|cycle| cycle.steadied.is_some()) {
            text.push_str(&paragraph(
                "Steadied: the share of each cycle, drawn towards those of the others as far as \
                 its few people warrant.",
            ));
        }
        text.push('\n');
    }
    for known in history.pairs.iter().filter(|known| known.pair.cycles().len() > 1) {
        let title = |id| title(playbook, &known.pair.choice, id);
        let sentence = &known.comparison.headline.sentence;
        text.push_str(&paragraph(&format!(
            "A {} / B {}, cycles {}: {sentence}{}",
            title(&known.pair.baseline),
            title(&known.pair.option),
            numbers(known.pair.cycles()),
            known.call.as_ref().map_or_else(String::new, |call| format!(" {}", confirmed(call)))
        )));
    }
    text.push_str(&made(&history.made));
    for trend in &history.trends {
        text.push_str(&paragraph(&trend_words(trend)));
    }
    text
}

fn cycles_table(cycles: &[&CycleRecord]) -> String {
    let mut table = Table::new(vec![
        Column::WORDS,
        Column::WORDS,
        Column::NUMBER,
        Column::NUMBER,
        Column::WORDS,
        Column::NUMBER,
    ])
    .indent(2);
    let heads = ["", "", "rate", "95 % interval", "", "steadied"];
    table.row(heads.map(str::to_owned));
    for cycle in cycles {
        let tally = &cycle.together;
        let abandoned = cycle.stage == Stage::Abandoned;
        let name = format!("cycle {}{}", cycle.number, if abandoned { ", abandoned" } else { "" });
        let counts = counted(tally.hits, tally.counted, tally.waiting);
        let [rate, range, drawn] = match share(&cycle.proportion, tally.counted) {
            Some((rate, low, high)) => {
                [format!("{} %", percent(rate)), interval(low, high), bar(rate, low, high)]
            }
            None => [String::new(), String::new(), String::new()],
        };
        let steadied = cycle.steadied.map_or_else(String::new, |s| format!("{} %", percent(s)));
        table.row([name, counts, rate, range, drawn, steadied]);
    }
    table.to_text(COLUMNS)
}

/// Each cycle of a pair on a line of its own: none is picked out.
pub(super) fn cycles_of_pair(known: &PairRecord, cycles: &[CycleRecord]) -> String {
    if known.pair.cycles().len() < 2 {
        return String::new();
    }
    let turns = matches!(known.pair.between, Between::Turns(_));
    let mut table =
        Table::new(vec![Column::WORDS, Column::WORDS, Column::WORDS, Column::WORDS]).indent(2);
    for number in known.pair.cycles() {
        let Some(cycle) = cycles.iter().find(|cycle| cycle.number == *number) else { continue };
        let name = format!("cycle {number}");
        let tally = &cycle.together;
        if turns {
            let counts = counted(tally.hits, tally.counted, tally.waiting);
            let ran = cycle
                .compared
                .as_ref()
                .map_or("A", |pair| if pair.option == known.pair.option { "B" } else { "A" });
            table.row([name, format!("{ran} {counts}")]);
            continue;
        }
        let side = |option: &Id| {
            let sides = cycle.comparison.as_ref()?.sides.iter();
            sides.clone().find(|side| side.option.as_ref() == Some(option)).map(counts)
        };
        let a = side(&known.pair.baseline).unwrap_or_default();
        let b = side(&known.pair.option).unwrap_or_default();
        let steadied =
            cycle.steadied.map_or_else(String::new, |s| format!("both {} %, steadied", percent(s)));
        table.row([name, format!("A {a}"), format!("B {b}"), steadied]);
    }
    table.to_text(COLUMNS)
}

/// What the cycle after a clear call says of it.
pub(crate) fn confirmed(call: &ClearCall) -> String {
    let side = match call.side {
        Side::A => "A",
        Side::B => "B",
    };
    match call.confirmed {
        Confirmation::Open => format!(
            "Clear since cycle {}; the next cycle of the same two confirms it if it leans towards \
             {side} again.",
            call.since
        ),
        Confirmation::By(cycle) => format!(
            "Clear since cycle {}, and confirmed: cycle {cycle} leans towards {side} again.",
            call.since
        ),
        Confirmation::NotBy(cycle) => format!(
            "Clear since cycle {}, but not confirmed: cycle {cycle} does not lean towards {side}.",
            call.since
        ),
    }
}

/// How many comparisons were made, and how many look clear or lean by luck alone.
pub(crate) fn made(made: &ComparisonsMade) -> String {
    if made.all == 0 {
        return "No comparison has come to a call yet.\n".to_owned();
    }
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let all = count(number(made.all), "comparison was", "comparisons were");
    let look_clear = match made.clear {
        0 => "none looks clear".to_owned(),
        1 => "1 looks clear".to_owned(),
        clear => format!("{clear} look clear"),
    };
    let large = match made.large {
        0 => "none of them had 20 people on each side, which a clear call needs".to_owned(),
        large if large == made.all => look_clear,
        large => format!(
            "{large} of them had 20 people on each side, which a clear call needs, and {look_clear}"
        ),
    };
    let by_luck = f64::from(made.large) / 20.0;
    let expected =
        if by_luck >= 1.0 { format!(", here about {by_luck:.0}") } else { String::new() };
    paragraph(&format!(
        "{all} made so far: {large}; {} {}. With nothing behind them about 1 in 20 looks clear by \
         luck{expected}, and about 1 in 5 leans.",
        made.leaning,
        if made.leaning == 1 { "leans" } else { "lean" }
    ))
}

/// A rise or fall, from four cycles of one setup on.
pub(crate) fn trend_words(trend: &Trend) -> String {
    let cycles = numbers(&trend.cycles);
    let name = |cycle: Option<&u32>| cycle.map_or_else(String::new, ToString::to_string);
    let ends = format!(
        "{} of {} in cycle {}, {} of {} in cycle {}",
        trend.first.successes,
        trend.first.trials,
        name(trend.cycles.first()),
        trend.last.successes,
        trend.last.trials,
        name(trend.cycles.last())
    );
    match trend.rises() {
        Some(true) => format!(
            "Over cycles {cycles}, with nothing changed between them, the rate rises: {ends}. Luck alone \
             does this about 1 time in 20."
        ),
        Some(false) => format!(
            "Over cycles {cycles}, with nothing changed between them, the rate falls: {ends}. Luck alone \
             does this about 1 time in 20."
        ),
        None => format!(
            "Over cycles {cycles}, with nothing changed between them, no steady rise or fall shows: {ends}."
        ),
    }
}
