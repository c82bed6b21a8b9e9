//! A store in a folder of its own, and cases to put into it.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test binary uses its own part"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use huiyin_calendar::Limit;
use huiyin_case::attachment::Attachment;
use huiyin_case::command::Firing;
use huiyin_case::event::{DueTime, Holder, Roles};
use huiyin_case::id::{CaseId, FileId, PartyId, PersonId, UnitId};
use huiyin_case::measure::{Increment, Increments, Measurement};
use huiyin_case::numbering::NumberRequest;
use huiyin_case::state::Stage;
use huiyin_case::value::{Fields, Value};
use huiyin_case::{Event, Recorded};
use huiyin_policy::model::{
    ActId, ChannelId, ChoiceId, ClauseId, ClockId, FieldId, KindId, MeasureId, PolicyId, RoleId,
    SeriesId, StepId,
};
use huiyin_store::{
    Append, CaseRow, ClockPhase, ClockRow, Derived, FileChange, Idempotency, MasterKey, NewEvent,
    Options, OutboxRow, PartyRow, Reply, SearchUpdate, Segmenter, Staged, Standing, Store,
    Tightest,
};
use huiyin_testkit::postgres::{Database, Server};
use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use uuid::Uuid;

pub const SEGMENTER: Segmenter = Segmenter {
    version: huiyin_insight::SEGMENTER_VERSION,
    tokens: huiyin_insight::index_text,
    query: huiyin_insight::match_expression,
};

/// A folder that is gone with its last use.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let name = format!(
            "huiyin-store-{}-{}",
            std::process::id(),
            MADE.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn database(&self) -> PathBuf {
        self.0.join("huiyin.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn master_key() -> MasterKey {
    MasterKey::new([42; 32])
}

pub async fn open(database: &Path) -> Store {
    Store::open(database, &master_key(), Options::new(SEGMENTER))
        .await
        .unwrap()
}

/// The PostgreSQL server of this test run.
pub fn server() -> Server {
    Server::shared(|template| {
        let template = template.parse().unwrap();
        // A test may be inside a runtime already.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime
                .block_on(Store::migrate_postgres(&template, Options::new(SEGMENTER)))
                .unwrap();
        })
        .join()
        .unwrap();
    })
}

pub async fn connect(database: &Database<'_>) -> Store {
    let url = database.url().parse().unwrap();
    Store::connect(&url, &master_key(), Options::new(SEGMENTER))
        .await
        .unwrap()
}

/// Carries out statements behind the store's back and tells how many rows they changed.
pub async fn change(database: &Path, sql: &str) -> u64 {
    let mut connection = SqliteConnectOptions::new()
        .filename(database)
        .connect()
        .await
        .unwrap();
    let changed = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap()
        .rows_affected();
    connection.close().await.unwrap();
    changed
}

/// 2026-11-21 08:00 UTC and so many seconds.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_248_000 + seconds).unwrap()
}

pub fn case_id(number: u64) -> CaseId {
    CaseId::new(Uuid::from_u128(
        0x0193_0000_0000_7000_8000_0000_0000_0000 | u128::from(number),
    ))
}

pub fn party_id(number: u64) -> PartyId {
    PartyId::new(Uuid::from_u128(
        0x0193_0000_0000_7000_9000_0000_0000_0000 | u128::from(number),
    ))
}

pub fn person_id(number: u64) -> PersonId {
    PersonId::new(Uuid::from_u128(
        0x0193_0000_0000_7000_a000_0000_0000_0000 | u128::from(number),
    ))
}

pub fn unit_id(number: u64) -> UnitId {
    UnitId::new(Uuid::from_u128(
        0x0193_0000_0000_7000_b000_0000_0000_0000 | u128::from(number),
    ))
}

/// What a new case is about.
#[derive(Clone)]
pub struct Matter {
    pub number: u64,
    pub subject: String,
    pub content: String,
    pub name: String,
    pub phone: String,
    pub due: Option<Timestamp>,
    pub holder: Holder,
    pub lead_unit: Option<UnitId>,
    pub taker: PersonId,
    pub first_contact: PersonId,
    pub kind: &'static str,
}

impl Matter {
    pub fn new(number: u64) -> Matter {
        Matter {
            number,
            subject: format!("第{number}件：快递破损"),
            content: "客户来电反映收到的商品外包装破损，打开后屏幕有裂纹，要求退货并赔偿运费。客服已致歉。".to_owned(),
            name: format!("王小{number}明"),
            phone: format!("1380000{number:04}"),
            due: Some(at(24 * 3600 + i64::try_from(number).unwrap())),
            holder: Holder { unit: Some(unit_id(1)), roles: Roles::new([RoleId::new("specialist")]), person: None },
            lead_unit: Some(unit_id(1)),
            taker: person_id(1),
            first_contact: person_id(1),
            kind: "complaint",
        }
    }

    fn fields(&self) -> Fields {
        Fields::from([
            (FieldId::new("subject"), Value::Text(self.subject.clone())),
            (FieldId::new("content"), Value::Text(self.content.clone())),
            (FieldId::new("name"), Value::Text(self.name.clone())),
            (FieldId::new("phone"), Value::Text(self.phone.clone())),
            (
                FieldId::new("amount"),
                Value::Money("128.50".parse().unwrap()),
            ),
        ])
    }

    /// The row after registration.
    pub fn row(&self) -> CaseRow {
        CaseRow {
            case: case_id(self.number),
            seq: 0,
            policy: PolicyId::new("general"),
            policy_version: 1,
            kind: KindId::new(self.kind),
            channel: ChannelId::new("phone"),
            step: Some(StepId::new("dispatch")),
            stage: Stage::Open,
            ending: None,
            held: false,
            number: None,
            subject: self.subject.clone(),
            excerpt: self.content.chars().take(40).collect(),
            customer: party_id(self.number),
            customer_name: "王**".to_owned(),
            taker: Some(self.taker),
            first_contact: Some(self.first_contact),
            lead_unit: self.lead_unit,
            holder: self.holder.clone(),
            opened_at: at(0),
            recorded_at: at(0),
            tightest: self.clock().and_then(|clock| {
                Some(Tightest {
                    clock: clock.clock,
                    started_at: clock.started_at,
                    due: clock.due?,
                })
            }),
            receipt: None,
            standing: Standing::default(),
        }
    }

    pub fn clock(&self) -> Option<ClockRow> {
        let due = self.due?;
        Some(ClockRow {
            clock: ClockId::new("first_feedback"),
            generation: 1,
            phase: ClockPhase::Running,
            started_at: at(0),
            due: Some(DueTime {
                at: due,
                date: jiff::civil::date(2026, 11, 22),
                provisional: false,
            }),
            clause: ClauseId::new("P1.8"),
            next: Some((Firing::Warning(0), due - SignedDuration::from_hours(2))),
        })
    }

    /// What it counts for once it is registered.
    fn opened(&self) -> Increments {
        let of = measurement("opened", 21, None, 0);
        Increments {
            totals: vec![Increment {
                unit: self.lead_unit,
                of: of.clone(),
                add: 1,
            }],
            put: vec![of],
            removed: Vec::new(),
        }
    }

    /// The append that registers it: four events and the number.
    pub fn register(&self) -> Append {
        let personal = BTreeSet::from([FieldId::new("name"), FieldId::new("phone")]);
        let mut events = vec![
            event(Event::CaseOpened {
                policy: PolicyId::new("general"),
                policy_version: 1,
                kind: KindId::new(self.kind),
                channel: ChannelId::new("phone"),
                customer: party_id(self.number),
                taker: Some(self.taker),
                first_contact: Some(self.first_contact),
                fields: self.fields(),
            }),
            event(Event::ActRecorded {
                act: ActId::new("acknowledge"),
                outcome: None,
                fields: Fields::new(),
            }),
            event(Event::StepEntered {
                step: StepId::new("dispatch"),
                holder: self.holder.clone(),
            }),
        ];
        events[0].personal = personal;
        let clock = self.clock();
        if let Some(clock) = &clock {
            events.push(event(Event::ClockStarted {
                clock: clock.clock.clone(),
                generation: 1,
                started_at: clock.started_at,
                limit: Limit::working_days(1),
                due: clock.due,
                clause: clock.clause.clone(),
            }));
        }
        Append {
            case: case_id(self.number),
            expected_seq: 0,
            customer: party_id(self.number),
            now: at(0),
            decided_by: None,
            events,
            number: Some(number_request()),
            row: self.row(),
            clocks: clock.into_iter().collect(),
            party: Some(PartyRow {
                party: party_id(self.number),
                is_new: true,
                display: "王**".to_owned(),
                contact: Some(self.phone.clone()),
                name: Some(self.name.clone()),
            }),
            search: SearchUpdate::Put(format!("{} {}", self.subject, self.content)),
            outbox: vec![OutboxRow {
                kind: "notice".to_owned(),
                payload: "{\"notice\":\"new_case\"}".to_owned(),
                due_at: at(0),
            }],
            statistics: self.opened(),
            files: Vec::new(),
            merges: None,
            vouchers: None,
            charges: None,
            beside: None,
            idempotency: Some(idempotency(&format!("register-{}", self.number))),
        }
    }

    /// An append to the registered case that tells of a staged file.
    pub fn attach(&self, expected_seq: u32, number: &str, staged: &Staged, key: &str) -> Append {
        Append {
            events: vec![event(attached(staged))],
            files: vec![FileChange::Keep(staged.file)],
            ..self.note(expected_seq, number, "", key)
        }
    }

    /// An append to the registered case that takes an attachment away, with its bytes.
    pub fn detach(&self, seen: u32, number: &str, entry: u32, file: FileId, key: &str) -> Append {
        let reason = "重复".to_owned();
        Append {
            events: vec![event(Event::AttachmentRemoved { entry, reason })],
            files: vec![FileChange::Drop(file)],
            ..self.note(seen, number, "", key)
        }
    }

    /// An append of one note to the registered case.
    pub fn note(&self, expected_seq: u32, number: &str, text: &str, key: &str) -> Append {
        Append {
            expected_seq,
            events: vec![event(Event::NoteAdded {
                text: text.to_owned(),
            })],
            number: None,
            row: CaseRow {
                number: Some(number.to_owned()),
                ..self.row()
            },
            party: None,
            search: SearchUpdate::Keep,
            outbox: Vec::new(),
            statistics: Increments::default(),
            idempotency: Some(idempotency(key)),
            ..self.register()
        }
    }
}

/// The event that tells of a staged file.
pub fn attached(staged: &Staged) -> Event {
    Event::AttachmentAdded(Attachment {
        file: staged.file,
        name: "照片.jpg".to_owned(),
        note: None,
        media: "image/jpeg".to_owned(),
        bytes: staged.bytes,
        hash: staged.hash,
        seal: None,
    })
}

pub fn file_id(number: u64) -> FileId {
    FileId::new(Uuid::from_u128(
        0x0193_0000_0000_7000_c000_0000_0000_0000 | u128::from(number),
    ))
}

/// Stages bytes for a case, as they come.
pub async fn stage(store: &Store, case: u64, file: u64, bytes: &[u8]) -> Staged {
    let mut upload = store
        .stage_file(case_id(case), file_id(file), at(0))
        .await
        .unwrap();
    for some in bytes.chunks(70_001) {
        upload.write(some).await.unwrap();
    }
    upload.finish().await.unwrap()
}

/// What a case counts for on a day of November 2026.
pub fn measurement(measure: &str, day: i8, class: Option<&str>, value: i64) -> Measurement {
    Measurement {
        measure: MeasureId::new(measure),
        on: jiff::civil::date(2026, 11, day),
        class: class.map(ChoiceId::new),
        value,
    }
}

/// Derives the rows of a case that was registered and not touched since; anything else is there by halves.
pub fn derive(case: CaseId, history: &[Recorded]) -> Result<Derived, String> {
    let append = registered(history).register();
    let number = history.iter().find_map(|one| match &one.event {
        Event::NumberAssigned { number } => Some(number.clone()),
        _ => None,
    });
    if history.len() != 5 || number.is_none() || append.case != case {
        return Err(format!("case {case} is there by halves: {history:?}"));
    }
    let SearchUpdate::Put(search) = append.search else {
        panic!("a new case can be found");
    };
    Ok(Derived {
        row: CaseRow {
            seq: 5,
            number,
            ..append.row
        },
        clocks: append.clocks,
        search: Some(search),
        statistics: append.statistics,
        files: BTreeSet::new(),
        merges: Vec::new(),
        vouchers: Vec::new(),
        charges: Vec::new(),
        customer_full_name: None,
    })
}

/// The matter that a history begins with, by the number in its subject.
fn registered(history: &[Recorded]) -> Matter {
    let Event::CaseOpened { fields, .. } = &history[0].event else {
        panic!("a case begins with its opening")
    };
    let Value::Text(subject) = &fields[&FieldId::new("subject")] else {
        panic!("a subject is a text")
    };
    let digits: String = subject.chars().filter(char::is_ascii_digit).collect();
    Matter::new(digits.parse().unwrap())
}

pub fn number_request() -> NumberRequest {
    NumberRequest {
        series: SeriesId::new("complaint"),
        period: "2611".to_owned(),
        prefix: "HY".to_owned(),
        serial_digits_min: 4,
    }
}

pub fn event(event: Event) -> NewEvent {
    NewEvent {
        actor: person_id(1).into(),
        acting_for: None,
        occurred_at: at(0),
        late_reason: None,
        event,
        personal: BTreeSet::new(),
    }
}

pub fn idempotency(key: &str) -> Idempotency {
    Idempotency {
        principal: "account-1".to_owned(),
        key: key.to_owned(),
        request_hash: [1; 32],
        expires_at: at(7 * 24 * 3600),
        reply: Arc::new(|appended| Reply {
            status: 201,
            body: format!("{} {:?}", appended.case, appended.number),
        }),
    }
}
