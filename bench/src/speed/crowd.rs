//! Many requests over a few connections, with the time each took.

use std::future::Future;
use std::time::Duration;

use anyhow::Result;
use tokio::time::Instant;

use crate::client::{Client, Target};

/// How long each request took, and all together.
#[derive(Debug)]
pub(crate) struct Timings {
    /// Sorted.
    each: Vec<Duration>,
    whole: Duration,
}

impl Timings {
    /// Timings of requests that together took `whole`.
    pub(crate) fn new(mut each: Vec<Duration>, whole: Duration) -> Self {
        each.sort_unstable();
        Self { each, whole }
    }

    /// Requests a second.
    pub(crate) fn per_second(&self) -> f64 {
        self.each.len() as f64 / self.whole.as_secs_f64()
    }

    /// The time within which `percent` of the requests were answered, in milliseconds.
    pub(crate) fn percentile_ms(&self, percent: usize) -> f64 {
        let place = (self.each.len() * percent / 100).min(self.each.len().saturating_sub(1));
        self.each
            .get(place)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}

/// Sends requests `0..requests` over `connections` connections, each connection one after the other.
///
/// # Errors
/// The first failure of a request.
pub(crate) async fn run<T, F>(
    target: &Target,
    connections: usize,
    requests: usize,
    send: impl Fn(Client, usize) -> F + Clone + 'static,
) -> Result<(Timings, Vec<T>)>
where
    T: 'static,
    F: Future<Output = Result<(Client, T)>> + 'static,
{
    let mut clients = Vec::with_capacity(connections);
    for _ in 0..connections {
        clients.push(target.connect().await?);
    }
    let began = Instant::now();
    let local = tokio::task::LocalSet::new();
    let workers: Vec<_> = clients
        .into_iter()
        .enumerate()
        .map(|(first, mut client)| {
            let send = send.clone();
            local.spawn_local(async move {
                let mut answers = Vec::with_capacity(requests / connections + 1);
                for index in (first..requests).step_by(connections) {
                    let sent = Instant::now();
                    let (back, answer) = send(client, index).await?;
                    client = back;
                    answers.push((sent.elapsed(), answer));
                }
                anyhow::Ok(answers)
            })
        })
        .collect();
    local.await;
    let whole = began.elapsed();
    let (mut each, mut answers) = (Vec::with_capacity(requests), Vec::with_capacity(requests));
    for worker in workers {
        for (time, answer) in worker.await?? {
            each.push(time);
            answers.push(answer);
        }
    }
    Ok((Timings::new(each, whole), answers))
}
