//! Titles, degrees and other letters around names. Data, and how they are recognised.

use super::fold;

/// Titles, written with or without a dot.
const TITLES: &[&str] = &[
    "dr",
    "dra",
    "drs",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "sir",
    "dame",
    "herr",
    "frau",
    "hr",
    "fr",
    "sr",
    "sra",
    "srta",
    "senor",
    "senora",
    "dom",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "ing",
    "dipl",
    "dipling",
    "dring",
    "drmed",
    "med",
    "rer",
    "nat",
    "phil",
    "jur",
    "habil",
    "hc",
    "mult",
    "dott",
    "dottssa",
    "dottore",
    "dottoressa",
    "avv",
    "arch",
    "mudr",
    "judr",
    "phdr",
    "rndr",
    "mgr",
    "dhr",
    "mevr",
    "mw",
    "shri",
    "sheikh",
    "sheikha",
    "lady",
    "lord",
    "smt",
    "г-н",
    "г-жа",
    "д-р",
];

/// Titles only with a dot: without one they are names or words of names.
const DOTTED_TITLES: &[&str] = &[
    "m", "rev", "hon", "gen", "col", "maj", "capt", "lt", "sgt", "mag", "bc", "doc", "ir", "md",
    "eng", "st", "ste", "don",
];

/// Degrees, certificates and what else stands behind a name; without dots and hyphens.
const DEGREES: &[&str] = &[
    "phd", "phdc", "dphil", "md", "mbbs", "mba", "emba", "mpa", "mph", "mpp", "msc", "ms", "ma",
    "meng", "med", "mfa", "mphil", "mres", "march", "mdes", "bsc", "bs", "ba", "beng", "bfa",
    "bed", "bcom", "bba", "btech", "mtech", "llb", "llm", "jd", "edd", "psyd", "pharmd", "drph",
    "dba", "dds", "dmd", "dvm", "od", "rn", "bsn", "msn", "np", "pe", "cpa", "cfa", "cfp", "cma",
    "cia", "cisa", "cism", "cissp", "cipp", "cippe", "pmp", "capm", "csm", "cspo", "psm", "pspo",
    "sphr", "phr", "shrm", "shrmcp", "shrmscp", "acca", "fcca", "aca", "cipd", "mcipd", "fcipd",
    "frsa", "frcs", "mrcs", "riba", "aia", "faia", "leed", "esq", "jr", "sr", "ii", "iii", "iv",
    "obe", "mbe", "cbe", "dr", "prof", "ing", "dipling", "rer", "nat", "pol", "oec",
];

/// Degrees that are also given or family names unless they are written as letters.
const WRITTEN_SMALL: &[&str] =
    &["jr", "sr", "esq", "ing", "dr", "prof", "rer", "nat", "pol", "oec"];

/// True for a word that stands in front of a name and greets nobody alone.
pub(super) fn is_title(word: &str) -> bool {
    // Plain letters, as nearly all words are: there is nothing to take apart.
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return TITLES.iter().any(|title| title.eq_ignore_ascii_case(word));
    }
    let folded = fold(word);
    if folded.chars().all(char::is_alphanumeric) {
        return TITLES.contains(&folded.as_str());
    }
    let folded = folded.trim_matches([',', ':']);
    if folded.ends_with('.') && DOTTED_TITLES.contains(&folded.trim_end_matches('.')) {
        return true;
    }
    // Prof., Dr.-Ing., h.c.: what the dots and hyphens part are titles each, or one together.
    let pieces = folded.split(['.', '-', '/']).filter(|piece| !piece.is_empty());
    let dotted = folded.contains('.');
    let mut pieces = pieces.peekable();
    let together: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    TITLES.contains(&folded)
        || TITLES.contains(&together.as_str())
        || (dotted && pieces.peek().is_some() && pieces.all(|piece| TITLES.contains(&piece)))
}

/// True for a degree behind a name, without or with its dots.
pub(super) fn is_degree(word: &str) -> bool {
    let folded: String = fold(word).chars().filter(|c| c.is_alphanumeric()).collect();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let as_letters = capitals > 1 || word.contains('.') || WRITTEN_SMALL.contains(&&*folded);
    as_letters && DEGREES.contains(&&*folded)
}

/// True where a part behind a comma is no given name: degrees, pronouns, letters that stand for a
/// certificate, where the name before them is whole and not in capitals itself.
pub(super) fn after_a_comma(part: &str, name: Option<&str>) -> bool {
    let whole = name.is_some_and(|name| {
        let words = name.split_whitespace().filter(|word| !is_title(word)).count();
        words > 1 && name.chars().any(char::is_lowercase)
    });
    // Head of Design: a sentence is no given name.
    let joined = |word: &str| ["of", "at", "and", "for", "&", "the", "in"].contains(&word);
    if whole && part.split_whitespace().any(joined) {
        return true;
    }
    part.split_whitespace().all(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        let certificate = || {
            let count = letters.clone().count();
            count <= 10 && letters.clone().all(char::is_uppercase)
        };
        let capitals = letters.clone().filter(|c| c.is_uppercase()).count();
        let number = letters.clone().next().is_none();
        let pronouns = word.contains('/') && capitals < 3;
        // CertiPM, PMI-ACP: capitals within a word are no name behind a whole name.
        let mixed = capitals > 2 && !word.contains(['\'', '’']);
        number
            || is_degree(word)
            || is_title(word)
            || pronouns
            || (whole && (certificate() || mixed))
    })
}

/// What is put behind a name to be polite.
pub(super) fn is_trailing_address(word: &str) -> bool {
    ["様", "さん", "氏", "先生", "殿", "님", "씨", "女士", "小姐"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{after_a_comma, is_degree, is_title};

    #[test]
    fn titles_are_known_however_they_are_dotted_and_names_are_none() {
        for title in ["Dr.", "DR", "Prof.", "Dr.-Ing.", "Dipl.-Ing.", "h.c.", "Prof.Dr.", "Rev."] {
            assert!(is_title(title), "{title}");
        }
        for name in ["Ana", "Don", "Rev", "Gen", "J.", "A.", "Drew", "Ingrid", "Maj", "-"] {
            assert!(!is_title(name), "{name}");
        }
    }

    #[test]
    fn degrees_are_letters_and_a_family_of_their_name_is_none() {
        for degree in ["PhD", "Ph.D.", "MBA", "M.Sc.", "Jr.", "III", "SHRM-CP"] {
            assert!(is_degree(degree), "{degree}");
        }
        for name in ["Ma", "Silva", "March", "Ba", "Med", "ANA"] {
            assert!(!is_degree(name), "{name}");
        }
    }

    #[test]
    fn a_given_name_behind_a_comma_is_no_certificate() {
        assert!(after_a_comma("CSPO, PSM I", Some("Ana Silva")));
        assert!(after_a_comma("she/her", Some("Ana Silva")));
        assert!(!after_a_comma("Ana", Some("Silva Costa")));
        assert!(!after_a_comma("ANA", Some("SILVA")));
        assert!(!after_a_comma("ANA", Some("SILVA COSTA")));
    }
}
