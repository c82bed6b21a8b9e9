//! What the customer does himself over the portal (客户门户), and the receipt codes by which he gets in.

use huiyin_policy::model::{DataClass, FieldId, Kind, Part, Portal};

use super::draft::Draft;
use super::register::{begin, form};
use super::{Context, Decision};
use crate::actor::Actor;
use crate::command::{Act, Command};
use crate::event::Event;
use crate::facts::Facts;
use crate::receipt::ReceiptHash;
use crate::refusal::{Refusal, Rule};
use crate::state::Stage;
use crate::value::Fields;

/// Opens the case that a customer brings in himself. Nobody is its taker until somebody accepts it.
pub(super) fn submit(context: &Context<'_>, command: &Command) -> Result<Decision, Refusal> {
    let Act::Submit {
        customer,
        kind: kind_id,
        fields,
        consents,
        receipt,
        ..
    } = &command.act
    else {
        return Err(Rule::UnknownKind.into());
    };
    let kind = context.policy.kinds.get(kind_id).ok_or(Rule::UnknownKind)?;
    let portal = kind.portal.as_ref().ok_or(Rule::NotOnPortal)?;
    if command.actor != Actor::Customer || command.occurred.is_some() {
        return Err(Refusal::of(Rule::NotEntitled, &portal.clause));
    }
    let unasked = fields.keys().find(|field| !portal.fields.contains(field));
    if let Some(field) = unasked {
        return Err(Rule::FieldUnknown(field.to_string()).into());
    }
    let facts = Facts::before(kind_id, &portal.channel, command.actor);
    let fields = form(context, kind).check(fields, facts)?;
    let part = context.policy.parts.get(&kind.open.part);
    let needs_consent = needs_consent(part, portal, &fields);
    if needs_consent && !consents {
        return Err(Refusal::of(Rule::ConsentMissing, &portal.clause));
    }
    let mut draft = Draft::opening(
        context,
        command,
        Event::CaseOpened {
            policy: context.policy.id.clone(),
            policy_version: context.policy_version,
            kind: kind_id.clone(),
            channel: portal.channel.clone(),
            customer: *customer,
            taker: None,
            first_contact: None,
            fields,
        },
    )?;
    if needs_consent {
        draft.push(Event::ConsentGiven);
    }
    draft.push(Event::ReceiptIssued { receipt: *receipt });
    begin(draft)
}

/// Whoever tells nothing personal has nothing to agree to.
fn needs_consent(part: Option<&Part>, portal: &Portal, fields: &Fields) -> bool {
    let is_personal = |field: &FieldId| {
        let field = part.and_then(|part| part.fields.get(field));
        field.is_some_and(|field| field.class == DataClass::Personal)
    };
    portal.consent.is_some() && fields.keys().any(is_personal)
}

/// Issues a new receipt code; the one before opens nothing any more.
pub(super) fn issue_receipt(draft: &mut Draft<'_>, receipt: ReceiptHash) -> Result<(), Refusal> {
    let portal = draft.kind.portal.as_ref().ok_or(Rule::NotOnPortal)?;
    if !draft.admits(&portal.codes_by) {
        return Err(Refusal::of(Rule::NotEntitled, &portal.clause));
    }
    draft.push(Event::ReceiptIssued { receipt });
    Ok(())
}

/// Whether the customer may send one more file: the policy takes some from him, the case is open, and there is room for it.
pub(super) fn takes_file(draft: &Draft<'_>) -> Result<(), Refusal> {
    let portal = draft.kind.portal.as_ref().ok_or(Rule::NotOnPortal)?;
    let refused = |rule| Err(Refusal::of(rule, &portal.clause));
    let Some(files) = portal.files else {
        return refused(Rule::NotEntitled);
    };
    if draft.state.stage != Stage::Open {
        return refused(Rule::CaseEnded);
    }
    let sent = draft.state.attached_by_customer().count();
    if sent >= usize::try_from(files.max).unwrap_or(usize::MAX) {
        return refused(Rule::LimitReached("customer_files"));
    }
    Ok(())
}

/// What a customer can ask for at all; whether he may now, the policy says. He can't date anything back.
pub(super) fn customer_may(kind: &Kind, command: &Command) -> Result<(), Refusal> {
    let is_his = match command.act {
        // It is made sure outside that it is he.
        Act::Attach(_) | Act::Record { .. } | Act::Reopen { .. } => kind.portal.is_some(),
        _ => false,
    };
    if is_his && command.occurred.is_none() {
        Ok(())
    } else {
        Err(Rule::NotEntitled.into())
    }
}
