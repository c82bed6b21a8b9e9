//! What is handed over to the accounting system next, given what was before: a voucher once, and a change by a counter-voucher.

use std::collections::BTreeMap;

use huiyin_settlement::{Money, OutOfBounds};

/// What stands between an identifier and the number of one that follows on it. No name has it, so nothing else reads like this.
const NUMBER_MARK: char = '·';

/// What was handed over under an identifier so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HandedOver {
    /// The sum of it all: what stands in the books.
    pub stands: Money,
    /// How many vouchers it were, counter-vouchers included; the last has this number.
    pub times: u32,
}

impl HandedOver {
    /// The same after another voucher; `nth` is its number.
    ///
    /// # Errors
    ///
    /// When the sum is too large.
    pub fn and(self, amount: Money, nth: u32) -> Result<HandedOver, OutOfBounds> {
        Ok(HandedOver {
            stands: self.stands.plus(amount)?,
            times: self.times.max(nth),
        })
    }

    /// Whether something else stands in the books than is settled now.
    pub fn differs_from(self, now: Money) -> bool {
        self.stands != now
    }
}

/// A voucher, or a counter-voucher, to be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandOver {
    /// Its number among those under the identifier, from 1.
    pub nth: u32,
    /// The amount; below zero in a counter-voucher.
    pub amount: Money,
    /// The number of the one that it reverses.
    pub reverses: Option<u32>,
}

/// What has to be handed over under an identifier so that `now` stands in the books (P3.38). Nothing that was handed over is
/// changed: what does not stand any more is reversed, and what is settled now follows under the next number.
pub fn to_hand_over(before: HandedOver, now: Money) -> Vec<HandOver> {
    let mut vouchers = Vec::new();
    if !before.differs_from(now) {
        return vouchers;
    }
    let mut nth = before.times;
    if before.stands != Money::ZERO {
        nth += 1;
        vouchers.push(HandOver {
            nth,
            amount: before.stands.reversed(),
            reverses: Some(before.times),
        });
    }
    if now != Money::ZERO {
        vouchers.push(HandOver {
            nth: nth + 1,
            amount: now,
            reverses: None,
        });
    }
    vouchers
}

/// The identifier with this number: the first is the identifier itself.
pub fn numbered(id: &str, nth: u32) -> String {
    match nth {
        0 | 1 => id.to_owned(),
        nth => format!("{id}{NUMBER_MARK}{nth}"),
    }
}

/// What stands in the books by a list of identifiers with their amounts, by the first identifier of each.
///
/// # Errors
///
/// The identifier under which the sum is too large.
pub(super) fn standing(
    listed: &BTreeMap<String, Money>,
) -> Result<BTreeMap<String, HandedOver>, String> {
    let mut standing: BTreeMap<String, HandedOver> = BTreeMap::new();
    for (id, amount) in listed {
        let (base, nth) = parts(id);
        let before = standing.get(base).copied().unwrap_or_default();
        let after = before.and(*amount, nth).map_err(|_| id.clone())?;
        standing.insert(base.to_owned(), after);
    }
    Ok(standing)
}

fn parts(id: &str) -> (&str, u32) {
    let numbered = id.rsplit_once(NUMBER_MARK);
    let numbered = numbered.and_then(|(base, nth)| Some((base, nth.parse().ok()?)));
    numbered.filter(|(_, nth)| *nth > 1).unwrap_or((id, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    /// Hands over what each amount asks for in turn, and gives everything that was handed over.
    fn history(amounts: &[&str]) -> Vec<(u32, String, Option<u32>)> {
        let mut before = HandedOver::default();
        let mut all = Vec::new();
        for amount in amounts {
            for one in to_hand_over(before, money(amount)) {
                before = before.and(one.amount, one.nth).unwrap();
                all.push((one.nth, one.amount.to_string(), one.reverses));
            }
            assert_eq!(before.stands, money(amount));
            assert_eq!(
                to_hand_over(before, money(amount)),
                [],
                "nothing is handed over twice"
            );
        }
        all
    }

    #[test]
    fn a_change_is_a_counter_voucher_and_a_new_one() {
        let line = |nth, amount: &str, reverses| (nth, amount.to_owned(), reverses);
        assert_eq!(history(&["100"]), [line(1, "100.00", None)]);
        assert_eq!(
            history(&["100", "90", "0", "0", "5"]),
            [
                line(1, "100.00", None),
                line(2, "-100.00", Some(1)),
                line(3, "90.00", None),
                line(4, "-90.00", Some(3)),
                line(5, "5.00", None),
            ]
        );
        assert_eq!(history(&["0"]), []);
    }

    #[test]
    fn what_was_handed_over_is_told_from_its_list() {
        let listed = [
            ("26/claim/A", "100"),
            ("26/claim/A·2", "-100"),
            ("26/claim/A·3", "90"),
            ("26/claim/B·x", "1"),
        ];
        let listed = listed.map(|(id, amount)| (id.to_owned(), money(amount)));
        let standing = standing(&BTreeMap::from(listed)).unwrap();
        let of = |id: &str| {
            standing
                .get(id)
                .map(|one| (one.stands.to_string(), one.times))
        };
        assert_eq!(of("26/claim/A"), Some(("90.00".to_owned(), 3)));
        assert_eq!(of("26/claim/B·x"), Some(("1.00".to_owned(), 1)));
        assert_eq!(numbered("26/claim/A", 3), "26/claim/A·3");
        assert_eq!(numbered("26/claim/A", 1), "26/claim/A");
    }
}
