//! The map of a kind: who has the case when, and where acts lead. Positions only, no drawing.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Language;
use super::speaker::Speaker;
use super::ways::{self, Way};
use crate::model::{Kind, Moment, Move, Policy, Shares, Step, StepId, Verb};

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
    /// Clocks that begin here, with their lengths, as short notes beside it.
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
            .zip(clock_notes(say, kind))
            .enumerate()
            .map(|(row, ((id, title, node_kind, lane), notes))| MapNode {
                notes,
                id,
                title,
                kind: node_kind,
                x: count(lane) * LANE_WIDTH + LANE_WIDTH / 2,
                y: HEADING_HEIGHT + count(row) * ROW_HEIGHT + ROW_HEIGHT / 2,
            })
            .collect();
        let edges: Vec<Edge> = ways::ways(say, kind)
            .into_iter()
            .map(|Way { from, to, labels }| Edge { from, to, labels })
            .collect();
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

/// The limits that begin at each place: a clock where what starts it happens, a share of one where its span begins. A clock that several
/// moments start stands at each of their places once.
fn clock_notes<'p>(say: Speaker<'p>, kind: &'p Kind) -> Vec<Vec<String>> {
    let mut notes = vec![Vec::new(); ways::closed(kind) + 1];
    for clock in kind.clocks.values() {
        let lengths = clock.length.iter().map(|row| say.amount(&row.amount));
        let lengths: Vec<String> = lengths.collect();
        let note = format!("{} {}", say.text(&clock.title), lengths.join(" / "));
        let places: BTreeSet<usize> = clock
            .start
            .iter()
            .flat_map(|start| places_of(kind, start))
            .collect();
        for place in places {
            notes[place].push(note.clone());
        }
    }
    for share in kind.shares.iter().flat_map(Shares::all) {
        let place = kind.steps.get_index_of(&share.from).map(|index| index + 1);
        let title = kind.clock_title(&share.clock);
        if let (Some(place), Some(title)) = (place, title) {
            notes[place].push(format!("{} {}", say.text(title), say.share_limits(share)));
        }
    }
    notes
}

/// The places at which a moment happens: where its row stands, and every step that offers an act without one.
fn places_of(kind: &Kind, moment: &Moment) -> Vec<usize> {
    let end = ways::closed(kind);
    let step = |id: &StepId| kind.steps.get_index_of(id).map(|index| index + 1);
    match moment {
        Moment::Verb {
            verb: Verb::Opened, ..
        } => vec![ways::OPENED],
        Moment::Verb {
            verb: Verb::Closed | Verb::Reopened | Verb::Archived,
            ..
        } => vec![end],
        Moment::Verb {
            step: Some(only), ..
        } => step(only).into_iter().collect(),
        Moment::Entered(only) | Moment::Left(only) => step(only).into_iter().collect(),
        Moment::Verb { verb, step: None } => {
            let has = |rows: &[Move]| {
                let mut rows = rows.iter();
                rows.any(|row| matches!(&row.on, Moment::Verb { verb: one, .. } if one == verb))
            };
            let steps = kind.steps.values().enumerate();
            let accepts = |step: &Step| *verb == Verb::Accepted && step.accept_first;
            steps
                .filter(|(_, step)| has(&step.moves) || accepts(step))
                .map(|(index, _)| index + 1)
                .collect()
        }
        Moment::Act { act, .. } => {
            if kind.open.acts.contains(act) {
                return vec![ways::OPENED];
            }
            let is = |on: &Moment| matches!(on, Moment::Act { act: one, .. } if one == act);
            let steps = kind.steps.values().enumerate();
            let mut places: Vec<usize> = steps
                .filter(|(_, step)| {
                    step.acts.contains(act) || step.moves.iter().any(|row| is(&row.on))
                })
                .map(|(index, _)| index + 1)
                .collect();
            let follows_up = kind
                .follow_up
                .as_ref()
                .is_some_and(|one| one.is_done_by(act));
            if follows_up || kind.after_close.iter().any(|row| is(&row.on)) {
                places.push(end);
            }
            places
        }
    }
}
