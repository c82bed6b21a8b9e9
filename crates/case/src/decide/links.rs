//! Linking cases (关联), and taking a link back. The case that repeats, is part of, or goes on in another decides; the other
//! one only puts it on record.

use huiyin_policy::model::{LateNotice, LinkKind, LinkRule};

use super::draft::{Draft, required_text};
use super::follow;
use crate::event::Event;
use crate::id::CaseId;
use crate::limits::LINKS_MAX;
use crate::link::{Link, OtherCase, Tie};
use crate::refusal::{Refusal, Rule};
use crate::state::{Ending, Stage};

/// Links the case to another, as its policy lets it.
pub(super) fn link(
    draft: &mut Draft<'_>,
    other: &OtherCase,
    kind: LinkKind,
) -> Result<(), Refusal> {
    let link = Link::decided(kind);
    if draft.state.ties.contains(&Tie {
        case: other.case,
        link,
    }) {
        return Ok(());
    }
    let rule = rule(draft, kind)?;
    may(draft, rule)?;
    fits(draft, other, link, rule)?;
    note(draft, other.case, link)?;
    if link == Link::MergedInto {
        follow::withdraw_running(draft);
    }
    tell(draft, &rule.tells);
    Ok(())
}

/// Takes a link back. A merged case goes on where it was, and its clocks run on as if it had never been merged.
pub(super) fn take_back(
    draft: &mut Draft<'_>,
    case: CaseId,
    kind: LinkKind,
    reason: &str,
) -> Result<(), Refusal> {
    let link = Link::decided(kind);
    let rule = rule(draft, kind)?;
    may(draft, rule)?;
    if !draft.state.ties.contains(&Tie { case, link }) {
        return Err(Refusal::of(Rule::LinkNotPossible("absent"), &rule.clause));
    }
    required_text(reason).map_err(|refusal| Refusal::of(refusal.rule, &rule.clause))?;
    note_taken_back(draft, case, link, reason);
    if link == Link::MergedInto {
        follow::run_on(draft)?;
    }
    Ok(())
}

/// Puts a link on record, once.
pub(super) fn note(draft: &mut Draft<'_>, case: CaseId, link: Link) -> Result<(), Refusal> {
    let ties = &draft.state.ties;
    if ties.contains(&Tie { case, link }) {
        return Ok(());
    }
    if ties.len() >= LINKS_MAX {
        return Err(Rule::LimitReached("links").into());
    }
    draft.push(Event::CaseLinked { case, link });
    Ok(())
}

/// Puts on record that a link was taken back, if it is there.
pub(super) fn note_taken_back(draft: &mut Draft<'_>, case: CaseId, link: Link, reason: &str) {
    if draft.state.ties.contains(&Tie { case, link }) {
        draft.push(Event::LinkTakenBack {
            case,
            link,
            reason: reason.to_owned(),
        });
    }
}

/// Tells people of what has just been put on record.
pub(super) fn tell(draft: &mut Draft<'_>, tells: &[LateNotice]) {
    for tell in tells {
        let to = draft.who().everyone(&tell.to);
        let now = draft.context.now;
        draft.follow_with(
            Event::NoticeSent {
                notice: tell.notice.clone(),
                clock: None,
                to,
            },
            now,
        );
    }
}

/// What the policy says of such a link from a case of this kind.
fn rule<'a>(draft: &Draft<'a>, kind: LinkKind) -> Result<&'a LinkRule, Refusal> {
    let rule = draft.kind.links.get(&kind);
    rule.ok_or_else(|| Rule::LinkNotAllowed(kind).into())
}

fn may(draft: &Draft<'_>, rule: &LinkRule) -> Result<(), Refusal> {
    match draft.admits(&rule.by) {
        true => Ok(()),
        false => Err(Refusal::of(Rule::NotEntitled, &rule.clause)),
    }
}

/// Whether the two can be tied so.
fn fits(draft: &Draft<'_>, other: &OtherCase, link: Link, rule: &LinkRule) -> Result<(), Refusal> {
    let refuse = |why| Err(Refusal::of(Rule::LinkNotPossible(why), &rule.clause));
    let state = &draft.state;
    if other.policy != state.opening.policy || !rule.to.contains(&other.kind) {
        return refuse("kind");
    }
    let already = state.ties.iter().any(|tie| tie.link == link);
    match link {
        Link::Repeats if other.opened_at > state.opening.at => refuse("later"),
        Link::Repeats | Link::PartOf if already => refuse("already"),
        Link::MergedInto if state.stage != Stage::Open || other.stage != Stage::Open => {
            refuse("ended")
        }
        _ => Ok(()),
    }
}

/// Refuses what is done to a case that goes on in another.
pub(super) fn goes_on_elsewhere(draft: &Draft<'_>) -> Result<(), Refusal> {
    match draft.state.ending {
        Some(Ending::Merged) => Err(Rule::LinkNotPossible("merged").into()),
        _ => Ok(()),
    }
}
