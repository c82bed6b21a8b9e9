//! Settled sheets in words.

use huiyin_case::event::Event;
use huiyin_case::settling::{FormSettled, settled_again};
use huiyin_case::state::CaseState;
use huiyin_case::value::Fields;
use huiyin_policy::model::{Part, Policy, VoucherId};
use huiyin_policy::settle::{Kept, KeptCharge, KeptRow, Settled};
use huiyin_policy::show::{self, SettledLine, SettledSheet};
use huiyin_texts::Lang;

use super::{View, fact};
use crate::dto::form::pick;
use crate::dto::settlement::{
    OpenView, SettledChargeView, SettlementView, SheetCell, SheetRowView, SheetTotal, SheetView,
    VoucherView,
};

/// What a form would give.
pub(crate) fn asked(view: &View<'_>, part: Option<&Part>, settled: &FormSettled) -> SettlementView {
    SettlementView {
        given: fact::list(view, part, &settled.given),
        sheets: sheets(view, &settled.settled),
        vouchers: made(view, &settled.settled),
        charges: charges(view, settled.settled.charges.iter().map(KeptCharge::of)),
        open: open(view, &settled.settled),
        differs: false,
    }
}

/// What was put on record with an act or a correction, in the words of today; where this program would work out something else, in
/// the figures alone, as they were kept. `None` if it is of no form, or its keys were destroyed.
pub(crate) fn of_event(
    view: &View<'_>,
    state: &CaseState,
    event: &Event,
    kept: &Kept,
) -> Option<SettlementView> {
    if *kept == Kept::erased() {
        return None;
    }
    let (part, fields) = match event {
        Event::ActRecorded { act, fields, .. } => {
            (view.policy.acts.get(act)?.part.as_ref()?, fields)
        }
        Event::EntryCorrected { entry, fields, .. } => {
            let entry = state.entry(*entry)?;
            (state.part_of(view.policy, &entry.what)?, fields.as_ref()?)
        }
        _ => return None,
    };
    let part = view.policy.parts.get(part)?;
    let given = fields.iter().filter(|(id, _)| part.gives(id));
    let given: Fields = given
        .map(|(id, value)| (id.clone(), value.clone()))
        .collect();
    let given = fact::list(view, Some(part), &given);
    Some(match settled_again(view.policy, part, kept) {
        Some(settled) => SettlementView {
            given,
            sheets: sheets(view, &settled),
            vouchers: made(view, &settled),
            charges: charges(view, kept.charges.iter().cloned()),
            open: open(view, &settled),
            differs: false,
        },
        None => SettlementView {
            given,
            sheets: sheets_as_kept(view, kept),
            vouchers: kept
                .vouchers
                .iter()
                .map(|one| {
                    voucher(
                        view,
                        &one.id,
                        &one.voucher,
                        one.amount.to_string(),
                        one.held,
                    )
                })
                .collect(),
            charges: charges(view, kept.charges.iter().cloned()),
            open: Vec::new(),
            differs: true,
        },
    })
}

fn sheets(view: &View<'_>, settled: &Settled) -> Vec<SheetView> {
    let sheets = show::settled_lines(view.policy, settled, language(view.lang));
    sheets.iter().map(|sheet| sheet_view(view, sheet)).collect()
}

fn sheet_view(view: &View<'_>, sheet: &SettledSheet) -> SheetView {
    let cell = |line: &SettledLine| SheetCell {
        column: line.column.to_string(),
        title: line.title.clone(),
        value: view.written(&line.value),
        why: line.why.as_deref().map(|why| view.written(why)),
        clause: line.clause.as_ref().map(ToString::to_string),
    };
    let rows = sheet.rows.iter().map(|row| SheetRowView {
        name: view.written(&row.name),
        cells: row.lines.iter().map(cell).collect(),
    });
    let totals = sheet.totals.iter().map(|(title, amount)| SheetTotal {
        title: title.clone(),
        amount: amount.to_string(),
    });
    SheetView {
        id: sheet.id.to_string(),
        title: sheet.title.clone(),
        clause: sheet.clause.to_string(),
        rows: rows.collect(),
        totals: totals.collect(),
    }
}

fn sheets_as_kept(view: &View<'_>, kept: &Kept) -> Vec<SheetView> {
    let sheets = kept.sheets.iter().filter(|(_, rows)| !rows.is_empty());
    let sheets = sheets.map(|(id, rows)| {
        let sheet = view.policy.settlement.sheets.get(id);
        let row = |row: &KeptRow| SheetRowView {
            name: view.written(&row.name),
            cells: row
                .cells
                .iter()
                .map(|cell| {
                    let column = sheet.and_then(|sheet| sheet.columns.get(&cell.column));
                    SheetCell {
                        column: cell.column.to_string(),
                        title: column.map_or_else(
                            || cell.column.to_string(),
                            |column| pick(&column.title, view.lang),
                        ),
                        value: view.written(&cell.value),
                        why: cell.working.as_deref().map(|why| view.written(why)),
                        clause: cell.clause.as_ref().map(ToString::to_string),
                    }
                })
                .collect(),
        };
        SheetView {
            id: id.to_string(),
            title: sheet.map_or_else(|| id.to_string(), |sheet| pick(&sheet.title, view.lang)),
            clause: sheet.map_or_else(String::new, |sheet| sheet.clause.to_string()),
            rows: rows.iter().map(row).collect(),
            totals: Vec::new(),
        }
    });
    sheets.collect()
}

fn made(view: &View<'_>, settled: &Settled) -> Vec<VoucherView> {
    let vouchers = settled.vouchers.iter();
    let made = vouchers.map(|one| {
        voucher(
            view,
            &one.id,
            &one.voucher,
            one.amount.to_string(),
            one.held,
        )
    });
    made.collect()
}

fn voucher(
    view: &View<'_>,
    id: &str,
    voucher: &VoucherId,
    amount: String,
    held: bool,
) -> VoucherView {
    VoucherView {
        id: view.written(id),
        title: voucher_title(view.policy, voucher, view.lang),
        amount,
        held,
    }
}

fn charges(view: &View<'_>, kept: impl Iterator<Item = KeptCharge>) -> Vec<SettledChargeView> {
    let accounts = &view.policy.settlement.accounts;
    let charges = kept.map(|one| SettledChargeView {
        title: accounts.get(&one.account).map_or_else(
            || one.account.to_string(),
            |account| pick(&account.title, view.lang),
        ),
        person: view.written(&one.who),
        amount: one.amount.to_string(),
        from: one.from.to_string(),
        clause: one.clause.to_string(),
        held: one.held,
    });
    charges.collect()
}

/// The title of a voucher.
pub(crate) fn voucher_title(policy: &Policy, voucher: &VoucherId, lang: Lang) -> String {
    let declared = policy.settlement.vouchers.get(voucher);
    declared.map_or_else(|| voucher.to_string(), |one| pick(&one.title, lang))
}

fn open(view: &View<'_>, settled: &Settled) -> Vec<OpenView> {
    let open = settled.open.iter().map(|one| OpenView {
        text: view.written(&show::open_in_words(view.policy, one, language(view.lang))),
        clause: one.clause.to_string(),
    });
    open.collect()
}

/// The language of a policy's own words.
pub(crate) const fn language(lang: Lang) -> show::Language {
    match lang {
        Lang::ZhCn => show::Language::ZhCn,
        Lang::En => show::Language::En,
    }
}
