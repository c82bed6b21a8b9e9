//! The bundle for support helps, and names nobody.

use std::collections::BTreeMap;
use std::io::Read;

use huiyin_app::operate::bundle::{Request, bundle};
use huiyin_store::MasterKey;

use crate::support::{Folder, PASSWORD, PLANTED, complain, holds, morning, running};

const LOG: &str = "\
2026-03-02T01:00:00.000000Z  WARN huiyin_app: lived `王秀兰` 13800002207 shenjia@example.org
2026-03-02T01:00:01.000000Z ERROR huiyin_store: writing has stopped reason=\"欧阳麤 said so\"
首位管理员请打开：http://127.0.0.1:8080/setup#5e5e5e5e5e5e5e5e
";

#[tokio::test]
async fn it_holds_what_helps_and_nothing_about_anyone() {
    let folder = Folder::new();
    let (app, who) = running(&folder.data()).await;
    for number in 0..6 {
        complain(&app, &who, number).await;
    }
    let invited = app
        .invite(&who, who.person, who.roles.clone())
        .await
        .unwrap();
    let (session, _) = app.sign_in(crate::support::LOGIN, PASSWORD).await.unwrap();
    app.store().seal(app.now()).await.unwrap();
    let accounts = app.store().accounts().await.unwrap();
    let log = folder.path("huiyin.log");
    std::fs::write(&log, LOG).unwrap();
    let file = folder.path("bundle.tar");
    let request = Request {
        data: &folder.data(),
        to: &file,
        log: Some(&log),
        settings: BTreeMap::from([("lang", "zh-CN".to_owned())]),
    };
    let parts = bundle(&request, morning()).await.unwrap();
    assert_eq!(
        parts,
        [
            "about.json",
            "database.json",
            "cases.json",
            "policies.json",
            "log.json",
            "integrity.txt",
            "output.txt"
        ]
    );

    let bytes = std::fs::read(&file).unwrap();
    let key = std::fs::read_to_string(folder.data().join("master.key")).unwrap();
    let check = MasterKey::parse(&key).unwrap().check();
    let secrets = [
        key.trim(),
        &check,
        session.reveal(),
        invited.secret.reveal(),
    ];
    let hashes = accounts
        .iter()
        .flat_map(|account| [account.password_hash.as_str(), account.login.as_str()]);
    let texts = PLANTED.iter().copied().chain(secrets).chain(hashes);
    for text in texts.chain([
        "王秀兰",
        "13800002207",
        "setup#",
        "5e5e5e",
        "回音示例",
        "客服部",
        PASSWORD,
    ]) {
        assert!(!holds(&bytes, text), "{text}");
    }
    let cases = read(&file, "cases.json");
    assert_eq!(cases[0]["kind"], "complaint");
    assert_eq!(cases[0]["cases"], 6);
    let log = read(&file, "log.json");
    assert_eq!((&log["cases"], &log["findings"]), (&6.into(), &0.into()));
    assert!(
        log["checkpoint"]
            .as_str()
            .unwrap()
            .starts_with("huiyin/log/")
    );
    let database = read(&file, "database.json");
    let tables = database["tables"].as_array().unwrap();
    let events = tables
        .iter()
        .find(|table| table["table"] == "events")
        .unwrap();
    assert!(events["bytes"].as_u64().unwrap() > 0);
    assert_eq!(events["rows"], log["events"]);
    assert_eq!(read(&file, "policies.json")[0]["policy"], "general");
    assert_eq!(text_of(&file, "output.txt").lines().count(), 2);
}

fn read(file: &std::path::Path, name: &str) -> serde_json::Value {
    serde_json::from_str(&text_of(file, name)).unwrap()
}

fn text_of(file: &std::path::Path, name: &str) -> String {
    let mut archive = tar::Archive::new(std::fs::File::open(file).unwrap());
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        if &*entry.path_bytes() == name.as_bytes() {
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            return text;
        }
    }
    panic!("{name} is missing")
}
