//! A run of vouchers as a table, the same byte by byte whenever it is asked for.

use huiyin_app::App;
use huiyin_app::vouchers::FullRun;
use huiyin_exchange::{Column, Format, Value, WriteError, Writer};
use huiyin_texts::{Args, Lang, render};

use super::moment;
use crate::present::voucher::voucher;

/// The columns, each with the key of its title.
const COLUMNS: [(&str, &str); 9] = [
    ("identifier", "export-voucher-identifier"),
    ("voucher", "export-voucher-kind"),
    ("amount", "export-voucher-amount"),
    ("reverses", "export-voucher-reverses"),
    ("case", "export-voucher-case"),
    ("policy", "export-voucher-policy"),
    ("clause", "export-voucher-clause"),
    ("settled_at", "export-voucher-settled-at"),
    ("run", "export-voucher-run"),
];

/// The table of a run.
///
/// # Errors
/// When a workbook can't be made.
pub fn voucher_table(
    app: &App,
    run: &FullRun,
    format: Format,
    lang: Lang,
) -> Result<Vec<u8>, WriteError> {
    let columns = COLUMNS.map(|(name, key)| Column {
        name: name.into(),
        title: render(lang, key, &Args::new()),
    });
    let made = app.calendar().local(run.run.at);
    let mut writer = Writer::dated(format, columns.into(), made)?;
    for one in &run.vouchers {
        let view = voucher(app, one, lang);
        writer.row(&[
            Value::text(view.identifier),
            Value::named(view.voucher, view.title),
            Value::Amount(one.handed.amount),
            Value::text(view.reverses.unwrap_or_default()),
            Value::text(view.number),
            Value::text(view.policy),
            Value::text(view.clause),
            moment(view.settled_at),
            Value::text(run.run.number.to_string()),
        ])?;
    }
    writer.finish()
}
