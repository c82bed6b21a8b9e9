//! The strip of steps on a case's page, with what happened.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::event::{Event, Recorded};
use huiyin_case::id::PersonId;
use huiyin_case::state::{CaseState, Stage};
use huiyin_policy::model::{Kind, Policy, StepId};
use huiyin_policy::show::{self, Place, Strip};
use huiyin_texts::{Args, Lang, render};
use jiff::Timestamp;

use super::{View, level, names};
use crate::dto::form::{Named, pick};
use crate::dto::process::{
    EdgeKind, NodeState, Process, ProcessEdge, ProcessNode, ProcessWay, WayKind,
};

/// Name of the last place on the strip.
const CLOSED: &str = "closed";

/// The strip with the case on it.
pub(crate) fn process(view: &View<'_>, state: &CaseState, history: &[Recorded]) -> Process {
    let Some(kind) = state.kind(view.policy) else {
        return Process {
            width: 0,
            height: 0,
            nodes: Vec::new(),
            edges: Vec::new(),
            aside: Vec::new(),
            ways: Vec::new(),
        };
    };
    let visits = visits(history);
    let mut was: BTreeSet<StepId> = visits.entered.keys().cloned().collect();
    was.insert(state.step.clone());
    let strip = Strip::new(view.policy, kind, &was, level::language(view.lang));
    let nodes: Vec<ProcessNode> = strip
        .places
        .iter()
        .map(|place| node(view, state, kind, &visits, place))
        .collect();
    drawn(kind, strip, nodes, view.lang)
}

/// The strip without a case on it.
pub(crate) fn of_kind(policy: &Policy, kind: &Kind, lang: Lang) -> Process {
    let strip = Strip::new(policy, kind, &BTreeSet::new(), level::language(lang));
    let node = |place: &Place| {
        let step = place.step.as_ref();
        let title = step.and_then(|step| kind.steps.get(step));
        ProcessNode {
            step: step.map_or_else(|| CLOSED.to_owned(), ToString::to_string),
            title: title.map_or_else(
                || render(lang, "verb-close", &Args::new()),
                |step| pick(&step.title, lang),
            ),
            x: place.x,
            y: place.y,
            w: place.width,
            h: place.height,
            state: NodeState::Ahead,
            who: None,
            at: None,
        }
    };
    let nodes = strip.places.iter().map(node).collect();
    drawn(kind, strip, nodes, lang)
}

/// The places of a strip with the lines between them, and all ways in words.
fn drawn(kind: &Kind, strip: Strip, nodes: Vec<ProcessNode>, lang: Lang) -> Process {
    let edges = strip
        .lines
        .iter()
        .map(|line| ProcessEdge {
            from: nodes[line.from].step.clone(),
            to: nodes[line.to].step.clone(),
            points: line.points.iter().map(|&(x, y)| [x, y]).collect(),
            kind: if line.is_back() {
                EdgeKind::Back
            } else {
                EdgeKind::Forward
            },
        })
        .collect();
    let aside = strip.aside.iter().filter_map(|id| {
        let title = pick(&kind.steps.get(id)?.title, lang);
        let id = id.to_string();
        Some(Named { id, title })
    });
    let name = |step: Option<StepId>| step.map_or_else(|| CLOSED.to_owned(), |id| id.to_string());
    Process {
        width: strip.width,
        height: strip.height,
        nodes,
        edges,
        aside: aside.collect(),
        ways: strip
            .ways
            .into_iter()
            .map(|way| ProcessWay {
                from: name(way.from),
                to: name(way.to),
                title: way.label,
                kind: match way.kind {
                    show::WayKind::Onward => WayKind::Onward,
                    show::WayKind::Aside => WayKind::Aside,
                    show::WayKind::Back => WayKind::Back,
                },
            })
            .collect(),
    }
}

/// When each step was last entered, and who acted in it last.
#[derive(Default)]
struct Visits {
    entered: BTreeMap<StepId, Timestamp>,
    acted: BTreeMap<StepId, (PersonId, Option<PersonId>)>,
    closed_at: Option<Timestamp>,
}

fn visits(history: &[Recorded]) -> Visits {
    let mut visits = Visits::default();
    let mut here: Option<StepId> = None;
    for recorded in history {
        match &recorded.event {
            Event::StepEntered { step, .. } => {
                visits.entered.insert(step.clone(), recorded.occurred_at);
                here = Some(step.clone());
            }
            Event::CaseClosed { .. } => visits.closed_at = Some(recorded.occurred_at),
            _ => {
                if let (Some(person), Some(step)) = (recorded.actor.person(), &here) {
                    let by = (person, recorded.acting_for);
                    visits.acted.insert(step.clone(), by);
                }
            }
        }
    }
    visits
}

fn node(
    view: &View<'_>,
    state: &CaseState,
    kind: &Kind,
    visits: &Visits,
    place: &Place,
) -> ProcessNode {
    let ended = state.stage != Stage::Open;
    let (title, node_state, who, at) = match &place.step {
        Some(step) => {
            let title = kind
                .steps
                .get(step)
                .map(|step| pick(&step.title, view.lang))
                .unwrap_or_default();
            let current = !ended && state.step == *step;
            let who = if current {
                state.holder.person.map(|person| (person, None))
            } else {
                visits.acted.get(step).copied()
            };
            (
                title,
                step_state(state, kind, visits, place, step),
                who,
                visits.entered.get(step).copied(),
            )
        }
        None => {
            let title = render(view.lang, "verb-close", &Args::new());
            (
                title,
                if ended {
                    NodeState::Done
                } else {
                    NodeState::Ahead
                },
                None,
                visits.closed_at.filter(|_| ended),
            )
        }
    };
    ProcessNode {
        step: place
            .step
            .as_ref()
            .map_or_else(|| CLOSED.to_owned(), ToString::to_string),
        title,
        x: place.x,
        y: place.y,
        w: place.width,
        h: place.height,
        state: node_state,
        who: who
            .map(|(person, represented)| {
                names::actor(view.directory, person, represented, view.lang)
            })
            .filter(|name| !name.is_empty()),
        at: at.map(|at| names::instant(view.calendar, at)),
    }
}

/// A step of the main way that lies after the one where the case is comes again, even if the case has been there.
fn step_state(
    state: &CaseState,
    kind: &Kind,
    visits: &Visits,
    place: &Place,
    step: &StepId,
) -> NodeState {
    let is_open = state.stage == Stage::Open;
    let index = |step: &StepId| kind.steps.get_index_of(step);
    let comes = is_open && place.is_main && index(step) > index(&state.step);
    if is_open && state.step == *step {
        NodeState::Current
    } else if comes {
        NodeState::Ahead
    } else if visits.entered.contains_key(step) {
        NodeState::Done
    } else {
        NodeState::Skipped
    }
}
