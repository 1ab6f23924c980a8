//! Files that were made to exhaust or to confuse, through the real program: each ends soon, in
//! little memory, with a clear finding.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The release build takes two seconds at most; this one is unoptimised, on a busy machine.
const LONGEST: Duration = Duration::from_secs(40);

/// The address space that a reading may take, in KiB: the limit for what it holds is 256 MiB, and a
/// program maps more than it holds.
const MOST_MEMORY: u32 = 512 * 1024;

const HEAD: &str = "fortnight: 1\nplaybook: t\nversion: 1.0.0\ntitle: T\npeople: {size: 5}\n";
const STEP: &str = "steps: {a: {title: A}}\n";

/// Checks the bytes with the real program; it must say one of the codes and fail, or (without any)
/// find nothing to mend.
#[track_caller]
fn check(name: &str, bytes: &[u8], codes: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hostile.yaml");
    fs::write(&file, bytes).expect("it can be written");
    let begun = Instant::now();
    // The shell sets the limit and becomes the program.
    let output = Command::new("sh")
        .args(["-c", &format!("ulimit -v {MOST_MEMORY}; exec \"$@\""), "sh"])
        .arg(env!("CARGO_BIN_EXE_fortnight-under-test"))
        .args(["playbook", "check", "--format", "short"])
        .arg(&file)
        .env_clear()
        .env("HOME", "/nonexistent")
        .stdin(Stdio::null())
        .output()
        .expect("it can be run");
    let took = begun.elapsed();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let first: String = said.lines().take(5).collect::<Vec<_>>().join("\n");
    let talk = String::from_utf8_lossy(&output.stderr);
    let status = output.status.code();
    assert!(took < LONGEST, "{name} takes {took:?}");
    let expected = i32::from(!codes.is_empty());
    assert_eq!(
        status,
        Some(expected),
        "{name}: {first}\n{}",
        talk.chars().take(500).collect::<String>()
    );
    for code in codes {
        assert!(
            said.contains(&format!("({code})")) || said.contains(&format!("[{code}]")),
            "{name} lacks {code}: {first}"
        );
    }
    assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{name}");
}

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn lines(number: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for at in 0..number {
        let _ = writeln!(text, "{}", line(at));
    }
    text
}

#[test]
fn what_is_no_yaml_or_too_much_of_it() {
    check("deep lists", "[".repeat(100_000).as_bytes(), &["too-large"]);
    check("deep maps", "{a: ".repeat(100_000).as_bytes(), &["too-large"]);
    check(
        "deep blocks",
        lines(2_000, |at| format!("{}a:", " ".repeat(at))).as_bytes(),
        &["too-large"],
    );
    let bomb = "a: &a [x, x, x, x]\n".to_owned()
        + &lines(20, |at| format!("b{at}: &b{at} [*a, *a, *a, *a, *a, *a]"));
    check("alias bomb", bomb.as_bytes(), &["anchor-or-tag"]);
    check(
        "a megabyte of text",
        format!("{HEAD}about: {}\n{STEP}", "word ".repeat(200_000)).as_bytes(),
        &["too-large"],
    );
    check(
        "a megabyte of key",
        format!("{HEAD}{}: x\n{STEP}", "k".repeat(1 << 20)).as_bytes(),
        &["yaml-syntax"],
    );
    check(
        "a line of three megabytes",
        format!("{HEAD}about: \"{}", "x".repeat(3 << 20)).as_bytes(),
        &["yaml-syntax"],
    );
    check("five megabytes", "#".repeat(5 << 20).as_bytes(), &["too-large"]);
    check("nothing", b"", &["missing-key"]);
    check("zeros", &vec![0; 100_000], &["control-character"]);
    check(
        "random bytes",
        &(0..200_000_u32)
            .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect::<Vec<_>>(),
        &["encoding"],
    );
}

#[test]
fn letters_in_other_encodings_and_signs_that_nobody_sees() {
    let good = format!("{HEAD}{STEP}");
    check("UTF-16, little end first", &utf_16(&good, false), &["encoding"]);
    check("UTF-16, big end first", &utf_16(&good, true), &["encoding"]);
    check("UTF-8 with a mark", format!("\u{feff}{good}").as_bytes(), &[]);
    check(
        "a mark in the middle",
        format!("{HEAD}about: a\u{feff}b\n{STEP}").as_bytes(),
        &["control-character"],
    );
    check(
        "a bell in an id",
        format!("{HEAD}steps: {{a\u{7}b: {{title: A}}}}\n").as_bytes(),
        &["control-character"],
    );
    check(
        "an escape in a title",
        format!("{HEAD}steps: {{a: {{title: \"A \u{1b}[2J\"}}}}\n").as_bytes(),
        &["control-character"],
    );
    check(
        "an override in an id",
        format!("{HEAD}steps: {{\"a\u{202e}b\": {{title: A}}}}\n").as_bytes(),
        &["control-character"],
    );
    check(
        "a Cyrillic letter in an id",
        format!("{HEAD}steps: {{с: {{title: A}}}}\n").as_bytes(),
        &["bad-id"],
    );
}

#[test]
fn many_of_something() {
    let chain = lines(5_000, |at| match at {
        0 => "  s0: {title: T}".to_owned(),
        _ => format!("  s{at}: {{title: T, needs: s{}}}", at - 1),
    });
    check("a chain of 5,000 steps", format!("{HEAD}steps:\n{chain}").as_bytes(), &[]);
    let keys = lines(100_000, |at| format!("  k{at}: x"));
    check(
        "100,000 keys of a step",
        format!("{HEAD}steps:\n  a:\n    title: A\n{}", keys.replace("  k", "    k")).as_bytes(),
        &["unknown-key"],
    );
    check(
        "100,000 keys",
        format!("{HEAD}{}", keys.replace("  k", "k")).as_bytes(),
        &["unknown-key"],
    );
    let cron = format!("0 9 * * {}MON", "MON,".repeat(15_000));
    check(
        "a long schedule",
        format!("{HEAD}steps: {{a: {{title: A, every: \"{cron}\"}}}}\n").as_bytes(),
        &["bad-schedule"],
    );
    let needs = lines(40, |at| {
        format!(
            "  s{at}: {{title: T, needs: [{}]}}",
            (0..at).map(|of| format!("s{of}")).collect::<Vec<_>>().join(", ")
        )
    });
    check(
        "everything needs everything before it",
        format!("{HEAD}steps:\n{needs}").as_bytes(),
        &[],
    );
}

#[test]
fn deep_expressions_and_templates() {
    let condition = format!("{}inputs.x{}", "(".repeat(20_000), ")".repeat(20_000));
    check(
        "a deep condition",
        format!(
            "{HEAD}inputs: {{x: {{ask: A}}}}\nsteps: {{a: {{title: A, when: \"{condition}\"}}}}\n"
        )
        .as_bytes(),
        &["too-large"],
    );
    let ifs = "{% if inputs.x %}".repeat(1_500);
    check(
        "a deep template",
        format!("{HEAD}inputs: {{x: {{ask: A}}}}\nsteps: {{a: {{title: A, guide: \"{ifs}\"}}}}\n")
            .as_bytes(),
        &["too-large"],
    );
    let nots = "not ".repeat(10_000);
    check("a long no", format!("{HEAD}inputs: {{x: {{ask: A}}}}\nsteps: {{a: {{title: A, when: \"{nots}inputs.x\"}}}}\n").as_bytes(), &["too-large"]);
}
