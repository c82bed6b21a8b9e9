//! Levels and categories: where a case stands among others.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::form::Named;
use super::offer::ClauseText;

/// A level of a case in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct LevelView {
    /// The level.
    pub level: String,
    /// Its title.
    pub title: String,
    /// How many levels stand above it: 0 is the highest.
    pub below_top: u32,
    /// How many levels stand below it: 0 is the lowest.
    pub above_lowest: u32,
}

/// Where a case stands on a scale, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseLevelView {
    /// The scale.
    pub scale: String,
    /// Its title.
    pub title: String,
    /// What lists use it for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<LevelsMeaningKind>,
    /// The level that counts.
    pub now: LevelView,
    /// What the policy's table found.
    pub found: LevelView,
    /// By which condition, in words; absent where none of the others held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The clause behind it.
    pub clause: ClauseText,
    /// What somebody set instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<SetLevelView>,
}

/// A level set by hand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetLevelView {
    /// The level.
    pub level: LevelView,
    /// Who set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// What a scale stands for in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LevelsMeaningKind {
    /// How grave the matter is.
    Severity,
    /// How soon it has to be seen to.
    Urgency,
}

/// A scale of a policy in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScaleView {
    /// The scale.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What lists use it for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<LevelsMeaningKind>,
    /// The kinds whose cases have a level on it.
    pub kinds: Vec<String>,
    /// Its levels, the highest first.
    pub levels: Vec<Named>,
}

/// A tree of categories by which lists can be filtered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TreeView {
    /// The tree.
    pub id: String,
    /// Its title.
    pub title: String,
    /// All categories, each before those below it.
    pub nodes: Vec<TreeNode>,
}

/// A category of a tree.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TreeNode {
    /// The category.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The way down to it, names joined by slashes; lists are filtered by it.
    pub path: String,
    /// How many categories stand above it.
    pub depth: usize,
    /// Whether it can be taken as a value.
    pub takes: bool,
}

/// A level to set by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetLevel {
    /// The level; absent or `null`: what the policy's table finds counts again.
    pub level: Option<String>,
    /// Why.
    pub reason: String,
}
