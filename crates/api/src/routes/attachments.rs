//! Attachments: bytes in, bytes out.
//!
//! Whatever a file holds, it runs nowhere: it is given out as a download that no browser guesses the type of, in a sandbox
//! without scripts, and kept by no cache. Only pictures of a few types may be shown in the page.

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use huiyin_app::attachments::{AttachRequest, Download, FileProblem, Incoming, media};
use huiyin_app::commands::Key;
use huiyin_app::{App, Error};
use huiyin_case::command::Act;
use huiyin_case::id::CaseId;
use huiyin_case::limits::ATTACHMENT_BYTES_MAX;
use huiyin_policy::model::SealId;
use huiyin_texts::Lang;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use utoipa::IntoParams;

use super::commands::{CommandHeaders, Envelope};
use crate::Server;
use crate::caller::{Caller, IdempotencyKey};
use crate::dto::attachment::{AttachmentAdded, AttachmentList, Removal};
use crate::dto::case::CommandDone;
use crate::present::{self, error};
use crate::problem::Problem;
use crate::query::Query;
use crate::upload::{Pieces, length, said};

/// What stands as it is in the extended form of a file's name (RFC 8187, `attr-char`).
const ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// The headers of an upload, as the document describes them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes")]
struct UploadHeaders {
    /// Takes effect once under this key.
    #[param(rename = "Idempotency-Key")]
    key: String,
    /// The file's name in UTF-8, percent-encoded. Addresses end up in logs, headers of this name do not.
    #[param(rename = "File-Name")]
    name: String,
    /// What it shows, in UTF-8, percent-encoded.
    #[param(rename = "File-Note")]
    note: Option<String>,
    /// The seal to put it under; then nobody sees more than that it is there.
    #[param(rename = "File-Seal")]
    seal: Option<String>,
}

/// Which attachment of which case.
#[derive(Debug, Deserialize)]
pub(crate) struct AttachmentPath {
    id: String,
    entry: String,
}

/// What an upload brings along beside its bytes.
pub(crate) struct Upload {
    caller: Caller,
    request: AttachRequest,
    /// What the caller says the length is.
    length: Option<u64>,
}

impl FromRequestParts<Server> for Upload {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, server).await?;
        let Path(id) = Path::<String>::from_request_parts(parts, server)
            .await
            .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", caller.lang))?;
        let case = case_id(&id, caller.lang)?;
        let key = IdempotencyKey::from_request_parts(parts, server).await?;
        let name = said(&parts.headers, "file-name", caller.lang)?
            .ok_or_else(|| error::file_problem(&FileProblem::Name, caller.lang))?;
        let note = said(&parts.headers, "file-note", caller.lang)?;
        let seal = said(&parts.headers, "file-seal", caller.lang)?;
        Ok(Self {
            request: AttachRequest {
                case,
                name,
                note: note.filter(|note| !note.trim().is_empty()),
                seal: seal.map(SealId::new),
                key: Key::new(key.0),
            },
            caller,
            length: length(&parts.headers),
        })
    }
}

/// Attaches a file to a case; its bytes are the body, whatever `Content-Type` says. Needs no `If-Match`: what others do to the
/// case meanwhile does not matter.
#[utoipa::path(post, path = "/cases/{id}/attachments", tag = "attachments", operation_id = "add_attachment",
    params(("id" = String, Path, description = "The case"), UploadHeaders),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The bytes"),
    responses((status = 201, description = "Attached", body = AttachmentAdded), (status = 400, description = "`file_header_unreadable`, `upload_broken`", body = Problem),
        (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused", body = Problem),
        (status = 413, description = "`file_too_big`", body = Problem), (status = 415, description = "`file_type_not_taken`, `file_type_untrue`", body = Problem),
        (status = 422, description = "`file_name_unusable`, `file_empty`, `idempotency_key_reused`", body = Problem),
        (status = 507, description = "`storage_full`", body = Problem)))]
pub(crate) async fn add(
    State(server): State<Server>,
    upload: Upload,
    request: Request,
) -> Result<Response, Problem> {
    let lang = upload.caller.lang;
    let problem = |failed: Error| error::problem(&failed, lang);
    let too_big = upload
        .length
        .is_some_and(|length| length > ATTACHMENT_BYTES_MAX);
    if too_big {
        return Err(error::file_problem(&FileProblem::TooBig, lang));
    }
    let app = &server.app;
    let mut incoming = app
        .begin_attachment(&upload.caller.principal, upload.request)
        .await
        .map_err(problem)?;
    let taken = take(app, Pieces::of(request, lang), &mut incoming).await;
    if let Err(failed) = taken {
        app.abandon_attachment(incoming).await;
        return Err(failed);
    }
    let done = app.finish_attachment(incoming).await.map_err(problem)?;
    let entry = done.entry;
    let case = CommandDone {
        id: done.done.case.to_string(),
        number: done.done.number,
        seq: done.done.seq,
    };
    let etag = format!("\"{}\"", case.seq);
    let added = Json(AttachmentAdded { entry, case });
    Ok((StatusCode::CREATED, [(header::ETAG, etag)], added).into_response())
}

/// Takes in all bytes.
async fn take(app: &App, mut pieces: Pieces, incoming: &mut Incoming) -> Result<(), Problem> {
    while let Some(bytes) = pieces.next().await? {
        let taken = app.take_bytes(incoming, &bytes).await;
        taken.map_err(|failed| error::problem(&failed, pieces.lang()))?;
    }
    Ok(())
}

/// The attachments of a case.
#[utoipa::path(get, path = "/cases/{id}/attachments", tag = "attachments", operation_id = "list_attachments", params(("id" = String, Path, description = "The case")),
    responses((status = 200, description = "The attachments", body = AttachmentList), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<AttachmentList>, Problem> {
    let detail = server
        .app
        .case(&caller.principal, case_id(&id, caller.lang)?)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(
        present::case::case(&server.app, &detail, caller.lang).attachments,
    ))
}

/// How to give an attachment out.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ShowQuery {
    /// Whether to show it in the page, where it is a picture that can be.
    #[serde(default)]
    inline: bool,
}

/// The bytes of an attachment, as a download. Each is on the audit record.
#[utoipa::path(get, path = "/cases/{id}/attachments/{entry}", tag = "attachments", operation_id = "show_attachment",
    params(("id" = String, Path, description = "The case"), ("entry" = u32, Path, description = "The event that added it"), ShowQuery),
    responses((status = 200, description = "The bytes", content_type = "application/octet-stream", body = Vec<u8>), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
    Path(path): Path<AttachmentPath>,
    Query(query): Query<ShowQuery>,
) -> Result<Response, Problem> {
    let lang = caller.lang;
    let (case, entry) = (case_id(&path.id, lang)?, entry_number(&path, lang)?);
    let problem = |failed: Error| error::problem(&failed, lang);
    let mut download = server
        .app
        .attachment(&caller.principal, case, entry)
        .await
        .map_err(problem)?;
    let headers = headers(&download, query.inline);
    // What fails at once is still told as a problem; later the connection can only be broken off.
    let first = download.next().await.map_err(problem)?;
    Ok((headers, body(first, download)).into_response())
}

/// Takes an attachment away, with its bytes. That it was there, and why it was removed, stays on record.
#[utoipa::path(post, path = "/cases/{id}/attachments/{entry}/removal", tag = "attachments", operation_id = "remove_attachment", request_body = Removal,
    params(("id" = String, Path, description = "The case"), ("entry" = u32, Path, description = "The event that added it"), CommandHeaders),
    responses((status = 200, description = "Removed", body = CommandDone), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "Refused", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn remove(
    State(server): State<Server>,
    envelope: Envelope,
    Path(path): Path<AttachmentPath>,
    crate::body::Body(body): crate::body::Body<Removal>,
) -> Result<Response, Problem> {
    let entry = entry_number(&path, envelope.caller.lang)?;
    let act = Act::Detach {
        entry,
        reason: body.reason,
    };
    envelope.carry_out(&server, act, None).await
}

/// What keeps a file from being more than bytes.
fn headers(download: &Download, inline: bool) -> HeaderMap {
    let inline = inline && media::is_previewed(&download.media);
    let (disposition, media) = match inline {
        true => ("inline", download.media.as_str()),
        false => ("attachment", "application/octet-stream"),
    };
    let text = |text: &str| HeaderValue::from_str(text).expect("only visible ASCII is put in");
    let named = disposition_of(disposition, &download.name);
    HeaderMap::from_iter([
        (header::CONTENT_TYPE, text(media)),
        (header::CONTENT_LENGTH, HeaderValue::from(download.bytes)),
        (header::CONTENT_DISPOSITION, text(&named)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ])
}

/// `Content-Disposition` as in RFC 6266: a plain name for old programs, the true one in its extended form.
fn disposition_of(disposition: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let extended = utf8_percent_encode(name, ATTR_CHAR);
    format!("{disposition}; filename=\"{plain}\"; filename*=UTF-8''{extended}")
}

/// The pieces one after the other, each read when the one before was sent.
fn body(first: Option<Vec<u8>>, download: Download) -> Body {
    Body::from_stream(stream::try_unfold(
        (first, download),
        |(ready, mut download)| async move {
            let piece = match ready {
                Some(piece) => Some(piece),
                None => download.next().await.inspect_err(|failed| {
                    tracing::error!(
                        error = failed as &dyn std::error::Error,
                        "a download broke off"
                    );
                })?,
            };
            Ok::<_, Error>(piece.map(|piece| (piece, (None, download))))
        },
    ))
}

fn case_id(id: &str, lang: Lang) -> Result<CaseId, Problem> {
    id.parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", lang))
}

fn entry_number(path: &AttachmentPath, lang: Lang) -> Result<u32, Problem> {
    path.entry
        .parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", lang))
}

#[cfg(test)]
mod tests {
    use super::disposition_of;

    #[test]
    fn a_name_breaks_out_of_no_header() {
        assert_eq!(
            disposition_of("attachment", "发票 1.pdf"),
            "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E5%8F%91%E7%A5%A8%201.pdf"
        );
        assert_eq!(
            disposition_of("attachment", "a\"b\\c%0d\r\n;'.txt"),
            "attachment; filename=\"a_b_c_0d__;'.txt\"; filename*=UTF-8''a%22b%5Cc%250d%0D%0A%3B%27.txt"
        );
    }
}
