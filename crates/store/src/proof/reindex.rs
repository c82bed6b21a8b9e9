//! Building the search index anew.

use super::derive::{Derive, RebuildError};
use crate::open::SEGMENTER_VERSION;
use crate::statement::Statement;
use crate::store::Store;
use crate::tables::PUT_SETTING;

impl Store {
    /// Builds the search index anew with the segmenter in use.
    ///
    /// # Errors
    ///
    /// When the database can't be read or written, or a case can't be derived.
    pub async fn reindex(&self, derive: Derive<'_>) -> Result<u64, RebuildError> {
        let engine = self.engine();
        self.write(vec![Statement::new(engine.clear_search(), [])])
            .await?;
        let segmenter = self.inner.segmenter;
        let mut cases = 0;
        let mut after = 0;
        loop {
            let openings = self.openings(after).await?;
            let Some((_, last)) = openings.last() else {
                break;
            };
            after = *last;
            let mut values = Vec::new();
            for (case, ordinal) in openings {
                cases += 1;
                let derived = derive(case, &self.load(case).await?)
                    .map_err(|why| RebuildError::Underivable { case, why })?;
                if let Some(text) = derived.search {
                    let number =
                        segmenter.tokens(derived.row.number.as_deref().unwrap_or_default());
                    values.extend([
                        ordinal.into(),
                        format!("{number} {}", segmenter.tokens(&text)).into(),
                    ]);
                }
            }
            let put = engine.put_search().statement(engine, values);
            self.write(vec![put]).await?;
        }
        let version = segmenter.version.to_string();
        self.write(vec![Statement::new(
            PUT_SETTING,
            [SEGMENTER_VERSION.into(), version.into()],
        )])
        .await?;
        self.inner.search_is_fresh();
        Ok(cases)
    }
}
