//! What any engine below the store must do, as functions that take an empty store.

mod support;

use huiyin_store::Store;

#[path = "conformance/append.rs"]
mod append;
#[path = "conformance/lists.rs"]
mod lists;
#[path = "conformance/reads.rs"]
mod reads;
#[path = "conformance/tables.rs"]
mod tables;

/// Runs each function on an empty SQLite store of its own.
macro_rules! on_sqlite {
    ($($group:ident :: $rule:ident;)*) => {$(
        #[tokio::test]
        async fn $rule() {
            let folder = support::Folder::new();
            let store: Store = support::open(&folder.database()).await;
            $group::$rule(&store).await;
            store.close().await;
        }
    )*};
}

on_sqlite! {
    append::a_registered_case_is_read_back;
    append::numbers_of_a_series_have_no_gap;
    append::of_two_racers_for_one_case_one_wins;
    append::one_bad_command_harms_no_neighbour;
    append::a_request_sent_twice_has_one_effect_and_one_answer;
    append::a_key_used_for_another_request_is_refused;
    append::what_was_never_a_case_is_refused;
    append::waiting_appends_share_a_commit;
}
