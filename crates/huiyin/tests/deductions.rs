//! `huiyin deductions`: what a supervisor sees.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

mod support;

use huiyin_app::start::start;
use huiyin_policy::SourceFile;
use huiyin_testkit::damages_text;
use support::Place;

#[tokio::test]
async fn bonuses_are_entered_from_a_file_and_nothing_is_closed_while_nothing_is_owed() {
    let place = Place::with_account("shenjia").await;
    let months = ["deductions", "months", "--as", "shenjia"];
    let (done, said) = place.said(&months);
    assert!(!done && said.contains("no form"), "{said}");

    let app = start(place.config()).await.unwrap().app;
    let rules = vec![SourceFile::new("policy.yaml", damages_text())];
    app.publish(rules).await.unwrap();
    app.store().close().await;
    let (done, said) = place.said(&months);
    assert!(done && said.contains("Nothing is owed"), "{said}");
    let (done, said) = place.said(&["deductions", "months", "--as", "nobody"]);
    assert!(!done && said.contains("`nobody`"), "{said}");

    place.write("bonuses.csv", "Name,Bonus\n王一,900\n李二,-1\n");
    let enter = |more: &[&str]| {
        let enter = [
            "deductions",
            "bonuses",
            "2020-01",
            "bonuses.csv",
            "--as",
            "shenjia",
        ];
        place.said(&[&enter, more].concat())
    };
    let (done, said) = enter(&[]);
    assert!(!done && said.contains("Line 3: Bonus"), "{said}");
    place.write("bonuses.csv", "Name,Bonus\n王一,900\n李二,1\n");
    let (done, said) = enter(&["--dry-run"]);
    assert!(done && said.contains("nothing was put on record"), "{said}");
    let (done, said) = enter(&["--account", "damages/deductions"]);
    assert!(
        done && said.contains("2 people for 2020-01 entered, 901.00"),
        "{said}"
    );
    let (done, said) = enter(&["--account", "damages/wages"]);
    assert!(!done && said.contains("`damages/wages`"), "{said}");

    let close = [
        "deductions",
        "close",
        "2020-01",
        "--as",
        "shenjia",
        "--out",
        "d.csv",
    ];
    let (done, said) = place.said(&close);
    assert!(!done && said.contains("nothing is owed"), "{said}");
    assert_eq!(place.read("d.csv"), None);
}
