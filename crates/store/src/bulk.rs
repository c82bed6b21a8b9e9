//! Many rows by one statement: a statement costs far more on its way to the database than a row in it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection};

use crate::dialect::BULK_PARAMETER;
use crate::statement::{Arg, Statement, arguments};

/// Rows per statement. Only these sizes occur, so that every text is prepared once and found again.
const SIZES: [usize; 5] = [64, 16, 4, 2, 1];

/// A statement that inserts rows.
pub(crate) struct Insert {
    /// Up to and including `VALUES `.
    pub(crate) into: &'static str,
    /// Values in a row.
    pub(crate) columns: usize,
    /// What follows the rows.
    pub(crate) then: &'static str,
}

/// The texts of inserts by number of rows.
#[derive(Default)]
pub(crate) struct Texts(HashMap<(&'static str, usize), Arc<str>>);

impl Texts {
    fn text(&mut self, insert: &Insert, rows: usize) -> Arc<str> {
        Arc::clone(
            self.0
                .entry((insert.into, rows))
                .or_insert_with(|| insert.text(rows).into()),
        )
    }
}

impl Insert {
    fn text(&self, rows: usize) -> String {
        let row = format!("({})", vec![BULK_PARAMETER; self.columns].join(", "));
        format!("{}{}{}", self.into, vec![row; rows].join(", "), self.then)
    }

    /// The statements that insert all rows, whose values come one after the other.
    pub(crate) fn statements(&self, values: &[Arg]) -> Vec<Statement> {
        let chunks = values.chunks(SIZES[0] * self.columns);
        let statement = |chunk: &[Arg]| Statement {
            sql: Cow::Owned(self.text(chunk.len() / self.columns)),
            args: chunk.to_vec(),
            must_change: None,
        };
        chunks.map(statement).collect()
    }

    /// Inserts all rows, whose values come one after the other.
    pub(crate) async fn run(
        &self,
        texts: &mut Texts,
        connection: &mut SqliteConnection,
        values: Vec<Arg>,
    ) -> Result<(), sqlx::Error> {
        debug_assert_eq!(values.len() % self.columns, 0, "{}", self.into);
        let mut rows = values.len() / self.columns;
        let mut values = values.into_iter();
        while rows > 0 {
            let size = SIZES.into_iter().find(|size| *size <= rows).unwrap_or(1);
            let sql = AssertSqlSafe(texts.text(self, size));
            sqlx::query_with::<Sqlite, _>(
                sql,
                arguments(values.by_ref().take(size * self.columns)),
            )
            .execute(&mut *connection)
            .await?;
            rows -= size;
        }
        Ok(())
    }
}
