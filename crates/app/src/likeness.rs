//! Which earlier cases of a customer a case is likely to repeat (P2.15). It is pointed out; people decide.

use huiyin_case::id::CaseId;
use huiyin_case::state::CaseState;
use huiyin_case::value::Value;
use huiyin_insight::{index_text, likeness};
use huiyin_policy::model::{Alike, FactPath, LinkKind, Policy};
use huiyin_store::CaseRow;

use crate::app::App;
use crate::error::Error;

/// From how much in common on two texts are alike, in percent. Of 400,000 pairs taken at random from 2,783 messages of citizens 12 had
/// as much in common, half had 1 percent and all but 40 less than 17; the same matter told again in other words has some 45.
pub const ALIKE_FROM_PERCENT: u8 = 30;

/// What a case has in common with an earlier one of its customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// The earlier case.
    pub case: CaseId,
    /// Fields of the same value, in the policy's order.
    pub same: Vec<FactPath>,
    /// How much their texts have in common, in percent from [`ALIKE_FROM_PERCENT`] to 100; `None` if less.
    pub text_percent: Option<u8>,
}

impl App {
    /// What a case has in common with those among `rows`, cases of its customer, that came in before it and that it may
    /// repeat, as far as its policy says what to look for. Those without anything in common are left out.
    ///
    /// # Errors
    /// When the store can't be read.
    pub(crate) async fn likenesses(
        &self,
        policy: &Policy,
        state: &CaseState,
        rows: &[CaseRow],
    ) -> Result<Vec<Likeness>, Error> {
        let rule = state
            .kind(policy)
            .and_then(|kind| kind.links.get(&LinkKind::Recomplaint));
        let Some((rule, alike)) = rule.and_then(|rule| Some((rule, rule.alike.as_ref()?))) else {
            return Ok(Vec::new());
        };
        let opened_at = state.opening.at;
        let earlier = rows.iter().filter(|row| {
            row.policy == policy.id && rule.to.contains(&row.kind) && row.opened_at <= opened_at
        });
        let mut found = Vec::new();
        for row in earlier {
            let (other, _) = self.load(row.case).await?;
            found.extend(compare(alike, state, &other, row.case));
        }
        Ok(found)
    }
}

fn compare(alike: &Alike, one: &CaseState, other: &CaseState, case: CaseId) -> Option<Likeness> {
    let both = |path: &FactPath| Some((one.facts.get(path)?, other.facts.get(path)?));
    let is_same = |path: &&FactPath| both(path).is_some_and(|(one, other)| are_same(one, other));
    let same: Vec<FactPath> = alike.same.iter().filter(is_same).cloned().collect();
    let text_percent = alike
        .text
        .as_ref()
        .and_then(both)
        .and_then(|texts| match texts {
            (Value::Text(one), Value::Text(other)) => Some(likeness(one, other)),
            _ => None,
        })
        .filter(|percent| *percent >= ALIKE_FROM_PERCENT);
    (!same.is_empty() || text_percent.is_some()).then_some(Likeness {
        case,
        same,
        text_percent,
    })
}

/// Texts are the same whatever their capitals, width and hyphens, as in the search.
pub(crate) fn are_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => {
            let one = index_text(one);
            !one.is_empty() && one == index_text(other)
        }
        _ => one == other,
    }
}
