//! The process map of a case, laid out by the server.

use serde::Serialize;
use utoipa::ToSchema;

use super::form::Named;

/// A map to draw as it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Process {
    /// Width of the drawing, in pixels at 100 %.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// The steps of the main way, and those beside it where the case has been.
    pub nodes: Vec<ProcessNode>,
    /// Where they lead: every move between them, and nothing else.
    pub edges: Vec<ProcessEdge>,
    /// The steps beside the main way where the case has not been, in the order of the policy.
    pub aside: Vec<Named>,
    /// Every move from a step, and from closing, drawn or not.
    pub ways: Vec<ProcessWay>,
}

/// A move in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ProcessWay {
    /// From which step; `closed` once closed.
    pub from: String,
    /// To which step; `closed` is closing.
    pub to: String,
    /// What leads there.
    pub title: String,
    /// Where it leads, seen from the main way.
    pub kind: WayKind,
}

/// Where a move leads, seen from the main way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WayKind {
    /// Onward.
    Onward,
    /// To a step beside the main way.
    Aside,
    /// To the same step, or back to an earlier one of the main way.
    Back,
}

/// A step on the map.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ProcessNode {
    /// Name of the step.
    pub step: String,
    /// Title.
    pub title: String,
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
    /// Where the case stands in respect of it.
    pub state: NodeState,
    /// Who acted or must act here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// When it was last entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// Where the case stands in respect of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NodeState {
    /// Passed through.
    Done,
    /// Here it is.
    Current,
    /// Not reached yet, or to be gone through again.
    Ahead,
    /// Passed over, and no more on the way.
    Skipped,
}

/// A line between two steps.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ProcessEdge {
    /// From which step.
    pub from: String,
    /// To which step.
    pub to: String,
    /// Corners of the line, from end to end.
    pub points: Vec<[i32; 2]>,
    /// Onwards or back.
    pub kind: EdgeKind,
}

/// Which way a line leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EdgeKind {
    /// Onwards.
    Forward,
    /// Back to an earlier step.
    Back,
}
