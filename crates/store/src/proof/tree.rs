//! The Merkle tree of RFC 6962, grown leaf by leaf.

use sha2::{Digest, Sha256};

use crate::chain::Hash;

/// A node of the tree: how many levels above the leaves, which of that level, its hash.
pub(super) type Node = (u32, u64, Hash);

/// The right edge of a tree: all that is needed to add a leaf or compute the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Edge {
    size: u64,
    /// Roots of the largest full subtrees, left to right; level and hash.
    peaks: Vec<(u32, Hash)>,
}

impl Edge {
    /// The edge of a tree of `size` leaves, from the hashes of its full subtrees as told by [`peaks_of`].
    pub(super) fn resume(size: u64, hashes: &[Hash]) -> Edge {
        let peaks = peaks_of(size)
            .iter()
            .map(|(level, _)| *level)
            .zip(hashes.iter().copied())
            .collect();
        Edge { size, peaks }
    }

    /// Number of leaves.
    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf and tells every node that became full by it.
    pub(super) fn add(&mut self, data: &[u8], mut full: impl FnMut(Node)) {
        let mut hash: Hash = Sha256::new_with_prefix([0])
            .chain_update(data)
            .finalize()
            .into();
        let mut level = 0;
        let mut index = self.size;
        full((level, index, hash));
        while let Some((_, left)) = self.peaks.pop_if(|(peak, _)| *peak == level) {
            hash = join(&left, &hash);
            level += 1;
            index /= 2;
            full((level, index, hash));
        }
        self.peaks.push((level, hash));
        self.size += 1;
    }

    /// The root hash; that of no leaves is the hash of nothing.
    pub(super) fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().map(|(_, hash)| *hash);
        let Some(last) = peaks.next() else {
            return Sha256::digest([]).into();
        };
        peaks.fold(last, |right, left| join(&left, &right))
    }
}

/// Level and index of the largest full subtrees of a tree of `size` leaves, left to right.
pub(super) fn peaks_of(size: u64) -> Vec<(u32, u64)> {
    let levels = (0..u64::BITS).rev().filter(|level| size >> level & 1 == 1);
    levels.map(|level| (level, (size >> level) - 1)).collect()
}

fn join(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// RFC 6962, 2.1, as it is written there.
    fn by_definition(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => Sha256::new_with_prefix([0])
                .chain_update(leaf)
                .finalize()
                .into(),
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                join(
                    &by_definition(&leaves[..split]),
                    &by_definition(&leaves[split..]),
                )
            }
        }
    }

    #[test]
    fn the_root_is_that_of_rfc_6962() {
        let leaves: Vec<Vec<u8>> = (0..70_u8)
            .map(|number| vec![number; usize::from(number)])
            .collect();
        let mut edge = Edge::default();
        assert_eq!(
            hex(&edge.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        for count in 1..=leaves.len() {
            edge.add(&leaves[count - 1], |_| {});
            assert_eq!(
                edge.root(),
                by_definition(&leaves[..count]),
                "{count} leaves"
            );
        }
    }

    #[test]
    fn an_edge_goes_on_from_the_stored_nodes() {
        let mut nodes = HashMap::new();
        let mut edge = Edge::default();
        for number in 0..100_u8 {
            edge.add(&[number], |(level, index, hash)| {
                assert_eq!(nodes.insert((level, index), hash), None);
            });
            let hashes: Vec<Hash> = peaks_of(edge.size())
                .iter()
                .map(|peak| nodes[peak])
                .collect();
            assert_eq!(Edge::resume(edge.size(), &hashes), edge);
        }
    }
}
