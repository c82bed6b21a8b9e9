//! Kept answers.

use crate::append::Reply;
use crate::read::ReadError;
use crate::store::Store;

const FIND: &str =
    "SELECT request_hash, status, body FROM idempotency WHERE principal = $1 AND key = $2";

impl Store {
    /// The answer kept under a caller's key, with the hash of the request it answered.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn kept_reply(
        &self,
        principal: &str,
        key: &str,
    ) -> Result<Option<([u8; 32], Reply)>, ReadError> {
        let found = self.read(FIND, [principal.into(), key.into()]).await?;
        let Some(row) = found.first() else {
            return Ok(None);
        };
        let corrupt = || ReadError::Corrupt {
            column: "idempotency",
            value: key.to_owned(),
        };
        let hash = <[u8; 32]>::try_from(row.try_get::<&[u8]>(0)?).map_err(|_| corrupt())?;
        let status = u16::try_from(row.try_get::<i64>(1)?).map_err(|_| corrupt())?;
        Ok(Some((
            hash,
            Reply {
                status,
                body: row.try_get(2)?,
            },
        )))
    }
}
