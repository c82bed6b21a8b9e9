//! Forms that are settled by sheets.

use huiyin_diagnostic::Place;
use indexmap::IndexMap;

use super::lines::{Lines, expect, flag, list, scalar};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{
    Account, AccountId, CellFrom, ColumnId, ColumnPath, ColumnType, FactPath, Field, FieldId,
    FieldType, Given, PartId, Rows, RowsFrom, Settlement, Settles, Sheet, SheetId, VoucherId,
};
use crate::yaml::{Entry, Node, Shape};

/// How a cell says that it holds the number of the case.
const CASE_NUMBER: &str = "case.number";

/// The form that is read, with what is known of it.
struct Form<'a> {
    part: &'a PartId,
    fields: &'a IndexMap<FieldId, Field>,
    settlement: &'a Settlement,
    sheets: Vec<SheetId>,
    /// Where its rows come from, once that is known.
    rows: &'a IndexMap<SheetId, RowsFrom>,
}

impl<'t> Reading<'t> {
    /// The sheet whose rows a field has; it must be filled in.
    pub(super) fn sheet_filled_in(&self, field: Entry<'t>) -> Option<SheetId> {
        let Some(node) = field.value.get("of") else {
            let missing = codes::MISSING_KEY.at(field.key_place);
            self.log.push(missing.with("name", "of").done());
            return None;
        };
        let name = self.resolve(Naming::Sheet, node)?;
        let written = self.written(Naming::Sheet, &name)?;
        if written.get("each").is_some() {
            self.unsettled(node.place(), "derived", &name, "");
            return None;
        }
        Some(SheetId::new(name))
    }

    /// What a form is settled by; what is wrong with the sheets themselves is said where they stand.
    pub(super) fn settles(
        &self,
        part: &PartId,
        lines: &Lines<'t>,
        fields: Option<&IndexMap<FieldId, Field>>,
        settlement: Option<&Settlement>,
    ) -> Option<Option<Settles>> {
        let given = || {
            let fields = lines.get("fields").into_iter().flat_map(Node::entries);
            fields.filter(|field| {
                field.value.shape() == Shape::Map && field.value.get("is").is_some()
            })
        };
        let Some(node) = lines.get("settles") else {
            let mut alone = given().peekable();
            if alone.peek().is_none() {
                return Some(None);
            }
            alone.for_each(|field| self.unsettled(field.key_place, "alone", field.key, ""));
            return None;
        };
        let known = ["sheets", "rows", "vouchers", "accounts", "may_be_open"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let sheets = self.names_on(lines.get("sheets"), Naming::Sheet);
        let vouchers = self.names_on(lines.get("vouchers"), Naming::Voucher);
        let accounts = self.names_on(lines.get("accounts"), Naming::Account);
        let may_be_open = flag(lines.get("may_be_open"), self.log);
        let (settlement, fields) = (settlement?, fields?);
        let sheets: Vec<SheetId> = sheets?.into_iter().map(SheetId::new).collect();
        let vouchers: Vec<VoucherId> = vouchers?.into_iter().map(VoucherId::new).collect();
        let accounts: Vec<AccountId> = accounts?.into_iter().map(AccountId::new).collect();
        if sheets.is_empty() && vouchers.is_empty() {
            lines.need("sheets", self.log);
            return None;
        }
        let none = IndexMap::new();
        let form = Form {
            part,
            fields,
            settlement,
            sheets: settlement.with_those_used(&sheets, &vouchers, &accounts),
            rows: &none,
        };
        for node in list(lines.get("accounts")) {
            self.account_of_form(&form, node)?;
        }
        let rows = self.rows_from(&form, &lines)?;
        let form = Form {
            rows: &rows,
            ..form
        };
        let gives: Vec<Option<(FieldId, Given)>> =
            given().map(|field| self.given(&form, field)).collect();
        Some(Some(Settles {
            sheets: form.sheets,
            gives: gives.into_iter().collect::<Option<_>>()?,
            rows,
            vouchers,
            accounts,
            may_be_open,
        }))
    }

    /// An account that a form charges has rows of a sheet that the form settles, and a limit that can be entered month by month.
    fn account_of_form(&self, form: &Form<'_>, node: Node<'t>) -> Option<()> {
        let id = AccountId::new(node.scalar()?);
        let account = form.settlement.accounts.get(&id)?;
        let mut owed = account.of.iter();
        if !owed.any(|owed| form.sheets.contains(&owed.sheet)) {
            self.unsettled(node.place(), "no_charges", id.as_str(), "");
            return None;
        }
        if !enterable(account, form.settlement) {
            let cap = account.cap.sheet.as_str();
            self.unsettled(node.place(), "limit", id.as_str(), cap);
            return None;
        }
        Some(())
    }

    /// Where the rows come from: what is written under `rows`, otherwise the form's own field with rows of the sheet.
    fn rows_from(&self, form: &Form<'_>, lines: &Lines<'t>) -> Option<IndexMap<SheetId, RowsFrom>> {
        let written = lines.get("rows");
        if let Some(written) = written {
            expect(written, written.place(), Shape::Map, self.log)?;
            for entry in written.entries() {
                let sheet = SheetId::new(entry.key);
                if !form.sheets.contains(&sheet) {
                    self.unsettled(entry.key_place, "not_settled", entry.key, "");
                    return None;
                }
            }
        }
        let mut rows = Some(IndexMap::new());
        for id in &form.sheets {
            let Some(sheet) = form.settlement.sheets.get(id) else {
                continue;
            };
            if matches!(sheet.rows, Rows::Derived(_)) {
                continue;
            }
            let written = written.and_then(|node| node.get(id.as_str()));
            let from = match written {
                Some(node) => self.one_rows_from(node, id, sheet),
                None => self.own_rows(form, id, lines.owner),
            };
            match (from, &mut rows) {
                (Some(from), Some(rows)) => {
                    rows.insert(id.clone(), from);
                }
                _ => rows = None,
            }
        }
        rows
    }

    fn own_rows(&self, form: &Form<'_>, sheet: &SheetId, owner: Place) -> Option<RowsFrom> {
        let mut own = form.fields.iter();
        let own = own.find(|(_, field)| field.ty == FieldType::Rows(sheet.clone()));
        let Some((field, _)) = own else {
            self.unsettled(owner, "no_rows", sheet.as_str(), "");
            return None;
        };
        let path = FactPath::new(form.part.clone(), field.clone());
        Some(RowsFrom::Field(path))
    }

    /// `part.field`, or for one row `{column: part.field}`.
    fn one_rows_from(&self, node: Node<'t>, id: &SheetId, sheet: &Sheet) -> Option<RowsFrom> {
        if node.shape() == Shape::Scalar {
            let (path, ty) = self.typed_field(node)?;
            if *ty != FieldType::Rows(id.clone()) {
                self.unsettled(node.place(), "type", &path.to_string(), id.as_str());
                return None;
            }
            return Some(RowsFrom::Field(path));
        }
        expect(node, node.place(), Shape::Map, self.log)?;
        let cells: Vec<Option<(ColumnId, CellFrom)>> = node
            .entries()
            .map(|entry| self.cell_from(entry, id, sheet))
            .collect();
        let cells: IndexMap<ColumnId, CellFrom> = cells.into_iter().collect::<Option<_>>()?;
        let key: &[ColumnId] = match &sheet.rows {
            Rows::Entered(key) => key,
            _ => &[],
        };
        if let Some(column) = key.iter().find(|column| !cells.contains_key(*column)) {
            let missing = codes::MISSING_KEY.at(node.place());
            self.log.push(missing.with("name", column.as_str()).done());
            return None;
        }
        Some(RowsFrom::Facts(cells))
    }

    fn cell_from(
        &self,
        entry: Entry<'t>,
        id: &SheetId,
        sheet: &Sheet,
    ) -> Option<(ColumnId, CellFrom)> {
        let filled_in = sheet
            .columns
            .iter()
            .filter(|(_, column)| column.how.is_none());
        let filled_in: Vec<_> = filled_in.collect();
        let found = filled_in
            .iter()
            .find(|(column, _)| column.as_str() == entry.key);
        let Some((name, column)) = found else {
            let known: Vec<&str> = filled_in.iter().map(|(id, _)| id.as_str()).collect();
            let meant = self.log.suggestion(entry.key, known.iter().copied());
            let finding = codes::UNKNOWN_COLUMN.at(entry.key_place);
            let finding = finding.with("name", entry.key);
            self.log
                .push(finding.with("known", known.join(", ")).meant(meant).done());
            return None;
        };
        let path = ColumnPath::new(id, name);
        if entry.value.scalar() == Some(CASE_NUMBER) {
            if column.ty == ColumnType::Name {
                return Some(((*name).clone(), CellFrom::CaseNumber));
            }
            self.unsettled(entry.value.place(), "type", CASE_NUMBER, &path.to_string());
            return None;
        }
        let (from, ty) = self.typed_field(entry.value)?;
        if !ty.fills(&column.ty) {
            let place = entry.value.place();
            self.unsettled(place, "type", &from.to_string(), &path.to_string());
            return None;
        }
        Some(((*name).clone(), CellFrom::Field(from)))
    }

    fn typed_field(&self, node: Node<'t>) -> Option<(FactPath, &FieldType)> {
        let name = scalar(node, self.log)?;
        let path = name
            .split_once('.')
            .map(|(part, field)| FactPath::new(PartId::new(part), FieldId::new(field)));
        let found = path.and_then(|path| self.field_types.get(&path).map(|ty| (path, ty)));
        if found.is_none() {
            let known: Vec<String> = self.field_types.keys().map(ToString::to_string).collect();
            let meant = self.log.suggestion(name, known.iter().map(String::as_str));
            let finding = codes::UNKNOWN_FACT.at(node.place()).with("name", name);
            self.log.push(finding.meant(meant).done());
        }
        found
    }

    /// `is: sheet.column`, `is: {total: sheet.column}`, `is: {count: sheet}`.
    fn given(&self, form: &Form<'_>, entry: Entry<'t>) -> Option<(FieldId, Given)> {
        let (id, field) = form.fields.get_key_value(entry.key)?;
        let node = entry.value.get("is")?;
        let given = if node.shape() == Shape::Map {
            let lines = Lines::of(node, node.place(), &["total", "count"], self.log)?;
            match (lines.get("total"), lines.get("count")) {
                (Some(total), None) => Given::Total(self.column_of_form(form, total)?.0),
                (None, Some(count)) => {
                    let name = self.resolve(Naming::Sheet, count)?;
                    self.in_form(form, SheetId::new(name), count.place())
                        .map(Given::Count)?
                }
                _ => {
                    lines.need("total", self.log);
                    return None;
                }
            }
        } else {
            let (path, _) = self.column_of_form(form, node)?;
            if !form.settlement.has_one_row(&path.sheet, form.rows) {
                self.unsettled(node.place(), "many_rows", path.sheet.as_str(), "");
                return None;
            }
            Given::Cell(path)
        };
        let (fits, found) = match &given {
            Given::Count(sheet) => (field.ty == FieldType::Integer, sheet.to_string()),
            Given::Cell(path) | Given::Total(path) => {
                let column = form.settlement.column(path)?;
                let is_sum = matches!(given, Given::Total(_));
                let adds_up = matches!(
                    column.ty,
                    ColumnType::Money | ColumnType::Quantity | ColumnType::Percent
                );
                let takes = field.ty.takes(&column.ty, form.settlement);
                (takes && (adds_up || !is_sum), path.to_string())
            }
        };
        if !fits {
            self.unsettled(node.place(), "type", &found, entry.key);
            return None;
        }
        Some((id.clone(), given))
    }

    fn column_of_form(&self, form: &Form<'_>, node: Node<'t>) -> Option<(ColumnPath, ColumnType)> {
        let name = scalar(node, self.log)?;
        let path = name
            .split_once('.')
            .map(|(sheet, column)| ColumnPath::new(&SheetId::new(sheet), &ColumnId::new(column)));
        let column = path.and_then(|path| {
            let column = form.settlement.column(&path)?;
            Some((path, column.ty.clone()))
        });
        let Some((path, ty)) = column else {
            let known: Vec<String> = form
                .settlement
                .paths()
                .map(|path| path.to_string())
                .collect();
            let meant = self.log.suggestion(name, known.iter().map(String::as_str));
            let finding = codes::UNKNOWN_COLUMN.at(node.place()).with("name", name);
            self.log
                .push(finding.with("known", known.join(", ")).meant(meant).done());
            return None;
        };
        self.in_form(form, path.sheet.clone(), node.place())?;
        Some((path, ty))
    }

    /// A sheet that the form settles.
    fn in_form(&self, form: &Form<'_>, sheet: SheetId, place: Place) -> Option<SheetId> {
        if form.sheets.contains(&sheet) {
            return Some(sheet);
        }
        self.unsettled(place, "not_settled", sheet.as_str(), "");
        None
    }

    fn unsettled(&self, place: Place, what: &'static str, name: &str, other: &str) {
        let finding = codes::FORM_SETTLES.at(place).with("what", what);
        self.log
            .push(finding.with("name", name).with("other", other).done());
    }
}

/// Whether somebody can enter what limits an account: a row for each person and month, with amounts that are filled in.
fn enterable(account: &Account, settlement: &Settlement) -> bool {
    let cap = &account.cap;
    let Some(sheet) = settlement.sheets.get(&cap.sheet) else {
        return false;
    };
    let Rows::Entered(key) = &sheet.rows else {
        return false;
    };
    let of_person = key.contains(&cap.who);
    let of_month = key.iter().all(|one| *one == cap.who || *one == cap.month);
    let mut amounts = std::iter::once(&cap.of).chain(&cap.used);
    let filled_in = |id: &ColumnId| {
        let column = sheet.columns.get(id);
        column.is_some_and(|column| column.how.is_none())
    };
    of_person && of_month && amounts.all(filled_in)
}
