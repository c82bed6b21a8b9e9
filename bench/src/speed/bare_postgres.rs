//! Bare PostgreSQL: the rows that the server wrote, copied once more inside the database and read again by the driver
//! alone.

use std::time::{Duration, Instant};

use anyhow::Result;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};

use super::bare::{Bare, GROUP, PAGE_ROWS};
use super::crowd::Timings;
use super::words::Dice;

/// Tables with the query for the rows of the cases whose ids are in `$1`.
const TABLES: [(&str, &str); 8] = [
    (
        "events",
        "SELECT * FROM public.events WHERE case_id = ANY($1)",
    ),
    (
        "keys",
        "SELECT * FROM public.keys WHERE owner_kind = 'case' AND owner_id = ANY($1) UNION ALL \
         SELECT * FROM public.keys WHERE owner_kind = 'party' AND owner_id IN \
         (SELECT customer FROM public.cases WHERE case_id = ANY($1))",
    ),
    (
        "cases",
        "SELECT * FROM public.cases WHERE case_id = ANY($1)",
    ),
    (
        "clocks",
        "SELECT * FROM public.clocks WHERE case_id = ANY($1)",
    ),
    (
        "parties",
        "SELECT * FROM public.parties WHERE party_id IN (SELECT customer FROM public.cases WHERE case_id = ANY($1))",
    ),
    (
        "outbox",
        "SELECT * FROM public.outbox WHERE case_id = ANY($1)",
    ),
    (
        "search",
        "SELECT * FROM public.search WHERE ordinal IN (SELECT ordinal FROM public.cases WHERE case_id = ANY($1))",
    ),
    // The answers kept under the keys of requests don't tell their case, so some that look like them stand in.
    (
        "idempotency",
        "SELECT 'principal', id, decode(repeat('00', 32), 'hex'), 200, id || ' 8 TS2026-000000', 1 FROM UNNEST($1) AS id",
    ),
];

/// Copies the rows of the first `cases` cases of the database at `url` into tables beside them, and reads them. Nothing
/// goes over the connection but the cases' ids, so this is more than a client of the database can reach.
///
/// # Errors
/// When the database can't be read or written.
pub(crate) async fn measure(url: &str, cases: usize, reads: usize) -> Result<Bare> {
    let mut bare = PgConnection::connect(url).await?;
    bare.execute("CREATE SCHEMA bare").await?;
    for (table, _) in TABLES {
        let copy = format!("CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)");
        bare.execute(AssertSqlSafe(copy)).await?;
    }
    let ids: Vec<String> =
        sqlx::query_scalar("SELECT case_id FROM public.cases ORDER BY ordinal LIMIT $1")
            .bind(cases as i64)
            .fetch_all(&mut bare)
            .await?;
    let mut took = Duration::ZERO;
    for ids in ids.chunks(GROUP) {
        let began = now();
        let mut group = bare.begin().await?;
        for (table, rows) in TABLES {
            let copy = format!("INSERT INTO bare.{table} {rows} ON CONFLICT DO NOTHING");
            sqlx::query(AssertSqlSafe(copy))
                .bind(ids)
                .execute(&mut *group)
                .await?;
        }
        group.commit().await?;
        took += began.elapsed();
    }
    let page = format!(
        "SELECT * FROM bare.cases WHERE status = 'open' ORDER BY sort_due_at_us, ordinal LIMIT {PAGE_ROWS}"
    );
    let page = read(&mut bare, &page, reads, None).await?;
    let history = "SELECT * FROM bare.events WHERE case_id = $1 ORDER BY seq";
    let history = read(&mut bare, history, reads, Some(&ids)).await?;
    bare.execute("DROP SCHEMA bare CASCADE").await?;
    Ok(Bare {
        cases_per_second: ids.len() as f64 / took.as_secs_f64(),
        page,
        history,
    })
}

async fn read(
    bare: &mut PgConnection,
    text: &str,
    reads: usize,
    ids: Option<&[String]>,
) -> Result<Timings> {
    let mut dice = Dice(1);
    let mut each = Vec::with_capacity(reads);
    let began = now();
    for _ in 0..reads {
        let sent = now();
        let mut query = sqlx::query(AssertSqlSafe(text));
        if let Some(ids) = ids {
            query = query.bind(&ids[dice.below(ids.len())]);
        }
        for row in query.fetch_all(&mut *bare).await? {
            for column in 0..row.len() {
                std::hint::black_box(row.try_get_raw(column)?);
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
