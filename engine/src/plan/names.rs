//! What the names in templates and conditions stand for, for one person on one day.
//!
//! Only names that a text uses are looked up, so that a plan pays for what its playbook asks.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::appointment::Appointment;
use super::metric::{self, Tally};
use super::situation::{Place, Situation};
use crate::calendar::{self, Offer, propose_times, say_time, zone};
use crate::message::{Names, Value};
use crate::people::{Entry, read_date};
use crate::playbook::{Available, Field, FieldKind};
use crate::words::Words;

/// A talk takes half an hour of the calendar, however short it is said to be.
const SHORTEST_TALK: u32 = 30;

impl<'a> Situation<'a> {
    /// The values of `names` for a place, as known on `day`.
    pub fn names(
        &self,
        place: Place<'a>,
        day: Date,
        names: impl Iterator<Item = impl AsRef<str>>,
    ) -> Names {
        let mut values = Names::default();
        for name in names {
            let name = name.as_ref();
            values.set(name, self.value(place, day, name));
        }
        values
    }

    /// The value of one name for a place, as known on `day`; empty where nothing is known.
    pub fn value(&self, place: Place<'a>, day: Date, name: &str) -> Value {
        let (room, rest) = name.split_once('.').unwrap_or((name, ""));
        match room {
            "inputs" => self.input(rest),
            "choice" => self.option(place, rest).map_or(Value::Empty, |id| Value::from(&**id)),
            "person" => self.person(place, day, rest),
            "company" => self.company(place, rest),
            "times" => self.time(place, rest),
            "cycle" => self.cycle_value(place, day, rest),
            "metrics" => self.metric_value(place, day, rest),
            "today" => Value::Date(day),
            _ => Value::Empty,
        }
    }

    fn input(&self, name: &str) -> Value {
        let Some(field) = self.playbook.input(name) else { return Value::Empty };
        let given = self.state.inputs.get(name).cloned();
        let words = given.or_else(|| field.default.as_deref().map(Words::new));
        words.map_or(Value::Empty, |words| typed(field, &words, &self.state.zone))
    }

    fn person(&self, place: Place<'a>, day: Date, name: &str) -> Value {
        let (first, field) = name.split_once('.').unwrap_or((name, ""));
        if let Some(outcome) = self.playbook.outcome(first) {
            let standing = place
                .entry()
                .and_then(|entry| place.cycle.happenings.get(&entry))
                .and_then(|happenings| happenings.standing(self.playbook, first, day));
            if field.is_empty() {
                return Value::Flag(standing.is_some());
            }
            let known = outcome.fields.iter().find(|known| &*known.id == field);
            let words = standing.and_then(|happening| happening.fields.get(field));
            return match (known, words) {
                (Some(known), Some(words)) => typed(known, words, &self.state.zone),
                (None, _) | (_, None) => Value::Empty,
            };
        }
        let Some(entry) = self.entry_at(place) else { return Value::Empty };
        self.field_of(entry, &self.playbook.people.fields, first)
    }

    fn company(&self, place: Place<'a>, name: &str) -> Value {
        let Some(entry) = self.entry_at(place) else { return Value::Empty };
        let company = match entry.kind {
            crate::people::Kind::Company => Some(entry),
            crate::people::Kind::Person => entry.company.and_then(|id| self.book.get(id)),
        };
        match company {
            Some(company) => {
                let declared = self.playbook.companies.as_ref().map(|list| &list.fields[..]);
                self.field_of(company, declared.unwrap_or_default(), name)
            }
            None if name == "name" => entry.field("company").map_or(Value::Empty, Value::Text),
            None => Value::Empty,
        }
    }

    fn field_of(&self, entry: &Entry, declared: &[Field], name: &str) -> Value {
        let field = declared.iter().find(|field| &*field.id == name);
        match (entry.field(name), field) {
            (Some(words), Some(field)) => typed(field, &words, &self.state.zone),
            (Some(words), None) => match name {
                "connected_on" => entry.connected_on().map_or(Value::Text(words), Value::Date),
                "knows_me" => Value::Flag(entry.knows_me),
                _ => Value::Text(words),
            },
            (None, Some(field)) => field
                .default
                .as_deref()
                .map_or(Value::Empty, |text| typed(field, &Words::new(text), &self.state.zone)),
            (None, None) => Value::Empty,
        }
    }

    /// One of two times that are free in the plan's hours, in a calendar's events and between
    /// talks, and in the day of the person where their zone is known; empty where there are none.
    /// The same facts give the same offer.
    fn time(&self, place: Place<'a>, which: &str) -> Value {
        let Ok(zone) = zone(&self.state.zone) else { return Value::Empty };
        let theirs = self.entry_at(place).and_then(|entry| entry.field("zone"));
        let theirs = theirs.and_then(|name| calendar::zone(name.raw()).ok());
        let mut busy = self.state.busy.clone();
        busy.extend(self.talks());
        let rank = place.member.map_or(1, |member| member.rank);
        let times = propose_times(&Offer {
            from: self.today(),
            work: self.work(),
            hours: self.state.hours,
            zone: &zone,
            busy: &busy,
            theirs: theirs.as_ref(),
            turn: usize::try_from(rank.saturating_sub(1)).unwrap_or(0),
        });
        let Some([first, second]) = times else { return Value::Empty };
        match which {
            "first" => Value::Text(Words::new(say_time(&first, theirs.as_ref()))),
            "second" => Value::Text(Words::new(say_time(&second, theirs.as_ref()))),
            _ => Value::Empty,
        }
    }

    /// The talks that are agreed on, with anybody: from their moment on for as long as the step
    /// that holds them takes, half an hour at least.
    fn talks(&self) -> Vec<(Timestamp, Timestamp)> {
        let fields = self.playbook.outcomes.iter().flat_map(|outcome| {
            let moments = outcome.fields.iter().filter(|it| it.kind == FieldKind::Datetime);
            moments.map(move |field| (&outcome.id, &field.id))
        });
        let mut talks = Vec::new();
        for (outcome, field) in fields {
            let held = |step: &&crate::playbook::Step| matches!(&step.at, Some(Available::OutcomeField { outcome: of, field: at }) if of == outcome && at == field);
            let step = self.playbook.steps.iter().find(held);
            let minutes = step.and_then(|step| step.effort).unwrap_or(0).max(SHORTEST_TALK);
            let long = SignedDuration::from_mins(i64::from(minutes));
            let happenings = self.state.cycles.values().flat_map(|cycle| cycle.happenings.values());
            for happenings in happenings {
                let standing = happenings.standing(self.playbook, outcome, self.today());
                let agreed = standing
                    .and_then(|happening| Appointment::read(happening.fields.get(field)?.raw()));
                let Some(agreed) = agreed else { continue };
                let start = agreed.instant(&self.state.zone);
                talks.extend(start.checked_add(long).map(|end| (start, end)));
            }
        }
        talks
    }

    fn cycle_value(&self, place: Place<'a>, day: Date, name: &str) -> Value {
        let dates = self.dates(place.cycle);
        match name {
            "number" => Value::from(place.cycle.number),
            "day" => Value::from(dates.day_of(day)),
            "start" => Value::Date(dates.start),
            "end" => Value::Date(dates.end),
            _ => Value::Empty,
        }
    }

    fn metric_value(&self, place: Place<'a>, day: Date, name: &str) -> Value {
        let Some((id, part)) = name.split_once('.') else { return Value::Empty };
        let Some(known) = self.playbook.metric(id) else { return Value::Empty };
        let tally = metric::tally(self, place.cycle, known, day, |_| true);
        part_of(&tally, part)
    }
}

fn part_of(tally: &Tally, part: &str) -> Value {
    match part {
        "out_of" => Value::from(tally.out_of),
        "count" => Value::from(tally.count),
        "counted" => Value::from(tally.counted),
        "waiting" => Value::from(tally.waiting),
        "value" => tally.value.map_or(Value::Empty, Value::from),
        _ => Value::Empty,
    }
}

/// Words read as the kind of answer that the field asks for; words that do not fit stay words.
/// Appointments are as a clock in `zone` shows them.
fn typed(field: &Field, words: &Words, zone: &str) -> Value {
    let text = words.raw().trim();
    let read = match &field.kind {
        FieldKind::Number => text.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::Number),
        FieldKind::Date => read_date(text).map(Value::Date),
        FieldKind::Datetime => Appointment::read(text).map(|at| Value::Moment(at.seen_in(zone))),
        FieldKind::YesNo => match text {
            "yes" | "true" => Some(Value::Flag(true)),
            "no" | "false" => Some(Value::Flag(false)),
            _ => None,
        },
        FieldKind::Text | FieldKind::Url | FieldKind::Email | FieldKind::OneOf(_) => None,
    };
    read.unwrap_or_else(|| Value::Text(words.clone()))
}
