//! Every step can be reached, and from every step a case can be closed.

use std::collections::BTreeSet;

use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::model::{Kind, Moment, Move, StepId, Target};

/// The ways between the steps of one kind, by their position in the file.
pub(super) struct Graph {
    /// The steps that each step can lead to.
    leads_to: Vec<BTreeSet<usize>>,
    /// Whether a case can be closed in a step.
    can_close: Vec<bool>,
    reachable: Vec<bool>,
}

impl Graph {
    pub(super) fn new(kind: &Kind) -> Self {
        let mut leads_to = Vec::new();
        let mut can_close = Vec::new();
        for step in kind.steps.values() {
            leads_to.push(arrivals(kind, &step.moves));
            can_close.push(step.moves.iter().any(|row| ends(&row.then)));
        }
        let mut start = arrival(kind, 0);
        start.extend(arrivals(kind, &kind.after_close));
        let reachable = spread(start, &leads_to);
        Self {
            leads_to,
            can_close,
            reachable,
        }
    }

    pub(super) fn is_reachable(&self, kind: &Kind, step: &StepId) -> bool {
        kind.steps
            .get_index_of(step)
            .is_some_and(|index| self.reachable[index])
    }

    pub(super) fn prove(&self, kind: &Kind, spot: Spot<'_>, log: &Log) {
        let can_end = self.can_end();
        for (index, (id, step)) in kind.steps.iter().enumerate() {
            let spot = spot.key("steps").key(id.as_str());
            let finding = if !self.reachable[index] {
                Some(codes::UNREACHABLE_STEP)
            } else if !can_end[index] {
                Some(codes::ENDLESS_STEP)
            } else {
                None
            };
            if let Some(finding) = finding {
                log.push(finding.at(spot.place()).with("step", id.as_str()).done());
            }
            if is_passed_over(kind, index) && index + 1 == kind.steps.len() {
                let finding = codes::NOTHING_AFTER_STEP.at(spot.place());
                log.push(finding.with("step", id.as_str()).done());
            }
            prove_no_hidden_move(&step.moves, spot.key("moves"), log);
        }
        prove_no_hidden_move(&kind.after_close, spot.key("after_close"), log);
    }

    /// The steps from which some way leads to the end, by going backwards from it.
    fn can_end(&self) -> Vec<bool> {
        let mut leads_from = vec![BTreeSet::new(); self.leads_to.len()];
        for (from, targets) in self.leads_to.iter().enumerate() {
            for &to in targets {
                leads_from[to].insert(from);
            }
        }
        let last = self.can_close.iter().enumerate();
        let last = last.filter_map(|(index, &closes)| closes.then_some(index));
        spread(last.collect(), &leads_from)
    }
}

fn spread(start: BTreeSet<usize>, ways: &[BTreeSet<usize>]) -> Vec<bool> {
    let mut seen = vec![false; ways.len()];
    let mut waiting: Vec<usize> = start.into_iter().collect();
    while let Some(step) = waiting.pop() {
        if !std::mem::replace(&mut seen[step], true) {
            waiting.extend(&ways[step]);
        }
    }
    seen
}

fn arrivals(kind: &Kind, moves: &[Move]) -> BTreeSet<usize> {
    let mut steps = BTreeSet::new();
    for row in moves {
        if let Target::Step(step) = &row.then
            && let Some(index) = kind.steps.get_index_of(step)
        {
            steps.extend(arrival(kind, index));
        }
    }
    steps
}

/// Where a case can come to rest that is sent to a step: there, or after it if it is passed over.
fn arrival(kind: &Kind, first: usize) -> BTreeSet<usize> {
    let mut steps = BTreeSet::new();
    for index in first..kind.steps.len() {
        steps.insert(index);
        if !is_passed_over(kind, index) {
            break;
        }
    }
    steps
}

fn is_passed_over(kind: &Kind, index: usize) -> bool {
    kind.steps
        .get_index(index)
        .is_some_and(|(_, step)| step.when.is_some() || step.skip_if_actor)
}

fn ends(target: &Target) -> bool {
    matches!(target, Target::Closed | Target::Archived)
}

/// Moves are tried from top to bottom, so one without a condition hides those after it.
fn prove_no_hidden_move(moves: &[Move], spot: Spot<'_>, log: &Log) {
    for (index, row) in moves.iter().enumerate() {
        let hides = |earlier: &Move| {
            earlier.when.is_none()
                && earlier.within.is_none()
                && (earlier.by.is_none() || earlier.by == row.by)
                && covers(&earlier.on, &row.on)
        };
        if let Some(earlier) = moves[..index].iter().position(hides) {
            let finding = codes::HIDDEN_MOVE.at(spot.item(index).place());
            let earlier = spot.item(earlier).place();
            let label = huiyin_diagnostic::Message::new("always-taken-first");
            log.push(finding.label(earlier, label).done());
        }
    }
}

/// Whether whatever is the second moment is also the first.
fn covers(general: &Moment, special: &Moment) -> bool {
    match (general, special) {
        (Moment::Act { act, outcome: None }, Moment::Act { act: other, .. }) => act == other,
        (Moment::Verb { verb, step: None }, Moment::Verb { verb: other, .. }) => verb == other,
        _ => general == special,
    }
}
