//! Two concrete times to offer for a talk (language: `times.first`, `times.second`).
//!
//! Knows hours, workdays, what is taken, and when it is day where the other person is. It must not
//! know who that is. The same arguments give the same times.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;

use super::hours::show_time;
use super::months::long_month_name;
use super::weekdays::long_name;
use super::zone::{Shift, resolve};
use super::{BusyTimes, Hours, WorkCalendar, civil};

/// The other person needs a day to answer: the first time lies on the second workday.
const LEAD: u32 = 2;

/// How many workdays are looked through for a free time.
const HORIZON: u32 = 30;

/// Half an hour is kept free for a talk; times lie on its grid, full hours first.
const SLOT: i32 = 30;

/// The hours of the other person in which a talk may begin, the best first, for how many workdays
/// nothing else is looked at, and whether it may be their weekend: that is asked of them only by
/// somebody who finds nothing else.
const THEIR_HOURS: [(i8, i8, u32, bool); 5] = [
    (9, 17, 10, false),
    (8, 19, 10, false),
    (7, 21, 10, false),
    (7, 21, HORIZON, false),
    (7, 21, HORIZON, true),
];

/// What an offer of two times depends on.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The day on which it is made.
    pub from: Date,
    /// The workdays of the one who offers.
    pub work: &'a WorkCalendar,
    /// Their hours on these days.
    pub hours: Hours,
    /// Their zone.
    pub zone: &'a TimeZone,
    /// What is taken of their time.
    pub busy: &'a BusyTimes,
    /// The zone of the other person, where it is known: a talk then begins on Monday to Friday
    /// within 09:00 to 17:00 there; a little earlier and later where that cannot be, and on a
    /// weekend where nothing else can.
    pub theirs: Option<&'a TimeZone>,
    /// Which of several people the offer is for, from 0: people who are asked at the same time are
    /// not all offered the same half hour.
    pub turn: usize,
}

/// Two times on two workdays, one early in the day and one late where that can be; on one day where
/// only that has room. None where there are no two such times within thirty workdays.
///
/// A time that the clocks skip is never offered; one that they show twice is the first (D7).
///
/// ```
/// use fortnight_engine::calendar::{propose_times, say_time, zone, BusyTimes, Hours, Offer, WorkCalendar};
/// use jiff::civil::date;
/// let (work, busy, paris) = (WorkCalendar::default(), BusyTimes::default(), zone("Europe/Paris")?);
/// let offer = Offer {
///     from: date(2026, 3, 6), work: &work, hours: Hours::default(), zone: &paris,
///     busy: &busy, theirs: None, turn: 0,
/// };
/// let [first, second] = propose_times(&offer).expect("two free times");
/// assert_eq!(say_time(&first, None), "Tuesday 10 March at 10:00");
/// assert_eq!(say_time(&second, None), "Wednesday 11 March at 15:00");
/// let york = zone("America/New_York")?;
/// let [first, _] = propose_times(&Offer { theirs: Some(&york), ..offer }).expect("two free times");
/// assert_eq!(say_time(&first, Some(&york)), "Tuesday 10 March at 09:00 your time (14:00 in Paris)");
/// # Ok::<(), fortnight_engine::source::Flaw>(())
/// ```
pub fn propose_times(offer: &Offer<'_>) -> Option<[Zoned; 2]> {
    THEIR_HOURS.into_iter().find_map(|(from, to, days, weekend)| {
        let search = Search { offer, from, to, weekend, end: LEAD + days.min(HORIZON) };
        search.two()
    })
}

/// `Tuesday 10 March at 10:00`; for somebody in a zone with other clocks, in both:
/// `Tuesday 10 March at 09:00 your time (10:00 in Paris)`.
pub fn say_time(moment: &Zoned, theirs: Option<&TimeZone>) -> String {
    let ours = moment.datetime();
    let there = theirs.map(|zone| moment.with_time_zone(zone.clone()).datetime());
    match there.filter(|there| *there != ours) {
        None => format!("{} at {}", say_day(ours.date()), show_time(ours.time())),
        Some(there) => {
            let day = if there.date() == ours.date() {
                String::new()
            } else {
                format!("{} at ", say_day(ours.date()))
            };
            format!(
                "{} at {} your time ({day}{} in {})",
                say_day(there.date()),
                show_time(there.time()),
                show_time(ours.time()),
                place(moment.time_zone())
            )
        }
    }
}

/// `Tuesday 10 March`
fn say_day(day: Date) -> String {
    format!("{} {} {}", long_name(day.weekday()), day.day(), long_month_name(day.month()))
}

/// The city of a zone: `Buenos Aires` of `America/Argentina/Buenos_Aires`.
fn place(zone: &TimeZone) -> String {
    let name = zone.iana_name().unwrap_or("UTC");
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}

/// One way of looking: within these hours of the other person, up to this workday.
struct Search<'o, 'a> {
    offer: &'o Offer<'a>,
    from: i8,
    to: i8,
    weekend: bool,
    end: u32,
}

impl Search<'_, '_> {
    fn two(&self) -> Option<[Zoned; 2]> {
        let [morning, afternoon] = slots(self.offer.hours, self.offer.turn);
        let (day, first) = self.first_on(LEAD, &morning, None)?;
        let second = self
            .first_on(day + 1, &afternoon, None)
            .or_else(|| self.first_on(day, &afternoon, Some(&first)));
        let (_, second) = second?;
        Some(if first <= second { [first, second] } else { [second, first] })
    }

    /// The first time that fits from a workday on, which is that many after the offer; clear of
    /// `but`.
    fn first_on(&self, start: u32, slots: &[Time], but: Option<&Zoned>) -> Option<(u32, Zoned)> {
        (start..self.end).find_map(|at| {
            let day = self.day(at);
            let times = slots.iter().filter_map(|slot| self.fitting(day.to_datetime(*slot)));
            { times }.find(|time| but.is_none_or(|but| apart(time, but))).map(|time| (at, time))
        })
    }

    /// The workday that many after the offer; where no workday comes, any day.
    fn day(&self, at: u32) -> Date {
        let day = self.offer.work.add_workdays(self.offer.from, at);
        if self.offer.work.is_workday(day) {
            day
        } else {
            civil::plus(self.offer.from, i64::from(at))
        }
    }

    /// The time as an instant, if it is free and a good one for both.
    fn fitting(&self, wall: DateTime) -> Option<Zoned> {
        let (start, shift) = resolve(self.offer.zone, wall);
        if matches!(shift, Shift::Skipped { .. }) {
            return None;
        }
        let end = start.checked_add(jiff::SignedDuration::from_mins(i64::from(SLOT))).ok()?;
        if !self.offer.busy.is_free(start, end) {
            return None;
        }
        let theirs = self.offer.theirs.map(|zone| zone.to_datetime(start));
        let sensible = theirs.is_none_or(|there| {
            let workday = !matches!(there.date().weekday(), Weekday::Saturday | Weekday::Sunday);
            (workday || self.weekend) && self.from <= there.hour() && there.hour() < self.to
        });
        sensible.then(|| start.to_zoned(self.offer.zone.clone()))
    }
}

/// True where two talks do not touch.
fn apart(one: &Zoned, other: &Zoned) -> bool {
    one.timestamp().duration_since(other.timestamp()).abs().as_mins() >= i64::from(SLOT)
}

/// The slots of a day for an early and for a late talk, the best of the `turn` first: those of one
/// half of the day, then those of the other, the nearest to it first.
fn slots(hours: Hours, turn: usize) -> [Vec<Time>; 2] {
    let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    let (start, end) = (minutes(hours.from()), minutes(hours.to()));
    let (length, middle) = (end - start, start + (end - start) / 2);
    let half = |from: i32, to: i32, best: i32| {
        let mut slots: Vec<i32> =
            (from..to).filter(|at| at % SLOT == 0 && at + SLOT <= end).collect();
        slots.sort_by_key(|at| (at % 60 != 0, (at - best).abs(), *at));
        if slots.is_empty() && (SLOT..SLOT * 2).contains(&(end - start)) {
            slots.push(start);
        }
        let front = turn % slots.len().max(1);
        slots.rotate_left(front);
        slots
    };
    let early = half(start, middle, start + length / 8);
    let late = half(middle, end, start + length / 4 * 3);
    let (next, last) = (half(middle, end, middle), half(start, middle, middle));
    let time = |at: i32| {
        let (hour, minute) = (i8::try_from(at / 60).ok()?, i8::try_from(at % 60).ok()?);
        Time::new(hour, minute, 0, 0).ok()
    };
    [[early, next], [late, last]]
        .map(|halves| halves.into_iter().flatten().filter_map(time).collect())
}

#[cfg(test)]
mod tests;
