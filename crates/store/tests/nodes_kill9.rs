//! Two nodes on one PostgreSQL database, killed at any moment under load, and the server with them: nothing acknowledged
//! is lost, nothing is there by halves or twice, and every timer takes effect once.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use huiyin_case::Event;
use huiyin_case::command::Firing;
use huiyin_store::{Access, Append, AppendError, Options, PostgresUrl, Store};
use huiyin_testkit::postgres::{self, Server};
use support::{Folder, Matter, SEGMENTER, at, case_id, derive, event, master_key};

/// Tells a child which database to fill, which of the two nodes it is, and from which case on.
const DATABASE: &str = "HUIYIN_NODES_DATABASE";
const NODE: &str = "HUIYIN_NODES_NODE";
const FROM: &str = "HUIYIN_NODES_FROM";
const NODES: u64 = 2;
/// Writers of each node.
const WRITERS: u64 = 25;
const KILLS: u64 = 20;
/// After so many kills of nodes the server itself is killed.
const SERVER_DIES_EVERY: u64 = 7;
/// How long a node may say nothing.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// All first warnings have fallen due by then.
const LATE_SECONDS: i64 = 10_000_000;
/// How long a child waits before it asks again after a failure.
const PAUSE: Duration = Duration::from_millis(50);

/// The case of a node's number, so that nodes never take the same one.
fn case_of(node: u64, number: u64) -> u64 {
    NODES * number + node
}

#[test]
fn the_child_registers_cases_and_fires_timers_until_it_is_killed() {
    let told = |name| std::env::var_os(name).map(|value| value.into_string().unwrap());
    let (Some(url), Some(node), Some(from)) = (told(DATABASE), told(NODE), told(FROM)) else {
        return;
    };
    let url: PostgresUrl = url.parse().unwrap();
    let (node, from): (u64, u64) = (node.parse().unwrap(), from.parse().unwrap());
    let next = Arc::new(AtomicU64::new(from));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = loop {
            // The server may be starting again.
            match Store::connect(&url, &master_key(), Options::new(SEGMENTER)).await {
                Ok(store) => break store,
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        };
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..WRITERS {
            let (store, next) = (store.clone(), Arc::clone(&next));
            tasks.spawn(async move {
                loop {
                    let case = case_of(node, next.fetch_add(1, Ordering::Relaxed));
                    // The point shows that the line is whole.
                    println!("ack {case} {}.", register(&store, case).await);
                }
            });
        }
        tasks.spawn(async move {
            loop {
                fire_due(&store).await;
                tokio::time::sleep(PAUSE).await;
            }
        });
        let ended = tasks.join_next().await;
        panic!("a task ended: {ended:?}");
    });
}

/// Registers a case, asking again with the same key for as long as it takes, and gives its number.
async fn register(store: &Store, case: u64) -> String {
    loop {
        match store.append(Matter::new(case).register()).await {
            Ok(appended) => return appended.number.unwrap(),
            // The answer kept is that of the first time.
            Err(AppendError::Replayed(reply)) => {
                return reply.body.split('"').nth(1).unwrap().to_owned();
            }
            Err(
                AppendError::Unreachable(_) | AppendError::Unknown(_) | AppendError::Database(_),
            ) => tokio::time::sleep(PAUSE).await,
            Err(other) => panic!("case {case}: {other}"),
        }
    }
}

/// Fires what is due, as the application does: on the case as it is by then, and not if another was faster.
async fn fire_due(store: &Store) {
    let Ok(due) = store.due_timers(at(LATE_SECONDS), 50).await else {
        return;
    };
    for timer in due {
        let (Ok(history), Ok(clocks)) =
            (store.load(timer.case).await, store.clocks(timer.case).await)
        else {
            return;
        };
        let is_due = clocks.iter().any(|clock| {
            clock.generation == timer.generation
                && clock.next.is_some_and(|(firing, _)| firing == timer.firing)
        });
        let number = history.iter().find_map(|one| match &one.event {
            Event::NumberAssigned { number } => Some(number.clone()),
            _ => None,
        });
        let (Some(number), true) = (number, is_due) else {
            continue;
        };
        let case = u64::try_from(timer.case.uuid().as_u128() & 0xffff_ffff).unwrap();
        let seen = u32::try_from(history.len()).unwrap();
        // Whatever comes of it: what is not fired is still due.
        let _ = store.append(fired(case, seen, &number)).await;
    }
}

fn fired(case: u64, seen: u32, number: &str) -> Append {
    let matter = Matter::new(case);
    let mut append = matter.note(seen, number, "", "");
    let clock = matter.clock().unwrap();
    append.events = vec![event(Event::ClockFired {
        clock: clock.clock.clone(),
        generation: clock.generation,
        firing: Firing::Warning(0),
    })];
    append.clocks[0].next = None;
    append.idempotency = None;
    append
}

/// A running node, whose lines are read as they come.
struct Node {
    child: Child,
    node: u64,
    lines: Receiver<String>,
}

impl Node {
    fn start(url: &str, node: u64, from: u64) -> Node {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "the_child_registers_cases_and_fires_timers_until_it_is_killed",
                "--nocapture",
            ])
            .env(DATABASE, url)
            .env(NODE, node.to_string())
            .env(FROM, from.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (told, lines): (Sender<String>, _) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = told.send(line);
            }
        });
        Node { child, node, lines }
    }

    /// Notes so many acknowledgements.
    fn note(&self, acks: u64, journal: &Journal) {
        let mut noted = 0;
        while noted < acks {
            let line = self.lines.recv_timeout(SILENCE_MAX).unwrap();
            noted += u64::from(journal.note(&line));
        }
    }

    /// Kills it and notes what it had said before it died.
    fn kill(mut self, journal: &Journal) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        while let Ok(line) = self.lines.recv_timeout(SILENCE_MAX) {
            journal.note(&line);
        }
    }
}

/// The acknowledgements, kept by a process that lives on: on disk before anything else is done.
struct Journal {
    file: Mutex<File>,
    folder: Folder,
}

impl Journal {
    fn create() -> Journal {
        let folder = Folder::new();
        let file = Mutex::new(File::create(folder.path().join("journal")).unwrap());
        Journal { file, folder }
    }

    /// Notes the acknowledgement in a line that a child printed, if it holds a whole one.
    fn note(&self, line: &str) -> bool {
        // The last line of a killed child may be cut short.
        let ack = line
            .split_once("ack ")
            .and_then(|(_, ack)| ack.strip_suffix('.'));
        let Some((case, case_number)) = ack.and_then(|ack| ack.split_once(' ')) else {
            return false;
        };
        let mut file = self.file.lock().unwrap();
        writeln!(file, "{case} {case_number}").unwrap();
        file.sync_data().unwrap();
        true
    }

    /// Which cases were acknowledged, under which number.
    fn read(&self) -> BTreeMap<u64, String> {
        let text = std::fs::read_to_string(self.folder.path().join("journal")).unwrap();
        let acks = text.lines().map(|line| line.split_once(' ').unwrap());
        acks.map(|(case, case_number)| (case.parse().unwrap(), case_number.to_owned()))
            .collect()
    }

    /// The first number that a node has certainly not begun with.
    fn next(&self, node: u64) -> u64 {
        let acknowledged = self.read();
        let of_node = acknowledged
            .keys()
            .filter(|case| *case % NODES == node)
            .map(|case| case / NODES);
        of_node.max().map_or(1, |last| last + WRITERS + 1)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_lose_nothing_and_do_nothing_twice() {
    if postgres::is_left_out() {
        return;
    }
    let server = Server::durable();
    let database = server.database();
    let url = database.url();
    let journal = Journal::create();
    let mut nodes: Vec<Node> = (0..NODES).map(|node| Node::start(&url, node, 1)).collect();
    let mut random = 20_261_125_u64;
    for kill in 1..=KILLS {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let victim = nodes.remove(usize::try_from((random >> 20) % NODES).unwrap());
        victim.note((random >> 33) % 40 + 1, &journal);
        if kill % SERVER_DIES_EVERY == 0 {
            server.crash();
        }
        let node = victim.node;
        victim.kill(&journal);
        nodes.push(Node::start(&url, node, journal.next(node)));
    }
    for node in nodes {
        node.note(WRITERS, &journal);
        node.kill(&journal);
    }

    let store = support::connect(&database).await;
    let acknowledged = journal.read();
    let cases = send_all_again(&store, &journal, &acknowledged).await;
    while !store
        .due_timers(at(LATE_SECONDS), 1)
        .await
        .unwrap()
        .is_empty()
    {
        fire_due(&store).await;
    }
    check(&store, &acknowledged, &cases).await;
    store.close().await;
}

/// Sends everything that any node may have begun with again, under the same keys; gives the cases that are there now.
async fn send_all_again(
    store: &Store,
    journal: &Journal,
    acknowledged: &BTreeMap<u64, String>,
) -> BTreeSet<u64> {
    let cases: BTreeSet<u64> = (0..NODES)
        .flat_map(|node| (1..journal.next(node)).map(move |number| case_of(node, number)))
        .collect();
    let sent: Vec<_> = cases
        .iter()
        .map(|&case| {
            let store = store.clone();
            let append = Matter::new(case).register();
            (
                case,
                tokio::spawn(async move { store.append(append).await }),
            )
        })
        .collect();
    for (case, answer) in sent {
        match answer.await.unwrap() {
            Ok(_) => assert!(!acknowledged.contains_key(&case), "case {case} was lost"),
            Err(AppendError::Replayed(_)) => {}
            Err(other) => panic!("case {case}: {other}"),
        }
    }
    cases
}

async fn check(store: &Store, acknowledged: &BTreeMap<u64, String>, cases: &BTreeSet<u64>) {
    for (case, case_number) in acknowledged {
        let found = store.case_by_number(case_number).await.unwrap();
        assert_eq!(found, Some(case_id(*case)));
    }
    let mut numbers = BTreeSet::new();
    let mut events = 0;
    for &case in cases {
        let history = store.load(case_id(case)).await.unwrap();
        let firings = history
            .iter()
            .filter(|one| matches!(one.event, Event::ClockFired { .. }));
        assert_eq!(firings.count(), 1, "case {case}");
        assert_eq!(history.len(), 6, "case {case}: {history:?}");
        events += 6;
        let row = store.case_row(&Access::All, case_id(case)).await.unwrap();
        numbers.insert(row.unwrap().number.unwrap());
    }
    let count = u64::try_from(cases.len()).unwrap();
    let without_gap: BTreeSet<String> = (1..=count)
        .map(|serial| format!("HY2611{serial:04}"))
        .collect();
    assert_eq!(numbers, without_gap);
    let verified = store.verify(None).await.unwrap();
    assert!(verified.is_intact(), "{:?}", verified.findings);
    assert_eq!((verified.cases, verified.events), (count, events));
    // The totals count each registration once; what else the tables hold of a fired clock is not what `derive` makes.
    let rebuilt = store.rebuild(&derive_fired, false).await.unwrap();
    assert_eq!((rebuilt.cases, rebuilt.differences), (count, Vec::new()));
}

/// The rows of a case that was registered and whose clock has fired.
fn derive_fired(
    case: huiyin_case::id::CaseId,
    history: &[huiyin_case::Recorded],
) -> Result<huiyin_store::Derived, String> {
    let mut derived = derive(case, &history[..5])?;
    derived.row.seq = 6;
    derived.clocks[0].next = None;
    Ok(derived)
}
