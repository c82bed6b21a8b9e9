//! Where a case stands on a scale of its policy, such as how severe it is.

use huiyin_policy::model::{ChoiceId, Levels, LevelsId, LevelsMeaning, Policy};
use jiff::Timestamp;

use crate::id::PersonId;
use crate::state::CaseState;

/// The place of a case on a scale: what the table found, and what somebody set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLevel {
    /// The level that counts.
    pub now: ChoiceId,
    /// What the table found last.
    pub chosen: Chosen,
    /// What somebody set, unless he took it back.
    pub set: Option<SetLevel>,
}

/// What a table found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The level.
    pub level: ChoiceId,
    /// The row that fitted, counted from 0.
    pub row: usize,
}

/// A level set by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLevel {
    /// The level.
    pub level: ChoiceId,
    /// Who set it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl CaseLevel {
    pub(crate) fn found(chosen: Chosen) -> Self {
        Self {
            now: chosen.level.clone(),
            chosen,
            set: None,
        }
    }

    /// Works out which level counts: the one set, but none lower than the table's where it can only be raised.
    pub(crate) fn settle(&mut self, levels: &Levels) {
        let raise_only = levels.set.as_ref().is_some_and(|set| set.raise_only);
        let set = self.set.as_ref().map(|set| &set.level);
        let set = set.filter(|set| {
            !raise_only || levels.below_top(set) < levels.below_top(&self.chosen.level)
        });
        self.now = set.unwrap_or(&self.chosen.level).clone();
    }
}

impl CaseState {
    /// Where the case stands on a scale; `None` if it has no place on it.
    pub fn level(&self, id: &LevelsId) -> Option<&CaseLevel> {
        let level = self.levels.iter().find(|(one, _)| one == id);
        level.map(|(_, level)| level)
    }

    /// The level that lists show as this, with how many stand above it.
    pub fn level_meaning(
        &self,
        policy: &Policy,
        meaning: LevelsMeaning,
    ) -> Option<(ChoiceId, usize)> {
        let mut levels = policy.levels_of(&self.opening.kind);
        let (id, levels) = levels.find(|(_, levels)| levels.meaning == Some(meaning))?;
        let now = &self.level(id)?.now;
        Some((now.clone(), levels.below_top(now)))
    }
}
