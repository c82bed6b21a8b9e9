//! Row after row, many at a time, so that they share their way to the disk.

use std::collections::HashMap;
use std::sync::Arc;

use huiyin_app::import::{ImportOutcome, ImportRequest};
use huiyin_app::{App, Error, Principal};
use huiyin_exchange::{Bound, Row, World};
use huiyin_store::AppendError;
use huiyin_texts::Lang;

use super::rejected::{Reason, Rejected};
use crate::progress::bar;

/// Rows on their way at the same time; twice what one transaction takes, so that the next is ready when one is done.
const ROWS_AT_A_TIME: usize = 256;

/// What is needed to bring rows in.
pub(super) struct Importer<'a> {
    pub(super) app: &'a Arc<App>,
    pub(super) principal: &'a Principal,
    pub(super) bound: &'a Bound<'a>,
    pub(super) world: World<'a>,
    pub(super) dry_run: bool,
    pub(super) lang: Lang,
}

/// How many rows came to what.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) new: u64,
    pub(super) known: u64,
}

/// Content of the rows of this file by their key.
type Seen = HashMap<String, [u8; 32]>;

impl Importer<'_> {
    pub(super) async fn run(&self, rows: &[Row]) -> Result<(Counts, Rejected), Error> {
        let bar = bar(u64::try_from(rows.len()).unwrap_or_default());
        let mut counts = Counts::default();
        let mut rejected = Rejected::default();
        let mut seen = Seen::new();
        for rows in rows.chunks(ROWS_AT_A_TIME) {
            let mut good = Vec::with_capacity(rows.len());
            let mut requests = Vec::with_capacity(rows.len());
            for row in rows {
                match self.request(row, &mut seen) {
                    Ok(request) => {
                        good.push(row);
                        requests.push(request);
                    }
                    Err(reasons) => rejected.add(row, &self.bound.key(row), reasons),
                }
            }
            let outcomes = self.carry_out(requests).await;
            for (row, outcome) in good.into_iter().zip(outcomes) {
                match outcome {
                    Ok(ImportOutcome::New(_)) => counts.new += 1,
                    Ok(ImportOutcome::Known(_)) => counts.known += 1,
                    Err(error) => {
                        let reasons = self.reasons(error)?;
                        rejected.add(row, &self.bound.key(row), reasons);
                    }
                }
            }
            bar.inc(u64::try_from(rows.len()).unwrap_or_default());
        }
        bar.finish_and_clear();
        Ok((counts, rejected))
    }

    fn request(&self, row: &Row, seen: &mut Seen) -> Result<ImportRequest, Vec<Reason>> {
        let mapped = self.bound.case(row, self.world).map_err(|problems| {
            problems
                .into_iter()
                .map(|problem| Reason {
                    column: problem.column.unwrap_or_default(),
                    text: super::words(&problem.message, self.lang),
                })
                .collect::<Vec<_>>()
        })?;
        let key = mapped.case.origin.key.clone();
        let before = *seen.entry(key).or_insert(mapped.content);
        if before != mapped.content {
            return Err(vec![Reason::of_row("import-row-id-twice", self.lang)]);
        }
        Ok(ImportRequest {
            policy: self.world.policy.id.clone(),
            past: mapped.case,
            content: mapped.content,
        })
    }

    async fn carry_out(&self, requests: Vec<ImportRequest>) -> Vec<Result<ImportOutcome, Error>> {
        if !self.dry_run {
            return self.app.import(self.principal, requests).await;
        }
        let mut outcomes = Vec::with_capacity(requests.len());
        for request in requests {
            outcomes.push(self.app.try_import(self.principal, request).await);
        }
        outcomes
    }

    /// Why the row was rejected.
    ///
    /// # Errors
    /// What no other row can be brought in after either.
    fn reasons(&self, error: Error) -> Result<Vec<Reason>, Error> {
        match error {
            Error::Refused(refused) => {
                let rules = huiyin_api::refusal_in_words(&refused, self.lang);
                let reasons = rules.into_iter().map(|rule| Reason {
                    column: rule
                        .field
                        .and_then(|field| self.bound.column_of(&field).map(str::to_owned))
                        .unwrap_or_default(),
                    text: match rule.clause {
                        Some(clause) => format!("{} ({clause})", rule.text),
                        None => rule.text,
                    },
                });
                Ok(reasons.collect())
            }
            Error::KeyReused => Ok(vec![Reason::of_row("import-row-other-content", self.lang)]),
            Error::Append(AppendError::Erased) => {
                Ok(vec![Reason::of_row("import-row-erased", self.lang)])
            }
            other => Err(other),
        }
    }
}
