//! Who there is, what they fill in, and whether offers keep their word.

use std::num::NonZeroU32;

use huiyin_case::command::{Act, Command};
use huiyin_case::decide;
use huiyin_case::link::OtherCase;
use huiyin_case::offers::{Offer, Offered, offers};
use huiyin_case::party::NewParty;
use huiyin_case::receipt::ReceiptHash;
use huiyin_case::state::Stage;
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{ChoiceId, DataClass, Employee, FieldType, PartId, PartyRoleId};
use huiyin_settlement::Money;
use huiyin_testkit::{Story, case_id, party_id, person_id, unit_id};

/// Everyone, and one who is unknown.
pub(crate) const PEOPLE: [&str; 13] = [
    "dora", "dick", "mia", "moe", "ben", "sam", "sue", "max", "dana", "sol", "sid", "hana",
    "nobody",
];

/// A part filled in completely; `seed` varies the values.
pub(crate) fn filled(story: &Story, part: &PartId, seed: u8) -> Fields {
    let declared = &story.policy.parts[part];
    let choice = |choices: &indexmap::IndexMap<ChoiceId, _>| {
        choices
            .get_index(usize::from(seed) % choices.len())
            .map(|(choice, _): (&ChoiceId, &huiyin_policy::model::Text)| choice.clone())
    };
    let value = |ty: &FieldType| {
        Some(match ty {
            FieldType::Text { .. } => Value::Text(format!("第{seed}项")),
            FieldType::Bool => Value::Bool(seed.is_multiple_of(2)),
            FieldType::Integer => Value::Integer(i64::from(seed)),
            FieldType::Money => Value::Money(Money::yuan(i32::from(seed) * 10)),
            FieldType::Percent => Value::Percent("5".parse().ok()?),
            FieldType::Quantity => Value::Quantity(u32::from(seed).into()),
            FieldType::Date => Value::Date(story.calendar.date_of(story.now)),
            FieldType::Instant => Value::Instant(story.now),
            FieldType::OneOf(choices) => Value::OneOf(choice(choices)?),
            FieldType::ManyOf(choices) => Value::ManyOf(vec![choice(choices)?]),
            ty @ FieldType::Category { .. } => {
                let (tree, _) = story.policy.tree_of(ty)?;
                let leaves: Vec<&ChoiceId> = tree
                    .nodes
                    .iter()
                    .filter(|(_, node)| node.is_leaf)
                    .map(|(id, _)| id)
                    .collect();
                Value::OneOf(leaves[usize::from(seed) % leaves.len()].clone())
            }
            FieldType::Unit => Value::Unit(unit_id("north")),
            FieldType::Person => Value::Person(person_id("mia")),
            FieldType::Case | FieldType::Rows(_) => return None,
        })
    };
    declared
        .fields
        .iter()
        .filter_map(|(id, field)| Some((id.clone(), value(&field.ty)?)))
        .collect()
}

/// The command an offer stands for, filled in; the first outcome that can be recorded.
pub(crate) fn command_of(story: &Story, who: &str, offer: &Offer, seed: u8) -> Option<Act> {
    let reason = "because".to_owned();
    let own = story
        .organisation
        .persons
        .get(&person_id(who))
        .map(|person| person.unit);
    let from = story.state().lead_unit.or(own);
    let other = || {
        ["north", "south"]
            .map(unit_id)
            .into_iter()
            .find(|&unit| from != Some(unit))
    };
    Some(match &offer.what {
        Offered::Record(act) => {
            let mut fields = offer
                .part
                .as_ref()
                .map(|part| filled(story, part, seed))
                .unwrap_or_default();
            let possible: Vec<&ChoiceId> = offer
                .outcomes
                .iter()
                .filter(|(_, refusal)| refusal.is_none())
                .map(|(outcome, _)| outcome)
                .collect();
            let field = story.policy.acts[act].outcome.clone();
            if let (Some(field), false) = (field, possible.is_empty()) {
                fields.insert(
                    field,
                    Value::OneOf(possible[usize::from(seed) % possible.len()].clone()),
                );
            }
            Act::Record {
                act: act.clone(),
                fields,
            }
        }
        Offered::OpenSeal(seal) => Act::OpenSeal {
            seal: seal.clone(),
            reason,
        },
        Offered::Note => Act::Note { text: reason },
        Offered::Dispatch => Act::Dispatch {
            to: other()?,
            reason: Some(reason),
        },
        Offered::Transfer => Act::Transfer {
            to: other()?,
            reason: Some(reason),
        },
        Offered::Accept => Act::Accept,
        Offered::Refuse => Act::Refuse { reason },
        Offered::Pause(clock) => {
            let kind = &story.policy.kinds[&story.state().opening.kind];
            let pause = kind.clocks[clock].pause.as_ref()?;
            Act::Pause {
                clock: clock.clone(),
                reason: pause.reasons.keys().next()?.clone(),
                note: reason,
            }
        }
        Offered::Resume(clock) => Act::Resume {
            clock: clock.clone(),
        },
        Offered::Extend(clock) => Act::Extend {
            clock: clock.clone(),
            more: NonZeroU32::MIN,
            reason,
        },
        Offered::Close => Act::Close {
            reason: Some(reason),
        },
        Offered::Reopen => Act::Reopen { reason },
        Offered::Archive => Act::Archive,
        Offered::IssueReceipt => Act::IssueReceipt {
            receipt: ReceiptHash::new([seed; 32]),
        },
        Offered::Withdraw => Act::Withdraw {
            told_by: "the customer".to_owned(),
            reason,
        },
        Offered::Link(kind) => Act::Link {
            other: Box::new(other_case(story)),
            kind: *kind,
        },
        Offered::AddParty(role) => Act::AddParty {
            party: party_id(&format!("party {}", story.state().seq)),
            new: new_party(story, role, seed),
        },
        Offered::RemoveParty(role) => Act::RemoveParty {
            party: story.state().parties_in(role).next()?.id,
            reason,
        },
        Offered::SetLevel(levels) => Act::SetLevel {
            levels: levels.clone(),
            level: story.policy.levels[levels].scale.keys().last().cloned(),
            reason,
        },
        Offered::Raise(kind) => Act::Raise {
            case: case_id("raised"),
            kind: kind.clone(),
        },
    })
}

/// Another open case of the same kind.
fn other_case(story: &Story) -> OtherCase {
    let opening = &story.state().opening;
    OtherCase {
        case: case_id("other"),
        policy: opening.policy.clone(),
        kind: opening.kind.clone(),
        stage: Stage::Open,
        opened_at: opening.at,
    }
}

/// An outsider, or one of the people where the role is theirs alone; of three employees one is complained of.
fn new_party(story: &Story, role: &PartyRoleId, seed: u8) -> NewParty {
    let declared = &story.policy.parties[role];
    let free = ["sid", "mia", "moe"]
        .map(person_id)
        .into_iter()
        .find(|person| {
            let mut parties = story.state().parties_in(role);
            parties.all(|party| party.person != Some(*person))
        });
    let employee = declared.employee != Employee::Never && seed.is_multiple_of(2);
    let person = free.filter(|_| employee);
    let part = declared.part.as_ref().expect("every role has a part");
    let mut fields = filled(story, part, seed);
    if person.is_some() {
        let declared = &story.policy.parts[part].fields;
        fields.retain(|id, _| declared[id].class == DataClass::Ordinary);
    }
    NewParty {
        role: role.clone(),
        person,
        fields,
    }
}

/// Compares every offer to everyone with what the engine does.
pub(crate) fn check_offers(story: &Story) {
    for who in PEOPLE {
        for offer in offers(story.state(), &story.context(), person_id(who).into()) {
            let act = command_of(story, who, &offer, 3).expect("an offer can be tried");
            let command = Command {
                actor: person_id(who).into(),
                acting_for: None,
                occurred: None,
                act,
            };
            let decided = decide(Some(story.state()), &story.context(), &command);
            assert_eq!(
                decided.is_ok(),
                offer.refusal.is_none(),
                "{who} {offer:?}: {:?}",
                decided.err()
            );
        }
    }
}
