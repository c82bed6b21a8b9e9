//! Where the databases go their own ways, each with its reason. All other statements are one text in the subset that both
//! share.

use crate::bulk::{Begin, Column, Insert};
use crate::engine::Engine;
use crate::statement::Text;
use crate::tsearch;

/// What can be done by one statement on one database and differently on the other.
impl Engine {
    /// Begins a transaction that will write. SQLite takes its write lock at once: a transaction that reads first and then
    /// writes would fail with "busy" instead of waiting. PostgreSQL's write lock is the row of the log's head
    /// ([`LOCK_HEAD`]), taken next.
    pub(crate) const fn begin_write(self) -> &'static str {
        match self {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        }
    }

    /// Begins a query for rows of `cases`, by columns that follow. SQLite gathers them into one JSON text, an array of
    /// arrays: what its driver hands over row by row costs many times its text, and a switch between two threads. A server
    /// sends them together anyway, and would take longer to make JSON of them than the driver takes to read them.
    pub(crate) const fn rows_begin(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT json_group_array(json_array(",
            Engine::Postgres => "SELECT ",
        }
    }

    /// Ends the columns; the rows of `cases` follow, in their order.
    pub(crate) const fn rows_from(self) -> &'static str {
        match self {
            Engine::Sqlite => ")) FROM (SELECT cases.* FROM ",
            Engine::Postgres => " FROM (SELECT cases.* FROM ",
        }
    }

    /// Whether a seek at a value of an indexed column is written as a span of that index, in its order, instead of an
    /// equality. PostgreSQL plans by what it has counted, perhaps long ago: if one person took in all cases, then the index
    /// of takers is worth no more to it than any other, and a page for someone else read all cases (190 ms of 100,000). A
    /// span in its order can be had from one index only.
    pub(crate) const fn seeks_by_span(self) -> bool {
        match self {
            Engine::Sqlite => false,
            Engine::Postgres => true,
        }
    }

    /// Adds the cases whose tokens match an expression, newest first: all of them, or those of the newest part of the log
    /// ([`Engine::parts_of_search`]). `search` is FTS5's virtual table, whose row id is the case's ordinal and which streams
    /// matches by it, or a table with a column of type `tsvector`. PostgreSQL would fetch the cases of all matches and sort
    /// them; so it sorts the ordinals alone, and fetches one case after the other until there are enough that may be seen.
    /// `OFFSET 0` keeps it from taking the inner query apart.
    pub(crate) fn push_matching(self, text: &mut Text, expression: &str, part: i64) {
        match self {
            Engine::Sqlite => {
                text.push("search JOIN cases ON cases.ordinal = search.rowid WHERE search MATCH ")
                    .value(expression);
            }
            Engine::Postgres => {
                text.push("(SELECT ordinal FROM search WHERE tokens @@ ");
                tsearch::push_query(text, expression, part);
                text.push(
                    " ORDER BY ordinal DESC OFFSET 0) AS search \
                     JOIN cases ON cases.ordinal = search.ordinal WHERE 1 = 1",
                );
            }
        }
    }

    /// The parts of the log to be searched, one after the other until a page is full; each has the one before in it, the last
    /// is all of it.
    pub(crate) const fn parts_of_search(self) -> &'static [i64] {
        match self {
            Engine::Sqlite => &[i64::MAX],
            Engine::Postgres => &tsearch::ERAS_BEFORE_NEWEST,
        }
    }

    /// The order in which matches come anyway.
    pub(crate) const fn newest_matches_first(self) -> &'static str {
        match self {
            Engine::Sqlite => " ORDER BY search.rowid DESC",
            Engine::Postgres => " ORDER BY search.ordinal DESC",
        }
    }

    /// Begins an insert. After a failure on SQLite the transaction or its savepoint is undone anyway; told so, it does not
    /// keep pages aside to undo the statement alone. FTS5 knows no `ON CONFLICT`, but can put a row in the place of another.
    pub(crate) const fn begin_insert(self, begin: Begin) -> &'static str {
        match (self, begin) {
            (Engine::Sqlite, Begin::Add) => "INSERT OR FAIL INTO ",
            (Engine::Sqlite, Begin::Put) => "INSERT OR REPLACE INTO ",
            (Engine::Postgres, Begin::Add | Begin::Put) => "INSERT INTO ",
        }
    }

    /// A query for rows with these columns. SQLite reads them from the parameter, a JSON array of arrays, of which it reads
    /// the binary form in place; PostgreSQL takes each column as an array.
    pub(crate) fn rows(self, columns: &str, parameter: usize) -> String {
        match self {
            Engine::Sqlite => format!("SELECT {columns} FROM jsonb_each(${parameter})"),
            Engine::Postgres => format!("SELECT * FROM UNNEST({columns})"),
        }
    }

    /// A column of [`Engine::rows`]: on SQLite the value at a place, from 0, of a row, where bytes are hexadecimal digits;
    /// on PostgreSQL the parameter with this number.
    pub(crate) fn column(self, column: Column, at: usize) -> String {
        match (self, column) {
            (Engine::Sqlite, Column::Bytes(_)) => format!("unhex(value ->> {at})"),
            (Engine::Sqlite, _) => format!("value ->> {at}"),
            (Engine::Postgres, Column::Int(_)) => format!("CAST(${at} AS BIGINT[])"),
            (Engine::Postgres, Column::Text(_)) => format!("CAST(${at} AS TEXT[])"),
            (Engine::Postgres, Column::Bytes(_)) => format!("CAST(${at} AS BYTEA[])"),
            (Engine::Postgres, Column::Tokens(_)) => {
                format!("CAST(CAST(${at} AS TEXT[]) AS TSVECTOR[])")
            }
        }
    }

    /// Inserts as one statement, so that they go to the database together. PostgreSQL takes no statements one after the
    /// other that have parameters, but inserts within another.
    pub(crate) fn together(self, inserts: &[String]) -> String {
        match self {
            Engine::Sqlite => inserts.join("; "),
            Engine::Postgres => {
                let inner = inserts.iter().enumerate();
                let inner: Vec<_> = inner
                    .map(|(at, insert)| format!("insert_{at} AS ({insert})"))
                    .collect();
                format!("WITH {} SELECT 1", inner.join(", "))
            }
        }
    }

    /// Puts search tokens.
    pub(crate) const fn put_search(self) -> Insert {
        const SQLITE: &[Column] = &[Column::Int("rowid"), Column::Tokens("tokens")];
        const POSTGRES: &[Column] = &[Column::Int("ordinal"), Column::Tokens("tokens")];
        let (columns, then) = match self {
            Engine::Sqlite => (SQLITE, ""),
            Engine::Postgres => (
                POSTGRES,
                " ON CONFLICT (ordinal) DO UPDATE SET tokens = excluded.tokens",
            ),
        };
        Insert {
            begin: Begin::Put,
            table: "search",
            columns,
            then,
        }
    }

    /// Takes a case out of the search index.
    pub(crate) const fn remove_search(self) -> &'static str {
        match self {
            Engine::Sqlite => {
                "DELETE FROM search WHERE rowid = (SELECT ordinal FROM cases WHERE case_id = $1)"
            }
            Engine::Postgres => {
                "DELETE FROM search WHERE ordinal = (SELECT ordinal FROM cases WHERE case_id = $1)"
            }
        }
    }

    /// Empties the search index before it is filled anew.
    pub(crate) const fn clear_search(self) -> &'static str {
        match self {
            Engine::Sqlite => "INSERT INTO search (search) VALUES ('delete-all')",
            Engine::Postgres => "DELETE FROM search",
        }
    }

    /// Rewrites everything that held readable copies, after an erasure. SQLite: merge the search index into one segment,
    /// write the database without free pages, and move what is in the write-ahead log into it.
    pub(crate) const fn compact(self) -> &'static [&'static str] {
        match self {
            Engine::Sqlite => &[
                "INSERT INTO search (search) VALUES ('optimize')",
                "VACUUM",
                "PRAGMA wal_checkpoint(TRUNCATE)",
            ],
            Engine::Postgres => &[
                "VACUUM (FULL) cases, keys, parties, search, files, file_pieces",
                "CHECKPOINT",
            ],
        }
    }
}

/// Begins a transaction in which all queries see the same state, as on SQLite they always do.
pub(crate) const BEGIN_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// Where the log stands, and PostgreSQL's write lock: several nodes write, but one after the other, so that positions have
/// no gap and each link of a chain knows its position. The lock holds until the transaction has ended for good, also
/// when nobody listens any more to how it ended.
pub(crate) const LOCK_HEAD: &str =
    "SELECT position, audit_position, audit_chain, statistics FROM log_head FOR UPDATE";

/// Moves the log's head and tells all nodes, once the transaction is committed.
pub(crate) const MOVE_HEAD: &str = "UPDATE log_head SET position = $1, audit_position = $2, audit_chain = $3 \
                                    RETURNING pg_notify('huiyin', '')";

/// Tells all nodes that something they keep in memory was changed, once the transaction is committed.
pub(crate) const TELL_NODES: &str =
    "UPDATE log_head SET revision = revision + 1 RETURNING pg_notify('huiyin', '')";

/// Keeps nodes from writing that do not know that the statistics are derived anew.
pub(crate) const FENCE_STATISTICS: &str = "UPDATE log_head SET statistics = statistics + 1";

/// How often the statistics were derived anew.
pub(crate) const READ_STATISTICS: &str = "SELECT statistics FROM log_head";

/// Where [`MOVE_HEAD`] and [`TELL_NODES`] can be heard.
pub(crate) const CHANNEL: &str = "huiyin";

/// Where the log stands and how often something that nodes keep in memory was changed.
pub(crate) const READ_HEAD: &str = "SELECT position, revision FROM log_head";

/// Keeps other nodes out until the transaction ends.
pub(crate) const LOCK_NODES: &str = "SELECT pg_advisory_xact_lock($1)";

/// SQLite's own code for a full disk (`SQLITE_FULL`), and PostgreSQL's.
const DISK_FULL: [&str; 2] = ["13", "53100"];

/// What an error of the database means, by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// One statement is to blame and the transaction may go on after it is undone.
    OneStatement,
    /// There is no room.
    Full,
    /// The database is not there or takes no work now; what was under way is undone by it.
    Lost,
    /// Everything else, such as an I/O error: it is in doubt what is on disk.
    Doubt,
}

/// Reads an error's code.
pub(crate) fn meaning(error: &dyn sqlx::error::DatabaseError) -> Meaning {
    let code = error.code().unwrap_or_default();
    if DISK_FULL.contains(&&*code) {
        return Meaning::Full;
    }
    if error
        .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
        .is_some()
    {
        return postgres_meaning(&code);
    }
    // SQL error, too big, constraint, mismatch, range. The low byte is the error's class.
    const BLAMES: [u32; 5] = [1, 18, 19, 20, 25];
    match code.parse::<u32>() {
        Ok(code) if BLAMES.contains(&(code & 0xff)) => Meaning::OneStatement,
        _ => Meaning::Doubt,
    }
}

/// PostgreSQL's classes: 08 connection, 40 rollback, 53 resources, 55 lock not to be had, 57 operator intervention, 25
/// transaction state (a server that became read-only, a transaction that idled too long); 58 and XX are the server's own
/// troubles with its disk. All others blame what was asked.
fn postgres_meaning(code: &str) -> Meaning {
    match code.get(..2) {
        Some("08" | "25" | "40" | "53" | "55" | "57") => Meaning::Lost,
        Some("58" | "F0" | "XX") | None => Meaning::Doubt,
        Some(_) => Meaning::OneStatement,
    }
}

/// Whether an error of PostgreSQL means that the connection is of no use any more.
pub(crate) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(error) => meaning(&**error) == Meaning::Lost,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut => true,
        _ => false,
    }
}

// What follows is asked of a data directory only, so it is SQLite's alone.

/// Moves what can be moved from the write-ahead log into the database without making anyone wait.
pub(crate) const MOVE_LOG: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// Writes a copy of the database into a new file, at one moment. The other way, page by page, begins anew whenever another
/// process writes, so that it would never end under load.
pub(crate) const COPY_INTO: &str = "VACUUM INTO $1";

/// Whether the table of the schema's steps is there.
pub(crate) const fn has_steps(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'"
        }
        Engine::Postgres => {
            "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_sqlx_migrations'"
        }
    }
}

/// The database's own check of its files: one row `ok`, or a row for each fault.
pub(crate) const CHECK_FILES: &str = "PRAGMA integrity_check";

/// Which SQLite this is.
pub(crate) const ENGINE_VERSION: &str = "SELECT sqlite_version()";

/// Bytes of a page.
pub(crate) const PAGE_BYTES: &str = "PRAGMA page_size";

/// Pages of the database.
pub(crate) const PAGES: &str = "PRAGMA page_count";

/// Pages that hold nothing.
pub(crate) const PAGES_FREE: &str = "PRAGMA freelist_count";

/// Tables with the bytes of their pages.
pub(crate) const TABLE_SIZES: &str = "SELECT tables.name, COALESCE(SUM(pages.pgsize), 0) FROM sqlite_master AS tables \
    LEFT JOIN dbstat AS pages ON pages.name = tables.name \
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' GROUP BY tables.name ORDER BY tables.name";
