//! The sealer: brings the heads of all chains into the Merkle tree and signs its root.

use jiff::Timestamp;

use super::checkpoint::{Checkpoint, MalformedCheckpoint};
use super::tree::{Edge, peaks_of};
use crate::bulk::Column::{Bytes, Int, Text};
use crate::bulk::{Begin, Insert};
use crate::chain::{Hash, head};
use crate::engine::Reading;
use crate::read::ReadError;
use crate::statement::{Arg, Statement};
use crate::store::{Place, Store};
use crate::writer::WriteError;

/// Events sealed by one checkpoint at most, so that sealing never keeps commands waiting for long.
const EVENTS_MAX: i64 = 5_000;
/// The stream of the audit log among those of cases.
pub(super) const AUDIT_STREAM: &str = "audit";

const LAST_NOTE: &str = "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1";
const NODE: &str = "SELECT hash FROM merkle_nodes WHERE level = $1 AND node_index = $2";
const HEADS: &str = "SELECT events.case_id, events.seq, events.chain, events.position FROM \
    (SELECT MAX(position) AS last FROM events WHERE position > $1 AND position <= $2 GROUP BY case_id) AS heads \
    JOIN events ON events.position = heads.last ORDER BY events.position";
const AUDIT_HEAD: &str =
    "SELECT position, chain FROM audits WHERE position > $1 ORDER BY position DESC LIMIT 1";
const ADD_CHECKPOINT: &str = "INSERT INTO checkpoints (size, position, audit_position, signed_at_us, note) VALUES ($1, $2, $3, $4, $5)";
const LEAVES: Insert = Insert {
    begin: Begin::Add,
    table: "merkle_leaves",
    columns: &[
        Int("leaf_index"),
        Text("stream"),
        Int("seq"),
        Bytes("chain"),
    ],
    then: "",
};
const NODES: Insert = Insert {
    begin: Begin::Add,
    table: "merkle_nodes",
    columns: &[Int("level"), Int("node_index"), Bytes("hash")],
    then: "",
};

/// Why the log can't be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The database can't be read.
    #[error("the log can't be read for sealing")]
    Read(#[from] ReadError),
    /// The checkpoint can't be written.
    #[error("the checkpoint can't be written")]
    Write(#[from] WriteError),
    /// The last checkpoint is not one of this log.
    #[error("the last checkpoint is not one of this log; run `verify`")]
    Checkpoint(#[from] MalformedCheckpoint),
    /// The stored tree is not that of the last checkpoint.
    #[error("the stored tree does not have the root of the last checkpoint; run `verify`")]
    Tree,
}

impl From<sqlx::Error> for SealError {
    fn from(error: sqlx::Error) -> SealError {
        SealError::Read(error.into())
    }
}

impl Store {
    /// Seals everything committed so far and returns the newest signed note; `None` while the log is empty.
    ///
    /// # Errors
    ///
    /// When the log can't be read or written, or what was sealed before is not intact; then nothing is sealed over it.
    pub async fn seal(&self, now: Timestamp) -> Result<Option<String>, SealError> {
        // One sealer at a time, on this node and on all nodes; the tree is one.
        let _sealing = self.inner.sealing.lock().await;
        let _alone = self.alone(Place::Sealer).await?;
        while let Some(statements) = self.next_seal(now).await? {
            self.write(statements).await?;
        }
        Ok(self.checkpoint().await?)
    }

    /// The newest signed note, if the log was ever sealed.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn checkpoint(&self) -> Result<Option<String>, ReadError> {
        let found = self.read(LAST_NOTE, []).await?;
        let note = found.first().map(|row| row.try_get(0)).transpose()?;
        Ok(note)
    }

    /// The public key that checkpoints are checked with, in the form of C2SP signed notes.
    pub fn checkpoint_key(&self) -> String {
        self.inner.signer.verifier_key()
    }

    /// What to write for the next checkpoint; `None` when everything is sealed.
    async fn next_seal(&self, now: Timestamp) -> Result<Option<Vec<Statement>>, SealError> {
        // One transaction, so that what is sealed together was there together.
        let mut reading = self.inner.readers.begin().await?;
        let statements = self.read_seal(&mut reading, now).await?;
        reading.end().await?;
        Ok(statements)
    }

    async fn read_seal(
        &self,
        reading: &mut Reading,
        now: Timestamp,
    ) -> Result<Option<Vec<Statement>>, SealError> {
        let found = reading.all(Statement::new(LAST_NOTE, [])).await?;
        let note: Option<&str> = found.first().map(|row| row.try_get(0)).transpose()?;
        let last = note.map(|note| self.inner.signer.open(note)).transpose()?;
        let (position, audit_position) = last
            .as_ref()
            .map_or((0, 0), |last| (last.position, last.audit_position));
        let through = position.saturating_add(EVENTS_MAX);
        let args = [position.into(), through.into()];
        let heads = reading.all(Statement::new(HEADS, args)).await?;
        let audit = Statement::new(AUDIT_HEAD, [audit_position.into()]);
        let audit = reading.all(audit).await?;
        if heads.is_empty() && audit.is_empty() {
            return Ok(None);
        }
        let mut edge = resume(reading, last.as_ref()).await?;
        let mut rows = Rows::default();
        let mut sealed = (position, audit_position);
        for row in heads.iter() {
            rows.add(&mut edge, row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            sealed.0 = row.try_get(3)?;
        }
        if let Some(row) = audit.first() {
            sealed.1 = row.try_get(0)?;
            rows.add(&mut edge, AUDIT_STREAM, sealed.1, row.try_get(1)?);
        }
        let checkpoint = Checkpoint {
            origin: self.inner.signer.origin().to_owned(),
            size: edge.size(),
            root: edge.root(),
            position: sealed.0,
            audit_position: sealed.1,
        };
        let args = [
            rows.size.into(),
            sealed.0.into(),
            sealed.1.into(),
            now.as_microsecond().into(),
            self.inner.signer.sign(&checkpoint).into(),
        ];
        let engine = self.engine();
        Ok(Some(vec![
            LEAVES.statement(engine, rows.leaves),
            NODES.statement(engine, rows.nodes),
            Statement::new(ADD_CHECKPOINT, args),
        ]))
    }
}

/// Goes on from the stored tree, if it has the root that was signed.
async fn resume(reading: &mut Reading, last: Option<&Checkpoint>) -> Result<Edge, SealError> {
    let Some(last) = last else {
        return Ok(Edge::default());
    };
    let mut hashes = Vec::new();
    for (level, index) in peaks_of(last.size) {
        let index = i64::try_from(index).map_err(|_| SealError::Tree)?;
        let node = Statement::new(NODE, [i64::from(level).into(), index.into()]);
        let found = reading.all(node).await?;
        let hash: Option<&[u8]> = found.first().map(|row| row.try_get(0)).transpose()?;
        hashes.push(
            hash.and_then(|hash| Hash::try_from(hash).ok())
                .ok_or(SealError::Tree)?,
        );
    }
    let edge = Edge::resume(last.size, &hashes);
    if edge.root() == last.root {
        Ok(edge)
    } else {
        Err(SealError::Tree)
    }
}

#[derive(Default)]
struct Rows {
    leaves: Vec<Arg>,
    nodes: Vec<Arg>,
    /// Leaves of the whole tree.
    size: i64,
}

impl Rows {
    fn add(&mut self, edge: &mut Edge, stream: &str, seq: i64, chain: Vec<u8>) {
        let index = i64::try_from(edge.size())
            .expect("a log has fewer leaves than microseconds have passed");
        let hash = Hash::try_from(chain.as_slice()).unwrap_or_default();
        edge.add(&head(stream, seq, &hash), |(level, index, hash)| {
            let index =
                i64::try_from(index).expect("a level has fewer nodes than the tree has leaves");
            self.nodes.extend([level.into(), index.into(), hash.into()]);
        });
        self.leaves
            .extend([index.into(), stream.into(), seq.into(), chain.into()]);
        self.size = index + 1;
    }
}
