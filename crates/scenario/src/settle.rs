//! Settlement examples: given rows, expected amounts and reasons.

use huiyin_diagnostic::Finding;
use huiyin_policy::model::{ClauseId, Policy};
use huiyin_policy::settle::{
    Filled, Month, Problem, Raw, Row, Settled, SettledCharge, SettledVoucher, settle,
};
use huiyin_policy::yaml::{Entry, Node, Shape};

use crate::codes::{UNSETTLED, different};
use crate::reading::{Read, bad, need, only, text, unknown_key, unknown_name, words, yes_no};
use crate::suite::clauses;

/// What the only row of a sheet is called in a test.
const ONLY_ROW: &str = "only";

/// What can be expected of somebody in an account, beside months.
const ACCOUNT_KEYS: [&str; 3] = ["owed", "left", "left_from"];

/// One example.
pub(crate) struct Example<'t> {
    pub(crate) name: &'t str,
    pub(crate) node: Node<'t>,
    pub(crate) clauses: Vec<ClauseId>,
}

impl<'t> Example<'t> {
    pub(crate) fn read(node: Node<'t>, policy: &Policy) -> Read<Self> {
        only(
            node,
            &["settle", "clauses", "with", "rows", "expect", "problems"],
        )?;
        Ok(Self {
            name: text(need(node, "settle")?)?,
            node,
            clauses: clauses(node, policy)?,
        })
    }
}

/// Settles the rows of an example, up to the first difference. `beforehand` are rows that the file names.
///
/// # Errors
///
/// The first difference, or the first mistake in the file.
pub(crate) fn play(
    example: &Example<'_>,
    beforehand: Option<Node<'_>>,
    policy: &Policy,
) -> Read<()> {
    let rows = rows(example.node, beforehand)?;
    let expected = example.node.get("problems");
    match (settle(policy, &rows), expected) {
        (Ok(settled), None) => expect(&settled, need(example.node, "expect")?),
        (Err(problems), Some(expected)) => expect_problems(&problems, expected),
        (Ok(_), Some(expected)) => Err(Box::new(different(
            expected.place(),
            "problems",
            "",
            "none",
        ))),
        (Err(problems), None) => {
            let first = problems.first();
            let path = first.map_or("", |problem| problem.path.as_str());
            let key = first.map_or("", |problem| problem.wrong.key().0);
            let args = [("path", path), ("key", key)];
            Err(Box::new(Finding::by_code(
                UNSETTLED,
                example.node.place(),
                &args,
            )))
        }
    }
}

/// The rows of the example; those it is `with` come first and give way to its own, sheet by sheet.
fn rows(example: Node<'_>, beforehand: Option<Node<'_>>) -> Read<Raw> {
    let mut sheets: Vec<(String, Raw)> = Vec::new();
    if let Some(with) = example.get("with") {
        let known = beforehand.into_iter().flat_map(Node::entries);
        let known: Vec<&str> = known.map(|entry| entry.key).collect();
        let name = text(with)?;
        let named = beforehand.and_then(|beforehand| beforehand.get(name));
        let named =
            named.ok_or_else(|| unknown_name(with.place(), "rows", name, known.iter().copied()))?;
        sheets.extend(named.entries().map(sheet));
    }
    for entry in example.get("rows").into_iter().flat_map(Node::entries) {
        sheets.retain(|(name, _)| name != entry.key);
        sheets.push(sheet(entry));
    }
    Ok(Raw::Map(sheets))
}

fn sheet(entry: Entry<'_>) -> (String, Raw) {
    (entry.key.to_owned(), raw(entry.value))
}

/// YAML as rows. Files are bounded in depth, so this ends.
pub(crate) fn raw(node: Node<'_>) -> Raw {
    match node.shape() {
        Shape::Nothing => Raw::Nothing,
        Shape::Scalar => Raw::Text(node.scalar().unwrap_or_default().to_owned()),
        Shape::List => Raw::List(node.items().map(raw).collect()),
        Shape::Map => Raw::Map(node.entries().map(sheet).collect()),
    }
}

fn expect_problems(problems: &[Problem], expected: Node<'_>) -> Read<()> {
    let found = problems.iter();
    let found = found.map(|problem| format!("{}: {}", problem.path, problem.wrong.key().0));
    let wanted = expected.entries().map(|entry| {
        let key = entry.value.scalar().unwrap_or_default();
        format!("{}: {key}", entry.key)
    });
    same(expected, "problems", wanted.collect(), found.collect())
}

/// Checks what was settled against the lines of a test.
pub(crate) fn expect(settled: &Settled, expected: Node<'_>) -> Read<()> {
    only(
        expected,
        &["sheets", "accounts", "charges", "vouchers", "open"],
    )?;
    for entry in expected.get("sheets").into_iter().flat_map(Node::entries) {
        let known = || settled.sheets.keys().map(|id| id.as_str());
        let table = settled.sheets.get(entry.key);
        let table =
            table.ok_or_else(|| unknown_name(entry.value.place(), "sheet", entry.key, known()))?;
        let names = |row: &Row| match row.name.as_str() {
            "" => ONLY_ROW.to_owned(),
            name => name.to_owned(),
        };
        let wanted = entry
            .value
            .entries()
            .map(|row| row.key.to_owned())
            .collect();
        let found: Vec<String> = table.rows.iter().map(names).collect();
        same(entry.value, entry.key, wanted, found)?;
        for expected in entry.value.entries() {
            let row = table.rows.iter().find(|row| names(row) == expected.key);
            if let Some(row) = row {
                expect_row(row, expected)?;
            }
        }
    }
    for entry in expected.get("accounts").into_iter().flat_map(Node::entries) {
        expect_account(settled, entry)?;
    }
    if let Some(charges) = expected.get("charges") {
        expect_charges(&settled.charges, charges)?;
    }
    if let Some(vouchers) = expected.get("vouchers") {
        expect_vouchers(&settled.vouchers, vouchers)?;
    }
    if let Some(open) = expected.get("open") {
        let wanted = words(open)?.into_iter().map(str::to_owned).collect();
        let found = settled.open.iter().map(|open| open.clause.to_string());
        same(open, "open", wanted, found.collect())?;
    }
    Ok(())
}

fn expect_row(row: &Row, expected: Entry<'_>) -> Read<()> {
    for column in expected.value.entries() {
        let known = || row.cells.keys().map(|id| id.as_str());
        let filled = row.cells.get(column.key);
        let filled = filled
            .ok_or_else(|| unknown_name(column.value.place(), "column", column.key, known()))?;
        expect_cell(filled, column)?;
    }
    Ok(())
}

/// A value, or a value with its clause and working.
fn expect_cell(filled: &Filled, column: Entry<'_>) -> Read<()> {
    let node = column.value;
    if node.shape() != Shape::Map {
        return equal(node, column.key, &filled.cell.to_string());
    }
    only(node, &["is", "because", "clause"])?;
    if let Some(is) = node.get("is") {
        equal(is, column.key, &filled.cell.to_string())?;
    }
    if let Some(because) = node.get("because") {
        let why = filled.why.as_ref().map(ToString::to_string);
        equal(because, column.key, &why.unwrap_or_default())?;
    }
    if let Some(clause) = node.get("clause") {
        let found = filled.clause.as_ref().map(ToString::to_string);
        equal(clause, "clause", &found.unwrap_or_default())?;
    }
    Ok(())
}

/// For each person what is `owed`, what is taken in each month, and what is `left` from when on.
fn expect_account(settled: &Settled, expected: Entry<'_>) -> Read<()> {
    let known = || settled.accounts.keys().map(|id| id.as_str());
    let people = settled.accounts.get(expected.key);
    let people = people
        .ok_or_else(|| unknown_name(expected.value.place(), "account", expected.key, known()))?;
    let wanted = expected.value.entries().map(|who| who.key.to_owned());
    let found = people.iter().map(|person| person.who.clone());
    same(
        expected.value,
        expected.key,
        wanted.collect(),
        found.collect(),
    )?;
    for who in expected.value.entries() {
        let Some(person) = people.iter().find(|person| person.who == who.key) else {
            continue;
        };
        let mut found = vec![
            ("owed".to_owned(), person.owed.to_string()),
            ("left".to_owned(), person.left.to_string()),
            ("left_from".to_owned(), person.left_from.to_string()),
        ];
        let months = person.months.iter();
        found.extend(months.map(|month| (month.month.to_string(), month.taken.to_string())));
        for line in who.value.entries() {
            if !is_of_account(line.key) {
                return Err(unknown_key(line, &ACCOUNT_KEYS));
            }
            let one = found.iter().find(|(name, _)| name == line.key);
            equal(line.value, line.key, one.map_or("none", |(_, value)| value))?;
        }
    }
    Ok(())
}

fn is_of_account(key: &str) -> bool {
    ACCOUNT_KEYS.contains(&key) || key.parse::<Month>().is_ok()
}

/// For each row that is charged the amount, or amount, `who`, `from`, `clause` and `held`.
fn expect_charges(charges: &[SettledCharge], expected: Node<'_>) -> Read<()> {
    let wanted = expected.entries().map(|entry| entry.key.to_owned());
    let found = charges.iter().map(|one| one.charge.row.clone());
    same(expected, "charges", wanted.collect(), found.collect())?;
    for entry in expected.entries() {
        let charged = charges.iter().find(|one| one.charge.row == entry.key);
        let Some(charged) = charged else { continue };
        let amount = charged.charge.amount.to_string();
        if entry.value.shape() != Shape::Map {
            equal(entry.value, "amount", &amount)?;
            continue;
        }
        only(entry.value, &["amount", "who", "from", "clause", "held"])?;
        let found = [
            ("amount", amount),
            ("who", charged.who.clone()),
            ("from", charged.from.to_string()),
            ("clause", charged.clause.to_string()),
            ("held", if charged.held { "yes" } else { "no" }.to_owned()),
        ];
        for (key, found) in found {
            if let Some(node) = entry.value.get(key) {
                equal(node, key, &found)?;
            }
        }
    }
    Ok(())
}

/// For each identifier the amount, or amount, `held` and `exported`.
fn expect_vouchers(vouchers: &[SettledVoucher], expected: Node<'_>) -> Read<()> {
    let wanted = expected.entries().map(|entry| entry.key.to_owned());
    let found = vouchers.iter().map(|voucher| voucher.id.clone());
    same(expected, "vouchers", wanted.collect(), found.collect())?;
    for entry in expected.entries() {
        let voucher = vouchers.iter().find(|voucher| voucher.id == entry.key);
        let Some(voucher) = voucher else { continue };
        let node = entry.value;
        let flag = |key: &str| node.get(key).map_or(Ok(false), yes_no);
        let amount = match node.shape() {
            Shape::Map => {
                only(node, &["amount", "held", "exported"])?;
                need(node, "amount")?
            }
            _ => node,
        };
        equal(amount, "amount", &voucher.amount.to_string())?;
        let flags = [("held", voucher.held), ("exported", voucher.exported)];
        for (key, found) in flags {
            if flag(key)? != found {
                let found = if found { "yes" } else { "no" };
                return Err(Box::new(different(node.place(), key, "", found)));
            }
        }
    }
    Ok(())
}

fn equal(node: Node<'_>, what: &str, found: &str) -> Read<()> {
    let wanted = node.scalar().ok_or_else(|| bad(node, "text"))?;
    match wanted == found {
        true => Ok(()),
        false => Err(Box::new(different(node.place(), what, wanted, found))),
    }
}

/// That two lists are the same apart from their order.
fn same(node: Node<'_>, what: &str, mut wanted: Vec<String>, mut found: Vec<String>) -> Read<()> {
    wanted.sort();
    found.sort();
    match wanted == found {
        true => Ok(()),
        false => {
            let (wanted, found) = (wanted.join(", "), found.join(", "));
            Err(Box::new(different(node.place(), what, &wanted, &found)))
        }
    }
}
