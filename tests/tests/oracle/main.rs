//! The statistics against tables of exact values (`tests/oracle/`, described in its README).
//!
//! `FORTNIGHT_ORACLE=DIR cargo test --workspace oracle` runs every table found in DIR instead, with
//! the same code. Each table says how many cases it compared. A table that nobody knows fails, and
//! so does a field that the engine does not compute.

mod compare;
mod counts;
mod cycles;
mod pair;
mod planning;
mod read;
mod strata;

use compare::Tolerance;
use read::Computed;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// How one table is computed and compared.
struct Table {
    name: &'static str,
    tolerance: Tolerance,
    /// From the `in` of a case to what its `out` should be.
    compute: fn(&Value) -> Computed,
}

const fn table(
    name: &'static str,
    (absolute, relative): (f64, f64),
    compute: fn(&Value) -> Computed,
) -> Table {
    Table { name, tolerance: Tolerance { absolute, relative }, compute }
}

/// Every table with the tolerance of the README.
const TABLES: [Table; 20] = [
    table("wilson", (1e-12, 1e-12), counts::wilson),
    table("jeffreys", (1e-11, 1e-9), counts::jeffreys),
    table("newcombe_diff", (1e-11, 1e-9), pair::newcombe_diff),
    table("fisher", (1e-12, 1e-9), pair::fisher),
    table("beta_binom_pba", (1e-9, 0.0), pair::beta_binom_pba),
    table("diff_credible", (1e-9, 0.0), pair::diff_credible),
    table("poisson_rate", (1e-10, 1e-9), counts::poisson_rate),
    table("gamma_rate_ratio", (1e-10, 1e-8), pair::gamma_rate_ratio),
    table("kaplan_meier", (1e-11, 1e-9), counts::kaplan_meier),
    table("power_mde", (1e-9, 0.0), planning::power_mde),
    table("looks_threshold", (1e-9, 0.0), planning::looks_threshold),
    table("cmh", (1e-10, 1e-9), strata::cmh),
    table("dersimonian_laird", (1e-10, 1e-9), strata::dersimonian_laird),
    table("strat_exact", (1e-12, 1e-9), strata::strat_exact),
    table("evalue_2x2", (1e-10, 1e-9), strata::evalue_2x2),
    table("verdict", (1e-9, 0.0), strata::verdict),
    table("trend_exact", (1e-11, 1e-9), cycles::trend_exact),
    table("hier_beta_binomial", (1e-6, 0.0), cycles::hier_beta_binomial),
    table("maturity", (0.0, 0.0), cycles::maturity),
    table("suppression", (0.0, 0.0), cycles::suppression),
];

/// The folder of the tables, and whether it is the one that comes with the project. A relative one
/// counts from the root of the workspace, where cargo is called.
fn folder() -> (PathBuf, bool) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    match std::env::var_os("FORTNIGHT_ORACLE") {
        Some(folder) if !folder.is_empty() => (package.join("..").join(folder), false),
        _ => (package.join("oracle"), true),
    }
}

/// The files of a folder that hold tables, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let listing = std::fs::read_dir(folder);
    assert!(listing.is_ok(), "cannot read the folder {}", folder.display());
    let mut files: Vec<PathBuf> = listing
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

/// What one table came to: how many cases and fields were compared, and what differed.
struct Report {
    name: String,
    cases: usize,
    fields: usize,
    flaws: Vec<String>,
}

fn run(path: &Path) -> Report {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut report = Report { name: stem.clone(), cases: 0, fields: 0, flaws: Vec::new() };
    let text = std::fs::read_to_string(path).expect("a table can be read");
    let document: Value = match serde_json::from_str(&text) {
        Ok(document) => document,
        Err(error) => {
            report.flaws.push(format!("{stem}: not JSON: {error}"));
            return report;
        }
    };
    let name = document["meta"]["table"].as_str().unwrap_or(&stem);
    let Some(table) = TABLES.iter().find(|table| table.name == name) else {
        report.flaws.push(format!("{stem}: nobody knows the table `{name}`"));
        return report;
    };
    let Some(cases) = document["cases"].as_array().filter(|cases| !cases.is_empty()) else {
        report.flaws.push(format!("{stem}: no cases"));
        return report;
    };
    for case in cases {
        let id = case["id"].as_str().unwrap_or("without id");
        report.cases += 1;
        match catch_unwind(AssertUnwindSafe(|| (table.compute)(&case["in"]))) {
            Ok(Err(flaw)) => report.flaws.push(format!("{name} {id} {flaw}")),
            Ok(Ok(got)) => {
                let found = compare::case(table.name, &got, &case["out"], table.tolerance);
                report.fields += found.fields;
                report.flaws.extend(found.flaws.iter().map(|flaw| format!("{name} {id} {flaw}")));
            }
            Err(_) => report.flaws.push(format!("{name} {id}: the computation panicked")),
        }
    }
    report
}

#[test]
fn oracle_tables_agree_with_the_engine() {
    let (folder, own) = folder();
    let paths = files(&folder);
    assert!(!paths.is_empty(), "no tables in {}", folder.display());
    if own {
        assert_eq!(paths.len(), TABLES.len(), "the project keeps all of its tables");
    }
    let mut reports: Vec<Report> = std::thread::scope(|scope| {
        let running: Vec<_> = paths.iter().map(|path| scope.spawn(move || run(path))).collect();
        running.into_iter().map(|one| one.join().expect("a table ends")).collect()
    });
    let mut lines = String::new();
    for Report { name, cases, fields, flaws } in &reports {
        let _ = writeln!(
            lines,
            "oracle {name:<20} {cases:>4} cases {fields:>6} fields compared, {} differ",
            flaws.len()
        );
    }
    // Written past the capture of the test harness, which hides what passing tests print.
    std::io::stdout().write_all(lines.as_bytes()).expect("standard output takes the summary");
    let flaws: Vec<String> =
        reports.iter_mut().flat_map(|report| report.flaws.drain(..).take(12)).collect();
    assert!(flaws.is_empty(), "\n{}", flaws.join("\n"));
}

#[test]
fn oracle_refuses_tables_and_inputs_it_does_not_know() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let flaws = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the folder can be written");
        run(&path).flaws
    };
    assert_eq!(
        flaws("luck.json", r#"{"cases": [{"id": "luck-1", "in": {}, "out": {}}]}"#),
        ["luck: nobody knows the table `luck`"]
    );
    assert_eq!(flaws("wilson.json", r#"{"cases": []}"#), ["wilson: no cases"]);
    assert_eq!(
        flaws("wilson.json", r#"{"cases": [{"id": "wilson-1", "in": {"x": -1}, "out": {}}]}"#),
        ["wilson wilson-1 `x` is -1, not a count"]
    );
}
