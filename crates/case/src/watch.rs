//! What runs as a clock: a clock of the kind, or a share of one (P3.18).

use std::borrow::Cow;

use huiyin_calendar::{End, Length, Limit};
use huiyin_policy::model::{
    Amount, ClauseId, Clock, ClockId, FactPath, Kind, LateNotice, LengthRow, Moment, ParamValue,
    Restart, Share, ShareLimits, Shares, Verb, Warning,
};

use crate::decide::Context;
use crate::facts::Facts;
use crate::refusal::{Refusal, Rule};
use crate::value::Value;
use jiff::Timestamp;
use jiff::civil::Date;

/// One clock of a kind, seen alike whether it is declared or a share.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Watch<'p> {
    Clock(&'p ClockId, &'p Clock),
    Share(&'p Shares, &'p Share),
}

/// All clocks of a kind in the order of the file, shares last.
pub(crate) fn watches(kind: &Kind) -> impl Iterator<Item = Watch<'_>> {
    let clocks = kind
        .clocks
        .iter()
        .map(|(id, clock)| Watch::Clock(id, clock));
    let shares = kind
        .shares
        .iter()
        .flat_map(|shares| shares.all().map(move |share| Watch::Share(shares, share)));
    clocks.chain(shares)
}

/// The clock of a kind with this name.
pub(crate) fn watch<'p>(kind: &'p Kind, id: &ClockId) -> Option<Watch<'p>> {
    watches(kind).find(|watch| watch.id() == id)
}

impl<'p> Watch<'p> {
    pub(crate) fn id(self) -> &'p ClockId {
        match self {
            Self::Clock(id, _) => id,
            Self::Share(_, share) => &share.clock,
        }
    }

    pub(crate) fn clause(self) -> &'p ClauseId {
        match self {
            Self::Clock(_, clock) => &clock.clause,
            Self::Share(shares, _) => &shares.clause,
        }
    }

    /// The clause behind the length that the facts choose.
    pub(crate) fn clause_of_length(self, facts: &Facts<'_>) -> &'p ClauseId {
        let row = self.clock().and_then(|clock| {
            let fits = |row: &&LengthRow| row.when.as_ref().is_none_or(|when| facts.hold(when));
            clock.length.iter().find(fits)
        });
        let clause = row.and_then(|row| row.clause.as_ref());
        clause.unwrap_or_else(|| self.clause())
    }

    /// What is sent once it is overdue.
    pub(crate) fn late(self) -> &'p [LateNotice] {
        match self {
            Self::Clock(_, clock) => &clock.late,
            Self::Share(shares, _) => &shares.late,
        }
    }

    /// Who is warned before it is due.
    pub(crate) fn warn(self) -> &'p [Warning] {
        match self {
            Self::Clock(_, clock) => &clock.warn,
            Self::Share(shares, _) => &shares.warn,
        }
    }

    /// The declared clock; a share has no pauses of its own.
    pub(crate) fn clock(self) -> Option<&'p Clock> {
        match self {
            Self::Clock(_, clock) => Some(clock),
            Self::Share(..) => None,
        }
    }

    /// Any of these starts it.
    pub(crate) fn start(self) -> Cow<'p, [Moment]> {
        match self {
            Self::Clock(_, clock) => Cow::Borrowed(&clock.start),
            Self::Share(_, share) => Cow::Owned(vec![Moment::Entered(share.from.clone())]),
        }
    }

    /// It stops once every moment of any of these sets has happened. A share also ends with the handling.
    pub(crate) fn stop(self) -> Cow<'p, [Vec<Moment>]> {
        match self {
            Self::Clock(_, clock) => Cow::Borrowed(&clock.stop),
            Self::Share(_, share) => {
                let closed = Moment::Verb {
                    verb: Verb::Closed,
                    step: None,
                };
                Cow::Owned(vec![vec![Moment::Left(share.to.clone())], vec![closed]])
            }
        }
    }

    pub(crate) fn restart(self) -> Option<&'p Restart> {
        self.clock()?.restart.as_ref()
    }

    /// Whether the clock starts at all, as far as the facts say.
    pub(crate) fn applies(self, facts: &Facts<'_>) -> bool {
        match self {
            Self::Clock(_, clock) => {
                let holds = |when: &Option<_>| when.as_ref().is_none_or(|when| facts.hold(when));
                // A clock that runs until a date is not started by a case that names none.
                let row = clock.length.iter().find(|row| holds(&row.when));
                let dated = row.is_none_or(|row| match &row.amount {
                    Amount::Until(path, _) => facts.value(path).is_some(),
                    Amount::Fixed(_) | Amount::Param(_) => true,
                });
                dated && holds(&clock.when)
            }
            Self::Share(..) => true,
        }
    }

    /// Whether nothing that chooses the length is among what a historical case lacks.
    pub(crate) fn length_is_known(
        self,
        facts: &Facts<'_>,
        lacks: &dyn Fn(&FactPath) -> bool,
    ) -> bool {
        match self {
            Self::Clock(_, clock) => {
                let holds =
                    |row: &&LengthRow| row.when.as_ref().is_none_or(|when| facts.hold(when));
                let chosen = clock.length.iter().position(|row| holds(&row));
                let mut asked = clock
                    .length
                    .iter()
                    .take(chosen.map_or(0, |row| row + 1))
                    .filter_map(|row| row.when.as_ref());
                !asked.any(|when| when.facts().into_iter().any(lacks))
            }
            Self::Share(_, share) => match &share.limits {
                ShareLimits::One(_) => true,
                ShareLimits::By(path, _) => !lacks(path),
            },
        }
    }

    /// How long it runs, by the facts at its start.
    ///
    /// # Errors
    ///
    /// When a parameter is not set or the fact that chooses the length is not on record; the checker proves that
    /// neither happens in a policy that is in force.
    pub(crate) fn limit(
        self,
        context: &Context<'_>,
        facts: &Facts<'_>,
        start: Timestamp,
    ) -> Result<Limit, Refusal> {
        let found = match self {
            Self::Clock(_, clock) => clock
                .length
                .iter()
                .find(|row| row.when.as_ref().is_none_or(|when| facts.hold(when)))
                .and_then(|row| match &row.amount {
                    Amount::Fixed(limit) => Some(*limit),
                    Amount::Until(path, end) => match facts.value(path)? {
                        Value::Date(date) => Some(until(*date, *end, context, start)),
                        _ => None,
                    },
                    Amount::Param(param) => {
                        match context.policy.params.get(param)?.value.as_ref()? {
                            ParamValue::Limit(limit) => Some(*limit),
                            _ => None,
                        }
                    }
                }),
            Self::Share(_, share) => match &share.limits {
                ShareLimits::One(limit) => Some(*limit),
                ShareLimits::By(path, limits) => match facts.value(path) {
                    Some(Value::OneOf(choice)) => limits.get(choice).copied(),
                    _ => None,
                },
            },
        };
        found.ok_or_else(|| {
            Refusal::of(
                Rule::ConditionFailed(format!("no length for clock `{}`", self.id())),
                self.clause(),
            )
        })
    }
}

/// The limit that ends on a date: as many calendar days as lie between; none if the date has passed.
fn until(date: Date, end: End, context: &Context<'_>, start: Timestamp) -> Limit {
    let days = (date - context.calendar.date_of(start)).get_days();
    let days = u32::try_from(days).unwrap_or(0);
    Limit::new(Length::CalendarDays(days)).ending(end)
}
