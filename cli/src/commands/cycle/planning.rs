//! What a cycle of this size can show, said before it begins.

use fortnight_engine::experiment;
use fortnight_engine::plan::CycleState;

use crate::failure::CliError;
use crate::render::{COLUMNS, width};
use crate::session::Session;

/// The rate that planning starts from: what a first message usually gets.
const USUAL_RATE: f64 = 0.15;

/// One cycle is rarely enough for a clear call, and how often one looks belongs to the plan.
pub(crate) fn say(session: &mut Session<'_>, cycle: &CycleState) -> Result<(), CliError> {
    let Some((compared, _)) = &cycle.compared else { return Ok(()) };
    let drawn = |option| {
        let members = cycle.members.iter().filter(|member| member.counts);
        members.filter(|member| member.option.as_ref() == Some(option)).count()
    };
    let people = drawn(&compared.baseline).min(drawn(&compared.option));
    if people == 0 {
        return Ok(());
    }
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    let mut words = experiment::planning_sentence(people, USUAL_RATE);
    let looks = match compared.looks {
        Some(1) => " You will look once.".to_owned(),
        Some(looks) => format!(" You will look {looks} times; each look is judged more strictly."),
        None => String::new(),
    };
    words.push_str(&looks);
    session.say(&width::wrap(&words, COLUMNS).join("\n"))?;
    if compared.looks.is_none() && cycle.first_sent().is_none() {
        session.say("Say now how many cycles you will look at, and it stays honest:")?;
        let command =
            format!("  fortnight cycle compare {}={} --looks 2", compared.choice, compared.option);
        session.say(&command)?;
    }
    Ok(())
}
