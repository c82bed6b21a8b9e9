//! What a unit sets of its own when it adopts a policy: it goes before what the organisation sets, as far as the policy leaves
//! it to units.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write;

use huiyin_calendar::Limit;
use huiyin_diagnostic::{Finding, Findings, Sources};

use super::reading::Reading;
use super::{Checked, figure};
use crate::codes;
use crate::model::{ParamType, ParamValue, UnitRule};
use crate::yaml::{self, Entry, Node, Tree};

/// The name that findings give to what a unit sets; no file of a policy is called so.
const UNIT_FILE: &str = "unit";

/// What the organisation sets a parameter to, as it is written and as it is read.
pub(super) struct Organisation<'t> {
    pub(super) written: Option<Node<'t>>,
    pub(super) value: Option<ParamValue>,
}

/// The values as the lines of a map, one for each parameter.
pub(super) fn tree(
    own: &BTreeMap<String, String>,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Tree> {
    if own.is_empty() {
        return None;
    }
    let mut text = String::new();
    for (name, value) in own {
        let _ = writeln!(text, "{}: {}", quoted(name), quoted(value));
    }
    let file = yaml::decode(UNIT_FILE, text.as_bytes(), sources, findings)?;
    yaml::read(file, sources.text(file), findings)
}

/// The parameter that a finding is about, if it is about one that the unit sets.
pub fn own_parameter<'o>(
    checked: &Checked,
    finding: &Finding,
    own: &'o BTreeMap<String, String>,
) -> Option<&'o str> {
    let (sources, place) = (&checked.sources, finding.place);
    if sources.name(place.file) != UNIT_FILE {
        return None;
    }
    let line = sources.position(place.file, place.span.start).line;
    own.keys().nth(line - 1).map(String::as_str)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl<'t> Reading<'t> {
    /// What a unit sets a parameter to. How a limit ends stays as the organisation has it: a unit sets how long it is.
    pub(super) fn own_value(
        &self,
        own: Entry<'t>,
        (ty, rule): (ParamType, UnitRule),
        organisation: &Organisation<'t>,
    ) -> Option<ParamValue> {
        if rule == UnitRule::Fixed {
            let fixed = codes::OWN_VALUE.at(own.key_place);
            let fixed = fixed.with("name", own.key).with("why", "fixed");
            self.log.push(fixed.with("bound", "").done());
            return None;
        }
        let value = match (ty, &organisation.value) {
            (ParamType::Limit, set) => {
                let length = figure::length(own.value, self.log)?;
                ParamValue::Limit(match set {
                    Some(ParamValue::Limit(limit)) => Limit { length, ..*limit },
                    _ => Limit::new(length),
                })
            }
            (ty, _) => self.param_value(ty, own.value)?,
        };
        let wrong = organisation
            .value
            .as_ref()
            .and_then(|bound| beyond(&value, bound, rule));
        if let Some(why) = wrong {
            let beyond = codes::OWN_VALUE.at(own.value.place());
            let beyond = beyond.with("name", own.key).with("why", why);
            self.log
                .push(beyond.with("bound", organisation.words()).done());
        }
        Some(value)
    }
}

impl Organisation<'_> {
    /// The value as it is written.
    fn words(&self) -> String {
        let limit = |node: Node<'_>| node.get("limit").and_then(Node::scalar).map(str::to_owned);
        let written = self.written.and_then(|node| {
            let plain = node.scalar().map(str::to_owned);
            plain.or_else(|| limit(node))
        });
        written.unwrap_or_default()
    }
}

/// Why a unit may not have this value, if it may not.
fn beyond(own: &ParamValue, bound: &ParamValue, rule: UnitRule) -> Option<&'static str> {
    let (forbidden, why) = match rule {
        UnitRule::Fixed | UnitRule::Any => return None,
        UnitRule::AtMost => (Ordering::Greater, "at_most"),
        UnitRule::AtLeast => (Ordering::Less, "at_least"),
    };
    match ordering(own, bound) {
        None => Some("unlike"),
        Some(found) => (found == forbidden).then_some(why),
    }
}

/// How two values of one parameter compare, as far as they are counted alike.
fn ordering(one: &ParamValue, other: &ParamValue) -> Option<Ordering> {
    match (one, other) {
        (ParamValue::Integer(one), ParamValue::Integer(other)) => Some(one.cmp(other)),
        (ParamValue::Money(one), ParamValue::Money(other)) => Some(one.cmp(other)),
        (ParamValue::Percent(one), ParamValue::Percent(other)) => Some(one.cmp(other)),
        (ParamValue::Limit(one), ParamValue::Limit(other)) => one.length.compared(other.length),
        _ => None,
    }
}
