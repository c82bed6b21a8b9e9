//! What customers find on the portal.

use indexmap::IndexMap;

use super::figure::whole;
use super::lines::{Lines, expect, one_of};
use super::names::{Naming, check_plain_name};
use super::reading::{KindNames, Reading};
use super::text::text;
use crate::codes;
use crate::model::{
    ActId, ChannelId, ClockId, FieldId, Milestone, MilestoneId, Portal, PortalFiles, Sender,
    StepId, Text,
};
use crate::yaml::{Entry, Node, Shape};

/// The most files that a policy may let a customer send about a case: half of what a case can have.
const FILES_MAX: u32 = 50;
const KEYS: [&str; 10] = [
    "channel",
    "lead",
    "fields",
    "consent",
    "files",
    "from",
    "titles",
    "milestones",
    "codes_by",
    "clause",
];
const MILESTONE_KEYS: [&str; 4] = ["title", "text", "steps", "due"];

/// What of a kind its portal refers to.
pub(super) struct OfKind<'r, 't> {
    /// The opening part, as written.
    pub(super) part: &'r str,
    /// The kind's clocks.
    pub(super) clocks: &'r [&'t str],
    /// The kind's steps.
    pub(super) names: &'r KindNames<'t>,
}

impl<'t> Reading<'t> {
    pub(super) fn portal(&self, node: Node<'t>, of: &OfKind<'_, 't>) -> Option<Portal> {
        let lines = Lines::of(node, node.place(), &KEYS, self.log)?;
        let channel = self.need_name(&lines, "channel", Naming::Channel);
        let lead = lines.need("lead", self.log);
        let lead = lead.and_then(|node| {
            self.check_figures(node);
            text(node, self.log)
        });
        let fields = lines.need("fields", self.log);
        let fields = fields.and_then(|node| self.asked(node, of.part));
        let consent = match lines.get("consent") {
            None => Some(None),
            Some(node) => text(node, self.log).map(Some),
        };
        let files = match lines.get("files") {
            None => Some(None),
            Some(node) => self.files(node).map(Some),
        };
        let from = lines.get("from").map_or(Some(Sender::Unit), |node| {
            let words = [
                ("organisation", Sender::Organisation),
                ("unit", Sender::Unit),
                ("person", Sender::Person),
            ];
            one_of(node, &words, self.log)
        });
        let titles = self.titles(lines.get("titles"));
        let milestones = lines.need("milestones", self.log);
        let milestones = milestones.and_then(|node| self.milestones(node, of));
        let codes_by = lines.need("codes_by", self.log);
        let codes_by = codes_by.and_then(|node| self.selector(node));
        let clause = self.clause(&lines);
        Some(Portal {
            channel: ChannelId::new(channel?),
            lead: lead?,
            fields: fields?,
            consent: consent?,
            files: files?,
            from: from?,
            titles: titles?,
            milestones: milestones?,
            codes_by: codes_by?,
            clause: clause?,
        })
    }

    fn asked(&self, node: Node<'t>, part: &str) -> Option<Vec<FieldId>> {
        expect(node, node.place(), Shape::List, self.log)?;
        let fields: Vec<Option<FieldId>> = node
            .items()
            .map(|item| self.field_of(part, item, ""))
            .collect();
        fields.into_iter().collect()
    }

    fn files(&self, node: Node<'t>) -> Option<PortalFiles> {
        let lines = Lines::of(node, node.place(), &["max"], self.log)?;
        let max = lines.need("max", self.log)?;
        let max = whole(max, FILES_MAX, self.log)?;
        Some(PortalFiles { max })
    }

    fn titles(&self, node: Option<Node<'t>>) -> Option<IndexMap<ActId, Text>> {
        let Some(node) = node else {
            return Some(IndexMap::new());
        };
        expect(node, node.place(), Shape::Map, self.log)?;
        let titles: Vec<Option<_>> = node
            .entries()
            .map(|entry| {
                let declared = self.names.is_declared(Naming::Act, entry.key);
                if !declared {
                    let finding = codes::UNKNOWN_NAME.at(entry.key_place);
                    let finding = finding.with("kind", "act").with("name", entry.key);
                    self.log.push(finding.with("section", "acts").done());
                }
                let title = text(entry.value, self.log)?;
                declared.then(|| (ActId::new(entry.key), title))
            })
            .collect();
        titles.into_iter().collect()
    }

    fn milestones(
        &self,
        node: Node<'t>,
        of: &OfKind<'_, 't>,
    ) -> Option<IndexMap<MilestoneId, Milestone>> {
        expect(node, node.place(), Shape::Map, self.log)?;
        let milestones: Vec<Option<_>> = node
            .entries()
            .map(|entry| self.milestone(entry, of))
            .collect();
        milestones.into_iter().collect()
    }

    fn milestone(&self, entry: Entry<'t>, of: &OfKind<'_, 't>) -> Option<(MilestoneId, Milestone)> {
        check_plain_name(entry.key, &[], entry.key_place, self.log);
        let lines = Lines::of(entry.value, entry.key_place, &MILESTONE_KEYS, self.log)?;
        let title = self.title(&lines);
        let said = lines.need("text", self.log);
        let said = said.and_then(|node| text(node, self.log));
        let steps: Vec<Option<StepId>> = super::lines::list(lines.get("steps"))
            .into_iter()
            .map(|node| {
                let known: Vec<&str> = of.names.steps().collect();
                self.one_named(node, "step", "steps", &known)
                    .map(StepId::new)
            })
            .collect();
        let due = match lines.get("due") {
            None => Some(None),
            Some(node) => self
                .one_named(node, "clock", "clocks", of.clocks)
                .map(|clock| Some(ClockId::new(clock))),
        };
        let milestone = Milestone {
            title: title?,
            text: said?,
            steps: steps.into_iter().collect::<Option<_>>()?,
            due: due?,
        };
        Some((MilestoneId::new(entry.key), milestone))
    }

    /// A name among those of the kind.
    fn one_named(
        &self,
        node: Node<'t>,
        kind: &'static str,
        section: &'static str,
        known: &[&str],
    ) -> Option<&'t str> {
        let name = super::lines::scalar(node, self.log)?;
        if known.contains(&name) {
            return Some(name);
        }
        let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", kind);
        let finding = finding.with("name", name).with("section", section);
        let meant = self.log.suggestion(name, known.iter().copied());
        self.log.push(finding.meant(meant).done());
        None
    }
}
