//! Errors of the app as problems. The cause is logged here, once; the caller gets code, words and what to do.

use axum::http::StatusCode;
use huiyin_app::attachments::FileProblem;
use huiyin_app::error::Refused;
use huiyin_app::organisation::Unsuitable;
use huiyin_app::{Action, Error};
use huiyin_calendar::Limit;
use huiyin_case::limits::ATTACHMENT_BYTES_MAX;
use huiyin_case::refusal::{Refusal, Rule};
use huiyin_policy::model::{
    CopyId, FactPath, KindId, LevelsId, PartId, PartyRoleId, Policy, SealId, StepId,
};
use huiyin_policy::show;
use huiyin_store::{AppendError, WriteError};
use huiyin_texts::{Args, Lang, limit_in_words, render};

use super::misfit::misfit_in_words;
use super::{calendar, deduction, rows, settlement};
use crate::Server;
use crate::caller::Caller;
use crate::dto::form::pick;
use crate::dto::offer::{ClauseText, WhyNot};
use crate::present::policy_version;
use crate::problem::{FieldProblem, Problem};
use crate::read_only;

/// Refuses the caller unless the account opens this door.
///
/// # Errors
/// The problem `forbidden`.
pub(crate) fn require(server: &Server, caller: &Caller, action: Action) -> Result<(), Problem> {
    if server.app.may(&caller.principal, action) {
        Ok(())
    } else {
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            caller.lang,
        ))
    }
}

/// The problem for an error of the app.
pub(crate) fn problem(error: &Error, lang: Lang) -> Problem {
    match error {
        Error::NotFound => Problem::new(StatusCode::NOT_FOUND, "not_found", lang),
        Error::Forbidden => Problem::new(StatusCode::FORBIDDEN, "forbidden", lang),
        Error::Refused(refused) => refusal(refused, lang),
        Error::Conflict { current_seq } => {
            let mut problem = Problem::new(StatusCode::PRECONDITION_FAILED, "conflict", lang);
            problem.current_seq = Some(*current_seq);
            problem
        }
        Error::KeyReused => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            lang,
        ),
        Error::Changed { .. } => Problem::new(StatusCode::PRECONDITION_FAILED, "changed", lang),
        Error::Unsuitable(what) => unsuitable(what, lang),
        Error::PolicyStopped(stopped) => policy_version::stopped(stopped, lang),
        Error::PolicyToCome(to_come) => policy_version::to_come(to_come, lang),
        Error::Unfit(unfit) => policy_version::unfit(unfit, lang),
        Error::Calendar(unfit) => calendar::unfit(unfit, lang),
        Error::Account(unfit) => deduction::problem(unfit, lang),
        // Read anew meanwhile: the same request is decided by the newer version.
        Error::Busy | Error::Append(AppendError::CalendarChanged) => {
            let mut problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", lang);
            problem.retry_after_seconds = Some(RETRY_AFTER_BUSY_SECONDS);
            problem
        }
        Error::Invalid(what) => Problem::with_args(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            lang,
            &Args::new().with("what", *what),
        ),
        Error::File(problem) => file_problem(problem, lang),
        Error::ReadOnly
        | Error::Append(AppendError::ReadOnly)
        | Error::Write(WriteError::ReadOnly) => read_only::problem(lang),
        Error::Append(AppendError::Full) | Error::Write(WriteError::Full) => {
            Problem::new(StatusCode::INSUFFICIENT_STORAGE, "storage_full", lang)
        }
        Error::Append(AppendError::Erased) => Problem::new(StatusCode::GONE, "erased", lang),
        Error::Append(_) | Error::Read(_) | Error::Write(_) => {
            tracing::error!(error = error as &dyn std::error::Error, "storage failed");
            let mut problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "storage_failed", lang);
            problem.retry_after_seconds = Some(RETRY_AFTER_STORAGE_SECONDS);
            problem
        }
        Error::PolicyMissing | Error::Replay(_) => {
            tracing::error!(
                error = error as &dyn std::error::Error,
                "a case can't be read"
            );
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", lang)
        }
    }
}

/// An error of the app in words: what went wrong, and what to do about it.
pub fn in_words(error: &Error, lang: Lang) -> String {
    let problem = problem(error, lang);
    let help = problem.detail.map(|help| format!("\n{help}"));
    format!("{}{}", problem.title, help.unwrap_or_default())
}

/// Why a file is not taken.
pub(crate) fn file_problem(problem: &FileProblem, lang: Lang) -> Problem {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let unsupported = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    let extension = |of: &str| Args::new().with("extension", of.to_owned());
    let (status, code, args) = match problem {
        FileProblem::Name => (unprocessable, "file_name_unusable", Args::new()),
        FileProblem::TypeNotTaken(of) => (unsupported, "file_type_not_taken", extension(of)),
        FileProblem::TypeUntrue(of) => (unsupported, "file_type_untrue", extension(of)),
        FileProblem::TooBig => {
            let max = (ATTACHMENT_BYTES_MAX / (1024 * 1024)).to_string();
            let args = Args::new().with("max", max);
            (StatusCode::PAYLOAD_TOO_LARGE, "file_too_big", args)
        }
        FileProblem::Empty => (unprocessable, "file_empty", Args::new()),
        FileProblem::TooSlow => (StatusCode::REQUEST_TIMEOUT, "upload_too_slow", Args::new()),
    };
    Problem::with_args(status, code, lang, &args)
}

/// Why the organisation can't be changed like that.
fn unsuitable(what: &Unsuitable, lang: Lang) -> Problem {
    let code = match what {
        Unsuitable::Name => "name_unusable",
        Unsuitable::NameTaken => "name_taken",
        Unsuitable::Unit => "unit_unknown",
        Unsuitable::Person => "person_unknown",
        Unsuitable::Position => "position_unknown",
        Unsuitable::BelowItself => "unit_below_itself",
        Unsuitable::UnitInUse { .. } => "unit_in_use",
        Unsuitable::LastAdministrator => "last_administrator",
        Unsuitable::Days => "span_unusable",
        Unsuitable::OwnDeputy => "own_deputy",
        Unsuitable::OwnRelation => "own_relation",
        Unsuitable::DayOrder => "days_out_of_order",
        Unsuitable::Note => "note_unusable",
        Unsuitable::NoRole => "role_missing",
        Unsuitable::NoAccount => "account_missing",
        Unsuitable::Reason => "reason_unusable",
        Unsuitable::TooMany => "too_many",
    };
    let status = match what {
        Unsuitable::UnitInUse { .. } | Unsuitable::LastAdministrator => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let args = match what {
        Unsuitable::UnitInUse {
            people,
            units,
            cases,
        } => Args::new()
            .with("people", people.to_string())
            .with("units", units.to_string())
            .with("cases", cases.to_string()),
        _ => Args::new(),
    };
    Problem::with_args(status, code, lang, &args)
}

/// When to try again after others were faster.
const RETRY_AFTER_BUSY_SECONDS: u64 = 1;
/// When to try again after the storage failed.
const RETRY_AFTER_STORAGE_SECONDS: u64 = 5;

/// A refusal: which rule, which clause, which fields.
fn refusal(refused: &Refused, lang: Lang) -> Problem {
    let rule = &refused.refusal.rule;
    let code = rule.code();
    let mut problem = Problem {
        ty: format!("/problems/{code}"),
        code: code.to_owned(),
        title: rule_text(&refused.policy, rule, lang),
        detail: None,
        status: StatusCode::CONFLICT.as_u16(),
        clause: clause(refused, lang),
        fields: std::iter::once(&refused.refusal)
            .chain(&refused.refusal.also)
            .filter_map(|one| field_problem(&refused.policy, one, lang))
            .collect(),
        current_seq: None,
        retry_after_seconds: None,
    };
    if !problem.fields.is_empty() {
        problem.status = StatusCode::UNPROCESSABLE_ENTITY.as_u16();
    }
    problem
}

/// Each broken rule in words, with the field it is about and the clause behind it.
pub fn refusal_in_words(refused: &Refused, lang: Lang) -> Vec<RefusedRule> {
    std::iter::once(&refused.refusal)
        .chain(&refused.refusal.also)
        .map(|one| RefusedRule {
            field: match &one.rule {
                Rule::FieldMissing(path) | Rule::FieldInvalid { field: path, .. } => {
                    Some(path.clone())
                }
                Rule::NotSettled { field, .. } => field.clone(),
                _ => None,
            },
            text: rule_text(&refused.policy, &one.rule, lang),
            clause: one.clause.as_ref().map(ToString::to_string),
        })
        .collect()
}

/// A broken rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRule {
    /// The field it is about.
    pub field: Option<FactPath>,
    /// What was broken.
    pub text: String,
    /// The clause behind it, such as `P1.8`.
    pub clause: Option<String>,
}

fn clause(refused: &Refused, lang: Lang) -> Option<ClauseText> {
    refused.clause().map(|(id, text)| ClauseText {
        id: id.to_string(),
        text: pick(text, lang),
    })
}

fn field_problem(policy: &Policy, refusal: &Refusal, lang: Lang) -> Option<FieldProblem> {
    let field = match &refusal.rule {
        Rule::FieldMissing(path) | Rule::FieldInvalid { field: path, .. } => path.to_string(),
        Rule::FieldUnknown(name) => name.clone(),
        Rule::NotSettled {
            field: Some(path), ..
        } => path.to_string(),
        _ => return None,
    };
    Some(FieldProblem {
        place: match &refusal.rule {
            Rule::NotSettled { problem, .. } => rows::place(policy, problem),
            _ => None,
        },
        field,
        code: refusal.rule.code().to_owned(),
        message: rule_text(policy, &refusal.rule, lang),
    })
}

/// Why something can't be done now, for a button that shows its reason.
pub(crate) fn why_not(policy: &Policy, refusal: &Refusal, lang: Lang) -> WhyNot {
    WhyNot {
        code: refusal.rule.code().to_owned(),
        text: rule_text(policy, &refusal.rule, lang),
    }
}

/// The rule in words.
fn rule_text(policy: &Policy, rule: &Rule, lang: Lang) -> String {
    let key = format!("refusal-{}", rule.code().replace('_', "-"));
    let args = match rule {
        Rule::ChannelNotOpen(channel) => Args::new().with(
            "channel",
            policy
                .channels
                .get(channel)
                .map_or_else(|| channel.to_string(), |one| pick(&one.title, lang)),
        ),
        Rule::ActNotOffered { act, .. }
        | Rule::NoRowFits(act)
        | Rule::NeedsAct(act)
        | Rule::NotDeclared(act) => Args::new().with(
            "act",
            policy
                .acts
                .get(act)
                .map_or_else(|| act.to_string(), |one| pick(&one.title, lang)),
        ),
        Rule::NeedsEach { act, missing } => Args::new()
            .with(
                "act",
                policy
                    .acts
                    .get(act)
                    .map_or_else(|| act.to_string(), |one| pick(&one.title, lang)),
            )
            .with("missing", missing.to_string()),
        Rule::NeedsCopies(form, copy) => copies_args(policy, form, copy.as_ref(), lang),
        Rule::NeedsRaised(kind) | Rule::NeedsRaisedClosed(kind) => {
            Args::new().with("kind", kind_title(policy, kind, lang))
        }
        Rule::LinkNotAllowed(kind) => Args::new().with("link", kind.as_str()),
        Rule::LinkNotPossible(why) => Args::new().with("why", *why),
        Rule::MoveNotAllowed { verb, .. } | Rule::MoveDoesNotFit { verb, .. } => {
            Args::new().with("verb", render(lang, verb_key(*verb), &Args::new()))
        }
        Rule::FieldMissing(path) | Rule::NeedsField(path) => {
            Args::new().with("field", field_title(policy, path, lang))
        }
        Rule::FieldInvalid { field, problem } => Args::new()
            .with("field", field_title(policy, field, lang))
            .with("problem", *problem),
        Rule::ExtensionsUsedUp(max) => Args::new().with("max", *max),
        Rule::ExtensionBeyondCap { most, latest } => {
            let words = most.map(|most| limit_in_words(lang, &Limit::new(most)));
            Args::new()
                .with("most", words.unwrap_or_else(|| "none".to_owned()))
                .with("latest", latest.to_string())
        }
        Rule::NobodyToAct(step) => Args::new().with("step", step_title(policy, step, lang)),
        Rule::TooLate(date) => Args::new().with("date", date.to_string()),
        Rule::FieldUnknown(name) => Args::new().with("field", name.as_str()),
        Rule::PartyNotPossible(role) => Args::new().with("role", party_title(policy, role, lang)),
        Rule::TooManyParties { role, max } => Args::new()
            .with("role", party_title(policy, role, lang))
            .with("max", *max),
        Rule::PartyEmployee { role, problem } => Args::new()
            .with("role", party_title(policy, role, lang))
            .with("problem", *problem),
        Rule::NothingSealed(seal) | Rule::SealTakesNoFile(seal) | Rule::SealClosed(seal) => {
            Args::new().with("seal", seal_title(policy, seal, lang))
        }
        Rule::LevelNotSettable(levels) | Rule::LevelNotHigher(levels) => {
            Args::new().with("scale", scale_title(policy, levels, lang))
        }
        Rule::NotSettled { problem, .. } => Args::new()
            .with("where", rows::place_in_words(policy, problem, lang))
            .with("what", rows::problem_in_words(policy, problem, lang)),
        Rule::LeftOpen(open) => Args::new().with(
            "what",
            show::open_in_words(policy, open, settlement::language(lang)),
        ),
        Rule::HasNoPlace(misfit) => {
            Args::new().with("what", misfit_in_words(&[policy], None, misfit, lang))
        }
        Rule::NotNewer(version) => Args::new().with("version", *version),
        Rule::NeedsCondition(text) => Args::new().with("what", pick(text, lang)),
        Rule::ConditionFailed(why) => Args::new().with("why", why.as_str()),
        Rule::LimitReached(limit) => Args::new().with("limit", *limit),
        Rule::EntryNotCorrectable(entry) | Rule::EntryRestedOn(entry) => {
            Args::new().with("entry", *entry)
        }
        _ => Args::new(),
    };
    render(lang, &key, &args)
}

/// The title of a step; steps of several kinds with one name are called alike.
fn step_title(policy: &Policy, step: &StepId, lang: Lang) -> String {
    let mut kinds = policy.kinds.values();
    let found = kinds.find_map(|kind| kind.steps.get(step));
    found.map_or_else(|| step.to_string(), |one| pick(&one.title, lang))
}

/// The title of a role of parties.
pub(crate) fn party_title(policy: &Policy, role: &PartyRoleId, lang: Lang) -> String {
    let found = policy.parties.get(role);
    found.map_or_else(|| role.to_string(), |one| pick(&one.title, lang))
}

/// The title of a seal.
pub(crate) fn seal_title(policy: &Policy, seal: &SealId, lang: Lang) -> String {
    let found = policy.seals.get(seal);
    found.map_or_else(|| seal.to_string(), |one| pick(&one.title, lang))
}

/// The title of a scale.
pub(crate) fn scale_title(policy: &Policy, levels: &LevelsId, lang: Lang) -> String {
    let found = policy.levels.get(levels);
    found.map_or_else(|| levels.to_string(), |one| pick(&one.title, lang))
}

/// A form and one of its copies, or `all`.
fn copies_args(policy: &Policy, form: &PartId, copy: Option<&CopyId>, lang: Lang) -> Args<'static> {
    let part = policy.parts.get(form);
    let title = part.map_or_else(|| form.to_string(), |part| pick(&part.title, lang));
    let copy = copy.map(|id| {
        let copy = part.and_then(|part| part.copies.get(id));
        copy.map_or_else(|| id.to_string(), |copy| pick(&copy.title, lang))
    });
    let copy = copy.unwrap_or_else(|| "all".to_owned());
    Args::new().with("form", title).with("copy", copy)
}

/// The title of a kind of case.
pub(crate) fn kind_title(policy: &Policy, kind: &KindId, lang: Lang) -> String {
    policy
        .kinds
        .get(kind)
        .map_or_else(|| kind.to_string(), |one| pick(&one.title, lang))
}

fn field_title(policy: &Policy, path: &FactPath, lang: Lang) -> String {
    policy
        .field(path)
        .map_or_else(|| path.to_string(), |field| pick(&field.title, lang))
}

/// The key of a verb's name.
pub(crate) fn verb_key(verb: huiyin_policy::model::Verb) -> &'static str {
    use huiyin_policy::model::Verb;
    match verb {
        Verb::Opened => "verb-open",
        Verb::Dispatched => "verb-dispatch",
        Verb::Transferred => "verb-transfer",
        Verb::Accepted => "verb-accept",
        Verb::Refused => "verb-refuse",
        Verb::Closed => "verb-close",
        Verb::Reopened => "verb-reopen",
        Verb::Archived => "verb-archive",
        Verb::Withdrawn => "verb-withdraw",
        Verb::Merged => "verb-merge",
    }
}
