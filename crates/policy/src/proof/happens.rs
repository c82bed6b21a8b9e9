//! What a kind waits for can happen in it.

use std::collections::BTreeSet;

use super::flow::Graph;
use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::model::{
    ActId, Amount, EachOf, Kind, KindId, LinkKind, Moment, Move, Need, NeedWhat, PartId, Policy,
    StepId, Target, Verb,
};

/// The acts, verbs and forms that cases of a kind can see.
pub(super) struct Happens<'p> {
    /// The acts that some step offers, or that opening puts on record.
    acts: BTreeSet<&'p ActId>,
    /// The verbs for which some step has a move.
    verbs: BTreeSet<(Verb, Option<&'p StepId>)>,
    steps: BTreeSet<&'p StepId>,
    parts: BTreeSet<&'p PartId>,
    raises: BTreeSet<&'p KindId>,
    /// The forms whose copies some act hands out.
    copies: BTreeSet<&'p PartId>,
    /// Whether a duty opens such cases with a sample.
    samples: bool,
}

impl<'p> Happens<'p> {
    pub(super) fn new(policy: &'p Policy, id: &'p KindId, kind: &'p Kind, graph: &Graph) -> Self {
        let mut happens = Self {
            acts: kind.open.acts.iter().collect(),
            verbs: BTreeSet::from([(Verb::Opened, None)]),
            steps: BTreeSet::new(),
            parts: BTreeSet::from([&kind.open.part]),
            raises: policy.raised_out_of(id).map(|(raised, _)| raised).collect(),
            copies: BTreeSet::new(),
            samples: policy
                .duties
                .values()
                .any(|duty| duty.sample.is_some() && duty.opens == *id),
        };
        for (step_id, step) in &kind.steps {
            if graph.is_reachable(kind, step_id) {
                happens.steps.insert(step_id);
                happens.acts.extend(&step.acts);
                happens.take_moves(&step.moves, Some(step_id));
            }
        }
        happens.take_moves(&kind.after_close, None);
        let declared = policy.declarations_of(id);
        happens.acts.extend(declared.map(|one| &one.act));
        happens
            .acts
            .extend(kind.follow_up.iter().map(|one| &one.act));
        if kind.withdrawal.is_some() {
            happens.verbs.insert((Verb::Withdrawn, None));
        }
        if kind.links.contains_key(&LinkKind::Merged) {
            happens.verbs.insert((Verb::Merged, None));
        }
        let acts = happens.acts.iter().filter_map(|act| policy.acts.get(*act));
        let parts: Vec<&PartId> = acts.filter_map(|act| act.part.as_ref()).collect();
        let fields = parts.iter().filter_map(|part| policy.parts.get(*part));
        let fields = fields.flat_map(|part| part.fields.values());
        happens
            .copies
            .extend(fields.filter_map(|field| field.copies_of.as_ref()));
        happens.parts.extend(parts);
        happens
    }

    fn take_moves(&mut self, moves: &'p [Move], step: Option<&'p StepId>) {
        for row in moves {
            match &row.on {
                Moment::Verb { verb, .. } => {
                    self.verbs.insert((*verb, None));
                    self.verbs.insert((*verb, step));
                }
                Moment::Act { act, .. } => {
                    self.acts.insert(act);
                }
                _ => {}
            }
            let end = match row.then {
                Target::Closed => Verb::Closed,
                Target::Archived => Verb::Archived,
                _ => continue,
            };
            self.verbs.insert((end, None));
        }
    }

    pub(super) fn can_happen(&self, moment: &Moment) -> bool {
        match moment {
            Moment::Verb { verb, step } => self.verbs.contains(&(*verb, step.as_ref())),
            Moment::Act { act, .. } => self.acts.contains(act),
            Moment::Entered(step) | Moment::Left(step) => self.steps.contains(step),
        }
    }

    /// Whether the fields of this part can come on record.
    pub(super) fn has_part(&self, part: &PartId) -> bool {
        self.parts.contains(part)
    }

    pub(super) fn prove(&self, kind: &Kind, spot: Spot<'_>, log: &Log) {
        for (id, step) in &kind.steps {
            let spot = spot.key("steps").key(id.as_str());
            for (index, row) in step.moves.iter().enumerate() {
                let spot = spot.key("moves").item(index);
                let waits = match &row.on {
                    Moment::Act { act, .. } if !step.acts.contains(act) => Some("not_offered"),
                    Moment::Act { .. } => None,
                    other => not_an_action(other, id),
                };
                if let Some(what) = waits {
                    report(what, &spoken(&row.on), spot.key("on"), log);
                }
                self.prove_needs(&row.needs, spot.key("needs"), log);
            }
            if step.accept_first && !self.verbs.contains(&(Verb::Accepted, Some(id))) {
                report("accepted", "accepted", spot.key("accept_first"), log);
            }
        }
        self.prove_needs(&kind.open.needs, spot.key("open").key("needs"), log);
        self.prove_after_close(kind, spot.key("after_close"), log);
        self.prove_follow_up(kind, spot.key("follow_up").key("or"), log);
        self.prove_needs(&kind.close_needs, spot.key("close_needs"), log);
        self.prove_needs(&kind.archive_needs, spot.key("archive_needs"), log);
        if let Some(withdrawal) = &kind.withdrawal {
            let spot = spot.key("withdrawal").key("needs");
            self.prove_needs(&withdrawal.needs, spot, log);
        }
        self.prove_clocks(kind, spot.key("clocks"), log);
    }

    fn prove_follow_up(&self, kind: &Kind, spot: Spot<'_>, log: &Log) {
        let or = kind.follow_up.iter().flat_map(|one| &one.or);
        for act in or.filter(|act| !self.acts.contains(act)) {
            report("need", act.as_str(), spot, log);
        }
    }

    fn prove_after_close(&self, kind: &Kind, spot: Spot<'_>, log: &Log) {
        for (index, row) in kind.after_close.iter().enumerate() {
            let spot = spot.item(index);
            let may_be_done = match &row.on {
                Moment::Verb {
                    verb: Verb::Reopened | Verb::Archived,
                    step: None,
                } => true,
                // What is put on record of a closed case leads nowhere.
                Moment::Act { outcome: None, .. } => row.then == Target::Stay,
                _ => false,
            };
            if !may_be_done {
                report("after_close", &spoken(&row.on), spot.key("on"), log);
            }
            if row.by.is_none() {
                log.push(
                    codes::MISSING_KEY
                        .at(spot.place())
                        .with("name", "by")
                        .done(),
                );
            }
            self.prove_needs(&row.needs, spot.key("needs"), log);
        }
    }

    fn prove_clocks(&self, kind: &Kind, spot: Spot<'_>, log: &Log) {
        for (id, clock) in &kind.clocks {
            let spot = spot.key(id.as_str());
            let starts = clock.start.iter().map(|moment| (moment, "start"));
            let stops = clock.stop.iter().flatten().map(|moment| (moment, "stop"));
            let restarts = clock.restart.iter().flat_map(|restart| &restart.on);
            let restarts = restarts.map(|moment| (moment, "restart"));
            for (moment, key) in starts.chain(stops).chain(restarts) {
                if !self.can_happen(moment) {
                    report("clock", &spoken(moment), spot.key(key), log);
                }
            }
            for row in &clock.length {
                if let Amount::Until(path, _) = &row.amount
                    && !self.parts.contains(path.part())
                {
                    report("need", &path.to_string(), spot.key("length"), log);
                }
            }
            if clock.stop.iter().all(Vec::is_empty) {
                let finding = codes::CLOCK_WITHOUT_STOP.at(spot.key("stop").place());
                let finding = finding.with("clock", id.as_str());
                log.push(finding.clause(clock.clause.as_str()).done());
            }
        }
    }

    fn prove_needs(&self, needs: &[Need], spot: Spot<'_>, log: &Log) {
        for (index, need) in needs.iter().enumerate() {
            let spot = spot.item(index);
            let missing = match &need.what {
                NeedWhat::Act { act, .. } if !self.acts.contains(act) => Some(act.to_string()),
                NeedWhat::Raised { kind, .. } if !self.raises.contains(kind) => {
                    Some(kind.to_string())
                }
                NeedWhat::Copies { of, .. } if !self.copies.contains(of) => Some(of.to_string()),
                NeedWhat::Each {
                    of: EachOf::Sample, ..
                } if !self.samples => Some("sample".to_owned()),
                NeedWhat::Each { act, .. }
                | NeedWhat::Each {
                    of: EachOf::Values { act, .. },
                    ..
                } if !self.acts.contains(act) => Some(act.to_string()),
                NeedWhat::Field(path) if !self.parts.contains(path.part()) => {
                    Some(path.to_string())
                }
                _ => None,
            };
            if let Some(missing) = missing {
                report("need", &missing, spot, log);
            }
        }
    }
}

/// Why a verb or a change of steps can't lead anywhere from a step.
fn not_an_action(moment: &Moment, step: &StepId) -> Option<&'static str> {
    match moment {
        Moment::Verb {
            verb: Verb::Opened | Verb::Reopened | Verb::Archived | Verb::Withdrawn | Verb::Merged,
            ..
        } => Some("not_here"),
        Moment::Verb { step: Some(at), .. } if at != step => Some("other_step"),
        Moment::Verb { .. } | Moment::Act { .. } => None,
        Moment::Entered(_) | Moment::Left(_) => Some("automatic"),
    }
}

fn report(what: &'static str, name: &str, spot: Spot<'_>, log: &Log) {
    let finding = codes::CANNOT_HAPPEN.at(spot.place());
    log.push(finding.with("what", what).with("name", name).done());
}

/// A moment as it is written in the file.
pub(super) fn spoken(moment: &Moment) -> String {
    let verb_word = |verb: &Verb| format!("{verb:?}").to_lowercase();
    match moment {
        Moment::Verb { verb, step: None } => verb_word(verb),
        Moment::Verb {
            verb,
            step: Some(step),
        } => format!("{step}.{}", verb_word(verb)),
        Moment::Act { act, outcome: None } => act.to_string(),
        Moment::Act {
            act,
            outcome: Some(outcome),
        } => format!("{act}.{outcome}"),
        Moment::Entered(step) => format!("{step}.entered"),
        Moment::Left(step) => format!("{step}.left"),
    }
}
