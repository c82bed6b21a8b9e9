//! Verifying: nothing in the log was changed, removed, added, moved or cut off.

use std::collections::HashMap;

use huiyin_case::id::CaseId;

use super::attachments::Attachments;
use super::checkpoint::{Checkpoint, MalformedCheckpoint, Signer};
use super::finding::{Finding, Verified};
use super::seal::AUDIT_STREAM;
use super::tree::Edge;
use crate::chain::{AuditRow, Hash, NOTHING, audit_leaf, head, leaf, link};
use crate::engine::{Reading, Row};
use crate::read::{OwnedLogRow, ReadError};
use crate::statement::{Statement, Text};
use crate::store::Store;

/// Rows read at once.
const ROWS_MAX: i64 = 10_000;

const LEAVES: &str = "SELECT leaves.leaf_index, leaves.stream, leaves.seq, leaves.chain, COALESCE(events.chain, audits.chain) \
    FROM merkle_leaves AS leaves \
    LEFT JOIN events ON events.case_id = leaves.stream AND events.seq = leaves.seq \
    LEFT JOIN audits ON leaves.stream = 'audit' AND audits.position = leaves.seq \
    WHERE leaves.leaf_index >= $1 ORDER BY leaves.leaf_index LIMIT $2";
const NOTES: &str = "SELECT size, position, audit_position, note FROM checkpoints ORDER BY size";
const AUDITS: &str = "SELECT position, at_us, account, action, case_id, verdict, detail, chain FROM audits \
                      WHERE position > $1 ORDER BY position LIMIT $2";

impl Store {
    /// Checks the whole log: every event, every chain, the tree and all signatures, and the bytes of all attachments. `kept` is a checkpoint that was kept
    /// elsewhere; without it, cutting off the end of the log together with its checkpoints can't be noticed.
    ///
    /// # Errors
    ///
    /// When the database can't be read; what was tampered with is a finding, not an error.
    pub async fn verify(&self, kept: Option<&str>) -> Result<Verified, ReadError> {
        let mut reading = self.inner.readers.begin().await?;
        let mut verifier = Verifier::new(&self.inner.signer, kept);
        verifier.notes(&mut reading).await?;
        verifier.tree(&mut reading).await?;
        verifier.events(&mut reading).await?;
        verifier.audits(&mut reading).await?;
        let attachments = std::mem::take(&mut verifier.attachments);
        attachments
            .check(&mut reading, &mut verifier.result)
            .await?;
        reading.end().await?;
        Ok(verifier.result)
    }
}

struct Verifier<'a> {
    signer: &'a Signer,
    result: Verified,
    kept: Option<Checkpoint>,
    /// Signed roots by size of the tree; several if they contradict each other.
    roots: HashMap<u64, Vec<Hash>>,
    last: Option<Checkpoint>,
    /// The greatest sealed sequence number of each stream.
    sealed: HashMap<String, i64>,
    attachments: Attachments,
}

impl<'a> Verifier<'a> {
    fn new(signer: &'a Signer, kept: Option<&str>) -> Verifier<'a> {
        let mut verifier = Verifier {
            signer,
            result: Verified::default(),
            kept: None,
            roots: HashMap::new(),
            last: None,
            sealed: HashMap::new(),
            attachments: Attachments::default(),
        };
        if let Some(note) = kept {
            verifier.kept = verifier.checkpoint(note);
        }
        verifier
    }

    fn checkpoint(&mut self, note: &str) -> Option<Checkpoint> {
        match self.signer.open(note) {
            Ok(checkpoint) => {
                self.roots
                    .entry(checkpoint.size)
                    .or_default()
                    .push(checkpoint.root);
                Some(checkpoint)
            }
            Err(malformed) => {
                self.result.find(Finding::Checkpoint(malformed));
                None
            }
        }
    }

    async fn notes(&mut self, reading: &mut Reading) -> Result<(), ReadError> {
        for row in reading.all(Statement::new(NOTES, [])).await?.iter() {
            let checkpoint = self.checkpoint(row.try_get(3)?);
            let columns = (
                row.try_get::<i64>(0)?,
                row.try_get::<i64>(1)?,
                row.try_get::<i64>(2)?,
            );
            if let Some(one) = checkpoint {
                if (
                    i64::try_from(one.size).ok(),
                    one.position,
                    one.audit_position,
                ) != (Some(columns.0), columns.1, columns.2)
                {
                    self.result
                        .find(Finding::Checkpoint(MalformedCheckpoint::Form));
                }
                self.last = Some(one);
            }
        }
        Ok(())
    }

    async fn tree(&mut self, reading: &mut Reading) -> Result<(), ReadError> {
        let mut edge = Edge::default();
        loop {
            let from = i64::try_from(edge.size()).unwrap_or(i64::MAX);
            let args = [from.into(), ROWS_MAX.into()];
            let rows = reading.all(Statement::new(LEAVES, args)).await?;
            for row in rows.iter() {
                self.leaf(row, &mut edge)?;
            }
            if rows.is_empty() {
                break;
            }
        }
        self.result.leaves = edge.size();
        let expected = self
            .last
            .iter()
            .chain(&self.kept)
            .map(|checkpoint| checkpoint.size)
            .max()
            .unwrap_or(0);
        if edge.size() < expected {
            self.result.find(Finding::CutOff {
                expected,
                found: edge.size(),
            });
        }
        // Leaves come with their checkpoint; any more were put in, and the last checkpoint was taken out.
        if edge.size() > self.last.as_ref().map_or(0, |last| last.size) {
            self.result.find(Finding::Tree { size: edge.size() });
        }
        Ok(())
    }

    fn leaf(&mut self, row: Row<'_>, edge: &mut Edge) -> Result<(), ReadError> {
        let stream: &str = row.try_get(1)?;
        let seq: i64 = row.try_get(2)?;
        let chain: &[u8] = row.try_get(3)?;
        let in_log: Option<&[u8]> = row.try_get(4)?;
        if in_log != Some(chain) {
            self.result.find(Finding::Sealed {
                stream: stream.to_owned(),
                seq,
            });
        }
        if row.try_get::<i64>(0)? != i64::try_from(edge.size()).unwrap_or(i64::MAX) {
            self.result.find(Finding::Tree { size: edge.size() });
        }
        edge.add(
            &head(stream, seq, &Hash::try_from(chain).unwrap_or_default()),
            |_| {},
        );
        let greatest = self.sealed.entry(stream.to_owned()).or_insert(seq);
        *greatest = seq.max(*greatest);
        let root = edge.root();
        if self
            .roots
            .get(&edge.size())
            .is_some_and(|signed| signed.iter().any(|signed| *signed != root))
        {
            self.result.find(Finding::Tree { size: edge.size() });
        }
        Ok(())
    }

    async fn events(&mut self, reading: &mut Reading) -> Result<(), ReadError> {
        let mut cases: HashMap<CaseId, (u32, Hash)> = HashMap::new();
        let mut position = 0;
        let sealed_through = self.last.as_ref().map_or(0, |last| last.position);
        loop {
            let mut text = Text::default();
            text.push("SELECT ")
                .push(crate::read::LOG_COLUMNS)
                .push(" FROM events WHERE position > ")
                .value(position);
            text.push(" ORDER BY position LIMIT ").value(ROWS_MAX);
            let rows = reading.all(text.statement()).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows.iter() {
                let at: i64 = row.try_get(12)?;
                if at != position + 1 {
                    self.result.find(Finding::Position(position + 1));
                }
                position = at;
                self.result.events += 1;
                match OwnedLogRow::read(row) {
                    Ok(row) => self.event(&row, &mut cases, sealed_through),
                    Err(_) => self.result.find(Finding::Position(at)),
                }
            }
        }
        if position < sealed_through {
            self.result.find(Finding::Position(position + 1));
        }
        self.result.cases = u64::try_from(cases.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    fn event(
        &mut self,
        row: &OwnedLogRow,
        cases: &mut HashMap<CaseId, (u32, Hash)>,
        sealed_through: i64,
    ) {
        let (case, seq) = (row.case, row.seq);
        self.attachments.event(row);
        let before = cases.get(&case).copied().unwrap_or((0, NOTHING));
        let commitment = leaf(&row.committed());
        if seq != before.0.saturating_add(1) {
            self.result.find(Finding::Gap { case, seq });
        } else if commitment[..] != *row.leaf
            || link(&before.1, &commitment, row.position)[..] != *row.chain
        {
            self.result.find(Finding::Changed { case, seq });
        }
        if row.position <= sealed_through
            && i64::from(seq) > self.sealed.get(&case.to_string()).copied().unwrap_or(0)
        {
            self.result.find(Finding::Added { case, seq });
        }
        cases.insert(
            case,
            (
                seq,
                Hash::try_from(row.chain.as_slice()).unwrap_or_default(),
            ),
        );
    }

    async fn audits(&mut self, reading: &mut Reading) -> Result<(), ReadError> {
        let mut position = 0;
        let mut chain = NOTHING;
        loop {
            let args = [position.into(), ROWS_MAX.into()];
            let rows = reading.all(Statement::new(AUDITS, args)).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows.iter() {
                let entry = AuditRow {
                    position: row.try_get(0)?,
                    at_us: row.try_get(1)?,
                    account: row.try_get(2)?,
                    action: row.try_get(3)?,
                    case: row.try_get(4)?,
                    verdict: row.try_get(5)?,
                    detail: row.try_get(6)?,
                };
                let stored: &[u8] = row.try_get(7)?;
                if entry.position != position + 1
                    || link(&chain, &audit_leaf(&entry), entry.position)[..] != *stored
                {
                    self.result.find(Finding::Audit(entry.position));
                }
                position = entry.position;
                chain = Hash::try_from(stored).unwrap_or_default();
                self.result.audits += 1;
            }
        }
        if position < self.sealed.get(AUDIT_STREAM).copied().unwrap_or(0) {
            self.result.find(Finding::Audit(position + 1));
        }
        Ok(())
    }
}
