//! Notes, closing, opening again, archiving.

use huiyin_policy::model::{Moment, Move, Target, Verb};

use super::authority::Doing;
use super::draft::{Draft, required_text};
use super::links::goes_on_elsewhere;
use super::moves::{Doable, Judged};
use crate::event::Event;
use crate::moment::{Happened, matches};
use crate::refusal::{Refusal, Rule};
use crate::state::Stage;

/// Adds an internal note; whoever can see the case may.
pub(super) fn note(draft: &mut Draft<'_>, text: &str) -> Result<(), Refusal> {
    required_text(text)?;
    draft.push(Event::NoteAdded {
        text: text.to_owned(),
    });
    Ok(())
}

/// Closes the case (结案), not before the last act on record happened.
pub(super) fn close(draft: &mut Draft<'_>, reason: Option<&str>) -> Result<(), Refusal> {
    draft.do_verb(Doable {
        verb: Verb::Closed,
        event: None,
        reason,
    })?;
    let is_act = |one: &&Happened| matches!(one.moment, Moment::Act { .. });
    let acts = draft.state.happened.iter().filter(is_act);
    match acts.map(|act| act.at).max() {
        Some(last) if draft.at < last => Err(Rule::OccursTooEarly(last).into()),
        _ => Ok(()),
    }
}

/// Opens a closed case again.
pub(super) fn reopen(draft: &mut Draft<'_>, reason: &str) -> Result<(), Refusal> {
    goes_on_elsewhere(draft)?;
    let row = after_close(draft, Verb::Reopened)?;
    required_text(reason).map_err(|refusal| Refusal::under(refusal.rule, row.clause.as_ref()))?;
    draft.push(Event::CaseReopened {
        reason: reason.to_owned(),
    });
    match &row.then {
        // Staying is going on where the case was closed.
        Target::Stay => {
            draft.check_needs(&row.needs)?;
            let step = draft.state.step.clone();
            draft.enter(&step)
        }
        _ => draft.take(row, Some(reason)),
    }
}

/// Archives a closed case (归档).
pub(super) fn archive(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let row = after_close(draft, Verb::Archived)?;
    draft.take(row, None)
}

/// The row for a verb that is done to a closed case.
fn after_close<'a>(draft: &Draft<'a>, verb: Verb) -> Result<&'a Move, Refusal> {
    let otherwise = Rule::MoveNotAllowed {
        verb,
        step: Some(draft.state.step.clone()).filter(|_| draft.state.stage == Stage::Open),
    };
    if draft.state.stage == Stage::Open {
        return Err(otherwise.into());
    }
    let rows = rows_after_close(draft, &Moment::Verb { verb, step: None })?;
    draft.first_hit(rows, otherwise, None)
}

/// The rows that wait for what is done to a closed case, each with whether the actor may take it.
pub(super) fn rows_after_close<'a>(
    draft: &Draft<'a>,
    moment: &Moment,
) -> Result<Vec<Judged<'a>>, Refusal> {
    let doing = match moment {
        Moment::Verb { verb, .. } => Doing::Verb(*verb),
        _ => Doing::Act,
    };
    let step = draft
        .state
        .last_step(draft.context.policy)
        .ok_or(Rule::CaseEnded)?;
    let closed_at = draft
        .state
        .passages
        .last()
        .map(|passage| passage.at)
        .unwrap_or(draft.state.opening.at);
    if draft.at < closed_at {
        return Err(Rule::OccursTooEarly(closed_at).into());
    }
    let entitled = |row: &Move| {
        draft.authorise(
            step,
            row.by.as_ref().or(Some(&step.by)),
            doing,
            row.clause.as_ref(),
        )
    };
    let rows = draft.kind.after_close.iter();
    let rows = rows.filter(|row| matches(&row.on, moment));
    Ok(rows.map(|row| (row, entitled(row))).collect())
}
