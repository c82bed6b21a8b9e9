//! The one authorisation function, and the same rule as a predicate for queries.

use huiyin_case::id::UnitId;
use huiyin_case::organisation::Organisation;
use huiyin_policy::model::{PositionId, RoleId};
use huiyin_store::{Access, Arm};

use crate::live::Scope;
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
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 7] = [
        Self::Register,
        Self::Handle,
        Self::See,
        Self::Import,
        Self::SeeStatistics,
        Self::Administer,
        Self::Audit,
    ];
}

/// Whether an account with `role` may do `action` at all.
pub const fn opens(role: AccountRole, action: Action) -> bool {
    match role {
        AccountRole::Administrator => matches!(action, Action::Administer | Action::Import),
        AccountRole::Staff => matches!(action, Action::Register | Action::Handle | Action::See),
        AccountRole::Supervisor => matches!(
            action,
            Action::Register | Action::Handle | Action::See | Action::SeeStatistics
        ),
        AccountRole::Auditor => {
            matches!(action, Action::See | Action::SeeStatistics | Action::Audit)
        }
    }
}

/// Whether `principal` may do `action`, on the case of `scope` if one is concerned.
///
/// A case that one may not see does not exist for one; callers answer as for an absent one.
pub fn authorise(principal: &Principal, action: Action, scope: Option<(&Scope, &Access)>) -> bool {
    let door = principal.roles.iter().any(|role| opens(*role, action));
    door && scope.is_none_or(|(scope, access)| admits(access, scope))
}

/// Which cases `principal` may see.
pub fn access(principal: &Principal, organisation: &Organisation, shelf: &Shelf) -> Access {
    if principal.is(AccountRole::Supervisor) || principal.is(AccountRole::Auditor) {
        return Access::All;
    }
    let Some(person) = organisation
        .active(principal.person)
        .filter(|_| principal.is(AccountRole::Staff))
    else {
        return Access::Arms(Vec::new());
    };
    let units = units_within(organisation, person.unit);
    let mut arms = vec![
        Arm::HolderPerson(principal.person),
        Arm::Taker(principal.person),
        Arm::FirstContact(principal.person),
        Arm::HolderUnit(units.clone()),
        Arm::LeadUnit(units),
    ];
    let roles: Vec<RoleId> = roles_of(&person.positions, shelf);
    if !roles.is_empty() {
        arms.push(Arm::HolderRole(roles));
    }
    Access::Arms(arms)
}

/// Whether a case of `scope` is among those that `access` lets through.
pub fn admits(access: &Access, scope: &Scope) -> bool {
    match access {
        Access::All => true,
        Access::Arms(arms) => arms.iter().any(|arm| match arm {
            Arm::HolderPerson(person) => scope.holder.person == Some(*person),
            Arm::Taker(person) => scope.taker == *person,
            Arm::FirstContact(person) => scope.first_contact == *person,
            Arm::HolderUnit(units) => scope.holder.unit.is_some_and(|unit| units.contains(&unit)),
            Arm::LeadUnit(units) => scope.lead_unit.is_some_and(|unit| units.contains(&unit)),
            Arm::HolderRole(roles) => scope
                .holder
                .role
                .as_ref()
                .is_some_and(|role| roles.contains(role)),
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

/// Roles of the policies in force that one of these positions stands for.
fn roles_of(positions: &std::collections::BTreeSet<PositionId>, shelf: &Shelf) -> Vec<RoleId> {
    let roles = shelf
        .in_force()
        .flat_map(|version| version.policy.roles.iter());
    let mut held: Vec<RoleId> = roles
        .filter(|(_, role)| {
            role.position
                .as_ref()
                .is_some_and(|position| positions.contains(position))
        })
        .map(|(id, _)| id.clone())
        .collect();
    held.sort();
    held.dedup();
    held
}
