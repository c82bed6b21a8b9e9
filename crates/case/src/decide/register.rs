//! Registering a case (登记).

use huiyin_policy::model::{ChannelId, FactPath, FieldId, Kind, LinkKind};

use super::draft::{Draft, acting_person, acting_right};
use super::{Context, Decision, follow, links, parties};
use crate::command::{Act, Command};
use crate::deputy::Right;
use crate::event::Event;
use crate::facts::Facts;
use crate::fields::{Filled, Form};
use crate::id::PersonId;
use crate::numbering::NumberRequest;
use crate::refusal::{Refusal, Rule};
use crate::selector::Who;
use crate::value::Fields;

/// Opens a case: form checked, acts of the opening recorded, first step entered, clocks started.
pub(super) fn register(context: &Context<'_>, command: &Command) -> Result<Decision, Refusal> {
    let Act::Register {
        customer,
        kind: kind_id,
        channel,
        fields,
        first_contact,
        repeats,
        parties: named,
        ..
    } = &command.act
    else {
        return Err(Rule::UnknownKind.into());
    };
    let taker = acting_person(context, command)?;
    let right = acting_right(context, command)?;
    let kind = context.policy.kinds.get(kind_id).ok_or(Rule::UnknownKind)?;
    entitled(context, kind, &right)?;
    channel_open(kind, channel)?;
    let facts = Facts::before(kind_id, channel, command.actor);
    let fields = form(context, kind).check(fields, facts)?;
    let event = Event::CaseOpened {
        policy: context.policy.id.clone(),
        policy_version: context.policy_version,
        kind: kind_id.clone(),
        channel: channel.clone(),
        customer: *customer,
        taker: Some(taker),
        first_contact: known_contact(context, kind, *first_contact)?.or(Some(taker)),
        fields,
    };
    let mut draft = Draft::opening(context, command, event)?;
    // Before anything follows from the opening: conditions may ask for it.
    if let Some(earlier) = repeats {
        links::link(&mut draft, earlier, LinkKind::Recomplaint)?;
    }
    for (id, party) in named {
        parties::put_on_record(&mut draft, *id, party)?;
    }
    begin(draft)
}

/// What follows once a case is opened: the acts of its opening, its first step, its clocks, its number.
pub(super) fn begin(mut draft: Draft<'_>) -> Result<Decision, Refusal> {
    let (context, kind, at) = (draft.context, draft.kind, draft.at);
    draft.grade(at);
    draft.check_needs(&kind.open.needs)?;
    for act in &kind.open.acts {
        let at = draft.at;
        draft.follow_with(
            Event::ActRecorded {
                act: act.clone(),
                outcome: None,
                fields: Fields::new(),
            },
            at,
        );
    }
    if let Some(first) = kind.steps.keys().next() {
        draft.enter(first)?;
    }
    follow::follow(&mut draft)?;
    let series = context.policy.series.get(&kind.open.series);
    let number = series.map(|series| {
        NumberRequest::on(
            context.calendar.date_of(context.now),
            &kind.open.series,
            series,
        )
    });
    Ok(draft.finish(number))
}

fn entitled(context: &Context<'_>, kind: &Kind, right: &Right) -> Result<(), Refusal> {
    let who = Who {
        policy: context.policy,
        organisation: context.organisation,
        state: None,
        on: None,
    };
    if who.entitles(&kind.open.by, right) {
        Ok(())
    } else {
        Err(Refusal::of(Rule::NotEntitled, &kind.open.clause))
    }
}

fn channel_open(kind: &Kind, channel: &ChannelId) -> Result<(), Refusal> {
    if kind.open.channels.contains_key(channel) {
        return Ok(());
    }
    let clause = kind
        .open
        .channels
        .values()
        .flatten()
        .next()
        .unwrap_or(&kind.open.clause);
    Err(Refusal::of(Rule::ChannelNotOpen(channel.clone()), clause))
}

/// The form that a case of a kind is opened with.
pub(super) fn form<'c>(context: &'c Context<'_>, kind: &'c Kind) -> Form<'c> {
    Form {
        policy: context.policy,
        organisation: context.organisation,
        part: Some(&kind.open.part),
        clause: Some(&kind.open.clause),
        sample: &[],
        may_lack: None,
        filled: Filled::Typed,
    }
}

/// The first contact may have left, but must be known.
fn known_contact(
    context: &Context<'_>,
    kind: &Kind,
    contact: Option<PersonId>,
) -> Result<Option<PersonId>, Refusal> {
    match contact {
        Some(person) if !context.organisation.persons.contains_key(&person) => {
            let field = FactPath::new(kind.open.part.clone(), FieldId::new("first_contact"));
            Err(Rule::FieldInvalid {
                field,
                problem: "unknown_person",
            }
            .into())
        }
        contact => Ok(contact),
    }
}
