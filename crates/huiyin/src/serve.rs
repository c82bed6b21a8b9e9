//! `huiyin serve`: opens the data directory and answers on a port until it is told to stop.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use huiyin_app::start::{Config, Started, start};
use huiyin_app::{App, Clock};
use huiyin_texts::{Args, Lang, render};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::cli::Serve;
use crate::fail;
use crate::first_start::first_start;
use crate::operate;
use crate::shipped::policy_files;

pub(crate) fn run(options: &Serve, lang: Lang) -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("HUIYIN_LOG")
                .unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(serve(options, lang)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&*error),
    }
}

async fn serve(options: &Serve, lang: Lang) -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|cause| Unreachable {
            listen: options.listen,
            cause,
        })?;
    let address = listener.local_addr()?;
    let clock = options
        .test_clock
        .map_or_else(Clock::system, Clock::set_from_outside);
    let database = options.data.database()?;
    let policies = options.policy.iter().map(|name| policy_files(name));
    let config = Config {
        clock,
        read_only: options.read_only,
        database: database.clone(),
        first_start: Some(first_start(options)?),
        ..Config::new(
            options.data.data.clone(),
            policies.collect::<Result<_, _>>()?,
        )
    };
    let Started {
        app,
        setup,
        upgrade,
        wrong,
    } = start(config).await?;
    for mistake in wrong {
        tracing::error!("{mistake}");
    }
    let public_url = options
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    let public_url = public_url.trim_end_matches('/');
    if let Some(upgrade) = upgrade {
        operate::say_upgrade(&upgrade, lang);
    }
    let args = Args::new()
        .with("url", public_url)
        .with("data", options.data.data.display().to_string());
    println!("{}", render(lang, "serve-address", &args));
    if let Some(database) = database {
        let args = Args::new().with("database", database.to_string());
        println!("{}", render(lang, "serve-database", &args));
    }
    if let Some(secret) = setup {
        let link = format!("{public_url}/setup#{}", secret.reveal());
        println!(
            "{}",
            render(lang, "serve-setup", &Args::new().with("link", link))
        );
    }
    let background = in_background(&app, lang);
    let server = huiyin_api::Server {
        app: Arc::clone(&app),
        secure_cookies: public_url.starts_with("https://"),
        public_url: public_url.into(),
        trusted_proxies: options.trusted_proxy.as_slice().into(),
    };
    let routes = huiyin_api::router(server).fallback_service(huiyin_web::routes());
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(told_to_stop())
        .await?;
    for task in background {
        task.abort();
    }
    if !app.store().is_read_only() {
        app.store().seal(app.now()).await?;
    }
    app.store().close().await;
    Ok(())
}

/// Starts what runs beside answering; nothing if the server only reads, and then it says so.
fn in_background(app: &Arc<App>, lang: Lang) -> Vec<JoinHandle<()>> {
    if let Some(why) = app.read_only() {
        let args = Args::new().with("why", why.code());
        println!("{}", render(lang, "serve-read-only", &args));
        return Vec::new();
    }
    vec![
        tokio::spawn(Arc::clone(app).run_timers()),
        tokio::spawn(Arc::clone(app).run_sealer()),
        tokio::spawn(Arc::clone(app).run_sweeper()),
        tokio::spawn(Arc::clone(app).run_deliveries()),
        tokio::spawn(Arc::clone(app).run_follower()),
    ]
}

#[derive(Debug, thiserror::Error)]
#[error(
    "can't listen on {listen}; is another server running there? Choose another address with --listen"
)]
struct Unreachable {
    listen: SocketAddr,
    #[source]
    cause: std::io::Error,
}

/// Ends on Ctrl-C, and on the signal by which service managers ask.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
