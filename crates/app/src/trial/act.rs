//! What a step of a course asks of the engine.

use huiyin_case::command::Act;
use huiyin_case::id::PartyId;
use huiyin_case::link::OtherCase;
use huiyin_case::party::NewParty;
use huiyin_case::state::CaseState;
use huiyin_case::state::entry::EntryKind;
use huiyin_case::value::Fields;
use huiyin_policy::model::{ActId, ChoiceId, LevelsId, LinkKind, PartId, Policy};
use huiyin_policy::yaml::{Node, Shape};

use super::plan::{Names, PlannedStep, fields, given};
use crate::ids;
use crate::source::{Source, Wrong};

/// A step's command, for the case as it is by then.
pub(super) struct Asked<'a> {
    pub(super) source: &'a Source,
    pub(super) policy: &'a Policy,
    pub(super) names: &'a Names<'a>,
    pub(super) state: &'a CaseState,
    /// The case with a subject, as it is by then.
    pub(super) other: &'a dyn Fn(&str) -> Option<OtherCase>,
}

impl Asked<'_> {
    /// Reads it.
    ///
    /// # Errors
    /// When the words can't be used.
    pub(super) fn act(&self, step: &PlannedStep<'_>) -> Result<Act, Wrong> {
        let source = self.source;
        let node = step.given;
        let reason = || source.text(node).map(str::to_owned);
        Ok(match step.what {
            "accept" => Act::Accept,
            "archive" => Act::Archive,
            "close" => Act::Close {
                reason: node.scalar().map(str::to_owned),
            },
            "refuse" => Act::Refuse { reason: reason()? },
            "reopen" => Act::Reopen { reason: reason()? },
            "note" => Act::Note { text: reason()? },
            "withdraw" => self.withdraw(node)?,
            "dispatch" => {
                let (to, reason) = self.passed(node)?;
                Act::Dispatch { to, reason }
            }
            "transfer" => {
                let (to, reason) = self.passed(node)?;
                Act::Transfer { to, reason }
            }
            what => match what.split_once(' ') {
                Some(("correct", what)) => self.correct(what, step)?,
                Some(("link", kind)) => self.link(kind, step)?,
                Some(("party", role)) => self.party(role, step)?,
                Some(("level", scale)) => self.level(scale, step)?,
                _ => self.record(what, step)?,
            },
        })
    }

    /// `产品部`, or `{to: 产品部, reason: …}`.
    fn passed(&self, node: Node<'_>) -> Result<(huiyin_case::id::UnitId, Option<String>), Wrong> {
        if node.shape() == Shape::Scalar {
            return Ok((self.names.unit(self.source, node)?, None));
        }
        self.source.only(node, &["to", "reason"])?;
        let to = self.source.need(node, "to")?;
        let reason = node.get("reason").and_then(Node::scalar);
        Ok((self.names.unit(self.source, to)?, reason.map(str::to_owned)))
    }

    /// `{told_by: 客户, reason: …}`.
    fn withdraw(&self, node: Node<'_>) -> Result<Act, Wrong> {
        self.source.only(node, &["told_by", "reason"])?;
        let text = |key| -> Result<String, Wrong> {
            let given = self.source.need(node, key)?;
            Ok(self.source.text(given)?.to_owned())
        };
        Ok(Act::Withdraw {
            told_by: text("told_by")?,
            reason: text("reason")?,
        })
    }

    /// `link recomplaint: SUBJECT`, the subject being that of the other case.
    fn link(&self, kind: &str, step: &PlannedStep<'_>) -> Result<Act, Wrong> {
        let kind = LinkKind::named(kind)
            .ok_or_else(|| self.source.wrong(step.place, "there is no such link"))?;
        let subject = self.source.text(step.given)?;
        let other = (self.other)(subject).ok_or_else(|| {
            let what = format!("there is no case about `{subject}` by then");
            self.source.wrong(step.place, what)
        })?;
        Ok(Act::Link {
            other: Box::new(other),
            kind,
        })
    }

    /// `party accused: {person: 陈思远, matter: …}`; without `person` it is an outsider.
    fn party(&self, role: &str, step: &PlannedStep<'_>) -> Result<Act, Wrong> {
        let (source, names) = (self.source, self.names);
        let declared = self.policy.parties.get_key_value(role);
        let (id, declared) = declared.ok_or_else(|| {
            source.wrong(step.place, format!("there is no role of parties `{role}`"))
        })?;
        let person = step.given.get("person");
        let person = person.map(|node| names.person(source, node.place(), source.text(node)?));
        let given = source.entries(step.given)?;
        let given = given.filter(|entry| entry.key != "person");
        let fields = match &declared.part {
            Some(part) => fields(source, self.policy, part, given)?,
            None => Fields::new(),
        };
        Ok(Act::AddParty {
            party: PartyId::new(ids::new()),
            new: NewParty {
                role: id.clone(),
                person: person.transpose()?,
                fields,
            },
        })
    }

    /// `level urgency: {to: urgent, reason: …}`.
    fn level(&self, scale: &str, step: &PlannedStep<'_>) -> Result<Act, Wrong> {
        let source = self.source;
        source.only(step.given, &["to", "reason"])?;
        let level = source.text(source.need(step.given, "to")?)?;
        let reason = source.text(source.need(step.given, "reason")?)?;
        Ok(Act::SetLevel {
            levels: LevelsId::new(scale),
            level: Some(ChoiceId::new(level)),
            reason: reason.to_owned(),
        })
    }

    fn record(&self, what: &str, step: &PlannedStep<'_>) -> Result<Act, Wrong> {
        let (act, part) = self.declared(what, step)?;
        let fields = match part {
            Some(part) => given(self.source, self.policy, part, step.given)?,
            None => Fields::new(),
        };
        Ok(Act::Record { act, fields })
    }

    /// `correct ACT: {reason: …, void: yes}` or with all fields anew; means the last such act that is not void.
    fn correct(&self, what: &str, step: &PlannedStep<'_>) -> Result<Act, Wrong> {
        let (act, part) = self.declared(what, step)?;
        let is_it = |kind: &EntryKind| matches!(kind, EntryKind::Act { act: id, .. } if *id == act);
        let entry = self
            .state
            .entries
            .iter()
            .rev()
            .find(|entry| !entry.void && is_it(&entry.what))
            .ok_or_else(|| self.source.wrong(step.place, "there is nothing to correct"))?;
        let reason = self.source.need(step.given, "reason")?;
        let given = step.given.entries();
        let given = given.filter(|entry| !["reason", "void"].contains(&entry.key));
        let fields = match part {
            Some(part) if step.given.get("void").is_none() => {
                Some(fields(self.source, self.policy, part, given)?)
            }
            _ => None,
        };
        Ok(Act::Correct {
            entry: entry.seq,
            fields,
            reason: self.source.text(reason)?.to_owned(),
        })
    }

    fn declared(
        &self,
        what: &str,
        step: &PlannedStep<'_>,
    ) -> Result<(ActId, Option<&PartId>), Wrong> {
        let declared = self.policy.acts.get_key_value(what);
        let (id, act) = declared.ok_or_else(|| {
            self.source
                .wrong(step.place, format!("the policy has no act `{what}`"))
        })?;
        Ok((id.clone(), act.part.as_ref()))
    }
}
