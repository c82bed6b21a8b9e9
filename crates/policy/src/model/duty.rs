//! Periodic duties of the organisation (T13), and the samples they draw.

use huiyin_calendar::{Per, Period};
use huiyin_settlement::Percent;

use super::{ClauseId, KindId, ParamId, ParamValue, Policy, Selector, Text};

/// Something the organisation owes at intervals: whenever its time comes, a case of a kind of the policy is opened.
#[derive(Debug, Clone)]
pub struct Duty {
    /// Name, e.g. 办理质量检查.
    pub title: Text,
    /// The kind of case that is opened.
    pub opens: KindId,
    /// Who answers for it; the first of them is written in as having registered the case.
    pub by: Selector,
    /// How often.
    pub every: Every,
    /// Whether it is about the first period that begins after it is due, and not about what is past.
    pub ahead: bool,
    /// The cases it is about, if it is about cases.
    pub sample: Option<Sample>,
    /// What is gone through when it is done, in order.
    pub agenda: Vec<Text>,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

/// How often a duty is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Every {
    /// Written in the policy.
    Fixed(Period),
    /// A period set on adoption.
    Param(ParamId),
    /// So many times as set on adoption (P7.7).
    Times(ParamId, Per),
}

/// Which cases a duty is about: drawn from those closed in the period, so that nobody chooses them.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The kinds of case drawn from.
    pub of: Vec<KindId>,
    /// How many of them.
    pub take: SampleSize,
    /// Whether every unit that closed any is to be among them.
    pub each_unit: bool,
}

/// How many cases a sample has.
#[derive(Debug, Clone, PartialEq)]
pub enum SampleSize {
    /// So many, or all if there are fewer.
    Number(u32),
    /// This share of them, rounded up.
    Share(Percent),
    /// A number or share set on adoption.
    Param(ParamId),
}

/// The greatest number of cases in a sample.
pub const SAMPLE_MAX: u32 = 500;

impl Policy {
    /// How often a duty is due; `None` while its parameter has no value.
    pub fn period_of(&self, duty: &Duty) -> Option<Period> {
        let value = |param| self.params.get(param)?.value.as_ref();
        match &duty.every {
            Every::Fixed(period) => Some(period.clone()),
            Every::Param(param) => match value(param)? {
                ParamValue::Period(period) => Some(period.clone()),
                _ => None,
            },
            Every::Times(param, per) => match value(param)? {
                ParamValue::Integer(times) => Some(Period::Times {
                    times: u32::try_from(*times).ok()?,
                    per: *per,
                }),
                _ => None,
            },
        }
    }

    /// How many of `population` cases a sample takes: at least one of any, and no more than [`SAMPLE_MAX`].
    pub fn sample_size(&self, sample: &Sample, population: usize) -> usize {
        let share = |percent: &Percent| {
            let hundredths = rust_decimal::Decimal::from(population) * percent.to_decimal();
            let cases = (hundredths / rust_decimal::Decimal::ONE_HUNDRED).ceil();
            usize::try_from(cases).unwrap_or(population)
        };
        let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let size = match &sample.take {
            SampleSize::Number(cases) => number(*cases),
            SampleSize::Share(percent) => share(percent),
            SampleSize::Param(param) => {
                match self
                    .params
                    .get(param)
                    .and_then(|param| param.value.as_ref())
                {
                    Some(ParamValue::Integer(cases)) => usize::try_from(*cases).unwrap_or(0),
                    Some(ParamValue::Percent(percent)) => share(percent),
                    _ => 0,
                }
            }
        };
        size.clamp(usize::from(population > 0), number(SAMPLE_MAX))
            .min(population)
    }
}
