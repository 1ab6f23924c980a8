//! Small values on the command line.

/// `NAME=VALUE`, for an option that takes such pairs.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        Some(_) | None => Err("this wants NAME=VALUE".to_owned()),
    }
}
