//! Giving files out.

use huiyin_case::id::CaseId;
use huiyin_case::{Refusal, Rule};
use huiyin_store::{FileReader, ReadError, Unreadable};

use crate::app::App;
use crate::authorise::Action;
use crate::commands::refused;
use crate::error::Error;
use crate::principal::Principal;

/// A file on its way out.
#[derive(Debug)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// How many bytes it has.
    pub bytes: u64,
    reader: FileReader,
}

impl Download {
    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// When they can't be read, or are not those that were kept.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.reader.next().await?)
    }
}

impl App {
    /// An attachment of a case. Each is on record before its first byte is given.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case, or it has no such attachment: one that was removed or
    /// erased is none. [`Error::Refused`] for one under a seal that the caller has not just opened ([`App::open_seal`]).
    pub async fn attachment(
        &self,
        principal: &Principal,
        case: CaseId,
        entry: u32,
    ) -> Result<Download, Error> {
        let (state, version) = self.load(case).await?;
        self.require_sight(principal, Action::SeePersonalData, case, &state)
            .await?;
        let what = &state.attachment(entry).ok_or(Error::NotFound)?.what;
        if let Some(seal) = &what.seal
            && !state.holds_open(seal, principal.person, self.now())
        {
            let rule = Rule::SealClosed(seal.clone());
            let refusal = match version.policy.seals.get(seal) {
                Some(declared) => Refusal::of(rule, &declared.clause),
                None => rule.into(),
            };
            return Err(refused(refusal, &version));
        }
        let reader = match self.store().open_file(case, what.file).await {
            Err(ReadError::Unreadable(Unreadable::Erased)) => None,
            opened => opened?,
        };
        let reader = reader.ok_or(Error::NotFound)?;
        self.record_download(principal, case, entry).await?;
        Ok(Download {
            name: what.name.clone(),
            media: what.media.clone(),
            bytes: reader.bytes(),
            reader,
        })
    }
}
