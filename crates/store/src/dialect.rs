//! Where SQLite goes its own way, each with its reason. All other statements are in the subset shared with PostgreSQL.

/// Takes the write lock at once: a transaction that reads first and then writes would fail with "busy" instead of waiting.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// Rows out of a parameter that holds them as JSON, an array of arrays. The binary form is read in place.
pub(crate) fn json_rows(parameter: usize) -> String {
    format!("jsonb_each(${parameter})")
}

/// The value at a place, from 0, of a row of [`json_rows`].
pub(crate) fn json_value(at: usize) -> String {
    format!("value ->> {at}")
}

/// The same where the value is hexadecimal digits that stand for bytes.
pub(crate) fn json_bytes(at: usize) -> String {
    format!("unhex(value ->> {at})")
}

/// Begins an insert. After a failure the transaction or its savepoint is undone anyway; told so, SQLite does not keep pages
/// aside to undo the statement alone.
pub(crate) const INSERT: &str = "INSERT OR FAIL INTO ";

/// Begins an insert of search tokens; the index is a virtual table and knows no `ON CONFLICT`.
pub(crate) const PUT_SEARCH: &str = "INSERT OR REPLACE INTO ";

/// Takes a case out of the search index.
pub(crate) const REMOVE_SEARCH: &str =
    "DELETE FROM search WHERE rowid = (SELECT ordinal FROM cases WHERE case_id = $1)";

/// Merges the search index into one segment, so that tokens of removed cases are gone from the file.
pub(crate) const COMPACT_SEARCH: &str = "INSERT INTO search (search) VALUES ('optimize')";

/// Empties the search index before it is filled anew.
pub(crate) const CLEAR_SEARCH: &str = "INSERT INTO search (search) VALUES ('delete-all')";

/// Gathers rows into one JSON text, an array of arrays of the columns that follow.
pub(crate) const ROWS_BEGIN: &str = "SELECT json_group_array(json_array(";

/// Ends the columns of rows gathered into JSON; the rows of `cases` follow, in their order.
pub(crate) const ROWS_FROM: &str = ")) FROM (SELECT cases.* FROM ";

/// Ends the rows gathered into JSON.
pub(crate) const ROWS_END: &str = ") AS cases";

/// Cases whose tokens match an expression, as rows gathered into JSON.
pub(crate) const FROM_MATCHES: &str = ")) FROM (SELECT cases.* FROM search JOIN cases ON cases.ordinal = search.rowid \
                                       WHERE search MATCH ";

/// The index streams matches by row id, so the newest come without sorting.
pub(crate) const NEWEST_MATCHES_FIRST: &str = " ORDER BY search.rowid DESC";

/// Moves what can be moved from the write-ahead log into the database without making anyone wait.
pub(crate) const MOVE_LOG: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// Moves everything from the write-ahead log into the database and empties the log.
pub(crate) const CHECKPOINT: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// Writes the database anew without free pages, after an erasure.
pub(crate) const COMPACT: &str = "VACUUM";

/// SQLite's own code for a full disk (`SQLITE_FULL`).
pub(crate) const DISK_FULL: &str = "13";

/// Whether an error code means that one statement is to blame and the transaction may go on: SQL error, too big,
/// constraint, mismatch, range. Everything else, such as an I/O error, leaves in doubt what is on disk.
pub(crate) fn blames_one_statement(code: &str) -> bool {
    const BLAMES: [u32; 5] = [1, 18, 19, 20, 25];
    // The low byte is the error's class.
    code.parse::<u32>()
        .is_ok_and(|code| BLAMES.contains(&(code & 0xff)))
}

/// Writes a copy of the database into a new file, at one moment. The other way, page by page, begins anew whenever another
/// process writes, so that it would never end under load.
pub(crate) const COPY_INTO: &str = "VACUUM INTO $1";

/// Whether the table of the schema's steps is there.
pub(crate) const HAS_STEPS: &str =
    "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'";

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
