//! Drafts of policies: findings, changes by clause, comments and consents.

use std::collections::BTreeMap;

use huiyin_app::policies::{Consent, Draft, Unfit, hash_words};
use huiyin_app::{Action, App, Principal};
use huiyin_policy::model::{ClauseId, Text};
use huiyin_policy::show::{Changes, ClauseFate, changes};
use huiyin_store::{DraftConsent, PolicyDraft};
use huiyin_texts::Lang;

use super::finding::finding;
use super::{level, names, policy_version};
use crate::dto::draft::{
    ClauseChangeView, ClauseFateView, ConsentStanding, DraftCommentView, DraftConsentView,
    DraftFile, DraftRow, DraftStanding, DraftView, NotFittingView, TouchedView,
};
use crate::dto::form::{Named, pick};
use crate::dto::offer::WhyNot;

/// A draft in a list.
pub(crate) fn row(app: &App, draft: &PolicyDraft, lang: Lang) -> DraftRow {
    let shelf = app.shelf();
    let current = shelf.current(&draft.policy, app.today());
    let named = current.or_else(|| shelf.newest(&draft.policy));
    let directory = app.directory();
    let version = draft.ended.as_ref().and_then(|ended| ended.version);
    DraftRow {
        id: draft.id.to_string(),
        policy: draft.policy.to_string(),
        title: named.map_or_else(
            || draft.policy.to_string(),
            |version| pick(&version.policy.title, lang),
        ),
        standing: match (&draft.ended, version) {
            (None, _) => DraftStanding::Open,
            (Some(_), Some(_)) => DraftStanding::Published,
            (Some(_), None) => DraftStanding::Withdrawn,
        },
        version,
        drafted_by: names::person(&directory, draft.drafted_by),
        drafted_at: names::instant(&app.calendar(), draft.drafted_at),
        changed_at: names::instant(&app.calendar(), draft.changed_at),
    }
}

/// A draft with all there is to say of it.
pub(crate) fn draft(app: &App, principal: &Principal, of: &Draft, lang: Lang) -> DraftView {
    let Draft { draft, checked, .. } = of;
    let directory = app.directory();
    let before = of.before.as_ref().map(|before| &*before.policy);
    let language = level::language(lang);
    let Changes { clauses, touched } = match (before, &checked.policy) {
        (Some(before), Some(policy)) => changes(before, policy, language),
        _ => Changes::default(),
    };
    let open = draft.ended.is_none();
    let asked = |one: &DraftConsent| one.person == principal.person;
    let files = draft.files.iter();
    let found = checked.findings.iter();
    DraftView {
        row: row(app, draft, lang),
        revision: draft.revision,
        files_hash: hash_words(&draft.files_hash),
        files: files
            .map(|(name, text)| DraftFile {
                name: name.clone(),
                bytes: text.len(),
            })
            .collect(),
        changed_by: names::person(&directory, draft.changed_by),
        findings: found
            .map(|one| finding(one, &checked.sources, lang))
            .collect(),
        compared_with: of.before.as_ref().map(|before| before.version),
        clauses: clauses
            .into_iter()
            .map(|one| ClauseChangeView {
                clause: one.clause.to_string(),
                fate: match one.fate {
                    ClauseFate::New => ClauseFateView::New,
                    ClauseFate::Removed => ClauseFateView::Removed,
                    ClauseFate::Changed => ClauseFateView::Changed,
                },
                before: one.before,
                after: one.after,
            })
            .collect(),
        touched: touched
            .into_iter()
            .map(|one| TouchedView {
                what: one.what,
                removed: one.removed,
                added: one.added,
                changed: one.changed,
            })
            .collect(),
        commentable: commentable(of, lang),
        comments: comments(app, of),
        consents: of
            .consents
            .iter()
            .map(|one| consent(app, of, one))
            .collect(),
        hindrances: of.hindrances.iter().map(|one| why_not(one, lang)).collect(),
        not_fitting: not_fitting(app, of, lang),
        may_change: open && app.may(principal, Action::Administer),
        may_comment: open,
        may_answer: open && of.consents.iter().any(asked),
    }
}

/// The clauses of the draft, or else of the version before, each with what it says.
fn commentable(of: &Draft, lang: Lang) -> Vec<Named> {
    let before = of.before.as_ref().map(|before| &*before.policy);
    let mut clauses: BTreeMap<&ClauseId, &Text> = BTreeMap::new();
    let mut order = Vec::new();
    for policy in of.checked.policy.iter().chain(before) {
        for (id, clause) in &policy.clauses {
            if clauses.insert(id, &clause.text).is_none() {
                order.push((id, &clause.text));
            }
        }
    }
    let named = order.into_iter().map(|(id, text)| Named {
        id: id.to_string(),
        title: pick(text, lang),
    });
    named.collect()
}

fn not_fitting(app: &App, of: &Draft, lang: Lang) -> Vec<NotFittingView> {
    let directory = app.directory();
    let units = of.hindrances.iter().flat_map(|one| match one {
        Unfit::Adoptions(units) => units.as_slice(),
        _ => &[],
    });
    let views = units.map(|one| NotFittingView {
        unit: names::unit(&directory, one.unit),
        text: policy_version::found_in_words(one, lang),
    });
    views.collect()
}

fn comments(app: &App, of: &Draft) -> Vec<DraftCommentView> {
    let directory = app.directory();
    let comments = of.comments.iter().map(|one| DraftCommentView {
        number: one.number,
        by: names::person(&directory, one.by),
        at: names::instant(&app.calendar(), one.at),
        clause: one.clause.as_ref().map(ToString::to_string),
        text: one.text.clone(),
        on_earlier_files: one.files_hash != of.draft.files_hash,
    });
    comments.collect()
}

fn consent(app: &App, of: &Draft, consent: &DraftConsent) -> DraftConsentView {
    let directory = app.directory();
    let answer = consent.answer.as_ref();
    let reason = answer.map(|answer| answer.reason.clone());
    DraftConsentView {
        person: names::person(&directory, consent.person),
        asked_by: names::person(&directory, consent.asked_by),
        asked_at: names::instant(&app.calendar(), consent.asked_at),
        standing: match of.stands(consent) {
            Consent::Asked => ConsentStanding::Asked,
            Consent::Lapsed => ConsentStanding::Lapsed,
            Consent::Given => ConsentStanding::Given,
            Consent::Refused => ConsentStanding::Refused,
        },
        reason: reason.filter(|reason| !reason.is_empty()),
        answered_at: answer.map(|answer| names::instant(&app.calendar(), answer.at)),
    }
}

fn why_not(unfit: &Unfit, lang: Lang) -> WhyNot {
    let problem = policy_version::unfit(unfit, lang);
    WhyNot {
        code: problem.code,
        text: problem.title,
    }
}
