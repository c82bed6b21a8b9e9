//! Formulas: columns and figures joined by a few operations, with units that go together.

use huiyin_settlement::{Figure, Money, Percent, Quantity, Unit};

use super::reach::{Above, Reach};
use crate::check::figure::bad_figure;
use crate::check::lines::{Lines, expect, scalar};
use crate::check::names::Naming;
use crate::check::reading::Reading;
use crate::codes;
use crate::model::{ColumnType, ParamId, SheetId, Term};
use crate::yaml::{Node, Shape};

/// The most columns, figures and operations of one formula.
const TERMS_MAX: usize = 50;
/// The types that can be calculated with.
const FIGURES: [&str; 3] = ["money", "quantity", "percent"];
/// The operations, besides the product, which is a list.
const OPERATIONS: [&str; 6] = ["sum", "less", "smallest", "largest", "total", "param"];

/// What a formula may name.
#[derive(Clone, Copy)]
pub(super) struct Within<'a> {
    pub(super) above: &'a Above,
    pub(super) reach: &'a Reach,
    /// What is the same for all rows among which an amount is divided.
    pub(super) fixed: &'a Reach,
}

impl<'t> Reading<'t> {
    /// A formula and what it gives. A single column may hold anything.
    pub(super) fn formula(&self, node: Node<'t>, within: Within<'_>) -> Option<(Term, ColumnType)> {
        if count(node) > TERMS_MAX {
            let finding = codes::FORMULA_TOO_BIG.at(node.place());
            self.log
                .push(finding.with("max", TERMS_MAX.to_string()).done());
            return None;
        }
        let is_name = |text: &str| !text.starts_with(|letter: char| letter.is_ascii_digit());
        if node.scalar().is_some_and(is_name) {
            let (path, ty) = self.column_in(node, within.reach, &[])?;
            return Some((Term::Column(path), ty));
        }
        let (term, unit) = self.term(node, within)?;
        Some((term, type_of(unit)))
    }

    /// A formula that gives an amount of money.
    pub(super) fn amount(&self, node: Node<'t>, within: Within<'_>) -> Option<Term> {
        let (term, ty) = self.formula(node, within)?;
        if ty == ColumnType::Money {
            return Some(term);
        }
        let finding = codes::COLUMN_TYPE.at(node.place());
        let name = node.scalar().unwrap_or("…");
        let finding = finding.with("name", name).with("found", ty.name());
        self.log.push(finding.with("expected", "money").done());
        None
    }

    fn term(&self, node: Node<'t>, within: Within<'_>) -> Option<(Term, Unit)> {
        match node.shape() {
            Shape::Scalar => self.leaf(node, within),
            Shape::List => {
                let (factors, units) = self.terms(node, within)?;
                let unit = self.product(node, &units)?;
                Some((Term::Product(factors), unit))
            }
            _ => self.operation(node, within),
        }
    }

    fn leaf(&self, node: Node<'t>, within: Within<'_>) -> Option<(Term, Unit)> {
        let text = scalar(node, self.log)?;
        if text.starts_with(|letter: char| letter.is_ascii_digit()) {
            let figure = figure(text);
            let figure = figure.or_else(|| bad_figure(node, "figure", self.log))?;
            return Some((Term::Figure(figure), figure.unit()));
        }
        let (path, ty) = self.column_in(node, within.reach, &FIGURES)?;
        Some((Term::Column(path), unit_of(&ty)?))
    }

    fn operation(&self, node: Node<'t>, within: Within<'_>) -> Option<(Term, Unit)> {
        let lines = Lines::of(node, node.place(), &OPERATIONS, self.log)?;
        let mut operations = node
            .entries()
            .filter(|entry| lines.get(entry.key).is_some());
        let Some(entry) = operations.next() else {
            let missing = codes::MISSING_KEY.at(node.place());
            self.log.push(missing.any_of(&OPERATIONS).done());
            return None;
        };
        if let Some(second) = operations.next() {
            let finding = codes::UNKNOWN_KEY.at(second.key_place);
            let finding = finding.with("name", second.key).with("known", entry.key);
            self.log.push(finding.done());
            return None;
        }
        let join: fn(Vec<Term>) -> Term = match entry.key {
            "total" => return self.total(entry.value, within.above),
            "param" => return self.param_figure(entry.value),
            "sum" => Term::Sum,
            "less" => Term::Less,
            "smallest" => Term::Smallest,
            _ => Term::Largest,
        };
        let (terms, units) = self.terms(entry.value, within)?;
        let first = *units.first()?;
        match units.iter().find(|unit| **unit != first) {
            None => Some((join(terms), first)),
            Some(other) => self.units(entry.value, "sum", first, *other),
        }
    }

    fn terms(&self, node: Node<'t>, within: Within<'_>) -> Option<(Vec<Term>, Vec<Unit>)> {
        expect(node, node.place(), Shape::List, self.log)?;
        let terms: Vec<Option<(Term, Unit)>> =
            node.items().map(|node| self.term(node, within)).collect();
        if terms.is_empty() {
            let finding = codes::WRONG_SHAPE.at(node.place());
            let finding = finding.with("expected", "list").with("found", "nothing");
            self.log.push(finding.done());
            return None;
        }
        let terms: Option<Vec<(Term, Unit)>> = terms.into_iter().collect();
        terms.map(|terms| terms.into_iter().unzip())
    }

    fn product(&self, node: Node<'t>, units: &[Unit]) -> Option<Unit> {
        let (first, others) = units.split_first()?;
        let mut unit = *first;
        for other in others {
            match unit.times(*other) {
                Some(product) => unit = product,
                None => return self.units(node, "product", unit, *other),
            }
        }
        Some(unit)
    }

    fn units<T>(&self, node: Node<'t>, what: &'static str, left: Unit, right: Unit) -> Option<T> {
        let finding = codes::FORMULA_UNITS.at(node.place()).with("what", what);
        let finding = finding.with("left", type_of(left).name());
        self.log
            .push(finding.with("right", type_of(right).name()).done());
        None
    }

    /// The sum of a column over all rows of a sheet above.
    fn total(&self, node: Node<'t>, above: &Above) -> Option<(Term, Unit)> {
        let text = scalar(node, self.log)?;
        let sheet = SheetId::new(text.split_once('.').map_or(text, |(sheet, _)| sheet));
        if !above.has(sheet.as_str()) {
            self.names
                .resolve(Naming::Sheet, sheet.as_str(), node, self.log)?;
            let order = codes::SHEET_ORDER.at(node.place());
            self.log.push(order.with("name", sheet.as_str()).done());
            return None;
        }
        let (path, ty) = self.column_in(node, &above.only(&sheet), &FIGURES)?;
        Some((Term::Total(path), unit_of(&ty)?))
    }

    fn param_figure(&self, node: Node<'t>) -> Option<(Term, Unit)> {
        let name = self.resolve(Naming::Param, node)?;
        let ty = self.written(Naming::Param, &name)?.get("type")?.scalar()?;
        let unit = match ty {
            "money" => Unit::Money,
            "percent" => Unit::Percent,
            "integer" => Unit::Quantity,
            found => {
                let finding = codes::COLUMN_TYPE.at(node.place()).with("name", name);
                let finding = finding.with("found", found);
                self.log
                    .push(finding.with("expected", FIGURES.join(" / ")).done());
                return None;
            }
        };
        Some((Term::Param(ParamId::new(name)), unit))
    }
}

/// How many columns, figures and operations a formula has, counted up to one more than is allowed.
fn count(node: Node<'_>) -> usize {
    let mut waiting = vec![node];
    let mut counted = 0;
    while let Some(node) = waiting.pop() {
        counted += 1;
        if counted > TERMS_MAX {
            break;
        }
        waiting.extend(node.items());
        waiting.extend(node.entries().map(|entry| entry.value));
    }
    counted
}

/// `20%`, `200 yuan` or a plain number.
fn figure(text: &str) -> Option<Figure> {
    if text.ends_with('%') {
        return text.parse::<Percent>().ok().map(Figure::from);
    }
    match text.strip_suffix(" yuan") {
        Some(yuan) => yuan.parse::<Money>().ok().map(Figure::from),
        None => text.parse::<Quantity>().ok().map(Figure::from),
    }
}

fn type_of(unit: Unit) -> ColumnType {
    match unit {
        Unit::Money => ColumnType::Money,
        Unit::Quantity => ColumnType::Quantity,
        Unit::Percent => ColumnType::Percent,
    }
}

fn unit_of(ty: &ColumnType) -> Option<Unit> {
    match ty {
        ColumnType::Money => Some(Unit::Money),
        ColumnType::Quantity => Some(Unit::Quantity),
        ColumnType::Percent => Some(Unit::Percent),
        _ => None,
    }
}
