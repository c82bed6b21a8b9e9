//! A store that was opened for reading only never writes, whoever else does.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't set up its world has failed"
)]

mod support;

use huiyin_store::{AppendError, AuditEntry, MasterKey, OpenError, Options, Store, WriteError};
use huiyin_testkit::postgres;
use support::{
    Folder, Matter, SEGMENTER, at, case_id, connect, derive, master_key, open, party_id, server,
};

async fn open_read_only(folder: &Folder) -> Result<Store, OpenError> {
    let options = Options::new(SEGMENTER);
    Store::open_read_only(&folder.database(), &master_key(), options).await
}

async fn refuses_every_write(reading: &Store) {
    let append = reading.append(Matter::new(3).register()).await;
    assert_eq!(append, Err(AppendError::ReadOnly));
    let entry = AuditEntry {
        at: at(1),
        account: None,
        action: "sign_in".to_owned(),
        case: None,
        verdict: "denied".to_owned(),
        detail: String::new(),
    };
    let refusals = [
        reading.put_setting("a", "b").await.err(),
        reading.audit(entry).await.err(),
        reading.erase_case(case_id(1), at(1)).await.err(),
        reading.erase_party(party_id(1), at(1)).await.err(),
        reading.compact().await.err(),
        reading.purge_expired(at(1)).await.err(),
    ];
    for refusal in refusals {
        assert!(matches!(refusal, Some(WriteError::ReadOnly)), "{refusal:?}");
    }
    assert!(reading.seal(at(1)).await.is_err());
}

#[tokio::test]
async fn it_reads_what_another_writes_and_refuses_every_write() {
    let folder = Folder::new();
    let writing = open(&folder.database()).await;
    writing.append(Matter::new(1).register()).await.unwrap();
    let reading = open_read_only(&folder).await.unwrap();
    assert_eq!(*reading.position().borrow(), 5);
    writing.append(Matter::new(2).register()).await.unwrap();
    assert_eq!(reading.load(case_id(2)).await.unwrap().len(), 5);
    assert!(reading.verify(None).await.unwrap().is_intact());
    assert_eq!(reading.rebuild(&derive, false).await.unwrap().cases, 2);
    assert_eq!(reading.integrity().await.unwrap(), Vec::<String>::new());

    refuses_every_write(&reading).await;
    assert!(reading.is_read_only() && !writing.is_read_only());
    assert_eq!(reading.failure(), None);
    reading.close().await;
    assert!(writing.seal(at(1)).await.unwrap().is_some());
}

#[tokio::test]
async fn it_opens_nothing_that_is_not_there_and_nothing_without_the_right_key() {
    let folder = Folder::new();
    assert!(open_read_only(&folder).await.is_err());
    assert!(!folder.database().exists());
    open(&folder.database()).await.close().await;
    let options = Options::new(SEGMENTER);
    let wrong = MasterKey::new([1; 32]);
    let opened = Store::open_read_only(&folder.database(), &wrong, options).await;
    assert!(matches!(opened, Err(OpenError::WrongMasterKey)));
}

#[tokio::test]
async fn on_a_server_it_sees_what_other_nodes_write() {
    if postgres::is_left_out() {
        return;
    }
    let (server, options) = (server(), Options::new(SEGMENTER));
    let database = server.database();
    let url = database.url().parse().unwrap();
    let nothing = Store::connect_read_only(&url, &master_key(), options).await;
    assert!(matches!(nothing, Err(OpenError::Nothing)));
    let writing = connect(&database).await;
    let wrong = Store::connect_read_only(&url, &MasterKey::new([1; 32]), options).await;
    assert!(matches!(wrong, Err(OpenError::WrongMasterKey)));

    writing.append(Matter::new(1).register()).await.unwrap();
    let reading = Store::connect_read_only(&url, &master_key(), options)
        .await
        .unwrap();
    let mut position = reading.position();
    assert_eq!(*position.borrow(), 5);
    writing.append(Matter::new(2).register()).await.unwrap();
    position.wait_for(|position| *position == 10).await.unwrap();
    assert_eq!(reading.load(case_id(2)).await.unwrap().len(), 5);
    assert!(reading.verify(None).await.unwrap().is_intact());
    assert_eq!(reading.rebuild(&derive, false).await.unwrap().cases, 2);
    refuses_every_write(&reading).await;
    assert!(reading.is_read_only());
    reading.close().await;
    writing.close().await;
}
