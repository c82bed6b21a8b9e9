//! Only a whole backup, with its key, becomes a data directory, and only an empty place does.

use std::path::Path;

use huiyin_app::operate::archive::ArchiveError;
use huiyin_app::operate::restore::RestoreError;
use huiyin_app::start::open_store;
use tar::{EntryType, Header};

use crate::support::{
    Folder, backed_up, complain, has, is_whole, morning, names_in, restored, running,
};

/// A folder with a data directory of three cases and a backup of it, without its key.
async fn with_backup() -> Folder {
    let folder = Folder::new();
    let (app, who) = running(&folder.data()).await;
    for number in 0..3 {
        complain(&app, &who, number).await;
    }
    app.store().seal(app.now()).await.unwrap();
    app.store().close().await;
    backed_up(&folder.data(), &folder.path("night.tar"), false).await;
    folder
}

#[tokio::test]
async fn what_was_backed_up_comes_back() {
    let folder = with_backup().await;
    let (file, copy) = (folder.path("night.tar"), folder.path("copy"));
    let key = folder.data().join("master.key");
    let restored = restored(&file, &copy, Some(&key)).await.unwrap();
    assert_eq!(
        (restored.cases, restored.last_recorded_at),
        (3, Some(morning()))
    );
    assert_eq!(names_in(&copy), ["huiyin.db", "master.key"]);
    assert_eq!(
        std::fs::read(copy.join("master.key")).unwrap(),
        std::fs::read(&key).unwrap()
    );

    let (original, copy) = (
        open_store(&folder.data()).await.unwrap(),
        open_store(&copy).await.unwrap(),
    );
    is_whole(&copy, 3).await;
    for entry in original.entries_since(0, 100).await.unwrap() {
        assert!(has(&copy, entry.case).await);
        let (before, after) = (original.load(entry.case).await, copy.load(entry.case).await);
        assert_eq!(before.unwrap(), after.unwrap());
    }
    assert_eq!(
        original.checkpoint().await.unwrap(),
        copy.checkpoint().await.unwrap()
    );
}

#[tokio::test]
async fn without_the_right_key_nothing_is_written() {
    let folder = with_backup().await;
    let (file, copy) = (folder.path("night.tar"), folder.path("copy"));
    let none = restored(&file, &copy, None).await;
    assert!(matches!(none, Err(RestoreError::NoKey)));
    let key = folder.path("other.key");
    std::fs::write(&key, "5e".repeat(32)).unwrap();
    let wrong = restored(&file, &copy, Some(&key)).await;
    assert!(matches!(wrong, Err(RestoreError::WrongKey)));
    std::fs::write(&key, "no key").unwrap();
    let malformed = restored(&file, &copy, Some(&key)).await;
    assert!(matches!(malformed, Err(RestoreError::MasterKey(_))));
    assert!(!copy.exists());
}

#[tokio::test]
async fn a_key_that_lies_there_already_is_used_and_data_that_do_are_kept() {
    let folder = with_backup().await;
    let (file, copy) = (folder.path("night.tar"), folder.path("copy"));
    std::fs::create_dir(&copy).unwrap();
    std::fs::copy(folder.data().join("master.key"), copy.join("master.key")).unwrap();
    restored(&file, &copy, None).await.unwrap();
    let again = restored(&file, &copy, None).await;
    assert!(matches!(again, Err(RestoreError::NotEmpty(_))));
    is_whole(&open_store(&copy).await.unwrap(), 3).await;
}

#[tokio::test]
async fn a_file_that_was_changed_or_cut_off_anywhere_restores_nothing_else() {
    const PLACES: usize = 61;
    let folder = with_backup().await;
    let bytes = std::fs::read(folder.path("night.tar")).unwrap();
    let key = folder.data().join("master.key");
    let mut refused = 0;
    for place in 0..PLACES {
        let at = bytes.len() / PLACES * place;
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        for wrong in [&changed[..], &bytes[..at]] {
            let (file, copy) = (folder.path("wrong.tar"), folder.path("copy"));
            std::fs::write(&file, wrong).unwrap();
            match restored(&file, &copy, Some(&key)).await {
                // Between members lie bytes that mean nothing.
                Ok(restored) => assert_eq!(restored.cases, 3),
                Err(_) => {
                    refused += 1;
                    assert!(!copy.join("huiyin.db").exists());
                }
            }
            let _ = std::fs::remove_dir_all(&copy);
        }
    }
    assert!(refused > 2 * PLACES - 6, "{refused}");
}

/// An archive of one member with such a name and kind.
fn archive(to: &Path, name: &str, kind: EntryType, link: Option<&str>) {
    let mut header = Header::new_ustar();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_mode(0o777);
    let content = if link.is_none() { "content" } else { "" };
    header.set_size(u64::try_from(content.len()).unwrap());
    if let Some(link) = link {
        header.set_link_name(link).unwrap();
    }
    header.set_cksum();
    let mut tar = tar::Builder::new(std::fs::File::create(to).unwrap());
    tar.append(&header, content.as_bytes()).unwrap();
    tar.into_inner().unwrap().sync_all().unwrap();
}

#[tokio::test]
async fn an_archive_can_put_nothing_anywhere() {
    let folder = Folder::new();
    let file = folder.path("evil.tar");
    for (name, kind, link) in [
        ("../huiyin.db", EntryType::Regular, None),
        ("/tmp/huiyin.db", EntryType::Regular, None),
        ("data/../../huiyin.db", EntryType::Regular, None),
        ("./master.key", EntryType::Regular, None),
        ("huiyin.db", EntryType::Regular, None),
        ("master.key", EntryType::Symlink, Some("/etc/passwd")),
        ("huiyin.db.sealed", EntryType::Link, Some("../huiyin.db")),
        ("huiyin.db.sealed", EntryType::Directory, Some("x")),
        ("manifest.json", EntryType::Fifo, Some("x")),
    ] {
        archive(&file, name, kind, link);
        let refused = restored(&file, &folder.data(), None).await;
        let stranger = matches!(
            &refused,
            Err(RestoreError::Archive(ArchiveError::Stranger(_)))
        );
        assert!(stranger, "{name}: {refused:?}");
        assert_eq!(folder.names(), ["evil.tar"]);
    }
}

#[tokio::test]
async fn a_long_name_that_hides_another_is_that_name() {
    let folder = Folder::new();
    let file = folder.path("evil.tar");
    let mut tar = tar::Builder::new(std::fs::File::create(&file).unwrap());
    tar.append_pax_extensions([("path", "../../huiyin.db".as_bytes())])
        .unwrap();
    let mut header = Header::new_ustar();
    header.set_path("huiyin.db.sealed").unwrap();
    header.set_size(0);
    header.set_cksum();
    tar.append(&header, &[][..]).unwrap();
    tar.into_inner().unwrap().sync_all().unwrap();
    let refused = restored(&file, &folder.data(), None).await;
    let Err(RestoreError::Archive(ArchiveError::Stranger(name))) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(name, "../../huiyin.db");
}
