//! Refusals in words: what does not fit, and the command that would be right.
//!
//! Knows sentences. It must not know why the engine refuses what it refuses.

use fortnight_engine::calendar::{show_day as day, show_day_with_year, show_time};
use fortnight_engine::plan::{Hindrance, NotOpen, Rejection, Status};
use fortnight_engine::playbook::{Id, Playbook};
use fortnight_engine::words::Words;

use super::reason;
use super::words::{NO_TIMES, count, lacking, list, typed};

/// A refusal as it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What does not fit.
    pub(crate) sentence: String,
    /// What to do about it: command lines or sentences.
    pub(crate) helps: Vec<String>,
}

/// Says a refusal.
#[expect(clippy::too_many_lines, reason = "one arm for each way in which a command does not fit")]
pub(crate) fn words(rejection: &Rejection, playbook: &Playbook) -> Refusal {
    let (sentence, help) = match rejection {
        Rejection::FutureDay { on } => (
            format!("{} is still to come: write down what has happened.", day(*on)),
            "A talk that is agreed on: fortnight NAME booked thu 15:00".to_owned(),
        ),
        Rejection::FutureTime { on, time } => (
            format!(
                "{} {} is still to come: write down what has happened.",
                day(*on),
                show_time(*time)
            ),
            "A talk that is agreed on: fortnight NAME booked thu 15:00".to_owned(),
        ),
        Rejection::BeforePlan { on, start } => {
            let days = (show_day_with_year(*on), show_day_with_year(*start));
            (format!("{} lies before the plan began, on {}.", days.0, days.1), String::new())
        }
        Rejection::NoTask { task } => {
            (format!("There is no task `{}`.", task.short()), "fortnight today --full".to_owned())
        }
        Rejection::NotOpen(open) => not_open(open, playbook),
        Rejection::RepliedMeanwhile { name, on } => (
            format!(
                "{} answered on {}, so there is nothing to follow up.",
                name.terminal(),
                day(*on)
            ),
            "If it went out all the same, say so with --anyway".to_owned(),
        ),
        Rejection::ChoiceNeeded { choice, options } => {
            let ways =
                options.iter().map(|option| format!("fortnight cycle compare {choice}={option}"));
            return Refusal {
                sentence: "This step asks what you will change: name one.".to_owned(),
                helps: ways.collect(),
            };
        }
        Rejection::MustBeDone { title } => {
            (format!("\"{title}\" cannot be skipped."), "fortnight later TASK DAY".to_owned())
        }
        Rejection::ReasonNeeded { title } => (
            format!("Skipping \"{title}\" needs a sentence of why."),
            "fortnight skip TASK --why \"…\"".to_owned(),
        ),
        Rejection::NotReady { name, hindrance } => not_ready(name, hindrance),
        Rejection::NoMessage { title } => (
            format!("\"{title}\" sends no message: no words and no channel belong to it."),
            "fortnight done TASK, without --via and --text".to_owned(),
        ),
        Rejection::AfterAnswer { name, outcome, on, sent } => (
            format!(
                "{}: `{outcome}` is recorded on {}, so the first message cannot have gone out on \
                 {}.",
                name.terminal(),
                day(*on),
                day(*sent)
            ),
            "If the answer is wrong: record it again with its day, then correct this".to_owned(),
        ),
        Rejection::NotLater { to } => (
            format!("{} is not later than today.", day(*to)),
            "fortnight later TASK tomorrow".to_owned(),
        ),
        Rejection::UnknownOutcome { outcome, known } => unknown("an outcome", outcome, known),
        Rejection::InputMissing { input } => (
            format!("The playbook asks for `{input}` before a plan can begin."),
            format!("--set {input}=\"…\""),
        ),
        Rejection::UnknownInput { input, known } => {
            unknown("an input of this playbook", input, known)
        }
        Rejection::UnknownChoice { choice, known } => {
            unknown("a choice of this playbook", choice, known)
        }
        Rejection::UnknownOption { choice, option, known } if option.is_empty() => (
            format!("There is one text for each option of `{choice}`: say whose it is."),
            format!("--option {}", known.first().map_or("OPTION", |id| &**id)),
        ),
        Rejection::UnknownOption { choice, option, known } => {
            unknown(&format!("an option of `{choice}`"), option, known)
        }
        Rejection::UnknownField { field, known } => unknown("a field here", field, known),
        Rejection::UnknownMessage { message, known } => {
            unknown("a message of this playbook", message, known)
        }
        Rejection::BadValue { field, value, wanted } if value.is_blank() => {
            (format!("`{field}` cannot be empty: it asks for {wanted}."), String::new())
        }
        Rejection::BadValue { field, value, wanted } => {
            (format!("`{}` is not {wanted}, as `{field}` asks.", value.terminal()), String::new())
        }
        Rejection::BrokenRule { field, rule } => (format!("`{field}`: {rule}."), String::new()),
        Rejection::NothingSent { name, outcome } => (
            format!(
                "Nothing was sent to {} yet, so `{outcome}` cannot have come back.",
                name.terminal()
            ),
            "If it did, without a message of yours: --anyway".to_owned(),
        ),
        Rejection::BeforeMessage { name, on, sent } => (
            format!(
                "{} lies before your first message to {}, sent on {}.",
                if on.year() == sent.year() { day(*on) } else { show_day_with_year(*on) },
                name.terminal(),
                day(*sent)
            ),
            "If it did come before: --anyway".to_owned(),
        ),
        Rejection::Contradicts { name, outcome, recorded, on } => (
            format!(
                "{}: `{recorded}` is recorded on {}, and `{outcome}` does not go with it.",
                name.terminal(),
                day(*on)
            ),
            if &**recorded == "bounced" {
                "If they answered in another way: --via CHANNEL. If the record is wrong: fortnight undo"
                    .to_owned()
            } else {
                "If the earlier record is wrong: fortnight log, then fortnight undo".to_owned()
            },
        ),
        Rejection::NotListed { name } => (
            format!("{} is on no list of this plan.", name.terminal()),
            format!("fortnight people add {}", typed(name)),
        ),
        Rejection::Forgotten { entry } => (
            format!("@{entry} was forgotten: nothing is written down about them any more."),
            String::new(),
        ),
        Rejection::DoNotContact { name } => {
            (format!("{} does not want to be written to.", name.terminal()), String::new())
        }
        Rejection::SecondChange { what, since, cycle } => (
            format!(
                "Cycle {cycle} has been running with this since {}: {what} would be a second \
                 change, and nobody could tell which of them mattered.",
                day(*since)
            ),
            "Change it in the next cycle, or record it with --anyway".to_owned(),
        ),
        Rejection::OtherPlaybook { given, own } => (
            format!(
                "This is `{given}`, and your plan runs `{own}`: another playbook, not a newer one."
            ),
            format!("fortnight start {given} begins a plan with it"),
        ),
        Rejection::ReusedSteps { steps } => {
            let ids: Vec<String> = steps.iter().map(|id| format!("`{id}`")).collect();
            (
                format!(
                    "In the new version {} {} something else than before: what you did under that \
                     name would be taken for it.",
                    list(&ids),
                    if steps.len() == 1 { "means" } else { "mean" }
                ),
                "Whoever wrote the playbook gives the new step a name of its own".to_owned(),
            )
        }
        Rejection::UnknownStep { step, known, is_new } => {
            let what = if *is_new { "a step of the new version" } else { "a step of your plan" };
            unknown(what, step, known)
        }
        Rejection::StepTaken { before, now } => (
            format!("`{before}` cannot become `{now}`: another step goes by that name."),
            "fortnight plan upgrade --preview".to_owned(),
        ),
        Rejection::OptionGone { choice, option } => (
            format!(
                "The new version has no option `{option}` of `{choice}`, and you are using or \
                 comparing it."
            ),
            "fortnight decide first, with --no-start; then fortnight plan upgrade".to_owned(),
        ),
        Rejection::BadLooks { most } => (
            format!("One can plan 1 to {most} looks at the same two options."),
            "--looks 2".to_owned(),
        ),
        Rejection::LooksTooLate { since, declared } => (
            format!(
                "How often you will look is said before the first message, and that went out on \
                 {}. {}",
                day(*since),
                match declared {
                    Some(looks) => format!("You said {looks}; it stays."),
                    None => "Nothing was said, so it counts as one.".to_owned(),
                }
            ),
            String::new(),
        ),
        Rejection::CycleRunning { cycle, end } => (
            format!("Cycle {cycle} runs until {}.", day(*end)),
            "fortnight cycle stop ends it early".to_owned(),
        ),
        Rejection::NotDecided { cycle } => (
            format!("Cycle {cycle} is over and waits for your decision."),
            "fortnight compare, then fortnight decide again, use OPTION or stop".to_owned(),
        ),
        Rejection::NoCycle => {
            ("No cycle is running.".to_owned(), "fortnight cycle start".to_owned())
        }
        Rejection::UnknownCycle { cycle } => {
            (format!("There is no cycle {cycle}."), "fortnight compare --history".to_owned())
        }
        Rejection::SameCycle { cycle } => (
            format!("Cycle {cycle} compared with itself tells nothing."),
            format!("fortnight compare {cycle}"),
        ),
        Rejection::OtherPair { cycle } => (
            format!(
                "Cycle {cycle} compared something else, so it cannot be put together with these."
            ),
            format!("fortnight compare {cycle}"),
        ),
        Rejection::NeverCompared { choice, option } => (
            format!("No cycle has compared `{choice}` yet."),
            match option {
                Some(option) => format!("fortnight cycle compare {choice}={option}"),
                None => "fortnight compare --history".to_owned(),
            },
        ),
        Rejection::UnknownMeasure { measure, known } => {
            unknown("a measure of this playbook", measure, known)
        }
        Rejection::NothingDecides => (
            "The playbook names no measure that decides, so nothing can be compared.".to_owned(),
            String::new(),
        ),
        Rejection::NotSettled { cycle, waiting, on } => (
            format!(
                "{} still inside the reply window of cycle {cycle}; the last one is counted on {}.",
                count(usize::try_from(*waiting).unwrap_or(usize::MAX), "person is", "people are"),
                day(*on)
            ),
            "Wait until then, or decide all the same with --anyway".to_owned(),
        ),
        Rejection::TooEarly { cycle, on } => (
            format!("The review of cycle {cycle} is due on {}.", day(*on)),
            "Decide all the same with --anyway".to_owned(),
        ),
        Rejection::AlreadyDecided { cycle, on } => (
            format!("Cycle {cycle} was decided on {}.", day(*on)),
            "fortnight undo takes the last thing back".to_owned(),
        ),
        Rejection::WhyNeeded => (
            "A decision needs a sentence of why.".to_owned(),
            "fortnight decide again --why \"…\"".to_owned(),
        ),
        Rejection::NotOffered { decision } => {
            (format!("The review of this playbook does not offer `{decision}`."), String::new())
        }
        Rejection::NothingCompared { cycle } => (
            format!("Cycle {cycle} compares nothing."),
            "fortnight decide stop, or fortnight cycle start CHOICE=OPTION".to_owned(),
        ),
        Rejection::SameAsBaseline { option } => (
            format!("`{option}` is what you do already."),
            "Compare another option with it".to_owned(),
        ),
        Rejection::Stopped { on } => (
            format!("You ended this plan on {}.", day(*on)),
            "fortnight start begins a new one; --anyway goes on with this".to_owned(),
        ),
        Rejection::BadStart { start, earliest } => (
            format!(
                "A cycle cannot start on {}; {} is the earliest day.",
                day(*start),
                day(*earliest)
            ),
            String::new(),
        ),
        Rejection::BackwardRange { from, to } => {
            (format!("{} comes after {}.", day(*from), day(*to)), String::new())
        }
        Rejection::UnknownName { name, known } => unknown_name(name, known),
        Rejection::BadTemplate { flaws } => {
            (format!("This text cannot be read: {}.", flaws.join("; ")), String::new())
        }
        Rejection::AlreadyMessaged { name, on } => (
            format!("{} was messaged on {} and stays on the list.", name.terminal(), day(*on)),
            String::new(),
        ),
    };
    let helps = if help.is_empty() { Vec::new() } else { vec![help] };
    Refusal { sentence, helps }
}

fn not_open(open: &NotOpen, playbook: &Playbook) -> (String, String) {
    let what = match &open.name {
        Some(name) => format!("\"{}\" for {}", open.title, name.terminal()),
        None => format!("\"{}\"", open.title),
    };
    let when = open.finished.map(|on| format!(" on {}", day(on))).unwrap_or_default();
    let why = reason::words(&open.reason, playbook);
    let task = open.task.short();
    let show = format!("fortnight show {task}");
    match open.status {
        Status::Done => (format!("{what} was done{when}."), String::new()),
        Status::Skipped => (format!("{what} was skipped{when}."), show),
        Status::Closed => (format!("{what} is closed: {why}."), show),
        Status::NotNeeded => (format!("{what} is not needed now: {why}."), show),
        Status::Waiting => (format!("{what} has to wait: {why}."), show),
        Status::Scheduled => (format!("{what} is planned for later: {why}."), show),
        Status::Blocked => (format!("{what} is not ready: {why}."), show),
        Status::Overdue | Status::Due => {
            (format!("\"{}\" is answered with `fortnight decide`.", open.title), show)
        }
    }
}

fn not_ready(name: &Words, hindrance: &Hindrance) -> (String, String) {
    match hindrance {
        Hindrance::Missing(names) => {
            let fields = lacking(names);
            let first = fields.first().cloned().unwrap_or_default();
            let times = names.first().is_some_and(|name| name.starts_with("times."));
            let help = if times {
                NO_TIMES.to_owned()
            } else {
                format!("fortnight people fill {} {first}=\"…\"", typed(name))
            };
            (format!("The message to {} needs {}.", name.terminal(), list(&fields)), help)
        }
        Hindrance::TooLong => (
            format!("With what is filled in, the message to {} is far too long.", name.terminal()),
            format!("fortnight people edit {} FIELD=\"…\"", typed(name)),
        ),
        Hindrance::Rules(breaches) => {
            let rules: Vec<String> = breaches.iter().map(|breach| breach.message.clone()).collect();
            (
                format!("The message to {} is not ready: {}.", name.terminal(), rules.join("; ")),
                "What you really sent: fortnight done TASK --text \"…\"".to_owned(),
            )
        }
    }
}

/// A name that no text can use: the nearest, else the names of its room.
fn unknown_name(name: &str, known: &[String]) -> (String, String) {
    let near = fortnight_engine::diagnostic::nearest(name, known.iter().map(String::as_str));
    let room = name.split('.').next().unwrap_or(name);
    let same: Vec<&str> = known
        .iter()
        .filter(|known| known.split('.').next() == Some(room))
        .map(String::as_str)
        .collect();
    if let Some(near) = near {
        return (format!("No text can use `{name}`. Did you mean `{near}`?"), String::new());
    }
    let sentence = format!("No text can use `{name}`.");
    let names = if same.is_empty() {
        "person.…, company.…, inputs.…, times.first, times.second, cycle.…, today".to_owned()
    } else {
        same.join(", ")
    };
    (sentence, format!("There is: {names}"))
}

fn unknown(what: &str, given: &str, known: &[Id]) -> (String, String) {
    let names: Vec<&str> = known.iter().map(|id| &**id).collect();
    let near = fortnight_engine::diagnostic::nearest(given, names.iter().copied());
    let sentence = match near {
        Some(near) => format!("`{given}` is not {what}. Did you mean `{near}`?"),
        None => format!("`{given}` is not {what}."),
    };
    let help =
        if names.is_empty() { String::new() } else { format!("There is: {}", names.join(", ")) };
    (sentence, help)
}
