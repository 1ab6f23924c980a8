//! New entries on their way into the table: encoded, salted and linked, then written.
//!
//! Knows the columns of the table of entries. It must not know in which thread which half is done.

use rusqlite::Connection;

use super::chain::{self, Hash, Link, Salt, Salts};
use super::failure::Outcome;
use super::projection::column;
use crate::people;
use crate::store::codec::{self, CodedEntry};
use crate::store::{Change, StoreError};

/// New entries as they are written. Their fields stand in one text: a piece of memory for each would
/// be asked for by one thread and given back by another.
#[derive(Default)]
pub(super) struct Encoded<'e> {
    rows: Vec<EncodedRow<'e>>,
    fields: String,
}

struct EncodedRow<'e> {
    coded: CodedEntry<'e>,
    /// Where its fields end; they begin where those before end.
    end: usize,
    digest: Hash,
    salt: Salt,
}

impl<'e> Encoded<'e> {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Holds these entries in place of those before, and links them into the chain.
    pub(super) fn refill(
        &mut self,
        new: &'e [Change],
        link: &mut Link,
        salts: &mut Salts,
    ) -> Result<(), StoreError> {
        self.rows.clear();
        self.fields.clear();
        for change in new {
            let Change::Person(people::Change::Added(entry)) = change else { continue };
            let begin = self.fields.len();
            codec::encode_fields(&entry.fields, &mut self.fields)?;
            let salt = salts.draw();
            let digest = chain::entry_digest(&salt, entry.name.raw(), &self.fields[begin..]);
            let coded = codec::encode_entry(entry);
            link.entry(&coded, &digest);
            self.rows.push(EncodedRow { coded, end: self.fields.len(), digest, salt });
        }
        Ok(())
    }

    /// Writes them all as new entries of the operation.
    pub(super) fn write(&self, connection: &Connection, operation: i64) -> Outcome<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        statement.raw_bind_parameter(2, operation)?;
        let mut before: Option<&CodedEntry<'_>> = None;
        let mut begin = 0;
        for EncodedRow { coded, end, digest, salt } in &self.rows {
            statement.raw_bind_parameter(1, column(coded.id.0))?;
            // What is bound stays bound, and most rows of an import are alike but for this.
            if before.is_none_or(|before| !before.is_alike(coded)) {
                statement.raw_bind_parameter(3, &coded.kind)?;
                statement.raw_bind_parameter(4, coded.version)?;
                statement.raw_bind_parameter(5, coded.company.map(|entry| column(entry.0)))?;
                statement
                    .raw_bind_parameter(6, coded.introduced_by.map(|entry| column(entry.0)))?;
                statement.raw_bind_parameter(7, coded.do_not_contact)?;
                statement.raw_bind_parameter(8, coded.knows_me)?;
                before = Some(coded);
            }
            statement.raw_bind_parameter(9, digest)?;
            statement.raw_bind_parameter(10, salt)?;
            statement.raw_bind_parameter(11, &coded.name)?;
            statement.raw_bind_parameter(12, &self.fields[begin..*end])?;
            statement.raw_execute()?;
            begin = *end;
        }
        Ok(())
    }
}
