//! What a command writes, worked out before the writer is asked: events, rows, search text.

use std::collections::BTreeSet;

use huiyin_case::charges::{CaseCharge, charges};
use huiyin_case::event::{Event, Recorded};
use huiyin_case::id::CaseId;
use huiyin_case::seal::redacted;
use huiyin_case::state::CaseState;
use huiyin_case::state::entry::EntryKind;
use huiyin_case::value::{Fields, Value};
use huiyin_case::vouchers::{CaseVoucher, vouchers};
use huiyin_policy::model::{
    ChoiceId, DataClass, FactPath, Field, FieldId, KindId, LevelsMeaning, Meaning, PartId, Policy,
};
use huiyin_store::{
    CaseRow, ClockRow, FileChange, Level, NewEvent, PartyMerge, PartyRow, SearchUpdate, Shown,
    Standing,
};
use jiff::Timestamp;

use crate::mask;

/// Longest subject shown in lists, in characters; the rest is on the case's own page.
const SUBJECT_CHARS_MAX: usize = 80;
/// Longest excerpt of the customer's words shown in lists, in characters.
const EXCERPT_CHARS_MAX: usize = 120;

/// Decided events as the store takes them: with the fields that are about a person named.
pub(crate) fn new_events(
    policy: &Policy,
    before: Option<&CaseState>,
    decided: Vec<Recorded>,
) -> Vec<NewEvent> {
    decided
        .into_iter()
        .map(|recorded| NewEvent {
            personal: personal_fields(policy, before, &recorded.event),
            actor: recorded.actor,
            acting_for: recorded.acting_for,
            occurred_at: recorded.occurred_at,
            late_reason: recorded.late_reason,
            event: recorded.event,
        })
        .collect()
}

/// The state after the events, without the number that the writer will draw.
pub(crate) fn state_after(
    policy: &Policy,
    before: Option<CaseState>,
    decided: &[Recorded],
) -> Option<CaseState> {
    let mut state = before;
    for recorded in decided {
        match &mut state {
            Some(state) => state.apply(recorded, policy),
            None => state = CaseState::opened(policy, recorded).ok(),
        }
    }
    state
}

/// The rows of the derived tables for a case in `state`.
pub(crate) struct Derived {
    /// The work list's row.
    pub(crate) row: CaseRow,
    /// Its clocks.
    pub(crate) clocks: Vec<ClockRow>,
    /// Its customer.
    pub(crate) party: PartyRow,
    /// Its searchable text.
    pub(crate) search: String,
}

/// Derives the rows; the same rows come out when tables are rebuilt from the log.
pub(crate) fn derive(
    policy: &Policy,
    case: CaseId,
    state: &CaseState,
    recorded_at: Timestamp,
) -> Derived {
    let said = |meaning| meaning_of(policy, state, meaning);
    let sealed = state.sealed_texts(policy);
    let content = said(Meaning::Content).unwrap_or_default();
    let name = mask::name(&said(Meaning::CustomerName).unwrap_or_default());
    let shown = Shown {
        subject: shorten(
            &redacted(
                &said(Meaning::Subject).unwrap_or_else(|| content.clone()),
                &sealed,
            ),
            SUBJECT_CHARS_MAX,
        ),
        excerpt: shorten(&redacted(&content, &sealed), EXCERPT_CHARS_MAX),
        customer_name: name.clone(),
        standing: standing(policy, state),
    };
    let row = CaseRow::of(case, state, shown, recorded_at);
    let timers = state.timers(policy);
    Derived {
        row,
        clocks: state
            .clocks
            .iter()
            .map(|(id, clock)| ClockRow::of(id, clock, &timers))
            .collect(),
        party: PartyRow {
            party: state.opening.customer,
            display: name,
            is_new: false,
            contact: said(Meaning::CustomerContact).map(|contact| normalise_contact(&contact)),
            name: said(Meaning::CustomerName).and_then(|name| normalise_name(&name)),
        },
        search: redacted(&search_text(policy, state), &sealed),
    }
}

/// Where the case stands among others, and for whom there is none.
fn standing(policy: &Policy, state: &CaseState) -> Standing {
    let level = |meaning| {
        let (level, below_top) = state.level_meaning(policy, meaning)?;
        let below_top = u32::try_from(below_top).unwrap_or(u32::MAX);
        Some(Level { level, below_top })
    };
    Standing {
        severity: level(LevelsMeaning::Severity),
        urgency: level(LevelsMeaning::Urgency),
        category: category(policy, state),
        hidden_from: state.hidden_from(policy),
        sight: state.sight(policy),
        read_by: state.read_by(policy),
        entitled: state.entitled(policy),
    }
}

/// The way down to the category on record: of the last field in the order of the policy that stands for it, because
/// whoever investigates knows better than whoever registered.
fn category(policy: &Policy, state: &CaseState) -> Vec<ChoiceId> {
    let fields = policy.parts.iter().flat_map(|(part, declared)| {
        let fields = declared.fields.iter();
        fields.map(move |(id, field)| (FactPath::new(part.clone(), id.clone()), field))
    });
    let mut known = fields.rev().filter_map(|(path, field)| {
        let meant = field.meaning == Some(Meaning::Category);
        let value = state.facts.get(&path).filter(|_| meant)?.choice()?;
        let (tree, _) = policy.tree_of(&field.ty)?;
        Some(tree.path(value).into_iter().cloned().collect())
    });
    known.next().unwrap_or_default()
}

/// Whether the events tell who the customer is: a registration, or a correction that may concern it.
pub(crate) fn concerns_customer(events: &[NewEvent]) -> bool {
    events.iter().any(|new| {
        matches!(
            new.event,
            Event::CaseOpened { .. } | Event::EntryCorrected { .. }
        )
    })
}

/// Whether the events change what can be found by searching.
pub(crate) fn changes_search(events: &[NewEvent]) -> bool {
    events.iter().any(|new| {
        matches!(
            new.event,
            Event::CaseOpened { .. }
                | Event::ActRecorded { .. }
                | Event::NoteAdded { .. }
                | Event::EntryCorrected { .. }
                // Other fields may be texts, or personal.
                | Event::CaseMigrated { .. }
                // What is sealed of them is taken out of the texts.
                | Event::PartyAdded { .. }
                | Event::PartyRemoved { .. }
        )
    })
}

/// The contact among the fields of a registration, as it is compared; none where it is sealed: nobody learns that a customer
/// comes again.
pub(crate) fn contact_in(policy: &Policy, kind: &KindId, fields: &Fields) -> Option<String> {
    let part = policy.parts.get(&policy.kinds.get(kind)?.open.part)?;
    let (id, _) = part
        .fields
        .iter()
        .find(|(_, field)| stands_for(field, Meaning::CustomerContact))?;
    match fields.get(id)? {
        Value::Text(contact) => Some(normalise_contact(contact)),
        _ => None,
    }
}

/// What becomes of the searchable text.
pub(crate) fn search_update(events: &[NewEvent], text: String) -> SearchUpdate {
    if changes_search(events) {
        SearchUpdate::Put(text)
    } else {
        SearchUpdate::Keep
    }
}

/// What becomes of the files that attachments have their bytes in, given the case after the events.
pub(crate) fn file_changes(events: &[NewEvent], state: &CaseState) -> Vec<FileChange> {
    let file = |entry: u32| {
        let added = state.attachments.iter().find(|one| one.entry == entry);
        added.map(|one| one.what.file)
    };
    let changes = events.iter().filter_map(|new| match &new.event {
        Event::AttachmentAdded(what) => Some(FileChange::Keep(what.file)),
        Event::AttachmentRemoved { entry, .. } => file(*entry)
            .filter(|file| !state.keeps(*file))
            .map(FileChange::Drop),
        _ => None,
    });
    changes.collect()
}

/// The value of the first field with this meaning, from the facts as last corrected. What is sealed stands for nothing.
pub(crate) fn meaning_of(policy: &Policy, state: &CaseState, meaning: Meaning) -> Option<String> {
    let open = &policy.kinds.get(&state.opening.kind)?.open.part;
    let parts = std::iter::once(open).chain(policy.parts.keys());
    parts
        .filter_map(|id| text_with_meaning(policy, state, id, meaning))
        .next()
}

fn stands_for(field: &Field, meaning: Meaning) -> bool {
    field.meaning == Some(meaning) && field.sealed.is_none()
}

fn text_with_meaning(
    policy: &Policy,
    state: &CaseState,
    part: &PartId,
    meaning: Meaning,
) -> Option<String> {
    let fields = &policy.parts.get(part)?.fields;
    let (field, _) = fields
        .iter()
        .find(|(_, field)| stands_for(field, meaning))?;
    match state
        .facts
        .get(&FactPath::new(part.clone(), field.clone()))?
    {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

/// Everything that can be found: ordinary texts of all valid entries. Personal values are found by exact search only.
fn search_text(policy: &Policy, state: &CaseState) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for entry in state.entries.iter().filter(|entry| !entry.void) {
        if let EntryKind::Note(note) = &entry.what {
            texts.push(note.as_str());
        }
        let part = state
            .part_of(policy, &entry.what)
            .and_then(|part| policy.parts.get(part));
        for (id, value) in &entry.fields {
            let class = part
                .and_then(|part| part.fields.get(id))
                .map(|field| field.class);
            if let (Value::Text(text), Some(DataClass::Ordinary)) = (value, class) {
                texts.push(text);
            }
        }
    }
    texts.join("\n")
}

fn personal_fields(
    policy: &Policy,
    before: Option<&CaseState>,
    event: &Event,
) -> BTreeSet<FieldId> {
    let part = match event {
        Event::CaseOpened { kind, .. } => policy.kinds.get(kind).map(|kind| &kind.open.part),
        Event::ActRecorded { act, .. } => policy.acts.get(act).and_then(|act| act.part.as_ref()),
        Event::PartyAdded { role, .. } => {
            policy.parties.get(role).and_then(|role| role.part.as_ref())
        }
        Event::EntryCorrected { entry, .. } => before.and_then(|state| {
            state
                .entry(*entry)
                .and_then(|entry| state.part_of(policy, &entry.what))
        }),
        _ => None,
    };
    let Some(part) = part.and_then(|part| policy.parts.get(part)) else {
        return BTreeSet::new();
    };
    let personal = part
        .fields
        .iter()
        .filter(|(_, field)| field.class == DataClass::Personal);
    personal.map(|(id, _)| id.clone()).collect()
}

/// A contact as it is compared: without spaces and separators, lower case.
pub(crate) fn normalise_contact(contact: &str) -> String {
    contact
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '（' | '）'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A full name as it is compared: without spaces, lower case. One character is nobody's name.
fn normalise_name(name: &str) -> Option<String> {
    let name: String = name
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    (name.chars().count() > 1).then_some(name)
}

/// What a case says of records of customers being the same, if a command has changed that.
pub(crate) fn merges_changed(
    before: Option<&CaseState>,
    after: &CaseState,
) -> Option<Vec<PartyMerge>> {
    let said = before.map_or(&[][..], |state| &state.customer_merges);
    (said != after.customer_merges).then(|| merges(after))
}

/// What a case says of records of customers being the same.
pub(crate) fn merges(state: &CaseState) -> Vec<PartyMerge> {
    let merges = state.customer_merges.iter();
    merges
        .map(|&(party, into)| PartyMerge { party, into })
        .collect()
}

/// The vouchers of a case, if a command has changed them; each state is read by the version that it keeps.
pub(crate) fn vouchers_changed(
    before: Option<(&Policy, &CaseState)>,
    (policy, after): (&Policy, &CaseState),
) -> Option<Vec<CaseVoucher>> {
    let said = before.map(|(policy, state)| vouchers(policy, state));
    let says = vouchers(policy, after);
    (said.unwrap_or_default() != says).then_some(says)
}

/// What a case charges to people's accounts, if a command has changed it; each state is read by the version that it keeps.
pub(crate) fn charges_changed(
    before: Option<(&Policy, &CaseState)>,
    (policy, after): (&Policy, &CaseState),
) -> Option<Vec<CaseCharge>> {
    let said = before.map(|(policy, state)| charges(policy, state));
    let says = charges(policy, after);
    (said.unwrap_or_default() != says).then_some(says)
}

fn shorten(text: &str, chars_max: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= chars_max {
        line
    } else {
        line.chars().take(chars_max - 1).chain(['…']).collect()
    }
}
