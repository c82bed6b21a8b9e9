//! Steps, moves and needs.

use super::figure;
use super::lines::{Lines, flag, list, scalar};
use super::names::Naming;
use super::reading::{KindNames, Reading};
use super::text::text;
use crate::codes;
use crate::model::{
    ActId, EachOf, KindId, Moment, Move, Need, NeedWhat, PartId, Step, StepId, Target,
};
use crate::yaml::{Entry, Node};

const STEP_KEYS: [&str; 8] = [
    "title",
    "by",
    "when",
    "skip_if_actor",
    "accept_first",
    "acts",
    "moves",
    "clause",
];
const MOVE_KEYS: [&str; 8] = [
    "on", "by", "when", "within", "reason", "needs", "then", "clause",
];
const NEED_KEYS: [&str; 12] = [
    "each", "act", "after", "field", "raised", "closed", "copies", "copy", "holds", "text", "when",
    "clause",
];

impl<'t> Reading<'t> {
    pub(super) fn step(&self, entry: Entry<'t>, names: &KindNames<'t>) -> Option<(StepId, Step)> {
        let lines = Lines::of(entry.value, entry.key_place, &STEP_KEYS, self.log)?;
        let title = self.title(&lines);
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.selector(node));
        let when = self.optional_condition(lines.get("when"));
        let acts = self.names_on(lines.get("acts"), Naming::Act);
        let moves = self.moves(lines.get("moves"), names);
        let clause = self.optional_clause(&lines);
        let step = Step {
            title: title?,
            by: by?,
            when: when?,
            skip_if_actor: flag(lines.get("skip_if_actor"), self.log),
            accept_first: flag(lines.get("accept_first"), self.log),
            acts: acts?.into_iter().map(ActId::new).collect(),
            moves: moves?,
            clause: clause?,
        };
        Some((StepId::new(entry.key), step))
    }

    pub(super) fn moves(&self, node: Option<Node<'t>>, names: &KindNames<'t>) -> Option<Vec<Move>> {
        let moves: Vec<Option<Move>> = list(node)
            .into_iter()
            .map(|row| self.one_move(row, names))
            .collect();
        moves.into_iter().collect()
    }

    fn one_move(&self, row: Node<'t>, names: &KindNames<'t>) -> Option<Move> {
        let lines = Lines::of(row, row.place(), &MOVE_KEYS, self.log)?;
        let on = lines.need("on", self.log);
        let on = on.and_then(|node| self.moment(node, names));
        if let (Some(Moment::Act { .. }), Some(reason)) = (&on, lines.get("reason")) {
            self.no_reason_on_an_act(reason);
        }
        let by = match lines.get("by") {
            None => Some(None),
            Some(node) => self.selector(node).map(Some),
        };
        let when = self.optional_condition(lines.get("when"));
        let within = match lines.get("within") {
            None => Some(None),
            Some(node) => figure::limit(node, self.log).map(Some),
        };
        let needs = self.needs(lines.get("needs"), names);
        let then = lines.need("then", self.log);
        let then = then.and_then(|node| self.target(node, names));
        let clause = self.optional_clause(&lines);
        Some(Move {
            on: on?,
            by: by?,
            when: when?,
            within: within?,
            reason: flag(lines.get("reason"), self.log),
            needs: needs?,
            then: then?,
            clause: clause?,
        })
    }

    /// An act carries its reason in a field of its own part; only verbs are asked for one.
    fn no_reason_on_an_act(&self, reason: Node<'t>) {
        let known = MOVE_KEYS.into_iter().filter(|key| *key != "reason");
        let known: Vec<&str> = known.collect();
        let finding = codes::UNKNOWN_KEY.at(reason.place());
        let finding = finding
            .with("name", "reason")
            .with("known", known.join(", "));
        self.log.push(finding.done());
    }

    fn target(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<Target> {
        let name = scalar(node, self.log)?;
        match name {
            "stay" => return Some(Target::Stay),
            "closed" => return Some(Target::Closed),
            "archived" => return Some(Target::Archived),
            step if names.has_step(step) => return Some(Target::Step(StepId::new(step))),
            _ => {}
        }
        let known = names.steps().chain(["stay", "closed", "archived"]);
        let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", "step");
        let finding = finding.with("name", name).with("section", "steps");
        self.log
            .push(finding.meant(self.log.suggestion(name, known)).done());
        None
    }

    pub(super) fn needs(&self, node: Option<Node<'t>>, names: &KindNames<'t>) -> Option<Vec<Need>> {
        let needs: Vec<Option<Need>> = list(node)
            .into_iter()
            .map(|row| self.need(row, names))
            .collect();
        needs.into_iter().collect()
    }

    fn need(&self, row: Node<'t>, names: &KindNames<'t>) -> Option<Need> {
        let lines = Lines::of(row, row.place(), &NEED_KEYS, self.log)?;
        let what = self.need_what(&lines, names);
        let when = self.optional_condition(lines.get("when"));
        let clause = self.clause(&lines);
        Some(Need {
            what: what?,
            when: when?,
            clause: clause?,
        })
    }

    fn need_what(&self, lines: &Lines<'t>, names: &KindNames<'t>) -> Option<NeedWhat> {
        if let Some(each) = lines.get("each") {
            return self.need_each(lines, each);
        }
        if let Some(kind) = lines.get("raised") {
            let kind = self.resolve(Naming::Kind, kind);
            let closed = flag(lines.get("closed"), self.log);
            return kind.map(|kind| NeedWhat::Raised {
                kind: KindId::new(kind),
                closed,
            });
        }
        if let Some(part) = lines.get("copies") {
            return self.need_copies(lines, part, names);
        }
        if let Some(act) = lines.get("act") {
            let act = self.resolve(Naming::Act, act).map(ActId::new);
            let after = self.after(lines, names);
            return Some(NeedWhat::Act {
                act: act?,
                after: after?,
            });
        }
        if let Some(field) = lines.get("field") {
            return self.fact(field, &[]).map(NeedWhat::Field);
        }
        if let Some(holds) = lines.get("holds") {
            let condition = self.condition(holds);
            let sentence = lines.need("text", self.log);
            let sentence = sentence.and_then(|node| text(node, self.log));
            return Some(NeedWhat::Holds {
                condition: condition?,
                text: sentence?,
            });
        }
        let missing = codes::MISSING_KEY.at(lines.owner);
        let known = ["act", "field", "each", "raised", "copies", "holds"];
        self.log.push(missing.any_of(&known).done());
        None
    }

    /// The line `after`, which may be left out.
    fn after(&self, lines: &Lines<'t>, names: &KindNames<'t>) -> Option<Option<Moment>> {
        match lines.get("after") {
            None => Some(None),
            Some(node) => self.moment(node, names).map(Some),
        }
    }

    /// `{copies: form}`, or `{copies: form, copy: accounting}` for one of them.
    fn need_copies(
        &self,
        lines: &Lines<'t>,
        part: Node<'t>,
        names: &KindNames<'t>,
    ) -> Option<NeedWhat> {
        let of = self.form_with_copies(part);
        let after = self.after(lines, names);
        let of = of?;
        let copy = match lines.get("copy") {
            None => None,
            Some(node) => Some(self.copy_named(&of, node)?),
        };
        Some(NeedWhat::Copies {
            of: PartId::new(of),
            copy,
            after: after?,
        })
    }

    /// `{each: sample, act: score, field: case}`, or `{each: ask.unit, act: hear, field: unit}` for every value that
    /// the entries of another act gave a field.
    fn need_each(&self, lines: &Lines<'t>, each: Node<'t>) -> Option<NeedWhat> {
        let act = self.need_name(lines, "act", Naming::Act);
        let part_of = |act: &str| {
            let act = self.act_node(act)?;
            act.get("part").and_then(Node::scalar)
        };
        let word = scalar(each, self.log)?;
        let of = match word.split_once('.') {
            None if word == "sample" => Some(EachOf::Sample),
            None => {
                let finding = codes::UNKNOWN_WORD.at(each.place()).with("name", word);
                self.log
                    .push(finding.with("known", "sample, ACT.FIELD").done());
                None
            }
            Some((act, field)) => {
                self.names.resolve(Naming::Act, act, each, self.log)?;
                self.field_named(part_of(act).unwrap_or_default(), field, each, "")
                    .map(|field| EachOf::Values {
                        act: ActId::new(act),
                        field,
                    })
            }
        };
        let field = lines.need("field", self.log)?;
        let act = act?;
        let ty = if word == "sample" { "case" } else { "" };
        let field = self.field_of(part_of(&act).unwrap_or_default(), field, ty);
        Some(NeedWhat::Each {
            of: of?,
            act: ActId::new(act),
            field: field?,
        })
    }
}
