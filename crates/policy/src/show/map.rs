//! The map of a kind: who has the case when, and where acts lead. Positions only, no drawing.

use indexmap::IndexMap;

use super::Language;
use super::speaker::Speaker;
use crate::model::{Kind, Move, Policy, Target};

/// Width of a lane, height of a row, and size of a node, in the units of the drawing.
pub(super) const LANE_WIDTH: i32 = 220;
pub(super) const ROW_HEIGHT: i32 = 104;
pub(super) const NODE_WIDTH: i32 = 168;
pub(super) const NODE_HEIGHT: i32 = 52;
/// Space above the first row for the lanes' headings.
pub(super) const HEADING_HEIGHT: i32 = 48;

/// Space right of the lanes for the labels of ways back, and for each such way.
pub(super) const BACK_LABEL_WIDTH: i32 = 96;
pub(super) const BACK_WAY_WIDTH: i32 = 20;

/// One kind of case as nodes, edges and lanes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessMap {
    /// The kind's name.
    pub title: String,
    /// Who has the case, one column each, from left to right.
    pub lanes: Vec<Lane>,
    /// Beginning, steps and end, from top to bottom.
    pub nodes: Vec<MapNode>,
    /// The ways between them.
    pub edges: Vec<Edge>,
    /// Width of the whole.
    pub width: i32,
    /// Height of the whole.
    pub height: i32,
}

/// A column: everything in it is done by the same people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Who.
    pub title: String,
    /// Left edge.
    pub x: i32,
    /// Width.
    pub width: i32,
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// Registration.
    Start,
    /// A step.
    Step,
    /// A step that may be passed over.
    Passable,
    /// Closing.
    End,
}

/// Beginning, step or end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapNode {
    /// The step's name in the file; `opened` and `closed` for beginning and end.
    pub id: String,
    /// What is written in it.
    pub title: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// Clocks that its moves stop or start, as short notes under it.
    pub notes: Vec<String>,
    /// Centre, from the left.
    pub x: i32,
    /// Centre, from the top.
    pub y: i32,
}

/// A way from one node to another, by position in the list of nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Where it begins.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// What has to happen, one line each.
    pub labels: Vec<String>,
}

impl ProcessMap {
    /// Lays out one kind: every step in the lane of those who act in it, in the order of the file.
    pub fn new(policy: &Policy, kind: &Kind, language: Language) -> Self {
        let say = Speaker { policy, language };
        let mut lanes: IndexMap<String, usize> = IndexMap::new();
        let mut lane_of = |title: String| {
            let next = lanes.len();
            *lanes.entry(title).or_insert(next)
        };
        let first_lane = kind.steps.values().next();
        let mut placed = vec![(
            "opened".to_owned(),
            say.pick("登记", "registration").to_owned(),
            NodeKind::Start,
            lane_of(first_lane.map_or(String::new(), |step| say.selector(&step.by))),
        )];
        for (id, step) in &kind.steps {
            let passable = step.when.is_some() || step.skip_if_actor;
            let node_kind = match passable {
                true => NodeKind::Passable,
                false => NodeKind::Step,
            };
            let lane = lane_of(say.selector(&step.by));
            placed.push((
                id.to_string(),
                say.text(&step.title).to_owned(),
                node_kind,
                lane,
            ));
        }
        let last_lane = placed.last().map_or(0, |(.., lane)| *lane);
        let end = say.pick("结案", "closed").to_owned();
        placed.push(("closed".to_owned(), end, NodeKind::End, last_lane));
        let nodes: Vec<MapNode> = placed
            .into_iter()
            .enumerate()
            .map(|(row, (id, title, node_kind, lane))| MapNode {
                notes: clock_notes(say, kind, &id),
                id,
                title,
                kind: node_kind,
                x: count(lane) * LANE_WIDTH + LANE_WIDTH / 2,
                y: HEADING_HEIGHT + count(row) * ROW_HEIGHT + ROW_HEIGHT / 2,
            })
            .collect();
        let edges = edges(say, kind, &nodes);
        let lanes: Vec<Lane> = lanes
            .into_iter()
            .map(|(title, index)| Lane {
                title,
                x: count(index) * LANE_WIDTH,
                width: LANE_WIDTH,
            })
            .collect();
        let back_edges = edges.iter().filter(|edge| !edge.is_forward()).count();
        Self {
            title: say.text(&kind.title).to_owned(),
            width: count(lanes.len()) * LANE_WIDTH
                + BACK_LABEL_WIDTH
                + count(back_edges + 1) * BACK_WAY_WIDTH,
            height: HEADING_HEIGHT + count(nodes.len()) * ROW_HEIGHT,
            lanes,
            nodes,
            edges,
        }
    }

    /// Where the last lane ends on the right.
    pub(super) fn lanes_end(&self) -> i32 {
        count(self.lanes.len()) * LANE_WIDTH
    }
}

impl Edge {
    /// Whether it leads to a later row.
    pub fn is_forward(&self) -> bool {
        self.to > self.from
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX / LANE_WIDTH)
}

/// The limits that begin at registration, noted there.
fn clock_notes<'p>(say: Speaker<'p>, kind: &'p Kind, node: &str) -> Vec<String> {
    if node != "opened" {
        return Vec::new();
    }
    let clocks = kind.clocks.values().filter_map(|clock| {
        let [row] = clock.length.as_slice() else {
            return None;
        };
        Some(format!(
            "{} {}",
            say.text(&clock.title),
            say.amount(&row.amount)
        ))
    });
    clocks.collect()
}

fn edges<'p>(say: Speaker<'p>, kind: &'p Kind, nodes: &[MapNode]) -> Vec<Edge> {
    let end = nodes.len().saturating_sub(1);
    let mut labels: IndexMap<(usize, usize), Vec<String>> = IndexMap::new();
    labels.entry((0, 1)).or_default();
    let mut add = |from: usize, row: &'p Move| {
        let to = match &row.then {
            Target::Stay | Target::Archived => return,
            Target::Closed => end,
            Target::Step(step) => match kind.steps.get_index_of(step) {
                Some(index) => index + 1,
                None => return,
            },
        };
        let label = say.moment(kind, &row.on);
        let label = label.trim_matches(['“', '”']).to_owned();
        let way = labels.entry((from, to)).or_default();
        if !way.contains(&label) {
            way.push(label);
        }
    };
    for (index, step) in kind.steps.values().enumerate() {
        for row in &step.moves {
            add(index + 1, row);
        }
    }
    for row in &kind.after_close {
        add(end, row);
    }
    for (index, step) in kind.steps.values().enumerate() {
        let passed_over = step.when.is_some() || step.skip_if_actor;
        if passed_over && index + 1 < kind.steps.len() {
            let label = say.pick("跳过", "passed over").to_owned();
            let way = labels.entry((index + 1, index + 2)).or_default();
            way.push(label);
        }
    }
    let edges = labels.into_iter();
    edges
        .map(|((from, to), labels)| Edge { from, to, labels })
        .collect()
}
