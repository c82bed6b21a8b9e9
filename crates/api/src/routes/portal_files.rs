//! Files that customers send over the portal. There is no route by which a customer gets one back.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::response::Response;
use huiyin_app::App;
use huiyin_app::attachments::FileProblem;
use huiyin_app::portal::{CustomersFile, CustomersUpload};
use utoipa::IntoParams;

use super::portal::{Customer, OwnKey, problem, shown};
use crate::Server;
use crate::address::CallerAddress;
use crate::caller::CallerLang;
use crate::dto::portal::PortalCase;
use crate::present::error;
use crate::problem::Problem;
use crate::upload::{Pieces, length, said};

/// The headers of an upload, as the document describes them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes")]
struct FileHeaders {
    /// Takes effect once under this key, at least 22 characters.
    #[param(rename = "Idempotency-Key")]
    key: String,
    /// The file's name in UTF-8, percent-encoded.
    #[param(rename = "File-Name")]
    name: String,
}

/// What an upload brings along beside its bytes.
pub(crate) struct FileSent(CustomersFile);

impl FromRequestParts<Server> for FileSent {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let lang = CallerLang::of(&parts.headers);
        let OwnKey(key) = OwnKey::from_request_parts(parts, server).await?;
        let name = said(&parts.headers, "file-name", lang)?
            .ok_or_else(|| error::file_problem(&FileProblem::Name, lang))?;
        Ok(Self(CustomersFile {
            name,
            bytes: length(&parts.headers),
            key,
        }))
    }
}

/// Adds a file to the case of the session, where the policy lets its customer; its bytes are the body, kept as they come.
#[utoipa::path(post, path = "/portal/case/files", tag = "portal", operation_id = "send_portal_file", security(("portal" = [])),
    params(FileHeaders),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The bytes"),
    responses((status = 200, description = "The case after it", body = PortalCase), (status = 400, description = "`file_header_unreadable`, `upload_broken`", body = Problem),
        (status = 401, description = "`portal_not_entered`", body = Problem), (status = 409, description = "Refused by the policy", body = Problem),
        (status = 413, description = "`file_too_big`", body = Problem), (status = 415, description = "`file_type_not_taken`, `file_type_untrue`", body = Problem),
        (status = 422, description = "`file_name_unusable`, `file_empty`, `idempotency_key_reused`", body = Problem),
        (status = 429, description = "`too_many_tries`", body = Problem), (status = 507, description = "`storage_full`", body = Problem)))]
pub(crate) async fn send(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    CallerAddress(from): CallerAddress,
    Customer(token): Customer,
    FileSent(file): FileSent,
    request: Request,
) -> Result<Response, Problem> {
    let app = &server.app;
    let mut upload = app
        .begin_customers_file(from, &token, file)
        .await
        .map_err(|failed| problem(&failed, lang))?;
    if let Err(failed) = take(app, Pieces::of(request, lang), &mut upload).await {
        app.abandon_customers_file(upload).await;
        return Err(failed);
    }
    let done = app.finish_customers_file(upload).await;
    done.map_err(|failed| problem(&failed, lang))?;
    shown(&server, &token, lang).await
}

/// Takes in all bytes.
async fn take(app: &App, mut pieces: Pieces, upload: &mut CustomersUpload) -> Result<(), Problem> {
    while let Some(bytes) = pieces.next().await? {
        let taken = app.take_customers_bytes(upload, &bytes).await;
        taken.map_err(|failed| problem(&failed, pieces.lang()))?;
    }
    Ok(())
}
