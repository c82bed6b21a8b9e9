//! The one authorisation function, and the same rule as a predicate for queries.

use std::collections::BTreeSet;

use huiyin_case::deputy::{Right, Scope};
use huiyin_case::event::Roles;
use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::Organisation;
use huiyin_case::role_lists;
use huiyin_case::sight::{Sight, sights};
use huiyin_policy::model::{Policy, PositionId, RoleId};
use huiyin_store::{Access, Arm, Excluded, Sights};
use jiff::civil::Date;

use crate::live::Scope as CaseScope;
use crate::principal::{AccountRole, Principal};
use crate::shelf::Shelf;

/// What someone wants to do, apart from what the policy says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Register a case.
    Register,
    /// Send commands to a case.
    Handle,
    /// Read a case, or find it in a list, a count or a search.
    See,
    /// Bring in historical cases.
    Import,
    /// Read totals.
    SeeStatistics,
    /// Keep accounts, organisation and policies.
    Administer,
    /// Read records of access, and verify the log.
    Audit,
    /// Put a case on legal hold, and lift it.
    Hold,
    /// Have an open case go on under a newer version of its policy.
    Migrate,
    /// Decide that two records of customers are the same person.
    MergeCustomers,
    /// Read a customer's or another party's personal data in full.
    SeePersonalData,
    /// Read who works here and what is planned.
    SeeOrganisation,
    /// Read what was handed over to the accounting system, and what is to be.
    SeeVouchers,
    /// Hand vouchers over to the accounting system.
    HandOverVouchers,
    /// Read what people owe, and what was taken of them month by month.
    SeeDeductions,
    /// Enter the bonuses of a month, and close it.
    KeepDeductions,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 16] = [
        Self::Register,
        Self::Handle,
        Self::See,
        Self::Import,
        Self::SeeStatistics,
        Self::Administer,
        Self::Audit,
        Self::Hold,
        Self::Migrate,
        Self::MergeCustomers,
        Self::SeePersonalData,
        Self::SeeOrganisation,
        Self::SeeVouchers,
        Self::HandOverVouchers,
        Self::SeeDeductions,
        Self::KeepDeductions,
    ];
}

/// Whether an account with `role` may do `action` at all.
pub const fn opens(role: AccountRole, action: Action) -> bool {
    match role {
        AccountRole::Administrator => matches!(
            action,
            Action::Administer | Action::Import | Action::SeeOrganisation
        ),
        AccountRole::Staff => matches!(
            action,
            Action::Register
                | Action::Handle
                | Action::See
                | Action::SeePersonalData
                | Action::SeeOrganisation
        ),
        AccountRole::Supervisor => matches!(
            action,
            Action::Register
                | Action::Handle
                | Action::See
                | Action::SeeStatistics
                | Action::Hold
                | Action::Migrate
                | Action::MergeCustomers
                | Action::SeePersonalData
                | Action::SeeOrganisation
                | Action::SeeVouchers
                | Action::HandOverVouchers
                | Action::SeeDeductions
                | Action::KeepDeductions
        ),
        AccountRole::Auditor => {
            matches!(
                action,
                Action::See
                    | Action::SeeStatistics
                    | Action::Audit
                    | Action::SeePersonalData
                    | Action::SeeOrganisation
                    | Action::SeeVouchers
                    | Action::SeeDeductions
            )
        }
        // The policy says what he may do with a case that his unit reads: no more than what names him.
        AccountRole::Reader => {
            matches!(action, Action::See | Action::Handle | Action::SeeStatistics)
        }
    }
}

/// Whether `principal` may do `action`, on the case of `scope` if one is concerned.
///
/// A case that one may not see does not exist for one; callers answer as for an absent one.
pub fn authorise(
    principal: &Principal,
    action: Action,
    scope: Option<(&CaseScope, &Access)>,
) -> bool {
    let door = principal.roles.iter().any(|role| opens(*role, action));
    door && scope.is_none_or(|(scope, access)| admits(access, scope))
}

/// Which cases `principal` may see on a day: the own ones, and those of everybody for whom one is deputy then, without those that
/// are hidden from him. Doors of the account are nobody else's: a deputy of a supervisor does not see every case.
pub fn access(
    principal: &Principal,
    organisation: &Organisation,
    shelf: &Shelf,
    today: Date,
) -> Access {
    let rights = organisation.rights(principal.person, today);
    let rights: Vec<Right> = std::iter::once(Right::own(principal.person))
        .chain(rights)
        .collect();
    let mut reach = reach(principal, organisation, shelf, &rights);
    if let Access::Arms(arms) = &mut reach
        && !arms.is_empty()
    {
        let open = sights_of(&rights, organisation, shelf).open;
        arms.extend((!open.is_empty()).then_some(Arm::Sight(open)));
    }
    let reach = confined(reach, &rights, organisation, shelf);
    Access::Except(
        excluded(principal.person, organisation, today),
        Box::new(reach),
    )
}

/// What a right reaches, without the cases that are hidden from whoever acts in it or from whom it is.
pub fn without_hidden(
    principal: &Principal,
    right: &Right,
    arms: Vec<Arm>,
    (organisation, shelf, today): (&Organisation, &Shelf, Date),
) -> Access {
    let rights = std::slice::from_ref(right);
    let reach = confined(Access::Arms(arms), rights, organisation, shelf);
    let hidden_from = |person| excluded(person, organisation, today);
    let own = Access::Except(hidden_from(right.person), Box::new(reach));
    if right.person == principal.person {
        own
    } else {
        Access::Except(hidden_from(principal.person), Box::new(own))
    }
}

fn excluded(person: PersonId, organisation: &Organisation, today: Date) -> Excluded {
    Excluded {
        person,
        bonds: organisation.bonds(person, today),
    }
}

/// Leaves out the cases that only others see. Where there is no such kind of case, the question stays as it is.
fn confined(reach: Access, rights: &[Right], organisation: &Organisation, shelf: &Shelf) -> Access {
    let known = all_sights(shelf);
    let sights = sights_of(rights, organisation, shelf);
    if sights.open.len() == known.len() {
        return reach;
    }
    Access::Confined(sights, Box::new(reach))
}

/// The ways in which cases are shown to some people alone, in every version that a case may keep.
fn all_sights(shelf: &Shelf) -> BTreeSet<Sight> {
    let versions = shelf.all();
    versions
        .flat_map(|version| sights(&version.policy))
        .collect()
}

/// How far whoever acts in these rights is one of those people.
fn sights_of(rights: &[Right], organisation: &Organisation, shelf: &Shelf) -> Sights {
    let is_open = |sight: &Sight| {
        let mut rights = rights.iter();
        rights.any(|right| sight.is_open_to(right, organisation))
    };
    let (open, rest): (Vec<Sight>, Vec<Sight>) = all_sights(shelf).into_iter().partition(is_open);
    let named = |of: fn(&Sight) -> bool| rest.iter().filter(|sight| of(sight)).cloned().collect();
    let whole = rights.iter().filter(|right| right.scope == Scope::All);
    Sights {
        open,
        taken: named(|sight| sight.taker),
        heard: named(|sight| sight.first_contact),
        people: whole.map(|right| right.person).collect(),
    }
}

fn reach(
    principal: &Principal,
    organisation: &Organisation,
    shelf: &Shelf,
    rights: &[Right],
) -> Access {
    if principal.is(AccountRole::Supervisor) || principal.is(AccountRole::Auditor) {
        return Access::All;
    }
    let Some(person) = organisation.active(principal.person) else {
        return Access::Arms(Vec::new());
    };
    if !principal.is(AccountRole::Staff) {
        let reads = principal.is(AccountRole::Reader);
        let reader = reads.then(|| Arm::Reader(units_above(organisation, person.unit)));
        return Access::Arms(reader.into_iter().collect());
    }
    Access::Arms(
        rights
            .iter()
            .flat_map(|right| arms(right, organisation, shelf))
            .collect(),
    )
}

/// Which cases a right reaches: those of the person and of the unit, and those that wait for one of the person's roles or let
/// one of the person's positions do something. One limited to positions reaches only the last two.
pub fn arms(right: &Right, organisation: &Organisation, shelf: &Shelf) -> Vec<Arm> {
    let Some(person) = organisation.active(right.person) else {
        return Vec::new();
    };
    let (mut arms, held) = match &right.scope {
        Scope::All => {
            let units = units_within(organisation, person.unit);
            // What waits for a unit waits for the people of the units below it too.
            let mut waiting = units.clone();
            waiting.extend(units_above(organisation, person.unit));
            let mut arms = vec![
                Arm::HolderPerson(right.person),
                Arm::Taker(right.person),
                Arm::FirstContact(right.person),
                Arm::HolderUnit(waiting),
                Arm::LeadUnit(units),
            ];
            // A list looks at each arm: one that no policy fills is left out.
            if shelf.all().any(|version| gives_to_read(&version.policy)) {
                arms.push(Arm::Reader(units_above(organisation, person.unit)));
            }
            let entitlements = shelf.entitlements();
            if entitlements.units {
                arms.push(Arm::EntitledUnit(units_above(organisation, person.unit)));
            }
            if entitlements.persons {
                arms.push(Arm::EntitledPerson(right.person));
            }
            (arms, person.positions.clone())
        }
        Scope::Positions(positions) => {
            let held = person.positions.intersection(positions).cloned().collect();
            (Vec::new(), held)
        }
    };
    let roles = lists_of(&held, shelf);
    if !roles.is_empty() {
        arms.push(Arm::HolderRole(roles));
    }
    let entitled = shelf.entitlements().positions.iter();
    let entitled: Vec<_> = entitled
        .filter(|one| one.includes(&held))
        .cloned()
        .collect();
    if !entitled.is_empty() {
        arms.push(Arm::Entitled(entitled));
    }
    arms
}

/// Whether a case of `scope` is among those that `access` lets through.
pub fn admits(access: &Access, scope: &CaseScope) -> bool {
    match access {
        Access::All => true,
        Access::Except(from, reach) => {
            !scope.hidden_from.hides_from(from.person, &from.bonds) && admits(reach, scope)
        }
        Access::Confined(sights, reach) => {
            let hidden = scope.sight.as_ref().is_some_and(|sight| {
                let is_of = |person: Option<PersonId>| {
                    person.is_some_and(|person| sights.people.contains(&person))
                };
                !(sights.open.contains(sight)
                    || (sights.taken.contains(sight) && is_of(scope.taker))
                    || (sights.heard.contains(sight) && is_of(scope.first_contact)))
            });
            !hidden && admits(reach, scope)
        }
        Access::Arms(arms) => arms.iter().any(|arm| match arm {
            Arm::HolderPerson(person) => scope.holder.person == Some(*person),
            Arm::Taker(person) => scope.taker == Some(*person),
            Arm::FirstContact(person) => scope.first_contact == Some(*person),
            Arm::HolderUnit(units) => scope.holder.unit.is_some_and(|unit| units.contains(&unit)),
            Arm::LeadUnit(units) => scope.lead_unit.is_some_and(|unit| units.contains(&unit)),
            Arm::Reader(units) => scope.read_by.is_some_and(|unit| units.contains(&unit)),
            Arm::Entitled(of) => of.contains(&scope.entitled.positions),
            Arm::EntitledUnit(units) => {
                let unit = scope.entitled.unit;
                unit.is_some_and(|unit| units.contains(&unit))
            }
            Arm::EntitledPerson(person) => scope.entitled.person == Some(*person),
            Arm::HolderRole(lists) => lists.contains(&scope.holder.roles),
            Arm::Sight(of) => scope.sight.as_ref().is_some_and(|sight| of.contains(sight)),
        }),
    }
}

fn units_within(organisation: &Organisation, above: UnitId) -> Vec<UnitId> {
    organisation
        .units
        .keys()
        .copied()
        .filter(|&unit| organisation.is_within(unit, above))
        .collect()
}

fn gives_to_read(policy: &Policy) -> bool {
    policy.kinds.values().any(|kind| kind.read_by.is_some())
}

/// The unit and all above it: what names one of them means the people of the unit too.
fn units_above(organisation: &Organisation, of: UnitId) -> Vec<UnitId> {
    let units = organisation.units.keys().copied();
    units
        .filter(|&above| organisation.is_within(of, above))
        .collect()
}

/// The lists of roles on which one of these positions stands, in every version that a case may keep.
fn lists_of(positions: &BTreeSet<PositionId>, shelf: &Shelf) -> Vec<Roles> {
    let mut lists = BTreeSet::new();
    for version in shelf.all() {
        let held = |role: &RoleId| {
            let role = version.policy.roles.get(role);
            role.and_then(|role| role.position.as_ref())
                .is_some_and(|position| positions.contains(position))
        };
        let all = role_lists(&version.policy);
        lists.extend(all.into_iter().filter(|roles| roles.iter().any(held)));
    }
    lists.into_iter().collect()
}
