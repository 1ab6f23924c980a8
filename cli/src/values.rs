//! Small values on the command line.

use fortnight_engine::message::Channel;

use crate::failure::CliError;

/// `NAME=VALUE`, for an option that takes such pairs.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        Some(_) | None => Err("this wants NAME=VALUE".to_owned()),
    }
}

/// A channel by its name in playbooks, or as people say it.
pub(crate) fn channel(given: &str) -> Result<Channel, CliError> {
    let lower = given.trim().to_lowercase().replace([' ', '_'], "-");
    let known = match lower.as_str() {
        "mail" | "e-mail" => "email",
        "text" | "text-message" => "sms",
        "call" => "phone",
        other => other,
    };
    Channel::parse(known).ok_or_else(|| {
        let names: Vec<&str> = Channel::ALL.iter().map(|channel| channel.as_str()).collect();
        CliError::refused_with(
            format!("`{}` is no channel.", given.trim()),
            format!("There is: {}", names.join(", ")),
        )
    })
}
