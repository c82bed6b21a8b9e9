//! Which database the server is measured on, and where it is.

use std::str::FromStr;

use anyhow::Result;
use huiyin_testkit::postgres;
use sqlx::{Connection, Executor, PgConnection};

/// A database to measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Database {
    /// The file that comes with the server.
    Sqlite,
    /// PostgreSQL, on a server started for this run.
    OwnPostgres,
    /// The empty database at this address.
    Postgres(String),
}

impl Database {
    /// What it is called in the report.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::OwnPostgres | Self::Postgres(_) => "postgres",
        }
    }
}

impl FromStr for Database {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" => Ok(Self::OwnPostgres),
            _ if text.starts_with("postgres://") => Ok(Self::Postgres(text.to_owned())),
            _ => Err("neither `sqlite` nor `postgres` nor an address `postgres://…`"),
        }
    }
}

/// Where a database is. A server started for it ends with the process.
#[derive(Debug)]
pub(crate) struct Place(Option<String>);

impl Place {
    /// Starts what has to be started.
    ///
    /// # Panics
    /// When PostgreSQL is asked for and not installed.
    pub(crate) fn of(database: &Database) -> Self {
        Self(match database {
            Database::Sqlite => None,
            Database::Postgres(url) => Some(url.clone()),
            Database::OwnPostgres => Some(postgres::Server::durable().address("postgres")),
        })
    }

    /// Has a server tidy and count its tables and write its pages out now, as it does by itself within minutes of their
    /// growing: beside the readings it would take half of a core.
    ///
    /// # Errors
    /// When the server can't be reached.
    pub(crate) async fn settle_tables(&self) -> Result<()> {
        if let Some(url) = self.url() {
            let mut connection = PgConnection::connect(url).await?;
            connection.execute("VACUUM (ANALYZE)").await?;
            connection.execute("CHECKPOINT").await?;
            connection.close().await?;
        }
        Ok(())
    }

    /// Its address, if it is not a file.
    pub(crate) fn url(&self) -> Option<&str> {
        self.0.as_deref()
    }
}
