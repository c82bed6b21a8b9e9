//! That every name in an expectation is one: what never was is found missing only if it could have been there.

use huiyin_policy::model::{Figure, MilestoneId, StepId};
use huiyin_policy::yaml::{Entry, Node, Shape};

use super::Checking;
use super::standing::NOT_COUNTED;
use crate::names::{Names, Of, among, each_word};
use crate::reading::{Read, text};

/// How far a case may be.
const STAGES: [&str; 3] = ["open", "closed", "archived"];

/// How a case may have ended; `no` while it is open.
const ENDINGS: [&str; 4] = ["no", "handled", "withdrawn", "merged"];

impl Checking<'_> {
    pub(super) const fn names(&self) -> Names<'_> {
        Names {
            policy: self.world.policy,
            cast: self.cast,
        }
    }

    /// Checks the names in a line of `expect:`.
    ///
    /// # Errors
    ///
    /// The first that is none.
    pub(super) fn check_names(&self, entry: Entry<'_>) -> Read<()> {
        let (names, node) = (self.names(), entry.value);
        match entry.key {
            "cases" => names.check_keys(Of::Kind, node),
            "sample" | "raised" => self.check_cases(node),
            "links" => node
                .entries()
                .try_for_each(|link| self.check_cases(link.value)),
            "ended" => words_of(&ENDINGS, node),
            "stage" => words_of(&STAGES, node),
            "step" => self.check_step(node),
            "holder" => names.check_words(&[Of::Person, Of::Unit, Of::Role], &["nobody"], node),
            "lead_unit" => names.check_words(&[Of::Unit], &["nobody"], node),
            "taker" | "first_contact" => names.check_words(&[Of::Person], &["nobody"], node),
            "milestone" => self.check_milestone(node),
            "shown" => names.check_words(&[Of::Act], &[], node),
            "acts" => names.check_keys(Of::Act, node),
            "clocks" => names.check_keys(Of::Clock, node),
            "fields" => {
                names.check_keys(Of::Field, node)?;
                node.entries().try_for_each(|field| self.check_value(field))
            }
            "can" | "cannot" => {
                let offers = names.all(Of::Offer);
                node.entries()
                    .try_for_each(|who| each_word(&offers, "offer", who.value))
            }
            "told" => {
                names.check_keys(Of::Notice, node)?;
                node.entries()
                    .try_for_each(|notice| names.check_words(&[Of::Person], &[], notice.value))
            }
            "sent" => names.check_keys(Of::Notice, node),
            "counted" => {
                names.check_keys(Of::Measure, node)?;
                node.entries()
                    .try_for_each(|measure| self.check_counted(measure))
            }
            "levels" => {
                names.check_keys(Of::Scale, node)?;
                node.entries().try_for_each(|scale| self.check_level(scale))
            }
            "parties" => {
                names.check_keys(Of::Party, node)?;
                let named = node.entries().filter(|role| {
                    let number = role.value.scalar();
                    number.is_none_or(|text| text.parse::<usize>().is_err())
                });
                named
                    .map(|role| role.value)
                    .try_for_each(|node| names.check_words(&[Of::Person], &[], node))
            }
            "contacts" => {
                names.check_keys(Of::Contacts, node)?;
                let reasons = node
                    .entries()
                    .filter_map(|one| one.value.get("not_counted"));
                reasons
                    .into_iter()
                    .try_for_each(|reasons| words_of(&NOT_COUNTED, reasons))
            }
            "seen_by" => names.check_words(&[Of::Person], &["anyone"], node),
            "hidden_from" | "read_by" => names.check_words(&[Of::Person], &[], node),
            "sealed" => {
                names.check_keys(Of::Seal, node)?;
                node.entries()
                    .try_for_each(|seal| names.check_words(&[Of::Field], &[], seal.value))
            }
            // Times, numbers and amounts name nothing; sheets are named where they are looked up.
            _ => Ok(()),
        }
    }

    fn check_cases(&self, node: Node<'_>) -> Read<()> {
        each_word(&self.world.case_names(), "case", node)
    }

    fn check_step(&self, node: Node<'_>) -> Read<()> {
        let kind = self.state.kind(self.world.policy);
        let steps = kind.into_iter().flat_map(|kind| kind.steps.keys());
        let steps: Vec<String> = steps.map(StepId::to_string).collect();
        among(&steps, "step", text(node)?, node.place())
    }

    fn check_milestone(&self, node: Node<'_>) -> Read<()> {
        let milestones = self.portal().into_iter();
        let milestones = milestones.flat_map(|portal| portal.milestones.keys());
        let mut all: Vec<String> = milestones.map(MilestoneId::to_string).collect();
        all.push("none".to_owned());
        among(&all, "milestone", text(node)?, node.place())
    }

    fn check_value(&self, field: Entry<'_>) -> Read<()> {
        self.names()
            .check_choice(field.key, field.value, &self.world.case_names())
    }

    fn check_counted(&self, measure: Entry<'_>) -> Read<()> {
        let declared = self.world.policy.statistics.get(measure.key);
        match declared.map(|declared| &declared.figure) {
            Some(Figure::Tally(tally)) => self.names().check_tallied(&tally.by, measure.value),
            _ => Ok(()),
        }
    }

    fn check_level(&self, scale: Entry<'_>) -> Read<()> {
        let declared = self.world.policy.levels.get(scale.key);
        let levels = declared
            .into_iter()
            .flat_map(|declared| declared.scale.keys());
        let mut levels: Vec<String> = levels.map(ToString::to_string).collect();
        levels.push("none".to_owned());
        let level = |node: Node<'_>| among(&levels, "level", text(node)?, node.place());
        if scale.value.shape() != Shape::Map {
            return level(scale.value);
        }
        scale.value.entries().try_for_each(|line| match line.key {
            "clause" => self
                .names()
                .check_words(&[Of::Clause], &["none"], line.value),
            _ => level(line.value),
        })
    }
}

fn words_of(known: &[&str], node: Node<'_>) -> Read<()> {
    let known: Vec<String> = known.iter().map(|&word| word.to_owned()).collect();
    each_word(&known, "word", node)
}
