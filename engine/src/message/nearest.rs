//! The known word nearest to one that is not known.

/// How alike two words have to be, from 0 to 1, to ask "did you mean".
const ALIKE: f64 = 0.7;

/// The known word that looks most like `word`; the first of equals, none where none looks alike.
pub(super) fn nearest<'known>(
    word: &str,
    known: impl Iterator<Item = &'known str>,
) -> Option<&'known str> {
    let mut best: Option<(&str, f64)> = None;
    // Alikeness costs length times length: nobody mistypes more than a line.
    for candidate in known.take(200).filter(|known| known.len().max(word.len()) <= 80) {
        let alike =
            strsim::normalized_damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase());
        if alike >= ALIKE && best.is_none_or(|(_, so_far)| alike > so_far) {
            best = Some((candidate, alike));
        }
    }
    best.map(|(candidate, _)| candidate)
}
