//! Published policies: every version ever in force, because cases keep theirs (P1.16).

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_case::entitled::Entitlements;
use huiyin_policy::SourceFile;
use huiyin_policy::model::{KindId, Policy, PolicyId};
use jiff::Timestamp;

/// A published version of a policy.
#[derive(Debug, Clone)]
pub struct Version {
    /// The checked policy.
    pub policy: Arc<Policy>,
    /// Its version, from 1.
    pub version: u32,
    /// Since when it is in force.
    pub effective_at: Timestamp,
    /// The files it was checked from.
    pub files: Arc<[SourceFile]>,
}

/// All published versions.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    versions: BTreeMap<PolicyId, Vec<Version>>,
    entitlements: Entitlements,
}

impl Shelf {
    /// Puts a version on the shelf, after those before it.
    pub fn put(&mut self, version: Version) {
        self.entitlements.add(&version.policy);
        let versions = self.versions.entry(version.policy.id.clone()).or_default();
        versions.push(version);
        versions.sort_by_key(|version| version.version);
    }

    /// The newest version of each policy, which new cases are taken in under.
    pub fn in_force(&self) -> impl Iterator<Item = &Version> {
        self.versions
            .values()
            .filter_map(|versions| versions.last())
    }

    /// Whom a case may let do something with it, in every version that it may keep.
    pub fn entitlements(&self) -> &Entitlements {
        &self.entitlements
    }

    /// Every version of every policy.
    pub fn all(&self) -> impl Iterator<Item = &Version> {
        self.versions.values().flatten()
    }

    /// The newest version of one policy.
    pub fn newest(&self, policy: &PolicyId) -> Option<&Version> {
        self.versions.get(policy)?.last()
    }

    /// The version a case keeps.
    pub fn version(&self, policy: &PolicyId, version: u32) -> Option<&Version> {
        self.versions
            .get(policy)?
            .iter()
            .find(|one| one.version == version)
    }

    /// Whether the newest version of `policy` has this kind.
    pub fn has_kind(&self, policy: &PolicyId, kind: &KindId) -> bool {
        self.newest(policy)
            .is_some_and(|version| version.policy.kinds.contains_key(kind))
    }
}
