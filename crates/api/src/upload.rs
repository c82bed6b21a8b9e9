//! Files on their way in over HTTP: what their headers say, and their bytes, piece by piece.

use std::time::Duration;

use axum::body::{BodyDataStream, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::StreamExt;
use huiyin_texts::Lang;
use percent_encoding::percent_decode;

use crate::problem::Problem;

/// How long nothing may come of a body before it is given up.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// Longest header that names a file or says what it shows, in bytes.
const HEADER_BYTES_MAX: usize = 8 * 1024;

/// The bytes of a body as they come.
pub(crate) struct Pieces {
    body: BodyDataStream,
    lang: Lang,
}

impl Pieces {
    /// Those of a request.
    pub(crate) fn of(request: Request, lang: Lang) -> Self {
        Self {
            body: request.into_body().into_data_stream(),
            lang,
        }
    }

    /// The language of whoever sends them.
    pub(crate) const fn lang(&self) -> Lang {
        self.lang
    }

    /// The next; `None` at the end.
    ///
    /// # Errors
    /// The problem `upload_broken` when the connection breaks off, or nothing comes for too long.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        match tokio::time::timeout(SILENCE_MAX, self.body.next()).await {
            Ok(None) => Ok(None),
            Ok(Some(Ok(bytes))) => Ok(Some(bytes)),
            Ok(Some(Err(_))) | Err(_) => Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "upload_broken",
                self.lang,
            )),
        }
    }
}

/// How long the body is said to be, in bytes.
pub(crate) fn length(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// The text of a header that says it percent-encoded, if the header is there.
///
/// # Errors
/// The problem `file_header_unreadable`.
pub(crate) fn said(
    headers: &HeaderMap,
    name: &'static str,
    lang: Lang,
) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    let text = Some(value.as_bytes())
        .filter(|bytes| bytes.len() <= HEADER_BYTES_MAX)
        .and_then(|bytes| percent_decode(bytes).decode_utf8().ok());
    match text {
        Some(text) => Ok(Some(text.into_owned())),
        None => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "file_header_unreadable",
            lang,
        )),
    }
}
