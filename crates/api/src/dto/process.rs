//! The process map of a case, laid out by the server.

use serde::Serialize;
use utoipa::ToSchema;

/// A map to draw as it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Process {
    /// Width of the drawing, in pixels at 100 %.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// Steps.
    pub nodes: Vec<ProcessNode>,
    /// Where they lead.
    pub edges: Vec<ProcessEdge>,
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
    /// Not reached yet.
    Ahead,
    /// Passed over.
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
