use proptest::prelude::*;

use super::contract::{self, LAWS};
use super::{MemoryStore, SqliteStore};

#[test]
fn the_log_in_memory_keeps_the_contract() {
    let mut at_work = String::new();
    contract::check(&mut || Box::new(MemoryStore::new()), |law| law.clone_into(&mut at_work))
        .unwrap_or_else(|error| panic!("{at_work}: {error}"));
    assert_eq!(at_work, LAWS.last().unwrap().0);
}

#[test]
fn the_log_in_sqlite_keeps_the_contract() {
    let mut at_work = String::new();
    contract::check(&mut || Box::new(SqliteStore::in_memory()), |law| law.clone_into(&mut at_work))
        .unwrap_or_else(|error| panic!("{at_work}: {error}"));
    assert_eq!(at_work, LAWS.last().unwrap().0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn both_stores_say_the_same_after_any_history(script in prop::collection::vec(any::<u8>(), 0..400)) {
        let (mut one, mut other) = (MemoryStore::new(), SqliteStore::in_memory());
        contract::agree(&script, &mut one, &mut other).unwrap();
    }
}
