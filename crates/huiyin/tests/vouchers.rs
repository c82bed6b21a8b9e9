//! `huiyin vouchers`: what a supervisor sees.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

mod support;

use support::Place;

#[tokio::test]
async fn without_vouchers_nothing_is_handed_over_and_no_file_is_written() {
    let place = Place::with_account("shenjia").await;

    let export = ["vouchers", "export", "--as", "shenjia", "--out", "v.csv"];
    let (done, said) = place.said(&export);
    assert!(done && said.contains("nothing to hand over"), "{said}");
    assert_eq!(place.read("v.csv"), None);
    let (done, said) = place.said(&["vouchers", "export", "--as", "shenjia", "--dry-run"]);
    assert!(done && said.contains("0 vouchers"), "{said}");
    let (done, said) = place.said(&[
        "vouchers", "fetch", "1", "--as", "shenjia", "--out", "v.csv",
    ]);
    assert!(!done, "{said}");
    let (done, said) = place.said(&["vouchers", "runs", "--as", "nobody"]);
    assert!(!done && said.contains("`nobody`"), "{said}");
}
