//! How many cases a second the store takes in at a given number of waiting commands, synced to disk.
//!
//! `cargo bench -p huiyin-store --bench append -- [waiting] [cases] [folder]`

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use support::Matter;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn main() {
    let numbers: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let waiting = numbers.first().copied().unwrap_or(32);
    let cases = numbers.get(1).copied().unwrap_or(30_000);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let folder = support::Folder::new();
        let store = support::open(&folder.database()).await;
        let next = Arc::new(AtomicU64::new(1));
        let start = std::time::Instant::now();
        let commands: Vec<_> = (0..waiting)
            .map(|_| {
                let (store, next) = (store.clone(), Arc::clone(&next));
                tokio::spawn(async move {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number > cases {
                            return;
                        }
                        store.append(Matter::new(number).register()).await.unwrap();
                    }
                })
            })
            .collect();
        for command in commands {
            command.await.unwrap();
        }
        let seconds = start.elapsed().as_secs_f64();
        let stats = store.writer_stats();
        let size = std::fs::metadata(folder.database()).unwrap().len();
        println!(
            "{waiting} waiting: {:.0} cases/s, {} commits, {:.1} appends per commit",
            cases as f64 / seconds,
            stats.commits,
            stats.appends as f64 / stats.commits as f64
        );
        println!("{:.0} bytes per case", size as f64 / cases as f64);
        store.close().await;
    });
}
