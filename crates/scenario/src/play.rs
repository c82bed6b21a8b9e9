//! Playing a test step by step, up to the first difference.

use huiyin_calendar::Calendar;
use huiyin_case::{Command, Refusal};
use huiyin_diagnostic::Finding;
use huiyin_policy::model::{ClauseId, Policy};
use huiyin_policy::yaml::{Entry, Node};

use crate::codes::{MISSING_KEY, NOT_REFUSED, REFUSED, TIME_GOES_BACK, different};
use crate::command::{actor_line, command, raising};
use crate::entry::Entering;
use crate::expect::check;
use crate::names::Of;
use crate::reading::{Read, only, text, time, unknown_name};
use crate::requires::check_required;
use crate::suite::{Suite, Test};
use crate::walk::WalkStep;
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
    play_told(test, suite, policy, calendar, &mut |_| {})
}

/// The same, telling each command with what came of it.
pub(crate) fn play_told(
    test: &Test<'_>,
    suite: &Suite<'_>,
    policy: &Policy,
    calendar: &Calendar,
    tell: &mut dyn FnMut(WalkStep),
) -> Read<()> {
    play_in(&mut world(suite, policy, calendar), test, suite, tell)
}

/// A world in which nothing has happened yet.
pub(crate) fn world<'a>(
    suite: &'a Suite<'_>,
    policy: &'a Policy,
    calendar: &'a Calendar,
) -> World<'a> {
    World::new(policy, calendar, &suite.cast.organisation)
}

/// Plays a test in a world, which keeps what happened.
pub(crate) fn play_in(
    world: &mut World<'_>,
    test: &Test<'_>,
    suite: &Suite<'_>,
    tell: &mut dyn FnMut(WalkStep),
) -> Read<()> {
    let entering = Entering {
        policy: world.policy,
        calendar: world.calendar,
        cast: &suite.cast,
        forms: suite.forms,
        leave_out: None,
        cases: &[],
        as_written: false,
    };
    test.steps
        .iter()
        .try_for_each(|step| play_step(*step, entering, world, tell))
}

fn play_step(
    step: Node<'_>,
    entering: Entering<'_>,
    world: &mut World<'_>,
    tell: &mut dyn FnMut(WalkStep),
) -> Read<()> {
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
        return Err(unknown_name(node.place(), "case", name, known.into_iter()));
    }
    if let Some(line) = actor_line(step, entering.cast)? {
        let refused = step.get("refused");
        let cases = world.case_names();
        let entering = Entering {
            cases: &cases,
            as_written: refused.is_some_and(is_about_fields),
            ..entering
        };
        refused.map_or(Ok(()), |refused| check_refused(refused, entering))?;
        check_required(step, line, entering, world)?;
        let asked = Asked::read(step, line, entering, world)?;
        let result = asked.carry_out(step, world)?;
        let code = result.as_ref().err().map(|refusal| refusal.rule.code());
        judge(result, line, refused)?;
        tell(WalkStep {
            now: world.now.unwrap_or_default(),
            command: asked.command,
            raised: asked.raised,
            refused: code,
            after: world.case().map(|case| case.state.clone()),
        });
    }
    step.get("expect")
        .map_or(Ok(()), |expected| check(expected, world, entering.cast))
}

/// The command of a step.
struct Asked {
    command: Command,
    /// The opening of the case that is raised out of the one at hand, if one is.
    raised: Option<Command>,
}

impl Asked {
    fn read(
        step: Node<'_>,
        line: Entry<'_>,
        entering: Entering<'_>,
        world: &World<'_>,
    ) -> Read<Self> {
        Ok(match raising(step, line, entering, world)? {
            Some((command, open)) => Self {
                command,
                raised: Some(open),
            },
            None => Self {
                command: command(step, line, entering, world)?,
                raised: None,
            },
        })
    }

    fn carry_out(&self, step: Node<'_>, world: &mut World<'_>) -> Read<Result<(), Refusal>> {
        let name = step.get("as").map(text).transpose()?;
        Ok(match &self.raised {
            Some(open) => world.raise(&self.command, open, name),
            None => world.carry_out(&self.command, name),
        })
    }
}

/// Gives the command of a step; the answer is the engine's.
pub(crate) fn carry_out(
    step: Node<'_>,
    line: Entry<'_>,
    entering: Entering<'_>,
    world: &mut World<'_>,
) -> Read<Result<(), Refusal>> {
    Asked::read(step, line, entering, world)?.carry_out(step, world)
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

/// Whether a step says that a field, or what is filled in, is refused.
fn is_about_fields(refused: Node<'_>) -> bool {
    let rule = refused.get("rule").and_then(Node::scalar);
    matches!(rule, Some("field_unknown" | "field_invalid"))
}

/// That there are a rule and a clause such as a refusal is said to give.
fn check_refused(refused: Node<'_>, entering: Entering<'_>) -> Read<()> {
    only(refused, &["rule", "clause"])?;
    let names = entering.names();
    if let Some(rule) = refused.get("rule") {
        names.check(Of::Rule, text(rule)?, rule.place())?;
    }
    match refused.get("clause") {
        Some(clause) => names.check_words(&[Of::Clause], &["none"], clause),
        None => Ok(()),
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
