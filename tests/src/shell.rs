//! Splitting a command line into arguments as a shell does, without running one.

/// The arguments of a line: white space parts them, quotes of either kind and a backslash keep
/// characters together.
///
/// ```
/// use fortnight_tests::split;
/// assert_eq!(split(r#"record "Dana Wu" --note 'it''s \ on' a\ b"#),
///     ["record", "Dana Wu", "--note", r"its \ on", "a b"]);
/// ```
pub fn split(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut argument: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), close) if open == close => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                argument.get_or_insert_default();
            }
            (None | Some('"'), '\\') => {
                argument.get_or_insert_default().extend(letters.next());
            }
            (None, space) if space.is_whitespace() => arguments.extend(argument.take()),
            (_, other) => argument.get_or_insert_default().push(other),
        }
    }
    arguments.extend(argument);
    arguments
}
