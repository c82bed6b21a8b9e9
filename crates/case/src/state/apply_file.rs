//! What events about the file of a case change: links, how it ended, hold, records of its customer.

use huiyin_policy::model::Verb;

use super::{CaseState, Ending, Held, Stage};
use crate::event::{Event, Recorded};
use crate::link::{Link, Tie};

impl CaseState {
    /// Adds an event about links, endings, hold or customers.
    pub(super) fn apply_to_file(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::CaseLinked { case, link } => {
                self.ties.push(Tie {
                    case: *case,
                    link: *link,
                });
                if *link == Link::MergedInto {
                    self.end(recorded, Verb::Merged, Ending::Merged);
                }
            }
            Event::LinkTakenBack { case, link, .. } => {
                let gone = Tie {
                    case: *case,
                    link: *link,
                };
                self.ties.retain(|tie| *tie != gone);
                if *link == Link::MergedInto {
                    self.go_on();
                }
            }
            Event::CaseWithdrawn { .. } => self.end(recorded, Verb::Withdrawn, Ending::Withdrawn),
            Event::HoldPlaced { reason } => {
                self.held = Some(Held {
                    at: recorded.occurred_at,
                    by: recorded.actor.person(),
                    reason: reason.clone(),
                });
            }
            Event::HoldLifted { .. } => self.held = None,
            Event::CustomersMerged { party, into, .. } => {
                self.customer_merges.push((*party, *into));
            }
            Event::CustomersParted { party, .. } => {
                self.customer_merges.retain(|(one, _)| one != party);
            }
            _ => {}
        }
    }

    /// The end of handling, in whichever way.
    pub(super) fn end(&mut self, recorded: &Recorded, verb: Verb, ending: Ending) {
        self.happen_here(recorded, verb);
        let from = self.left_step(recorded);
        self.pass(recorded, from, None);
        self.stage = Stage::Closed;
        self.ending = Some(ending);
        self.holder = Default::default();
        self.accepted = false;
    }

    /// The last end is taken back, as if it had never come.
    fn go_on(&mut self) {
        self.stage = Stage::Open;
        self.ending = None;
        let Some(passage) = self.passages.pop() else {
            return;
        };
        self.forget(passage.seq);
        self.holder = passage.holder_before;
        self.accepted = passage.accepted_before;
    }
}
