//! Files that a customer sends to his case: photos above all. He only ever sends; nothing is given out to him again.

use huiyin_case::limits::ATTACHMENT_BYTES_MAX;

use super::{Address, PortalError};
use crate::app::App;
use crate::attachments::{AttachRequest, FileProblem, Incoming};
use crate::commands::Key;
use crate::error::Error;

/// A file that a customer sends.
#[derive(Debug)]
pub struct CustomersFile {
    /// Its name as sent.
    pub name: String,
    /// How long it is said to be, in bytes, if that is said.
    pub bytes: Option<u64>,
    /// The key under which it takes effect once.
    pub key: Key,
}

/// A customer's file on its way in.
#[derive(Debug)]
pub struct CustomersUpload {
    incoming: Incoming,
    from: Address,
}

impl App {
    /// Begins to take in a file for the case of a session.
    ///
    /// # Errors
    /// [`PortalError::NotEntered`]; [`PortalError::TooManyTries`]; [`Error::Refused`] if the policy takes none, or no more;
    /// [`Error::File`] for its name, type or size.
    pub async fn begin_customers_file(
        &self,
        from: Address,
        token: &str,
        file: CustomersFile,
    ) -> Result<CustomersUpload, PortalError> {
        let case = self.case_of_session(token).await?;
        self.portal_limits.file(&from, case)?;
        if file.bytes.is_some_and(|bytes| bytes > ATTACHMENT_BYTES_MAX) {
            return Err(Error::from(FileProblem::TooBig).into());
        }
        let request = AttachRequest {
            case,
            name: file.name,
            note: None,
            seal: None,
            key: file.key,
        };
        let incoming = self.begin_attachment_of_customer(request).await?;
        Ok(CustomersUpload { incoming, from })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`PortalError::TooManyTries`] if too much comes from the address, or altogether; otherwise as [`App::take_bytes`].
    pub async fn take_customers_bytes(
        &self,
        upload: &mut CustomersUpload,
        bytes: &[u8],
    ) -> Result<(), PortalError> {
        self.portal_limits.bytes(&upload.from, bytes.len())?;
        Ok(self.take_bytes(&mut upload.incoming, bytes).await?)
    }

    /// Deletes what came of a file that is not to be kept.
    pub async fn abandon_customers_file(&self, upload: CustomersUpload) {
        self.abandon_attachment(upload.incoming).await;
    }

    /// Puts the file on record. The same request sent again has one effect.
    ///
    /// # Errors
    /// As [`App::finish_attachment`].
    pub async fn finish_customers_file(&self, upload: CustomersUpload) -> Result<(), PortalError> {
        self.finish_attachment(upload.incoming).await?;
        Ok(())
    }
}
