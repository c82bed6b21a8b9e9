//! What the caller may do now, as the engine offers it.

use huiyin_case::offers::{Offer, Offered};
use huiyin_case::state::{CaseState, Stage};
use huiyin_policy::model::{Kind, Moment, Target, Verb};
use huiyin_texts::{Args, render};

use super::{View, entry, error, extension, level, link, names};
use crate::dto::form::{FieldKind, Named, PartForm, pick};
use crate::dto::offer::{ClauseText, CommandName, OfferView};

/// The offers in the order of the policy.
pub(crate) fn offers(view: &View<'_>, state: &CaseState, offers: &[Offer]) -> Vec<OfferView> {
    offers.iter().map(|one| offer(view, state, one)).collect()
}

fn offer(view: &View<'_>, state: &CaseState, offer: &Offer) -> OfferView {
    let policy = view.policy;
    let kind = state.kind(policy);
    let verb = |key: &str| render(view.lang, key, &Args::new());
    let on_clock = |key: &str, clock| {
        render(
            view.lang,
            key,
            &Args::new().with("clock", entry::clock_title(view, kind, clock)),
        )
    };
    let (command, title) = match &offer.what {
        Offered::Record(act) => (
            CommandName::Act,
            policy
                .acts
                .get(act)
                .map_or_else(|| act.to_string(), |act| pick(&act.title, view.lang)),
        ),
        Offered::Note => (CommandName::Note, verb("verb-note")),
        Offered::Dispatch => (CommandName::Dispatch, verb("verb-dispatch")),
        Offered::Transfer => (CommandName::Transfer, verb("verb-transfer")),
        Offered::Accept => (CommandName::Accept, verb("verb-accept")),
        Offered::Refuse => (CommandName::Refuse, verb("verb-refuse")),
        Offered::Pause(clock) => (CommandName::Pause, on_clock("verb-pause", clock)),
        Offered::Resume(clock) => (CommandName::Resume, on_clock("verb-resume", clock)),
        Offered::Extend(clock) => (CommandName::Extend, on_clock("verb-extend", clock)),
        Offered::Close => (CommandName::Close, verb("verb-close")),
        Offered::Reopen => (CommandName::Reopen, verb("verb-reopen")),
        Offered::Archive => (CommandName::Archive, verb("verb-archive")),
        Offered::IssueReceipt => (CommandName::IssueReceipt, verb("verb-issue-receipt")),
        Offered::Withdraw => (CommandName::Withdraw, verb("verb-withdraw")),
        Offered::Link(kind) => {
            let args = Args::new().with("link", kind.as_str());
            (CommandName::Link, render(view.lang, "verb-link", &args))
        }
        Offered::AddParty(role) => {
            let args = Args::new().with("role", error::party_title(policy, role, view.lang));
            let title = render(view.lang, "verb-add-party", &args);
            (CommandName::AddParty, title)
        }
        Offered::RemoveParty(role) => {
            let args = Args::new().with("role", error::party_title(policy, role, view.lang));
            let title = render(view.lang, "verb-remove-party", &args);
            (CommandName::RemoveParty, title)
        }
        Offered::SetLevel(levels) => {
            let args = Args::new().with("scale", error::scale_title(policy, levels, view.lang));
            let title = render(view.lang, "verb-set-level", &args);
            (CommandName::SetLevel, title)
        }
        Offered::OpenSeal(seal) => {
            let args = Args::new().with("seal", error::seal_title(policy, seal, view.lang));
            let title = render(view.lang, "verb-open-seal", &args);
            (CommandName::OpenSeal, title)
        }
        Offered::Raise(kind) => {
            let args = Args::new().with("kind", error::kind_title(policy, kind, view.lang));
            (CommandName::Raise, render(view.lang, "verb-raise", &args))
        }
    };
    let party_role = match &offer.what {
        Offered::AddParty(role) | Offered::RemoveParty(role) => Some(role.to_string()),
        _ => None,
    };
    let scale = match &offer.what {
        Offered::SetLevel(levels) => policy.levels.get(levels).map(|found| (levels, found)),
        _ => None,
    };
    let clock = match &offer.what {
        Offered::Pause(clock) | Offered::Resume(clock) | Offered::Extend(clock) => Some(clock),
        _ => None,
    };
    let pause = clock
        .and_then(|clock| kind?.clocks.get(clock)?.pause.as_ref())
        .filter(|_| command == CommandName::Pause);
    OfferView {
        command,
        act: match &offer.what {
            Offered::Record(act) => Some(act.to_string()),
            _ => None,
        },
        kind: match &offer.what {
            Offered::Raise(kind) => Some(kind.to_string()),
            _ => None,
        },
        seal: match &offer.what {
            Offered::OpenSeal(seal) => Some(seal.to_string()),
            _ => None,
        },
        clock: clock.map(ToString::to_string),
        acting_for: offer.acting_for.map(|person| person.to_string()),
        acting_for_name: offer
            .acting_for
            .map(|person| names::person_name(view.directory, person)),
        link: match &offer.what {
            Offered::Link(kind) => Some(kind.as_str().to_owned()),
            _ => None,
        },
        party_role,
        scale: scale.map(|(id, _)| id.to_string()),
        title,
        clause: offer.clause.as_ref().map(|id| ClauseText {
            id: id.to_string(),
            text: policy
                .clauses
                .get(id)
                .map(|clause| pick(&clause.text, view.lang))
                .unwrap_or_default(),
        }),
        part: offer
            .part
            .as_ref()
            .and_then(|id| Some(PartForm::new(policy, id, policy.parts.get(id)?, view.lang)))
            .map(|form| with_cases(view, state, form)),
        reason_required: offer.reason,
        reasons: pause
            .map(|pause| {
                pause
                    .reasons
                    .iter()
                    .map(|(id, text)| Named {
                        id: id.to_string(),
                        title: pick(text, view.lang),
                    })
                    .collect()
            })
            .or_else(|| scale.map(|(_, levels)| level::from_the_highest(levels, view.lang)))
            .unwrap_or_default(),
        extension: match &offer.what {
            Offered::Extend(clock) => extension::possible(view, state, clock),
            _ => None,
        },
        leads_on: kind.is_some_and(|kind| leads_on(state, kind, &offer.what)),
        enabled: offer.refusal.is_none(),
        why_not: offer
            .refusal
            .as_ref()
            .map(|refusal| error::why_not(policy, refusal, view.lang)),
    }
}

/// Whether a row of the step where the case is waits for it and leads elsewhere.
fn leads_on(state: &CaseState, kind: &Kind, what: &Offered) -> bool {
    let waits = |on: &Moment| match (on, what) {
        (Moment::Act { act, .. }, Offered::Record(offered)) => act == offered,
        (Moment::Verb { verb, .. }, Offered::Dispatch) => *verb == Verb::Dispatched,
        (Moment::Verb { verb, .. }, Offered::Transfer) => *verb == Verb::Transferred,
        (Moment::Verb { verb, .. }, Offered::Accept) => *verb == Verb::Accepted,
        (Moment::Verb { verb, .. }, Offered::Refuse) => *verb == Verb::Refused,
        (Moment::Verb { verb, .. }, Offered::Close) => *verb == Verb::Closed,
        (Moment::Verb { verb, .. }, Offered::Reopen) => *verb == Verb::Reopened,
        (Moment::Verb { verb, .. }, Offered::Archive) => *verb == Verb::Archived,
        _ => false,
    };
    let rows = match state.stage {
        Stage::Open => kind.steps.get(&state.step).map(|step| &step.moves),
        _ => Some(&kind.after_close),
    };
    let mut rows = rows.into_iter().flatten();
    rows.any(|row| row.then != Target::Stay && waits(&row.on))
}

/// A form that asks for a case offers those of the sample.
fn with_cases(view: &View<'_>, state: &CaseState, mut form: PartForm) -> PartForm {
    for field in form
        .fields
        .iter_mut()
        .filter(|field| field.ty == FieldKind::Case)
    {
        let cases = state.sample().iter().map(|one| Named {
            id: one.case.to_string(),
            title: link::name(view, one.case),
        });
        field.choices = Some(cases.collect());
    }
    form
}
