//! Killed at any moment, a backup leaves no half file under its name.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{Folder, backed_up, complain, restored, running};

/// Tells the child which data directory to back up, and where to.
const DATA: &str = "HUIYIN_OPERATE_DATA";
const TO: &str = "HUIYIN_OPERATE_TO";
const KILLS: usize = 12;

#[tokio::test]
async fn the_child_backs_up_until_it_is_killed() {
    let (Some(data), Some(to)) = (std::env::var_os(DATA), std::env::var_os(TO)) else {
        return;
    };
    backed_up(Path::new(&data), Path::new(&to), true).await;
}

fn child(data: &Path, to: &Path) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::the_child_backs_up_until_it_is_killed"])
        .env(DATA, data)
        .env(TO, to)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// How many bytes of unfinished work lie in a folder.
fn unfinished_bytes(folder: &Path) -> u64 {
    let parts = std::fs::read_dir(folder).unwrap().flatten();
    let parts = parts.filter(|part| part.file_name().to_string_lossy().ends_with(".part"));
    let files = parts.flat_map(|part| std::fs::read_dir(part.path()).into_iter().flatten());
    let lengths = files.flatten().filter_map(|file| file.metadata().ok());
    lengths.map(|file| file.len()).sum()
}

#[tokio::test]
async fn there_is_no_half_file_under_the_name_and_nothing_stays_behind() {
    let folder = Folder::new();
    let (app, who) = running(&folder.data()).await;
    for number in 0..20 {
        complain(&app, &who, number).await;
    }
    app.store().close().await;
    let to = folder.path("backups");
    std::fs::create_dir(&to).unwrap();
    let file: PathBuf = to.join("night.tar");
    let whole = {
        backed_up(&folder.data(), &file, true).await;
        let bytes = std::fs::metadata(&file).unwrap().len();
        std::fs::remove_file(&file).unwrap();
        bytes
    };
    let mut cut_short = 0;
    for kill in 0..KILLS {
        // The copy and then the archive grow; each kill comes a little later in that.
        let enough = 2 * whole * u64::try_from(kill).unwrap() / u64::try_from(KILLS).unwrap();
        let mut child = child(&folder.data(), &file);
        while unfinished_bytes(&to) < enough && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if file.exists() {
            let copy = folder.path("copy");
            restored(&file, &copy, None).await.unwrap();
            std::fs::remove_dir_all(&copy).unwrap();
            std::fs::remove_file(&file).unwrap();
        } else {
            cut_short += 1;
        }
    }
    assert!(cut_short > 0, "no kill came in time");
    backed_up(&folder.data(), &file, true).await;
    assert_eq!(crate::support::names_in(&to), ["night.tar"]);
}
