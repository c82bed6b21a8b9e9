//! How the adoptions of a policy by units follow its next version: each is put down anew for it, with the values the unit has.
//!
//! A unit whose values don't fit holds the version up, until whoever publishes says that its adoption ends with it: neither is a
//! promise of the unit changed without anybody deciding so, nor can one unit keep the organisation from revising its policy.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use huiyin_case::id::{PersonId, UnitId};
use huiyin_policy::model::Policy;
use huiyin_store::PolicyDraft;
use uuid::Uuid;

use super::adoptions::{Numbers, OwnFinding, usable};
use super::drafts::sources;
use crate::app::App;
use crate::shelf::Version;

/// A unit whose own values don't fit the policy's next version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFitting {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// What is wrong with its values there.
    pub found: Vec<OwnFinding>,
}

/// How the adoptions of a policy follow its next version.
pub(super) struct Followed {
    /// What goes with it, by number.
    pub(super) versions: Vec<Version>,
    /// Whose values don't fit it.
    pub(super) not_fitting: Vec<NotFitting>,
}

impl App {
    /// How the adoptions of a policy follow its next version. Those of `ending` end with it.
    pub(super) fn followed(
        &self,
        next: &Version,
        (ending, by): (&BTreeSet<UnitId>, PersonId),
        numbers: &mut Numbers,
    ) -> Followed {
        let shelf = self.shelf();
        let policy = &next.policy.id;
        let mut checked = BTreeMap::new();
        let mut followed = Followed {
            versions: Vec::new(),
            not_fitting: Vec::new(),
        };
        for unit in shelf.adopters(policy) {
            let ahead = shelf.adoptions_ahead(policy, unit, next.effective_on);
            if ending.contains(&unit) && !ahead.is_empty() {
                let number = (numbers.draw(), next.effective_on);
                followed.versions.push(self.ended(next, (by, unit), number));
                continue;
            }
            for (day, one) in ahead {
                let Some(adoption) = &one.adoption else {
                    continue;
                };
                let fits = match &adoption.own {
                    None => Ok(Arc::clone(&next.policy)),
                    Some(own) => checked
                        .entry(own.clone())
                        .or_insert_with(|| usable(next, own).map(Arc::new))
                        .clone(),
                };
                match fits {
                    Ok(as_adopted) => {
                        let number = (numbers.draw(), day);
                        let version = self.adopted(next, adoption, number, as_adopted);
                        followed.versions.push(version);
                    }
                    Err(found) => {
                        followed.not_fitting.push(self.not_fitting(unit, found));
                        break;
                    }
                }
            }
        }
        followed
    }

    /// Whose values would not fit a draft that went live today.
    pub(super) fn not_fitting_draft(
        &self,
        draft: &PolicyDraft,
        policy: &Policy,
    ) -> Vec<NotFitting> {
        let next = Version {
            working: Arc::clone(self.shelf().calendars().of(policy)),
            policy: Arc::new(policy.clone()),
            version: 0,
            effective_on: self.today(),
            effective_at: self.now(),
            files: sources(&draft.files).into(),
            stops: Vec::new(),
            adoption: None,
        };
        let mut numbers = Numbers::after(&self.shelf(), &policy.id);
        let nobody = PersonId::new(Uuid::nil());
        self.followed(&next, (&BTreeSet::new(), nobody), &mut numbers)
            .not_fitting
    }

    fn not_fitting(&self, unit: UnitId, found: Vec<OwnFinding>) -> NotFitting {
        let directory = self.directory();
        let known = directory.organisation.units.get(&unit);
        let name = known.map(|unit| unit.name.clone());
        NotFitting {
            unit,
            name: name.unwrap_or_default(),
            found,
        }
    }
}
