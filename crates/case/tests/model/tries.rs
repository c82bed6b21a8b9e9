//! What somebody tries: often what he is offered, sometimes anything at all.

use std::num::NonZeroU32;

use huiyin_case::command::{Act, Command, Firing, Occurred};
use huiyin_case::offers::{Offered, offers};
use huiyin_case::{Actor, Refusal, Rule};
use huiyin_policy::model::{ClockId, PauseReasonId};
use huiyin_testkit::{Story, person_id, record, register, unit_id};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::people::{PEOPLE, command_of, filled};

/// One try, in numbers that are bent to what there is.
#[derive(Debug, Clone)]
pub(crate) struct Try {
    who: u8,
    what: u8,
    which: u8,
    minutes: u16,
    backdated: Option<u16>,
}

/// Any try.
pub(crate) fn any_try() -> impl Strategy<Value = Try> {
    let numbers = (
        any::<u8>(),
        any::<u8>(),
        any::<u8>(),
        any::<u16>(),
        any::<Option<u16>>(),
    );
    numbers.prop_map(|(who, what, which, minutes, backdated)| Try {
        who,
        what,
        which,
        minutes,
        backdated,
    })
}

const UNITS: [&str; 6] = ["desk", "north", "bench", "south", "office", "nowhere"];

/// Lets the time go on.
pub(crate) fn wait(story: &mut Story, one: &Try) {
    let later = story.now + SignedDuration::from_mins(i64::from(one.minutes % 600));
    story.until(later);
}

/// Tries it.
pub(crate) fn play(story: &mut Story, kind: &str, one: &Try) -> Result<(), Refusal> {
    let (who, act) = attempt(story, kind, one).ok_or(Rule::CaseEnded)?;
    let is_timer = matches!(act, Act::Fire { .. } | Act::Recompute);
    let occurred = one
        .backdated
        .filter(|_| one.which.is_multiple_of(3) && !is_timer)
        .map(|minutes| Occurred {
            at: story.now - SignedDuration::from_mins(i64::from(minutes % 2000)),
            reason: "entered late".to_owned(),
        });
    let actor = if is_timer {
        Actor::System
    } else {
        person_id(who).into()
    };
    story.carry_out(&Command {
        actor,
        acting_for: None,
        occurred,
        act,
    })
}

/// Most tries are what somebody is offered, so that cases get far; one in four is anything.
fn attempt(story: &Story, kind: &str, one: &Try) -> Option<(&'static str, Act)> {
    let who = pick(&PEOPLE, one.who);
    if story.opened().is_none() {
        let part = &story.policy.kinds.get(kind)?.open.part;
        return Some((who, register(kind, "phone", filled(story, part, one.which))));
    }
    match one.what % 4 {
        0 => anything(story, kind, one).map(|act| (who, act)),
        _ => offered(story, one),
    }
}

/// Something that is offered to the next person who is offered more than a note.
fn offered(story: &Story, one: &Try) -> Option<(&'static str, Act)> {
    let from = usize::from(one.who);
    (from..from + PEOPLE.len()).find_map(|at| {
        let who = PEOPLE[at % PEOPLE.len()];
        let mut offers = offers(story.state(), &story.context(), person_id(who).into());
        offers.retain(|offer| offer.refusal.is_none() && offer.what != Offered::Note);
        let offer = offers.get(usize::from(one.which) % offers.len().max(1))?;
        Some((who, command_of(story, who, offer, one.which / 7)?))
    })
}

fn anything(story: &Story, kind: &str, one: &Try) -> Option<Act> {
    let state = story.state();
    let to = unit_id(pick(&UNITS, one.which));
    let reason = Some("because".to_owned()).filter(|_| !one.which.is_multiple_of(4));
    let clocks: Vec<&ClockId> = story.policy.kinds.get(kind)?.clocks.keys().collect();
    let clock = (*clocks.get(usize::from(one.which) % clocks.len())?).clone();
    let entry = state.entries[usize::from(one.which) % state.entries.len()].seq;
    Some(match one.what / 4 % 17 {
        0..=2 => {
            let acts: Vec<_> = story.policy.acts.iter().collect();
            let (id, act) = acts.get(usize::from(one.which) % acts.len())?;
            let fields = act
                .part
                .as_ref()
                .map(|part| filled(story, part, one.which))
                .unwrap_or_default();
            record(id.as_str(), fields)
        }
        3 => Act::Note {
            text: reason.unwrap_or_default(),
        },
        5 => Act::Dispatch { to, reason },
        6 => Act::Transfer { to, reason },
        7 => Act::Accept,
        8 => Act::Refuse {
            reason: reason.unwrap_or_default(),
        },
        9 => Act::Pause {
            clock,
            reason: PauseReasonId::new("part"),
            note: reason.unwrap_or_default(),
        },
        10 => Act::Resume { clock },
        11 => Act::Close { reason },
        12 => Act::Reopen {
            reason: reason.unwrap_or_default(),
        },
        4 => Act::Archive,
        13 => Act::Correct {
            entry,
            fields: None,
            reason: "wrong".to_owned(),
        },
        14 => {
            let fields = state.entry(entry).map(|entry| entry.fields.clone());
            Act::Correct {
                entry,
                fields,
                reason: "wrong".to_owned(),
            }
        }
        16 => Act::Extend {
            clock,
            more: NonZeroU32::MIN.saturating_add(u32::from(one.which)),
            reason: reason.unwrap_or_default(),
        },
        _ => match one.which % 2 {
            0 => Act::Recompute,
            _ => Act::Fire {
                clock,
                generation: u32::from(one.which) % 4,
                firing: Firing::Due,
            },
        },
    })
}

fn pick(list: &[&'static str], number: u8) -> &'static str {
    list[usize::from(number) % list.len()]
}
