//! Fields that a command needs: `requires: [subject, contact]` gives the command without each of them first, one after the
//! other, and each time it must be refused for want of that very field.

use huiyin_case::{Refusal, refusal::Rule};
use huiyin_diagnostic::Finding;
use huiyin_policy::model::FieldId;
use huiyin_policy::yaml::{Entry, Node, Shape};

use crate::codes::{NOT_REFUSED, different};
use crate::entry::Entering;
use crate::names::among;
use crate::play::carry_out;
use crate::reading::{Read, text};
use crate::world::World;

/// Gives the command of a step without each field that it is said to need.
///
/// # Errors
///
/// When one of them turns out not to be needed.
pub(crate) fn check_required(
    step: Node<'_>,
    line: Entry<'_>,
    entering: Entering<'_>,
    world: &mut World<'_>,
) -> Read<()> {
    let Some(required) = step.get("requires") else {
        return Ok(());
    };
    let fields: Vec<Node<'_>> = match required.shape() {
        Shape::List => required.items().collect(),
        _ => vec![required],
    };
    for node in fields {
        let field = known_field(node, entering)?;
        let without = Entering {
            leave_out: Some(&field),
            ..entering
        };
        match carry_out(step, line, without, world)? {
            Ok(()) => {
                return Err(Box::new(Finding::by_code(NOT_REFUSED, node.place(), &[])));
            }
            Err(refusal) if !is_for_want_of(&refusal, &field) => {
                let found = refusal.rule.code();
                return Err(Box::new(different(
                    node.place(),
                    "rule",
                    "field_missing",
                    found,
                )));
            }
            Err(_) => {}
        }
    }
    Ok(())
}

/// A field that some part of the policy has.
fn known_field(node: Node<'_>, entering: Entering<'_>) -> Read<FieldId> {
    let parts = entering.policy.parts.values();
    let known = parts.flat_map(|part| part.fields.keys().map(FieldId::to_string));
    among(
        &known.collect::<Vec<_>>(),
        "field",
        text(node)?,
        node.place(),
    )?;
    Ok(FieldId::new(text(node)?))
}

fn is_for_want_of(refusal: &Refusal, field: &FieldId) -> bool {
    let mut all = std::iter::once(refusal).chain(&refusal.also);
    let missing =
        |one: &Refusal| matches!(&one.rule, Rule::FieldMissing(path) if path.field() == field);
    all.any(missing)
}
