//! A handful of commands through the real program: what only a process can show.

use std::io::Read as _;
use std::process::{Command, Stdio};

fn fortnight() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fortnight-under-test"));
    command.env_clear().env("HOME", "/nonexistent").stdin(Stdio::null());
    command
}

#[test]
fn the_program_says_its_name_and_version() {
    let output = fortnight().arg("--version").output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("fortnight "));
}

#[test]
fn a_wrong_option_is_exit_status_2_and_talk() {
    let output = fortnight().arg("--no-such-option").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8(output.stderr).unwrap().contains("--no-such-option"));
}

#[test]
fn a_closed_pipe_is_nobodys_mistake() {
    let mut child = fortnight()
        .args(["playbook", "show", "networking"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut talk = String::new();
    child.stderr.take().unwrap().read_to_string(&mut talk).unwrap();
    assert_eq!((child.wait().unwrap().code(), talk.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_the_output_is_exit_status_3() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        fortnight().args(["playbook", "show", "networking"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("could not be written"));
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let strange = std::ffi::OsStr::from_bytes(b"\xff\xfe");
    let output =
        fortnight().args(["playbook".as_ref(), "show".as_ref(), strange]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
