//! Rows of sheets and what was settled of them, as JSON. All of it is sealed: rows name people.

use huiyin_policy::model::{AccountId, ClauseId, ColumnId, SheetId, VoucherId};
use huiyin_policy::settle::{Kept, KeptCell, KeptCharge, KeptOpen, KeptRow, KeptVoucher, Raw};
use serde_json::{Map, Value as Json, json};

/// Writes rows. They were tidied before: the words of a row in order, each once.
pub(super) fn rows_json(rows: &Raw) -> Json {
    match rows {
        Raw::Nothing => Json::Null,
        Raw::Text(text) | Raw::Fraction(text) => text.as_str().into(),
        Raw::Bool(known) => (*known).into(),
        Raw::List(items) => items.iter().map(rows_json).collect(),
        Raw::Map(lines) => {
            let lines = lines
                .iter()
                .map(|(name, raw)| (name.clone(), rows_json(raw)));
            Json::Object(lines.collect())
        }
    }
}

/// Reads what [`rows_json`] wrote.
pub(super) fn json_rows(json: &Json) -> Option<Raw> {
    Some(match json {
        Json::Null => Raw::Nothing,
        Json::String(text) => Raw::Text(text.clone()),
        Json::Bool(known) => Raw::Bool(*known),
        Json::Array(items) => Raw::List(items.iter().map(json_rows).collect::<Option<_>>()?),
        Json::Object(lines) => {
            let lines = lines
                .iter()
                .map(|(name, json)| Some((name.clone(), json_rows(json)?)));
            Raw::Map(lines.collect::<Option<_>>()?)
        }
        Json::Number(_) => return None,
    })
}

/// Writes what was settled.
pub(super) fn kept_json(kept: &Kept) -> Json {
    let sheets = kept.sheets.iter().map(|(id, rows)| {
        let rows: Vec<Json> = rows.iter().map(row_json).collect();
        json!({ "sheet": id.as_str(), "rows": rows })
    });
    let vouchers = kept.vouchers.iter().map(|voucher| {
        json!({
            "id": voucher.id,
            "voucher": voucher.voucher.as_str(),
            "amount": voucher.amount.to_string(),
            "held": voucher.held,
        })
    });
    let charges = kept.charges.iter().map(charge_json);
    let open = kept.open.iter().map(|open| {
        let mut json = json!({
            "sheet": open.sheet.as_str(),
            "row": open.row,
            "clause": open.clause.as_str(),
        });
        if let Some(amount) = open.not_divided {
            json["not_divided"] = amount.to_string().into();
        }
        json
    });
    json!({
        "rows": rows_json(&kept.rows),
        "sheets": sheets.collect::<Vec<Json>>(),
        "vouchers": vouchers.collect::<Vec<Json>>(),
        "charges": charges.collect::<Vec<Json>>(),
        "open": open.collect::<Vec<Json>>(),
    })
}

fn charge_json(charge: &KeptCharge) -> Json {
    let mut json = json!({
        "account": charge.account.as_str(),
        "who": charge.who,
        "sheet": charge.sheet.as_str(),
        "row": charge.row,
        "amount": charge.amount.to_string(),
        "from": charge.from.to_string(),
        "clause": charge.clause.as_str(),
        "held": charge.held,
    });
    if let Some(working) = &charge.working {
        json["working"] = working.as_str().into();
    }
    json
}

fn row_json(row: &KeptRow) -> Json {
    let cells = row.cells.iter().map(|cell| {
        let mut json = Map::new();
        json.insert("column".to_owned(), cell.column.as_str().into());
        json.insert("value".to_owned(), cell.value.as_str().into());
        if let Some(working) = &cell.working {
            json.insert("working".to_owned(), working.as_str().into());
        }
        if let Some(clause) = &cell.clause {
            json.insert("clause".to_owned(), clause.as_str().into());
        }
        Json::Object(json)
    });
    json!({ "row": row.name, "cells": cells.collect::<Vec<Json>>() })
}

/// Reads what [`kept_json`] wrote.
pub(super) fn json_kept(json: &Json) -> Option<Kept> {
    Some(Kept {
        rows: json_rows(json.get("rows")?)?,
        sheets: each(json, "sheets", |json| {
            let id = SheetId::new(json.get("sheet")?.as_str()?);
            Some((id, each(json, "rows", json_row)?))
        })?,
        vouchers: each(json, "vouchers", |json| {
            Some(KeptVoucher {
                id: json.get("id")?.as_str()?.to_owned(),
                voucher: VoucherId::new(json.get("voucher")?.as_str()?),
                amount: json.get("amount")?.as_str()?.parse().ok()?,
                held: json.get("held")?.as_bool()?,
            })
        })?,
        charges: each(json, "charges", json_charge)?,
        open: each(json, "open", |json| {
            Some(KeptOpen {
                sheet: SheetId::new(json.get("sheet")?.as_str()?),
                row: json.get("row")?.as_str()?.to_owned(),
                clause: ClauseId::new(json.get("clause")?.as_str()?),
                not_divided: match json.get("not_divided") {
                    Some(amount) => Some(amount.as_str()?.parse().ok()?),
                    None => None,
                },
            })
        })?,
    })
}

fn json_charge(json: &Json) -> Option<KeptCharge> {
    let text = |key: &str| json.get(key)?.as_str();
    Some(KeptCharge {
        account: AccountId::new(text("account")?),
        who: text("who")?.to_owned(),
        sheet: SheetId::new(text("sheet")?),
        row: text("row")?.to_owned(),
        amount: text("amount")?.parse().ok()?,
        from: text("from")?.parse().ok()?,
        working: text("working").map(str::to_owned),
        clause: ClauseId::new(text("clause")?),
        held: json.get("held")?.as_bool()?,
    })
}

fn json_row(json: &Json) -> Option<KeptRow> {
    let text = |json: &Json| json.as_str().map(str::to_owned);
    Some(KeptRow {
        name: text(json.get("row")?)?,
        cells: each(json, "cells", |json| {
            Some(KeptCell {
                column: ColumnId::new(json.get("column")?.as_str()?),
                value: text(json.get("value")?)?,
                working: json.get("working").and_then(text),
                clause: json.get("clause").and_then(Json::as_str).map(ClauseId::new),
            })
        })?,
    })
}

fn each<T>(json: &Json, key: &str, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.get(key)?.as_array()?.iter().map(read).collect()
}
