//! Comparing what was computed with what a table says, field by field.

use serde_json::Value;

/// A number agrees when it is within the absolute tolerance, or within the relative one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tolerance {
    pub absolute: f64,
    pub relative: f64,
}

impl Tolerance {
    fn allows(self, got: f64, want: f64) -> bool {
        let distance = (got - want).abs();
        // The reader of JSON may be one binary digit off, so nothing can be closer than that.
        distance <= self.absolute || distance <= self.relative.max(4e-16) * want.abs()
    }
}

/// How many fields of a case were compared, and those that differ.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub fields: usize,
    pub flaws: Vec<String>,
}

/// Compares every field of `want`; `got` may have more.
pub(crate) fn case(table: &str, got: &Value, want: &Value, tolerance: Tolerance) -> Found {
    let mut found = Found::default();
    let Some(fields) = want.as_object() else {
        found.flaws.push("has no `out`".to_owned());
        return found;
    };
    for (field, want) in fields {
        let tolerance = field_tolerance(table, field, want, tolerance);
        match got.get(field) {
            Some(got) => value(field, got, want, tolerance, &mut found),
            None => found.flaws.push(format!("{field}: the engine has no such field")),
        }
    }
    found
}

/// The exceptions of the README.
fn field_tolerance(table: &str, field: &str, want: &Value, usual: Tolerance) -> Tolerance {
    match table {
        "power_mde" if field.starts_with("mde_") => Tolerance { absolute: 1e-7, ..usual },
        // Far out in a tail the absolute tolerance would accept anything.
        "beta_binom_pba" if want.as_f64().is_some_and(|p| p.abs() < 1e-6) => {
            Tolerance { absolute: 1e-16, relative: 1e-6 }
        }
        _ => usual,
    }
}

fn value(field: &str, got: &Value, want: &Value, tolerance: Tolerance, found: &mut Found) {
    match (got, want) {
        (Value::Array(got), Value::Array(want)) if got.len() == want.len() => {
            for (place, (got, want)) in got.iter().zip(want).enumerate() {
                value(&format!("{field}[{place}]"), got, want, tolerance, found);
            }
            found.fields += usize::from(want.is_empty());
        }
        (Value::Object(got), Value::Object(want)) if got.len() == want.len() => {
            for (name, want) in want {
                let got = got.get(name).unwrap_or(&Value::Null);
                value(&format!("{field}.{name}"), got, want, tolerance, found);
            }
        }
        (Value::Number(got_number), Value::Number(want_number)) => {
            found.fields += 1;
            let agree = match (got_number.as_f64(), want_number.as_f64()) {
                (Some(got), Some(want)) => tolerance.allows(got, want),
                _ => false,
            };
            if !agree {
                found.flaws.push(format!("{field}: got {got}, want {want}"));
            }
        }
        _ => {
            found.fields += 1;
            if got != want {
                found.flaws.push(format!("{field}: got {got}, want {want}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(got: &Value, want: &Value, flaws: &[&str]) {
        let tolerance = Tolerance { absolute: 1e-9, relative: 0.0 };
        assert_eq!(case("wilson", got, want, tolerance).flaws, flaws);
    }

    #[test]
    fn oracle_reports_each_field_that_differs() {
        check(&json!({"lo": 0.5}), &json!({"lo": 0.5 + 1e-12}), &[]);
        check(&json!({"lo": 0.5}), &json!({"lo": 0.6}), &["lo: got 0.5, want 0.6"]);
        check(&json!({"lo": null}), &json!({"lo": 0.6}), &["lo: got null, want 0.6"]);
        check(&json!({"hi": "inf"}), &json!({"hi": "inf"}), &[]);
        check(&json!({}), &json!({"hi": 1.0}), &["hi: the engine has no such field"]);
        check(&json!({"path": [1.0]}), &json!({"path": [2.0]}), &["path[0]: got 1.0, want 2.0"]);
        check(&json!({"path": []}), &json!({"path": [2.0]}), &["path: got [], want [2.0]"]);
        check(&json!({"text": "a"}), &json!({"text": "b"}), &["text: got \"a\", want \"b\""]);
    }
}
