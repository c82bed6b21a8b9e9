//! Full-text search, newest cases first.

use super::ReadError;
use super::access::Access;
use super::list::PAGE_MAX;
use super::listed::{CASE_COLUMNS, Listed, ROWS_END};
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
        let engine = self.engine();
        let rows_max = rows_max.clamp(1, PAGE_MAX);
        let mut rows = Vec::new();
        for part in engine.parts_of_search() {
            let mut text = Text::default();
            text.push(engine.rows_begin())
                .push(CASE_COLUMNS)
                .push(engine.rows_from());
            engine.push_matching(&mut text, &expression, *part);
            access.condition(&mut text);
            text.push(engine.newest_matches_first())
                .limit(rows_max)
                .push(ROWS_END);
            rows = self
                .listed(text, |found| {
                    found.into_iter().map(Listed::case_row).collect()
                })
                .await?;
            if rows.len() >= rows_max as usize {
                break;
            }
        }
        Ok(rows)
    }
}
