//! Who is meant.

use super::lines::{Lines, list};
use super::names::{Naming, check_position};
use super::reading::Reading;
use crate::codes;
use crate::model::{
    ActId, Done, FactPath, FieldId, PartId, PartyRoleId, PositionId, RoleId, Selector,
};
use crate::yaml::{Node, Shape};

impl<'t> Reading<'t> {
    /// A word, a map, or a list of any of these.
    pub(super) fn selector(&self, node: Node<'t>) -> Option<Selector> {
        match node.shape() {
            Shape::List => {
                let any: Vec<Option<Selector>> =
                    node.items().map(|item| self.selector(item)).collect();
                let any: Option<Vec<Selector>> = any.into_iter().collect();
                any.map(Selector::AnyOf)
            }
            Shape::Map => self.selector_map(node),
            Shape::Scalar => self.selector_word(node),
            Shape::Nothing => {
                let finding = codes::WRONG_SHAPE.at(node.place());
                let finding = finding.with("expected", "scalar").with("found", "nothing");
                self.log.push(finding.done());
                None
            }
        }
    }

    fn selector_word(&self, node: Node<'t>) -> Option<Selector> {
        let word = node.scalar()?;
        Some(match word {
            "anyone" => Selector::Anyone,
            "taker" => Selector::Taker,
            "first_contact" => Selector::FirstContact,
            "lead_unit" => Selector::LeadUnit,
            "dispatcher" => Selector::Dispatcher,
            "nobody" => Selector::Nobody,
            "customer" => Selector::Customer,
            "holder" => Selector::Holder,
            "decider_above" => Selector::DeciderAbove,
            role => {
                self.resolve(Naming::Role, node)?;
                Selector::Role(RoleId::new(role))
            }
        })
    }

    fn selector_map(&self, node: Node<'t>) -> Option<Selector> {
        let known = [
            "position",
            "unit_in",
            "person_in",
            "did",
            "party",
            "head_of",
        ];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        if let Some(position) = lines.get("position") {
            let name = super::lines::scalar(position, self.log)?;
            check_position(name, position.place(), self.log);
            return Some(Selector::Position(PositionId::new(name)));
        }
        if let Some(fact) = lines.get("unit_in") {
            return self.fact(fact, &["unit"]).map(Selector::UnitIn);
        }
        if let Some(fact) = lines.get("person_in") {
            return self.fact(fact, &["person"]).map(Selector::PersonIn);
        }
        if let Some(acts) = lines.get("did") {
            let done: Vec<Option<Done>> = list(Some(acts))
                .into_iter()
                .map(|node| self.done(node))
                .collect();
            let done: Option<Vec<Done>> = done.into_iter().collect();
            return done.map(Selector::Did);
        }
        if let Some(role) = lines.get("party") {
            let role = self.resolve(Naming::Party, role)?;
            return Some(Selector::Party(PartyRoleId::new(role)));
        }
        if let Some(inner) = lines.get("head_of") {
            return self
                .selector(inner)
                .map(|inner| Selector::HeadOf(Box::new(inner)));
        }
        let missing = codes::MISSING_KEY.at(node.place());
        self.log.push(missing.any_of(&known).done());
        None
    }

    /// An act, or an act with its outcome: `declare.interested`.
    fn done(&self, node: Node<'t>) -> Option<Done> {
        let written = super::lines::scalar(node, self.log)?;
        let (act, outcome) = match written.split_once('.') {
            Some((act, outcome)) => (act, Some(outcome)),
            None => (written, None),
        };
        self.names.resolve(Naming::Act, act, node, self.log)?;
        let outcome = match outcome {
            Some(name) => Some(self.known_outcome(node, act, name)?),
            None => None,
        };
        Some(Done {
            act: ActId::new(act),
            outcome,
        })
    }

    /// A fact written as `part.field`; its type must be one of those given, if any are.
    pub(super) fn fact(&self, node: Node<'_>, types: &[&'static str]) -> Option<FactPath> {
        let name = super::lines::scalar(node, self.log)?;
        let path = name
            .split_once('.')
            .map(|(part, field)| FactPath::new(PartId::new(part), FieldId::new(field)));
        let known = path.and_then(|path| self.facts.get(&path).map(|ty| (path, ty.name())));
        let Some((path, ty)) = known else {
            let known: Vec<String> = self.facts.keys().map(ToString::to_string).collect();
            let meant = self.log.suggestion(name, known.iter().map(String::as_str));
            let finding = codes::UNKNOWN_FACT.at(node.place()).with("name", name);
            self.log.push(finding.meant(meant).done());
            return None;
        };
        if !types.is_empty() && !types.contains(&ty) {
            let finding = codes::CONDITION_TYPE.at(node.place()).with("what", "fact");
            let finding = finding.with("left", ty).with("right", types.join(" / "));
            self.log.push(finding.done());
            return None;
        }
        Some(path)
    }
}
