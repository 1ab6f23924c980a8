//! Reading the inputs of a case and writing numbers as the tables do.

use fortnight_engine::experiment::{Arm, Stratum};
use serde_json::{Value, json};

/// What the engine makes of the inputs of a case, or what is wrong with the inputs.
pub(crate) type Computed = Result<Value, String>;

fn expected<T>(read: Option<T>, input: &Value, name: &str, what: &str) -> Result<T, String> {
    read.ok_or_else(|| format!("`{name}` is {}, not {what}", input[name]))
}

/// The whole number of this name.
pub(crate) fn count(input: &Value, name: &str) -> Result<u32, String> {
    let read = input[name].as_u64().and_then(|count| u32::try_from(count).ok());
    expected(read, input, name, "a count")
}

/// The day of this name.
pub(crate) fn day(input: &Value, name: &str) -> Result<i64, String> {
    expected(input[name].as_i64(), input, name, "a day")
}

/// The number of this name.
pub(crate) fn number(input: &Value, name: &str) -> Result<f64, String> {
    expected(input[name].as_f64(), input, name, "a number")
}

/// The word of this name.
pub(crate) fn word<'a>(input: &'a Value, name: &str) -> Result<&'a str, String> {
    expected(input[name].as_str(), input, name, "a word")
}

/// The list of this name.
pub(crate) fn list<'a>(input: &'a Value, name: &str) -> Result<&'a [Value], String> {
    expected(input[name].as_array().map(Vec::as_slice), input, name, "a list")
}

/// The two sides of a table of counts.
pub(crate) fn stratum(input: &Value) -> Result<Stratum, String> {
    Ok(Stratum::new(
        Arm::new(count(input, "x_a")?, count(input, "n_a")?),
        Arm::new(count(input, "x_b")?, count(input, "n_b")?),
    ))
}

/// The strata of a case.
pub(crate) fn strata(input: &Value, name: &str) -> Result<Vec<Stratum>, String> {
    list(input, name)?.iter().map(stratum).collect()
}

/// A number as the tables write it: infinity is a word.
pub(crate) fn real(value: f64) -> Value {
    if value == f64::INFINITY { json!("inf") } else { json!(value) }
}

/// A number that may not exist.
pub(crate) fn maybe(value: Option<f64>) -> Value {
    value.map_or(Value::Null, real)
}
