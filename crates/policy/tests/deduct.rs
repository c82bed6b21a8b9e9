//! Closing month after month: whatever is charged, corrected and entered, the sums hold, and where nothing is corrected it is what
//! `settle` gives for the same rows.

mod support;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use huiyin_policy::check;
use huiyin_policy::model::{AccountId, Policy};
use huiyin_policy::settle::{
    Bonuses, Month, OpenCharge, Raw, deduct, next_month, read_bonuses, settle,
};
use huiyin_settlement::Money;
use proptest::prelude::*;
use support::manufacturing_files;

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let checked = check(&manufacturing_files());
    checked.policy.expect("the shipped policy checks")
});

fn account() -> AccountId {
    AccountId::new("bonus_deductions")
}

fn month(at: u32) -> Month {
    format!("2026-{:02}", at + 1).parse().expect("a month")
}

fn cents(cents: u32) -> Money {
    Money::from_cents(i64::from(cents)).expect("within bounds")
}

fn row(cells: &[(&str, &str)]) -> Raw {
    let cell = |(name, value): &(&str, &str)| ((*name).to_owned(), Raw::Text((*value).to_owned()));
    Raw::Map(cells.iter().map(cell).collect())
}

fn bonuses(of: Month, entered: &BTreeMap<u32, u32>) -> Bonuses {
    let rows = entered.iter().map(|(person, bonus)| {
        let (person, bonus) = (format!("P{person}"), cents(*bonus).to_string());
        row(&[("person", &person), ("bonus", &bonus)])
    });
    let declared = &POLICY.settlement.accounts[&account()];
    let read = read_bonuses(&POLICY, declared, of, &Raw::List(rows.collect()));
    read.expect("the rows are right")
}

/// What happens, month by month: charges that come or change, and the bonuses of the month.
#[derive(Debug, Clone)]
struct Turn {
    /// Which charge comes, or has another amount from now on; zero takes it back.
    charges: Vec<(usize, u32)>,
    /// Bonuses by person.
    bonuses: BTreeMap<u32, u32>,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let charges = prop::collection::vec((0_usize..6, 0_u32..100_000), 0..4);
    let bonuses = prop::collection::btree_map(0_u32..3, 0_u32..60_000, 0..4);
    let turn = (charges, bonuses).prop_map(|(charges, bonuses)| Turn { charges, bonuses });
    prop::collection::vec(turn, 1..11)
}

/// The account as it is kept: what each charge is and what was taken of it.
#[derive(Default)]
struct Kept {
    charges: BTreeMap<usize, (Month, Money, Money)>,
    closed: Option<Month>,
}

impl Kept {
    fn open(&self) -> Vec<OpenCharge<usize>> {
        let charges = self.charges.iter();
        let charges = charges.map(|(id, (from, amount, before))| OpenCharge {
            who: format!("P{}", id % 3),
            amount: *amount,
            before: *before,
            from: *from,
            of: *id,
        });
        charges.collect()
    }

    fn sum(&self, of: fn(&(Month, Money, Money)) -> Money) -> Money {
        Money::sum(self.charges.values().map(of)).expect("within bounds")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_was_taken_and_what_is_left_are_what_was_charged(turns in turns()) {
        let at_most = POLICY.settlement.accounts[&account()].cap.at;
        let mut kept = Kept::default();
        let mut taken = Money::ZERO;
        for (at, turn) in (0..).zip(&turns) {
            let now = month(at);
            for (id, amount) in &turn.charges {
                let one = kept.charges.entry(*id).or_insert((now, Money::ZERO, Money::ZERO));
                one.1 = cents(*amount);
            }
            // A charge may come late, for a month that begins to be closed only now.
            while let Some(next) = next_month(kept.closed, &kept.open()).filter(|next| *next <= now) {
                let of = turns.iter().zip(0..).find(|(_, at)| month(*at) == next);
                let entered = bonuses(next, &of.expect("it was turned to").0.bonuses);
                let people = deduct(at_most, next, kept.open(), &entered).expect("within bounds");
                for person in &people {
                    let bonus = entered.get(&person.who).map_or(Money::ZERO, |bonus| bonus.of);
                    let twice = person.month.taken.plus(person.month.taken).expect("within bounds");
                    prop_assert!(twice <= bonus || person.month.taken <= Money::ZERO);
                    let parts = Money::sum(person.charges.iter().map(|one| one.taken));
                    prop_assert_eq!(parts, Ok(person.month.taken));
                    taken = taken.plus(person.month.taken).expect("within bounds");
                    for one in &person.charges {
                        let kept = kept.charges.get_mut(&one.charge.of).expect("it is there");
                        kept.2 = kept.2.plus(one.taken).expect("within bounds");
                    }
                }
                kept.closed = Some(next);
                let left = kept.open();
                let left = Money::sum(left.iter().map(|one| one.left().expect("within bounds")));
                let both = taken.plus(left.expect("within bounds"));
                prop_assert_eq!(both, Ok(kept.sum(|one| one.1)));
                prop_assert_eq!(taken, kept.sum(|one| one.2));
            }
        }
    }

    #[test]
    fn without_corrections_it_is_what_settle_gives(
        owed in prop::collection::vec(1_u32..200_000, 1..4),
        entered in prop::collection::vec(prop::collection::vec(0_u32..90_000, 3), 1..8),
    ) {
        let settled = settle(&POLICY, &rows(&owed, &entered)).expect("the rows are right");
        let settled = &settled.accounts[&account()];
        let at_most = POLICY.settlement.accounts[&account()].cap.at;
        let mut kept = Kept::default();
        for (person, amount) in owed.iter().enumerate() {
            kept.charges.insert(person, (month(0), cents(*amount), Money::ZERO));
        }
        for (at, of) in (0..).zip(&entered) {
            let open = kept.open();
            let Some(now) = next_month(kept.closed, &open) else { break };
            prop_assert_eq!(now, month(at));
            let of: BTreeMap<u32, u32> = (0..).zip(of.iter().copied()).collect();
            let people = deduct(at_most, now, open, &bonuses(now, &of)).expect("within bounds");
            for person in &people {
                let expected = settled.iter().find(|one| one.who == person.who).expect("owes");
                let expected = expected.months.iter().find(|one| one.month == now).expect("not used up");
                let found = (person.month.owed, person.month.room, person.month.taken, person.month.rest);
                prop_assert_eq!(found, (expected.owed, expected.room, expected.taken, expected.rest));
                let one = &person.charges[0];
                kept.charges.get_mut(&one.charge.of).expect("it is there").2 =
                    one.charge.before.plus(one.taken).expect("within bounds");
            }
            kept.closed = Some(now);
        }
        for person in settled {
            let left = kept.open().into_iter().filter(|one| one.who == person.who);
            let left = Money::sum(left.map(|one| one.left().expect("within bounds")));
            prop_assert_eq!(left, Ok(person.left));
        }
    }
}

/// Rows for `settle`: each person is owed to by one claim of an earlier case, and has these bonuses from January on.
fn rows(owed: &[u32], entered: &[Vec<u32>]) -> Raw {
    let settlement = [("number", "1"), ("month", "2026-01"), ("proposed", "9")];
    let brought_forward = owed.iter().enumerate().map(|(person, amount)| {
        let (person, amount) = (format!("P{person}"), cents(*amount).to_string());
        row(&[("person", &person), ("amount", &amount)])
    });
    let bonuses = (0..).zip(entered).flat_map(|(at, of)| {
        let people = of.iter().enumerate();
        people.map(move |(person, bonus)| {
            let (person, bonus) = (format!("P{person}"), cents(*bonus).to_string());
            let month = month(at).to_string();
            row(&[("person", &person), ("month", &month), ("bonus", &bonus)])
        })
    });
    let sheet = |name: &str, rows: Vec<Raw>| (name.to_owned(), Raw::List(rows));
    Raw::Map(vec![
        ("settlement".to_owned(), row(&settlement)),
        sheet("brought_forward", brought_forward.collect()),
        sheet("bonuses", bonuses.collect()),
    ])
}

fn wrong(rows: Vec<Raw>) -> Vec<String> {
    let declared = &POLICY.settlement.accounts[&account()];
    let read = read_bonuses(&POLICY, declared, month(2), &Raw::List(rows));
    let problems = read.expect_err("something is wrong");
    let told = problems.iter();
    told.map(|one| format!("{}: {}", one.path, one.wrong.key().0))
        .collect()
}

#[test]
fn every_mistake_in_bonuses_is_told_at_its_place() {
    let found = wrong(vec![
        row(&[("person", "王一"), ("bonus", "900")]),
        row(&[("person", "王一"), ("bonus", "1")]),
        row(&[("person", "李二"), ("bonus", "-1")]),
        row(&[("person", "赵四")]),
        row(&[("bonus", "5")]),
        row(&[("person", "钱五"), ("bonus", "1.005"), ("wage", "3")]),
        row(&[("person", "孙六"), ("bonus", "1"), ("month", "2026-04")]),
        row(&[("person", "周七"), ("bonus", "1e30")]),
    ]);
    let mut found = found;
    found.sort();
    let expected = [
        "bonuses[1]: twice",
        "bonuses[2].bonus: bad-value",
        "bonuses[3].bonus: missing",
        "bonuses[4].person: missing",
        "bonuses[5].bonus: bad-value",
        "bonuses[5].wage: unknown-name",
        "bonuses[6].month: other-month",
        "bonuses[7].bonus: bad-value",
    ];
    assert_eq!(found, expected);
}
