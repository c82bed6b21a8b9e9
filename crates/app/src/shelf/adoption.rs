//! Adoptions of a policy by units: which unit uses what, and what of a line lies ahead.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::Organisation;
use huiyin_policy::model::PolicyId;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Shelf, Version};

/// The adoption of a version by a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The unit; the units below it use it, too, unless one nearer has adopted the policy itself.
    pub unit: UnitId,
    /// The version of the organisation that it adopts.
    pub base: u32,
    /// What it sets of its own, by parameter, in the policy's words; `None` where the unit's adoption ends.
    pub own: Option<BTreeMap<String, String>>,
    /// Who decided it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

impl Version {
    /// Whether from its day on the unit uses what is used above it.
    pub fn ends_adoption(&self) -> bool {
        let adoption = self.adoption.as_ref();
        adoption.is_some_and(|adoption| adoption.own.is_none())
    }
}

impl Shelf {
    /// Whether a case that keeps one version may go on under another: of a newer version of the organisation, or of the same one on
    /// another line, or later on the same.
    pub fn is_newer(&self, to: &Version, than: &Version) -> bool {
        let moves = to.unit() != than.unit() || to.version > than.version;
        let newer = to.base() > than.base() || (to.base() == than.base() && moves);
        newer && !to.ends_adoption()
    }

    /// What a unit uses of a version of the organisation: its newest adoption of it that has begun and goes on.
    pub fn adopted_of(
        &self,
        (policy, base): (&PolicyId, u32),
        unit: UnitId,
        today: Date,
    ) -> Option<&Version> {
        let of_base =
            |one: &Version| one.base() == base && one.has_come(today) && !self.is_stopped(one);
        let newest = self.newest_that(policy, Some(unit), of_base);
        newest.filter(|one| !one.ends_adoption())
    }

    /// The version of one policy under which a case of this unit is taken in: that of the nearest unit which has adopted the policy,
    /// itself or above it, or else of the organisation.
    pub fn in_force_at(
        &self,
        policy: &PolicyId,
        unit: Option<UnitId>,
        (organisation, today): (&Organisation, Date),
    ) -> Option<&Version> {
        let mut at = unit;
        // A cycle in the tree ends the walk.
        for _ in 0..=organisation.units.len() {
            let Some(unit) = at else { break };
            if let Some(adopted) = self.adopted_by(policy, unit, today) {
                return Some(adopted);
            }
            at = organisation.units.get(&unit).and_then(|unit| unit.parent);
        }
        self.in_force(policy, today)
    }

    /// What a unit itself has adopted of a policy and uses on a day.
    pub fn adopted_by(&self, policy: &PolicyId, unit: UnitId, today: Date) -> Option<&Version> {
        let has_come = |one: &Version| one.has_come(today) && !self.is_stopped(one);
        let newest = self.newest_that(policy, Some(unit), has_come);
        newest.filter(|one| !one.ends_adoption())
    }

    /// The units that have ever adopted a policy.
    pub fn adopters(&self, policy: &PolicyId) -> BTreeSet<UnitId> {
        let all = self.numbered(policy).iter();
        all.filter_map(Version::unit).collect()
    }

    /// The versions of the organisation that may take cases in from a day on, by number, each with the day from which: the one in
    /// force then, those to come, and those that a stop holds up and that take over again when it is lifted.
    pub fn ahead(&self, policy: &PolicyId, from: Date) -> Vec<(Date, &Version)> {
        self.on_days(&self.line(policy, None), from, |day, newest_first| {
            let mut going = false;
            let take = |one: &&Version| {
                let taken = one.has_come(day) && !going;
                going |= taken && one.stop().is_none();
                taken
            };
            newest_first.filter(take).collect()
        })
    }

    /// What a unit has adopted and would use from a day on, by number, each with the day from which. What is stopped is left out, and
    /// so is an end that has come by then.
    pub fn adoptions_ahead(
        &self,
        policy: &PolicyId,
        unit: UnitId,
        from: Date,
    ) -> Vec<(Date, &Version)> {
        let ahead = self.on_days(&self.line(policy, Some(unit)), from, |day, newest_first| {
            let mut going = newest_first.filter(|one| one.has_come(day) && one.stop().is_none());
            going.next().into_iter().collect()
        });
        let begun = ahead.iter().any(|(_, one)| !one.ends_adoption());
        let told = |(day, one): &(Date, &Version)| begun && (*day > from || !one.ends_adoption());
        ahead.into_iter().filter(told).collect()
    }

    fn on_days<'s, L>(
        &'s self,
        line: &L,
        from: Date,
        pick: impl Fn(Date, &mut dyn Iterator<Item = &'s Version>) -> Vec<&'s Version>,
    ) -> Vec<(Date, &'s Version)>
    where
        L: DoubleEndedIterator<Item = &'s Version> + Clone,
    {
        let later = line.clone().map(|one| one.effective_on.max(from));
        let days: BTreeSet<Date> = later.chain([from]).collect();
        let mut ahead: BTreeMap<u32, (Date, &Version)> = BTreeMap::new();
        for day in days {
            for one in pick(day, &mut line.clone().rev()) {
                ahead.entry(one.version).or_insert((day, one));
            }
        }
        ahead.into_values().collect()
    }
}
