//! How long a rehearsed cycle takes: 28 people, fourteen days, through the rules that run plans.
//!
//! `cargo bench -p fortnight-engine --bench simulation`

use divan::Bencher;
use fortnight_engine::playbook::{self, Playbook};
use fortnight_engine::simulation::{Rehearsal, Setting};
use fortnight_engine::source::SourceFile;
use jiff::civil::date;

fn main() {
    divan::main();
}

const NETWORKING: &str = include_str!("../../playbooks/networking.yaml");

fn networking() -> (Playbook, String) {
    let loaded = playbook::load(SourceFile::new("networking.yaml", NETWORKING), &|_, _| None);
    loaded.playbook.zip(loaded.packed).expect("it has no errors")
}

#[divan::bench]
fn a_cycle_of_28_people(bencher: Bencher<'_, '_>) {
    let (playbook, packed) = networking();
    let rehearsal = Rehearsal::of(&playbook, &packed);
    let mut seed = 0;
    bencher.bench_local(|| {
        seed += 1;
        let setting = Setting { seed, people: 28, ..Setting::on(date(2026, 3, 2)) };
        rehearsal.run(&setting)
    });
}

#[divan::bench]
fn check_networking(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        playbook::load(SourceFile::new("networking.yaml", NETWORKING), &|_, _| None)
    });
}
