//! Kinds of case and how they are opened.

use indexmap::IndexMap;

use super::lines::{Lines, expect, flag, list};
use super::names::{Naming, check_plain_name};
use super::portal::OfKind;
use super::reading::{KindNames, Reading};
use crate::codes;
use crate::model::{
    ActId, ChannelId, ClauseId, Clock, ClockId, FollowUp, Kind, KindId, Open, PartId, Raise,
    ReadBy, SeriesId, Step, StepId,
};
use crate::yaml::{Entry, Node, Shape};

const KEYS: [&str; 17] = [
    "title",
    "clause",
    "open",
    "steps",
    "after_close",
    "close_needs",
    "archive_needs",
    "clocks",
    "shares",
    "internal",
    "raised_from",
    "follow_up",
    "portal",
    "links",
    "withdrawal",
    "sees",
    "read_by",
];

impl<'t> Reading<'t> {
    pub(super) fn kind(&self, entry: Entry<'t>) -> Option<(KindId, Kind)> {
        let lines = Lines::of(entry.value, entry.key_place, &KEYS, self.log)?;
        let names = KindNames::new(self.names_under(lines.get("steps")));
        let title = self.title(&lines);
        let clause = self.clause(&lines);
        let open = lines.need("open", self.log);
        let open = open.and_then(|node| self.open(node, &names));
        let steps = lines.need("steps", self.log);
        let steps = steps.and_then(|node| self.steps(node, &names));
        let after_close = self.moves(lines.get("after_close"), &names);
        let close_needs = self.needs(lines.get("close_needs"), &names);
        let archive_needs = self.needs(lines.get("archive_needs"), &names);
        let clocks = self.clocks(lines.get("clocks"), &names);
        let shares: Vec<_> = list(lines.get("shares"))
            .into_iter()
            .map(|node| self.shares(node, &lines, &names))
            .collect();
        let raised_from = match lines.get("raised_from") {
            None => Some(IndexMap::new()),
            Some(node) => self.raised_from(node),
        };
        let follow_up = match lines.get("follow_up") {
            None => Some(None),
            Some(node) => self.follow_up(node).map(Some),
        };
        let portal = match lines.get("portal") {
            None => Some(None),
            Some(node) => {
                let open = lines.get("open");
                let of = OfKind {
                    part: open
                        .and_then(|open| open.get("part"))
                        .and_then(Node::scalar)
                        .unwrap_or_default(),
                    clocks: &self.names_under(lines.get("clocks")),
                    names: &names,
                };
                self.portal(node, &of).map(Some)
            }
        };
        let links = self.links(lines.get("links"));
        let withdrawal = self.withdrawal(lines.get("withdrawal"), &names);
        let sees = match lines.get("sees") {
            None => Some(None),
            Some(node) => self.sees(node).map(Some),
        };
        let read_by = match lines.get("read_by") {
            None => Some(None),
            Some(node) => self.read_by(node).map(Some),
        };
        let kind = Kind {
            title: title?,
            clause: clause?,
            open: open?,
            steps: steps?,
            after_close: after_close?,
            close_needs: close_needs?,
            archive_needs: archive_needs?,
            clocks: clocks?,
            shares: shares.into_iter().collect::<Option<_>>()?,
            internal: flag(lines.get("internal"), self.log),
            raised_from: raised_from?,
            follow_up: follow_up?,
            portal: portal?,
            links: links?,
            withdrawal: withdrawal?,
            sees: sees?,
            read_by: read_by?,
        };
        Some((KindId::new(entry.key), kind))
    }

    /// The kinds out of which this one can be opened, each with who may and the clause.
    fn raised_from(&self, node: Node<'t>) -> Option<IndexMap<KindId, Raise>> {
        expect(node, node.place(), Shape::Map, self.log)?;
        let raises: Vec<Option<_>> = node
            .entries()
            .map(|entry| {
                let declared = self.names.resolve_key(Naming::Kind, entry, self.log);
                let lines = Lines::of(
                    entry.value,
                    entry.key_place,
                    &["by", "above", "clause"],
                    self.log,
                )?;
                let by = lines.need("by", self.log);
                let by = by.and_then(|node| self.selector(node));
                let above = match lines.get("above") {
                    None => Some(None),
                    Some(node) => self.act_with_band(node).map(Some),
                };
                let clause = self.clause(&lines);
                let raise = Raise {
                    by: by?,
                    above: above?,
                    clause: clause?,
                };
                declared.then(|| (KindId::new(entry.key), raise))
            })
            .collect();
        raises.into_iter().collect()
    }

    /// The unit whose people read the cases: `{unit_in: part.field, clause: C}`.
    fn read_by(&self, node: Node<'t>) -> Option<ReadBy> {
        let lines = Lines::of(node, node.place(), &["unit_in", "clause"], self.log)?;
        let unit = lines.need("unit_in", self.log);
        let unit = unit.and_then(|node| self.fact(node, &["unit"]));
        let clause = self.clause(&lines);
        Some(ReadBy {
            unit: unit?,
            clause: clause?,
        })
    }

    /// Which closed cases are followed up, and by whom.
    fn follow_up(&self, node: Node<'t>) -> Option<FollowUp> {
        let known = ["act", "or", "by", "when", "take", "clause"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let act = self.need_name(&lines, "act", Naming::Act);
        let or = self.names_on(lines.get("or"), Naming::Act);
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let when = self.optional_condition(lines.get("when"));
        let take = match lines.get("take") {
            None => Some(None),
            Some(node) => self.portion(node).map(Some),
        };
        let clause = self.clause(&lines);
        Some(FollowUp {
            act: ActId::new(act?),
            or: or?.into_iter().map(ActId::new).collect(),
            by: by?,
            when: when?,
            take: take?,
            clause: clause?,
        })
    }

    fn names_under(&self, node: Option<Node<'t>>) -> Vec<&'t str> {
        let entries = node.into_iter().flat_map(Node::entries);
        entries.map(|entry| entry.key).collect()
    }

    fn open(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<Open> {
        let known = [
            "by",
            "channels",
            "part",
            "series",
            "needs",
            "acts",
            "corrected_by",
            "clause",
        ];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let channels = lines.need("channels", self.log);
        let channels = channels.and_then(|node| self.channels(node));
        let part = self.need_name(&lines, "part", Naming::Part);
        let series = self.need_name(&lines, "series", Naming::Series);
        let needs = self.needs(lines.get("needs"), names);
        let acts = self.names_on(lines.get("acts"), Naming::Act);
        let corrected_by = self.corrected_by(&lines);
        let clause = self.clause(&lines);
        Some(Open {
            by: by?,
            channels: channels?,
            part: PartId::new(part?),
            series: SeriesId::new(series?),
            needs: needs?,
            acts: acts?.into_iter().map(ActId::new).collect(),
            corrected_by: corrected_by?,
            clause: clause?,
        })
    }

    /// A list of channels, or a map from channels to the clauses that open them.
    fn channels(&self, node: Node<'t>) -> Option<IndexMap<ChannelId, Option<ClauseId>>> {
        if node.shape() != Shape::Map {
            let names = self.names_on(Some(node), Naming::Channel)?;
            let channels = names.into_iter().map(|name| (ChannelId::new(name), None));
            return Some(channels.collect());
        }
        let channels: Vec<Option<_>> = node
            .entries()
            .map(|entry| {
                let declared = self.names.resolve_key(Naming::Channel, entry, self.log);
                let clause = self.resolve(Naming::Clause, entry.value)?;
                declared.then(|| (ChannelId::new(entry.key), Some(ClauseId::new(clause))))
            })
            .collect();
        channels.into_iter().collect()
    }

    fn steps(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<IndexMap<StepId, Step>> {
        expect(node, node.place(), Shape::Map, self.log)?;
        let steps: Vec<Option<(StepId, Step)>> = node
            .entries()
            .map(|entry| {
                self.check_step_name(entry);
                self.step(entry, names)
            })
            .collect();
        if steps.is_empty() {
            let missing = codes::MISSING_KEY.at(node.place());
            self.log.push(missing.with("name", "steps").done());
            return None;
        }
        steps.into_iter().collect()
    }

    /// A step can't be called like a verb or an act, or moments would have two meanings.
    fn check_step_name(&self, entry: Entry<'t>) {
        check_plain_name(
            entry.key,
            &super::moment::RESERVED,
            entry.key_place,
            self.log,
        );
        if self.names.is_declared(Naming::Act, entry.key) {
            let finding = codes::BAD_NAME.at(entry.key_place);
            let finding = finding.with("name", entry.key).with("why", "act");
            self.log.push(finding.done());
        }
    }

    fn clocks(
        &self,
        node: Option<Node<'t>>,
        names: &KindNames<'t>,
    ) -> Option<IndexMap<ClockId, Clock>> {
        let Some(node) = node else {
            return Some(IndexMap::new());
        };
        expect(node, node.place(), Shape::Map, self.log)?;
        let clocks: Vec<Option<(ClockId, Clock)>> = node
            .entries()
            .map(|entry| {
                check_plain_name(entry.key, &[], entry.key_place, self.log);
                self.clock(entry, names)
            })
            .collect();
        clocks.into_iter().collect()
    }
}
