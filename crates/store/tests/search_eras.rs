//! Searches on PostgreSQL read the newest era of the log first, and the others only if these don't fill the page: what is
//! found must be what a search of everything finds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use huiyin_store::{Access, SearchUpdate, Store};
use huiyin_testkit::postgres;
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor};
use support::{Matter, case_id, connect, derive, server};

/// More places of the log than are asked together with the newest era.
const FAR_AHEAD: &str = "UPDATE log_head SET position = position + 400000";

async fn register(store: &Store, number: u64, text: &str) {
    let mut append = Matter::new(number).register();
    append.search = SearchUpdate::Put(text.to_owned());
    store.append(append).await.unwrap();
}

async fn found(store: &Store, query: &str, rows_max: u32) -> Vec<u64> {
    let rows = store.search(&Access::All, query, rows_max).await.unwrap();
    let number = |row: &huiyin_store::CaseRow| (1..=9).find(|number| row.case == case_id(*number));
    rows.iter().filter_map(number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_of_all_eras_are_found_newest_first() {
    if postgres::is_left_out() {
        return;
    }
    let server = server();
    let database = server.database();
    let store = connect(&database).await;
    register(&store, 1, "水管漏水 leaking pipe").await;
    register(&store, 2, "水管 pipes").await;
    let mut connection = PgConnection::connect(&database.url()).await.unwrap();
    connection.execute(FAR_AHEAD).await.unwrap();
    register(&store, 3, "水管漏水 pipe").await;
    register(&store, 4, "水管 pipeline").await;

    assert_eq!(found(&store, "水管", 1).await, [4]);
    assert_eq!(found(&store, "水管", 2).await, [4, 3]);
    assert_eq!(found(&store, "水管", 3).await, [4, 3, 2]);
    assert_eq!(found(&store, "水管", 50).await, [4, 3, 2, 1]);
    assert_eq!(found(&store, "水管漏水", 50).await, [3, 1]);
    assert_eq!(found(&store, "pipe", 50).await, [4, 3, 2, 1]);
    assert_eq!(found(&store, "leaking pipe", 50).await, [1]);
    assert_eq!(found(&store, "pipe leak", 50).await, [1]);
    assert_eq!(found(&store, "无此事", 50).await, [] as [u64; 0]);

    store.reindex(&derive).await.unwrap();
    assert_eq!(found(&store, "HY", 50).await, [4, 3, 2, 1]);
    store.close().await;
}
