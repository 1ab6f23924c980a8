//! The rules of the engine, one by one, on playbooks so small that each isolates its rule.
//!
//! Days are worked out by hand from the wording of the rules. 2 March 2026 is a Monday.

#[cfg(test)]
mod channels;
#[cfg(test)]
mod cycles;
#[cfg(test)]
mod dates;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod forecast;
#[cfg(test)]
mod graph;
#[cfg(test)]
mod history;
#[cfg(test)]
mod interplay;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod measures;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod model;
#[cfg(test)]
mod once;
#[cfg(test)]
mod status;
#[cfg(test)]
mod story;
#[cfg(test)]
mod upgrade;

/// A playbook with two messages, a comparison and a review: enough for most rules.
pub(crate) const TWO_MESSAGES: &str = r#"
choices:
  signal:
    ask: "Which one?"
    options: {as-today: As today, clear-ask: A clear ask, gift: A gift first}
people:
  size: 1 to 30
  outcomes:
    booked: {title: A talk is booked, fields: {at: {type: datetime, ask: "When?"}}}
    missed: {title: The talk did not happen, clears: booked}
    talked: {title: You talked}
    referred: {title: They referred you}
cycle: {length: 14 days, list_closes: day 5, decided_by: reply_rate, fairness: on_time}
metrics:
  reply_rate: {title: Reply rate, out_of: send-intro, count: replied, within: 9 days}
  booked_a_month: {title: Talks, count: booked, per: 30 days}
  referrals: {title: Referrals, out_of: talked, count: referred, within: 28 days}
  on_time: {title: On time, out_of: follow-up.due, count: follow-up, within: 7 days of send-intro}
messages:
  intro:
    channel: linkedin
    by: signal
    text:
      as-today: "Hi {{ person.first_name }}, I would like to hear about your work."
      clear-ask: "Hi {{ person.first_name }}, which skill matters most in your team?"
      gift: "Hi {{ person.first_name }}, I made a list that may help you. May I send it?"
  nudge: {channel: linkedin, text: "One more thing, {{ person.first_name }}: here is the list."}
  times: {channel: linkedin, text: "Would {{ times.first }} or {{ times.second }} suit you?"}
steps:
  pick: {title: Pick one, choose: signal, at: day 1}
  send-intro: {title: Send it, for_each: people, send: intro}
  follow-up:
    title: Follow up
    for_each: people
    send: nudge
    needs: {send-intro: done}
    when: not person.replied
    after: 3 workdays
    within: 7 days of send-intro
  offer-times:
    title: Offer times
    for_each: people
    send: times
    when: person.replied and not person.booked
    within: 1 workday
  talk:
    title: Talk
    for_each: people
    when: person.booked
    at: person.booked.at
    sets: talked
  review: {title: Decide, decide: [again, use, stop], at: day 14}
"#;
