//! Levels of a case, such as how severe it is: found by a table of the policy over the facts of the case.

use indexmap::IndexMap;

use super::{ChoiceId, ClauseId, KindId, LevelsId, Policy, Selector, Text};
use crate::condition::Condition;

/// An ordered scale with the table that finds a case's place on it (严重程度, 紧急程度).
#[derive(Debug, Clone)]
pub struct Levels {
    /// Name, e.g. 严重程度.
    pub title: Text,
    /// The kinds whose cases have such a level.
    pub kinds: Vec<KindId>,
    /// What lists use it for, if anything.
    pub meaning: Option<LevelsMeaning>,
    /// The levels, the lowest first.
    pub scale: IndexMap<ChoiceId, Text>,
    /// The table: the first row that fits. The last one always does.
    pub choose: Vec<LevelRow>,
    /// Who may set another level than the table's, if anybody.
    pub set: Option<LevelSetting>,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

/// What the level of a case stands for in lists, whatever the policy calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LevelsMeaning {
    /// How grave the matter is.
    Severity,
    /// How soon it has to be seen to.
    Urgency,
}

/// One row of the table.
#[derive(Debug, Clone)]
pub struct LevelRow {
    /// Only if this holds; the last row has none.
    pub when: Option<Condition>,
    /// The level.
    pub then: ChoiceId,
    /// The clause that says so; that of the table if the row names none.
    pub clause: Option<ClauseId>,
}

/// Setting a level by hand, with a reason. What the table finds stays visible beside it.
#[derive(Debug, Clone)]
pub struct LevelSetting {
    /// Who may.
    pub by: Selector,
    /// Whether it can only be set higher than the table finds.
    pub raise_only: bool,
    /// The clause that allows it.
    pub clause: ClauseId,
}

impl Levels {
    /// How many levels stand above this one: 0 for the highest. One that the scale doesn't have counts as the lowest.
    pub fn below_top(&self, level: &ChoiceId) -> usize {
        let place = self.scale.get_index_of(level).unwrap_or(0);
        self.scale.len().saturating_sub(1).saturating_sub(place)
    }

    /// How many levels stand below this one: 0 for the lowest, and for one that the scale doesn't have.
    pub fn above_lowest(&self, level: &ChoiceId) -> usize {
        self.scale.get_index_of(level).unwrap_or(0)
    }

    /// The clause behind a row.
    pub fn clause_of(&self, row: usize) -> &ClauseId {
        let row = self.choose.get(row);
        row.and_then(|row| row.clause.as_ref())
            .unwrap_or(&self.clause)
    }
}

impl Policy {
    /// The levels that cases of a kind have, in the order in which they are found.
    pub fn levels_of<'p>(
        &'p self,
        kind: &'p super::KindId,
    ) -> impl Iterator<Item = (&'p LevelsId, &'p Levels)> {
        let levels = self.levels.iter();
        levels.filter(|(_, levels)| levels.kinds.contains(kind))
    }
}
