//! Attachments: who may add and remove them, and how many a case may have.

use huiyin_case::attachment::Attachment;
use huiyin_case::command::{Act, Command};
use huiyin_case::id::FileId;
use huiyin_case::limits::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX};
use huiyin_case::offers::{attachable, detachable};
use huiyin_case::{Actor, Rule};
use huiyin_policy::SourceFile;
use huiyin_testkit::{
    Story, fields, general_files, organisation, person_id, policy_of_files, workshop,
};

/// A repair registered by dora.
fn story() -> Story {
    let mut story = Story::under(workshop(), organisation());
    let form = "subject: tap, damaged: no, weight: #light";
    story.registers("dora", "repair", fields(form));
    story
}

fn file(number: u8, bytes: u64) -> Attachment {
    Attachment {
        file: FileId::new(uuid::Uuid::from_u128(number.into())),
        name: "漏水.jpg".to_owned(),
        note: None,
        media: "image/jpeg".to_owned(),
        bytes,
        hash: [number; 32],
        seal: None,
    }
}

fn attach(what: Attachment) -> Act {
    Act::Attach(Box::new(what))
}

fn detach(entry: u32, reason: &str) -> Act {
    Act::Detach {
        entry,
        reason: reason.to_owned(),
    }
}

fn entries(story: &Story) -> Vec<u32> {
    story.state().attached().map(|one| one.entry).collect()
}

#[test]
fn an_attachment_is_told_by_the_event_that_added_it() {
    let mut story = story();
    story.does("dora", attach(file(1, 10)));
    let entry = story.state().seq;
    story.does("dick", attach(file(1, 10)));
    let again = story.state().seq;
    assert_eq!(entries(&story), [entry, again]);
    story.does("dora", detach(entry, "拍错了"));
    assert_eq!(entries(&story), [again]);
    assert!(story.state().keeps(file(1, 10).file));
    let refusal = story.is_refused("dora", detach(entry, "拍错了"));
    assert_eq!(refusal.rule.code(), "attachment_not_there");
    story.does("dora", detach(again, "同上"));
    assert!(!story.state().keeps(file(1, 10).file));
}

#[test]
fn removing_needs_a_reason_and_the_right_to_correct() {
    let mut story = story();
    story.does("dora", attach(file(1, 10)));
    let entry = story.state().seq;
    let refused =
        |story: &mut Story, who, reason| story.is_refused(who, detach(entry, reason)).rule.code();
    assert_eq!(refused(&mut story, "dora", " "), "reason_missing");
    assert_eq!(refused(&mut story, "moe", "不需要"), "not_entitled");
    let state = story.state().clone();
    assert!(detachable(
        &state,
        &story.context(),
        person_id("dora"),
        entry
    ));
    assert!(!detachable(
        &state,
        &story.context(),
        person_id("moe"),
        entry
    ));
    assert!(attachable(&state, &story.context(), person_id("moe")).is_ok());
}

fn asks(actor: Actor, act: Act) -> Command {
    Command {
        actor,
        acting_for: None,
        occurred: None,
        act,
    }
}

/// A complaint registered by li, under the general policy after a change.
fn complaint(change: impl Fn(String) -> String) -> Story {
    let files = general_files().into_iter();
    let changed = files.map(|file| {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        SourceFile::new(file.name, change(text))
    });
    let policy = policy_of_files(&changed.collect::<Vec<_>>());
    let mut story = Story::under(policy, organisation());
    let form = "about: #product, subject: tap, content: leaks, customer_name: Zhang, contact: 1380";
    story.registers("dora", "complaint", fields(form));
    story
}

#[test]
fn the_customer_attaches_without_being_a_person_here() {
    let mut story = complaint(|policy| policy);
    let system = asks(Actor::System, attach(file(1, 10)));
    assert!(story.carry_out(&system).is_err());
    let customer = asks(Actor::Customer, attach(file(1, 10)));
    assert!(story.carry_out(&customer).is_ok());
    let entry = story.state().seq;
    let actor = story.state().attachment(entry).map(|one| one.actor);
    assert_eq!(actor, Some(Actor::Customer));
    // What is on record he does not take away.
    let away = asks(Actor::Customer, detach(entry, "不要了"));
    assert!(story.carry_out(&away).is_err());
}

#[test]
fn what_files_a_customer_may_send_the_policy_says() {
    let send = |story: &mut Story| {
        let sent = story.carry_out(&asks(Actor::Customer, attach(file(1, 10))));
        sent.map_err(|refusal| refusal.rule)
    };
    let mut story = complaint(|policy| policy.replace("files: {max: 10}", "files: {max: 2}"));
    // What others attached is not his.
    story.does("dora", attach(file(2, 10)));
    for _ in 0..2 {
        let context = story.context();
        assert!(attachable(story.state(), &context, Actor::Customer).is_ok());
        assert_eq!(send(&mut story), Ok(()));
    }
    assert_eq!(send(&mut story), Err(Rule::LimitReached("customer_files")));
    assert!(attachable(story.state(), &story.context(), Actor::Customer).is_err());
    let mut none = complaint(|policy| policy.replace("files: {max: 10}", ""));
    assert_eq!(send(&mut none), Err(Rule::NotEntitled));
    let mut elsewhere = self::story();
    assert_eq!(send(&mut elsewhere), Err(Rule::NotEntitled));
}

#[test]
fn a_case_has_room_for_so_many_and_so_much() {
    let mut story = story();
    let code = |story: &mut Story, what| story.is_refused("dora", attach(what)).rule;
    let limit = |name| huiyin_case::Rule::LimitReached(name);
    assert_eq!(
        code(&mut story, file(1, ATTACHMENT_BYTES_MAX + 1)),
        limit("attachment_bytes")
    );
    for name in ["", " ", "a\u{0}b", "行\n行", &"长".repeat(121)] {
        let named = Attachment {
            name: name.to_owned(),
            ..file(1, 1)
        };
        assert_eq!(
            code(&mut story, named),
            limit("attachment_name"),
            "{name:?}"
        );
    }
    for number in 0..ATTACHMENTS_BYTES_MAX / ATTACHMENT_BYTES_MAX {
        let number = u8::try_from(number).unwrap();
        story.does("dora", attach(file(number, ATTACHMENT_BYTES_MAX)));
    }
    assert_eq!(code(&mut story, file(200, 1)), limit("attachments_bytes"));
    for entry in entries(&story) {
        story.does("dora", detach(entry, "重复"));
    }
    for _ in 0..ATTACHMENTS_MAX {
        story.does("dora", attach(file(1, 1)));
    }
    assert_eq!(code(&mut story, file(1, 1)), limit("attachments"));
}
