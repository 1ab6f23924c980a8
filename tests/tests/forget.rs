//! R24 and L3: after `forget` no file holds anything of the person, and every count stays.

use std::fs;
use std::path::{Path, PathBuf};

use fortnight_cli::Status;
use fortnight_engine::store::SqliteStore;
use fortnight_tests::{Output, Sandbox};

const CONTACTS: &str = "\
First Name,Last Name,URL,Email Address,Company,Position,Connected On
Quillana,Zsivkova,https://www.linkedin.com/in/quillana-zsivkova,Quillana.Zsivkova@Wuthering.example,Wuthering Wax,Lead glazier,12 Mar 2024
Quill,Zsiv,https://www.linkedin.com/in/quillz,quill@example.com,Miro,Designer,13 Mar 2024
Ben,Okafor,https://www.linkedin.com/in/ben,ben@example.com,Miro,Designer,14 Mar 2024
Jörg,Ñandú,https://www.linkedin.com/in/jn,jn@example.com,Äther GmbH,Designer,15 Mar 2024
";

/// Everything that says who she is.
const HER: &[&str] = &[
    "Quillana",
    "Zsivkova",
    "quillana-zsivkova",
    "Quillana.Zsivkova@Wuthering.example",
    "Wuthering Wax",
    "Lead glazier",
    "kiln seven",
    "bring beeswax",
    "thesis on panes",
    "quillana@glass.example",
];

#[track_caller]
fn run(sandbox: &Sandbox, line: &str) {
    let _ = read(sandbox, line);
}

#[track_caller]
fn read(sandbox: &Sandbox, line: &str) -> Output {
    let output = sandbox.run(line);
    assert_eq!(output.status, Status::Done, "{line}\n{}", output.both);
    output
}

/// A plan with four people, one of whom has a history in every table.
fn begun() -> Sandbox {
    let sandbox = Sandbox::new();
    let file = sandbox.write("contacts.csv", CONTACTS);
    run(&sandbox, "start product-designer --people contacts.csv --sample-answers --yes");
    fs::remove_file(file).expect("as this test set it up");
    for line in [
        "people edit quillana context='your talk at kiln seven'",
        "people edit quillana note='bring beeswax'",
        "people edit quillana note='bring beeswax, twice'",
        "undo",
        "people edit ben context='met via QUILLANA  zsivkova' note='ask Quillana'",
        "people edit jörg context='your paper'",
        "people edit zsiv context='your shop'",
        "done write-message rehearse",
        "done send-intro/quillana send-intro/ben send-intro/jörg",
    ] {
        run(&sandbox, line);
    }
    sandbox.set_clock("2026-03-04T09:00");
    for line in [
        "quillana replied today",
        "quillana booked fri 10:00",
        "ben replied today",
        "jörg referred 'Quillana Zsivkova, Wuthering Wax'",
        "undo",
        "ben referred 'Quillana Zsivkova <quillana@glass.example>, Wuthering Wax'",
        "undo",
        "ben referred 'Dana Wu, Adyen'",
    ] {
        let output = sandbox.run(line);
        assert_ne!(output.status, Status::Environment, "{line}\n{}", output.both);
    }
    run(&sandbox, "today");
    sandbox
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("as this test set it up") {
        let path = entry.expect("as this test set it up").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// A value in every form in which a file could hold it.
fn forms(value: &str) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for text in [value.to_owned(), value.to_lowercase(), value.to_uppercase()] {
        forms.push(text.as_bytes().to_vec());
        forms.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        forms.push(text.chars().filter_map(|letter| u8::try_from(letter).ok()).collect());
        let percent = text.bytes().map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        });
        forms.push(percent.collect::<String>().into_bytes());
        // Base64 of a text inside another begins at any of three places.
        for shift in 0..3 {
            let padded = [&b"xx"[..shift], text.as_bytes()].concat();
            let encoded = base64(&padded);
            let certain = encoded.len().saturating_sub(2);
            let from = [0, 2, 3][shift];
            forms.push(encoded.as_bytes()[from..certain].to_vec());
        }
    }
    forms
}

/// Base64 without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(move |at| char::from(LETTERS[bits >> (18 - 6 * at) & 63]))
    };
    bytes.chunks(3).flat_map(group).collect()
}

/// The bytes as they are, and with the case of ASCII folded.
#[track_caller]
fn check_gone(sandbox: &Sandbox, values: &[&str]) {
    for file in files(sandbox.home()) {
        // Bytes as letters of Latin-1, for searching letters is quick.
        let letters = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
        let bytes = letters(&fs::read(&file).expect("as this test set it up"));
        let folded = bytes.to_ascii_lowercase();
        for value in values {
            for form in forms(value) {
                if form.len() < 4 {
                    continue;
                }
                let form = letters(&form);
                assert!(
                    !bytes.contains(&form) && !folded.contains(&form.to_ascii_lowercase()),
                    "{} holds {value:?} as {form:?}",
                    file.display()
                );
            }
        }
    }
}

fn database(sandbox: &Sandbox) -> PathBuf {
    sandbox.home().join(".local/share/fortnight/fortnight.db")
}

#[test]
fn nothing_of_a_forgotten_person_is_in_any_file_r24() {
    let sandbox = begun();
    let home = sandbox.home();
    // Copies that the program or the person made beside the database are cleaned too.
    fs::create_dir_all(home.join(".local/share/fortnight/backups")).unwrap();
    fs::copy(database(&sandbox), home.join(".local/share/fortnight/backups/a.db")).unwrap();
    run(&sandbox, "forget quillana --also Quillana --yes");
    check_gone(&sandbox, HER);
    // Her half-namesake is still there, and so is what others have of their own.
    let people = read(&sandbox, "people --all").both;
    assert!(people.contains("Quill Zsiv") && people.contains("Jörg Ñandú"), "{people}");
    assert!(!people.contains("forgotten"), "{people}");
    let ben = read(&sandbox, "people --all --json").data;
    assert!(ben.contains("met via (forgotten)") && ben.contains("ask (forgotten)"), "{ben}");
}

#[test]
fn what_the_program_left_outside_the_database_goes_too_r24() {
    let sandbox = begun();
    let home = sandbox.home();
    let (data, cache) = (home.join(".local/share/fortnight"), home.join(".cache/fortnight"));
    // The editor was killed, and with it the program; a process of that number runs again.
    let secret = "Hi Quillana, kiln seven";
    for name in ["editing/message-1.txt", "editing/message-999999.txt.swp", "report.html"] {
        sandbox.write(&format!(".cache/fortnight/{name}"), secret);
    }
    sandbox.write(".cache/fortnight/numbers.json.4711", secret);
    // A copy was taken away, and its log left behind.
    sandbox.write(".local/share/fortnight/backups/gone.db-wal", secret);
    sandbox.write(".local/share/fortnight/backups/gone.db-journal", secret);
    run(&sandbox, "forget quillana --also Quillana --yes");
    check_gone(&sandbox, HER);
    assert!(data.join("fortnight.db").exists());
    // A cache on another disk.
    #[cfg(unix)]
    {
        fs::remove_dir_all(&cache).unwrap();
        std::os::unix::fs::symlink(home.join("elsewhere"), &cache).unwrap();
        sandbox.write("elsewhere/editing/message-1.txt", "Hi Jörg");
        run(&sandbox, "forget jörg --yes");
        check_gone(&sandbox, &["Jörg"]);
        assert!(fs::symlink_metadata(&cache).unwrap().is_symlink());
    }
}

#[test]
fn a_copy_from_before_a_change_of_name_is_cleaned_too_r24() {
    let sandbox = begun();
    let copy = sandbox.home().join(".local/share/fortnight/backups/before.db");
    fs::create_dir_all(copy.parent().unwrap()).unwrap();
    fs::copy(database(&sandbox), &copy).unwrap();
    run(&sandbox, "people edit quillana name='Wilhelmina Ottersby' first_name=Wilhelmina");
    run(&sandbox, "people edit @1 last_name=Ottersby company='Other Ovens'");
    run(&sandbox, "forget wilhelmina --also Quillana --yes");
    check_gone(&sandbox, HER);
    check_gone(&sandbox, &["Wilhelmina", "Ottersby", "Other Ovens"]);
}

#[test]
fn a_copy_that_cannot_be_cleaned_is_named_and_nothing_is_erased() {
    let sandbox = begun();
    let mut bytes = fs::read(database(&sandbox)).unwrap();
    bytes.truncate(9_000);
    sandbox.write(".local/share/fortnight/backups/broken.db", &bytes);
    let refused = sandbox.run("forget quillana --yes");
    assert_eq!(refused.status, Status::Refused, "{}", refused.both);
    assert!(refused.talk.contains("broken.db"), "{}", refused.both);
    assert!(refused.talk.contains("Nothing was erased"), "{}", refused.both);
    assert!(read(&sandbox, "people --all").both.contains("Quillana Zsivkova"));
}

#[test]
fn a_name_in_part_is_shown_and_left_unless_asked_for() {
    let sandbox = begun();
    let told = read(&sandbox, "forget quillana --yes").talk;
    assert!(told.contains("Left as it is"), "{told}");
    assert!(told.contains("Ben Okafor, note: \"ask Quillana\""), "{told}");
    assert!(told.contains("met via (forgotten)"), "{told}");
}

#[test]
fn names_of_other_scripts_go_in_every_encoding() {
    let sandbox = begun();
    run(&sandbox, "forget jörg --yes");
    check_gone(&sandbox, &["Jörg", "Ñandú", "Äther GmbH", "your paper", "jn@example.com"]);
    assert!(read(&sandbox, "people --all").both.contains("Quillana Zsivkova"));
}

#[test]
fn every_count_stays_l3() {
    let sandbox = begun();
    for day in ["2026-03-05T09:00", "2026-03-16T09:00"] {
        sandbox.set_clock(day);
        let before: Vec<String> =
            ["compare --json", "cycle show --json"].map(|line| sandbox.run(line).data).into();
        let who = if day.contains("-05") { "quillana" } else { "jörg" };
        run(&sandbox, &format!("forget {who} --yes"));
        let after: Vec<String> =
            ["compare --json", "cycle show --json"].map(|line| sandbox.run(line).data).into();
        assert_eq!(before, after, "{day}");
    }
}

#[test]
fn nothing_brings_a_forgotten_person_back() {
    let sandbox = begun();
    run(&sandbox, "forget quillana --yes");
    let undo = sandbox.run("undo");
    assert_eq!(undo.status, Status::Refused, "{}", undo.both);
    assert!(undo.talk.contains("nothing takes that back"), "{}", undo.both);
    assert_eq!(sandbox.run("redo").status, Status::Refused);
    // What was recorded before it can go, one after the other, and come back.
    for _ in 0..4 {
        run(&sandbox, "undo --yes");
    }
    for _ in 0..4 {
        run(&sandbox, "redo");
    }
    check_gone(&sandbox, &["Zsivkova", "kiln seven", "Wuthering"]);
    assert_eq!(sandbox.run("forget quillana --yes").status, Status::Refused);
    assert_eq!(sandbox.run("forget @1 --yes").status, Status::Refused);
    assert_eq!(sandbox.run("quillana replied").status, Status::Refused);
    let log = read(&sandbox, "log --all").data;
    assert!(log.contains("somebody was forgotten"), "{log}");
}

#[test]
fn forgetting_asks_first_and_says_what_stays() {
    let sandbox = begun();
    let asked = sandbox.run("forget quillana");
    assert_eq!(asked.status, Status::Usage, "{}", asked.both);
    assert!(asked.talk.contains("fortnight forget quillana --yes"), "{}", asked.talk);
    assert!(asked.talk.contains("This stays"), "{}", asked.talk);
    assert!(read(&sandbox, "people --all").both.contains("Quillana Zsivkova"));
    run(&sandbox, "people edit quillana --do-not-contact yes");
    let told = sandbox.run("forget quillana").talk;
    assert!(told.contains("not to be written to"), "{told}");
}

#[test]
fn a_log_left_by_a_killed_process_holds_nothing_either() {
    let sandbox = begun();
    // A reader keeps the log from being tidied up; then it is as if the machine had stopped.
    let reader = SqliteStore::open_read_only(database(&sandbox)).unwrap();
    run(&sandbox, "people edit quillana note='bring beeswax in the log'");
    let data = sandbox.home().join(".local/share/fortnight");
    let copy = sandbox.home().join("killed");
    fs::create_dir_all(&copy).unwrap();
    for name in ["fortnight.db", "fortnight.db-wal"] {
        fs::copy(data.join(name), copy.join(name)).unwrap();
    }
    assert!(fs::metadata(copy.join("fortnight.db-wal")).unwrap().len() > 0);
    let busy = sandbox.run("forget quillana --yes");
    assert_eq!(busy.status, Status::Environment, "{}", busy.both);
    assert!(read(&sandbox, "people --all").both.contains("Quillana Zsivkova"));
    drop(reader);
    run(&sandbox, "forget quillana --yes");
    for name in ["fortnight.db", "fortnight.db-wal"] {
        fs::rename(copy.join(name), data.join(name)).unwrap();
    }
    run(&sandbox, "forget quillana --yes --also Quillana");
    check_gone(&sandbox, HER);
}
