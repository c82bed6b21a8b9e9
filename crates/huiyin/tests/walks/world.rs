//! A server with the organisation of a walk, listening on loopback.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use huiyin_api::{Server, router};
use huiyin_app::start::{Config, FirstStart, start};
use huiyin_app::{App, Clock};
use huiyin_case::organisation::Organisation;
use huiyin_policy::SourceFile;
use huiyin_scenario::Walk;
use huiyin_testkit::postgres::Database;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The server of one walk.
pub(crate) struct Running {
    pub(crate) address: String,
    /// The secret by which the first administrator makes his account.
    pub(crate) setup: String,
    app: Arc<App>,
    serving: JoinHandle<()>,
    data: PathBuf,
}

impl Running {
    /// Starts it at the time of the walk's first step.
    pub(crate) async fn start(
        walk: &Walk,
        files: &[SourceFile],
        database: Option<&Database<'_>>,
    ) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let data = std::env::temp_dir().join(format!("huiyin-walk-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&data).unwrap();
        let policy = files.iter().filter(|file| !file.name.starts_with("tests/"));
        let config = Config {
            database: database.map(|database| database.url().parse().unwrap()),
            first_start: Some(FirstStart {
                organisation: SourceFile::new("organisation.yaml", file_of(&walk.organisation)),
                cases: Vec::new(),
            }),
            clock: Clock::set_from_outside(walk.steps[0].now),
            ..Config::new(data.clone(), vec![policy.cloned().collect()])
        };
        let started = start(config).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let router = router(Server {
            app: Arc::clone(&started.app),
            public_url: format!("http://{address}").into(),
            secure_cookies: false,
            trusted_proxies: Arc::from([]),
        });
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        let setup = started.setup.unwrap();
        Self {
            address,
            setup: setup.reveal().to_owned(),
            app: started.app,
            serving,
            data,
        }
    }

    /// Stops it and takes its files away.
    pub(crate) async fn stop(self) {
        self.serving.abort();
        let _ = self.serving.await;
        self.app.store().close().await;
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

/// The organisation as a first start reads it, the person first in the file as its first administrator.
fn file_of(organisation: &Organisation) -> String {
    let unit = |id| &organisation.units[&id].name;
    let person = |id| &organisation.persons[&id].name;
    let first = organisation
        .persons
        .values()
        .find(|one| one.active)
        .unwrap();
    let mut file = format!("name: 试行\nfirst_administrator: {}\nunits:\n", first.name);
    for one in organisation.units.values() {
        let above = one.parent.map(|id| format!("in: {}", unit(id)));
        let head = one.head.map(|id| format!("head: {}", person(id)));
        let says: Vec<String> = above.into_iter().chain(head).collect();
        writeln!(file, "  {}: {{{}}}", one.name, says.join(", ")).unwrap();
    }
    file.push_str("people:\n");
    for one in organisation.persons.values() {
        let positions: Vec<&str> = one.positions.iter().map(|id| id.as_str()).collect();
        let left = if one.active { "" } else { ", left: yes" };
        writeln!(
            file,
            "  {}: {{unit: {}, positions: [{}]{left}}}",
            one.name,
            unit(one.unit),
            positions.join(", ")
        )
        .unwrap();
    }
    file
}
