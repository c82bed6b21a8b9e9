//! Tables that are given out as files, in the form that was kept or another.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_exchange::{Format, WriteError};
use huiyin_texts::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Problem;

/// In which form a table is given out.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct TableQuery {
    /// `csv`, `xlsx` or `jsonl`.
    format: Option<String>,
    /// Language of the headings, `zh-CN` or `en`.
    lang: Option<String>,
}

impl TableQuery {
    /// The form asked for, or else the one given.
    ///
    /// # Errors
    /// The problems `format_unknown` and `lang_unknown`.
    pub(crate) fn form(
        &self,
        given: (Format, Lang),
        lang: Lang,
    ) -> Result<(Format, Lang), Problem> {
        form_of((self.format.as_deref(), self.lang.as_deref()), given, lang)
    }
}

/// The form and the language that are asked for, or else those given.
///
/// # Errors
/// The problems `format_unknown` and `lang_unknown`.
pub(crate) fn form_of(
    (form, language): (Option<&str>, Option<&str>),
    (format, table): (Format, Lang),
    lang: Lang,
) -> Result<(Format, Lang), Problem> {
    let bad = |code| Problem::new(StatusCode::BAD_REQUEST, code, lang);
    let asked = form.map(str::parse::<Format>);
    let asked = asked.transpose().map_err(|_| bad("format_unknown"))?;
    let spoken = language.map(str::parse::<Lang>);
    let spoken = spoken.transpose().map_err(|_| bad("lang_unknown"))?;
    Ok((asked.unwrap_or(format), spoken.unwrap_or(table)))
}

/// The form in which something was kept; what can't be read is CSV in the caller's language.
pub(crate) fn kept(format: &str, language: &str, lang: Lang) -> (Format, Lang) {
    (
        format.parse().unwrap_or(Format::Csv),
        language.parse().unwrap_or(lang),
    )
}

/// A table as a file with this name.
///
/// # Errors
/// The problem `internal` when it can't be made.
pub(crate) fn file(
    name: &str,
    format: Format,
    table: Result<Vec<u8>, WriteError>,
    lang: Lang,
) -> Result<Response, Problem> {
    let bytes = table.map_err(|failed| {
        tracing::error!(error = &failed as &dyn std::error::Error, "a table failed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", lang)
    })?;
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.{format}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
