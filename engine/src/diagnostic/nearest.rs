//! "Did you mean": the nearest of the names that would have been right.

/// The candidate that `name` was most likely meant to be, if one is near enough.
///
/// Near means: the same but for case, hyphens and underscores; or at most a third of the letters
/// changed, added, lost or swapped (Damerau–Levenshtein); or a whole word of it, or another form of
/// the word. The earlier candidate wins a tie.
///
/// ```
/// use fortnight_engine::diagnostic::nearest;
/// assert_eq!(nearest("send-into", ["follow-up", "send-intro"]), Some("send-intro"));
/// assert_eq!(nearest("Send_Intro", ["follow-up", "send-intro"]), Some("send-intro"));
/// assert_eq!(nearest("weather", ["follow-up", "send-intro"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let plain = plain(name);
    let letters = plain.chars().count();
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        if candidate.len() > LONGEST || candidate == name {
            continue;
        }
        let other = self::plain(candidate);
        let longer = letters.max(other.chars().count());
        let allowed = (longer / 3).max(1);
        let related = starts_word(&plain, &other) || same_stem(&plain, &other);
        if letters.abs_diff(other.chars().count()) > allowed && !related {
            continue;
        }
        let mut distance = strsim::damerau_levenshtein(&plain, &other);
        if distance > allowed && related {
            distance = allowed;
        }
        // One letter for another in a name of two is another name.
        if distance > allowed || distance >= longer {
            continue;
        }
        if best.is_none_or(|(found, _)| distance < found) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn plain(name: &str) -> String {
    name.chars()
        .map(|letter| if letter == '_' || letter == ' ' { '-' } else { letter })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Two forms of one word, such as `reply` and `replied`.
fn same_stem(one: &str, other: &str) -> bool {
    const STEM: usize = 4;
    const ENDING: usize = 3;
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longest = one.chars().count().max(other.chars().count());
    shared >= STEM && longest - shared <= ENDING
}

/// One is the other with whole words before or behind, such as `intro` and `send-intro`.
fn starts_word(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= 3
        && (long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'))
            || long.strip_suffix(short).is_some_and(|rest| rest.ends_with('-')))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[track_caller]
    fn check(name: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(name, candidates.iter().copied()), expected);
    }

    #[test]
    fn a_swapped_letter_is_near() {
        check("tilte", &["guide", "title"], Some("title"));
    }

    #[test]
    fn case_and_hyphens_do_not_matter() {
        check("FollowUp", &["follow-up"], Some("follow-up"));
        check("for-each", &["for_each"], Some("for_each"));
    }

    #[test]
    fn a_whole_word_of_a_name_is_near() {
        check("intro", &["follow-up", "send-intro"], Some("send-intro"));
    }

    #[test]
    fn the_nearer_one_wins_and_the_earlier_breaks_a_tie() {
        check("step-3", &["step-1", "step-2", "step-33"], Some("step-1"));
        check("nudgee", &["fudge", "nudge"], Some("nudge"));
    }

    #[test]
    fn another_form_of_a_word_is_nearer_than_a_longer_name_that_ends_in_it() {
        check("reply", &["auto_reply", "replied"], Some("replied"));
    }

    #[test]
    fn a_strange_word_is_near_to_nothing() {
        check("zebra", &["title", "guide"], None);
        check("x", &["y"], None);
        check("", &["title"], None);
    }
}
