use super::*;
use proptest::prelude::*;

/// One person of a list: company (0 for none) and whether they know the seeker.
type Person = (u8, bool);

struct List {
    keys: Vec<String>,
    companies: Vec<Option<String>>,
    known: Vec<bool>,
}

impl List {
    fn of(people: &[Person]) -> Self {
        Self {
            keys: (0..people.len()).map(|place| format!("person-{place}")).collect(),
            companies: people
                .iter()
                .map(|(company, _)| (*company > 0).then(|| format!("company-{company}")))
                .collect(),
            known: people.iter().map(|(_, known)| *known).collect(),
        }
    }

    fn joiners(&self) -> Vec<Joiner<'_>> {
        (0..self.keys.len())
            .map(|place| Joiner {
                key: &self.keys[place],
                company: self.companies[place].as_deref(),
                knows_seeker: self.known[place],
            })
            .collect()
    }
}

fn gap(sides: &[Side], counts: impl Fn(usize) -> bool) -> i64 {
    (0..sides.len())
        .filter(|place| counts(*place))
        .map(|place| if sides[place] == Side::B { 1 } else { -1 })
        .sum()
}

#[track_caller]
fn check_balance(people: &[Person], seed: u64, most: (i64, i64, i64)) {
    let list = List::of(people);
    let sides = assign(seed, &[], &list.joiners());
    let overall = gap(&sides, |_| true).abs();
    let known = gap(&sides, |place| list.known[place]).abs();
    let unknown = gap(&sides, |place| !list.known[place]).abs();
    assert!(
        overall <= most.0 && known <= most.1 && unknown <= most.2,
        "overall {overall}, known {known}, unknown {unknown}"
    );
}

#[test]
fn twenty_eight_people_split_into_fourteen_and_fourteen() {
    let people: Vec<Person> = (0..28).map(|place| (0, place < 10)).collect();
    check_balance(&people, 1, (0, 0, 0));
}

#[test]
fn companies_of_the_usual_sizes_hardly_disturb_the_balance() {
    // 28 people at 19 companies, as on the screen of the design.
    let sizes = [4, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    let mut people = Vec::new();
    for (company, size) in (1..).zip(sizes) {
        for member in 0..size {
            people.push((company, (company + member) % 3 == 0));
        }
    }
    assert_eq!(people.len(), 28);
    for seed in 0..200 {
        check_balance(&people, seed, (2, 2, 2));
    }
}

#[test]
fn one_large_company_is_balanced_by_the_others() {
    let people: Vec<Person> = (0..28).map(|place| (u8::from(place < 12), false)).collect();
    check_balance(&people, 3, (0, 0, 0));
}

#[test]
fn a_late_joiner_evens_the_sides_or_follows_the_company() {
    let member = |company, side| Member { company, knows_seeker: true, side };
    let members =
        [member(Some("Miro"), Side::B), member(Some("Adyen"), Side::B), member(None, Side::A)];
    let joiner = |company| Joiner { key: "dana", company, knows_seeker: true };
    for seed in 0..20 {
        assert_eq!(assign(seed, &members, &[joiner(None)]), [Side::A]);
        assert_eq!(assign(seed, &members, &[joiner(Some("Miro"))]), [Side::B]);
    }
}

#[test]
fn an_empty_company_is_no_company() {
    let joiner = |key| Joiner { key, company: Some(" "), knows_seeker: false };
    let sides = assign(5, &[], &[joiner("ana"), joiner("ben")]);
    assert_ne!(sides[0], sides[1]);
}

#[test]
fn over_many_seeds_everybody_gets_each_option_about_equally_often() {
    let people: Vec<Person> = (0..13).map(|place| (place % 5, place % 3 == 0)).collect();
    let list = List::of(&people);
    let mut times_b = vec![0_i32; people.len()];
    for seed in 0..2000 {
        for (count, side) in times_b.iter_mut().zip(assign(seed, &[], &list.joiners())) {
            *count += i32::from(side == Side::B);
        }
    }
    // Five standard deviations of a fair coin, seeds being fixed.
    assert!(times_b.iter().all(|count| (count - 1000).abs() < 112), "{times_b:?}");
}

#[test]
fn two_strangers_share_an_option_no_more_often_than_luck_and_balance_allow() {
    let people: Vec<Person> = vec![(0, false); 10];
    let list = List::of(&people);
    let together = (0..2000)
        .filter(|seed| {
            let sides = assign(*seed, &[], &list.joiners());
            sides[0] == sides[1]
        })
        .count();
    // 4 of the 9 others share the side of the first: 889 times, five deviations either way.
    assert!(together.abs_diff(889) < 112, "{together}");
}

proptest! {
    #[test]
    fn without_companies_nothing_differs_by_more_than_one(
        known in proptest::collection::vec(any::<bool>(), 0..60), seed: u64,
    ) {
        let people: Vec<Person> = known.into_iter().map(|known| (0, known)).collect();
        check_balance(&people, seed, (1, 1, 1));
    }

    #[test]
    fn joining_one_by_one_stays_balanced(
        known in proptest::collection::vec(any::<bool>(), 0..40), seed: u64,
    ) {
        let people: Vec<Person> = known.into_iter().map(|known| (0, known)).collect();
        let list = List::of(&people);
        let mut members: Vec<Member<'_>> = Vec::new();
        for joiner in list.joiners() {
            let side = assign(seed, &members, &[joiner])[0];
            members.push(Member { company: None, knows_seeker: joiner.knows_seeker, side });
        }
        let sides: Vec<Side> = members.iter().map(|member| member.side).collect();
        prop_assert!(gap(&sides, |_| true).abs() <= 2);
        prop_assert!(gap(&sides, |place| list.known[place]).abs() <= 2);
        prop_assert!(gap(&sides, |place| !list.known[place]).abs() <= 2);
    }

    #[test]
    fn people_of_one_company_get_one_option(
        people in proptest::collection::vec((0_u8..6, any::<bool>()), 0..40), seed: u64,
    ) {
        let list = List::of(&people);
        let sides = assign(seed, &[], &list.joiners());
        prop_assert_eq!(sides.len(), people.len());
        for (one, side) in people.iter().zip(&sides) {
            for (other, other_side) in people.iter().zip(&sides) {
                prop_assert!(one.0 == 0 || one.0 != other.0 || side == other_side);
            }
        }
    }

    #[test]
    fn the_gap_is_never_wider_than_the_largest_company(
        people in proptest::collection::vec((0_u8..6, any::<bool>()), 1..40), seed: u64,
    ) {
        let list = List::of(&people);
        let sides = assign(seed, &[], &list.joiners());
        let largest = (1..6).map(|company| people.iter().filter(|one| one.0 == company).count());
        let largest = i64::try_from(largest.max().unwrap_or(0).max(1)).unwrap();
        prop_assert!(gap(&sides, |_| true).abs() <= largest);
    }

    #[test]
    fn the_order_of_the_list_does_not_matter(
        people in proptest::collection::vec((0_u8..6, any::<bool>()), 0..40), seed: u64,
    ) {
        let list = List::of(&people);
        let forward = list.joiners();
        let backward: Vec<Joiner<'_>> = forward.iter().rev().copied().collect();
        let mut turned = assign(seed, &[], &backward);
        turned.reverse();
        prop_assert_eq!(assign(seed, &[], &forward), turned);
    }
}
