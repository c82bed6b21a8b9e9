//! Starting: open the store, read organisation and policies, and on the first start make what is needed to try.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use huiyin_calendar::Calendar;
use huiyin_case::id::PersonId;
use huiyin_policy::{SourceFile, check};
use huiyin_store::{
    AccountId, Invitation, MasterKey, MasterKeyFile, Options, PolicyVersion, Segmenter, Store,
};
use jiff::SignedDuration;

use crate::app::App;
use crate::clock::Clock;
use crate::directory::Directory;
use crate::error::Error;
use crate::principal::AccountRole;
use crate::secret::Secret;
use crate::shelf::{Shelf, Version};
use crate::trial;

/// The database in the data directory.
const DATABASE: &str = "huiyin.db";
/// The master key beside it.
const MASTER_KEY: &str = "master.key";
/// Setting: the organisation's name.
const ORGANISATION_NAME: &str = "organisation.name";
/// Setting: the person the first administrator's account belongs to.
const FIRST_ADMINISTRATOR: &str = "organisation.first_administrator";
/// How long the first administrator's link works; a new one is made at each start until it is used.
const SETUP_LASTS: SignedDuration = SignedDuration::from_hours(72);

/// How to start.
#[derive(Debug)]
pub struct Config {
    /// Directory with the database and the master key; made if there is none.
    pub data: PathBuf,
    /// Where the time comes from.
    pub clock: Clock,
    /// Policies published when there are none yet, each with the files of its folder.
    pub shipped: Vec<Vec<SourceFile>>,
}

/// A started application.
#[derive(Debug)]
pub struct Started {
    /// The application.
    pub app: Arc<App>,
    /// The secret of the first administrator's link, while nobody has used one.
    pub setup: Option<Secret>,
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
    /// The store does not open.
    #[error("the store does not open")]
    Open(#[from] huiyin_store::OpenError),
    /// Something in the store can't be read or written.
    #[error(transparent)]
    App(#[from] Error),
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
}

/// Opens the store of a data directory, for the commands that work on it without serving.
///
/// # Errors
/// When the directory, the key or the database can't be used.
pub async fn open_store(data: &Path) -> Result<Store, StartError> {
    let directory = |cause| StartError::Directory {
        path: data.to_owned(),
        cause,
    };
    std::fs::create_dir_all(data).map_err(directory)?;
    let key = MasterKey::load_or_create(&data.join(MASTER_KEY)).map_err(StartError::MasterKey)?;
    Ok(Store::open(&data.join(DATABASE), &key, Options::new(segmenter())).await?)
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
    let store = open_store(&config.data).await?;
    let shelf = open_shelf(&store).await?;
    let first_start = store
        .organisation()
        .await
        .map_err(Error::from)?
        .units
        .is_empty();
    if first_start {
        set_up_trial(&store).await?;
    }
    let directory = Directory {
        name: store
            .setting(ORGANISATION_NAME)
            .await
            .map_err(Error::from)?
            .unwrap_or_default(),
        organisation: store.organisation().await.map_err(Error::from)?,
    };
    let is_empty = shelf.in_force().next().is_none();
    let app = App::new(store, config.clock, Calendar::china(), directory, shelf);
    if is_empty {
        for files in config.shipped {
            app.publish(files).await?;
        }
    }
    let setup = if app.setup_is_open().await? {
        Some(make_setup_link(&app).await?)
    } else {
        None
    };
    Ok(Started {
        app: Arc::new(app),
        setup,
    })
}

async fn set_up_trial(store: &Store) -> Result<(), Error> {
    let (organisation, first) = trial::organisation();
    for (&id, unit) in &organisation.units {
        store.put_unit(id, unit).await?;
    }
    for (&id, person) in &organisation.persons {
        store.put_person(id, person).await?;
    }
    store.put_setting(ORGANISATION_NAME, trial::NAME).await?;
    store
        .put_setting(FIRST_ADMINISTRATOR, &first.to_string())
        .await?;
    Ok(())
}

/// Reads and checks all published policies.
///
/// # Errors
/// When they can't be read, or this version does not accept one.
pub async fn open_shelf(store: &Store) -> Result<Shelf, StartError> {
    let mut shelf = Shelf::default();
    for published in store.policies().await.map_err(Error::from)? {
        let files: Vec<SourceFile> = published
            .files
            .iter()
            .map(|(name, text)| SourceFile::new(name, text.as_str()))
            .collect();
        let policy = check(&files).policy.ok_or_else(|| StartError::Policy {
            policy: published.policy.to_string(),
            version: published.version,
        })?;
        shelf.put(Version {
            policy: Arc::new(policy),
            version: published.version,
            effective_at: published.published_at,
            files: files.into(),
        });
    }
    Ok(shelf)
}

/// The first administrator gets every role but the auditor's: in the organisation to try with one person must be able
/// to see it all.
async fn make_setup_link(app: &App) -> Result<Secret, Error> {
    let first = app
        .store()
        .setting(FIRST_ADMINISTRATOR)
        .await?
        .and_then(|id| id.parse::<PersonId>().ok());
    let person = first.ok_or(Error::Invalid(
        "the organisation has no first administrator",
    ))?;
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
    Ok(secret)
}

impl App {
    /// Publishes a policy as its next version; new cases are taken in under it from now on.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the checker finds an error, or a parameter is unset.
    pub async fn publish(&self, files: Vec<SourceFile>) -> Result<(), Error> {
        let policy = check(&files).policy.ok_or(Error::Invalid(
            "the policy has errors; run `huiyin policy check`",
        ))?;
        if policy.unset_params().next().is_some() {
            return Err(Error::Invalid("a parameter of the policy is not set"));
        }
        let mut shelf = Shelf::clone(&self.shelf());
        let version = shelf
            .newest(&policy.id)
            .map_or(1, |newest| newest.version + 1);
        let now = self.now();
        let texts: BTreeMap<String, String> = files
            .iter()
            .map(|file| {
                (
                    file.name.clone(),
                    String::from_utf8_lossy(&file.bytes).into_owned(),
                )
            })
            .collect();
        self.store()
            .publish_policy(&PolicyVersion {
                policy: policy.id.clone(),
                version,
                files: texts,
                effective_on: self.calendar().date_of(now),
                published_by: AccountId::new(uuid::Uuid::nil()),
                published_at: now,
            })
            .await?;
        shelf.put(Version {
            policy: Arc::new(policy),
            version,
            effective_at: now,
            files: files.into(),
        });
        self.replace_shelf(shelf);
        Ok(())
    }
}
