//! The columns that a full export has beside those of the work list: what is on record of the cases of one kind.

use huiyin_app::App;
use huiyin_app::shelf::Version;
use huiyin_case::state::clock::Phase;
use huiyin_case::state::{CaseState, Stage, Standing};
use huiyin_case::value::Value as Fact;
use huiyin_exchange::{Column, Value};
use huiyin_policy::case_facts;
use huiyin_policy::model::{
    ClockId, DataClass, FactPath, FieldType, Figure, KindId, Meaning, Moment, Policy, Verb,
};
use huiyin_texts::{Args, Lang, render};

use super::moment;
use crate::dto::form::pick;
use crate::present::{View, fact, names};

/// Columns of one kind, as the policy in force describes it. A case that keeps an earlier version fills those it has.
#[derive(Debug)]
pub(super) struct FullColumns {
    version: Version,
    lang: Lang,
    columns: Vec<(String, String, Cell)>,
}

/// What stands in a column.
#[derive(Debug)]
enum Cell {
    /// The unit that answers for the case.
    LeadUnit,
    /// When it was last closed.
    ClosedAt,
    /// What is on record in a field.
    Field(FactPath),
    /// Something of a clock.
    Clock(ClockId, OfClock),
}

/// What a clock has to tell.
#[derive(Debug, Clone, Copy)]
enum OfClock {
    StartedAt,
    DueAt,
    StoppedAt,
    Standing,
}

/// What is told of every clock, with its name and the key of its title.
const OF_CLOCK: [(OfClock, &str, &str); 4] = [
    (OfClock::StartedAt, "started_at", "export-clock-started-at"),
    (OfClock::DueAt, "due_at", "export-clock-due-at"),
    (OfClock::StoppedAt, "stopped_at", "export-clock-stopped-at"),
    (OfClock::Standing, "standing", "export-clock-standing"),
];

impl FullColumns {
    /// The columns of a kind: its opening part without what is personal, what its tallies tell apart, its clocks.
    pub(super) fn of(version: Version, kind: &KindId, lang: Lang) -> Self {
        let policy = &version.policy;
        let plain =
            |name: &str, key, cell| (name.to_owned(), render(lang, key, &Args::new()), cell);
        let mut columns = vec![
            plain("lead_unit", "export-lead-unit", Cell::LeadUnit),
            plain("closed_at", "export-closed-at", Cell::ClosedAt),
        ];
        for (path, title) in fields(policy, kind, lang) {
            columns.push((path.to_string(), title, Cell::Field(path)));
        }
        let clocks = policy.kinds.get(kind).map(|kind| &kind.clocks);
        for (id, clock) in clocks.into_iter().flatten() {
            for (of, name, key) in OF_CLOCK {
                let args = Args::new().with("clock", pick(&clock.title, lang));
                let title = render(lang, key, &args);
                columns.push((format!("{id}.{name}"), title, Cell::Clock(id.clone(), of)));
            }
        }
        Self {
            version,
            lang,
            columns,
        }
    }

    /// Their headings.
    pub(super) fn headings(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().map(|(name, title, _)| Column {
            name: name.clone().into(),
            title: title.clone(),
        })
    }

    /// Their cells for a case.
    pub(super) fn cells(&self, app: &App, state: &CaseState) -> Vec<Value> {
        let directory = app.directory();
        let sealed = state.sealed_texts(&self.version.policy);
        let view = View {
            sealed: &sealed,
            ..View::new(app, &directory, &self.version, self.lang)
        };
        let columns = self.columns.iter();
        columns
            .map(|(_, _, cell)| match cell {
                Cell::LeadUnit => Value::Text(
                    state
                        .lead_unit
                        .map(|unit| names::unit_name(&directory, unit))
                        .unwrap_or_default(),
                ),
                Cell::ClosedAt => closed_at(&view, state),
                Cell::Field(path) => self.field(&view, state, path),
                Cell::Clock(clock, of) => self.clock(&view, app, state, clock, *of),
            })
            .collect()
    }

    fn field(&self, view: &View<'_>, state: &CaseState, path: &FactPath) -> Value {
        let field = self.version.policy.field(path);
        let (Some(field), Some(found)) = (field, state.facts.get(path)) else {
            return Value::text("");
        };
        match (found, &field.ty) {
            (Fact::OneOf(choice), FieldType::OneOf(_)) => {
                Value::named(choice.as_str(), fact::in_words(view, &field.ty, found))
            }
            (Fact::Instant(at), _) => moment(names::instant(view.calendar, *at)),
            _ => Value::Text(view.written(&fact::in_words(view, &field.ty, found))),
        }
    }

    fn clock(
        &self,
        view: &View<'_>,
        app: &App,
        state: &CaseState,
        clock: &ClockId,
        of: OfClock,
    ) -> Value {
        let clock = state.clock(clock);
        let Some(clock) = clock.filter(|clock| clock.phase != Phase::Withdrawn) else {
            return Value::text("");
        };
        let at = match (of, clock.phase) {
            (OfClock::StartedAt, _) => Some(clock.started_at),
            (OfClock::DueAt, _) => clock.due.map(|due| due.at),
            (OfClock::StoppedAt, Phase::Stopped { at, .. }) => Some(at),
            (OfClock::StoppedAt, _) => None,
            (OfClock::Standing, _) => {
                let standing = standing(clock.standing(app.now()));
                let title = render(view.lang, &format!("export-{standing}"), &Args::new());
                return Value::named(standing, title);
            }
        };
        at.map_or_else(
            || Value::text(""),
            |at| moment(names::instant(view.calendar, at)),
        )
    }
}

/// The fields with their titles, each once.
fn fields(policy: &Policy, kind: &KindId, lang: Lang) -> Vec<(FactPath, String)> {
    let mut found: Vec<(FactPath, String)> = Vec::new();
    let Some(declared) = policy.kinds.get(kind) else {
        return found;
    };
    let part = &declared.open.part;
    let opening = policy
        .parts
        .get(part)
        .into_iter()
        .flat_map(|part| &part.fields);
    for (id, field) in opening {
        // The subject is a column of the list already.
        if field.class == DataClass::Ordinary && field.meaning != Some(Meaning::Subject) {
            let path = FactPath::new(part.clone(), id.clone());
            found.push((path, pick(&field.title, lang)));
        }
    }
    for (_, measure) in policy.measures_of(kind) {
        let of = match &measure.figure {
            Figure::Sum(sum) => &sum.of,
            Figure::Tally(tally) => &tally.by,
            _ => continue,
        };
        let is_known = found.iter().any(|(path, _)| path == of);
        let of_case = of.part().as_str() == case_facts::CASE;
        let field = policy.field(of);
        if !is_known && !of_case && field.is_some_and(|field| field.class == DataClass::Ordinary) {
            found.push((of.clone(), pick(&measure.title, lang)));
        }
    }
    found
}

fn closed_at(view: &View<'_>, state: &CaseState) -> Value {
    let closing = Moment::Verb {
        verb: Verb::Closed,
        step: None,
    };
    let times = state.happened.iter().filter(|one| one.is(&closing));
    let last = times.map(|one| one.at).max();
    last.filter(|_| state.stage != Stage::Open).map_or_else(
        || Value::text(""),
        |at| moment(names::instant(view.calendar, at)),
    )
}

/// The name of a standing.
const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Running => "running",
        Standing::Overdue => "overdue",
        Standing::Suspended => "suspended",
        Standing::Met => "met",
        Standing::Missed => "missed",
        Standing::Withdrawn => "withdrawn",
    }
}
