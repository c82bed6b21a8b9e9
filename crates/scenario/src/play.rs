//! Playing a test step by step, up to the first difference.

use huiyin_calendar::Calendar;
use huiyin_case::Refusal;
use huiyin_diagnostic::Finding;
use huiyin_policy::model::{ClauseId, Policy};
use huiyin_policy::yaml::{Entry, Node};

use crate::codes::{MISSING_KEY, NOT_REFUSED, REFUSED, TIME_GOES_BACK, different};
use crate::command::{actor_line, command, raising};
use crate::entry::Entering;
use crate::expect::check;
use crate::reading::{Read, only, text, time, unknown_name};
use crate::requires::check_required;
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
    let mut world = World::new(policy, calendar, organisation);
    let entering = Entering {
        policy,
        calendar,
        cast: &suite.cast,
        forms: suite.forms,
        leave_out: None,
    };
    test.steps
        .iter()
        .try_for_each(|step| play_step(*step, entering, &mut world))
}

fn play_step(step: Node<'_>, entering: Entering<'_>, world: &mut World<'_>) -> Read<()> {
    move_time(step, entering, world)?;
    if let Some(node) = step.get("case")
        && !world.turn_to(text(node)?)
    {
        let known: Vec<&str> = world
            .cases()
            .iter()
            .filter_map(|case| case.name.as_deref())
            .collect();
        let name = text(node)?;
        return Err(unknown_name(node, "case", name, known.into_iter()));
    }
    if let Some(line) = actor_line(step, entering.cast)? {
        check_required(step, line, entering, world)?;
        let result = carry_out(step, line, entering, world)?;
        judge(result, line, step.get("refused"))?;
    }
    step.get("expect")
        .map_or(Ok(()), |expected| check(expected, world, entering.cast))
}

/// Gives the command of a step; the answer is the engine's.
pub(crate) fn carry_out(
    step: Node<'_>,
    line: Entry<'_>,
    entering: Entering<'_>,
    world: &mut World<'_>,
) -> Read<Result<(), Refusal>> {
    let name = step.get("as").map(text).transpose()?;
    Ok(match raising(step, line, entering, world)? {
        Some((raise, open)) => world.raise(&raise, &open, name),
        None => world.carry_out(&command(step, line, entering, world)?, name),
    })
}

fn move_time(step: Node<'_>, entering: Entering<'_>, world: &mut World<'_>) -> Read<()> {
    match (step.get("at"), world.now) {
        (None, None) => Err(Box::new(Finding::by_code(
            MISSING_KEY,
            step.place(),
            &[("name", "at")],
        ))),
        (None, Some(_)) => Ok(()),
        (Some(node), now) => {
            let to = time(node, entering.calendar)?;
            if now.is_some_and(|now| to < now) {
                return Err(Box::new(Finding::by_code(
                    TIME_GOES_BACK,
                    node.place(),
                    &[],
                )));
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
        (Ok(()), Some(expected)) => Err(Box::new(Finding::by_code(
            NOT_REFUSED,
            expected.place(),
            &[],
        ))),
        (Err(refusal), None) => {
            let clause = refusal.clause.as_ref().map_or("-", ClauseId::as_str);
            let args = [("rule", refusal.rule.code()), ("clause", clause)];
            Err(Box::new(Finding::by_code(
                REFUSED,
                line.value.place(),
                &args,
            )))
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
