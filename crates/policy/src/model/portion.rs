//! Shares of a number of cases.

use huiyin_settlement::Percent;
use rust_decimal::Decimal;

use super::{ParamId, ParamValue, Policy};

/// A share of a number of cases.
#[derive(Debug, Clone, PartialEq)]
pub enum Portion {
    /// Written in the policy.
    Fixed(Percent),
    /// Set on adoption.
    Param(ParamId),
}

impl Policy {
    /// How much a portion is; `None` while its parameter has no value.
    pub fn portion(&self, portion: &Portion) -> Option<Percent> {
        match portion {
            Portion::Fixed(percent) => Some(*percent),
            Portion::Param(param) => match self.params.get(param)?.value.as_ref()? {
                ParamValue::Percent(percent) => Some(*percent),
                _ => None,
            },
        }
    }
}

/// The smallest number of cases that is at least this share of `all`.
pub fn at_least(share: Percent, all: u64) -> u64 {
    let hundredths = Decimal::from(all) * share.to_decimal();
    let cases = (hundredths / Decimal::ONE_HUNDRED).ceil();
    u64::try_from(cases).unwrap_or(all)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn a_share_of_cases_is_rounded_up() {
        let of = |share: &str, all| at_least(share.parse().unwrap_or_default(), all);
        assert_eq!(of("90%", 10), 9);
        assert_eq!(of("90%", 11), 10);
        assert_eq!(of("33.3%", 3), 1);
        assert_eq!(of("100%", 7), 7);
        assert_eq!(of("0%", 7), 0);
        assert_eq!(of("90%", 0), 0);
    }
}
