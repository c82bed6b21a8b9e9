//! Drafts of a policy's next version: put down, commented on, consented to, published.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use huiyin_app::Error;
use huiyin_app::commands::Key;
use huiyin_app::policies::Draft;
use huiyin_case::id::PersonId;
use huiyin_policy::model::{ClauseId, PolicyId};
use huiyin_store::DraftId;

use super::adoptions::{day, unit};
use super::organisation::{OnceHeader, SeenHeader, known};
use super::people::path_id;
use crate::Server;
use crate::body::Body;
use crate::caller::{Caller, IdempotencyKey, IfMatch};
use crate::dto::draft::{
    AskForConsent, DraftAnswerBody, DraftContents, DraftFiles, DraftRow, DraftView, NewDraft,
    NewDraftComment, PublishDraft,
};
use crate::dto::policy_version::PolicyVersionView;
use crate::present::{draft, error, policy_version};
use crate::problem::Problem;

/// Largest body with files, in bytes: JSON escapes some of what they hold.
pub(crate) const FILES_BODY_BYTES_MAX: usize = 2 * huiyin_app::policies::DRAFT_BYTES_MAX;

/// Lists all drafts, also those that have ended, by policy, the newest first.
#[utoipa::path(get, path = "/policies/drafts", tag = "policies", operation_id = "list_drafts",
    responses((status = 200, description = "All drafts", body = Vec<DraftRow>), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<DraftRow>>, Problem> {
    let drafts = server.app.drafts(&caller.principal).await;
    let drafts = drafts.map_err(|failed| error::problem(&failed, caller.lang))?;
    let rows = drafts.iter();
    let rows = rows.map(|one| draft::row(&server.app, one, caller.lang));
    Ok(Json(rows.collect()))
}

/// Puts down a draft (草案) of a policy's next version; it is checked at once.
#[utoipa::path(post, path = "/policies/drafts", tag = "policies", operation_id = "add_draft", request_body = NewDraft, params(OnceHeader),
    responses((status = 201, description = "Put down", body = DraftView), (status = 403, description = "`forbidden`", body = Problem), (status = 422, description = "`draft_files_unusable`, `too_many`", body = Problem)))]
pub(crate) async fn add(
    State(server): State<Server>,
    caller: Caller,
    key: IdempotencyKey,
    Body(body): Body<NewDraft>,
) -> Result<(StatusCode, Json<DraftView>), Problem> {
    let (policy, key) = (PolicyId::new(&body.policy), Key::new(key.0));
    let app = &server.app;
    let added = app.add_draft(&caller.principal, policy, body.files, &key);
    let view = answer(&server, &caller, added.await)?;
    Ok((StatusCode::CREATED, view))
}

/// Shows a draft: what the check found, what changes clause by clause, comments and consents.
#[utoipa::path(get, path = "/policies/drafts/{id}", tag = "policies", operation_id = "show_draft", params(("id" = String, Path, description = "The draft")),
    responses((status = 200, description = "The draft", body = DraftView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<DraftView>, Problem> {
    let id: DraftId = path_id(&id, caller.lang)?;
    let found = server.app.draft(&caller.principal, id).await;
    answer(&server, &caller, found)
}

/// Gives the files of a draft out.
#[utoipa::path(get, path = "/policies/drafts/{id}/files", tag = "policies", operation_id = "show_draft_files", params(("id" = String, Path, description = "The draft")),
    responses((status = 200, description = "Its files", body = DraftContents), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn files(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<DraftContents>, Problem> {
    let id: DraftId = path_id(&id, caller.lang)?;
    let found = server.app.draft(&caller.principal, id).await;
    let found = found.map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(DraftContents {
        files: found.draft.files,
    }))
}

/// Puts other files in the place of those so far; consents to those lapse.
#[utoipa::path(put, path = "/policies/drafts/{id}/files", tag = "policies", operation_id = "replace_draft", request_body = DraftFiles,
    params(("id" = String, Path, description = "The draft"), SeenHeader),
    responses((status = 200, description = "Replaced", body = DraftView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`draft_ended`", body = Problem), (status = 412, description = "`changed`", body = Problem), (status = 422, description = "`draft_files_unusable`", body = Problem)))]
pub(crate) async fn replace(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(id): Path<String>,
    Body(body): Body<DraftFiles>,
) -> Result<Json<DraftView>, Problem> {
    let id: DraftId = path_id(&id, caller.lang)?;
    let app = &server.app;
    let replaced = app.replace_draft(&caller.principal, (id, seen.0), body.files);
    answer(&server, &caller, replaced.await)
}

/// Says something of a draft, or of a clause in it.
#[utoipa::path(post, path = "/policies/drafts/{id}/comments", tag = "policies", operation_id = "comment_on_draft", request_body = NewDraftComment,
    params(("id" = String, Path, description = "The draft")),
    responses((status = 200, description = "Said", body = DraftView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`draft_ended`", body = Problem), (status = 422, description = "`comment_unusable`, `clause_unknown`, `too_many`", body = Problem)))]
pub(crate) async fn comment(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<NewDraftComment>,
) -> Result<Json<DraftView>, Problem> {
    let id: DraftId = path_id(&id, caller.lang)?;
    let clause = body.clause.as_deref().map(ClauseId::new);
    let app = &server.app;
    let said = app.comment_on_draft(&caller.principal, id, clause, &body.text);
    answer(&server, &caller, said.await)
}

/// Asks people for their consent (会签).
#[utoipa::path(post, path = "/policies/drafts/{id}/consents", tag = "policies", operation_id = "ask_for_consent", request_body = AskForConsent,
    params(("id" = String, Path, description = "The draft"), SeenHeader),
    responses((status = 200, description = "Asked", body = DraftView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`draft_ended`", body = Problem), (status = 412, description = "`changed`", body = Problem), (status = 422, description = "`person_unknown`, `too_many`", body = Problem)))]
pub(crate) async fn ask(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(id): Path<String>,
    Body(body): Body<AskForConsent>,
) -> Result<Json<DraftView>, Problem> {
    let id: DraftId = path_id(&id, caller.lang)?;
    let people = body.people.iter();
    let people = people.map(|person| known(person, "person_unknown", caller.lang));
    let people: Vec<PersonId> = people.collect::<Result<_, _>>()?;
    let app = &server.app;
    let asked = app.ask_for_consent(&caller.principal, (id, seen.0), people);
    answer(&server, &caller, asked.await)
}

/// Gives or refuses the consent that the caller was asked for.
#[utoipa::path(post, path = "/policies/drafts/{id}/answer", tag = "policies", operation_id = "answer_draft", request_body = DraftAnswerBody,
    params(("id" = String, Path, description = "The draft")),
    responses((status = 200, description = "Answered", body = DraftView), (status = 403, description = "`forbidden`: he was not asked", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`draft_ended`", body = Problem), (status = 412, description = "`changed`: the files are not those that he has read", body = Problem), (status = 422, description = "`comment_unusable`", body = Problem)))]
pub(crate) async fn consent(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<DraftAnswerBody>,
) -> Result<Json<DraftView>, Problem> {
    let id: DraftId = path_id(&id, caller.lang)?;
    let what = (
        body.consents,
        body.reason.as_str(),
        body.files_hash.as_str(),
    );
    let answered = server.app.answer_draft(&caller.principal, id, what).await;
    answer(&server, &caller, answered)
}

/// Gives a draft up.
#[utoipa::path(post, path = "/policies/drafts/{id}/withdraw", tag = "policies", operation_id = "withdraw_draft",
    params(("id" = String, Path, description = "The draft"), SeenHeader),
    responses((status = 200, description = "Given up", body = DraftView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`draft_ended`", body = Problem), (status = 412, description = "`changed`", body = Problem)))]
pub(crate) async fn withdraw(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(id): Path<String>,
) -> Result<Json<DraftView>, Problem> {
    let id: DraftId = path_id(&id, caller.lang)?;
    let withdrawn = server.app.withdraw_draft(&caller.principal, (id, seen.0));
    answer(&server, &caller, withdrawn.await)
}

/// Publishes a draft as the next version of its policy, from a day on.
#[utoipa::path(post, path = "/policies/drafts/{id}/publish", tag = "policies", operation_id = "publish_draft", request_body = PublishDraft,
    params(("id" = String, Path, description = "The draft"), SeenHeader),
    responses((status = 201, description = "Published", body = PolicyVersionView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`draft_ended`, `consents_missing`, `adoptions_unfit`: the values of units don't fit, and their adoption is not among those that end", body = Problem), (status = 412, description = "`changed`", body = Problem),
        (status = 422, description = "`policy_has_errors`, `policy_parameters_unset`, `other_policy`, `effective_day_unusable`, `unit_unusable`", body = Problem)))]
pub(crate) async fn publish(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(id): Path<String>,
    Body(body): Body<PublishDraft>,
) -> Result<(StatusCode, Json<PolicyVersionView>), Problem> {
    let id: DraftId = path_id(&id, caller.lang)?;
    let from = day(body.from.as_deref(), caller.lang)?;
    let ending = body.ending.iter().map(|one| unit(one, caller.lang));
    let ending = ending.collect::<Result<_, _>>()?;
    let app = &server.app;
    let published = app.publish_draft(&caller.principal, (id, seen.0), (from, ending));
    let version = published.await;
    let version = version.map_err(|failed| error::problem(&failed, caller.lang))?;
    let view = policy_version::version(&server.app, &version, caller.lang);
    Ok((StatusCode::CREATED, Json(view)))
}

fn answer(
    server: &Server,
    caller: &Caller,
    done: Result<Draft, Error>,
) -> Result<Json<DraftView>, Problem> {
    let done = done.map_err(|failed| error::problem(&failed, caller.lang))?;
    let view = draft::draft(&server.app, &caller.principal, &done, caller.lang);
    Ok(Json(view))
}
