use proptest::prelude::*;

use super::{Words, danger, escape_json};

/// What hostile address books hold; each is stored as it is and must be harmless everywhere.
const HOSTILE: &[&str] = &[
    "\u{1b}[2J\u{1b}[31mred",
    "\u{1b}]8;;https://evil.example\u{7}click\u{1b}]8;;\u{7}",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{9b}31m",
    "Ana\u{202e}moc.live",
    "\u{2066}isolated",
    "=HYPERLINK(\"http://evil.example\",\"click\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\u{feff}=1+1",
    "＝1+1",
    "Ana\r\nBcc: eve@example.com",
    "Ana\u{2028}Silva\u{85}X",
    "</title><script>alert(1)</script>",
    "\"' onmouseover='alert(1)",
    "{{ inputs.secret }}{% for x in y %}",
    "../../etc/passwd",
    "END:VCALENDAR\r\nBEGIN:VCALENDAR",
    "-rf",
    "\0",
    "",
];

/// Honest names; none may be changed where there is no syntax in the way.
const HONEST: &[&str] = &[
    "Ana Silva",
    "Zoë Ångström",
    "李小龍",
    "Владимир",
    "محمد الأمين",
    "می\u{200c}خواهم",
    "क्षितिज",
    "Nguyễn Thị Ánh",
    "👩\u{200d}💻 Dev",
    "O\u{2019}Brien",
    "e\u{301}",
    "\u{200f}דנה",
];

#[track_caller]
fn check(made: &str, lines_allowed: bool) {
    let bad = made.chars().find(|c| danger::is_dangerous(*c) && !(lines_allowed && *c == '\n'));
    assert_eq!(bad, None, "in {made:?}");
}

fn check_every_place(text: &str) {
    let words = Words::new(text);
    assert_eq!(words.raw(), text);
    check(&words.terminal(), false);
    check(&words.terminal_block(), true);
    check(&words.letter(), true);
    let link = words.mail_link_part();
    assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"%-._~".contains(&byte)));
    check(&words.csv(), true);
    check(&words.ical(), false);
    check(&words.html_text(), true);
    check(&words.html_attribute(), false);
    check(&words.mail_header(), false);
    check(&words.file_name(), false);
    check(&words.json(), false);
    for markup in ['<', '>', '"', '\''] {
        assert!(!words.html_text().contains(markup));
        assert!(!words.html_attribute().contains(markup));
    }
    let first = words.csv().trim_start().chars().next();
    assert!(!first.is_some_and(|c| "=+-@".contains(c)), "{:?}", words.csv());
    assert!(!words.file_name().is_empty() && words.file_name().len() <= 121);
    assert!(
        !words.file_name().contains(['/', '\\', '\0'])
            && !words.file_name().starts_with(['.', '-'])
    );
    assert_eq!(serde_json::from_str::<String>(&words.json()).unwrap(), text);
    if let Some(address) = words.mail_address() {
        assert_eq!(address.matches('@').count(), 1);
        check(&address, false);
    }
    if let Some(address) = words.web_address() {
        assert!(address.starts_with("http"));
        check(&address, false);
    }
}

#[test]
fn hostile_words_are_kept_and_harmless_in_every_place() {
    for text in HOSTILE {
        check_every_place(text);
    }
    check_every_place(&"\u{1b}]0;".repeat(2048));
}

#[test]
fn honest_names_of_any_script_stay_byte_for_byte() {
    for text in HONEST {
        let words = Words::new(*text);
        assert_eq!(words.terminal(), *text);
        assert_eq!(words.terminal_block(), *text);
        assert_eq!(words.csv(), *text);
        assert_eq!(words.ical(), *text);
        assert_eq!(words.html_text(), *text);
        assert_eq!(words.html_attribute(), *text);
        assert_eq!(words.mail_header(), *text);
        assert_eq!(words.file_name(), *text);
        assert_eq!(words.json(), format!("\"{text}\""));
    }
}

#[test]
fn breaks_of_any_kind_are_one_space_in_a_line_and_one_break_in_a_block() {
    let words = Words::new("a\r\nb\rc\nd\u{2028}e\tf\n\ng");
    assert_eq!(words.terminal(), "a b c d e f g");
    assert_eq!(words.terminal_block(), "a\nb\nc\nd\ne    f\n\ng");
    assert_eq!(words.ical(), r"a\nb\nc\nd\ne f\n\ng");
}

#[test]
fn a_file_name_is_never_a_device_a_flag_or_a_hidden_file() {
    let name = |text: &str| Words::new(text).file_name();
    assert_eq!(name("CON"), "CON-");
    assert_eq!(name("lpt1.txt"), "lpt1.txt-");
    assert_eq!(name("Conrad"), "Conrad");
    assert_eq!(name("-rf *"), "rf");
    assert_eq!(name(".bashrc"), "bashrc");
    assert_eq!(name("Ana\u{1b}[31m"), "Ana-[31m");
    assert_eq!(name(&"é".repeat(200)), "é".repeat(60));
}

#[test]
fn only_web_addresses_become_links() {
    let link = |text: &str| Words::new(text).web_address();
    assert_eq!(link("HTTP://x.example/a?b#c").as_deref(), Some("http://x.example/a?b#c"));
    assert_eq!(
        link("https://de.linkedin.com/in/jörg").as_deref(),
        Some("https://de.linkedin.com/in/jörg")
    );
    for bad in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://a.example/\"onload",
        "https://user@evil.example",
        "https://a.example:x/",
        "https://a.example/$(reboot)",
        "ana",
        "",
        "https://",
        "https://é\u{202e}.example",
        "-x.example",
    ] {
        assert_eq!(link(bad), None, "{bad}");
    }
}

#[test]
fn a_recipient_is_one_address_or_nothing() {
    let mail = |text: &str| Words::new(text).mail_address();
    assert_eq!(mail("jörg.m+list@büro.example").as_deref(), Some("jörg.m+list@büro.example"));
    for bad in
        ["a@b@c", "a b@c.example", "<a@b.example>", "a@b.example?bcc=x", "@x", "a@", "a..b@c"]
    {
        assert_eq!(mail(bad), None, "{bad}");
    }
}

#[test]
fn a_document_of_json_keeps_its_meaning() {
    let value = serde_json::json!({"a\u{202e}": ["\u{9b}\u{7f}\u{2028}", "b"]});
    let printed = escape_json(&serde_json::to_string_pretty(&value).unwrap());
    check(&printed, true);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&printed).unwrap(), value);
}

proptest! {
    #[test]
    fn any_text_is_harmless_in_every_place(text in "\\PC*|.*|[\\x00-\\x9f\u{2020}-\u{2070}=+@'\\-]*") {
        check_every_place(&text);
    }

    #[test]
    fn a_cell_without_controls_is_read_back_as_it_was(text in "['=+@a \\-]{0,12}") {
        prop_assert_eq!(Words::from_csv(&Words::new(text.as_str()).csv()), Words::new(text));
    }
}
