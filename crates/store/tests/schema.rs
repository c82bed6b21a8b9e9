//! Both databases have the same tables, column by column.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::collections::BTreeSet;

use huiyin_store::{OpenError, Options, Step, Store};
use huiyin_testkit::postgres;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Row};
use support::{Folder, SEGMENTER, master_key, server};

/// What one database has and the other does otherwise: the search index, and the row by which several nodes take turns.
const APART: [&str; 3] = ["search", "log_head", "_sqlx_migrations"];

/// A column in words: table, name, type, whether it must be there, place in the primary key (0 for none).
type Column = (String, String, String, bool, i64);

async fn sqlite_columns() -> BTreeSet<Column> {
    let folder = Folder::new();
    support::open(&folder.database()).await.close().await;
    let mut connection = SqliteConnectOptions::new()
        .filename(folder.database())
        .connect()
        .await
        .unwrap();
    let rows = sqlx::query(
        "SELECT tables.name, columns.name, columns.type, columns.\"notnull\", columns.pk FROM sqlite_schema AS tables \
         JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let columns = rows.iter().map(|row| {
        let declared: String = row.get(2);
        let kind = match declared.as_str() {
            "INTEGER" | "BIGINT" => "bigint",
            "TEXT" => "text",
            "BLOB" => "bytea",
            other => other,
        };
        let key: i64 = row.get(4);
        (
            row.get(0),
            row.get(1),
            kind.to_owned(),
            row.get::<i64, _>(3) != 0 || key > 0,
            key,
        )
    });
    without_apart(columns)
}

fn postgres_columns(database: &postgres::Database<'_>) -> BTreeSet<Column> {
    let printed = database.sql(
        "SELECT columns.table_name, columns.column_name, columns.data_type, columns.is_nullable = 'NO', \
         COALESCE(keys.ordinal_position, 0) FROM information_schema.columns AS columns \
         LEFT JOIN (information_schema.table_constraints AS constraints \
         JOIN information_schema.key_column_usage AS keys USING (constraint_name, table_name)) \
         ON constraints.constraint_type = 'PRIMARY KEY' AND keys.table_name = columns.table_name \
         AND keys.column_name = columns.column_name WHERE columns.table_schema = 'public'",
    );
    let columns = printed.lines().map(|line| {
        let words: Vec<&str> = line.split('|').collect();
        (
            words[0].to_owned(),
            words[1].to_owned(),
            words[2].to_owned(),
            words[3] == "t",
            words[4].parse().unwrap(),
        )
    });
    without_apart(columns)
}

fn without_apart(columns: impl Iterator<Item = Column>) -> BTreeSet<Column> {
    columns
        .filter(|(table, ..)| {
            !APART.contains(&table.as_str())
                && !table.starts_with("search_")
                && !table.starts_with("sqlite_")
        })
        .collect()
}

#[tokio::test]
async fn both_databases_have_the_same_tables() {
    if postgres::is_left_out() {
        return;
    }
    let server = server();
    let database = server.database();
    let (sqlite, postgres) = (sqlite_columns().await, postgres_columns(&database));
    assert!(sqlite.len() > 100, "{sqlite:?}");
    let only = |one: &BTreeSet<Column>, other: &BTreeSet<Column>| -> Vec<Column> {
        one.difference(other).cloned().collect()
    };
    assert_eq!(only(&sqlite, &postgres), [], "only on SQLite");
    assert_eq!(only(&postgres, &sqlite), [], "only on PostgreSQL");
    let collations = database.sql(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' \
         AND table_name <> '_sqlx_migrations' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
    );
    assert_eq!(collations, "", "texts that do not compare as bytes");
}

#[tokio::test]
async fn nodes_that_start_together_bring_a_new_database_to_the_schema_once() {
    if postgres::is_left_out() {
        return;
    }
    let server = postgres::Server::durable();
    let database = server.database();
    let url: huiyin_store::PostgresUrl = database.url().parse().unwrap();
    let options = Options::new(SEGMENTER);
    let (one, other) = tokio::join!(
        Store::migrate_postgres(&url, options),
        Store::migrate_postgres(&url, options)
    );
    assert_eq!(one.unwrap(), other.unwrap());
    assert!(!Store::has_master_key(&url, options).await.unwrap());
    support::connect(&database).await.close().await;
    assert!(Store::has_master_key(&url, options).await.unwrap());
}

/// The second step fails after the first has changed the schema.
const HALF_WAY: &[Step] = &[
    Step {
        name: "goes well",
        sql: "ALTER TABLE cases ADD COLUMN mark TEXT",
    },
    Step {
        name: "fails",
        sql: "UPDATE cases SET mark = 'new'; ALTER TABLE cases ADD COLUMN mark TEXT",
    },
];

#[tokio::test]
async fn a_server_takes_all_steps_or_none() {
    if postgres::is_left_out() {
        return;
    }
    let server = server();
    let database = server.database();
    let url = database.url().parse().unwrap();
    let with = |further_steps| Options {
        further_steps,
        ..Options::new(SEGMENTER)
    };
    let connect = async |options| Store::connect(&url, &master_key(), options).await;
    connect(with(&[])).await.unwrap().close().await;
    let before = database.sql("SELECT MAX(version) FROM _sqlx_migrations");

    let failed = connect(with(HALF_WAY)).await;
    assert!(matches!(failed, Err(OpenError::Schema(_))));
    assert_eq!(
        database.sql("SELECT MAX(version) FROM _sqlx_migrations"),
        before
    );
    let former = connect(with(&[])).await.unwrap();
    assert!(!former.tables_may_lag().await.unwrap());
    former.close().await;

    let upgraded = connect(with(&HALF_WAY[..1])).await.unwrap();
    assert!(upgraded.tables_may_lag().await.unwrap());
    upgraded.close().await;
    let newer = Store::connect_read_only(&url, &master_key(), with(&[])).await;
    assert!(matches!(newer, Err(OpenError::Newer(_))));
}
