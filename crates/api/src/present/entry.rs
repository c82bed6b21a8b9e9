//! The history of a case, entry by entry.

use std::collections::BTreeMap;

use huiyin_app::cases::CaseDetail;
use huiyin_case::actor::Actor;
use huiyin_case::contact::CaseContacts;
use huiyin_case::event::{Event, Recorded};
use huiyin_case::id::UnitId;
use huiyin_case::state::CaseState;
use huiyin_policy::model::{ClockId, FactPath, Kind, Moment, Move, Step, Verb};
use huiyin_policy::settle::Kept;
use huiyin_texts::{Args, render};

use super::{View, clock_entry, contact, fact, level, link, names, settlement};
use crate::dto::case::{EntryKind, EntryView};
use crate::dto::form::pick;

/// All entries that concern the caller, oldest first.
pub(crate) fn entries(
    view: &View<'_>,
    detail: &CaseDetail,
    contacts: &[CaseContacts],
) -> Vec<EntryView> {
    let history = &detail.history;
    let corrections: BTreeMap<u32, u32> = history
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::EntryCorrected { entry, .. } => Some((*entry, recorded.seq)),
            _ => None,
        })
        .collect();
    let (state, correctable) = (&detail.state, &detail.correctable);
    let (settled, recomputed) = (
        settled(history),
        clock_entry::recomputed(view, state, history),
    );
    history
        .iter()
        .filter(|recorded| concerns(view, detail, &recorded.event))
        .map(|recorded| {
            let shown = entry(view, state, recorded, &corrections, correctable);
            EntryView {
                title: recomputed
                    .get(&recorded.seq)
                    .cloned()
                    .unwrap_or(shown.title),
                attempt: contact::attempt(view, contacts, recorded.seq),
                settlement: settled
                    .get(&recorded.seq)
                    .and_then(|kept| settlement::of_event(view, state, &recorded.event, kept)),
                ..shown
            }
        })
        .collect()
}

/// A link to a case that one may not see would betray it, and a hold is known to supervisors and auditors alone.
fn concerns(view: &View<'_>, detail: &CaseDetail, event: &Event) -> bool {
    match event {
        Event::CaseLinked { case, .. } | Event::LinkTakenBack { case, .. } => {
            link::is_visible(view, *case)
        }
        Event::CaseRaised { case, kind } => link::is_shown(view, kind, *case),
        // Nothing is told of a case whose raising is not told of.
        Event::RaisedCaseMoved { case, .. } => {
            let mut raised = detail.state.raised.iter();
            let raised = raised.find(|raised| raised.case == *case);
            raised.is_some_and(|raised| link::is_shown(view, &raised.kind, *case))
        }
        Event::HoldPlaced { .. } | Event::HoldLifted { .. } => detail.sees_holds,
        // It is shown with the entry that it belongs to.
        Event::SheetsSettled { .. } => false,
        _ => true,
    }
}

/// What was settled with each entry or correction.
fn settled(history: &[Recorded]) -> BTreeMap<u32, &Kept> {
    let mut settled = BTreeMap::new();
    let mut cause = 0;
    for recorded in history {
        match &recorded.event {
            Event::ActRecorded { .. } | Event::EntryCorrected { .. } => cause = recorded.seq,
            Event::SheetsSettled { kept, .. } => {
                settled.insert(cause, kept.as_ref());
            }
            _ => {}
        }
    }
    settled
}

fn entry(
    view: &View<'_>,
    state: &CaseState,
    recorded: &Recorded,
    corrections: &BTreeMap<u32, u32>,
    correctable: &[u32],
) -> EntryView {
    let made = state.entry(recorded.seq);
    let void = made.is_some_and(|entry| entry.void);
    let told = tell(view, state, &recorded.event);
    EntryView {
        seq: recorded.seq,
        kind: told.kind,
        title: view.written(&told.title),
        text: told
            .text
            .filter(|text| !text.is_empty())
            .map(|text| view.written(&text)),
        who: recorded
            .actor
            .person()
            .map(|actor| names::actor(view.directory, actor, recorded.acting_for, view.lang)),
        by_customer: recorded.actor == Actor::Customer,
        occurred_at: names::instant(view.calendar, recorded.occurred_at),
        recorded_at: names::instant(view.calendar, recorded.recorded_at),
        late_reason: recorded
            .late_reason
            .as_deref()
            .map(|reason| view.written(reason)),
        to_customer: told.to_customer,
        fields: told.fields,
        corrected_by: corrections.get(&recorded.seq).copied(),
        void,
        correctable: correctable.contains(&recorded.seq),
        act: match &recorded.event {
            Event::ActRecorded { act, .. } => Some(act.to_string()),
            _ => None,
        },
        attempt: None,
        settlement: None,
    }
}

struct Told {
    kind: EntryKind,
    title: String,
    text: Option<String>,
    fields: Vec<crate::dto::case::FactView>,
    to_customer: bool,
}

impl Told {
    fn new(kind: EntryKind, title: String) -> Self {
        Self {
            kind,
            title,
            text: None,
            fields: Vec::new(),
            to_customer: false,
        }
    }

    fn with_text(mut self, text: Option<String>) -> Self {
        self.text = text;
        self
    }
}

fn tell(view: &View<'_>, state: &CaseState, event: &Event) -> Told {
    let say = |key: &str, args: &Args| render(view.lang, key, args);
    let plain = |key: &str| say(key, &Args::new());
    let kind = state.kind(view.policy);
    match event {
        Event::CaseOpened {
            kind: kind_id,
            channel,
            fields,
            ..
        } => {
            let policy = view.policy;
            let title = policy
                .kinds
                .get(kind_id)
                .map_or_else(|| kind_id.to_string(), |kind| pick(&kind.title, view.lang));
            let channel = policy
                .channels
                .get(channel)
                .map_or_else(|| channel.to_string(), |one| pick(&one.title, view.lang));
            let part = policy
                .kinds
                .get(kind_id)
                .and_then(|kind| policy.parts.get(&kind.open.part));
            let mut told = Told::new(
                EntryKind::Opened,
                say(
                    "entry-opened",
                    &Args::new().with("kind", title).with("channel", channel),
                ),
            );
            told.fields = fact::list(view, part, fields);
            told
        }
        Event::CaseImported {
            origin,
            unit,
            missing,
            closing_told,
        } => Told::new(
            EntryKind::Imported,
            say(
                "entry-imported",
                &Args::new().with("source", origin.source.as_str()),
            ),
        )
        .with_text(Some(imported_in_words(view, *unit, missing, *closing_told))),
        Event::ConsentGiven => Told::new(EntryKind::Portal, plain("entry-consent-given")),
        Event::ReceiptIssued { .. } => Told::new(EntryKind::Portal, plain("entry-receipt-issued")),
        Event::NumberAssigned { number } => Told::new(
            EntryKind::Numbered,
            say(
                "entry-numbered",
                &Args::new().with("number", number.as_str()),
            ),
        ),
        Event::StepEntered { step, holder } => {
            let declared = kind.and_then(|kind| kind.steps.get(step));
            let title =
                declared.map_or_else(|| step.to_string(), |step| pick(&step.title, view.lang));
            let waits = declared.is_some_and(waits_to_be_accepted);
            Told::new(
                EntryKind::Step,
                say("entry-step", &Args::new().with("step", title)),
            )
            .with_text(Some(super::row::holder_in_words(view, holder, waits)))
        }
        Event::FollowUpAsked { holder } => Told::new(EntryKind::Step, plain("entry-follow-up"))
            .with_text(Some(super::row::holder_in_words(view, holder, true))),
        Event::HolderChanged { holder } => Told::new(EntryKind::Step, plain("entry-holder"))
            .with_text(Some(super::row::holder_in_words(view, holder, false))),
        Event::LevelChosen {
            levels,
            level,
            row,
            clause,
        } => {
            let (title, because) = level::chosen_in_words(view, levels, level, *row, clause);
            Told::new(EntryKind::Level, title).with_text(because)
        }
        Event::LevelSet {
            levels,
            level,
            reason,
        } => {
            let args = Args::new()
                .with(
                    "scale",
                    super::error::scale_title(view.policy, levels, view.lang),
                )
                .with("how", if level.is_some() { "set" } else { "lifted" })
                .with("level", level::title_of(view, levels, level.as_ref()));
            Told::new(EntryKind::Level, say("entry-level-set", &args))
                .with_text(Some(reason.clone()))
        }
        Event::PartyAdded {
            role,
            person,
            fields,
            ..
        } => {
            let title = super::error::party_title(view.policy, role, view.lang);
            let args = Args::new().with("role", title);
            let part = view.policy.parties.get(role);
            let part = part.and_then(|role| super::party::part_of(view.policy, role));
            let name = person.map(|person| names::person_name(view.directory, person));
            let mut told =
                Told::new(EntryKind::Party, say("entry-party-added", &args)).with_text(name);
            told.fields = fact::list(view, part, fields);
            told
        }
        Event::SealOpened { seal, reason } => {
            let args = Args::new().with(
                "seal",
                super::error::seal_title(view.policy, seal, view.lang),
            );
            Told::new(EntryKind::Seal, say("entry-seal-opened", &args))
                .with_text(Some(reason.clone()))
        }
        Event::PartyRemoved { reason, .. } => {
            Told::new(EntryKind::Party, plain("entry-party-removed"))
                .with_text(Some(reason.clone()))
        }
        Event::DutyFellDue(owed) => {
            let duty = view.policy.duties.get(&owed.duty);
            let title =
                duty.map_or_else(|| owed.duty.to_string(), |one| pick(&one.title, view.lang));
            let args = Args::new()
                .with("duty", title)
                .with("due", owed.due.to_string());
            let drawn = (!owed.sample.is_empty()).then(|| {
                let count = owed.sample.len().to_string();
                say("entry-sampled", &Args::new().with("count", count))
            });
            Told::new(EntryKind::Linked, say("entry-duty", &args)).with_text(drawn)
        }
        Event::RaisedFrom { case, .. } => Told::new(EntryKind::Linked, plain("entry-raised-from"))
            .with_text(Some(link::name(view, *case))),
        Event::CaseRaised { case, kind } => {
            let title = super::error::kind_title(view.policy, kind, view.lang);
            let args = Args::new().with("kind", title);
            Told::new(EntryKind::Linked, say("entry-raised", &args))
                .with_text(Some(link::name(view, *case)))
        }
        Event::RaisedCaseMoved { case, ended } => {
            let key = match ended {
                true => "entry-raised-ended",
                false => "entry-raised-resumed",
            };
            Told::new(EntryKind::Linked, plain(key)).with_text(Some(link::name(view, *case)))
        }
        Event::ActRecorded { act, fields, .. } => {
            let declared = view.policy.acts.get(act);
            let part = declared
                .and_then(|act| act.part.as_ref())
                .and_then(|part| view.policy.parts.get(part));
            let title = declared.map_or_else(|| act.to_string(), |act| pick(&act.title, view.lang));
            let mut told = Told::new(EntryKind::Act, title);
            told.fields = fact::list(view, part, fields);
            told.to_customer = declared.is_some_and(|act| act.to_customer);
            told
        }
        Event::SheetsSettled { .. } => Told::new(EntryKind::Act, plain("entry-settled")),
        Event::NoteAdded { text } => {
            Told::new(EntryKind::Note, plain("entry-note")).with_text(Some(text.clone()))
        }
        Event::CaseDispatched { to, reason } => {
            let args = Args::new().with("unit", names::unit_name(view.directory, *to));
            Told::new(EntryKind::Dispatched, say("entry-dispatched", &args))
                .with_text(reason.clone())
        }
        Event::CaseTransferred { from, to, reason } => {
            let args = Args::new()
                .with("from", names::unit_name(view.directory, *from))
                .with("unit", names::unit_name(view.directory, *to));
            Told::new(EntryKind::Transferred, say("entry-transferred", &args))
                .with_text(reason.clone())
        }
        Event::CaseAccepted { .. } => Told::new(EntryKind::Accepted, plain("entry-accepted")),
        Event::CaseRefused { reason, count, .. } => Told::new(
            EntryKind::Refused,
            say("entry-refused", &Args::new().with("count", *count)),
        )
        .with_text(Some(reason.clone())),
        Event::CaseHandedOver {
            from,
            holder,
            reason,
            ..
        } => {
            let args = Args::new()
                .with("from", names::person_name(view.directory, *from))
                .with("holder", super::row::holder_in_words(view, holder, false));
            Told::new(EntryKind::HandedOver, say("entry-handed-over", &args))
                .with_text(Some(reason.clone()))
        }
        Event::ClockStarted { .. }
        | Event::ClockMoved { .. }
        | Event::ClockPaused { .. }
        | Event::ClockExtended { .. }
        | Event::ClockStopped { .. }
        | Event::ClockWithdrawn { .. }
        | Event::ClockRuledAnew { .. }
        | Event::ClockFired { .. } => {
            let (title, text) = clock_entry::tell(view, state, event);
            Told::new(EntryKind::Clock, title).with_text(text)
        }
        Event::AttemptPlanned { contacts, next } => Told::new(
            EntryKind::Clock,
            contact::planned_in_words(view, contacts, next.map(|next| next.at)),
        ),
        Event::NoticeSent { notice, clock, to } => {
            let title = names::notice_title(
                view.policy,
                &state.opening.kind,
                notice,
                clock.as_ref(),
                state.number.as_deref().unwrap_or_default(),
                view.lang,
            );
            let people: Vec<String> = to
                .iter()
                .map(|&person| names::person_name(view.directory, person))
                .collect();
            let args = Args::new()
                .with("notice", title)
                .with("people", people.join(&plain("list-separator")));
            Told::new(EntryKind::Notice, say("entry-notice", &args))
        }
        Event::CaseClosed { reason } => {
            Told::new(EntryKind::Closed, plain("entry-closed")).with_text(reason.clone())
        }
        Event::CaseReopened { reason } => {
            Told::new(EntryKind::Reopened, plain("entry-reopened")).with_text(Some(reason.clone()))
        }
        Event::CaseArchived => Told::new(EntryKind::Archived, plain("entry-archived")),
        Event::AttachmentAdded(what) => match &what.seal {
            Some(_) => Told::new(EntryKind::Attachment, plain("entry-attached-sealed")),
            None => Told::new(
                EntryKind::Attachment,
                say(
                    "entry-attached",
                    &Args::new().with("name", what.name.as_str()),
                ),
            )
            .with_text(what.note.clone()),
        },
        Event::AttachmentRemoved { entry, reason } => {
            let added = state.attachments.iter().find(|one| one.entry == *entry);
            let title = match added.map(|one| &one.what) {
                Some(what) if what.seal.is_some() => plain("entry-detached-sealed"),
                what => {
                    let name = what.map_or("", |what| what.name.as_str());
                    say("entry-detached", &Args::new().with("name", name))
                }
            };
            Told::new(EntryKind::Attachment, title).with_text(Some(reason.clone()))
        }
        Event::CaseWithdrawn { told_by, reason } => {
            let args = Args::new().with("who", told_by.as_str());
            Told::new(EntryKind::Withdrawn, say("entry-withdrawn", &args))
                .with_text(Some(reason.clone()))
        }
        Event::CaseLinked { case, link } => {
            let args = Args::new().with("link", link.as_str());
            Told::new(EntryKind::Linked, say("entry-linked", &args))
                .with_text(Some(link::name(view, *case)))
        }
        Event::LinkTakenBack { case, link, reason } => {
            let args = Args::new()
                .with("link", link.as_str())
                .with("case", link::name(view, *case));
            Told::new(EntryKind::Linked, say("entry-link-taken-back", &args))
                .with_text(Some(reason.clone()))
        }
        Event::CaseMigrated { from, to, reason } => {
            let args = Args::new().with("from", *from).with("to", *to);
            Told::new(EntryKind::Migrated, say("entry-migrated", &args))
                .with_text(Some(reason.clone()))
        }
        Event::HoldPlaced { reason } => {
            Told::new(EntryKind::Hold, plain("entry-hold-placed")).with_text(Some(reason.clone()))
        }
        Event::HoldLifted { reason } => {
            Told::new(EntryKind::Hold, plain("entry-hold-lifted")).with_text(Some(reason.clone()))
        }
        Event::CustomersMerged { reason, .. } => {
            Told::new(EntryKind::Customer, plain("entry-customers-merged"))
                .with_text(Some(reason.clone()))
        }
        Event::CustomersParted { reason, .. } => {
            Told::new(EntryKind::Customer, plain("entry-customers-parted"))
                .with_text(Some(reason.clone()))
        }
        Event::EntryCorrected {
            entry,
            fields,
            reason,
        } => {
            let args = Args::new()
                .with("entry", *entry)
                .with("how", if fields.is_some() { "replaced" } else { "void" });
            let part = state
                .entry(*entry)
                .and_then(|entry| state.part_of(view.policy, &entry.what));
            let mut told = Told::new(EntryKind::Correction, say("entry-corrected", &args))
                .with_text(Some(reason.clone()));
            if let Some(fields) = fields {
                told.fields = fact::list(
                    view,
                    part.and_then(|part| view.policy.parts.get(part)),
                    fields,
                );
            }
            told
        }
    }
}

/// What a historical case says of itself: what it lacks, and that nothing of it was run here.
fn imported_in_words(
    view: &View<'_>,
    unit: Option<UnitId>,
    missing: &[FactPath],
    closing_told: bool,
) -> String {
    let say = |key: &str, args: &Args| render(view.lang, key, args);
    let mut sentences = vec![say("entry-imported-measured", &Args::new())];
    if let Some(unit) = unit {
        let args = Args::new().with("unit", names::unit_name(view.directory, unit));
        sentences.push(say("entry-imported-unit", &args));
    }
    if !missing.is_empty() {
        let titles: Vec<String> = missing
            .iter()
            .map(|path| {
                let field = view.policy.field(path);
                field.map_or_else(|| path.to_string(), |field| pick(&field.title, view.lang))
            })
            .collect();
        let fields = titles.join(&say("list-separator", &Args::new()));
        sentences.push(say(
            "entry-imported-missing",
            &Args::new().with("fields", fields),
        ));
    }
    if !closing_told {
        sentences.push(say("entry-imported-closing", &Args::new()));
    }
    sentences.join("\n")
}

/// Whether somebody has to accept the case in this step before anything else is done.
fn waits_to_be_accepted(step: &Step) -> bool {
    let accepts = |one: &Move| {
        matches!(
            one.on,
            Moment::Verb {
                verb: Verb::Accepted,
                ..
            }
        )
    };
    step.accept_first || (step.acts.is_empty() && step.moves.iter().all(accepts))
}

/// The title of a clock, or of the share that runs as one.
pub(crate) fn clock_title(view: &View<'_>, kind: Option<&Kind>, id: &ClockId) -> String {
    kind.and_then(|kind| kind.clock_title(id))
        .map_or_else(|| id.to_string(), |title| pick(title, view.lang))
}
