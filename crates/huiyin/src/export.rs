//! `huiyin export cases`: what one may see, as a table, from a data directory that no server has open.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use huiyin_api::export::CaseExport;
use huiyin_app::App;
use huiyin_app::cases::ListRequest;
use huiyin_app::export::ExportRequest;
use huiyin_case::state::Stage;
use huiyin_policy::model::{ChannelId, KindId};
use huiyin_texts::Lang;

use crate::cli::{Export, ExportCases, ExportStatus};
use crate::started::with_app;

type Failure = Box<dyn std::error::Error>;

pub(crate) fn run(command: &Export, lang: Lang) -> ExitCode {
    let Export::Cases(options) = command;
    with_app(&options.data, lang, async |app| {
        write(app, options, lang).await?;
        Ok(ExitCode::SUCCESS)
    })
}

async fn write(app: &Arc<App>, options: &ExportCases, lang: Lang) -> Result<(), Failure> {
    let principal = app.operator(Some(&options.login)).await?;
    let list = ListRequest {
        stage: match options.status {
            ExportStatus::Open => Some(Stage::Open),
            ExportStatus::Closed => Some(Stage::Closed),
            ExportStatus::Archived => Some(Stage::Archived),
            ExportStatus::All => None,
        },
        kind: options.kind.as_ref().map(KindId::new),
        channel: options.channel.as_ref().map(ChannelId::new),
        ..ListRequest::of(options.view.parse()?, 0)
    };
    let request = ExportRequest {
        list,
        columns: options.columns.parse()?,
    };
    let format = options.format.parse()?;
    let mut output: Box<dyn Write> = match &options.output {
        Some(path) => Box::new(std::fs::File::create(path)?),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut export = CaseExport::begin(Arc::clone(app), principal, request, format, lang).await?;
    while let Some(piece) = export.next().await? {
        output.write_all(&piece)?;
    }
    output.flush()?;
    Ok(())
}
