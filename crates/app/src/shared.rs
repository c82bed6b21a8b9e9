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
    open_shared_with(data, url, Options::new(segmenter())).await
}

pub(crate) async fn open_shared_with(
    data: &Path,
    url: &PostgresUrl,
    options: Options,
) -> Result<Store, StartError> {
    std::fs::create_dir_all(data).map_err(|cause| StartError::Directory {
        path: data.to_owned(),
        cause,
    })?;
    let path = data.join(MASTER_KEY);
    if !path.exists() && Store::has_master_key(url, options).await? {
        return Err(MasterKeyMissing { path }.into());
    }
    let key = MasterKey::load_or_create(&path).map_err(StartError::MasterKey)?;
    Ok(Store::connect(url, &key, options).await?)
}

/// Opens the store on a server only to read it.
///
/// # Errors
/// When the server or the key can't be used, or there is nothing yet.
pub async fn open_shared_read_only(data: &Path, url: &PostgresUrl) -> Result<Store, StartError> {
    open_shared_read_only_with(data, url, Options::new(segmenter())).await
}

pub(crate) async fn open_shared_read_only_with(
    data: &Path,
    url: &PostgresUrl,
    options: Options,
) -> Result<Store, StartError> {
    let key = MasterKey::load(&data.join(MASTER_KEY)).map_err(StartError::MasterKey)?;
    Ok(Store::connect_read_only(url, &key, options).await?)
}

/// Brings a database on a server to this version's schema and gives the schema's number.
///
/// # Errors
/// When the server can't be used, or the database is a newer version's.
pub async fn migrate(url: &PostgresUrl) -> Result<i64, StartError> {
    Ok(Store::migrate_postgres(url, Options::new(segmenter())).await?)
}
