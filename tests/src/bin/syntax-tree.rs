//! Prints how files are read, one JSON document a line, for readers in other languages to be held
//! against: `tests/readers/yaml11.py`.

use std::io::Write as _;
use std::process::ExitCode;

use fortnight_tests::yaml;

fn main() -> std::io::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    for name in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&name)?;
        let Some(tree) = yaml::texts(&text) else {
            writeln!(std::io::stderr(), "{name} is no YAML")?;
            return Ok(ExitCode::FAILURE);
        };
        writeln!(out, "{}", serde_json::json!({"file": name, "tree": tree}))?;
    }
    Ok(ExitCode::SUCCESS)
}
