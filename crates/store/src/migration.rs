//! The steps by which a database comes to the newest schema.

use std::borrow::Cow;

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::operate::Step;

/// Number, name and text of every step, in order.
const STEPS: [(i64, &str, &str); 3] = [
    (
        1,
        "log and tables",
        include_str!("../migrations/sqlite/0001_log_and_tables.sql"),
    ),
    (
        2,
        "rows kept once",
        include_str!("../migrations/sqlite/0002_rows_kept_once.sql"),
    ),
    (
        3,
        "statistics",
        include_str!("../migrations/sqlite/0003_statistics.sql"),
    ),
];

/// All steps and then `further` ones; a database made by a newer version is refused.
pub(crate) fn migrator(further: &[Step]) -> Migrator {
    let after = STEPS.last().map_or(0, |(number, ..)| *number);
    let further = (after + 1..)
        .zip(further)
        .map(|(number, step)| (number, step.name, step.sql));
    let steps = STEPS.into_iter().chain(further).map(|(number, name, sql)| {
        Migration::new(
            number,
            Cow::Borrowed(name),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator {
        migrations: Cow::Owned(steps.collect()),
        ..Migrator::DEFAULT
    }
}
