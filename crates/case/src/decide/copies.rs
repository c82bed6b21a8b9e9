//! Whether copies of a form were handed out.

use huiyin_policy::model::{CopyId, PartId};
use jiff::Timestamp;

use super::draft::Draft;

/// Whether this copy, or every copy, is among those handed out, after a moment if one is given.
pub(super) fn are_handed_out(
    draft: &Draft<'_>,
    of: &PartId,
    copy: Option<&CopyId>,
    since: Option<(Timestamp, u32)>,
) -> bool {
    let policy = draft.policy();
    let copies = policy.parts.get(of).into_iter();
    let mut asked = copies
        .flat_map(|part| part.copies.keys())
        .filter(|name| copy.is_none_or(|copy| copy == *name));
    asked.all(|copy| {
        let mut entries = draft.state.handed_out(policy, of, copy);
        entries.any(|entry| since.is_none_or(|since| (entry.occurred_at, entry.seq) > since))
    })
}
