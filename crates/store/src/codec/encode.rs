//! Event → stored form.

use std::collections::BTreeSet;

use huiyin_case::Event;
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::FieldId;
use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use super::Stored;
use super::settled::kept_json;
use super::value::{
    due_json, firing_name, holder_json, limit_json, moved_name, path_json, sample_json,
    starts_json, value_json,
};

pub(super) fn encode(
    event: &Event,
    late_reason: Option<&str>,
    personal: &BTreeSet<FieldId>,
) -> Stored {
    let mut draft = Draft {
        personal,
        body: Map::new(),
        sealed: Map::new(),
        sealed_party: Map::new(),
    };
    let kind = draft.event(event);
    if let Some(reason) = late_reason {
        draft.seal("late_reason", reason);
    }
    Stored {
        kind: kind.to_owned(),
        body: draft.body,
        sealed: draft.sealed,
        sealed_party: draft.sealed_party,
    }
}

struct Draft<'a> {
    personal: &'a BTreeSet<FieldId>,
    body: Map<String, Json>,
    sealed: Map<String, Json>,
    sealed_party: Map<String, Json>,
}

impl Draft<'_> {
    /// Fills the parts and gives the type with its version.
    fn event(&mut self, event: &Event) -> &'static str {
        match event {
            Event::CaseOpened {
                policy,
                policy_version,
                kind,
                channel,
                customer,
                taker,
                first_contact,
                fields,
            } => {
                self.name("policy", policy);
                self.put("policy_version", *policy_version);
                self.name("kind", kind);
                self.name("channel", channel);
                self.name("customer", customer);
                self.optional_name("taker", taker.as_ref());
                self.optional_name("first_contact", first_contact.as_ref());
                self.fields(fields);
                "case_opened.v2"
            }
            Event::ConsentGiven => "consent_given.v1",
            Event::ReceiptIssued { receipt } => {
                self.name("receipt", receipt);
                "receipt_issued.v1"
            }
            Event::CaseImported {
                origin,
                unit,
                missing,
                closing_told,
            } => {
                self.put("source", origin.source.as_str());
                self.optional_name("unit", unit.as_ref());
                self.put("missing", missing.iter().map(path_json).collect::<Vec<_>>());
                self.put("closing_told", *closing_told);
                self.seal("key", &origin.key);
                "case_imported.v1"
            }
            Event::DutyFellDue(owed) => {
                self.name("duty", &owed.duty);
                self.name("opens_on", &owed.opens);
                self.name("due_on", &owed.due);
                self.name("about_from", &owed.about.from);
                self.name("about_to", &owed.about.to);
                self.put("sample", sample_json(&owed.sample));
                "duty_fell_due.v1"
            }
            Event::RaisedFrom { case, above } => {
                self.name("case", case);
                self.optional_name("above", above.as_ref());
                "raised_from.v2"
            }
            Event::CaseRaised { case, kind } => {
                self.name("case", case);
                self.name("kind", kind);
                "case_raised.v1"
            }
            Event::RaisedCaseMoved { case, ended } => {
                self.name("case", case);
                self.put("ended", *ended);
                "raised_case_moved.v1"
            }
            Event::NumberAssigned { number } => {
                self.put("number", number.as_str());
                "number_assigned.v1"
            }
            Event::StepEntered { step, holder } => {
                self.name("step", step);
                self.put("holder", holder_json(holder));
                "step_entered.v2"
            }
            Event::FollowUpAsked { holder } => {
                self.put("holder", holder_json(holder));
                "follow_up_asked.v1"
            }
            Event::HolderChanged { holder } => {
                self.put("holder", holder_json(holder));
                "holder_changed.v1"
            }
            Event::AttemptPlanned { contacts, next } => {
                self.name("contacts", contacts);
                if let Some(next) = next {
                    self.name("on", &next.on);
                    self.instant("at_us", next.at);
                }
                "attempt_planned.v1"
            }
            Event::LevelChosen {
                levels,
                level,
                row,
                clause,
            } => {
                self.name("levels", levels);
                self.name("level", level);
                self.put("row", *row);
                self.name("clause", clause);
                "level_chosen.v1"
            }
            Event::LevelSet {
                levels,
                level,
                reason,
            } => {
                self.name("levels", levels);
                self.optional_name("level", level.as_ref());
                self.seal("reason", reason);
                "level_set.v1"
            }
            Event::SealOpened { seal, reason } => {
                self.name("seal", seal);
                self.seal("reason", reason);
                "seal_opened.v1"
            }
            Event::PartyAdded {
                party,
                role,
                person,
                fields,
            } => {
                self.name("party", party);
                self.name("role", role);
                self.optional_name("person", person.as_ref());
                self.fields(fields);
                "party_added.v1"
            }
            Event::PartyRemoved { party, reason } => {
                self.name("party", party);
                self.seal("reason", reason);
                "party_removed.v1"
            }
            Event::ActRecorded {
                act,
                outcome,
                fields,
            } => {
                self.name("act", act);
                self.optional_name("outcome", outcome.as_ref());
                self.fields(fields);
                "act_recorded.v1"
            }
            Event::SheetsSettled { entry, kept } => {
                self.put("entry", *entry);
                self.sealed.insert("kept".to_owned(), kept_json(kept));
                "sheets_settled.v2"
            }
            Event::NoteAdded { text } => {
                self.seal("text", text);
                "note_added.v1"
            }
            Event::CaseDispatched { to, reason } => {
                self.name("to", to);
                self.seal_optional("reason", reason.as_deref());
                "case_dispatched.v1"
            }
            Event::CaseTransferred { from, to, reason } => {
                self.name("from", from);
                self.name("to", to);
                self.seal_optional("reason", reason.as_deref());
                "case_transferred.v1"
            }
            Event::CaseAccepted { person } => {
                self.name("person", person);
                "case_accepted.v1"
            }
            Event::CaseRefused {
                unit,
                reason,
                count,
            } => {
                self.optional_name("unit", unit.as_ref());
                self.put("count", *count);
                self.seal("reason", reason);
                "case_refused.v1"
            }
            Event::CaseHandedOver {
                from,
                to,
                holder,
                reason,
            } => {
                self.name("from", from);
                self.optional_name("to", to.as_ref());
                self.put("holder", holder_json(holder));
                self.seal("reason", reason);
                "case_handed_over.v1"
            }
            Event::ClockStarted {
                clock,
                generation,
                started_at,
                limit,
                due,
                clause,
            } => {
                self.name("clock", clock);
                self.put("generation", *generation);
                self.instant("started_at_us", *started_at);
                self.put("limit", limit_json(limit));
                self.put("due", due_json(due.as_ref()));
                self.name("clause", clause);
                "clock_started.v1"
            }
            Event::ClockMoved {
                clock,
                generation,
                started_at,
                due,
                why,
            } => {
                self.name("clock", clock);
                self.put("generation", *generation);
                self.instant("started_at_us", *started_at);
                self.put("due", due_json(due.as_ref()));
                self.put("why", moved_name(*why));
                "clock_moved.v1"
            }
            Event::ClockPaused {
                clock,
                reason,
                note,
            } => {
                self.name("clock", clock);
                self.name("reason", reason);
                self.seal("note", note);
                "clock_paused.v1"
            }
            Event::ClockExtended {
                clock,
                generation,
                more,
                before,
                due,
                clause,
                reason,
            } => {
                self.name("clock", clock);
                self.put("generation", *generation);
                self.put("more", more.get());
                self.put("before", due_json(Some(before)));
                self.put("due", due_json(Some(due)));
                self.name("clause", clause);
                self.seal("reason", reason);
                "clock_extended.v1"
            }
            Event::ClockStopped {
                clock,
                generation,
                met,
            } => {
                self.name("clock", clock);
                self.put("generation", *generation);
                self.put("met", *met);
                "clock_stopped.v1"
            }
            Event::ClockWithdrawn { clock, generation } => {
                self.name("clock", clock);
                self.put("generation", *generation);
                "clock_withdrawn.v1"
            }
            Event::ClockFired {
                clock,
                generation,
                firing,
            } => {
                self.name("clock", clock);
                self.put("generation", *generation);
                self.put("firing", firing_name(*firing));
                "clock_fired.v1"
            }
            Event::ClockRuledAnew {
                clock,
                generation,
                starts,
                limit,
                before,
                due,
                clause,
            } => {
                self.name("clock", clock);
                self.put("generation", *generation);
                self.put("starts", starts_json(starts));
                self.put("limit", limit_json(limit));
                self.put("before", due_json(before.as_ref()));
                self.put("due", due_json(due.as_ref()));
                self.name("clause", clause);
                "clock_ruled_anew.v1"
            }
            Event::CaseMigrated { from, to, reason } => {
                self.put("from", *from);
                self.put("to", *to);
                self.seal("reason", reason);
                "case_migrated.v1"
            }
            Event::NoticeSent { notice, clock, to } => {
                self.name("notice", notice);
                self.optional_name("clock", clock.as_ref());
                self.put("to", to.iter().map(ToString::to_string).collect::<Vec<_>>());
                "notice_sent.v1"
            }
            Event::CaseClosed { reason } => {
                self.seal_optional("reason", reason.as_deref());
                "case_closed.v1"
            }
            Event::CaseReopened { reason } => {
                self.seal("reason", reason);
                "case_reopened.v1"
            }
            Event::CaseArchived => "case_archived.v1",
            Event::CaseWithdrawn { told_by, reason } => {
                self.seal("told_by", told_by);
                self.seal("reason", reason);
                "case_withdrawn.v1"
            }
            Event::CaseLinked { case, link } => {
                self.name("case", case);
                self.put("link", link.as_str());
                "case_linked.v1"
            }
            Event::LinkTakenBack { case, link, reason } => {
                self.name("case", case);
                self.put("link", link.as_str());
                self.seal("reason", reason);
                "link_taken_back.v1"
            }
            Event::HoldPlaced { reason } => {
                self.seal("reason", reason);
                "hold_placed.v1"
            }
            Event::HoldLifted { reason } => {
                self.seal("reason", reason);
                "hold_lifted.v1"
            }
            Event::CustomersMerged {
                party,
                into,
                reason,
            } => {
                self.name("party", party);
                self.name("into", into);
                self.seal("reason", reason);
                "customers_merged.v1"
            }
            Event::CustomersParted { party, reason } => {
                self.name("party", party);
                self.seal("reason", reason);
                "customers_parted.v1"
            }
            Event::EntryCorrected {
                entry,
                fields,
                reason,
            } => {
                self.put("entry", *entry);
                self.put("void", fields.is_none());
                if let Some(fields) = fields {
                    self.fields(fields);
                }
                self.seal("reason", reason);
                "entry_corrected.v1"
            }
            Event::AttachmentAdded(what) => {
                self.name("file", &what.file);
                self.put("media", what.media.as_str());
                self.put("bytes", what.bytes);
                self.put("hash", hex::encode(what.hash));
                self.seal("name", &what.name);
                self.seal_optional("note", what.note.as_deref());
                self.optional_name("seal", what.seal.as_ref());
                "attachment_added.v2"
            }
            Event::AttachmentRemoved { entry, reason } => {
                self.put("entry", *entry);
                self.seal("reason", reason);
                "attachment_removed.v1"
            }
        }
    }

    fn put(&mut self, name: &str, json: impl Into<Json>) {
        self.body.insert(name.to_owned(), json.into());
    }

    fn name(&mut self, name: &str, of: &impl ToString) {
        self.put(name, of.to_string());
    }

    fn optional_name(&mut self, name: &str, of: Option<&impl ToString>) {
        if let Some(of) = of {
            self.name(name, of);
        }
    }

    fn instant(&mut self, name: &str, instant: Timestamp) {
        self.put(name, instant.as_microsecond());
    }

    fn seal(&mut self, name: &str, text: &str) {
        self.sealed.insert(name.to_owned(), text.into());
    }

    /// Notes in the body whether there is a text, so that an erased one is not taken for an absent one.
    fn seal_optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(&format!("has_{name}"), true);
            self.seal(name, text);
        }
    }

    fn fields(&mut self, fields: &Fields) {
        let mut plain = Map::new();
        let mut sealed = Map::new();
        let mut sealed_party = Map::new();
        for (field, value) in fields {
            let part = if self.personal.contains(field) {
                &mut sealed_party
            } else if matches!(value, Value::Text(_) | Value::Rows(_)) {
                &mut sealed
            } else {
                &mut plain
            };
            part.insert(field.as_str().to_owned(), value_json(value));
        }
        for (part, fields) in [
            (&mut self.body, plain),
            (&mut self.sealed, sealed),
            (&mut self.sealed_party, sealed_party),
        ] {
            if !fields.is_empty() {
                part.insert("fields".to_owned(), Json::Object(fields));
            }
        }
    }
}
