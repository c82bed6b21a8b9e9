//! Moments in the course of a case: `opened`, `handle.accepted`, `reply`, `confirm.refused`.

use super::lines::scalar;
use super::names::Naming;
use super::reading::{KindNames, Reading};
use crate::codes;
use crate::model::{ActId, Moment, StepId, Verb};
use crate::yaml::Node;

/// What the engine itself knows how to do to any case.
const VERBS: [(&str, Verb); 10] = [
    ("opened", Verb::Opened),
    ("dispatched", Verb::Dispatched),
    ("transferred", Verb::Transferred),
    ("accepted", Verb::Accepted),
    ("refused", Verb::Refused),
    ("closed", Verb::Closed),
    ("reopened", Verb::Reopened),
    ("archived", Verb::Archived),
    ("withdrawn", Verb::Withdrawn),
    ("merged", Verb::Merged),
];

/// Words that stand for moments or targets, so that neither an act nor a step can be called so.
pub(super) const RESERVED: [&str; 13] = [
    "opened",
    "dispatched",
    "transferred",
    "accepted",
    "refused",
    "closed",
    "reopened",
    "archived",
    "withdrawn",
    "merged",
    "entered",
    "left",
    "stay",
];

impl Reading<'_> {
    /// A moment in the course of a case of the given kind.
    pub(super) fn moment(&self, node: Node<'_>, kind: &KindNames<'_>) -> Option<Moment> {
        let text = scalar(node, self.log)?;
        match text.split_once('.') {
            None => self.simple_moment(node, text, kind),
            Some((before, after)) if kind.has_step(before) => {
                self.moment_in_step(node, before, after)
            }
            Some((before, after)) if self.names.is_declared(Naming::Act, before) => {
                self.outcome_moment(node, before, after)
            }
            Some((before, _)) => self.unknown_moment(node, before, kind),
        }
    }

    fn simple_moment(&self, node: Node<'_>, text: &str, kind: &KindNames<'_>) -> Option<Moment> {
        if let Some(verb) = verb(text) {
            return Some(Moment::Verb { verb, step: None });
        }
        if self.names.is_declared(Naming::Act, text) {
            self.resolve(Naming::Act, node)?;
            return Some(Moment::Act {
                act: ActId::new(text),
                outcome: None,
            });
        }
        self.unknown_moment(node, text, kind)
    }

    fn moment_in_step(&self, node: Node<'_>, step: &str, what: &str) -> Option<Moment> {
        let id = StepId::new(step);
        match what {
            "entered" => Some(Moment::Entered(id)),
            "left" => Some(Moment::Left(id)),
            _ => match verb(what) {
                Some(verb) => Some(Moment::Verb {
                    verb,
                    step: Some(id),
                }),
                None => {
                    let words = || {
                        VERBS
                            .iter()
                            .map(|(word, _)| *word)
                            .chain(["entered", "left"])
                    };
                    let known: Vec<&str> = words().collect();
                    let finding = codes::UNKNOWN_WORD.at(node.place()).with("name", what);
                    let finding = finding.with("known", known.join(", "));
                    self.log
                        .push(finding.meant(self.log.suggestion(what, words())).done());
                    None
                }
            },
        }
    }

    fn outcome_moment(&self, node: Node<'_>, act: &str, outcome: &str) -> Option<Moment> {
        self.names.resolve(Naming::Act, act, node, self.log)?;
        let outcome = self.known_outcome(node, act, outcome)?;
        Some(Moment::Act {
            act: ActId::new(act),
            outcome: Some(outcome),
        })
    }

    fn unknown_moment(&self, node: Node<'_>, name: &str, kind: &KindNames<'_>) -> Option<Moment> {
        let verbs = VERBS.iter().map(|(word, _)| *word);
        let acts = self.outcomes.keys().copied();
        let meant = self
            .log
            .suggestion(name, verbs.chain(acts).chain(kind.steps()));
        let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", "moment");
        let finding = finding.with("name", name).with("section", "acts");
        self.log.push(finding.meant(meant).done());
        None
    }
}

fn verb(word: &str) -> Option<Verb> {
    VERBS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, verb)| *verb)
}
