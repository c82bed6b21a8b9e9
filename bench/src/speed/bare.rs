//! The bare database: the rows that the server wrote, written and read again by the driver alone.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::crowd::Timings;
use super::words;

/// Cases written by one transaction.
pub(crate) const GROUP: usize = 100;
/// Rows of a list.
pub(crate) const PAGE_ROWS: usize = 50;
/// Tables that hold rows of a case, with the condition by which they are found from `?1`, the case's id.
const TABLES: [(&str, &str); 7] = [
    ("events", "case_id = ?1"),
    ("keys", "owner_kind = 'case' AND owner_id = ?1"),
    (
        "keys",
        "owner_kind = 'party' AND owner_id = (SELECT customer FROM cases WHERE case_id = ?1)",
    ),
    ("cases", "case_id = ?1"),
    ("clocks", "case_id = ?1"),
    (
        "parties",
        "party_id = (SELECT customer FROM cases WHERE case_id = ?1)",
    ),
    ("outbox", "case_id = ?1"),
];
/// The server's own settings, so that both write the same way.
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
                        PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;";

/// What the bare database can do.
#[derive(Debug)]
pub(crate) struct Bare {
    /// Cases a second, in groups of [`GROUP`], each group one durable transaction.
    pub(crate) cases_per_second: f64,
    /// First pages of the work list.
    pub(crate) page: Timings,
    /// Histories of single cases, undecrypted.
    pub(crate) history: Timings,
}

/// Writes the rows of the first `cases` cases of the database `from` into a new one at `to`, and reads them.
///
/// # Errors
/// When a database can't be read or written.
pub(crate) fn measure(from: &Path, to: &Path, cases: usize, reads: usize) -> Result<Bare> {
    let server = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let bare = Connection::open(to)?;
    bare.execute_batch(SETTINGS)?;
    copy_schema(&server, &bare)?;
    let ids: Vec<String> = server
        .prepare("SELECT case_id FROM cases ORDER BY ordinal LIMIT ?1")?
        .query_map([cases as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut took = Duration::ZERO;
    for (group, ids) in ids.chunks(GROUP).enumerate() {
        let rows = rows_of(&server, ids, group * GROUP)?;
        let began = now();
        write(&bare, &rows)?;
        took += began.elapsed();
    }
    Ok(Bare {
        cases_per_second: ids.len() as f64 / took.as_secs_f64(),
        page: pages(&bare, reads)?,
        history: histories(&bare, &ids, reads)?,
    })
}

fn copy_schema(server: &Connection, bare: &Connection) -> Result<()> {
    // The index's own tables come with it; those beginning with `sqlite_` and `_sqlx` are no rows of ours.
    let mut texts = server.prepare(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'search\\_%' ESCAPE '\\' \
         AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
    )?;
    let texts = texts.query_map([], |row| row.get::<_, String>(0))?;
    for text in texts {
        bare.execute_batch(&text?)?;
    }
    Ok(())
}

/// A row with the statement that writes it.
type Row = (String, Vec<Value>);

fn rows_of(server: &Connection, ids: &[String], first: usize) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        for (table, condition) in TABLES {
            let mut found =
                server.prepare_cached(&format!("SELECT * FROM {table} WHERE {condition}"))?;
            let columns = found.column_count();
            let text = format!(
                "INSERT OR IGNORE INTO {table} VALUES ({})",
                vec!["?"; columns].join(", ")
            );
            let mut found = found.query([id])?;
            while let Some(row) = found.next()? {
                let values: rusqlite::Result<Vec<Value>> =
                    (0..columns).map(|at| row.get(at)).collect();
                rows.push((text.clone(), values?));
            }
        }
        rows.push(search_row(server, id, first + place)?);
        rows.push(answer_row(id));
    }
    Ok(rows)
}

/// Tokens can't be read back from the index; those of a made-up message of the same kind stand in for them.
fn search_row(server: &Connection, id: &str, index: usize) -> Result<Row> {
    let ordinal: i64 = server
        .prepare_cached("SELECT ordinal FROM cases WHERE case_id = ?1")?
        .query_row([id], |row| row.get(0))?;
    let message = words::message(index);
    let tokens = huiyin_insight::index_text(&format!(
        "TS2026-{ordinal:06} {} {}",
        message.subject, message.content
    ));
    Ok((
        "INSERT INTO search (rowid, tokens) VALUES (?, ?)".to_owned(),
        vec![ordinal.into(), tokens.into()],
    ))
}

/// The answer kept under an idempotency key.
fn answer_row(id: &str) -> Row {
    (
        "INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?)".to_owned(),
        vec![
            "principal".to_owned().into(),
            id.to_owned().into(),
            vec![0_u8; 32].into(),
            200.into(),
            format!("{id} 8 TS2026-000000").into(),
            1.into(),
        ],
    )
}

fn write(bare: &Connection, rows: &[Row]) -> Result<()> {
    bare.execute_batch("BEGIN IMMEDIATE")?;
    for (text, values) in rows {
        bare.prepare_cached(text)?
            .execute(params_from_iter(values))?;
    }
    bare.execute_batch("COMMIT")?;
    Ok(())
}

fn pages(bare: &Connection, reads: usize) -> Result<Timings> {
    let text = format!(
        "SELECT * FROM cases WHERE status = 'open' ORDER BY sort_due_at_us, ordinal LIMIT {PAGE_ROWS}"
    );
    read(bare, &text, reads, |_| Vec::new())
}

fn histories(bare: &Connection, ids: &[String], reads: usize) -> Result<Timings> {
    let mut dice = words::Dice(1);
    let text = "SELECT * FROM events WHERE case_id = ?1 ORDER BY seq";
    read(bare, text, reads, |_| {
        vec![ids[dice.below(ids.len())].clone()]
    })
}

fn read(
    bare: &Connection,
    text: &str,
    reads: usize,
    mut arguments: impl FnMut(usize) -> Vec<String>,
) -> Result<Timings> {
    let mut statement = bare.prepare(text)?;
    let columns = statement.column_count();
    let mut each = Vec::with_capacity(reads);
    let began = now();
    for index in 0..reads {
        let sent = now();
        let mut rows = statement.query(params_from_iter(arguments(index)))?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                std::hint::black_box(row.get::<_, Value>(column)?);
            }
        }
        each.push(sent.elapsed());
    }
    Ok(Timings::new(each, began.elapsed()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures how long the database takes"
)]
fn now() -> Instant {
    Instant::now()
}
