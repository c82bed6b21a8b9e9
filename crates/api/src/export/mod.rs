//! The work list as a table to take along: the same rows for the same person, personal data masked as there.

mod columns;
mod deductions;
mod report;
mod vouchers;

use std::sync::Arc;

use huiyin_app::cases::Cursor;
use huiyin_app::export::{Columns, ExportRequest};
use huiyin_app::{App, Error, Principal};
use huiyin_exchange::{Column, Format, Value, WriteError, Writer};
use huiyin_texts::{Args, Lang, render};

use crate::dto::case::{CaseRowView, CaseStatus};
use crate::present;
pub use crate::present::voucher::total as voucher_total;
use columns::FullColumns;
pub use deductions::{DeductionTable, deduction_table};
pub use report::report_table;
pub use vouchers::voucher_table;

/// The columns, each with the key of its title.
const COLUMNS: [(&str, &str); 14] = [
    ("number", "export-number"),
    ("kind", "export-kind"),
    ("status", "export-status"),
    ("subject", "export-subject"),
    ("content", "export-content"),
    ("customer_name", "export-customer-name"),
    ("channel", "export-channel"),
    ("opened_at", "export-opened-at"),
    ("step", "export-step"),
    ("holder_unit", "export-holder-unit"),
    ("holder_role", "export-holder-role"),
    ("holder_person", "export-holder-person"),
    ("limit", "export-limit"),
    ("due_at", "export-due-at"),
];

/// Why an export ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// All columns were asked for, but not of which kind of case.
    #[error("the full set of columns needs a kind of case")]
    NoKind,
    /// The rows can't be read, or the export can't be put on record.
    #[error(transparent)]
    App(#[from] Error),
    /// The table can't be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// An export under way.
#[derive(Debug)]
pub struct CaseExport {
    app: Arc<App>,
    principal: Principal,
    request: ExportRequest,
    lang: Lang,
    full: Option<FullColumns>,
    /// `None` once the end was given out.
    writer: Option<Writer>,
    after: Option<Cursor>,
}

impl CaseExport {
    /// Begins an export; it is on record from here on.
    ///
    /// # Errors
    /// [`ExportError::NoKind`]; when it can't be put on record, or the table can't begin.
    pub async fn begin(
        app: Arc<App>,
        principal: Principal,
        request: ExportRequest,
        format: Format,
        lang: Lang,
    ) -> Result<Self, ExportError> {
        let full = match request.columns {
            Columns::List => None,
            Columns::Full => {
                let of = app.exported_kind(&request.list);
                let (version, kind) = of.ok_or(ExportError::NoKind)?;
                Some(FullColumns::of(version, &kind, lang))
            }
        };
        app.begin_export(&principal, &request, format.as_str())
            .await?;
        let listed = COLUMNS.map(|(name, key)| Column {
            name: name.into(),
            title: render(lang, key, &Args::new()),
        });
        let further = full.iter().flat_map(FullColumns::headings);
        let columns = listed.into_iter().chain(further).collect();
        Ok(Self {
            app,
            principal,
            request,
            lang,
            full,
            writer: Some(Writer::new(format, columns)?),
            after: None,
        })
    }

    /// The next piece of the table; `None` after its end.
    ///
    /// # Errors
    /// When the rows can't be read or written.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ExportError> {
        while let Some(mut writer) = self.writer.take() {
            let page = self
                .app
                .export_page(&self.principal, &self.request, self.after)
                .await?;
            for found in &page.rows {
                let row = std::slice::from_ref(&found.row);
                for row in present::row::rows(&self.app, row, self.lang) {
                    let mut cells = values(row, self.lang).to_vec();
                    if let (Some(full), Some(state)) = (&self.full, &found.state) {
                        cells.extend(full.cells(&self.app, state));
                    }
                    writer.row(&cells)?;
                }
            }
            self.after = page.next;
            let piece = if page.next.is_some() {
                let piece = writer.take();
                self.writer = Some(writer);
                piece
            } else {
                writer.finish()?
            };
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
        }
        Ok(None)
    }
}

fn values(row: CaseRowView, lang: Lang) -> [Value; 14] {
    let status = match row.status {
        CaseStatus::Open => "open",
        CaseStatus::Closed => "closed",
        CaseStatus::Archived => "archived",
    };
    let status_title = render(lang, &format!("export-status-{status}"), &Args::new());
    let text = |text: Option<String>| Value::Text(text.unwrap_or_default());
    let (limit, due_at) = match row.due {
        Some(due) => (Value::named(due.clock, due.title), moment(due.at)),
        None => (Value::text(""), Value::text("")),
    };
    let holder = row.holder;
    [
        Value::Text(row.number),
        Value::named(row.kind, row.kind_title),
        Value::named(status, status_title),
        Value::Text(row.subject),
        Value::Text(row.excerpt),
        Value::Text(row.customer_name),
        Value::named(row.channel, row.channel_title),
        moment(row.opened_at),
        Value::named(row.step, row.step_title),
        text(holder.unit),
        Value::named(
            holder.role.unwrap_or_default(),
            holder.role_title.unwrap_or_default(),
        ),
        text(holder.person),
        limit,
        due_at,
    ]
}

/// A moment as it is shown, with its local time for spreadsheets.
pub(super) fn moment(written: String) -> Value {
    match written.parse() {
        Ok(local) => Value::Moment { local, written },
        Err(_) => Value::Text(written),
    }
}
