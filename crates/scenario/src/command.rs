//! Commands as a test writes them: `dora: transfer north`.

use std::num::NonZeroU32;

use huiyin_case::Actor;
use huiyin_case::command::{Act, Command, Occurred, OpenedBy};
use huiyin_case::id::{CaseId, PartyId, PersonId};
use huiyin_case::link::OtherCase;
use huiyin_case::objection::decider_above;
use huiyin_case::party::NewParty;
use huiyin_case::receipt::ReceiptHash;
use huiyin_case::state::entry::EntryKind;
use huiyin_policy::model::{
    ActId, ChannelId, ChoiceId, ClockId, KindId, LevelsId, LinkKind, PartId, PartyRoleId,
    PauseReasonId, SealId,
};
use huiyin_policy::yaml::{Entry, Node};
use uuid::Uuid;

use crate::cast::Cast;
use crate::entry::Entering;
use crate::names::{Names, Of, among};
use crate::reading::{Read, bad, need, only, text, time, unknown_key, unknown_name, yes_no};
use crate::world::{Case, World, case_named};

/// The lines a command step may have beside the person's own.
pub(crate) const KEYS: [&str; 24] = [
    "acting_for",
    "to",
    "at",
    "case",
    "as",
    "channel",
    "with",
    "first_contact",
    "parties",
    "who",
    "reason",
    "for",
    "note",
    "more",
    "text",
    "void",
    "consent",
    "happened",
    "late_because",
    "repeats",
    "to",
    "told_by",
    "refused",
    "requires",
];

/// The person who acts in a step: the one line that is no other word.
pub(crate) fn actor_line<'t>(step: Node<'t>, cast: &Cast) -> Read<Option<Entry<'t>>> {
    let mut others = step
        .entries()
        .filter(|entry| !KEYS.contains(&entry.key) && entry.key != "expect");
    let actor = others.next();
    if let Some(entry) = actor
        .filter(|entry| cast.actor(entry.key).is_none())
        .or_else(|| others.next())
    {
        return Err(unknown_key(entry, &KEYS));
    }
    Ok(actor)
}

/// Reads the command of a step.
pub(crate) fn command(
    step: Node<'_>,
    line: Entry<'_>,
    entering: Entering<'_>,
    world: &World<'_>,
) -> Read<Command> {
    let occurred = match step.get("happened") {
        None => None,
        Some(node) => {
            let reason = step
                .get("late_because")
                .map(text)
                .transpose()?
                .unwrap_or_default()
                .to_owned();
            Some(Occurred {
                at: time(node, entering.calendar)?,
                reason,
            })
        }
    };
    let words = Words {
        step,
        entering,
        world,
    };
    Ok(Command {
        actor: entering.cast.actor(line.key).unwrap_or(Actor::System),
        acting_for: acting_for(step, entering.cast)?,
        occurred,
        act: words.act(line.value)?,
    })
}

/// Reads `raise KIND`: what is put on record of the case at hand, and the opening of the new one.
pub(crate) fn raising(
    step: Node<'_>,
    line: Entry<'_>,
    entering: Entering<'_>,
    world: &World<'_>,
) -> Read<Option<(Command, Command)>> {
    let Some(kind) = text(line.value)?.strip_prefix("raise ") else {
        return Ok(None);
    };
    let words = Words {
        step,
        entering,
        world,
    };
    let (kind, part) = words.declared_kind(kind, line.value)?;
    let fields = entering.fields(step.get("with"), Some(&part))?;
    let case = words.new_case()?;
    let acting_for = acting_for(step, entering.cast)?;
    let command = |act| Command {
        actor: entering.cast.actor(line.key).unwrap_or(Actor::System),
        acting_for,
        occurred: None,
        act,
    };
    let origin = world.case().map(|case| &case.state);
    let organisation = world.organisation;
    // That nothing was decided yet is said when the case is raised.
    let above = origin
        .and_then(|state| decider_above(world.policy, organisation, state, &kind).ok())
        .flatten();
    let open = Act::Open {
        case,
        customer: PartyId::new(Uuid::nil()),
        by: OpenedBy::Raised {
            from: world
                .case()
                .map_or(CaseId::new(Uuid::nil()), |case| case.id),
            above,
            kind: kind.clone(),
            fields,
        },
    };
    Ok(Some((command(Act::Raise { case, kind }), command(open))))
}

/// Where the ids of parties begin; the customer is 1.
const FIRST_PARTY: u128 = 2;

/// For whom the person acts, if not in his own right.
fn acting_for(step: Node<'_>, cast: &Cast) -> Read<Option<PersonId>> {
    step.get("acting_for")
        .map(|node| cast.person(node))
        .transpose()
}

fn link_kind(word: &str, node: Node<'_>) -> Read<LinkKind> {
    LinkKind::named(word).ok_or_else(|| bad(node, "command"))
}

struct Words<'s> {
    step: Node<'s>,
    entering: Entering<'s>,
    world: &'s World<'s>,
}

impl Words<'_> {
    fn act(&self, node: Node<'_>) -> Read<Act> {
        let (verb, object) = text(node)?.split_once(' ').unwrap_or((text(node)?, ""));
        let reason = self
            .step
            .get("reason")
            .map(text)
            .transpose()?
            .map(str::to_owned);
        let given = || reason.clone().unwrap_or_default();
        Ok(match (verb, object) {
            ("register", kind) => self.register(kind, node)?,
            ("submit", kind) => self.submit(kind, node)?,
            ("issue_receipt", "") => Act::IssueReceipt {
                receipt: ReceiptHash::new([0; 32]),
            },
            ("record", act) => self.record(act, node)?,
            ("note", "") => Act::Note {
                text: text(need(self.step, "text")?)?.to_owned(),
            },
            ("dispatch", unit) => Act::Dispatch {
                to: self.entering.cast.unit_named(unit, node)?,
                reason,
            },
            ("transfer", unit) => Act::Transfer {
                to: self.entering.cast.unit_named(unit, node)?,
                reason,
            },
            ("accept", "") => Act::Accept,
            ("refuse", "") => Act::Refuse { reason: given() },
            ("pause", clock) => {
                let why = need(self.step, "for")?;
                self.names()
                    .check(Of::PauseReason, text(why)?, why.place())?;
                let reason = PauseReasonId::new(text(why)?);
                let note = self
                    .step
                    .get("note")
                    .map(text)
                    .transpose()?
                    .unwrap_or_default()
                    .to_owned();
                Act::Pause {
                    clock: self.clock(clock, node)?,
                    reason,
                    note,
                }
            }
            ("resume", clock) => Act::Resume {
                clock: self.clock(clock, node)?,
            },
            ("extend", clock) => Act::Extend {
                clock: self.clock(clock, node)?,
                more: self.units()?,
                reason: given(),
            },
            ("hand_over", person) => Act::HandOver {
                from: self.entering.cast.person_named(person, node)?,
                to: self
                    .step
                    .get("to")
                    .map(|node| self.entering.cast.person(node))
                    .transpose()?,
                reason: given(),
            },
            ("add", role) => Act::AddParty {
                party: self.new_party(),
                new: self.party(role, self.step, node)?,
            },
            ("remove", role) => Act::RemoveParty {
                party: self.known_party(role, node)?,
                reason: given(),
            },
            ("set", what) => {
                let (levels, level) = what.split_once(' ').unwrap_or((what, ""));
                self.check_level(levels, level, node)?;
                Act::SetLevel {
                    levels: LevelsId::new(levels),
                    level: (!level.is_empty()).then(|| ChoiceId::new(level)),
                    reason: given(),
                }
            }
            ("open_seal", seal) => Act::OpenSeal {
                seal: self.seal(seal, node)?,
                reason: given(),
            },
            ("close", "") => Act::Close { reason },
            ("reopen", "") => Act::Reopen { reason: given() },
            ("archive", "") => Act::Archive,
            ("withdraw", "") => Act::Withdraw {
                told_by: self.words("told_by")?,
                reason: given(),
            },
            ("link", kind) => Act::Link {
                other: Box::new(self.other(need(self.step, "to")?)?),
                kind: link_kind(kind, node)?,
            },
            ("unlink", kind) => Act::TakeBackLink {
                case: self.other(need(self.step, "to")?)?.case,
                kind: link_kind(kind, node)?,
                reason: given(),
            },
            ("correct", entry) => self.correct(entry, node, given())?,
            _ => return Err(bad(node, "command")),
        })
    }

    fn names(&self) -> Names<'_> {
        self.entering.names()
    }

    fn clock(&self, clock: &str, node: Node<'_>) -> Read<ClockId> {
        self.names().check(Of::Clock, clock, node.place())?;
        Ok(ClockId::new(clock))
    }

    fn seal(&self, seal: &str, node: Node<'_>) -> Read<SealId> {
        self.names().check(Of::Seal, seal, node.place())?;
        Ok(SealId::new(seal))
    }

    fn channel(&self, node: Node<'_>) -> Read<ChannelId> {
        self.names().check(Of::Channel, text(node)?, node.place())?;
        Ok(ChannelId::new(text(node)?))
    }

    /// That there is this scale, and this level on it if one is named.
    fn check_level(&self, levels: &str, level: &str, node: Node<'_>) -> Read<()> {
        self.names().check(Of::Scale, levels, node.place())?;
        let scale = self.entering.policy.levels.get(levels);
        let known = scale.into_iter().flat_map(|scale| scale.scale.keys());
        let known: Vec<String> = known.map(ToString::to_string).collect();
        match level {
            "" => Ok(()),
            level => among(&known, "level", level, node.place()),
        }
    }

    fn register(&self, kind: &str, node: Node<'_>) -> Read<Act> {
        let (id, part) = self.declared_kind(kind, node)?;
        let first_contact = self
            .step
            .get("first_contact")
            .map(|node| self.entering.cast.person(node))
            .transpose()?;
        Ok(Act::Register {
            case: self.new_case()?,
            customer: PartyId::new(Uuid::from_u128(1)),
            kind: id,
            channel: self.channel(need(self.step, "channel")?)?,
            fields: self.entering.fields(self.step.get("with"), Some(&part))?,
            first_contact,
            repeats: match self.step.get("repeats") {
                Some(node) => Some(Box::new(self.other(node)?)),
                None => None,
            },
            parties: self.named_parties()?,
        })
    }

    /// By how many units a clock is extended: `more: 5`.
    fn units(&self) -> Read<NonZeroU32> {
        let node = need(self.step, "more")?;
        text(node)?.parse().map_err(|_| bad(node, "whole"))
    }

    /// A text that may be left out.
    fn words(&self, key: &str) -> Read<String> {
        let given = self.step.get(key).map(text).transpose()?;
        Ok(given.unwrap_or_default().to_owned())
    }

    /// Another case of the test, as it is now.
    fn other(&self, node: Node<'_>) -> Read<OtherCase> {
        let name = text(node)?;
        let cases = self.world.cases();
        let is_called = |case: &&Case| case.name.as_deref() == Some(name);
        let case = cases.iter().rev().find(is_called);
        let known = cases.iter().filter_map(|case| case.name.as_deref());
        let case = case.ok_or_else(|| unknown_name(node.place(), "case", name, known))?;
        Ok(OtherCase {
            case: case.id,
            policy: case.state.opening.policy.clone(),
            kind: case.state.opening.kind.clone(),
            stage: case.state.stage,
            opened_at: case.state.opening.at,
        })
    }

    /// `submit KIND`, with `consent: no` if the customer does not agree.
    fn submit(&self, kind: &str, node: Node<'_>) -> Read<Act> {
        let (id, part) = self.declared_kind(kind, node)?;
        let consents = self.step.get("consent").map(yes_no).transpose()?;
        Ok(Act::Submit {
            case: self.new_case()?,
            customer: PartyId::new(Uuid::from_u128(1)),
            kind: id,
            fields: self.entering.fields(self.step.get("with"), Some(&part))?,
            consents: consents.unwrap_or(true),
            receipt: ReceiptHash::new([0; 32]),
        })
    }

    /// The parties named with a registration: `parties: [{role: accused, who: ning}]`.
    fn named_parties(&self) -> Read<Vec<(PartyId, NewParty)>> {
        let items = self.step.get("parties").into_iter().flat_map(Node::items);
        items
            .zip(FIRST_PARTY..)
            .map(|(item, id)| {
                only(item, &["role", "who", "with"])?;
                let role = need(item, "role")?;
                let party = self.party(text(role)?, item, role)?;
                Ok((PartyId::new(Uuid::from_u128(id)), party))
            })
            .collect()
    }

    /// A party as it is written: one of the people after `who`, fields after `with`.
    fn party(&self, role: &str, lines: Node<'_>, node: Node<'_>) -> Read<NewParty> {
        let roles = &self.entering.policy.parties;
        let unknown = || {
            unknown_name(
                node.place(),
                "party",
                role,
                roles.keys().map(PartyRoleId::as_str),
            )
        };
        let (id, declared) = roles.get_key_value(role).ok_or_else(unknown)?;
        let person = lines.get("who");
        let person = person.map(|node| self.entering.cast.person(node));
        Ok(NewParty {
            role: id.clone(),
            person: person.transpose()?,
            fields: self
                .entering
                .fields(lines.get("with"), declared.part.as_ref())?,
        })
    }

    /// The id of a party about to be added: no two of a case share it.
    fn new_party(&self) -> PartyId {
        let seq = self.world.case().map_or(0, |case| case.state.seq);
        PartyId::new(Uuid::from_u128(FIRST_PARTY + 1_000 + u128::from(seq)))
    }

    /// The party of a role: the one who is that person, or else the last one added.
    fn known_party(&self, role: &str, node: Node<'_>) -> Read<PartyId> {
        self.names().check(Of::Party, role, node.place())?;
        let person = self.step.get("who");
        let person = person.map(|node| self.entering.cast.person(node));
        let person = person.transpose()?;
        let parties = self.world.case().into_iter();
        let mut parties = parties.flat_map(|case| case.state.parties.iter().rev());
        let found = parties.find(|party| {
            party.role.as_str() == role && (person.is_none() || party.person == person)
        });
        Ok(found.map_or(PartyId::new(Uuid::nil()), |party| party.id))
    }

    fn declared_kind(&self, kind: &str, node: Node<'_>) -> Read<(KindId, PartId)> {
        let kinds = &self.entering.policy.kinds;
        let unknown = || unknown_name(node.place(), "kind", kind, kinds.keys().map(KindId::as_str));
        let (id, declared) = kinds.get_key_value(kind).ok_or_else(unknown)?;
        Ok((id.clone(), declared.open.part.clone()))
    }

    /// The id of a case about to be opened: by what the step calls it, or by how many there are.
    fn new_case(&self) -> Read<CaseId> {
        let count = u128::try_from(self.world.cases().len()).unwrap_or(u128::MAX);
        Ok(match self.step.get("as") {
            Some(name) => case_named(text(name)?),
            None => CaseId::new(Uuid::from_u128(count + 1)),
        })
    }

    fn record(&self, act: &str, node: Node<'_>) -> Read<Act> {
        let (id, part) = self.declared_act(act, node)?;
        Ok(Act::Record {
            act: id,
            fields: self.entering.fields(self.step.get("with"), part)?,
        })
    }

    fn declared_act(&self, act: &str, node: Node<'_>) -> Read<(ActId, Option<&PartId>)> {
        let acts = &self.entering.policy.acts;
        let unknown = || unknown_name(node.place(), "act", act, acts.keys().map(ActId::as_str));
        let (id, declared) = acts.get_key_value(act).ok_or_else(unknown)?;
        Ok((id.clone(), declared.part.as_ref()))
    }

    /// `correct registration`, or `correct ACT` for the last such act that is not void.
    fn correct(&self, what: &str, node: Node<'_>, reason: String) -> Read<Act> {
        let state = self.world.case().map(|case| &case.state);
        let kind = state.and_then(|state| state.kind(self.entering.policy));
        let (part, entry) = if what == "registration" {
            (kind.map(|kind| &kind.open.part), 1)
        } else {
            let (id, part) = self.declared_act(what, node)?;
            let is_it = |kind: &EntryKind| matches!(kind, EntryKind::Act { act, .. } if *act == id);
            let entries = state
                .map(|state| state.entries.as_slice())
                .unwrap_or_default();
            let last = entries
                .iter()
                .rev()
                .find(|entry| !entry.void && is_it(&entry.what));
            (part, last.map_or(0, |entry| entry.seq))
        };
        let void = self
            .step
            .get("void")
            .map(yes_no)
            .transpose()?
            .unwrap_or(false);
        let fields = self.entering.fields(self.step.get("with"), part)?;
        Ok(Act::Correct {
            entry,
            fields: Some(fields).filter(|_| !void),
            reason,
        })
    }
}
