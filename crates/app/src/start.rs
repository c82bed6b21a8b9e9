//! Starting: open the store, read organisation and policies, and on the first start make what is needed to try.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use huiyin_calendar::Calendar;
use huiyin_case::id::PersonId;
use huiyin_case::organisation::Organisation;
use huiyin_policy::{SourceFile, check, check_adopted};
use huiyin_store::{
    Change, Invitation, MasterKey, MasterKeyFile, OpenError, Options, PolicyVersion, PostgresUrl,
    RebuildError, Schema, Segmenter, Step, Store,
};
use jiff::SignedDuration;

use crate::app::App;
use crate::calendars::{Calendars, Kept};
use crate::clock::Clock;
use crate::directory::Directory;
use crate::error::Error;
use crate::opening::{Opened, open};
use crate::operate::data_dir::{DATABASE, MASTER_KEY};
use crate::operate::upgrade::{UpgradeError, Upgraded};
use crate::policies::effective_at;
use crate::principal::AccountRole;
use crate::read_only::{ReadOnly, require_readable};
use crate::secret::Secret;
use crate::shared::MasterKeyMissing;
use crate::shelf::{Adoption, Shelf, Version};
use crate::source::Wrong;
use crate::{founding, statistics, trial};

/// Setting: the organisation's name.
const ORGANISATION_NAME: &str = "organisation.name";
/// Setting: the person the first administrator's account belongs to.
const FIRST_ADMINISTRATOR: &str = "organisation.first_administrator";
/// Setting: the day from which duties are asked for where the policies are older than the system. What was due before was
/// done without it, or not.
pub(crate) const DUTIES_SINCE: &str = "duties.since";
/// Setting: whether the cases to try with are being played, or have been.
const TRIAL: &str = "trial";
/// … until they are on record.
const TRIAL_PLAYING: &str = "playing";
/// … from then on.
const TRIAL_PLAYED: &str = "played";
/// How long the first administrator's link works; a new one is made at each start until it is used.
const SETUP_LASTS: SignedDuration = SignedDuration::from_hours(72);

/// How to start.
#[derive(Debug)]
pub struct Config {
    /// Directory with the database and the master key; made if there is none.
    pub data: PathBuf,
    /// The database on a PostgreSQL server that is used instead of the one in the directory. The master key stays there.
    pub database: Option<PostgresUrl>,
    /// Where the time comes from.
    pub clock: Clock,
    /// Policies published when there are none yet, each with the files of its folder.
    pub shipped: Vec<Vec<SourceFile>>,
    /// What a data directory begins with that was never used; without it only a used one can be started on.
    pub first_start: Option<FirstStart>,
    /// Only read, whatever could be written.
    pub read_only: bool,
    /// Steps of the schema after those that ship; none but in tests of upgrades.
    pub further_steps: &'static [Step],
}

impl Config {
    /// The usual way on a data directory in use: the machine's clock, and writing.
    pub fn new(data: PathBuf, shipped: Vec<Vec<SourceFile>>) -> Self {
        Self {
            data,
            database: None,
            clock: Clock::system(),
            shipped,
            first_start: None,
            read_only: false,
            further_steps: &[],
        }
    }
}

/// What the first start on a data directory begins with. Files are read as `trial/README.md` describes.
#[derive(Debug)]
pub struct FirstStart {
    /// Units, people and the first administrator.
    pub organisation: SourceFile,
    /// Cases to try with, played as if they had happened; none for real use.
    pub cases: Vec<SourceFile>,
}

/// A started application.
#[derive(Debug)]
pub struct Started {
    /// The application.
    pub app: Arc<App>,
    /// The secret of the first administrator's link, while nobody has used one.
    pub setup: Option<Secret>,
    /// What became of the database's upgrade, if there was one to make. After a failure the application only reads.
    pub upgrade: Option<Result<Upgraded, UpgradeError>>,
    /// What in the files of the cases to try with was wrong; the rest was played.
    pub wrong: Vec<Wrong>,
}

/// Why the application did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data directory can't be used.
    #[error("data directory `{path}` can't be used")]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The master key can't be read or made.
    #[error("the master key can't be used")]
    MasterKey(#[source] MasterKeyFile),
    /// The master key of a shared database is missing.
    #[error("the master key can't be used")]
    MasterKeyMissing(#[from] MasterKeyMissing),
    /// The store does not open.
    #[error("the store does not open")]
    Open(#[from] OpenError),
    /// The database is an older program's, and the command does not upgrade it.
    #[error(
        "the database is at step {} of the schema, and this program needs {}; run `huiyin upgrade` first",
        .0.applied,
        .0.known
    )]
    Behind(Schema),
    /// The upgrade did not succeed, and what this program reads is not there in the database as it is.
    #[error(
        "the database was not upgraded, and this program can't read it as it is; start the former version, which can"
    )]
    Unreadable(#[source] Error),
    /// The upgrade did not succeed.
    #[error("the database was not upgraded")]
    Upgrade(#[source] UpgradeError),
    /// The tables can't be derived from the log.
    #[error("the tables can't be derived from the log")]
    Rebuild(#[from] RebuildError),
    /// Something in the store can't be read or written.
    #[error(transparent)]
    App(#[from] Error),
    /// The data directory was never used, and nothing is given to begin with.
    #[error("the data directory has no organisation yet; start the server on it once")]
    NotBegun,
    /// The file of the organisation can't be used.
    #[error("the organisation can't be used")]
    Organisation(#[from] Wrong),
    /// An earlier start ended before it had played the cases to try with.
    #[error(
        "the first start was interrupted and left `{path}` half made; remove it and start again"
    )]
    Interrupted {
        /// The data directory.
        path: PathBuf,
    },
    /// A published policy is not accepted by this version.
    #[error(
        "policy `{policy}` version {version} is not accepted by this version; run `huiyin policy check` on its files"
    )]
    Policy {
        /// The policy.
        policy: String,
        /// Its version.
        version: u32,
    },
    /// A calendar that was loaded is not accepted any more.
    #[error("calendar `{name}` version {version} is not accepted by this version")]
    Calendar {
        /// The calendar.
        name: String,
        /// Its version.
        version: u32,
    },
}

/// Opens the store of a data directory, for the commands that work on it without serving.
///
/// # Errors
/// When the directory, the key or the database can't be used.
pub async fn open_store(data: &Path) -> Result<Store, StartError> {
    open_with(data, Options::new(segmenter())).await
}

pub(crate) async fn open_with(data: &Path, options: Options) -> Result<Store, StartError> {
    let directory = |cause| StartError::Directory {
        path: data.to_owned(),
        cause,
    };
    std::fs::create_dir_all(data).map_err(directory)?;
    match Store::schema(&data.join(DATABASE), options).await? {
        Some(schema) if schema.is_behind() => return Err(StartError::Behind(schema)),
        _ => {}
    }
    let key = MasterKey::load_or_create(&data.join(MASTER_KEY)).map_err(StartError::MasterKey)?;
    Ok(Store::open(&data.join(DATABASE), &key, options).await?)
}

/// Opens the store of a data directory only to read it; a server may be using it.
///
/// # Errors
/// When the key or the database is not there or can't be used.
pub async fn open_store_read_only(data: &Path) -> Result<Store, StartError> {
    open_read_only_with(data, Options::new(segmenter())).await
}

pub(crate) async fn open_read_only_with(
    data: &Path,
    options: Options,
) -> Result<Store, StartError> {
    let database = data.join(DATABASE);
    if !database.is_file() {
        return Err(OpenError::Nothing.into());
    }
    let key = MasterKey::load(&data.join(MASTER_KEY)).map_err(StartError::MasterKey)?;
    Ok(Store::open_read_only(&database, &key, options).await?)
}

/// Whether a data directory was ever used.
pub fn is_set_up(data: &Path) -> bool {
    data.join(MASTER_KEY).is_file()
}

/// How texts are segmented for the search index and for queries.
pub fn segmenter() -> Segmenter {
    Segmenter {
        version: huiyin_insight::SEGMENTER_VERSION,
        tokens: huiyin_insight::index_text,
        query: huiyin_insight::match_expression,
    }
}

/// Starts the application.
///
/// # Errors
/// [`StartError`].
pub async fn start(config: Config) -> Result<Started, StartError> {
    let Opened {
        store,
        read_only,
        upgrade,
    } = open(&config).await?;
    if read_only.is_some() {
        require_readable(&store, config.clock.now()).await?;
    }
    // Nodes that start together find one organisation and one version of each policy.
    let first_node = store.first_start().await.map_err(Error::from)?;
    if setting(&store, TRIAL).await?.as_deref() == Some(TRIAL_PLAYING) {
        return Err(StartError::Interrupted { path: config.data });
    }
    let mut wrong = Vec::new();
    let organisation = store.organisation().await.map_err(Error::from)?;
    if organisation.units.is_empty() && read_only.is_none() {
        let first_start = config.first_start.ok_or(StartError::NotBegun)?;
        wrong = begin(&store, &config.clock, &config.shipped, &first_start).await?;
    }
    let app = open_app(store, config.clock, read_only).await?;
    if read_only.is_none() {
        app.publish_first(&config.shipped).await?;
    }
    drop(first_node);
    let setup = if read_only.is_none() {
        make_setup_link(&app).await?
    } else {
        None
    };
    Ok(Started {
        app: Arc::new(app),
        setup,
        upgrade,
        wrong,
    })
}

async fn open_app(
    store: Store,
    clock: Clock,
    read_only: Option<ReadOnly>,
) -> Result<App, StartError> {
    let directory = open_directory(&store).await?;
    let shelf = open_shelf(&store).await?;
    if read_only.is_none() {
        statistics::derive_if_outdated(&store, &shelf).await?;
    }
    Ok(App::new(store, clock, directory, shelf, read_only))
}

/// Makes what a first start begins with, and gives what in the files of the cases is wrong.
async fn begin(
    store: &Store,
    clock: &Clock,
    shipped: &[Vec<SourceFile>],
    first_start: &FirstStart,
) -> Result<Vec<Wrong>, StartError> {
    let today = Calendar::china().date_of(clock.now());
    let founding = founding::read(&first_start.organisation, today)?;
    let has_cases = !first_start.cases.is_empty();
    if has_cases {
        put_setting(store, TRIAL, TRIAL_PLAYING).await?;
    }
    found(store, &founding.organisation).await?;
    put_setting(store, ORGANISATION_NAME, &founding.name).await?;
    let first = founding.first_administrator.to_string();
    put_setting(store, FIRST_ADMINISTRATOR, &first).await?;
    if !has_cases {
        return Ok(Vec::new());
    }
    // An application of its own, whose clock goes from the beginning of the cases' history to now.
    let now = clock.now();
    let past = Clock::set_from_outside(trial::begin(now));
    let app = open_app(store.clone(), past, None).await?;
    app.publish_first(shipped).await?;
    let today = app.calendar().date_of(now).to_string();
    put_setting(store, DUTIES_SINCE, &today).await?;
    let wrong = trial::play(&app, &first_start.cases, now).await?;
    put_setting(store, TRIAL, TRIAL_PLAYED).await?;
    Ok(wrong)
}

async fn found(store: &Store, organisation: &Organisation) -> Result<(), Error> {
    let units = organisation.units.iter();
    let persons = organisation.persons.iter();
    let changes = units
        .map(|(&id, unit)| Change::Unit(id, unit.clone()))
        .chain(persons.map(|(&id, person)| Change::Person(id, person.clone())))
        .chain(organisation.deputies.iter().cloned().map(Change::Deputy))
        .chain(organisation.absences.iter().cloned().map(Change::Absence));
    let revision = store.roster().await?.revision;
    Ok(store
        .change_organisation(revision, changes.collect())
        .await?)
}

async fn setting(store: &Store, key: &str) -> Result<Option<String>, StartError> {
    Ok(store.setting(key).await.map_err(Error::from)?)
}

async fn put_setting(store: &Store, key: &str, value: &str) -> Result<(), StartError> {
    Ok(store.put_setting(key, value).await.map_err(Error::from)?)
}

/// Reads the organisation with its name.
///
/// # Errors
/// When it can't be read.
pub async fn open_directory(store: &Store) -> Result<Directory, Error> {
    let name = store.setting(ORGANISATION_NAME).await?;
    let roster = store.roster().await?;
    Ok(Directory {
        name: name.unwrap_or_default(),
        organisation: roster.organisation,
        unit_revisions: roster.units,
        person_revisions: roster.persons,
    })
}

/// Reads and checks all published policies, with the calendars by which their time is counted.
///
/// # Errors
/// When they can't be read, or this version does not accept one.
pub async fn open_shelf(store: &Store) -> Result<Shelf, StartError> {
    let mut shelf = Shelf::default();
    shelf.put_calendars(open_calendars(store).await?);
    let own = Arc::clone(shelf.calendars().own());
    for published in store.policies().await.map_err(Error::from)? {
        shelf.put(version(&shelf, published, &own)?);
    }
    shelf.put_stops(&store.policy_stops().await.map_err(Error::from)?);
    Ok(shelf)
}

/// A published version with its policy, checked again; an adoption stands on the version that it adopts, which has a lower number.
fn version(
    shelf: &Shelf,
    published: PolicyVersion,
    own: &Arc<Kept>,
) -> Result<Version, StartError> {
    let missing = || StartError::Policy {
        policy: published.policy.to_string(),
        version: published.version,
    };
    let (files, policy): (Arc<[SourceFile]>, _) = match &published.adoption {
        None => {
            let files = published.files.iter();
            let files = files.map(|(name, text)| SourceFile::new(name, text.as_str()));
            let files: Vec<SourceFile> = files.collect();
            let policy = check(&files).policy.map(Arc::new);
            (files.into(), policy)
        }
        Some(adoption) => {
            let base = shelf.version(&published.policy, adoption.base);
            let base = base.ok_or_else(missing)?;
            let policy = match &adoption.own {
                None => Some(Arc::clone(&base.policy)),
                Some(own) => check_adopted(&base.files, own).policy.map(Arc::new),
            };
            (Arc::clone(&base.files), policy)
        }
    };
    Ok(Version {
        policy: policy.ok_or_else(missing)?,
        version: published.version,
        effective_on: published.effective_on,
        effective_at: effective_at(
            &own.calendar,
            published.effective_on,
            published.published_at,
        ),
        files,
        stops: Vec::new(),
        working: Arc::clone(own),
        adoption: published.adoption.map(|adoption| Adoption {
            unit: adoption.unit,
            base: adoption.base,
            own: adoption.own,
            by: adoption.by,
            at: adoption.at,
        }),
    })
}

/// Reads the calendars of the organisation.
///
/// # Errors
/// When they can't be read, or this version does not accept one.
pub async fn open_calendars(store: &Store) -> Result<Calendars, StartError> {
    let versions = store.calendars().await.map_err(Error::from)?;
    Calendars::of_versions(versions).map_err(|(name, version)| StartError::Calendar {
        name: name.to_string(),
        version,
    })
}

/// Makes the link while nobody has used one. The first administrator gets every role but the auditor's: in the
/// organisation to try with one person must be able to see it all.
async fn make_setup_link(app: &App) -> Result<Option<Secret>, Error> {
    if !app.setup_is_open().await? {
        return Ok(None);
    }
    let person = app.first_administrator().await?;
    let roles = [
        AccountRole::Administrator,
        AccountRole::Staff,
        AccountRole::Supervisor,
    ];
    let secret = Secret::generate();
    let invitation = Invitation {
        person,
        roles: roles.iter().map(AccountRole::to_string).collect(),
        expires_at: app.now() + SETUP_LASTS,
    };
    app.store()
        .add_invitation(secret.reveal().as_bytes(), &invitation)
        .await?;
    Ok(Some(secret))
}

impl App {
    /// The person the first administrator's account belongs to.
    pub(crate) async fn first_administrator(&self) -> Result<PersonId, Error> {
        let first = self.store().setting(FIRST_ADMINISTRATOR).await?;
        first.and_then(|id| id.parse().ok()).ok_or(Error::Invalid(
            "the organisation has no first administrator",
        ))
    }

    /// Publishes the policies if there are none yet.
    async fn publish_first(&self, shipped: &[Vec<SourceFile>]) -> Result<(), Error> {
        if self.shelf().all().next().is_none() {
            for files in shipped {
                self.publish(files.clone()).await?;
            }
        }
        Ok(())
    }
}
