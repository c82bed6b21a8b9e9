//! Which columns can be used where.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::case_facts;
use crate::check::lines::scalar;
use crate::check::names::Naming;
use crate::check::reading::Reading;
use crate::codes;
use crate::condition::{Condition, FactType};
use crate::model::{ColumnId, ColumnPath, ColumnType, FactPath, SheetId};
use crate::yaml::Node;

/// The columns that one row reaches, those of its own sheet first. One that could not be read has no type.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach {
    own: Option<SheetId>,
    columns: IndexMap<ColumnPath, Option<ColumnType>>,
}

/// The sheets that were read so far.
#[derive(Debug, Default)]
pub(super) struct Above {
    sheets: IndexMap<SheetId, (Reach, bool)>,
}

impl Reach {
    pub(super) fn add(&mut self, path: ColumnPath, ty: Option<ColumnType>) {
        self.columns.insert(path, ty);
    }

    /// The type of a column of the row's own sheet.
    pub(super) fn own_type(&self, column: &str) -> Option<&'static str> {
        let own = self.own.as_ref()?;
        let path = ColumnPath::new(own, &ColumnId::new(column));
        self.columns.get(&path)?.as_ref().map(ColumnType::name)
    }

    /// The names of the columns of the row's own sheet.
    pub(super) fn own_names(&self) -> Vec<String> {
        let own = self.columns.keys().filter(|path| self.is_own(path));
        own.map(|path| path.column.to_string()).collect()
    }

    /// Whether a column is of the row's own sheet.
    pub(super) fn is_own(&self, path: &ColumnPath) -> bool {
        self.own.as_ref() == Some(&path.sheet)
    }
}

impl Above {
    pub(super) fn add(&mut self, sheet: &SheetId, reach: Reach, single: bool) {
        self.sheets.insert(sheet.clone(), (reach, single));
    }

    pub(super) fn has(&self, sheet: &str) -> bool {
        self.sheets.contains_key(sheet)
    }

    /// What a row of a sheet below reaches that comes from rows of `from`.
    pub(super) fn reach(&self, own: &SheetId, from: &[&SheetId]) -> Reach {
        let mut reach = Reach {
            own: Some(own.clone()),
            columns: IndexMap::new(),
        };
        let singles = self.sheets.iter().filter(|(_, (_, single))| *single);
        let from = from.iter().filter_map(|id| self.sheets.get(*id));
        for (above, _) in from.chain(singles.map(|(_, sheet)| sheet)) {
            for (path, ty) in &above.columns {
                reach.columns.insert(path.clone(), ty.clone());
            }
        }
        reach
    }

    /// The columns of all single rows.
    pub(super) fn singles(&self) -> Reach {
        let singles = self.sheets.iter().filter(|(_, (_, single))| *single);
        let columns = singles.flat_map(|(id, (reach, _))| {
            reach
                .columns
                .iter()
                .filter(move |(path, _)| path.sheet == *id)
        });
        Reach {
            own: None,
            columns: columns
                .map(|(path, ty)| (path.clone(), ty.clone()))
                .collect(),
        }
    }

    /// What a row of a sheet that was read reaches.
    pub(super) fn reach_of(&self, sheet: &SheetId) -> Option<&Reach> {
        self.sheets.get(sheet).map(|(reach, _)| reach)
    }

    /// The columns of one sheet alone.
    pub(super) fn only(&self, sheet: &SheetId) -> Reach {
        let columns = self.sheets.get(sheet).into_iter();
        let columns = columns.flat_map(|(reach, _)| &reach.columns);
        Reach {
            own: Some(sheet.clone()),
            columns: columns
                .filter(|(path, _)| path.sheet == *sheet)
                .map(|(path, ty)| (path.clone(), ty.clone()))
                .collect(),
        }
    }
}

impl<'t> Reading<'t> {
    /// A sheet above the one that names it.
    pub(super) fn sheet_above(&self, node: Node<'t>, above: &Above) -> Option<SheetId> {
        let name = self.resolve(Naming::Sheet, node)?;
        if above.has(&name) {
            return Some(SheetId::new(name));
        }
        let order = codes::SHEET_ORDER.at(node.place());
        self.log.push(order.with("name", name).done());
        None
    }

    /// A column in reach, written `column` or `sheet.column`; its type must be one of those given, if any are.
    pub(super) fn column_in(
        &self,
        node: Node<'t>,
        reach: &Reach,
        types: &[&'static str],
    ) -> Option<(ColumnPath, ColumnType)> {
        let name = scalar(node, self.log)?;
        let path = match (name.split_once('.'), &reach.own) {
            (Some((sheet, column)), _) => Some(ColumnPath::new(
                &SheetId::new(sheet),
                &ColumnId::new(column),
            )),
            (None, Some(own)) => Some(ColumnPath::new(own, &ColumnId::new(name))),
            (None, None) => None,
        };
        let found = path.and_then(|path| reach.columns.get(&path).map(|ty| (path, ty)));
        let Some((path, ty)) = found else {
            self.report_unknown(node, name, reach);
            return None;
        };
        let ty = ty.clone()?;
        if !types.is_empty() && !types.contains(&ty.name()) {
            let finding = codes::COLUMN_TYPE.at(node.place()).with("name", name);
            let finding = finding.with("found", ty.name());
            self.log
                .push(finding.with("expected", types.join(" / ")).done());
            return None;
        }
        Some((path, ty))
    }

    fn report_unknown(&self, node: Node<'t>, name: &str, reach: &Reach) {
        let own = |path: &ColumnPath| match reach.is_own(path) {
            true => path.column.to_string(),
            false => path.to_string(),
        };
        let known: Vec<String> = reach.columns.keys().map(own).collect();
        let meant = self.log.suggestion(name, known.iter().map(String::as_str));
        let finding = codes::UNKNOWN_COLUMN.at(node.place()).with("name", name);
        self.log
            .push(finding.with("known", known.join(", ")).meant(meant).done());
    }

    /// A condition over the columns that a row reaches, written `sheet.column`.
    pub(super) fn row_condition(&self, node: Node<'t>, reach: &Reach) -> Option<Condition> {
        let type_of = |path: &FactPath| {
            if path.part().as_str() == case_facts::PARAM {
                return self.facts.get(path).cloned();
            }
            let sheet = SheetId::new(path.part().as_str());
            let path = ColumnPath::new(&sheet, &ColumnId::new(path.field().as_str()));
            reach
                .columns
                .get(&path)?
                .as_ref()
                .map(|ty| self.fact_type(ty))
        };
        let known = || reach.columns.keys().map(ToString::to_string).collect();
        self.condition_over(node, &type_of, &known)
    }

    fn fact_type(&self, ty: &ColumnType) -> FactType {
        let names = |choices: &IndexMap<crate::model::ChoiceId, crate::model::Text>| {
            let names = choices.keys().map(|choice| choice.as_str().to_owned());
            names.collect::<BTreeSet<String>>()
        };
        match ty {
            ColumnType::Name | ColumnType::Month => FactType::Text,
            ColumnType::Money | ColumnType::Quantity | ColumnType::Percent => FactType::Number,
            ColumnType::Bool => FactType::Bool,
            ColumnType::Date => FactType::Date,
            ColumnType::OneOf(choices) => FactType::Choice(names(choices)),
            ColumnType::ManyOf(choices) => FactType::Choices(names(choices)),
            ColumnType::Grade(ladder) => {
                let grades = self.ladder_grades(ladder.as_str()).iter();
                FactType::Choice(grades.map(|grade| (*grade).to_owned()).collect())
            }
        }
    }
}
