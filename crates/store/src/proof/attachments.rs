//! Whether the bytes of attachments are those that the log tells of.

use std::collections::{BTreeMap, HashSet};

use huiyin_case::id::CaseId;
use serde_json::{Map, Value as Json};
use sha2::Digest;

use super::finding::{Finding, Verified};
use crate::chain::{Hash, NOTHING};
use crate::codec::hex_hash;
use crate::engine::Reading;
use crate::files::{PIECES, commitment};
use crate::read::{OwnedLogRow, ReadError};
use crate::statement::Statement;

const ERASED: &str =
    "SELECT owner_id FROM keys WHERE owner_kind = 'case' AND erased_at_us IS NOT NULL";

/// What the log tells of attachments that were not removed: the file and what commits to it, by case and event.
#[derive(Default)]
pub(super) struct Attachments(BTreeMap<(CaseId, u32), (String, Option<Hash>)>);

impl Attachments {
    /// Takes note of what an event tells.
    pub(super) fn event(&mut self, row: &OwnedLogRow) {
        let body = || serde_json::from_str::<Map<String, Json>>(&row.body).unwrap_or_default();
        match row.kind.as_str() {
            "attachment_added.v1" | "attachment_added.v2" => {
                let body = body();
                let text = |name: &str| body.get(name).and_then(Json::as_str);
                let file = text("file").unwrap_or_default().to_owned();
                let hash = text("hash").and_then(hex_hash);
                self.0.insert((row.case, row.seq), (file, hash));
            }
            "attachment_removed.v1" => {
                let entry = body().get("entry").and_then(Json::as_u64);
                if let Some(entry) = entry.and_then(|entry| u32::try_from(entry).ok()) {
                    self.0.remove(&(row.case, entry));
                }
            }
            _ => {}
        }
    }

    /// Compares the bytes that are kept with what the log tells. What was erased with its case's key needs no bytes.
    pub(super) async fn check(
        self,
        reading: &mut Reading,
        result: &mut Verified,
    ) -> Result<(), ReadError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut erased = HashSet::new();
        for row in reading.all(Statement::new(ERASED, [])).await?.iter() {
            erased.insert(row.try_get::<String>(0)?);
        }
        for ((case, seq), (file, told)) in self.0 {
            if erased.contains(&case.to_string()) {
                continue;
            }
            result.attachments += 1;
            let kept = kept(reading, &file).await?;
            if kept.is_none() {
                result.find(Finding::AttachmentMissing { case, seq });
            } else if kept != told {
                result.find(Finding::AttachmentChanged { case, seq });
            }
        }
        Ok(())
    }
}

/// What commits to the pieces of a file as they stand; `None` if there are none.
async fn kept(reading: &mut Reading, file: &str) -> Result<Option<Hash>, ReadError> {
    let mut hash = commitment();
    let (mut next, mut in_order) = (0_i64, true);
    loop {
        let args = [file.into(), next.into()];
        let rows = reading.all(Statement::new(PIECES, args)).await?;
        for row in rows.iter() {
            let piece: i64 = row.try_get(0)?;
            in_order &= piece == next;
            next = piece + 1;
            hash.update(row.try_get::<&[u8]>(1)?);
        }
        if rows.is_empty() {
            let committed = in_order.then(|| hash.finalize().into());
            return Ok((next > 0).then(|| committed.unwrap_or(NOTHING)));
        }
    }
}
