//! Upgrade: the steps of the schema are tried on a copy first, and the copy made before is kept.

use std::path::{Path, PathBuf};

use huiyin_store::{
    CopyError, DatabaseLock, MasterKey, OpenError, Options, RebuildError, Schema, Store,
    copy_database,
};
use jiff::Timestamp;

use super::backup::{BackupError, Damage, existing_database, pack};
use super::data_dir::{
    DATABASE, FileError, MASTER_KEY, NoRoom, Workplace, database_bytes, publish, require_room,
};
use crate::error::Error;
use crate::maintain;
use crate::start::{StartError, open_shelf};

/// How often the size of the database must be free: the copy, the backup of it, what the steps write into the copy and
/// then into the write-ahead log of the database itself.
const ROOM_FOLD: u64 = 4;
/// Room asked for besides, in bytes.
const MARGIN_BYTES: u64 = 16 * 1024 * 1024;

/// Why an upgrade did not come about. The database is as it was, but for [`UpgradeError::Uncorrected`].
#[derive(Debug, thiserror::Error)]
pub enum UpgradeError {
    /// There is not enough room to try it.
    #[error(transparent)]
    Room(#[from] NoRoom),
    /// The backup that is kept could not be made.
    #[error("the backup before the upgrade could not be made")]
    Backup(#[from] BackupError),
    /// The copy to try it on could not be made.
    #[error("the copy to try the upgrade on could not be made")]
    Copy(#[from] CopyError),
    /// A step failed on the copy.
    #[error("the upgrade failed on a copy of the database")]
    Steps(#[source] OpenError),
    /// After the steps the copy is not whole.
    #[error("after the upgrade the copy of the database is not whole: {0}")]
    Damaged(Damage),
    /// The copy can't be read after the steps.
    #[error("after the upgrade the copy of the database can't be read")]
    Read(#[from] huiyin_store::ReadError),
    /// The published policies of the copy are not accepted.
    #[error("after the upgrade the published policies can't be used")]
    Policies(#[source] Box<StartError>),
    /// The tables can't be derived from the log.
    #[error("after the upgrade the tables can't be derived from the log")]
    Rebuild(#[from] RebuildError),
    /// The tables derived from the log still differ after they were corrected.
    #[error("after the upgrade {0} rows are not what the log says")]
    Differences(usize),
    /// The steps went well on the copy and failed on the database itself.
    #[error(
        "the upgrade went well on a copy and failed on the database itself; nothing was changed"
    )]
    Itself(#[source] OpenError),
    /// A step failed on a server, which took all of them back.
    #[error("the upgrade failed on the server and was taken back whole; nothing was changed")]
    OnServer(#[source] OpenError),
    /// The steps were taken, and the tables could not be corrected then.
    #[error(
        "the upgrade was made, but the tables could not be corrected; run `huiyin rebuild --repair`"
    )]
    Uncorrected(#[source] Box<StartError>),
    /// A file can't be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// What an upgrade led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgraded {
    /// From which step to which.
    pub schema: Schema,
    /// Cases compared with the log.
    pub cases: u64,
    /// Rows derived from the log that the upgrade corrected or would correct.
    pub corrected: usize,
    /// The backup made before; `None` if it was only tried.
    pub kept: Option<PathBuf>,
}

/// What to upgrade.
pub(crate) struct Upgrade<'a> {
    pub(crate) data: &'a Path,
    pub(crate) master: &'a MasterKey,
    pub(crate) options: Options,
    pub(crate) schema: Schema,
}

impl Upgrade<'_> {
    /// Tries all steps on a copy and proves it whole; the database itself is only read.
    pub(crate) async fn rehearse(
        &self,
        now: Timestamp,
        keep: bool,
    ) -> Result<Upgraded, UpgradeError> {
        let database = existing_database(self.data)?;
        require_room(
            self.data,
            ROOM_FOLD * database_bytes(&database) + MARGIN_BYTES,
        )?;
        let work = Workplace::new(self.data, "upgrade")?;
        let copy = work.file(DATABASE);
        copy_database(&database, &copy).await?;
        let kept = if keep {
            let packed = work.file("archive");
            pack(&copy, &packed, self.master, None, now).await?;
            let kept = self.kept();
            publish(&packed, &kept)?;
            Some(kept)
        } else {
            None
        };
        let store = Store::open(&copy, self.master, self.options)
            .await
            .map_err(UpgradeError::Steps)?;
        let proven = prove(&store).await;
        store.close().await;
        let (cases, corrected) = proven?;
        Ok(Upgraded {
            schema: self.schema,
            cases,
            corrected,
            kept,
        })
    }

    /// Rehearses, and then takes the steps. The lock keeps others from writing what the copy does not have.
    pub(crate) async fn carry_out(
        &self,
        lock: DatabaseLock,
        now: Timestamp,
    ) -> Result<(Store, Upgraded), UpgradeError> {
        let upgraded = self.rehearse(now, true).await?;
        let database = existing_database(self.data)?;
        let store = Store::open_locked(&database, lock, self.master, self.options)
            .await
            .map_err(UpgradeError::Itself)?;
        if let Err(failed) = correct(&store).await {
            store.close().await;
            return Err(UpgradeError::Uncorrected(Box::new(failed)));
        }
        Ok((store, upgraded))
    }

    /// Where the backup made before is kept.
    fn kept(&self) -> PathBuf {
        self.data.join(format!("before-{}.tar", self.schema.known))
    }
}

/// Derives the tables from the log and corrects them, if steps were taken since that was last done: a step may add a column
/// that only deriving anew fills.
pub(crate) async fn correct(store: &Store) -> Result<(), StartError> {
    if store.tables_may_lag().await.map_err(Error::from)? {
        let shelf = open_shelf(store).await?;
        maintain::rebuild(store, &shelf, true).await?;
    }
    Ok(())
}

/// Proves that the log is whole and the tables are what it says, once they are corrected. Gives the number of cases, and of
/// rows corrected.
async fn prove(store: &Store) -> Result<(u64, usize), UpgradeError> {
    let (faults, verified) = (store.integrity().await?, store.verify(None).await?);
    if !faults.is_empty() || !verified.is_intact() {
        return Err(UpgradeError::Damaged(Damage {
            faults: faults.len(),
            findings: verified.findings_total,
        }));
    }
    let shelf = open_shelf(store)
        .await
        .map_err(|failed| UpgradeError::Policies(Box::new(failed)))?;
    let corrected = maintain::rebuild(store, &shelf, true).await?;
    if corrected.differences.is_empty() {
        return Ok((corrected.cases, 0));
    }
    let rebuilt = maintain::rebuild(store, &shelf, false).await?;
    match rebuilt.differences.len() {
        0 => Ok((rebuilt.cases, corrected.differences.len())),
        left => Err(UpgradeError::Differences(left)),
    }
}

/// How far an upgrade goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Only tried on a copy.
    Tried,
    /// Tried on a copy, and then made.
    Made,
}

/// Upgrades the database of a data directory as the next start would; `None` if there is nothing to do.
///
/// # Errors
/// [`StartError`]; [`StartError::Upgrade`] says why the upgrade did not come about.
pub async fn upgrade(
    data: &Path,
    options: Options,
    extent: Extent,
    now: Timestamp,
) -> Result<Option<Upgraded>, StartError> {
    let database = data.join(DATABASE);
    let schema = Store::schema(&database, options).await?;
    let schema = schema.ok_or(OpenError::Nothing)?;
    if schema.is_newer() {
        return Err(OpenError::Newer(schema).into());
    }
    if !schema.is_behind() {
        return Ok(None);
    }
    let master = MasterKey::load(&data.join(MASTER_KEY)).map_err(StartError::MasterKey)?;
    let upgrade = Upgrade {
        data,
        master: &master,
        options,
        schema,
    };
    let upgraded = match extent {
        Extent::Tried => upgrade.rehearse(now, false).await,
        Extent::Made => match upgrade.carry_out(Store::lock(&database)?, now).await {
            Ok((store, upgraded)) => {
                store.close().await;
                Ok(upgraded)
            }
            Err(failed) => Err(failed),
        },
    };
    Ok(Some(upgraded.map_err(StartError::Upgrade)?))
}
