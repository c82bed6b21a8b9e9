//! Full-text search, newest cases first.

use super::ReadError;
use super::access::Access;
use super::list::{CASE_COLUMNS, PAGE_MAX, case_row};
use crate::dialect;
use crate::row::CaseRow;
use crate::statement::Text;
use crate::store::Store;

impl Store {
    /// Cases that `access` reaches and in whose number or text everything in `query` occurs, newest first, at most
    /// `rows_max`. A query without a letter or digit finds nothing.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn search(
        &self,
        access: &Access,
        query: &str,
        rows_max: u32,
    ) -> Result<Vec<CaseRow>, ReadError> {
        let Some(expression) = (self.inner.segmenter.query)(query) else {
            return Ok(Vec::new());
        };
        let mut text = Text::default();
        text.push("SELECT ")
            .push(CASE_COLUMNS)
            .push(dialect::FROM_MATCHES)
            .value(expression);
        access.condition(&mut text);
        text.push(dialect::NEWEST_MATCHES_FIRST)
            .value(i64::from(rows_max.clamp(1, PAGE_MAX)));
        text.query()
            .fetch_all(&self.inner.readers)
            .await?
            .iter()
            .map(case_row)
            .collect()
    }
}
