//! What was settled as JSON.

use huiyin_policy::model::Policy;
use huiyin_policy::settle::{OpenReason, Settled, SettledAccount};
use huiyin_policy::show::Language;
use serde_json::{Map, Value, json};

/// What was settled, amounts as texts; `docs/settlement.md` describes it.
pub(super) fn settled(policy: &Policy, settled: &Settled, language: Language) -> Value {
    let sheets: Map<String, Value> = settled
        .sheets
        .iter()
        .map(|(id, table)| {
            let rows = table.rows.iter().map(|row| {
                let cells: Map<String, Value> = row
                    .cells
                    .iter()
                    .map(|(column, filled)| {
                        let cell = json!({
                            "value": filled.cell.to_string(),
                            "working": filled.why.as_ref().map(ToString::to_string),
                            "clause": filled.clause.as_ref().map(ToString::to_string),
                        });
                        (column.to_string(), cell)
                    })
                    .collect();
                json!({"row": row.name, "from": row.path, "cells": cells})
            });
            (id.to_string(), Value::Array(rows.collect()))
        })
        .collect();
    let accounts: Map<String, Value> = settled
        .accounts
        .iter()
        .map(|(id, people)| (id.to_string(), people.iter().map(account).collect()))
        .collect();
    json!({
        "policy": policy.id.to_string(),
        "sheets": sheets,
        "accounts": accounts,
        "vouchers": vouchers(settled),
        "open": open(settled, language),
    })
}

fn account(person: &SettledAccount) -> Value {
    let charges = person.charges.iter().map(|charge| {
        json!({
            "sheet": charge.sheet.to_string(),
            "row": charge.row,
            "amount": charge.amount.to_string(),
        })
    });
    let months = person.months.iter().map(|month| {
        json!({
            "month": month.month.to_string(),
            "of": month.of.to_string(),
            "used": month.used.to_string(),
            "room": month.room.to_string(),
            "owed": month.owed.to_string(),
            "taken": month.taken.to_string(),
            "rest": month.rest.to_string(),
        })
    });
    json!({
        "who": person.who,
        "owed": person.owed.to_string(),
        "charges": charges.collect::<Vec<Value>>(),
        "months": months.collect::<Vec<Value>>(),
        "left": person.left.to_string(),
        "left_from": person.left_from.to_string(),
    })
}

fn vouchers(settled: &Settled) -> Value {
    let vouchers = settled.vouchers.iter().map(|voucher| {
        json!({
            "id": voucher.id,
            "voucher": voucher.voucher.to_string(),
            "amount": voucher.amount.to_string(),
            "exported": voucher.exported,
            "held": voucher.held,
        })
    });
    vouchers.collect()
}

fn open(settled: &Settled, language: Language) -> Value {
    let open = settled.open.iter().map(|open| {
        let mut value = json!({
            "sheet": open.sheet.to_string(),
            "row": open.row,
            "clause": open.clause.to_string(),
        });
        let (reason, more) = match &open.reason {
            OpenReason::Need(text) => ("need", json!({"text": language.of(text)})),
            OpenReason::NotDivided(amount) => {
                ("not_divided", json!({"amount": amount.to_string()}))
            }
            OpenReason::ExportedOtherwise {
                id,
                exported,
                amount,
            } => (
                "exported_otherwise",
                json!({"id": id, "exported": exported.to_string(), "amount": amount.to_string()}),
            ),
        };
        value["reason"] = reason.into();
        for (key, more) in more.as_object().into_iter().flatten() {
            value[key] = more.clone();
        }
        value
    });
    open.collect()
}
