//! What is known of a customer beyond one case.

use huiyin_app::App;
use huiyin_app::customers::CustomerFile;
use huiyin_texts::Lang;

use super::row::rows;
use crate::dto::tie::{AlikeView, CustomerFileView, RecordView};

/// The customer in the caller's language, names masked.
pub(crate) fn file(app: &App, file: &CustomerFile, lang: Lang) -> CustomerFileView {
    CustomerFileView {
        records: file
            .records
            .iter()
            .map(|record| RecordView {
                id: record.party.to_string(),
                name: record.display.clone(),
                own: record.party == file.own,
                merged: record.merged.is_some(),
            })
            .collect(),
        cases: rows(app, &file.cases, lang),
        alike: file
            .alike
            .iter()
            .map(|(party, cases)| AlikeView {
                id: party.to_string(),
                cases: rows(app, cases, lang),
            })
            .collect(),
        may_decide: file.may_decide,
    }
}
