//! The rows of a batch, gathered over all its commands and then written table by table.

use std::collections::HashMap;
use std::hash::Hash as Hashable;
use std::sync::LazyLock;

use huiyin_case::id::{CaseId, PartyId, PersonId};

use crate::append::{Idempotency, Reply};
use crate::bulk::Column::{Bytes, Int, Text};
use crate::bulk::{Begin, Insert};
use crate::chain::Hash;
use crate::charges::charge_statements;
use crate::codec::firing_name;
use crate::engine::{Connection, Engine};
use crate::prepare::{Prepared, PreparedEvent};
use crate::row::{
    CaseRow, ClockRow, Level, PartyMerge, Standing, category_text, ending_name, hidden_text,
    phase_name, stage_name,
};
use crate::statement::{Arg, Statement};
use crate::statistics::{COUNTERS, MEASUREMENTS, MeasurementRows, Totals};
use crate::vouchers::voucher_statements;

/// Where a case without a level stands: after all others. No scale has as many levels.
pub(crate) const NO_LEVEL: i64 = 99;
/// Where a case without due time stands in the work list: after all others.
pub(crate) const NO_DUE_US: i64 = i64::MAX;

const EVENTS: Insert = Insert {
    begin: Begin::Add,
    table: "events",
    columns: &[
        Int("position"),
        Text("case_id"),
        Int("seq"),
        Text("type"),
        Text("actor"),
        Int("occurred_at_us"),
        Int("recorded_at_us"),
        Text("body"),
        Text("party_id"),
        Bytes("sealed"),
        Bytes("sealed_party"),
        Bytes("leaf"),
        Bytes("chain"),
    ],
    then: "",
};
const KEYS: Insert = Insert {
    begin: Begin::Add,
    table: "keys",
    columns: &[
        Text("owner_kind"),
        Text("owner_id"),
        Bytes("wrapped"),
        Int("created_at_us"),
    ],
    then: "",
};
/// Puts rows of the work list; an existing row keeps its ordinal.
pub(crate) const CASES: Insert = Insert {
    begin: Begin::Add,
    table: "cases",
    columns: &[
        Int("ordinal"),
        Text("case_id"),
        Int("seq"),
        Text("policy"),
        Int("policy_version"),
        Text("kind"),
        Text("channel"),
        Text("step"),
        Text("status"),
        Text("number"),
        Text("subject"),
        Text("excerpt"),
        Text("customer"),
        Text("customer_name"),
        Text("taker"),
        Text("first_contact"),
        Text("lead_unit"),
        Text("holder_unit"),
        Text("holder_role"),
        Text("holder_person"),
        Int("opened_at_us"),
        Int("recorded_at_us"),
        Int("sort_due_at_us"),
        Text("due_clock"),
        Int("due_since_us"),
        Text("due_on"),
        Int("provisional"),
        Text("receipt"),
        Text("ending"),
        Int("held"),
        Text("severity"),
        Int("severity_order"),
        Text("urgency"),
        Int("urgency_order"),
        Text("category"),
        Text("hidden_from"),
        Text("sight"),
        Text("read_by"),
        Text("entitled"),
        Text("entitled_unit"),
        Text("entitled_person"),
    ],
    then: " ON CONFLICT (case_id) DO UPDATE SET seq = excluded.seq, policy = excluded.policy, policy_version = excluded.policy_version, \
           kind = excluded.kind, channel = excluded.channel, step = excluded.step, status = excluded.status, number = excluded.number, \
           subject = excluded.subject, excerpt = excluded.excerpt, customer = excluded.customer, \
           customer_name = excluded.customer_name, taker = excluded.taker, first_contact = excluded.first_contact, \
           lead_unit = excluded.lead_unit, holder_unit = excluded.holder_unit, holder_role = excluded.holder_role, \
           holder_person = excluded.holder_person, opened_at_us = excluded.opened_at_us, recorded_at_us = excluded.recorded_at_us, \
           sort_due_at_us = excluded.sort_due_at_us, due_clock = excluded.due_clock, due_since_us = excluded.due_since_us, \
           due_on = excluded.due_on, provisional = excluded.provisional, receipt = excluded.receipt, ending = excluded.ending, held = excluded.held, \
           severity = excluded.severity, \
           severity_order = excluded.severity_order, urgency = excluded.urgency, urgency_order = excluded.urgency_order, \
           category = excluded.category, hidden_from = excluded.hidden_from, sight = excluded.sight, read_by = excluded.read_by, \
           entitled = excluded.entitled, entitled_unit = excluded.entitled_unit, entitled_person = excluded.entitled_person",
};
/// Puts clocks.
pub(crate) const CLOCKS: Insert = Insert {
    begin: Begin::Add,
    table: "clocks",
    columns: &[
        Text("case_id"),
        Text("clock"),
        Int("generation"),
        Text("state"),
        Int("started_at_us"),
        Int("due_at_us"),
        Text("due_on"),
        Int("provisional"),
        Text("clause"),
        Text("next_firing"),
        Int("next_fire_at_us"),
    ],
    then: " ON CONFLICT (case_id, clock) DO UPDATE SET generation = excluded.generation, state = excluded.state, \
           started_at_us = excluded.started_at_us, due_at_us = excluded.due_at_us, due_on = excluded.due_on, \
           provisional = excluded.provisional, clause = excluded.clause, next_firing = excluded.next_firing, \
           next_fire_at_us = excluded.next_fire_at_us",
};
const PARTIES: Insert = Insert {
    begin: Begin::Add,
    table: "parties",
    columns: &[
        Text("party_id"),
        Text("display"),
        Bytes("contact_index"),
        Bytes("name_index"),
        Int("created_at_us"),
    ],
    then: " ON CONFLICT (party_id) DO UPDATE SET display = excluded.display, contact_index = excluded.contact_index, \
           name_index = excluded.name_index",
};
const OUTBOX: Insert = Insert {
    begin: Begin::Add,
    table: "outbox",
    columns: &[
        Text("case_id"),
        Text("kind"),
        Text("payload"),
        Int("created_at_us"),
        Int("due_at_us"),
    ],
    then: "",
};
const IDEMPOTENCY: Insert = Insert {
    begin: Begin::Add,
    table: "idempotency",
    columns: &[
        Text("principal"),
        Text("key"),
        Bytes("request_hash"),
        Int("status"),
        Text("body"),
        Int("expires_at_us"),
    ],
    then: "",
};
const DELETE_MERGES: &str = "DELETE FROM party_merges WHERE case_id = $1";
/// A record that was found to be another's already is refused: it stands for one person only.
const INSERT_MERGE: &str =
    "INSERT INTO party_merges (party_id, into_id, case_id) VALUES ($1, $2, $3)";
/// The tables a batch writes, in the order of [`Rows::write`].
const fn tables(engine: Engine) -> [Insert; 10] {
    [
        EVENTS,
        KEYS,
        CASES,
        CLOCKS,
        PARTIES,
        OUTBOX,
        COUNTERS,
        MEASUREMENTS,
        IDEMPOTENCY,
        engine.put_search(),
    ]
}

/// The inserts of all [`tables`] as one text; their parameters come one after the other.
fn write_all(engine: Engine) -> &'static str {
    static SQLITE: LazyLock<String> = LazyLock::new(|| text(Engine::Sqlite));
    static POSTGRES: LazyLock<String> = LazyLock::new(|| text(Engine::Postgres));
    fn text(engine: Engine) -> String {
        let mut parameter = 1;
        let texts = tables(engine).map(|insert| {
            let text = insert.text(engine, parameter);
            parameter += insert.parameters(engine);
            text
        });
        engine.together(&texts)
    }
    match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    }
}

/// Rows of which a later one replaces an earlier one of the same key, so that no statement changes a row twice.
struct Latest<K> {
    places: HashMap<K, usize>,
    rows: Vec<Vec<Arg>>,
}

impl<K: Hashable + Eq> Default for Latest<K> {
    fn default() -> Self {
        Latest {
            places: HashMap::new(),
            rows: Vec::new(),
        }
    }
}

impl<K: Hashable + Eq> Latest<K> {
    /// Puts a row; the first `kept` values of an earlier row stay.
    fn put(&mut self, key: K, mut row: Vec<Arg>, kept: usize) {
        match self.places.get(&key) {
            Some(&place) => {
                let earlier = &mut self.rows[place];
                earlier.splice(kept.., row.drain(kept..));
            }
            None => {
                self.places.insert(key, self.rows.len());
                self.rows.push(row);
            }
        }
    }

    fn into_values(self) -> Vec<Arg> {
        self.rows.into_iter().flatten().collect()
    }
}

/// All rows of a batch.
#[derive(Default)]
pub(super) struct Rows {
    events: Vec<Arg>,
    keys: Vec<Arg>,
    cases: Latest<CaseId>,
    clocks: Latest<(CaseId, String)>,
    parties: Latest<PartyId>,
    outbox: Vec<Arg>,
    totals: Totals,
    measurements: MeasurementRows,
    idempotency: Vec<Arg>,
    search: Latest<i64>,
    unsearched: Vec<Arg>,
    /// What is too rare to be gathered.
    alone: Vec<Statement>,
}

impl Rows {
    pub(super) fn event(
        &mut self,
        of: &Prepared,
        event: &PreparedEvent,
        position: i64,
        seq: u32,
        chain: Hash,
    ) {
        self.events.extend([
            position.into(),
            of.case_text.clone().into(),
            seq.into(),
            event.kind.clone().into(),
            event.actor.clone().into(),
            event.occurred_at_us.into(),
            of.now_us.into(),
            event.body.clone().into(),
            event.party.clone().into(),
            event.sealed.clone().into(),
            event.sealed_party.clone().into(),
            event.leaf.into(),
            chain.into(),
        ]);
    }

    /// Everything but the events and the search text.
    pub(super) fn derived(&mut self, of: &Prepared, ordinal: i64, seq: u32, number: Option<&str>) {
        for key in &of.new_keys {
            self.keys.extend([
                key.owner.kind().into(),
                key.owner.id().into(),
                key.wrapped.clone().into(),
                of.now_us.into(),
            ]);
        }
        self.cases.put(
            of.case,
            case_values(&of.row, &of.case_text, ordinal, seq, number),
            1,
        );
        for clock in &of.clocks {
            self.clocks.put(
                (of.case, clock.clock.to_string()),
                clock_values(clock, &of.case_text),
                0,
            );
        }
        if let Some(party) = &of.party {
            let row = vec![
                party.party.to_string().into(),
                party.display.as_str().into(),
                party.contact_index.into(),
                party.name_index.into(),
                of.now_us.into(),
            ];
            self.parties.put(party.party, row, 0);
        }
        for row in &of.outbox {
            let due = row.due_at.as_microsecond();
            self.outbox.extend([
                of.case_text.clone().into(),
                row.kind.as_str().into(),
                row.payload.as_str().into(),
                of.now_us.into(),
                due.into(),
            ]);
        }
        for change in &of.files {
            self.alone.extend(change.statements(&of.case_text));
        }
        if let Some(merges) = &of.merges {
            self.alone.extend(merge_statements(&of.case_text, merges));
        }
        if let Some(vouchers) = &of.vouchers {
            self.alone
                .extend(voucher_statements(&of.case_text, vouchers));
        }
        if let Some(charges) = &of.charges {
            self.alone.extend(charge_statements(&of.case_text, charges));
        }
        self.totals
            .add(&of.row.policy, &of.row.kind, &of.statistics);
        self.measurements.change(ordinal, &of.statistics);
    }

    pub(super) fn answer(&mut self, idempotency: &Idempotency, reply: &Reply) {
        self.idempotency.extend([
            idempotency.principal.as_str().into(),
            idempotency.key.as_str().into(),
            idempotency.request_hash.into(),
            i64::from(reply.status).into(),
            reply.body.as_str().into(),
            idempotency.expires_at.as_microsecond().into(),
        ]);
    }

    pub(super) fn search(&mut self, ordinal: i64, tokens: String) {
        self.search
            .put(ordinal, vec![ordinal.into(), tokens.into()], 0);
    }

    pub(super) fn unsearch(&mut self, of: &Prepared) {
        self.unsearched.push(of.case_text.clone().into());
    }

    /// Writes all of it on one way to the database and back.
    pub(super) async fn write(self, connection: &mut Connection) -> Result<(), sqlx::Error> {
        let (removed, measurements) = self.measurements.into_parts();
        for statement in removed {
            statement.run(connection).await?;
        }
        let rows = [
            self.events,
            self.keys,
            self.cases.into_values(),
            self.clocks.into_values(),
            self.parties.into_values(),
            self.outbox,
            self.totals.into_values(),
            measurements,
            self.idempotency,
            self.search.into_values(),
        ];
        let engine = connection.engine();
        let args: Vec<Arg> = tables(engine)
            .iter()
            .zip(rows)
            .flat_map(|(insert, rows)| insert.args(engine, rows))
            .collect();
        connection
            .execute(Statement::new(write_all(engine), args))
            .await?;
        for case in self.unsearched {
            Statement::new(engine.remove_search(), [case])
                .run(connection)
                .await?;
        }
        for statement in self.alone {
            let must_change = statement.must_change;
            let changed = statement.run(connection).await?;
            // No event may tell of a file that is not there: the append to blame is refused.
            if must_change.is_some_and(|must| must != changed) {
                return Err(sqlx::Error::RowNotFound);
            }
        }
        Ok(())
    }
}

/// The values of a row of [`CASES`].
pub(crate) fn case_values(
    row: &CaseRow,
    case_text: &std::sync::Arc<str>,
    ordinal: i64,
    seq: u32,
    number: Option<&str>,
) -> Vec<Arg> {
    let tightest = row.tightest.as_ref();
    vec![
        ordinal.into(),
        case_text.clone().into(),
        seq.into(),
        row.policy.as_str().into(),
        row.policy_version.into(),
        row.kind.as_str().into(),
        row.channel.as_str().into(),
        row.step.as_ref().map(|step| step.as_str()).into(),
        stage_name(row.stage).into(),
        number.or(row.number.as_deref()).into(),
        row.subject.as_str().into(),
        row.excerpt.as_str().into(),
        row.customer.to_string().into(),
        row.customer_name.as_str().into(),
        somebody(row.taker).into(),
        somebody(row.first_contact).into(),
        row.lead_unit.map(|unit| unit.to_string()).into(),
        row.holder.unit.map(|unit| unit.to_string()).into(),
        Some(&row.holder.roles)
            .filter(|roles| !roles.is_empty())
            .map(ToString::to_string)
            .into(),
        row.holder.person.map(|person| person.to_string()).into(),
        row.opened_at.as_microsecond().into(),
        row.recorded_at.as_microsecond().into(),
        tightest
            .map_or(NO_DUE_US, |tightest| tightest.due.at.as_microsecond())
            .into(),
        tightest.map(|tightest| tightest.clock.as_str()).into(),
        tightest
            .map(|tightest| tightest.started_at.as_microsecond())
            .into(),
        tightest
            .map(|tightest| tightest.due.date.to_string())
            .into(),
        tightest.map(|tightest| tightest.due.provisional).into(),
        row.receipt.map(|receipt| receipt.to_string()).into(),
        ending_name(row.ending).into(),
        row.held.into(),
    ]
    .into_iter()
    .chain(standing_values(&row.standing))
    .collect()
}

/// The values of a row that say where the case stands.
fn standing_values(standing: &Standing) -> [Arg; 11] {
    let level = |level: &Option<Level>| {
        let order = level
            .as_ref()
            .map_or(NO_LEVEL, |level| level.below_top.into());
        let name = level.as_ref().map(|level| level.level.as_str());
        [name.into(), order.into()]
    };
    let [severity, severity_order] = level(&standing.severity);
    let [urgency, urgency_order] = level(&standing.urgency);
    let entitled = &standing.entitled;
    [
        severity,
        severity_order,
        urgency,
        urgency_order,
        category_text(&standing.category).into(),
        hidden_text(&standing.hidden_from).into(),
        standing.sight.as_ref().map(ToString::to_string).into(),
        standing.read_by.map(|unit| unit.to_string()).into(),
        Some(&entitled.positions)
            .filter(|positions| !positions.is_empty())
            .map(ToString::to_string)
            .into(),
        entitled.unit.map(|unit| unit.to_string()).into(),
        entitled.person.map(|person| person.to_string()).into(),
    ]
}

/// A person as a column that is never null holds him; empty for nobody.
fn somebody(person: Option<PersonId>) -> String {
    person.map_or_else(String::new, |person| person.to_string())
}

/// Puts what a case says about records of customers in the place of what it said before.
pub(crate) fn merge_statements(
    case_text: &std::sync::Arc<str>,
    merges: &[PartyMerge],
) -> Vec<Statement> {
    let delete = Statement::new(DELETE_MERGES, [case_text.clone().into()]);
    let insert = |merge: &PartyMerge| {
        let args = [
            merge.party.to_string().into(),
            merge.into.to_string().into(),
            case_text.clone().into(),
        ];
        Statement::new(INSERT_MERGE, args)
    };
    std::iter::once(delete)
        .chain(merges.iter().map(insert))
        .collect()
}

/// The values of a row of [`CLOCKS`].
pub(crate) fn clock_values(row: &ClockRow, case_text: &std::sync::Arc<str>) -> Vec<Arg> {
    vec![
        case_text.clone().into(),
        row.clock.as_str().into(),
        row.generation.into(),
        phase_name(row.phase).into(),
        row.started_at.as_microsecond().into(),
        row.due.map(|due| due.at.as_microsecond()).into(),
        row.due.map(|due| due.date.to_string()).into(),
        row.due.is_some_and(|due| due.provisional).into(),
        row.clause.as_str().into(),
        row.next.map(|(firing, _)| firing_name(firing)).into(),
        row.next.map(|(_, at)| at.as_microsecond()).into(),
    ]
}
