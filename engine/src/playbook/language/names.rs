//! What exists in every playbook without being declared.

/// What every person has (L2): the field, and an example of it.
pub const PERSON_FIELDS: &[(&str, &str)] = &[
    ("name", "Ana Silva"),
    ("first_name", "Ana"),
    ("last_name", "Silva"),
    ("email", "ana.silva@example.org"),
    ("profile", "https://www.linkedin.com/in/ana-silva-example"),
    ("company", "Northwind"),
    ("position", "Design lead"),
    ("connected_on", "2025-06-12"),
    ("knows_me", "yes"),
    ("note", "met at the autumn meetup"),
];

/// What every company has.
pub const COMPANY_FIELDS: &[(&str, &str)] =
    &[("name", "Northwind"), ("note", "hired twice this year")];

/// The outcomes that always exist, with what each of them means.
pub const OUTCOMES: &[(&str, &str)] = &[
    ("accepted", "They accepted your request to connect. Says nothing about an answer."),
    ("replied", "A person answered; a “no, thank you” is an answer too."),
    (
        "declined",
        "They said no. Implies `replied`; what is open with them closes, a thank-you stays.",
    ),
    (
        "not_now",
        "Not now, with a date (`until`). Implies `replied`; they come back on the list of the cycle that runs on that date.",
    ),
    ("auto_reply", "A machine answered. Changes nothing."),
    ("bounced", "It never arrived. What is open with them closes, and they leave every rate."),
];

/// Names that texts and conditions may use, with what each of them is. A word in capitals stands
/// for a name of the playbook.
pub const NAMES: &[(&str, &str)] = &[
    ("inputs.NAME", "the seeker's answer to a question of the playbook"),
    ("choice.NAME", "the option in force: for this person, where the options run side by side"),
    ("person.FIELD", "a field of the person, declared or one that everybody has"),
    ("person.OUTCOME", "true once the outcome is recorded"),
    ("person.OUTCOME.FIELD", "what was asked when it was recorded"),
    ("company.FIELD", "a field of the company, or of the company the person belongs to"),
    ("times.first", "the first of two times to propose, out of the seeker's hours"),
    ("times.second", "the second"),
    ("cycle.number", "1 for the first cycle"),
    ("cycle.day", "1 on the first day of the cycle"),
    ("cycle.start", "its first day"),
    ("cycle.end", "its last day"),
    ("metrics.NAME.out_of", "everybody who counts so far"),
    ("metrics.NAME.count", "how many of them did what is hoped for"),
    ("metrics.NAME.counted", "those whose window has closed"),
    ("metrics.NAME.waiting", "those whose window is open"),
    ("metrics.NAME.value", "the rate among the counted; empty while there is nobody"),
    ("today", "the date"),
];
