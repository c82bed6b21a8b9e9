//! A database on a PostgreSQL server, which several nodes may share. The master key stays a file of each node.

use std::path::{Path, PathBuf};

use huiyin_store::{MasterKey, Options, PostgresUrl, Store};

use crate::operate::data_dir::MASTER_KEY;
use crate::start::{StartError, segmenter};

/// The database was made with a master key that this node does not have.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{path}` is missing: the database was made with a master key, and every node needs that very file; copy it from \
     another node or from its backup"
)]
pub struct MasterKeyMissing {
    /// Where it must be.
    path: PathBuf,
}

/// Opens the store on a server, which other nodes may be using; the master key is in the directory `data`. A new database
/// gets a new key.
///
/// # Errors
/// When the server, the directory or the key can't be used, or the key is missing.
pub async fn open_shared(data: &Path, url: &PostgresUrl) -> Result<Store, StartError> {
    std::fs::create_dir_all(data).map_err(|cause| StartError::Directory {
        path: data.to_owned(),
        cause,
    })?;
    let path = data.join(MASTER_KEY);
    if !path.exists() && Store::has_master_key(url).await? {
        return Err(MasterKeyMissing { path }.into());
    }
    let key = MasterKey::load_or_create(&path).map_err(StartError::MasterKey)?;
    Ok(Store::connect(url, &key, Options::new(segmenter())).await?)
}

/// Brings a database on a server to this version's schema and gives the schema's number.
///
/// # Errors
/// When the server can't be used, or the database is a newer version's.
pub async fn migrate(url: &PostgresUrl) -> Result<i64, StartError> {
    Ok(Store::migrate_postgres(url).await?)
}
