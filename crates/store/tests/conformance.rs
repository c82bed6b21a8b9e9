//! What any engine below the store must do, as functions that take an empty store.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

#[path = "conformance/append.rs"]
mod append;
#[path = "conformance/calendars.rs"]
mod calendars;
#[path = "conformance/charges.rs"]
mod charges;
#[path = "conformance/customers.rs"]
mod customers;
#[path = "conformance/drafts.rs"]
mod drafts;
#[path = "conformance/duties.rs"]
mod duties;
#[path = "conformance/files.rs"]
mod files;
#[path = "conformance/lists.rs"]
mod lists;
#[path = "conformance/people.rs"]
mod people;
#[path = "conformance/reads.rs"]
mod reads;
#[path = "conformance/standing.rs"]
mod standing;
#[path = "conformance/statistics.rs"]
mod statistics;
#[path = "conformance/tables.rs"]
mod tables;
#[path = "conformance/versions.rs"]
mod versions;
#[path = "conformance/vouchers.rs"]
mod vouchers;

/// Runs each function on both databases, on an empty store of its own.
macro_rules! on_both {
    ($($group:ident :: $rule:ident;)*) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $rule() {
                let folder = crate::support::Folder::new();
                let store = crate::support::open(&folder.database()).await;
                crate::$group::$rule(&store).await;
                store.close().await;
            })*
        }

        mod on_postgres {
            $(#[tokio::test]
            async fn $rule() {
                if huiyin_testkit::postgres::is_left_out() {
                    return;
                }
                let server = crate::support::server();
                let database = server.database();
                let store = crate::support::connect(&database).await;
                crate::$group::$rule(&store).await;
                store.close().await;
            })*
        }
    };
}

on_both! {
    append::a_registered_case_is_read_back;
    append::numbers_of_a_series_have_no_gap;
    append::of_two_racers_for_one_case_one_wins;
    append::one_bad_command_harms_no_neighbour;
    append::a_request_sent_twice_has_one_effect_and_one_answer;
    append::a_key_used_for_another_request_is_refused;
    append::what_was_never_a_case_is_refused;
    append::waiting_appends_share_a_commit;
    calendars::a_version_of_a_calendar_never_changes;
    calendars::nothing_is_written_that_was_decided_by_an_earlier_calendar;
    calendars::cases_with_clocks_due_from_a_moment_on_are_found_page_by_page;
    customers::merged_records_are_one_customer_until_they_are_parted;
    customers::records_with_the_same_full_name_are_found;
    customers::two_cases_are_linked_in_one_transaction_or_not_at_all;
    customers::nothing_under_hold_is_erased_and_merged_records_are_erased_together;
    drafts::a_draft_is_changed_on_the_state_it_was_thought_of;
    drafts::what_is_said_of_a_draft_is_read_back;
    drafts::a_draft_is_published_with_its_version_or_not_at_all;
    duties::what_was_closed_in_a_period_is_found;
    duties::cases_are_found_by_their_ids;
    duties::what_cases_count_for_is_told_to_those_who_see_them;
    files::bytes_of_every_length_come_back;
    files::a_file_counts_from_its_event_on;
    files::an_event_without_its_file_harms_no_neighbour;
    files::the_same_bytes_are_one_file_within_a_case_only;
    files::what_is_dropped_or_erased_is_gone;
    lists::a_work_list_is_ordered_by_the_tightest_clock;
    lists::pages_join_without_gap_or_overlap;
    lists::each_arm_reaches_its_own_cases_only;
    lists::every_filter_narrows_the_list;
    lists::counts_agree_with_lists;
    lists::newest_first_is_the_order_of_registration;
    people::a_change_takes_effect_only_on_the_state_it_was_thought_of;
    people::deputies_and_absences_are_read_back_and_taken_back;
    people::relations_are_read_back_ended_and_removed;
    people::whoever_leaves_takes_rights_and_links_along;
    people::a_link_changes_the_account_there_is;
    people::tries_to_sign_in_are_counted_by_the_minute;
    people::whom_somebody_acted_for_is_on_record;
    reads::timers_are_due_when_their_moment_has_come;
    reads::any_piece_of_a_text_finds_its_case;
    reads::search_shows_only_what_access_reaches;
    reads::a_removed_text_is_not_found;
    reads::a_returning_customer_is_found_by_contact;
    reads::the_feed_follows_the_log;
    reads::the_outbox_is_worked_off_once;
    standing::the_most_severe_come_first_and_pages_join;
    standing::a_branch_has_all_that_is_below_it_and_nothing_beside_it;
    standing::what_is_hidden_from_someone_is_in_nothing_he_reads;
    standing::what_is_hidden_from_whoever_is_related_is_in_nothing_he_reads;
    standing::what_only_some_people_see_is_in_nothing_that_others_read;
    standing::a_unit_reads_and_counts_what_names_it;
    standing::whoever_may_act_finds_what_he_may_act_on_and_counts_none_of_it;
    statistics::totals_are_kept_by_day_unit_and_kind;
    statistics::every_total_has_as_many_cases_behind_it;
    statistics::what_is_taken_back_is_counted_no_more;
    tables::the_organisation_is_read_back;
    tables::accounts_are_unique_by_login;
    tables::an_invitation_works_once;
    tables::sessions_end_by_time_and_by_hand;
    tables::a_receipt_code_opens_its_case_until_it_is_replaced;
    tables::a_policy_version_never_changes;
    tables::a_stop_of_a_version_stops_what_units_adopt_of_it;
    tables::under_a_stopped_version_no_case_is_taken_in;
    tables::settings_are_kept;
    tables::audit_entries_are_listed_newest_first;
    tables::expired_answers_are_purged;
    versions::the_cases_of_a_version_are_found_page_by_page;
    charges::what_is_owed_is_taken_month_by_month_and_a_correction_changes_the_next;
    charges::what_is_held_back_moves_nothing;
    charges::of_two_closings_thought_of_together_one_is_made;
    charges::who_does_not_see_a_case_sees_none_of_its_charges;
    charges::what_is_owed_keeps_its_case_from_being_erased;
    vouchers::vouchers_are_handed_over_once_and_a_change_by_a_counter_voucher;
    vouchers::of_two_runs_thought_of_together_one_is_made;
    vouchers::who_does_not_see_a_case_sees_none_of_its_vouchers;
    vouchers::an_identifier_belongs_to_the_case_it_was_first_handed_over_for;
    vouchers::what_waits_keeps_its_case_from_being_erased_and_erased_runs_stay_unread;
}
