//! Stored form → event.

use std::num::NonZeroU32;
use std::str::FromStr;

use huiyin_calendar::Covered;
use huiyin_case::Event;
use huiyin_case::attachment::Attachment;
use huiyin_case::contact::PlannedAttempt;
use huiyin_case::duty::Owed;
use huiyin_case::historical::Origin;
use huiyin_case::link::Link;
use huiyin_case::value::Fields;
use huiyin_policy::model::{
    ActId, ChannelId, ChoiceId, ClauseId, ClockId, ContactsId, DutyId, FieldId, KindId, LevelsId,
    NoticeId, PartyRoleId, PauseReasonId, PolicyId, RoleId, SealId, StepId,
};
use huiyin_policy::settle::Kept;
use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use super::settled::json_kept;
use super::value::{
    hex_hash, json_due, json_holder, json_instant, json_limit, json_path, json_sample, json_starts,
    json_value, named_firing, named_moved,
};
use super::{Stored, Undecodable};

pub(super) fn decode(stored: &Stored) -> Result<(Event, Option<String>), Undecodable> {
    let reader = Reader(stored);
    let event = reader.event()?;
    let late_reason = stored
        .sealed
        .get("late_reason")
        .and_then(Json::as_str)
        .map(str::to_owned);
    Ok((event, late_reason))
}

struct Reader<'a>(&'a Stored);

impl Reader<'_> {
    fn event(&self) -> Result<Event, Undecodable> {
        Ok(match self.0.kind.as_str() {
            "case_opened.v2" => Event::CaseOpened {
                policy: PolicyId::new(self.name("policy")?),
                policy_version: self.number("policy_version")?,
                kind: KindId::new(self.name("kind")?),
                channel: ChannelId::new(self.name("channel")?),
                customer: self.id("customer")?,
                taker: self.optional("taker", |json| json.as_str()?.parse().ok())?,
                first_contact: self
                    .optional("first_contact", |json| json.as_str()?.parse().ok())?,
                fields: self.fields()?,
            },
            "consent_given.v1" => Event::ConsentGiven,
            "receipt_issued.v1" => Event::ReceiptIssued {
                receipt: self.id("receipt")?,
            },
            "case_imported.v1" => Event::CaseImported {
                origin: Origin {
                    source: self.name("source")?.to_owned(),
                    key: self.text("key"),
                },
                unit: self.optional("unit", |json| json.as_str()?.parse().ok())?,
                missing: self.read("missing", |json| {
                    json.as_array()?.iter().map(json_path).collect()
                })?,
                closing_told: self.read("closing_told", Json::as_bool)?,
            },
            "duty_fell_due.v1" => Event::DutyFellDue(Owed {
                duty: DutyId::new(self.name("duty")?),
                opens: self.id("opens_on")?,
                due: self.id("due_on")?,
                about: Covered {
                    from: self.id("about_from")?,
                    to: self.id("about_to")?,
                },
                sample: self.read("sample", json_sample)?,
            }),
            "raised_from.v2" => Event::RaisedFrom {
                case: self.id("case")?,
                above: self.optional("above", |json| json.as_str().map(RoleId::new))?,
            },
            "raised_case_moved.v1" => Event::RaisedCaseMoved {
                case: self.id("case")?,
                ended: self.read("ended", Json::as_bool)?,
            },
            "case_raised.v1" => Event::CaseRaised {
                case: self.id("case")?,
                kind: KindId::new(self.name("kind")?),
            },
            "number_assigned.v1" => Event::NumberAssigned {
                number: self.name("number")?.to_owned(),
            },
            "step_entered.v2" => Event::StepEntered {
                step: StepId::new(self.name("step")?),
                holder: self.read("holder", json_holder)?,
            },
            "follow_up_asked.v1" => Event::FollowUpAsked {
                holder: self.read("holder", json_holder)?,
            },
            "holder_changed.v1" => Event::HolderChanged {
                holder: self.read("holder", json_holder)?,
            },
            "attempt_planned.v1" => Event::AttemptPlanned {
                contacts: ContactsId::new(self.name("contacts")?),
                next: match self.optional("on", |json| json.as_str()?.parse().ok())? {
                    Some(on) => Some(PlannedAttempt {
                        on,
                        at: self.instant("at_us")?,
                    }),
                    None => None,
                },
            },
            "level_chosen.v1" => Event::LevelChosen {
                levels: LevelsId::new(self.name("levels")?),
                level: ChoiceId::new(self.name("level")?),
                row: self.number("row")?,
                clause: ClauseId::new(self.name("clause")?),
            },
            "level_set.v1" => Event::LevelSet {
                levels: LevelsId::new(self.name("levels")?),
                level: self.optional("level", |json| json.as_str().map(ChoiceId::new))?,
                reason: self.text("reason"),
            },
            "party_added.v1" => Event::PartyAdded {
                party: self.id("party")?,
                role: PartyRoleId::new(self.name("role")?),
                person: self.optional("person", |json| json.as_str()?.parse().ok())?,
                fields: self.fields()?,
            },
            "party_removed.v1" => Event::PartyRemoved {
                party: self.id("party")?,
                reason: self.text("reason"),
            },
            "act_recorded.v1" => Event::ActRecorded {
                act: ActId::new(self.name("act")?),
                outcome: self.optional("outcome", |json| json.as_str().map(ChoiceId::new))?,
                fields: self.fields()?,
            },
            "sheets_settled.v2" => Event::SheetsSettled {
                entry: self.number("entry")?,
                kept: Box::new(match self.0.sealed.get("kept") {
                    Some(json) => json_kept(json).ok_or_else(|| self.malformed("kept"))?,
                    None => Kept::erased(),
                }),
            },
            "note_added.v1" => Event::NoteAdded {
                text: self.text("text"),
            },
            "case_dispatched.v1" => Event::CaseDispatched {
                to: self.id("to")?,
                reason: self.optional_text("reason"),
            },
            "case_transferred.v1" => Event::CaseTransferred {
                from: self.id("from")?,
                to: self.id("to")?,
                reason: self.optional_text("reason"),
            },
            "case_accepted.v1" => Event::CaseAccepted {
                person: self.id("person")?,
            },
            "case_refused.v1" => Event::CaseRefused {
                unit: self.optional("unit", |json| json.as_str()?.parse().ok())?,
                reason: self.text("reason"),
                count: self.number("count")?,
            },
            "case_handed_over.v1" => Event::CaseHandedOver {
                from: self.id("from")?,
                to: self.optional("to", |json| json.as_str()?.parse().ok())?,
                holder: self.read("holder", json_holder)?,
                reason: self.text("reason"),
            },
            "clock_started.v1" => Event::ClockStarted {
                clock: self.clock()?,
                generation: self.number("generation")?,
                started_at: self.instant("started_at_us")?,
                limit: self.read("limit", json_limit)?,
                due: self.read("due", json_due)?,
                clause: ClauseId::new(self.name("clause")?),
            },
            "clock_moved.v1" => Event::ClockMoved {
                clock: self.clock()?,
                generation: self.number("generation")?,
                started_at: self.instant("started_at_us")?,
                due: self.read("due", json_due)?,
                why: self.read("why", |json| named_moved(json.as_str()?))?,
            },
            "clock_paused.v1" => Event::ClockPaused {
                clock: self.clock()?,
                reason: PauseReasonId::new(self.name("reason")?),
                note: self.text("note"),
            },
            "clock_extended.v1" => Event::ClockExtended {
                clock: self.clock()?,
                generation: self.number("generation")?,
                more: self.read("more", |json| {
                    NonZeroU32::new(u32::try_from(json.as_u64()?).ok()?)
                })?,
                before: self.read("before", |json| json_due(json)?)?,
                due: self.read("due", |json| json_due(json)?)?,
                clause: ClauseId::new(self.name("clause")?),
                reason: self.text("reason"),
            },
            "clock_stopped.v1" => Event::ClockStopped {
                clock: self.clock()?,
                generation: self.number("generation")?,
                met: self.read("met", Json::as_bool)?,
            },
            "clock_withdrawn.v1" => Event::ClockWithdrawn {
                clock: self.clock()?,
                generation: self.number("generation")?,
            },
            "clock_fired.v1" => Event::ClockFired {
                clock: self.clock()?,
                generation: self.number("generation")?,
                firing: self.read("firing", |json| named_firing(json.as_str()?))?,
            },
            "clock_ruled_anew.v1" => Event::ClockRuledAnew {
                clock: self.clock()?,
                generation: self.number("generation")?,
                starts: self.read("starts", json_starts)?,
                limit: self.read("limit", json_limit)?,
                before: self.read("before", json_due)?,
                due: self.read("due", json_due)?,
                clause: ClauseId::new(self.name("clause")?),
            },
            "case_migrated.v1" => Event::CaseMigrated {
                from: self.number("from")?,
                to: self.number("to")?,
                reason: self.text("reason"),
            },
            "notice_sent.v1" => Event::NoticeSent {
                notice: NoticeId::new(self.name("notice")?),
                clock: self.optional("clock", |json| json.as_str().map(ClockId::new))?,
                to: self.read("to", |json| {
                    json.as_array()?
                        .iter()
                        .map(|person| person.as_str()?.parse().ok())
                        .collect()
                })?,
            },
            "case_closed.v1" => Event::CaseClosed {
                reason: self.optional_text("reason"),
            },
            "case_reopened.v1" => Event::CaseReopened {
                reason: self.text("reason"),
            },
            "case_archived.v1" => Event::CaseArchived,
            "case_withdrawn.v1" => Event::CaseWithdrawn {
                told_by: self.text("told_by"),
                reason: self.text("reason"),
            },
            "case_linked.v1" => Event::CaseLinked {
                case: self.id("case")?,
                link: self.read("link", |json| Link::named(json.as_str()?))?,
            },
            "link_taken_back.v1" => Event::LinkTakenBack {
                case: self.id("case")?,
                link: self.read("link", |json| Link::named(json.as_str()?))?,
                reason: self.text("reason"),
            },
            "seal_opened.v1" => Event::SealOpened {
                seal: SealId::new(self.name("seal")?),
                reason: self.text("reason"),
            },
            "hold_placed.v1" => Event::HoldPlaced {
                reason: self.text("reason"),
            },
            "hold_lifted.v1" => Event::HoldLifted {
                reason: self.text("reason"),
            },
            "customers_merged.v1" => Event::CustomersMerged {
                party: self.id("party")?,
                into: self.id("into")?,
                reason: self.text("reason"),
            },
            "customers_parted.v1" => Event::CustomersParted {
                party: self.id("party")?,
                reason: self.text("reason"),
            },
            "entry_corrected.v1" => Event::EntryCorrected {
                entry: self.number("entry")?,
                fields: if self.read("void", Json::as_bool)? {
                    None
                } else {
                    Some(self.fields()?)
                },
                reason: self.text("reason"),
            },
            "attachment_added.v2" => Event::AttachmentAdded(Attachment {
                file: self.id("file")?,
                name: self.text("name"),
                note: self.optional_text("note"),
                media: self.name("media")?.to_owned(),
                bytes: self.read("bytes", Json::as_u64)?,
                hash: self.read("hash", |json| hex_hash(json.as_str()?))?,
                seal: self.optional("seal", |json| json.as_str().map(SealId::new))?,
            }),
            "attachment_removed.v1" => Event::AttachmentRemoved {
                entry: self.number("entry")?,
                reason: self.text("reason"),
            },
            unknown => return Err(Undecodable::UnknownType(unknown.to_owned())),
        })
    }

    fn malformed(&self, part: &str) -> Undecodable {
        Undecodable::Malformed {
            kind: self.0.kind.clone(),
            part: part.to_owned(),
        }
    }

    fn read<T>(&self, part: &str, read: impl Fn(&Json) -> Option<T>) -> Result<T, Undecodable> {
        self.0
            .body
            .get(part)
            .and_then(read)
            .ok_or_else(|| self.malformed(part))
    }

    fn optional<T>(
        &self,
        part: &str,
        read: impl Fn(&Json) -> Option<T>,
    ) -> Result<Option<T>, Undecodable> {
        self.0
            .body
            .get(part)
            .map(|json| read(json).ok_or_else(|| self.malformed(part)))
            .transpose()
    }

    fn name(&self, part: &str) -> Result<&str, Undecodable> {
        self.0
            .body
            .get(part)
            .and_then(Json::as_str)
            .ok_or_else(|| self.malformed(part))
    }

    fn id<T: FromStr>(&self, part: &str) -> Result<T, Undecodable> {
        self.read(part, |json| json.as_str()?.parse().ok())
    }

    fn clock(&self) -> Result<ClockId, Undecodable> {
        Ok(ClockId::new(self.name("clock")?))
    }

    fn number(&self, part: &str) -> Result<u32, Undecodable> {
        self.read(part, |json| u32::try_from(json.as_u64()?).ok())
    }

    fn instant(&self, part: &str) -> Result<Timestamp, Undecodable> {
        self.read(part, json_instant)
    }

    /// A sealed text; empty once its key was erased.
    fn text(&self, part: &str) -> String {
        self.0
            .sealed
            .get(part)
            .and_then(Json::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// A sealed text that need not have been given; empty if it was given and erased.
    fn optional_text(&self, part: &str) -> Option<String> {
        self.0
            .body
            .contains_key(&format!("has_{part}"))
            .then(|| self.text(part))
    }

    fn fields(&self) -> Result<Fields, Undecodable> {
        let mut fields = Fields::new();
        for part in [&self.0.body, &self.0.sealed, &self.0.sealed_party] {
            for (name, json) in part
                .get("fields")
                .and_then(Json::as_object)
                .unwrap_or(&Map::new())
            {
                let value = json_value(json).ok_or_else(|| self.malformed(name))?;
                fields.insert(FieldId::new(name), value);
            }
        }
        Ok(fields)
    }
}
