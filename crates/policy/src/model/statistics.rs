//! What is measured of cases, and the reports that show it.

use huiyin_calendar::PeriodLength;
use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::{
    ChoiceId, ClauseId, ClockId, FactPath, FieldType, KindId, MeasureId, Moment, Policy, Portion,
    Text,
};
use crate::case_facts;

/// The longest duration that is kept apart, in its unit; anything longer counts as this.
pub const DURATION_MAX: u32 = 9_999;

/// How many decimal places an amount has that is kept in cents.
const CENT_PLACES: u32 = 2;

/// What is measured of every case, whatever the policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// It was opened, on that day.
    Opened,
    /// It was closed, on the day of the last closing.
    Closed,
    /// It was opened again, on the day of the last time.
    Reopened,
    /// The customer took it back, on that day.
    Withdrawn,
    /// It was merged into another, on that day.
    Merged,
    /// It was archived, on that day.
    Archived,
    /// It was passed on, on the day of the last time.
    Transferred,
    /// A unit refused it, on the day of the last time.
    Refused,
    /// A clock of it ran out, on the day the first one did.
    Late,
    /// A clock of it was extended, on the day of the last time.
    Extended,
}

impl Count {
    /// All counts, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Opened,
        Self::Closed,
        Self::Withdrawn,
        Self::Merged,
        Self::Late,
        Self::Extended,
        Self::Reopened,
        Self::Transferred,
        Self::Refused,
        Self::Archived,
    ];

    /// The name by which it is stored and asked for. No measure of a policy may be called so.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Archived => "archived",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
            Self::Transferred => "transferred",
            Self::Refused => "refused",
            Self::Late => "late",
            Self::Extended => "extended",
        }
    }
}

/// Something measured of the cases of some kinds. A case counts at most once, on the day that the figure names.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Name, e.g. 答复用时.
    pub title: Text,
    /// The kinds whose cases are measured.
    pub kinds: Vec<KindId>,
    /// What is measured.
    pub figure: Figure,
    /// The share that a rate or the timeliness is to reach.
    pub target: Option<Portion>,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

/// What is measured.
#[derive(Debug, Clone)]
pub enum Figure {
    /// How long it took from one moment to another.
    Duration(Duration),
    /// Whether a clock was met: on the day it stopped, or on the day it ran out.
    InTime(ClockId),
    /// Which choice is on record.
    Tally(Tally),
    /// How many of the cases of a tally have certain choices. Nothing is stored for it.
    Rate(Rate),
    /// What the cases come to together, in money or another number.
    Sum(Sum),
}

impl Figure {
    /// What its cases are told apart by, if they are.
    pub const fn by(&self) -> Option<&FactPath> {
        match self {
            Self::Tally(tally) => Some(&tally.by),
            Self::Sum(sum) => sum.by.as_ref(),
            Self::Duration(_) | Self::InTime(_) | Self::Rate(_) => None,
        }
    }
}

/// How long it took. The case counts on the day of the second moment.
#[derive(Debug, Clone)]
pub struct Duration {
    /// From the first of any of these moments.
    pub from: Vec<Moment>,
    /// To any of these, not before `from`.
    pub to: Vec<Moment>,
    /// Which of them.
    pub which: Which,
    /// What is counted.
    pub unit: DurationUnit,
    /// Limits of interest, in the unit: how many cases took no longer.
    pub within: Vec<u32>,
}

/// Which of several occurrences of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The earliest.
    First,
    /// The latest.
    Last,
}

/// In what a duration is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DurationUnit {
    /// Working days after the day of the first moment (T10).
    WorkingDays,
    /// Calendar days after the day of the first moment.
    Days,
    /// Hours of elapsed time, a part of an hour as a whole one.
    Hours,
}

/// Which choice is on record in the cases that come to a moment; also how many have none.
#[derive(Debug, Clone)]
pub struct Tally {
    /// The choice: a `one_of` or `category` field, `case.channel`, `case.kind` or a level.
    pub by: FactPath,
    /// The case counts on the day of any of these moments.
    pub on: Vec<Moment>,
    /// Which of them.
    pub which: Which,
}

/// A share of the cases of a tally.
#[derive(Debug, Clone)]
pub struct Rate {
    /// The tally.
    pub of: MeasureId,
    /// Cases with any of these choices …
    pub count: Vec<ChoiceId>,
    /// … among those with any of these; `None` among all, also those with no choice on record.
    pub among: Option<Vec<ChoiceId>>,
}

/// What an amount or number on record comes to over the cases that come to a moment; a case without it doesn't count.
#[derive(Debug, Clone)]
pub struct Sum {
    /// The amount or the number: a `money` or `integer` field.
    pub of: FactPath,
    /// What the sum is split by, as [`Tally::by`].
    pub by: Option<FactPath>,
    /// The case counts on the day of any of these moments.
    pub on: Vec<Moment>,
    /// Which of them.
    pub which: Which,
}

/// A report that is made at intervals.
#[derive(Debug, Clone)]
pub struct Report {
    /// Name, e.g. 投诉月报.
    pub title: Text,
    /// The kinds it covers, each with figures of its own.
    pub kinds: Vec<KindId>,
    /// How long the time is that each is about; it is made when that is over.
    pub every: PeriodLength,
    /// What it shows.
    pub measures: Vec<MeasureId>,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

impl Policy {
    /// The choices that a tally by `path` tells apart; of a tree of categories all of them, each before those below it.
    pub fn choices(&self, path: &FactPath) -> IndexMap<ChoiceId, &Text> {
        if path.part().as_str() == case_facts::CASE {
            let named = |id: &str| ChoiceId::new(id);
            let channels = self.channels.iter();
            let channels = channels.map(|(id, channel)| (named(id.as_str()), &channel.title));
            let kinds = self.kinds.iter();
            let kinds = kinds.map(|(id, kind)| (named(id.as_str()), &kind.title));
            return match path.field().as_str() {
                case_facts::CHANNEL => channels.collect(),
                case_facts::FOLLOW_UP => case_facts::FOLLOW_UPS
                    .iter()
                    .map(|(id, title)| (named(id), title))
                    .collect(),
                _ => kinds.collect(),
            };
        }
        if path.part().as_str() == case_facts::LEVELS {
            let levels = self.levels.get(path.field().as_str());
            let scale = levels.into_iter().flat_map(|levels| &levels.scale);
            return scale.map(|(id, title)| (id.clone(), title)).collect();
        }
        match self.field(path).map(|field| &field.ty) {
            Some(ty @ FieldType::Category { .. }) => {
                let nodes = self.tree_of(ty).into_iter();
                let nodes = nodes.flat_map(|(tree, _)| &tree.nodes);
                nodes.map(|(id, node)| (id.clone(), &node.title)).collect()
            }
            Some(FieldType::OneOf(choices)) => choices
                .iter()
                .map(|(id, title)| (id.clone(), title))
                .collect(),
            _ => IndexMap::new(),
        }
    }

    /// A choice of a tally with all that is counted in it: of a tree of categories those below it too.
    pub fn choices_within(&self, path: &FactPath, choice: &ChoiceId) -> Vec<ChoiceId> {
        let tree = self.field(path).and_then(|field| self.tree_of(&field.ty));
        let within: Vec<ChoiceId> = tree
            .into_iter()
            .flat_map(|(tree, _)| tree.within(choice))
            .cloned()
            .collect();
        match within.is_empty() {
            true => vec![choice.clone()],
            false => within,
        }
    }

    /// How many choices of a tally stand above one, and count it too.
    pub fn choices_above(&self, path: &FactPath, choice: &ChoiceId) -> usize {
        let tree = self.field(path).and_then(|field| self.tree_of(&field.ty));
        let node = tree.and_then(|(tree, _)| tree.nodes.get(choice));
        node.map_or(0, |node| node.depth)
    }

    /// Whether a sum is one of money, kept in cents.
    pub fn is_of_money(&self, sum: &Sum) -> bool {
        self.field(&sum.of)
            .is_some_and(|field| field.ty == FieldType::Money)
    }

    /// What a sum has come to, as it is written: amounts with two decimal places.
    pub fn written_sum(&self, sum: &Sum, value: i128) -> String {
        let places = if self.is_of_money(sum) {
            CENT_PLACES
        } else {
            0
        };
        // Only numbers that no case has are too large for a decimal.
        Decimal::try_from_i128_with_scale(value, places)
            .map_or_else(|_| value.to_string(), |sum| sum.to_string())
    }

    /// The measures of a kind, in the order of the file.
    pub fn measures_of<'p>(
        &'p self,
        kind: &'p KindId,
    ) -> impl Iterator<Item = (&'p MeasureId, &'p Measure)> {
        let measures = self.statistics.iter();
        measures.filter(|(_, measure)| measure.kinds.contains(kind))
    }
}
