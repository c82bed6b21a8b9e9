//! What operating the system asks of a database: a copy while it is in use, its place among the steps of the schema,
//! reading it without ever writing, and what it holds in numbers.

mod copy;
mod lag;
mod read_only;
mod schema;
mod survey;

pub use copy::{CopyError, copy_database};
pub(crate) use lag::{note_lag, note_lag_on_server};
pub use schema::{Schema, Step};
pub(crate) use schema::{schema_of, schema_on_server};
pub use survey::{CaseCount, PolicyFacts, Survey, TableSize};
