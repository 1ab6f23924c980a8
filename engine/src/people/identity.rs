//! What tells that two records are the same person (L2).
//!
//! Knows e-mails, profile addresses, names and companies as keys to compare. What is stored is
//! never changed.

use std::borrow::Cow;

use super::fold;
use super::titles::{is_degree, is_title};

/// An e-mail as it is compared: case folded, trimmed. `None` where it is no address.
///
/// ```
/// use fortnight_engine::people::identity::email_key;
/// assert_eq!(email_key(" Ana@Example.COM "), email_key("ana@example.com"));
/// assert_eq!(email_key("none"), None);
/// ```
pub fn email_key(email: &str) -> Option<String> {
    let email = email.trim();
    let email = email.strip_prefix("mailto:").unwrap_or(email);
    let (name, host) = email.split_once('@')?;
    let whole = !name.is_empty() && !host.is_empty() && !email.contains(char::is_whitespace);
    whole.then(|| email.to_lowercase())
}

/// A profile's address as it is compared: without scheme, `www`, country, query and language, with
/// `%C3%A9` and `é` the same. `None` where the address names no page of its own.
///
/// ```
/// use fortnight_engine::people::identity::profile_key;
/// let key = profile_key("https://www.linkedin.com/in/ana-silva");
/// assert_eq!(profile_key("http://de.linkedin.com/in/Ana-Silva/?trk=x"), key);
/// assert_eq!(profile_key("linkedin.com/in/ana-silva/de"), key);
/// assert_eq!(profile_key("https://northwind.example/"), None);
/// ```
pub fn profile_key(address: &str) -> Option<String> {
    let (host, path) = host_and_path(address)?;
    let path = decoded(path);
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let mut key = String::with_capacity(host.len() + 1 + path.len());
    if is_on(&host, LINKEDIN) {
        // `/in/NAME`, `/pub/NAME/1/2/3`: what follows a name of `/in/` is a language or a page of it.
        key.push_str(LINKEDIN);
        let kind = segments.next()?;
        let more = if kind.eq_ignore_ascii_case("in") { 0 } else { usize::MAX };
        let name = segments.next()?;
        for segment in [kind, name].into_iter().chain(segments.take(more)) {
            key.push('/');
            push_lowercase(&mut key, segment);
        }
        return Some(key);
    }
    key.push_str(&host);
    for segment in segments {
        key.push('/');
        key.push_str(segment);
    }
    (key.len() > host.len()).then_some(key)
}

const LINKEDIN: &str = "linkedin.com";

/// True for a site and what lies below it.
fn is_on(host: &str, site: &str) -> bool {
    host.strip_suffix(site).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

/// As [`str::to_lowercase`], without a text in between where the letters are plain.
fn push_lowercase(to: &mut String, text: &str) {
    if text.is_ascii() {
        let start = to.len();
        to.push_str(text);
        to[start..].make_ascii_lowercase();
    } else {
        to.push_str(&text.to_lowercase());
    }
}

/// True where an address is surely one person's: any page elsewhere may be a company's.
pub(super) fn is_profile(address: &str) -> bool {
    const SITES: [(&str, &str); 6] = [
        ("linkedin.com", "in"),
        ("linkedin.com", "pub"),
        ("xing.com", "profile"),
        ("github.com", ""),
        ("behance.net", ""),
        ("dribbble.com", ""),
    ];
    let Some((host, path)) = host_and_path(address) else { return false };
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let (first, second) = (segments.next(), segments.next());
    SITES.iter().any(|(site, kind)| {
        is_on(&host, site)
            && if kind.is_empty() {
                first.is_some() && second.is_none()
            } else {
                first.is_some_and(|first| first.eq_ignore_ascii_case(kind)) && second.is_some()
            }
    })
}

/// Host in lower case without `www`, and path without query.
fn host_and_path(address: &str) -> Option<(Cow<'_, str>, &str)> {
    let address = address.trim();
    let behind = address.split_once(':').and_then(|(scheme, rest)| {
        let rest = rest.strip_prefix("//")?;
        scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(rest)
    });
    let address = behind.unwrap_or(address);
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let plain = host.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let host = if plain { Cow::Borrowed(host) } else { Cow::Owned(host.to_lowercase()) };
    let host = match host {
        Cow::Borrowed(host) => Cow::Borrowed(host.strip_prefix("www.").unwrap_or(host)),
        Cow::Owned(host) => match host.strip_prefix("www.") {
            Some(rest) => Cow::Owned(rest.to_owned()),
            None => Cow::Owned(host),
        },
    };
    (host.contains('.') && !host.contains(char::is_whitespace)).then_some((host, path))
}

/// Undoes `%41`; what does not make UTF-8 stays as it is.
fn decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        match after {
            [high, low, more @ ..] if byte == b'%' => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => {
                    bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                    rest = more;
                }
                (None | Some(_), _) => bytes.push(byte),
            },
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// A name as it is compared: folded, "Silva, Ana" turned round, without titles in front and degrees
/// behind a comma.
///
/// ```
/// use fortnight_engine::people::identity::name_key;
/// assert_eq!(name_key("SILVA, Ána"), name_key("Ana Silva"));
/// assert_eq!(name_key("Dr. Ana Silva, PhD, MBA"), name_key("Ana Silva"));
/// ```
pub fn name_key(name: &str) -> String {
    let folded = fold(untitled(name));
    match folded.split_once(',') {
        Some((family, given)) if !given.contains(',') && !family.contains(' ') => {
            fold(&format!("{given} {family}"))
        }
        Some(_) | None => folded,
    }
}

/// The name between titles and degrees; of a name that is nothing else, all.
fn untitled(name: &str) -> &str {
    let mut left = name.trim();
    if let Some((front, behind)) = left.split_once(',') {
        let mut words = behind.split([',', ' ']).filter(|word| !word.is_empty()).peekable();
        if words.peek().is_some() && words.all(is_degree) && !front.trim().is_empty() {
            left = front.trim();
        }
    }
    while let Some((first, rest)) = left.split_once(' ') {
        if !is_title(first) || rest.trim().is_empty() {
            break;
        }
        left = rest.trim_start();
    }
    left
}

/// A company as it is compared: folded, without its legal form.
///
/// ```
/// use fortnight_engine::people::identity::company_key;
/// assert_eq!(company_key("Northwind, Inc."), company_key("northwind"));
/// ```
pub fn company_key(company: &str) -> String {
    const FORMS: &[&str] = &[
        "inc", "llc", "ltd", "limited", "gmbh", "ag", "se", "sa", "sas", "sarl", "bv", "nv", "ab",
        "as", "oy", "plc", "corp", "co", "kg", "srl", "spa", "lda", "ug",
    ];
    let folded = fold(company);
    let mut key = String::with_capacity(folded.len());
    for word in folded.split([' ', ',']) {
        let before = key.len();
        if before > 0 {
            key.push(' ');
        }
        let start = key.len();
        key.extend(word.split('.'));
        if key.len() == start {
            key.truncate(before);
        }
    }
    while let Some((front, last)) = key.rsplit_once(' ') {
        if !FORMS.contains(&last) {
            break;
        }
        key.truncate(front.len());
    }
    key
}
