//! A sheet for somebody to fill in, in the form that [`read`](super::read) takes back.

use crate::words::Words;

/// A CSV file with a header. Cells are guarded against being taken for formulas, and read back
/// without the guard.
///
/// ```
/// use fortnight_engine::people::import;
/// let rows = [vec!["12".into(), "=Ana".into(), "".into()]];
/// let sheet = import::sheet_to_fill(&["id", "name", "context"], &rows);
/// assert_eq!(sheet, "id,name,context\n12,'=Ana,\n");
/// let read = import::read(sheet.as_bytes(), None, &[("id", "id")])?;
/// assert_eq!(read.contacts[0].name.raw(), "=Ana");
/// # Ok::<(), import::Refusal>(())
/// ```
pub fn sheet_to_fill(header: &[&str], rows: &[Vec<Words>]) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    // Writing to memory cannot fail, and what the writer is given is text.
    let _cannot_fail = writer.write_record(header);
    for row in rows {
        let _cannot_fail = writer.write_record(row.iter().map(Words::csv));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
