//! What somebody tries: often what he is offered, sometimes anything at all.

use huiyin_case::command::{Act, Command, Firing, Occurred};
use huiyin_case::offers::offers;
use huiyin_case::{Refusal, Rule};
use huiyin_policy::model::{ClockId, PauseReasonId};
use huiyin_testkit::{Story, record, register, unit_id};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::people::{PEOPLE, command_of, filled};

/// One try, in numbers that are bent to what there is.
#[derive(Debug, Clone)]
pub struct Try {
    who: u8,
    what: u8,
    which: u8,
    minutes: u16,
    backdated: Option<u16>,
}

/// Any try.
pub fn any_try() -> impl Strategy<Value = Try> {
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
pub fn wait(story: &mut Story, one: &Try) {
    let later = story.now + SignedDuration::from_mins(i64::from(one.minutes % 3000));
    story.until(later);
}

/// Tries it.
pub fn play(story: &mut Story, kind: &str, one: &Try) -> Result<(), Refusal> {
    let who = pick(&PEOPLE, one.who);
    let act = act(story, kind, one, who).ok_or(Rule::CaseEnded)?;
    let is_timer = matches!(act, Act::Fire { .. } | Act::Recompute);
    let occurred = one
        .backdated
        .filter(|_| one.which % 3 == 0)
        .map(|minutes| Occurred {
            at: story.now - SignedDuration::from_mins(i64::from(minutes)),
            reason: "entered late".to_owned(),
        });
    let actor = Some(huiyin_testkit::person_id(who)).filter(|_| !is_timer);
    story.carry_out(&Command {
        actor,
        occurred: occurred.filter(|_| !is_timer),
        act,
    })
}

fn act(story: &Story, kind: &str, one: &Try, who: &str) -> Option<Act> {
    let Some(state) = story.opened() else {
        let part = &story.policy.kinds.get(kind)?.open.part;
        return Some(register(kind, "phone", filled(story, part, one.which)));
    };
    let offered = || {
        let offers = offers(state, &story.context(), huiyin_testkit::person_id(who));
        let enabled: Vec<_> = offers
            .into_iter()
            .filter(|offer| offer.refusal.is_none())
            .collect();
        let offer = enabled.get(usize::from(one.which) % enabled.len().max(1))?;
        command_of(story, who, offer, one.which / 7)
    };
    let to = unit_id(pick(&UNITS, one.which));
    let reason = Some("because".to_owned()).filter(|_| one.which % 4 != 0);
    let clocks: Vec<&ClockId> = story.policy.kinds.get(kind)?.clocks.keys().collect();
    let clock = (*clocks.get(usize::from(one.which) % clocks.len())?).clone();
    let entry = u32::from(one.which) % state.seq + 1;
    Some(match one.what % 32 {
        0..=15 => offered()?,
        16..=19 => {
            let acts: Vec<_> = story.policy.acts.iter().collect();
            let (id, act) = acts.get(usize::from(one.which) % acts.len())?;
            let fields = act
                .part
                .as_ref()
                .map(|part| filled(story, part, one.which))
                .unwrap_or_default();
            record(id.as_str(), fields)
        }
        20 => Act::Dispatch { to, reason },
        21 => Act::Transfer { to, reason },
        22 => Act::Accept,
        23 => Act::Refuse {
            reason: reason.unwrap_or_default(),
        },
        24 => Act::Pause {
            clock,
            reason: PauseReasonId::new("part"),
            note: reason.unwrap_or_default(),
        },
        25 => Act::Resume { clock },
        26 => Act::Close { reason },
        27 => Act::Reopen {
            reason: reason.unwrap_or_default(),
        },
        28 => Act::Archive,
        29 => Act::Correct {
            entry,
            fields: None,
            reason: "wrong".to_owned(),
        },
        30 => {
            let fields = state.entry(entry).map(|entry| entry.fields.clone());
            Act::Correct {
                entry,
                fields,
                reason: "wrong".to_owned(),
            }
        }
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

fn pick<'a>(list: &[&'a str], number: u8) -> &'a str {
    list[usize::from(number) % list.len()]
}
