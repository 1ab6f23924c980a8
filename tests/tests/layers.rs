//! The arrows between the rooms of the engine, held against the table in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fortnight_tests::{files_below, root};

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).expect("the file can be read")
}

type Arrows = BTreeMap<String, BTreeSet<String>>;

/// The rows of the table under a heading of ARCHITECTURE.md, cell by cell.
fn table(heading: &str) -> Vec<Vec<String>> {
    let text = read(Path::new("ARCHITECTURE.md"));
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).expect("the heading is there");
    let section = section.split("\n## ").next().unwrap_or(section);
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

/// The words between backticks.
fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn allowed() -> Arrows {
    let all: Vec<Vec<String>> = table("Rooms of the engine");
    let mut arrows = Arrows::new();
    for row in &all {
        let (room, may) = (&row[0], &row[2]);
        let below: BTreeSet<String> = if *may == "everything above" {
            arrows.keys().cloned().collect()
        } else {
            names(may).into_iter().collect()
        };
        arrows.insert(names(room)[0].clone(), below);
    }
    arrows
}

/// The rooms that a line of code names behind `crate::`, also in a list between braces.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    let mut rooms = BTreeSet::new();
    for (at, mark) in code.match_indices("crate::") {
        let rest = &code[at + mark.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            rooms.insert(word(rest));
            continue;
        };
        let mut depth = 0_u32;
        let mut first = true;
        for (at, letter) in list.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                c if first && c.is_ascii_alphabetic() => {
                    rooms.insert(word(&list[at..]));
                    first = false;
                }
                _ => {}
            }
        }
    }
    rooms
}

/// The code of a file without its comments.
fn code(text: &str) -> String {
    let bare = |line: &str| !line.trim_start().starts_with("//");
    text.lines().filter(|line| bare(line)).collect::<Vec<_>>().join("\n")
}

/// Which room a file of the engine belongs to; none for the root.
fn room(path: &Path) -> Option<String> {
    let first = path.iter().nth(2)?.to_str()?;
    let room = first.strip_suffix(".rs").unwrap_or(first);
    (room != "lib").then(|| room.to_owned())
}

#[test]
fn every_arrow_between_rooms_is_in_the_table() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for path in files_below("engine/src", ".rs") {
        let Some(room) = room(&path) else { continue };
        let Some(may) = allowed.get(&room) else {
            wrong.push(format!("the room `{room}` is not in the table"));
            continue;
        };
        let text = code(&read(&path));
        for other in rooms_named(&text) {
            if other != room && allowed.contains_key(&other) && !may.contains(&other) {
                wrong.push(format!("{}: {room} → {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that ARCHITECTURE.md does not allow:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_has_every_room_once_and_only_points_down() {
    let rows: Vec<String> =
        table("Rooms of the engine").iter().map(|row| names(&row[0])[0].clone()).collect();
    let allowed = allowed();
    assert_eq!(allowed.len(), rows.len(), "a room stands twice in the table");
    for (at, room) in rows.iter().enumerate() {
        let below: BTreeSet<String> = rows[..at].iter().cloned().collect();
        let up: Vec<&String> = allowed[room].difference(&below).collect();
        assert!(up.is_empty(), "{room} may not use {up:?}: an arrow up makes circles possible");
    }
    let there: BTreeSet<String> =
        files_below("engine/src", ".rs").iter().filter_map(|path| room(path)).collect();
    assert_eq!(there, rows.into_iter().collect(), "rooms on disk and in the table");
}

#[test]
fn each_guarded_library_is_used_in_its_one_module() {
    let mut wrong = Vec::new();
    for row in table("Dependencies") {
        let [_, library, home, ..] = row.as_slice() else { panic!("four cells: {row:?}") };
        let homes = names(home);
        if homes.is_empty() {
            continue;
        }
        for library in names(library) {
            let word = library.replace('-', "_");
            for path in ["engine/src", "cli/src"].iter().flat_map(|krate| files_below(krate, ".rs"))
            {
                let text = code(&read(&path));
                let used = text.match_indices(&word).any(|(at, _)| {
                    let before = text[..at].chars().next_back();
                    let own = before.is_none_or(|c| !c.is_alphanumeric() && !"_:.\"`".contains(c));
                    own && text[at + word.len()..].starts_with("::")
                });
                let inside = path.to_str().unwrap();
                let at_home = homes.iter().any(|home| {
                    inside.starts_with(&format!("{home}/")) || inside == format!("{home}.rs")
                });
                if used && !at_home {
                    wrong.push(format!("{inside} uses {library}, which lives in {homes:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = read(Path::new("Cargo.toml"));
    let (_, listed) = manifest.split_once("[workspace.dependencies]").unwrap();
    let listed = listed.split("\n[").next().unwrap();
    let known: BTreeSet<String> =
        table("Dependencies").iter().flat_map(|row| names(&row[1])).collect();
    let strange: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .filter(|name| !name.starts_with("fortnight") && !known.contains(*name))
        .collect();
    assert!(strange.is_empty(), "no row in ARCHITECTURE.md for {strange:?}");
}

#[test]
fn the_reader_of_arrows_sees_them_all() {
    let code = "use crate::plan::Fact;\nuse crate::{\n    people::{Entry, Id},\n    words,\n};\nx(crate::store::y)";
    let expected = ["people", "plan", "store", "words"];
    assert_eq!(rooms_named(code), expected.map(str::to_owned).into_iter().collect());
}
