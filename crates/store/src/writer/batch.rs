//! One batch of appends inside one transaction.

use std::collections::{HashMap, HashSet};

use huiyin_case::id::CaseId;
use huiyin_case::numbering::NumberRequest;

use super::rows::Rows;
use crate::append::{AppendError, Appended, Reply};
use crate::bulk::Column::{self, Int, Text};
use crate::bulk::{rows_of, rows_query};
use crate::chain::{Hash, NOTHING, link};
use crate::engine::{Connection, Rows as Found};
use crate::prepare::{Prepared, PreparedSearch, number_event};
use crate::statement::{Arg, Statement};
use crate::tables::{NEWEST_CALENDARS, STOPS_HOLDING};

/// Draws serials; the row stays locked until the transaction ends, so a series has no gap.
const DRAW: &str = "INSERT INTO number_series (series, period, last) VALUES ($1, $2, $3) \
                    ON CONFLICT (series, period) DO UPDATE SET last = number_series.last + excluded.last RETURNING last";

/// How far the log has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LogHead {
    /// Position of the last event; 0 while there is none.
    pub(super) position: i64,
    /// Chain of that event, if it was written by the transaction under way.
    pub(super) chain: Option<Hash>,
    /// Position of the last audit entry.
    pub(super) audit_position: i64,
    /// The audit log's chain up to there.
    pub(super) audit_chain: Hash,
    /// How often the statistics were derived anew on a database that nodes share; 0 on another.
    pub(super) statistics: i64,
}

/// What one append came to.
pub(super) type Outcome = Result<Appended, AppendError>;

/// Where a case stands while a batch is laid out.
#[derive(Clone, Copy)]
struct CaseHead {
    seq: u32,
    chain: Hash,
    ordinal: Option<i64>,
}

/// Writes `appends` one after the other, by few statements. On an error nothing of them may be kept.
pub(super) async fn write(
    connection: &mut Connection,
    head: &mut LogHead,
    appends: &[&Prepared],
) -> Result<Vec<Outcome>, sqlx::Error> {
    let mut answers = answers(connection, appends).await?;
    let stopped = stopped(connection, appends).await?;
    let calendars = newest_calendars(connection, appends).await?;
    let mut heads = case_heads(connection, appends).await?;
    let mut verdicts: Vec<Option<AppendError>> = Vec::with_capacity(appends.len());
    // What each case will have come to, to see which appends fit before any serial is drawn.
    let mut seqs: HashMap<CaseId, u32> =
        heads.iter().map(|(case, head)| (*case, head.seq)).collect();
    let mut keys_taken: HashMap<(&str, &str), [u8; 32]> = HashMap::new();
    for append in appends {
        verdicts.push(verdict(
            append,
            (&answers, &stopped, &calendars),
            &mut seqs,
            &mut keys_taken,
        ));
    }
    let mut serials = draw(
        connection,
        appends
            .iter()
            .zip(&verdicts)
            .filter(|(_, verdict)| verdict.is_none()),
    )
    .await?;

    let mut rows = Rows::default();
    let mut outcomes = Vec::with_capacity(appends.len());
    for (append, verdict) in appends.iter().zip(verdicts) {
        let outcome = match verdict {
            // An earlier append of this very batch answers a later one with the same key.
            Some(AppendError::Replayed(_)) => Err(AppendError::Replayed(answers.kept(append))),
            Some(refusal) => Err(refusal),
            None => {
                let mut lay =
                    |one| lay_out(one, head, &mut heads, &mut serials, &mut rows, &mut answers);
                let appended = lay(append);
                if let Some(beside) = &append.beside {
                    lay(beside);
                }
                Ok(appended)
            }
        };
        outcomes.push(outcome);
    }
    rows.write(connection).await?;
    Ok(outcomes)
}

/// Why an append can't be written, if it can't.
fn verdict<'a>(
    append: &'a Prepared,
    (answers, stopped, calendars): (&Answers, &StoppedVersions, &NewestCalendars),
    seqs: &mut HashMap<CaseId, u32>,
    keys_taken: &mut HashMap<(&'a str, &'a str), [u8; 32]>,
) -> Option<AppendError> {
    if let Some(idempotency) = &append.idempotency {
        let key = (idempotency.principal.as_str(), idempotency.key.as_str());
        let known = answers
            .0
            .get(&(key.0.to_owned(), key.1.to_owned()))
            .map(|(hash, _)| *hash);
        match known.or_else(|| keys_taken.get(&key).copied()) {
            Some(hash) if hash == idempotency.request_hash => {
                return Some(AppendError::Replayed(Reply {
                    status: 0,
                    body: String::new(),
                }));
            }
            Some(_) => return Some(AppendError::KeyReused),
            None => {}
        }
    }
    if stopped.holds_up(append) {
        return Some(AppendError::PolicyStopped);
    }
    if !append.together().all(|one| calendars.still_count(one)) {
        return Some(AppendError::CalendarChanged);
    }
    let mut fits = |one: &Prepared| *seqs.entry(one.case).or_insert(0) == one.expected_seq;
    if !append.together().all(&mut fits) {
        return Some(AppendError::Conflict);
    }
    for one in append.together() {
        let come_to = one.expected_seq
            + u32::try_from(one.events.len()).expect("a case has few events")
            + u32::from(one.number.is_some());
        seqs.insert(one.case, come_to);
    }
    if let Some(idempotency) = &append.idempotency {
        keys_taken.insert(
            (&idempotency.principal, &idempotency.key),
            idempotency.request_hash,
        );
    }
    None
}

fn lay_out(
    append: &Prepared,
    head: &mut LogHead,
    heads: &mut HashMap<CaseId, CaseHead>,
    serials: &mut Serials,
    rows: &mut Rows,
    answers: &mut Answers,
) -> Appended {
    let number = append
        .number
        .as_ref()
        .map(|request| request.render(serials.next(request)));
    let before = heads.get(&append.case).copied().unwrap_or(CaseHead {
        seq: 0,
        chain: NOTHING,
        ordinal: Some(head.position + 1),
    });
    let mut case = before;
    let assigned = number.as_deref().map(|number| {
        let seq = append.expected_seq
            + u32::try_from(append.events.len()).expect("a case has few events")
            + 1;
        number_event(append.case, seq, number, append.now_us)
    });
    for event in append.events.iter().chain(&assigned) {
        case.seq += 1;
        head.position += 1;
        case.chain = link(&case.chain, &event.leaf, head.position);
        head.chain = Some(case.chain);
        rows.event(append, event, head.position, case.seq, case.chain);
    }
    heads.insert(append.case, case);
    rows.derived(
        append,
        before.ordinal.unwrap_or(head.position),
        case.seq,
        number.as_deref(),
    );
    match (&append.search, case.ordinal) {
        (PreparedSearch::Put { tokens, segmenter }, Some(ordinal)) => {
            let number = number
                .as_deref()
                .or(append.row.number.as_deref())
                .unwrap_or_default();
            rows.search(ordinal, format!("{} {tokens}", segmenter.tokens(number)));
        }
        (PreparedSearch::Remove, _) => rows.unsearch(append),
        (PreparedSearch::Keep | PreparedSearch::Put { .. }, _) => {}
    }
    let appended = Appended {
        case: append.case,
        seq: case.seq,
        position: head.position,
        number,
    };
    if let Some(idempotency) = &append.idempotency {
        let reply = (idempotency.reply)(&appended);
        rows.answer(idempotency, &reply);
        answers.0.insert(
            (idempotency.principal.clone(), idempotency.key.clone()),
            (idempotency.request_hash, reply),
        );
    }
    appended
}

/// The policy versions under which no case is taken in.
struct StoppedVersions(HashSet<(String, u32)>);

impl StoppedVersions {
    fn holds_up(&self, append: &Prepared) -> bool {
        let row = &append.row;
        append.expected_seq == 0
            && !self.0.is_empty()
            && self
                .0
                .contains(&(row.policy.to_string(), row.policy_version))
    }
}

/// Asked in the transaction itself: a version that any node has stopped takes no case in from its commit on, whatever this
/// node knows of it.
async fn stopped(
    connection: &mut Connection,
    appends: &[&Prepared],
) -> Result<StoppedVersions, sqlx::Error> {
    let mut stopped = HashSet::new();
    if appends.iter().any(|append| append.expected_seq == 0) {
        let rows = connection.all(Statement::new(STOPS_HOLDING, [])).await?;
        for row in rows.iter() {
            let version = u32::try_from(row.try_get::<i64>(1)?)
                .map_err(|error| sqlx::Error::Decode(error.into()))?;
            stopped.insert((row.try_get(0)?, version));
        }
    }
    Ok(StoppedVersions(stopped))
}

/// The newest version of each calendar that was loaded.
struct NewestCalendars(HashMap<String, i64>);

impl NewestCalendars {
    fn still_count(&self, append: &Prepared) -> bool {
        append.decided_by.as_ref().is_none_or(|by| {
            let newest = self.0.get(by.name.as_str()).copied().unwrap_or(0);
            newest == i64::from(by.version)
        })
    }
}

/// Asked in the transaction itself: once any node has loaded a calendar, nothing is put on record by an earlier version of it,
/// so that whatever is computed again afterwards is all there is.
async fn newest_calendars(
    connection: &mut Connection,
    appends: &[&Prepared],
) -> Result<NewestCalendars, sqlx::Error> {
    let mut newest = HashMap::new();
    let decided = appends.iter().flat_map(|append| append.together());
    if decided.into_iter().any(|one| one.decided_by.is_some()) {
        let rows = connection.all(Statement::new(NEWEST_CALENDARS, [])).await?;
        for row in rows.iter() {
            newest.insert(row.try_get(0)?, row.try_get(1)?);
        }
    }
    Ok(NewestCalendars(newest))
}

/// Answers kept under the keys of a batch.
struct Answers(HashMap<(String, String), ([u8; 32], Reply)>);

impl Answers {
    fn kept(&self, append: &Prepared) -> Reply {
        append
            .idempotency
            .as_ref()
            .and_then(|idempotency| {
                self.0
                    .get(&(idempotency.principal.clone(), idempotency.key.clone()))
            })
            .map_or(
                Reply {
                    status: 0,
                    body: String::new(),
                },
                |(_, reply)| reply.clone(),
            )
    }
}

async fn answers(
    connection: &mut Connection,
    appends: &[&Prepared],
) -> Result<Answers, sqlx::Error> {
    let keys = appends
        .iter()
        .filter_map(|append| append.idempotency.as_ref())
        .flat_map(|idempotency| {
            [
                idempotency.principal.as_str().into(),
                idempotency.key.as_str().into(),
            ]
        });
    let rows = look_up(
        connection,
        "(principal, key)",
        &[Text("principal"), Text("key")],
        "SELECT kept.principal, kept.key, kept.request_hash, kept.status, kept.body FROM wanted \
         JOIN idempotency AS kept ON kept.principal = wanted.principal AND kept.key = wanted.key",
        keys.collect(),
    );
    let mut answers = HashMap::new();
    let rows = rows.await?;
    for row in rows.iter() {
        let hash: Vec<u8> = row.try_get(2)?;
        let reply = Reply {
            status: u16::try_from(row.try_get::<i64>(3)?).unwrap_or_default(),
            body: row.try_get(4)?,
        };
        let hash = <[u8; 32]>::try_from(hash)
            .map_err(|_| sqlx::Error::Decode("a request hash has 32 bytes".into()))?;
        answers.insert((row.try_get(0)?, row.try_get(1)?), (hash, reply));
    }
    Ok(Answers(answers))
}

/// The heads of known cases. A new case is not looked up: if it existed, its first event would be refused.
async fn case_heads(
    connection: &mut Connection,
    appends: &[&Prepared],
) -> Result<HashMap<CaseId, CaseHead>, sqlx::Error> {
    let all = appends.iter().flat_map(|append| append.together());
    let known = all.filter(|append| append.expected_seq > 0);
    let rows = look_up(
        connection,
        "(case_id, seq)",
        &[Text("case_id"), Int("seq")],
        "SELECT events.case_id, events.seq, events.chain, cases.ordinal FROM wanted \
         JOIN events ON events.case_id = wanted.case_id AND events.seq >= wanted.seq \
         LEFT JOIN cases ON cases.case_id = wanted.case_id ORDER BY events.seq",
        known
            .flat_map(|append| [append.case_text.clone().into(), append.expected_seq.into()])
            .collect(),
    );
    let mut heads = HashMap::new();
    let rows = rows.await?;
    for row in rows.iter() {
        let case: String = row.try_get(0)?;
        let chain: Vec<u8> = row.try_get(2)?;
        let head = CaseHead {
            seq: u32::try_from(row.try_get::<i64>(1)?)
                .map_err(|error| sqlx::Error::Decode(error.into()))?,
            chain: Hash::try_from(chain)
                .map_err(|_| sqlx::Error::Decode("a chain hash has 32 bytes".into()))?,
            ordinal: row.try_get(3)?,
        };
        heads.insert(
            case.parse()
                .map_err(|error: uuid::Error| sqlx::Error::Decode(error.into()))?,
            head,
        );
    }
    Ok(heads)
}

/// Answers a query over `wanted`, pairs of values in these columns.
async fn look_up(
    connection: &mut Connection,
    names: &'static str,
    columns: &[Column],
    query: &'static str,
    wanted: Vec<Arg>,
) -> Result<Found, sqlx::Error> {
    if wanted.is_empty() {
        return Ok(Found::none());
    }
    let engine = connection.engine();
    let rows = rows_query(engine, columns, 1);
    let sql = format!("WITH wanted {names} AS ({rows}) {query}");
    let args = rows_of(engine, columns, wanted);
    connection.all(Statement::built(sql, args)).await
}

/// Serials drawn for a batch, by series and period: the next one to give out.
#[derive(Default)]
struct Serials(HashMap<(String, String), u64>);

impl Serials {
    fn next(&mut self, request: &NumberRequest) -> u64 {
        let next = self
            .0
            .get_mut(&(request.series.to_string(), request.period.clone()))
            .expect("serials were drawn for every request of the batch");
        *next += 1;
        *next - 1
    }
}

async fn draw<'a>(
    connection: &mut Connection,
    accepted: impl Iterator<Item = (&'a &'a Prepared, &'a Option<AppendError>)>,
) -> Result<Serials, sqlx::Error> {
    let mut counts: HashMap<(String, String), i64> = HashMap::new();
    for request in accepted.filter_map(|(append, _)| append.number.as_ref()) {
        *counts
            .entry((request.series.to_string(), request.period.clone()))
            .or_default() += 1;
    }
    let mut serials = Serials::default();
    for (key, count) in counts {
        let args = [key.0.as_str().into(), key.1.as_str().into(), count.into()];
        let drawn = connection.all(Statement::new(DRAW, args)).await?;
        let first = drawn.one()?.try_get::<i64>(0)? - count + 1;
        serials.0.insert(
            key,
            u64::try_from(first).map_err(|error| sqlx::Error::Decode(error.into()))?,
        );
    }
    Ok(serials)
}
