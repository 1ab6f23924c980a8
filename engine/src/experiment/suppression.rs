//! Which figures may leave the coach.

/// A group of people over several clients, such as all who got one option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// How many clients it covers.
    pub clients: u32,
    /// How many people.
    pub people: u32,
    /// How many of them replied.
    pub successes: u32,
    /// How many people the largest client supplies.
    pub largest_client: u32,
}

/// What a group needs to be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DisclosureRule {
    /// At least this many clients.
    pub fewest_clients: u32,
    /// No client may supply more than this share of the people.
    pub largest_share: f64,
}

impl Default for DisclosureRule {
    /// Five clients, and none above half of the people.
    fn default() -> Self {
        Self { fewest_clients: 5, largest_share: 0.5 }
    }
}

impl DisclosureRule {
    fn allows(self, group: Group) -> bool {
        group.clients >= self.fewest_clients
            && f64::from(group.largest_client) <= self.largest_share * f64::from(group.people)
    }
}

/// Which groups may be shown, by their places in the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Disclosure {
    /// Groups that may be shown.
    pub shown: Vec<usize>,
    /// Groups that may not.
    pub hidden: Vec<usize>,
    /// All hidden groups in one, where that may be shown.
    pub other: Option<Group>,
    /// Whether the sum of everything may be shown.
    pub total_shown: bool,
}

/// Decides which groups of a report over several clients may be shown.
///
/// A group that fails the rule is hidden. What is hidden must not follow from the total less
/// what is shown: so unless at least two groups are hidden and together pass the rule, the smallest
/// shown group (the earlier of equal ones) is hidden too, until they do. Groups without people are
/// left out. If the total fails, nothing is shown.
///
/// ```
/// use fortnight_engine::experiment::{DisclosureRule, Group, suppress};
///
/// let group = |clients, people, largest_client| Group {
///     clients, people, largest_client, successes: 0,
/// };
/// let groups = [group(12, 400, 60), group(2, 30, 20), group(6, 200, 50)];
/// let seen = suppress(&groups, DisclosureRule::default());
/// assert_eq!((seen.shown, seen.hidden), (vec![0], vec![1, 2]));
/// ```
#[must_use]
pub fn suppress(groups: &[Group], rule: DisclosureRule) -> Disclosure {
    let present = || groups.iter().enumerate().filter(|(_, group)| group.people > 0);
    let total_shown = rule.allows(merged(present().map(|(_, group)| *group)));
    let (mut shown, mut hidden): (Vec<usize>, Vec<usize>) =
        present().map(|(place, _)| place).partition(|place| {
            total_shown && groups.get(*place).is_some_and(|group| rule.allows(*group))
        });
    let together =
        |places: &[usize]| merged(places.iter().filter_map(|place| groups.get(*place)).copied());
    while !hidden.is_empty() && (hidden.len() < 2 || !rule.allows(together(&hidden))) {
        let people = |place: &usize| groups.get(*place).map_or(0, |group| group.people);
        let Some(smallest) = shown.iter().copied().min_by_key(people) else { break };
        shown.retain(|place| *place != smallest);
        hidden.push(smallest);
    }
    hidden.sort_unstable();
    let other = Some(together(&hidden)).filter(|group| !hidden.is_empty() && rule.allows(*group));
    Disclosure { shown, hidden, other, total_shown }
}

fn merged(groups: impl Iterator<Item = Group>) -> Group {
    let nothing = Group { clients: 0, people: 0, successes: 0, largest_client: 0 };
    groups.fold(nothing, |sum, one| Group {
        clients: sum.clients.saturating_add(one.clients),
        people: sum.people.saturating_add(one.people),
        successes: sum.successes.saturating_add(one.successes),
        largest_client: sum.largest_client.max(one.largest_client),
    })
}

/// A number of people as it may leave the coach: rounded to tens, halves up.
#[must_use]
pub fn rounded_to_tens(people: u32) -> u32 {
    (people / 10 + u32::from(people % 10 >= 5)).saturating_mul(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_rounded_to_tens() {
        assert_eq!([0, 4, 5, 14, 25, 28].map(rounded_to_tens), [0, 0, 10, 10, 30, 30]);
        assert_eq!(rounded_to_tens(u32::MAX), u32::MAX);
    }
}
