//! Opening the store at a start: upgraded first if it is behind, and only to read where that was asked for or failed.

use std::path::Path;

use huiyin_store::{MasterKey, OpenError, Options, PostgresUrl, Schema, Store};
use jiff::Timestamp;

use crate::error::Error;
use crate::operate::data_dir::{DATABASE, MASTER_KEY};
use crate::operate::upgrade::{Upgrade, UpgradeError, Upgraded, correct};
use crate::read_only::ReadOnly;
use crate::shared::{open_shared_read_only_with, open_shared_with};
use crate::start::{Config, StartError, open_read_only_with, open_with, segmenter};

/// A store as it could be opened.
pub(crate) struct Opened {
    pub(crate) store: Store,
    pub(crate) read_only: Option<ReadOnly>,
    pub(crate) upgrade: Option<Result<Upgraded, UpgradeError>>,
}

/// Opens the store of a data directory, or that on a server.
///
/// # Errors
/// [`StartError`]; an upgrade that does not succeed is none.
pub(crate) async fn open(config: &Config) -> Result<Opened, StartError> {
    let options = Options {
        further_steps: config.further_steps,
        ..Options::new(segmenter())
    };
    if let Some(url) = &config.database {
        return open_on_server(config, url, options).await;
    }
    let schema = match Store::schema(&config.data.join(DATABASE), options).await? {
        Some(schema) if schema.is_newer() => return Err(OpenError::Newer(schema).into()),
        schema => schema.filter(|schema| schema.is_behind()),
    };
    let (failed, read_only) = if config.read_only {
        (None, ReadOnly::Asked)
    } else {
        let opened = match schema {
            Some(schema) => upgraded(&config.data, schema, options, config.clock.now()).await?,
            None => open_corrected(&config.data, options).await?,
        };
        match opened {
            Ok((store, upgraded)) => {
                return Ok(Opened {
                    store,
                    read_only: None,
                    upgrade: upgraded.map(Ok),
                });
            }
            Err(failed) => (Some(Err(failed)), ReadOnly::UpgradeFailed),
        }
    };
    Ok(Opened {
        store: open_read_only_with(&config.data, options).await?,
        read_only: Some(read_only),
        upgrade: failed,
    })
}

/// The steps are one transaction of the server, so that there is no need to try them on a copy. Tables that they left behind
/// are corrected by the first node.
async fn open_on_server(
    config: &Config,
    url: &PostgresUrl,
    options: Options,
) -> Result<Opened, StartError> {
    let (failed, read_only) = if config.read_only {
        (None, ReadOnly::Asked)
    } else {
        let attempt = match open_shared_with(&config.data, url, options).await {
            Ok(store) => {
                let first_node = store.first_start().await.map_err(Error::from)?;
                let corrected = corrected(store).await;
                drop(first_node);
                corrected
            }
            Err(StartError::Open(failed @ OpenError::Schema(_))) => {
                Err(UpgradeError::OnServer(failed))
            }
            Err(error) => return Err(error),
        };
        match attempt {
            Ok(store) => {
                return Ok(Opened {
                    store,
                    read_only: None,
                    upgrade: None,
                });
            }
            Err(failed) => (Some(Err(failed)), ReadOnly::UpgradeFailed),
        }
    };
    Ok(Opened {
        store: open_shared_read_only_with(&config.data, url, options).await?,
        read_only: Some(read_only),
        upgrade: failed,
    })
}

/// A store with what its upgrade led to, or why it has to be left as it is.
type Attempt = Result<(Store, Option<Upgraded>), UpgradeError>;

async fn upgraded(
    data: &Path,
    schema: Schema,
    options: Options,
    now: Timestamp,
) -> Result<Attempt, StartError> {
    let master = MasterKey::load(&data.join(MASTER_KEY)).map_err(StartError::MasterKey)?;
    let upgrade = Upgrade {
        data,
        master: &master,
        options,
        schema,
    };
    let lock = Store::lock(&data.join(DATABASE))?;
    let made = upgrade.carry_out(lock, now).await;
    Ok(made.map(|(store, upgraded)| (store, Some(upgraded))))
}

/// Opens a store that is not behind. If an upgrade was broken off after its steps, the tables are corrected now.
async fn open_corrected(data: &Path, options: Options) -> Result<Attempt, StartError> {
    let store = open_with(data, options).await?;
    Ok(corrected(store).await.map(|store| (store, None)))
}

async fn corrected(store: Store) -> Result<Store, UpgradeError> {
    match correct(&store).await {
        Ok(()) => Ok(store),
        Err(failed) => {
            store.close().await;
            Err(UpgradeError::Uncorrected(Box::new(failed)))
        }
    }
}
