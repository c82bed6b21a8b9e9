//! Divisions of a clock among the steps.

use super::figure;
use super::lines::{Lines, expect, list, one_of, scalar};
use super::names::check_plain_name;
use super::reading::{KindNames, Reading};
use super::text::text;
use crate::codes;
use crate::model::{ClockId, Rest, Share, ShareLimits, Shares, StepId};
use crate::yaml::{Entry, Node, Shape};

impl<'t> Reading<'t> {
    /// A division of one of the kind's clocks among its steps.
    pub(super) fn shares(
        &self,
        node: Node<'t>,
        kind: &Lines<'t>,
        names: &KindNames<'t>,
    ) -> Option<Shares> {
        let lines = Lines::of(
            node,
            node.place(),
            &["of", "parts", "rest", "warn", "late", "clause"],
            self.log,
        )?;
        let of = lines.need("of", self.log);
        let of = of.and_then(|node| self.clock_name(node, kind));
        let parts = lines.need("parts", self.log);
        let parts = parts.and_then(|parts| {
            expect(parts, lines.owner, Shape::Map, self.log)?;
            self.parts_of(parts, names)
        });
        let rest = match lines.get("rest") {
            None => Some(Rest::None),
            Some(node) => one_of(node, &[("nobody", Rest::Nobodys)], self.log),
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
        Some(Shares {
            of: of?,
            parts: parts?,
            rest: rest?,
            warn: warn.into_iter().collect::<Option<_>>()?,
            late: late.into_iter().collect::<Option<_>>()?,
            clause: clause?,
        })
    }

    fn clock_name(&self, node: Node<'t>, kind: &Lines<'t>) -> Option<ClockId> {
        let name = scalar(node, self.log)?;
        let clocks = kind.get("clocks");
        let clocks: Vec<&str> = clocks
            .into_iter()
            .flat_map(Node::entries)
            .map(|entry| entry.key)
            .collect();
        if clocks.contains(&name) {
            return Some(ClockId::new(name));
        }
        let meant = self.log.suggestion(name, clocks.iter().copied());
        let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", "clock");
        let finding = finding.with("name", name).with("section", "clocks");
        self.log.push(finding.meant(meant).done());
        None
    }

    fn parts_of(&self, parts: Node<'t>, names: &KindNames<'t>) -> Option<Vec<Share>> {
        let parts: Vec<Option<Share>> = parts
            .entries()
            .map(|entry| self.share(entry, names))
            .collect();
        parts.into_iter().collect()
    }

    /// `number: {steps: number, length: 12 hours}` or `{steps: check..opinion, …}`, with what of it is given on.
    fn share(&self, entry: Entry<'t>, names: &KindNames<'t>) -> Option<Share> {
        check_plain_name(entry.key, &[], entry.key_place, self.log);
        let known = ["title", "steps", "length", "of_which"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = match lines.get("title") {
            None => Some(None),
            Some(node) => text(node, self.log).map(Some),
        };
        let steps = lines.need("steps", self.log);
        let steps = steps.and_then(|node| self.step_span(node, names));
        let length = lines.need("length", self.log);
        let length = length.and_then(|node| match node.get("by") {
            Some(_) => self
                .limits_by_choice(node)
                .map(|(path, limits)| ShareLimits::By(path, limits)),
            None => figure::limit(node, self.log).map(ShareLimits::One),
        });
        let of_which = match lines.get("of_which") {
            None => Some(Vec::new()),
            Some(parts) => {
                expect(parts, lines.owner, Shape::Map, self.log)?;
                self.parts_of(parts, names)
            }
        };
        let (from, to) = steps?;
        Some(Share {
            clock: ClockId::new(entry.key),
            title: title?,
            from,
            to,
            limits: length?,
            of_which: of_which?,
        })
    }

    fn step_span(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<(StepId, StepId)> {
        let span = scalar(node, self.log)?;
        let (from, to) = span.split_once("..").unwrap_or((span, span));
        for step in [from, to] {
            if !names.has_step(step) {
                let meant = self.log.suggestion(step, names.steps());
                let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", "step");
                let finding = finding.with("name", step).with("section", "steps");
                self.log.push(finding.meant(meant).done());
                return None;
            }
        }
        if names.position(from) > names.position(to) {
            let finding = codes::SHARES_ORDER
                .at(node.place())
                .with("what", "backwards");
            self.log.push(finding.with("name", span).done());
            return None;
        }
        Some((StepId::new(from), StepId::new(to)))
    }
}
