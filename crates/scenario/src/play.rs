//! Playing a test step by step, up to the first difference.

use huiyin_calendar::Calendar;
use huiyin_case::Refusal;
use huiyin_policy::model::{ClauseId, Policy};
use huiyin_policy::yaml::{Entry, Node};

use crate::codes::{MISSING_KEY, NOT_REFUSED, REFUSED, TIME_GOES_BACK, different, finding};
use crate::command::{actor_line, command};
use crate::entry::Entering;
use crate::expect::check;
use crate::reading::{Read, only, text, time};
use crate::suite::{Suite, Test};
use crate::world::World;

/// Plays a test.
///
/// # Errors
///
/// The first difference, or the first mistake in the file.
pub(crate) fn play(
    test: &Test<'_>,
    suite: &Suite<'_>,
    policy: &Policy,
    calendar: &Calendar,
) -> Read<()> {
    let organisation = &suite.cast.organisation;
    let mut world = World {
        policy,
        calendar,
        organisation,
        now: None,
        events: Vec::new(),
        state: None,
    };
    let entering = Entering {
        policy,
        calendar,
        cast: &suite.cast,
        forms: suite.forms,
    };
    test.steps
        .iter()
        .try_for_each(|step| play_step(*step, entering, &mut world))
}

fn play_step(step: Node<'_>, entering: Entering<'_>, world: &mut World<'_>) -> Read<()> {
    move_time(step, entering, world)?;
    if let Some(line) = actor_line(step, entering.cast)? {
        let command = command(step, line, entering, world)?;
        let result = world.carry_out(&command);
        judge(result, line, step.get("refused"))?;
    }
    step.get("expect")
        .map_or(Ok(()), |expected| check(expected, world, entering.cast))
}

fn move_time(step: Node<'_>, entering: Entering<'_>, world: &mut World<'_>) -> Read<()> {
    match (step.get("at"), world.now) {
        (None, None) => Err(Box::new(finding(
            MISSING_KEY,
            step.place(),
            &[("name", "at")],
        ))),
        (None, Some(_)) => Ok(()),
        (Some(node), now) => {
            let to = time(node, entering.calendar)?;
            if now.is_some_and(|now| to < now) {
                return Err(Box::new(finding(TIME_GOES_BACK, node.place(), &[])));
            }
            world.go_on_to(to);
            Ok(())
        }
    }
}

/// Whether a command was refused exactly as expected: `refused: {rule: needs_act, clause: P1.5}`.
fn judge(result: Result<(), Refusal>, line: Entry<'_>, expected: Option<Node<'_>>) -> Read<()> {
    match (result, expected) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(expected)) => Err(Box::new(finding(NOT_REFUSED, expected.place(), &[]))),
        (Err(refusal), None) => {
            let clause = refusal.clause.as_ref().map_or("-", ClauseId::as_str);
            let args = [("rule", refusal.rule.code()), ("clause", clause)];
            Err(Box::new(finding(REFUSED, line.value.place(), &args)))
        }
        (Err(refusal), Some(expected)) => {
            only(expected, &["rule", "clause"])?;
            let clause = refusal.clause.as_ref().map_or("none", ClauseId::as_str);
            for (key, found) in [("rule", refusal.rule.code()), ("clause", clause)] {
                if let Some(node) = expected.get(key)
                    && text(node)? != found
                {
                    return Err(Box::new(different(node.place(), key, text(node)?, found)));
                }
            }
            Ok(())
        }
    }
}
