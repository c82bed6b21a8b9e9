//! Rows of either database. A row is borrowed and told apart by a branch: nothing is copied or boxed on the way.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Sqlite, Type};

/// What a query answered.
#[derive(Debug)]
pub(crate) enum Rows {
    Sqlite(Vec<SqliteRow>),
    Postgres(Vec<PgRow>),
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Row<'r> {
    Sqlite(&'r SqliteRow),
    Postgres(&'r PgRow),
}

/// What can be read from a column of either database.
pub(crate) trait Value<'r>:
    Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>
{
}

impl<'r, T> Value<'r> for T where
    T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>
{
}

impl Rows {
    /// No rows.
    pub(crate) const fn none() -> Rows {
        Rows::Sqlite(Vec::new())
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Rows::Sqlite(rows) => rows.len(),
            Rows::Postgres(rows) => rows.len(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn first(&self) -> Option<Row<'_>> {
        self.iter().next()
    }

    /// The row of a query that always answers with one.
    pub(crate) fn one(&self) -> Result<Row<'_>, sqlx::Error> {
        self.first().ok_or(sqlx::Error::RowNotFound)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|at| match self {
            Rows::Sqlite(rows) => Row::Sqlite(&rows[at]),
            Rows::Postgres(rows) => Row::Postgres(&rows[at]),
        })
    }
}

impl<'r> Row<'r> {
    /// The value of the column at this place, from 0.
    pub(crate) fn try_get<T: Value<'r>>(self, at: usize) -> Result<T, sqlx::Error> {
        match self {
            Row::Sqlite(row) => sqlx::Row::try_get(row, at),
            Row::Postgres(row) => sqlx::Row::try_get(row, at),
        }
    }
}
