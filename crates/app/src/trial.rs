//! The organisation to try with: a furniture company of our own invention.

use std::collections::BTreeSet;

use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::{Organisation, Person, Unit};
use huiyin_policy::model::PositionId;

use crate::ids;

/// Name of the organisation.
pub(crate) const NAME: &str = "晴川家居";

/// Units: name, and the unit above by its place in this list.
const UNITS: [(&str, Option<usize>); 8] = [
    ("晴川家居", None),
    ("客服部", Some(0)),
    ("安装维修部", Some(0)),
    ("产品质量部", Some(0)),
    ("财务部", Some(0)),
    ("华东分公司", Some(0)),
    ("华东安装组", Some(5)),
    ("华东门店", Some(5)),
];

/// People: name, unit by its place in [`UNITS`], positions, whether they head the unit.
const PEOPLE: [(&str, usize, &[&str], bool); 11] = [
    (
        "沈佳",
        1,
        &["customer-service-head", "customer-service-specialist"],
        true,
    ),
    ("林晓", 1, &["customer-service-specialist"], false),
    ("徐冰", 1, &["customer-service-specialist"], false),
    ("高远", 2, &["department-manager"], true),
    ("周敏", 2, &["technician"], false),
    ("何静", 3, &["department-manager"], true),
    ("孙丽", 4, &["accountant"], true),
    ("吴海燕", 5, &["branch-manager"], true),
    ("郑晓东", 6, &["technician"], true),
    ("陈思远", 7, &["shop-assistant"], true),
    ("王磊", 0, &["general-manager"], true),
];

/// The person behind the first administrator's account: the head of customer service, who can walk a case alone.
const FIRST_ADMINISTRATOR: usize = 0;

/// The organisation with new ids, and the person the first administrator's account belongs to.
pub(crate) fn organisation() -> (Organisation, PersonId) {
    let unit_ids: Vec<UnitId> = UNITS.iter().map(|_| UnitId::new(ids::new())).collect();
    let person_ids: Vec<PersonId> = PEOPLE.iter().map(|_| PersonId::new(ids::new())).collect();
    let mut organisation = Organisation::default();
    for (&id, (name, parent)) in unit_ids.iter().zip(UNITS) {
        let parent = parent.map(|at| unit_ids[at]);
        organisation.units.insert(
            id,
            Unit {
                name: name.to_owned(),
                parent,
                head: None,
            },
        );
    }
    for (&id, (name, unit, positions, heads)) in person_ids.iter().zip(PEOPLE) {
        let positions: BTreeSet<PositionId> = positions.iter().map(PositionId::new).collect();
        let unit = unit_ids[unit];
        organisation.persons.insert(
            id,
            Person {
                name: name.to_owned(),
                unit,
                positions,
                active: true,
            },
        );
        if let Some(unit) = organisation.units.get_mut(&unit).filter(|_| heads) {
            unit.head = Some(id);
        }
    }
    (organisation, person_ids[FIRST_ADMINISTRATOR])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_the_trial_organisation_has_a_head_and_a_way_to_the_root() {
        let (organisation, first) = organisation();
        assert!(organisation.active(first).is_some());
        let root = organisation
            .units
            .iter()
            .find(|(_, unit)| unit.parent.is_none())
            .map(|(&id, _)| id)
            .unwrap();
        for (&id, unit) in &organisation.units {
            assert!(unit.head.is_some(), "{}", unit.name);
            assert!(organisation.is_within(id, root));
        }
    }
}
