//! One process at a time works on a database.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't set up its world has failed"
)]

mod support;

use huiyin_store::{OpenError, Options, Store};
use support::{Folder, SEGMENTER, master_key, open};

#[tokio::test]
async fn a_database_that_is_open_is_refused_to_others_until_it_is_closed() {
    let folder = Folder::new();
    let first = open(&folder.database()).await;
    let second = Store::open(&folder.database(), &master_key(), Options::new(SEGMENTER)).await;
    assert!(matches!(second, Err(OpenError::InUse)));
    first.close().await;
    open(&folder.database()).await.close().await;
}
