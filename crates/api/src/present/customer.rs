//! What is known of a customer beyond one case.

use huiyin_app::App;
use huiyin_app::customers::CustomerFile;
use huiyin_app::likeness::Likeness;
use huiyin_policy::model::Policy;
use huiyin_texts::Lang;

use super::row::rows;
use crate::dto::form::pick;
use crate::dto::tie::{AlikeView, CustomerFileView, LikenessView, RecordView};

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
        likenesses: likenesses(&file.policy, &file.likenesses, lang),
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

/// Which earlier cases are alike, with the names of what is the same.
pub(crate) fn likenesses(policy: &Policy, found: &[Likeness], lang: Lang) -> Vec<LikenessView> {
    let one = |likeness: &Likeness| LikenessView {
        case: likeness.case.to_string(),
        same: likeness
            .same
            .iter()
            .filter_map(|path| policy.parts.get(path.part())?.fields.get(path.field()))
            .map(|field| pick(&field.title, lang))
            .collect(),
        text_percent: likeness.text_percent,
    };
    found.iter().map(one).collect()
}
