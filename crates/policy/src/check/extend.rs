//! Who may give a clock more time, and how much at most.

use super::clock::times_max;
use super::figure;
use super::lines::{Lines, one_of};
use super::reading::Reading;
use crate::model::{CountedFrom, ExtendRule, ExtensionCap};
use crate::yaml::{Node, Shape};

const KEYS: [&str; 6] = ["by", "when", "cap", "counted_from", "times", "clause"];

/// The most times a clock may be extended where a policy names a number.
const TIMES_MAX: u32 = 100;

impl<'t> Reading<'t> {
    pub(super) fn extend(&self, node: Node<'t>) -> Option<ExtendRule> {
        let lines = Lines::of(node, node.place(), &KEYS, self.log)?;
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let when = self.optional_condition(lines.get("when"));
        let cap = lines.need("cap", self.log);
        let cap = cap.and_then(|node| self.extension_cap(node));
        let counted_from = lines.need("counted_from", self.log);
        let counted_from = counted_from.and_then(|node| {
            let words = [
                ("start", CountedFrom::Start),
                ("last_restart", CountedFrom::LastRestart),
            ];
            one_of(node, &words, self.log)
        });
        let times = lines.need("times", self.log);
        let times = times.and_then(|node| times_max(node, TIMES_MAX, self.log));
        let clause = self.clause(&lines);
        Some(ExtendRule {
            by: by?,
            when: when?,
            cap: cap?,
            counted_from: counted_from?,
            times_max: times?,
            clause: clause?,
        })
    }

    /// `30 working days`, or `{param: p}`.
    fn extension_cap(&self, node: Node<'t>) -> Option<ExtensionCap> {
        if node.shape() != Shape::Map {
            return figure::length(node, self.log).map(ExtensionCap::Fixed);
        }
        let lines = Lines::of(node, node.place(), &["param"], self.log)?;
        let param = lines.need("param", self.log)?;
        self.limit_param(param).map(ExtensionCap::Param)
    }
}
