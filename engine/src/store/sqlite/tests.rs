use super::*;
use crate::people;
use crate::plan::{Fact, FactKind, TaskKey};
use crate::store::contract::{Script, samples};
use crate::store::{Change, Projection};
use crate::words::Words;

const PLAN: PlanId = PlanId(1);
const ANA: EntryId = EntryId(1);

/// Five operations with a bit of everything.
fn log() -> SqliteStore {
    let mut store = SqliteStore::in_memory();
    let day = jiff::civil::date(2026, 3, 2);
    let mut begin =
        samples::operation(0, PLAN, [Fact::on(day, samples::started(&mut Script::new(&[])))]);
    let ana = Entry::person(ANA, "Ana Silva-Secret").with("email", "secret@example.com");
    begin.changes.push(Change::Person(people::Change::Added(ana)));
    begin.playbooks.push(("hash".to_owned(), "text".to_owned()));
    let note = |number: u64| {
        let value = Words::new(format!("secret {number}"));
        samples::operation(
            number,
            PLAN,
            [Fact::on(day, FactKind::InputSet { input: "note".into(), value })],
        )
    };
    let mut edit = note(2);
    edit.changes.push(Change::Person(people::Change::FieldSet {
        entry: ANA,
        field: "note".to_owned(),
        value: Some("secret note".into()),
    }));
    edit.projections.push((PLAN, Projection { running_cycle: Some(1), ..Projection::default() }));
    let task = TaskKey::of(1, "send".into(), ANA);
    let done = FactKind::Done { task, answers: [("a".into(), "secret".into())].into(), sent: None };
    let mut undo = note(5);
    undo.undoes = Some(OperationId(3));
    for operation in
        [begin, edit, note(3), samples::operation(4, PLAN, [Fact::on(day, done)]), undo]
    {
        let head = store.head().unwrap().operation;
        store.append(head, operation).unwrap();
    }
    assert_eq!(store.verify().unwrap(), None);
    store
}

/// More entries than are written at once, some unlike the one before: the columns of each are its own,
/// and the chain is that which `verify` works out one by one.
#[test]
fn a_large_import_is_written_as_if_one_by_one() {
    let entry = |id: u64| {
        let mut entry = if id.is_multiple_of(7) {
            Entry::company(EntryId(id), "Northwind")
        } else {
            Entry::person(EntryId(id), format!("Ana \"{id}\"")).with("position", "lead")
        };
        entry.do_not_contact = id.is_multiple_of(11);
        entry.knows_me = id.is_multiple_of(13);
        entry.company = id.is_multiple_of(5).then_some(EntryId(1));
        entry.introduced_by = id.is_multiple_of(17).then_some(EntryId(2));
        entry
    };
    for many in [1, 2_000, 2_001, 6_500] {
        let entries: Vec<Entry> = (1..=many).map(entry).collect();
        let mut store = SqliteStore::in_memory();
        let mut import = NewOperation::new(jiff::Timestamp::UNIX_EPOCH, "people import");
        let added = entries.iter().cloned().map(people::Change::Added).map(Change::Person);
        import.changes = added.collect();
        let note = people::Change::FieldSet {
            entry: ANA,
            field: "note".to_owned(),
            value: Some("met in Lyon".into()),
        };
        import.changes.push(Change::Person(note));
        store.append(None, import).unwrap();
        assert_eq!(store.verify().unwrap(), None);
        let kept = store.entries(&Entries::All).unwrap();
        assert_eq!(kept[0].field("note").unwrap().raw(), "met in Lyon");
        assert_eq!(kept[1..], entries[1..]);
    }
}

fn triggers(connection: &Connection) -> Vec<(String, String)> {
    let mut statement =
        connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// What somebody with a database tool could do: the triggers are in nobody's way who drops them.
#[track_caller]
fn check_found(tampering: &str, first: u64) {
    let store = log();
    for (name, _) in triggers(&store.connection) {
        store.connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    store.connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    store.connection.execute_batch(tampering).unwrap();
    assert_eq!(store.verify().unwrap(), Some(OperationId(first)), "{tampering}");
}

#[test]
fn a_changed_operation_is_found() {
    check_found("UPDATE operations SET at = at + 1 WHERE id = 3", 3);
    check_found("UPDATE operations SET command = 'done' WHERE id = 2", 2);
    check_found("UPDATE operations SET undoes = 2 WHERE id = 5", 5);
    check_found("UPDATE operations SET next_plan = 9 WHERE id = 4", 4);
    check_found("UPDATE operations SET next_entry = 1 WHERE id = 1", 1);
    check_found("UPDATE operations SET hash = zeroblob(32) WHERE id = 5", 5);
    check_found("UPDATE facts SET on_date = '2026-03-03' WHERE operation = 3", 3);
    check_found("UPDATE facts SET entry = NULL WHERE operation = 4", 4);
    check_found("UPDATE facts SET body = replace(body, 'note', 'mote') WHERE operation = 3", 3);
    check_found("UPDATE words SET text = 'other' WHERE operation = 2", 2);
    check_found("UPDATE words SET salt = NULL WHERE operation = 2", 2);
    check_found("UPDATE entries SET name = 'Anna'", 1);
    check_found("UPDATE entries SET do_not_contact = 1", 1);
    check_found("UPDATE entries SET operation = 2", 1);
    check_found("UPDATE entry_changes SET text = NULL", 2);
    check_found("UPDATE playbooks SET text = 'other'", 1);
}

#[test]
fn a_removed_inserted_or_moved_operation_is_found() {
    check_found("DELETE FROM operations WHERE id = 3", 3);
    check_found("DELETE FROM operations WHERE id = 5", 5);
    check_found("DELETE FROM operations WHERE id = 1", 1);
    check_found("DELETE FROM facts WHERE operation = 3", 3);
    check_found("DELETE FROM words WHERE operation = 4", 4);
    check_found(
        "INSERT INTO operations SELECT 6, at, command, undoes, newest_at, next_plan, next_entry, hash, hash FROM operations WHERE id = 5",
        6,
    );
    check_found(
        "INSERT INTO facts SELECT plan, cycle, 9, position, at, entry, on_date, on_time, kind, version, body FROM facts WHERE operation = 3",
        6,
    );
    check_found(
        "INSERT INTO facts SELECT plan, cycle, 3, 7, at, entry, on_date, on_time, kind, version, body FROM facts WHERE operation = 3",
        3,
    );
    check_found(
        "UPDATE operations SET id = 9 WHERE id = 3; UPDATE operations SET id = 3 WHERE id = 4; UPDATE operations SET id = 4 WHERE id = 9",
        3,
    );
}

#[test]
fn nothing_recorded_is_changed_deleted_or_replaced() {
    let store = log();
    for table in ["operations", "facts", "playbooks", "words", "entries", "entry_changes"] {
        let mut statement = store
            .connection
            .prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))
            .unwrap();
        let columns: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        for column in columns {
            let update = format!("UPDATE {table} SET {column} = {column}");
            assert!(store.connection.execute(&update, []).is_err(), "{update}");
        }
        for attempt in
            [format!("DELETE FROM {table}"), format!("REPLACE INTO {table} SELECT * FROM {table}")]
        {
            assert!(store.connection.execute(&attempt, []).is_err(), "{attempt}");
        }
    }
    assert_eq!(store.verify().unwrap(), None);
}

/// R24: erasing is all that is left to do, and the chain still holds.
#[test]
fn words_can_be_erased_and_the_chain_still_holds() {
    let store = log();
    store
        .connection
        .execute_batch(
            "UPDATE words SET text = NULL, salt = NULL;
             UPDATE entry_changes SET text = NULL, salt = NULL;
             UPDATE entries SET name = NULL, fields = NULL, salt = NULL;",
        )
        .unwrap();
    assert_eq!(store.verify().unwrap(), None);
    assert_eq!(store.entries(&Entries::All).unwrap(), [Entry::person(ANA, Entry::NAMELESS)]);
    let facts = store.facts(PLAN, &Scope::Everything).unwrap();
    assert_eq!(facts.len(), 4);
    assert!(matches!(&facts[1].fact.kind, FactKind::InputSet { value, .. } if value.is_blank()));
}

/// R24: what is said stands where it can be erased, and nowhere else.
#[test]
fn words_and_persons_stand_in_their_own_tables_only() {
    let store = log();
    for table in ["operations", "facts", "completions", "plans", "undone", "playbooks"] {
        let mut statement = store.connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                let bytes = row.get_ref(column).unwrap().as_bytes().unwrap_or_default();
                let text = String::from_utf8_lossy(bytes).to_lowercase();
                assert!(!text.contains("secret"), "{table}: {text}");
            }
        }
    }
}

/// Reading cost follows what is asked for: no answer walks through a whole table of the log.
#[test]
fn a_days_reading_uses_indexes_only() {
    let store = log();
    for (which, sql) in [
        (
            "facts of a cycle",
            "SELECT body FROM facts WHERE plan = 1 AND cycle = 1 AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.operation = facts.operation)",
        ),
        ("their words", "SELECT text FROM words WHERE plan = 1 AND cycle = 1"),
        (
            "facts about somebody",
            "SELECT body FROM facts WHERE entry = 1 AND plan = 1 AND cycle = 2",
        ),
        ("facts of an operation", "SELECT body FROM facts WHERE operation = 1"),
        ("retractions", "SELECT 1 FROM operations WHERE undoes = 1"),
        ("plans that are due", "SELECT id FROM plans WHERE next_due <= '2026-03-02'"),
        ("changes of an operation", "SELECT body FROM entry_changes WHERE operation = 1"),
    ] {
        let mut statement = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps: Vec<String> =
            statement.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert!(steps[0].starts_with("SEARCH"), "{which}: {steps:?}");
    }
}

#[test]
fn a_damaged_row_is_an_error_and_not_a_guess() {
    for (damage, broken) in [
        ("UPDATE facts SET body = '{' WHERE operation = 2", "all"),
        ("UPDATE facts SET on_date = 'monday' WHERE operation = 4", "all"),
        ("UPDATE facts SET at = 9223372036854775807 WHERE operation = 4", "all"),
        ("DELETE FROM words WHERE operation = 4", "all"),
        ("UPDATE entries SET fields = '['", "people"),
        ("UPDATE plans SET conversations = 'x'", "plans"),
        ("UPDATE plans SET id = -1", "plans"),
    ] {
        let store = log();
        for (name, _) in triggers(&store.connection) {
            store.connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        store.connection.execute_batch(damage).unwrap();
        let error = match broken {
            "all" => store.facts(PLAN, &Scope::Everything).err(),
            "people" => store.entries(&Entries::All).err(),
            _ => store.plans().err(),
        };
        assert!(matches!(error, Some(StoreError::Corrupt { .. })), "{damage}: {error:?}");
        let said = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(!said.contains("secret"), "{said}");
    }
}
