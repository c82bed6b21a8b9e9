//! Stored events of every version are read for ever, and today's are written as they were.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "whoever can't go on here must fail at once"
)]

mod support;

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::path::PathBuf;

use huiyin_calendar::{Covered, End, Halves, Hours, Length, Limit, Roll};
use huiyin_case::Event;
use huiyin_case::attachment::Attachment;
use huiyin_case::command::Firing;
use huiyin_case::contact::PlannedAttempt;
use huiyin_case::duty::{Owed, Sampled};
use huiyin_case::event::{DueTime, Holder, Moved, Roles};
use huiyin_case::historical::Origin;
use huiyin_case::id::FileId;
use huiyin_case::link::Link;
use huiyin_case::receipt::ReceiptHash;
use huiyin_case::state::clock::Start;
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{
    AccountId, ActId, ChannelId, ChoiceId, ClauseId, ClockId, ColumnId, ContactsId, DutyId,
    FactPath, FieldId, KindId, LevelsId, NoticeId, PartId, PartyRoleId, PauseReasonId, PolicyId,
    RoleId, SealId, SheetId, StepId, VoucherId,
};
use huiyin_policy::settle::{Kept, KeptCell, KeptCharge, KeptOpen, KeptRow, KeptVoucher, Raw};
use huiyin_store::codec::{Stored, decode, encode};
use serde_json::{Value as Json, json};
use support::{at, case_id, party_id, person_id, unit_id};

/// The fixture of each variant. A variant without an arm does not compile; one without a file fails below.
fn fixture(event: &Event) -> &'static str {
    match event {
        Event::CaseOpened { .. } => "case_opened.v2",
        Event::ConsentGiven => "consent_given.v1",
        Event::ReceiptIssued { .. } => "receipt_issued.v1",
        Event::CaseImported { .. } => "case_imported.v1",
        Event::DutyFellDue(_) => "duty_fell_due.v1",
        Event::RaisedFrom { .. } => "raised_from.v2",
        Event::RaisedCaseMoved { .. } => "raised_case_moved.v1",
        Event::CaseRaised { .. } => "case_raised.v1",
        Event::NumberAssigned { .. } => "number_assigned.v1",
        Event::StepEntered { .. } => "step_entered.v2",
        Event::ActRecorded { .. } => "act_recorded.v1",
        Event::NoteAdded { .. } => "note_added.v1",
        Event::CaseDispatched { .. } => "case_dispatched.v1",
        Event::CaseTransferred { .. } => "case_transferred.v1",
        Event::CaseAccepted { .. } => "case_accepted.v1",
        Event::CaseRefused { .. } => "case_refused.v1",
        Event::ClockStarted { .. } => "clock_started.v1",
        Event::ClockMoved { .. } => "clock_moved.v1",
        Event::ClockPaused { .. } => "clock_paused.v1",
        Event::ClockExtended { .. } => "clock_extended.v1",
        Event::ClockStopped { .. } => "clock_stopped.v1",
        Event::ClockWithdrawn { .. } => "clock_withdrawn.v1",
        Event::ClockFired { .. } => "clock_fired.v1",
        Event::ClockRuledAnew { .. } => "clock_ruled_anew.v1",
        Event::CaseMigrated { .. } => "case_migrated.v1",
        Event::NoticeSent { .. } => "notice_sent.v1",
        Event::CaseHandedOver { .. } => "case_handed_over.v1",
        Event::CaseClosed { .. } => "case_closed.v1",
        Event::CaseReopened { .. } => "case_reopened.v1",
        Event::FollowUpAsked { .. } => "follow_up_asked.v1",
        Event::CaseArchived => "case_archived.v1",
        Event::CaseWithdrawn { .. } => "case_withdrawn.v1",
        Event::CaseLinked { .. } => "case_linked.v1",
        Event::LinkTakenBack { .. } => "link_taken_back.v1",
        Event::HoldPlaced { .. } => "hold_placed.v1",
        Event::HoldLifted { .. } => "hold_lifted.v1",
        Event::CustomersMerged { .. } => "customers_merged.v1",
        Event::CustomersParted { .. } => "customers_parted.v1",
        Event::EntryCorrected { .. } => "entry_corrected.v1",
        Event::AttachmentAdded(_) => "attachment_added.v2",
        Event::AttachmentRemoved { .. } => "attachment_removed.v1",
        Event::HolderChanged { .. } => "holder_changed.v1",
        Event::LevelChosen { .. } => "level_chosen.v1",
        Event::LevelSet { .. } => "level_set.v1",
        Event::PartyAdded { .. } => "party_added.v1",
        Event::PartyRemoved { .. } => "party_removed.v1",
        Event::AttemptPlanned { .. } => "attempt_planned.v1",
        Event::SealOpened { .. } => "seal_opened.v1",
        Event::SheetsSettled { .. } => "sheets_settled.v2",
    }
}

/// The types there are; as many as arms above.
const TYPES: usize = 49;

fn every_value() -> Fields {
    let values = [
        ("text", Value::Text("屏幕破损".to_owned())),
        ("bool", Value::Bool(true)),
        ("integer", Value::Integer(-3)),
        ("money", Value::Money("128.50".parse().unwrap())),
        ("percent", Value::Percent("33.5".parse().unwrap())),
        ("quantity", Value::Quantity("2.25".parse().unwrap())),
        ("date", Value::Date(jiff::civil::date(2026, 11, 21))),
        ("instant", Value::Instant(at(1))),
        ("one_of", Value::OneOf(ChoiceId::new("refund"))),
        (
            "many_of",
            Value::ManyOf(vec![ChoiceId::new("a"), ChoiceId::new("b")]),
        ),
        ("unit", Value::Unit(unit_id(1))),
        ("person", Value::Person(person_id(1))),
        ("name", Value::Text("张三".to_owned())),
        ("birthday", Value::Date(jiff::civil::date(1990, 1, 2))),
    ];
    values
        .into_iter()
        .map(|(name, value)| (FieldId::new(name), value))
        .collect()
}

fn started(length: Length) -> Event {
    Event::ClockStarted {
        clock: ClockId::new("reply"),
        generation: 1,
        started_at: at(0),
        limit: Limit::new(length)
            .ending(End::Day)
            .rolling(Roll::NextWorking),
        due: Some(due(9)),
        clause: ClauseId::new("P1.8"),
    }
}

fn due(second: i64) -> DueTime {
    DueTime {
        at: at(second),
        date: jiff::civil::date(2026, 11, 24),
        provisional: true,
    }
}

/// Rows as they are kept: the words of each in order.
fn rows() -> Raw {
    let text = |text: &str| Raw::Text(text.to_owned());
    let row = vec![
        ("item".to_owned(), text("A")),
        ("paid".to_owned(), text("100.01")),
        ("proof".to_owned(), Raw::List(vec![text("invoice")])),
        ("stamped".to_owned(), Raw::Bool(true)),
    ];
    Raw::List(vec![Raw::Map(row)])
}

fn settled() -> Kept {
    let cell = |column: &str, value: &str, working: Option<&str>| KeptCell {
        column: ColumnId::new(column),
        value: value.to_owned(),
        working: working.map(str::to_owned),
        clause: working.map(|_| ClauseId::new("P3.22")),
    };
    let row = KeptRow {
        name: "A".to_owned(),
        cells: vec![
            cell("paid", "100.01", None),
            cell("amount", "100.01", Some("100.01")),
        ],
    };
    let open = |row: &str, not_divided: Option<&str>| KeptOpen {
        sheet: SheetId::new("loss"),
        row: row.to_owned(),
        clause: ClauseId::new("P3.37"),
        not_divided: not_divided.map(|amount| amount.parse().unwrap()),
    };
    let charge = |row: &str, held: bool| KeptCharge {
        account: AccountId::new("bonus_deductions"),
        who: "李二".to_owned(),
        sheet: SheetId::new("charges"),
        row: row.to_owned(),
        amount: "100.01".parse().unwrap(),
        from: "2026-03".parse().unwrap(),
        working: held.then(|| "100.01 × 60 / 60".to_owned()),
        clause: ClauseId::new("P3.30"),
        held,
    };
    Kept {
        rows: Raw::Map(vec![("loss".to_owned(), rows())]),
        sheets: vec![(SheetId::new("loss"), vec![row])],
        vouchers: vec![KeptVoucher {
            id: "260301/compensation/A".to_owned(),
            voucher: VoucherId::new("compensation"),
            amount: "100.01".parse().unwrap(),
            held: true,
        }],
        charges: vec![charge("压合一班 · 李二", true), charge("赵四", false)],
        open: vec![open("A", None), open("", Some("100.01"))],
    }
}

/// Every variant, with and without what is optional.
fn samples() -> Vec<Event> {
    let (clock, reason) = (|| ClockId::new("reply"), || "客户要求".to_owned());
    let lengths = [
        Length::WorkingDays(Halves(5)),
        Length::CalendarDays(7),
        Length::WorkingHours(Hours::from_seconds(5400)),
        Length::CalendarHours(Hours::whole(48)),
        Length::WorkingHalves(3),
        Length::Weeks(2),
        Length::Months(6),
    ];
    let mut samples: Vec<Event> = lengths.into_iter().map(started).collect();
    samples.extend(
        [
            Firing::Warning(2),
            Firing::Due,
            Firing::Attempt {
                contacts: 1,
                on: jiff::civil::date(2026, 11, 24),
            },
        ]
        .map(|firing| Event::ClockFired {
            clock: clock(),
            generation: 1,
            firing,
        }),
    );
    samples.extend(
        [
            Moved::Restarted,
            Moved::Resumed,
            Moved::CalendarChanged,
            Moved::Corrected,
        ]
        .map(|why| Event::ClockMoved {
            clock: clock(),
            generation: 2,
            started_at: at(3),
            due: None,
            why,
        }),
    );
    let next = PlannedAttempt {
        on: jiff::civil::date(2026, 11, 24),
        at: at(12),
    };
    samples.extend([Some(next), None].map(|next| Event::AttemptPlanned {
        contacts: ContactsId::new("calling"),
        next,
    }));
    samples.extend([None, Some(reason())].map(|reason| Event::CaseDispatched {
        to: unit_id(1),
        reason,
    }));
    samples.extend([None, Some(reason())].map(|reason| Event::CaseTransferred {
        from: unit_id(1),
        to: unit_id(2),
        reason,
    }));
    samples.extend([None, Some(reason())].map(|reason| Event::CaseClosed { reason }));
    samples.extend(
        [None, Some(every_value())].map(|fields| Event::EntryCorrected {
            entry: 4,
            fields,
            reason: reason(),
        }),
    );
    samples.extend(Link::ALL.map(|link| Event::CaseLinked {
        case: case_id(2),
        link,
    }));
    samples.extend(
        [Link::Repeats, Link::Absorbed].map(|link| Event::LinkTakenBack {
            case: case_id(2),
            link,
            reason: reason(),
        }),
    );
    samples.extend([None, Some(unit_id(1))].map(|unit| Event::CaseRefused {
        unit,
        reason: reason(),
        count: 2,
    }));
    samples.extend([None, Some(clock())].map(|clock| Event::NoticeSent {
        notice: NoticeId::new("expedite"),
        clock,
        to: vec![person_id(1), person_id(2)],
    }));
    let whole = Holder {
        unit: Some(unit_id(1)),
        roles: Roles::parse("clerk head"),
        person: Some(person_id(1)),
    };
    samples.extend([None, Some(person_id(2))].map(|to| Event::CaseHandedOver {
        from: person_id(1),
        to,
        holder: Holder {
            person: to,
            ..whole.clone()
        },
        reason: reason(),
    }));
    let holders = [whole, Holder::default()];
    samples.extend(holders.clone().map(|holder| Event::StepEntered {
        step: StepId::new("handle"),
        holder,
    }));
    samples.extend(holders.map(|holder| Event::FollowUpAsked { holder }));
    samples.extend([
        Event::CaseOpened {
            policy: PolicyId::new("general"),
            policy_version: 3,
            kind: KindId::new("complaint"),
            channel: ChannelId::new("phone"),
            customer: party_id(1),
            taker: Some(person_id(1)),
            first_contact: Some(person_id(2)),
            fields: every_value(),
        },
        Event::CaseOpened {
            policy: PolicyId::new("general"),
            policy_version: 3,
            kind: KindId::new("complaint"),
            channel: ChannelId::new("web"),
            customer: party_id(1),
            taker: None,
            first_contact: None,
            fields: Fields::new(),
        },
        Event::ConsentGiven,
        Event::ReceiptIssued {
            receipt: ReceiptHash::new([0xAB; 32]),
        },
        Event::DutyFellDue(Owed {
            duty: DutyId::new("inspection"),
            opens: jiff::civil::date(2026, 12, 1),
            due: jiff::civil::date(2026, 12, 31),
            about: Covered {
                from: jiff::civil::date(2026, 11, 1),
                to: jiff::civil::date(2026, 11, 30),
            },
            sample: vec![Sampled {
                case: case_id(1),
                handlers: BTreeSet::from([person_id(1), person_id(2)]),
            }],
        }),
        Event::RaisedFrom {
            case: case_id(1),
            above: None,
        },
        Event::RaisedFrom {
            case: case_id(1),
            above: Some(RoleId::new("director")),
        },
        Event::RaisedCaseMoved {
            case: case_id(2),
            ended: true,
        },
        Event::CaseWithdrawn {
            told_by: "客户本人".to_owned(),
            reason: reason(),
        },
        Event::CaseMigrated {
            from: 1,
            to: 3,
            reason: reason(),
        },
        Event::ClockRuledAnew {
            clock: ClockId::new("reply"),
            generation: 2,
            starts: vec![Start { at: at(0), seq: 1 }, Start { at: at(5), seq: 7 }],
            limit: Limit::new(Length::WorkingDays(Halves(10))),
            before: Some(due(9)),
            due: None,
            clause: ClauseId::new("P1.10"),
        },
        Event::HoldPlaced { reason: reason() },
        Event::HoldLifted { reason: reason() },
        Event::CustomersMerged {
            party: party_id(2),
            into: party_id(1),
            reason: reason(),
        },
        Event::CustomersParted {
            party: party_id(2),
            reason: reason(),
        },
        Event::CaseRaised {
            case: case_id(2),
            kind: KindId::new("improvement"),
        },
        Event::NumberAssigned {
            number: "HY26110001".to_owned(),
        },
        Event::ActRecorded {
            act: ActId::new("confirm"),
            outcome: Some(ChoiceId::new("accepted")),
            fields: every_value(),
        },
        Event::ActRecorded {
            act: ActId::new("acknowledge"),
            outcome: None,
            fields: Fields::new(),
        },
        Event::ActRecorded {
            act: ActId::new("score_case"),
            outcome: None,
            fields: Fields::from([(FieldId::new("which"), Value::Case(case_id(1)))]),
        },
        Event::ActRecorded {
            act: ActId::new("state_losses"),
            outcome: None,
            fields: Fields::from([(FieldId::new("items"), Value::Rows(rows()))]),
        },
        Event::SheetsSettled {
            entry: 4,
            kept: Box::new(settled()),
        },
        Event::AttachmentAdded(Attachment {
            file: FileId::new(uuid::Uuid::from_u128(7)),
            name: "屏幕破损.jpg".to_owned(),
            note: Some("屏幕破损的正面".to_owned()),
            media: "image/jpeg".to_owned(),
            bytes: 204_800,
            hash: [0xa5; 32],
            seal: Some(SealId::new("teller")),
        }),
        Event::AttachmentAdded(Attachment {
            file: FileId::new(uuid::Uuid::from_u128(8)),
            name: "张三的录音.m4a".to_owned(),
            note: None,
            media: "audio/mp4".to_owned(),
            bytes: 1,
            hash: [0x5a; 32],
            seal: None,
        }),
        Event::AttachmentRemoved {
            entry: 9,
            reason: "客户要求".to_owned(),
        },
        Event::NoteAdded {
            text: "已回电".to_owned(),
        },
        Event::CaseAccepted {
            person: person_id(1),
        },
        Event::ClockPaused {
            clock: clock(),
            reason: PauseReasonId::new("customer"),
            note: "等待发票".to_owned(),
        },
        Event::ClockExtended {
            clock: clock(),
            generation: 2,
            more: NonZeroU32::MIN,
            before: due(9),
            due: due(10),
            clause: ClauseId::new("P6.11"),
            reason: reason(),
        },
        Event::ClockStopped {
            clock: clock(),
            generation: 1,
            met: false,
        },
        Event::ClockWithdrawn {
            clock: clock(),
            generation: 1,
        },
        Event::CaseReopened { reason: reason() },
        Event::CaseArchived,
    ]);
    samples.extend(imported());
    samples.extend(of_levels_and_parties());
    samples
}

fn of_levels_and_parties() -> [Event; 8] {
    let levels = || LevelsId::new("severity");
    let set = |level: Option<&str>| Event::LevelSet {
        levels: levels(),
        level: level.map(ChoiceId::new),
        reason: "客户要求".to_owned(),
    };
    let added = |person, fields| Event::PartyAdded {
        party: party_id(2),
        role: PartyRoleId::new("accused"),
        person,
        fields,
    };
    [
        Event::HolderChanged {
            holder: Holder {
                unit: Some(unit_id(1)),
                ..Holder::default()
            },
        },
        Event::LevelChosen {
            levels: levels(),
            level: ChoiceId::new("serious"),
            row: 2,
            clause: ClauseId::new("P1.9"),
        },
        set(Some("serious")),
        set(None),
        added(Some(person_id(3)), Fields::new()),
        added(None, every_value()),
        Event::SealOpened {
            seal: SealId::new("reporter"),
            reason: "客户要求".to_owned(),
        },
        Event::PartyRemoved {
            party: party_id(2),
            reason: "客户要求".to_owned(),
        },
    ]
}

fn imported() -> [Event; 2] {
    let path = |part: &str, field: &str| FactPath::new(PartId::new(part), FieldId::new(field));
    [
        (None, Vec::new(), true),
        (
            Some(unit_id(1)),
            vec![path("complaint_form", "contact"), path("reply", "text")],
            false,
        ),
    ]
    .map(|(unit, missing, closing_told)| Event::CaseImported {
        origin: Origin {
            source: "old-desk".to_owned(),
            key: "TS-17".to_owned(),
        },
        unit,
        missing,
        closing_told,
    })
}

fn personal() -> BTreeSet<FieldId> {
    BTreeSet::from([FieldId::new("name"), FieldId::new("birthday")])
}

fn late_reason(event: &Event) -> Option<&'static str> {
    matches!(event, Event::NoteAdded { .. }).then_some("系统停机")
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/events")
}

fn stored(json: &Json) -> Stored {
    let part = |name: &str| json[name].as_object().unwrap().clone();
    Stored {
        kind: json["type"].as_str().unwrap().to_owned(),
        body: part("body"),
        sealed: part("sealed"),
        sealed_party: part("sealed_party"),
    }
}

fn written(event: &Event) -> Json {
    let stored = encode(event, late_reason(event), &personal());
    json!({ "type": stored.kind, "body": stored.body, "sealed": stored.sealed, "sealed_party": stored.sealed_party })
}

#[test]
fn every_event_is_written_and_read_as_its_fixture_says() {
    let mut types = BTreeSet::new();
    for name in samples().iter().map(fixture).collect::<BTreeSet<_>>() {
        types.insert(name);
        let path = folder().join(format!("{name}.json"));
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let fixtures: Vec<Json> = serde_json::from_str(&text).unwrap_or_default();
        let samples: Vec<Event> = samples()
            .into_iter()
            .filter(|event| fixture(event) == name)
            .collect();
        let all: Vec<Json> = samples.iter().map(written).collect();
        assert_eq!(
            fixtures,
            all,
            "{} must hold\n{}",
            path.display(),
            serde_json::to_string_pretty(&all).unwrap()
        );
        for (json, event) in fixtures.iter().zip(&samples) {
            let (read, late) = decode(stored(json)).unwrap();
            assert_eq!((&read, late.as_deref()), (event, late_reason(event)));
        }
    }
    assert_eq!(types.len(), TYPES);
}

#[test]
fn every_stored_fixture_can_be_read() {
    let mut read = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for json in serde_json::from_str::<Vec<Json>>(&text).unwrap() {
            decode(stored(&json)).unwrap();
            read += 1;
        }
    }
    assert!(read >= TYPES);
}

#[test]
fn a_step_of_the_first_version_has_the_one_role_it_named() {
    let text = std::fs::read_to_string(folder().join("step_entered.v1.json")).unwrap();
    let fixtures: Vec<Json> = serde_json::from_str(&text).unwrap();
    let roles = fixtures
        .iter()
        .map(|json| match decode(stored(json)).unwrap().0 {
            Event::StepEntered { holder, .. } => holder.roles,
            other => panic!("{other:?}"),
        });
    assert_eq!(
        roles.collect::<Vec<_>>(),
        [Roles::parse("clerk"), Roles::default()]
    );
}

#[test]
fn texts_and_personal_fields_never_stand_in_the_body() {
    for event in samples() {
        let stored = encode(&event, Some("系统停机"), &personal());
        let body = serde_json::to_string(&stored.body).unwrap();
        for secret in [
            "屏幕破损",
            "张三",
            "1990",
            "客户要求",
            "已回电",
            "等待发票",
            "系统停机",
        ] {
            assert!(!body.contains(secret), "{body}");
        }
        let sealed = serde_json::to_string(&stored.sealed).unwrap();
        assert!(
            stored.kind == "attachment_added.v2"
                || (!sealed.contains("张三") && !sealed.contains("1990")),
            "{sealed}"
        );
    }
}

#[test]
fn an_erased_event_is_read_without_its_texts() {
    let event = samples()
        .into_iter()
        .find(|event| {
            matches!(
                event,
                Event::CaseDispatched {
                    reason: Some(_),
                    ..
                }
            )
        })
        .unwrap();
    let mut stored = encode(&event, None, &personal());
    stored.sealed.clear();
    assert_eq!(
        decode(stored).unwrap().0,
        Event::CaseDispatched {
            to: unit_id(1),
            reason: Some(String::new())
        }
    );
}

#[test]
fn what_no_version_wrote_is_refused() {
    for (kind, body) in [
        ("case_opened.v9", json!({})),
        ("case_accepted.v1", json!({})),
        ("case_accepted.v1", json!({ "person": "x" })),
    ] {
        let json = json!({ "type": kind, "body": body, "sealed": {}, "sealed_party": {} });
        assert!(decode(stored(&json)).is_err(), "{json}");
    }
}
