//! Clocks and shares of clocks.

use huiyin_calendar::Limit;
use indexmap::IndexMap;

use super::figure;
use super::lines::{Lines, expect, list};
use super::log::Log;
use super::names::{Naming, check_plain_name};
use super::reading::{KindNames, Reading};
use super::text::text;
use crate::codes;
use crate::condition::compile;
use crate::model::{
    Amount, ChoiceId, Clock, ClockId, FactPath, FieldType, LateNotice, LengthRow, Moment, NoticeId,
    ParamId, PauseReasonId, PauseRule, Restart, Text, Warning,
};
use crate::yaml::{Entry, Node, Shape};

const KEYS: [&str; 11] = [
    "title", "start", "when", "stop", "restart", "length", "pause", "extend", "warn", "late",
    "clause",
];

/// The most restarts a clock may have.
const RESTARTS_MAX: u32 = 100;

impl<'t> Reading<'t> {
    pub(super) fn clock(
        &self,
        entry: Entry<'t>,
        names: &KindNames<'t>,
    ) -> Option<(ClockId, Clock)> {
        let lines = Lines::of(entry.value, entry.key_place, &KEYS, self.log)?;
        let title = self.title(&lines);
        lines.need("start", self.log);
        let start = self.moments(lines.get("start"), names);
        let when = self.optional_condition(lines.get("when"));
        lines.need("stop", self.log);
        let stop = self.stops(lines.get("stop"), names);
        let restart = match lines.get("restart") {
            None => Some(None),
            Some(node) => self.restart(node, names).map(Some),
        };
        let length = lines.need("length", self.log);
        let length = length.and_then(|node| self.lengths(node));
        let pause = match lines.get("pause") {
            None => Some(None),
            Some(node) => self.pause(node).map(Some),
        };
        let extend = match lines.get("extend") {
            None => Some(None),
            Some(node) => self.extend(node).map(Some),
        };
        let warn: Vec<_> = list(lines.get("warn"))
            .into_iter()
            .map(|node| self.warning(node))
            .collect();
        let late: Vec<_> = list(lines.get("late"))
            .into_iter()
            .map(|node| self.late(node))
            .collect();
        let clause = self.clause(&lines);
        let clock = Clock {
            title: title?,
            start: start?,
            when: when?,
            stop: stop?,
            restart: restart?,
            length: length?,
            pause: pause?,
            extend: extend?,
            warn: warn.into_iter().collect::<Option<_>>()?,
            late: late.into_iter().collect::<Option<_>>()?,
            clause: clause?,
        };
        Some((ClockId::new(entry.key), clock))
    }

    fn moments(&self, node: Option<Node<'t>>, names: &KindNames<'t>) -> Option<Vec<Moment>> {
        let moments: Vec<Option<Moment>> = list(node)
            .into_iter()
            .map(|node| self.moment(node, names))
            .collect();
        moments.into_iter().collect()
    }

    /// Any of the items stops the clock; `{all: [a, b]}` is one item.
    fn stops(&self, node: Option<Node<'t>>, names: &KindNames<'t>) -> Option<Vec<Vec<Moment>>> {
        let stops: Vec<Option<Vec<Moment>>> = list(node)
            .into_iter()
            .map(|item| {
                if item.shape() != Shape::Map {
                    return self.moment(item, names).map(|moment| vec![moment]);
                }
                let lines = Lines::of(item, item.place(), &["all"], self.log)?;
                self.moments(Some(lines.need("all", self.log)?), names)
            })
            .collect();
        stops.into_iter().collect()
    }

    fn restart(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<Restart> {
        let lines = Lines::of(node, node.place(), &["on", "times"], self.log)?;
        lines.need("on", self.log);
        let on = self.moments(lines.get("on"), names);
        let times = lines.need("times", self.log);
        let times = times.and_then(|node| times_max(node, RESTARTS_MAX, self.log));
        Some(Restart {
            on: on?,
            times_max: times?,
        })
    }

    /// One limit, a parameter, a limit for each choice of a fact, or a list of rows.
    fn lengths(&self, node: Node<'t>) -> Option<Vec<LengthRow>> {
        match node.shape() {
            Shape::List => {
                let rows: Vec<Option<LengthRow>> =
                    node.items().map(|row| self.length_row(row)).collect();
                rows.into_iter().collect()
            }
            Shape::Map if node.get("by").is_some() => self.lengths_by_choice(node),
            _ => Some(vec![self.length_row(node)?]),
        }
    }

    fn length_row(&self, node: Node<'t>) -> Option<LengthRow> {
        if node.shape() != Shape::Map {
            let limit = figure::limit(node, self.log)?;
            return Some(LengthRow {
                when: None,
                amount: Amount::Fixed(limit),
                clause: None,
            });
        }
        let known = ["when", "limit", "end", "roll", "param", "until", "clause"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let when = self.optional_condition(lines.get("when"));
        let amount = match (lines.get("param"), lines.get("until")) {
            (Some(param), _) => self.limit_param(param).map(Amount::Param),
            (None, Some(fact)) => {
                let end = figure::end_of(&lines, self.log);
                let fact = self.fact(fact, &["date"]);
                end.and_then(|end| Some(Amount::Until(fact?, end)))
            }
            (None, None) => figure::limit_of(&lines, self.log).map(Amount::Fixed),
        };
        let clause = self.optional_clause(&lines);
        Some(LengthRow {
            when: when?,
            amount: amount?,
            clause: clause?,
        })
    }

    pub(super) fn limit_param(&self, node: Node<'t>) -> Option<ParamId> {
        self.resolve(Naming::Param, node).map(ParamId::new)
    }

    /// `{by: facts.market, home: 13 days, abroad: 17 days}`: a row for each choice; the last one
    /// also stands for a fact that isn't known yet.
    fn lengths_by_choice(&self, node: Node<'t>) -> Option<Vec<LengthRow>> {
        let (path, limits) = self.limits_by_choice(node)?;
        let last = limits.len().checked_sub(1)?;
        let rows = limits
            .into_iter()
            .enumerate()
            .map(|(index, (choice, limit))| {
                let source = format!("{path} == '{choice}'");
                let when = compile(&source, &|path| self.facts.get(path).cloned()).ok();
                LengthRow {
                    when: when.filter(|_| index < last),
                    amount: Amount::Fixed(limit),
                    clause: None,
                }
            });
        Some(rows.collect())
    }

    pub(super) fn limits_by_choice(
        &self,
        node: Node<'t>,
    ) -> Option<(FactPath, IndexMap<ChoiceId, Limit>)> {
        let path = self.fact(node.get("by")?, &["one_of"])?;
        let Some(FieldType::OneOf(choices)) = self.field_types.get(&path) else {
            // What the engine knows itself, such as a level, is asked for in rows with `when`.
            let finding = codes::CONDITION_TYPE.at(node.place()).with("what", "fact");
            let finding = finding.with("left", path.part().as_str());
            self.log.push(finding.with("right", "one_of").done());
            return None;
        };
        let known: Vec<&str> = choices.keys().map(ChoiceId::as_str).chain(["by"]).collect();
        let lines = Lines::by_names(node, node.place(), &known, self.log)?;
        let limits: Vec<Option<_>> = choices
            .keys()
            .map(|choice| {
                let Some(node) = lines.get(choice.as_str()) else {
                    let finding = codes::LENGTHS_INCOMPLETE.at(node.place());
                    let finding = finding.with("what", "choice").with("name", choice.as_str());
                    self.log.push(finding.done());
                    return None;
                };
                figure::limit(node, self.log).map(|limit| (choice.clone(), limit))
            })
            .collect();
        let limits: Option<IndexMap<_, _>> = limits.into_iter().collect();
        Some((path, limits?))
    }

    fn pause(&self, node: Node<'t>) -> Option<PauseRule> {
        let lines = Lines::of(node, node.place(), &["by", "reasons", "clause"], self.log)?;
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let reasons = lines.need("reasons", self.log);
        let reasons = reasons.and_then(|node| self.pause_reasons(node));
        let clause = self.clause(&lines);
        Some(PauseRule {
            by: by?,
            reasons: reasons?,
            clause: clause?,
        })
    }

    fn pause_reasons(&self, node: Node<'t>) -> Option<IndexMap<PauseReasonId, Text>> {
        expect(node, node.place(), Shape::Map, self.log)?;
        let reasons: Vec<Option<_>> = node
            .entries()
            .map(|entry| {
                check_plain_name(entry.key, &[], entry.key_place, self.log);
                text(entry.value, self.log).map(|text| (PauseReasonId::new(entry.key), text))
            })
            .collect();
        reasons.into_iter().collect()
    }

    pub(super) fn warning(&self, node: Node<'t>) -> Option<Warning> {
        let lines = Lines::of(
            node,
            node.place(),
            &["before", "notice", "to", "clause"],
            self.log,
        )?;
        let before = lines.need("before", self.log);
        let before = before.and_then(|node| figure::elapsed_seconds(node, self.log));
        let notice = self.need_name(&lines, "notice", Naming::Notice);
        let to = lines.need("to", self.log);
        let to = to.and_then(|node| self.selector(node));
        let clause = self.optional_clause(&lines);
        Some(Warning {
            before_seconds: before?,
            notice: NoticeId::new(notice?),
            to: to?,
            clause: clause?,
        })
    }

    /// A notice and whom it goes to.
    pub(super) fn late(&self, node: Node<'t>) -> Option<LateNotice> {
        let lines = Lines::of(node, node.place(), &["notice", "to", "clause"], self.log)?;
        let notice = self.need_name(&lines, "notice", Naming::Notice);
        let to = lines.need("to", self.log);
        let to = to.and_then(|node| self.selector(node));
        let clause = self.optional_clause(&lines);
        Some(LateNotice {
            notice: NoticeId::new(notice?),
            to: to?,
            clause: clause?,
        })
    }
}

/// How often at most: a number, or `any`.
pub(super) fn times_max(node: Node<'_>, max: u32, log: &Log) -> Option<Option<u32>> {
    match node.scalar() {
        Some("any") => Some(None),
        _ => figure::whole(node, max, log).map(Some),
    }
}
