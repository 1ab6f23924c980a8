//! Workdays and rolled days against a walk day by day and against Python (D3, D4).

use std::collections::BTreeSet;

use fortnight_engine::calendar::{DayRange, DaySet, Duration, Unit, WeekdaySet, WorkCalendar};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// Written by `tests/calendar/workdays.py`.
const WORKDAYS: &str = include_str!("../../calendar/workdays.txt");

/// Numbers that look random and are the same on every run (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    fn date(&mut self) -> Date {
        date(2024, 1, 1) + i64::try_from(self.below(1200)).unwrap().days()
    }
}

/// Workdays by walking: a list of weekdays, a set of single dates, one day at a time.
struct Naive {
    weekdays: Vec<Weekday>,
    off: BTreeSet<Date>,
}

impl Naive {
    fn works(&self, day: Date) -> bool {
        self.weekdays.contains(&day.weekday()) && !self.off.contains(&day)
    }

    fn nth(&self, from: Date, count: u64) -> Date {
        let (mut day, mut left) = (from, count);
        while left > 0 {
            day = day.tomorrow().unwrap();
            left -= u64::from(self.works(day));
        }
        day
    }

    fn count(&self, from: Date, to: Date) -> u32 {
        let (mut day, mut count) = (from, 0);
        while day < to {
            day = day.tomorrow().unwrap();
            count += u32::from(self.works(day));
        }
        count
    }

    fn due(&self, base: Date, after: Duration, limit: Option<Date>) -> Date {
        let mut day = match after.unit {
            Unit::Workdays => self.nth(base, u64::from(after.amount)),
            Unit::Minutes | Unit::Hours | Unit::Days | Unit::Weeks => {
                base + i64::from(after.days().unwrap()).days()
            }
        };
        while !self.works(day) {
            day = day.tomorrow().unwrap();
        }
        let Some(limit) = limit.filter(|limit| day > *limit) else { return day };
        let first = self.nth(base, 1);
        let mut back = limit;
        while back > first && !self.works(back) {
            back = back.yesterday().unwrap();
        }
        back.max(first).min(day)
    }
}

#[test]
fn workdays_agree_with_a_walk_day_by_day() {
    let mut numbers = Numbers(20_260_302);
    let mut cases = 0;
    for _ in 0..1000 {
        let bits = numbers.below(127) + 1;
        let weekdays: WeekdaySet = WeekdaySet::ALL
            .iter()
            .enumerate()
            .filter(|(at, _)| bits >> at & 1 == 1)
            .map(|(_, weekday)| weekday)
            .collect();
        let mut off = BTreeSet::new();
        let mut days_off = DaySet::default();
        for _ in 0..numbers.below(30) {
            let first = numbers.date();
            let last = first + i64::try_from(numbers.below(12)).unwrap().days();
            days_off.insert(DayRange::new(first, last).unwrap());
            off.extend(first.series(1.day()).take_while(|day| *day <= last));
        }
        let naive = Naive { weekdays: weekdays.iter().collect(), off };
        let work = WorkCalendar { weekdays, days_off };
        for _ in 0..50 {
            let (from, count) = (numbers.date(), numbers.below(60));
            let day = naive.nth(from, count);
            assert_eq!(work.add_workdays(from, u32::try_from(count).unwrap()), day);
            let to = from + (i64::try_from(numbers.below(200)).unwrap() - 20).days();
            assert_eq!(work.workdays_between(from, to), naive.count(from, to));
            let unit = [Unit::Days, Unit::Workdays, Unit::Weeks]
                [usize::try_from(numbers.below(3)).unwrap()];
            let after = Duration { amount: u32::try_from(numbers.below(20)).unwrap(), unit };
            let limit = (numbers.below(4) > 0)
                .then(|| from + i64::try_from(numbers.below(25)).unwrap().days());
            assert_eq!(
                work.roll_due(from, after, limit),
                naive.due(from, after, limit),
                "{after} after {from}, limit {limit:?}, {weekdays}"
            );
            cases += 1;
        }
    }
    assert_eq!(cases, 50_000);
}

#[test]
fn workdays_agree_with_the_oracle_in_python() {
    let start = date(2024, 1, 1);
    let day = |text: &str| start + text.parse::<i64>().unwrap().days();
    let mut work = WorkCalendar::default();
    let mut cases = 0;
    for line in WORKDAYS.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["W", weekdays, off @ ..] => {
                let weekday = |digit: u8| {
                    let monday_zero = i8::try_from(digit - b'0').unwrap();
                    Weekday::from_monday_zero_offset(monday_zero).unwrap()
                };
                let range = |text: &&str| {
                    let (first, last) = text.split_once('-').unwrap();
                    DayRange::new(day(first), day(last)).unwrap()
                };
                work = WorkCalendar {
                    weekdays: weekdays.bytes().map(weekday).collect(),
                    days_off: off.iter().map(range).collect(),
                };
            }
            [base, amount, unit, limit, due, nth, count] => {
                let after = Duration::parse(&format!("{amount} {unit}")).unwrap();
                let limit = (*limit != "-").then(|| day(limit));
                let base = day(base);
                assert_eq!(work.roll_due(base, after, limit), day(due), "{line}");
                assert_eq!(work.add_workdays(base, after.amount), day(nth), "{line}");
                if let Some(limit) = limit {
                    assert_eq!(work.workdays_between(base, limit).to_string(), *count, "{line}");
                }
                cases += 1;
            }
            _ => panic!("no case: {line}"),
        }
    }
    assert_eq!(cases, 50_000);
}
