//! Moments that happened, and how a policy's words for moments match them.

use huiyin_policy::model::Moment;
use jiff::Timestamp;

/// A moment that is on record.
///
/// The moment is written out in full: a verb names the step it was done in, an act its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// What happened.
    pub moment: Moment,
    /// When it happened.
    pub at: Timestamp,
    /// The event that put it on record.
    pub seq: u32,
}

impl Happened {
    /// Where it stands in the order of the case: by time of occurrence, then by place in the log.
    pub fn order(&self) -> (Timestamp, u32) {
        (self.at, self.seq)
    }

    /// Whether it is what `pattern` asks for; a pattern without step or outcome takes any.
    pub fn is(&self, pattern: &Moment) -> bool {
        matches(pattern, &self.moment)
    }
}

/// Whether `moment`, written out in full, is what `pattern` asks for.
pub fn matches(pattern: &Moment, moment: &Moment) -> bool {
    match (pattern, moment) {
        (Moment::Verb { verb: asked, step }, Moment::Verb { verb, step: at }) => {
            asked == verb && (step.is_none() || step == at)
        }
        (
            Moment::Act {
                act: asked,
                outcome,
            },
            Moment::Act { act, outcome: how },
        ) => asked == act && (outcome.is_none() || outcome == how),
        _ => pattern == moment,
    }
}
