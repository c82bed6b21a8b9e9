//! What the entries of a book are likely to be about, and which cases none of them is about (P2.14). It is pointed out; people decide.

use std::collections::{BTreeMap, BTreeSet};

use huiyin_calendar::Calendar;
use huiyin_case::command::Act;
use huiyin_case::id::{CaseId, UnitId};
use huiyin_case::organisation::Organisation;
use huiyin_case::reconciliation::{BookEntry, Standing, book_entries, check_named, named_case};
use huiyin_case::state::CaseState;
use huiyin_case::state::entry::Entry;
use huiyin_case::value::Value;
use huiyin_policy::model::{FactPath, FieldId, Policy, Reconciliation, ReconciliationId};
use huiyin_store::{CaseRow, Filter, OfUnits, Order, PageRequest};
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};

use crate::app::App;
use crate::authorise::Action;
use crate::commands::refused;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::Version;

mod compare;

use compare::{CaseLooks, EntryLooks, likely};

/// Cases that a book is compared with at most, the newest of its days.
pub const CASES_COMPARED_MAX: usize = 500;
/// Entries for which likely cases are looked for, from the first that is not decided on.
pub const ENTRIES_COMPARED_MAX: usize = 100;
/// Cases listed that no entry is about.
pub const OTHERS_MAX: usize = 100;
/// Cases of one contact that are compared beside those of the unit.
const CASES_OF_CONTACT_MAX: u32 = 20;
const PAGE_ROWS: u32 = 200;

/// The books of a case, compared with the system as far as the caller may see it.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The case in which they are compared.
    pub state: CaseState,
    /// The policy version it keeps.
    pub version: Version,
    /// Its books.
    pub books: Vec<Reconciled>,
    /// The cases that were found, as far as the caller may see them.
    pub found: BTreeMap<CaseId, CaseRow>,
}

/// A book compared with the system.
#[derive(Debug, Clone)]
pub struct Reconciled {
    /// By which rule.
    pub id: ReconciliationId,
    /// The unit whose book it is.
    pub unit: UnitId,
    /// The days that the check is about, both inclusive.
    pub days: (Date, Date),
    /// What stands in it.
    pub entries: Vec<ComparedEntry>,
    /// Cases of the unit and these days that no entry is about, newest first.
    pub others: Vec<CaseRow>,
    /// Whether there was more than is compared or listed.
    pub cut: bool,
}

/// An entry of a book.
#[derive(Debug, Clone)]
pub struct ComparedEntry {
    /// Its number in the book.
    pub number: u32,
    /// The entry.
    pub entry: Entry,
    /// The answer that counts.
    pub answer: Option<Entry>,
    /// What that says.
    pub standing: Standing,
    /// What it is likely to be about, likeliest first.
    pub likely: Vec<LikelyCase>,
}

/// A case that an entry may be about.
#[derive(Debug, Clone)]
pub struct LikelyCase {
    /// The case.
    pub row: CaseRow,
    /// Whether its customer has the contact that stands in the book.
    pub same_contact: bool,
    /// Fields of the entry that are the same in it, in the policy's order.
    pub same: Vec<FieldId>,
    /// How much the texts have in common, in percent, if they are alike.
    pub text_percent: Option<u8>,
    /// How many days after the entry's date it came in; before it, if negative.
    pub days_after: i32,
    /// Whether it was put on record only after the check had begun.
    pub since: bool,
}

/// The books of a case with what they are compared with.
struct Compares<'a> {
    principal: &'a Principal,
    case: CaseId,
    state: &'a CaseState,
    policy: &'a Policy,
    calendar: &'a Calendar,
    organisation: &'a Organisation,
}

impl App {
    /// Compares the books of a case with the system. Only cases that the caller may see are compared and named.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case.
    pub async fn reconciliations(
        &self,
        principal: &Principal,
        case: CaseId,
    ) -> Result<Comparison, Error> {
        let (state, version) = self.load(case).await?;
        self.require_sight(principal, Action::See, case, &state)
            .await?;
        let directory = self.directory();
        let compares = Compares {
            principal,
            case,
            state: &state,
            policy: &version.policy,
            calendar: version.calendar(),
            organisation: &directory.organisation,
        };
        let mut books = Vec::new();
        for (id, rule) in version.policy.reconciliations_of(&state.opening.kind) {
            books.extend(self.reconciled(&compares, id, rule).await?);
        }
        let standings = books.iter().flat_map(|book| &book.entries);
        let found: BTreeSet<CaseId> = standings
            .filter_map(|entry| found_in(entry.standing))
            .collect();
        let found: Vec<CaseId> = found.into_iter().collect();
        let rows = match found.is_empty() {
            true => Vec::new(),
            false => {
                let access = self.access_of(principal);
                self.store().case_rows(&access, &found).await?
            }
        };
        let found = rows.into_iter().map(|row| (row.case, row)).collect();
        Ok(Comparison {
            state,
            version,
            books,
            found,
        })
    }

    /// A book with what it is likely to be about; `None` as long as the form doesn't say whose it is, and of which days.
    async fn reconciled(
        &self,
        compares: &Compares<'_>,
        id: &ReconciliationId,
        rule: &Reconciliation,
    ) -> Result<Option<Reconciled>, Error> {
        let Some((unit, days)) = compares.about(rule) else {
            return Ok(None);
        };
        let entries = book_entries(compares.state, rule);
        let (rows, mut cut) = self.rows_of_unit(compares, rule, unit, days).await?;
        let (compared, left_out) = to_compare(&entries);
        cut |= left_out;
        let likely = self.likely(compares, rule, &compared, &rows).await?;
        let mut likely: BTreeMap<u32, Vec<LikelyCase>> = likely;
        let about: BTreeSet<CaseId> = entries
            .iter()
            .filter_map(|entry| found_in(entry.standing))
            .collect();
        let in_days = |row: &CaseRow| {
            let opened_on = compares.calendar.date_of(row.opened_at);
            (days.0..=days.1).contains(&opened_on)
        };
        let mut others: Vec<CaseRow> = rows
            .into_iter()
            .filter(|row| in_days(row) && !about.contains(&row.case))
            .collect();
        cut |= others.len() > OTHERS_MAX;
        others.truncate(OTHERS_MAX);
        let entries = entries.iter().map(|entry| ComparedEntry {
            number: entry.number,
            entry: entry.entry.clone(),
            answer: entry.answer.cloned(),
            standing: entry.standing,
            likely: likely.remove(&entry.number).unwrap_or_default(),
        });
        Ok(Some(Reconciled {
            id: id.clone(),
            unit,
            days,
            entries: entries.collect(),
            others,
            cut,
        }))
    }

    /// The cases of the unit around the days of the check, newest first, and whether there are more.
    async fn rows_of_unit(
        &self,
        compares: &Compares<'_>,
        rule: &Reconciliation,
        unit: UnitId,
        days: (Date, Date),
    ) -> Result<(Vec<CaseRow>, bool), Error> {
        let filter = Filter {
            of: Some(of_units(compares.organisation, unit)),
            ..compares.filter(rule, days)
        };
        let access = self.access_of(compares.principal);
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let page = PageRequest {
                order: Order::NewestFirst,
                after,
                rows_max: PAGE_ROWS,
            };
            let page = self.store().list(&access, &filter, page).await?;
            rows.extend(page.rows.into_iter().filter(|row| compares.knew(row.case)));
            after = page.next;
            let cut = rows.len() > CASES_COMPARED_MAX;
            if cut || after.is_none() {
                rows.truncate(CASES_COMPARED_MAX);
                return Ok((rows, cut));
            }
        }
    }

    /// What each of the entries is likely to be about, by its number.
    async fn likely(
        &self,
        compares: &Compares<'_>,
        rule: &Reconciliation,
        entries: &[&BookEntry<'_>],
        rows: &[CaseRow],
    ) -> Result<BTreeMap<u32, Vec<LikelyCase>>, Error> {
        if entries.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut all: BTreeMap<CaseId, CaseRow> =
            rows.iter().map(|row| (row.case, row.clone())).collect();
        let mut looks = Vec::new();
        for entry in entries {
            let contact = compares.contact(rule, entry.entry);
            let of_contact = match contact {
                Some(contact) => self.rows_of_contact(compares, rule, contact).await?,
                None => Vec::new(),
            };
            let customers = of_contact.iter().map(|row| row.customer).collect();
            all.extend(of_contact.into_iter().map(|row| (row.case, row)));
            looks.extend(EntryLooks::of(entry, rule, compares.policy, customers));
        }
        let mut cases = Vec::new();
        for (case, row) in all {
            let (state, _) = self.load(case).await?;
            cases.push(CaseLooks::of(row, &state, rule, compares));
        }
        let within = i32::from(rule.within_days);
        // Hundreds of texts with hundreds of others keep a processor busy for a moment.
        let found = tokio::task::spawn_blocking(move || likely(&looks, &cases, within));
        Ok(found.await.expect("comparing does not panic"))
    }

    async fn rows_of_contact(
        &self,
        compares: &Compares<'_>,
        rule: &Reconciliation,
        contact: &str,
    ) -> Result<Vec<CaseRow>, Error> {
        let customers = self.customers_by_contact(contact).await?;
        let Some((_, days)) = compares.about(rule).filter(|_| !customers.is_empty()) else {
            return Ok(Vec::new());
        };
        let filter = Filter {
            customers,
            ..compares.filter(rule, days)
        };
        let page = PageRequest {
            order: Order::NewestFirst,
            after: None,
            rows_max: CASES_OF_CONTACT_MAX,
        };
        let access = self.access_of(compares.principal);
        let mut rows = self.store().list(&access, &filter, page).await?.rows;
        rows.retain(|row| compares.knew(row.case));
        Ok(rows)
    }

    /// Refuses to name a case that a book is not compared with.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see it; otherwise [`Error::Refused`].
    pub(crate) async fn check_compared(
        &self,
        principal: &Principal,
        state: &CaseState,
        version: &Version,
        act: &Act,
    ) -> Result<(), Error> {
        let Some((act, fields)) = state.act_filled_in(act) else {
            return Ok(());
        };
        let policy = &version.policy;
        let Some(named) = named_case(policy, state, act, fields) else {
            return Ok(());
        };
        let other = self.other_case(principal, named).await?;
        check_named(policy, state, act, (&other.policy, &other.kind))
            .map_err(|refusal| refused(refusal, version))
    }
}

impl Compares<'_> {
    /// Whose book it is, and of which days.
    fn about(&self, rule: &Reconciliation) -> Option<(UnitId, (Date, Date))> {
        let date = |path: &FactPath| match self.state.facts.get(path)? {
            Value::Date(date) => Some(*date),
            _ => None,
        };
        match self.state.facts.get(&rule.unit)? {
            Value::Unit(unit) => Some((*unit, (date(&rule.from)?, date(&rule.to)?))),
            _ => None,
        }
    }

    /// Cases of the kinds that a book is compared with, from around its days.
    fn filter(&self, rule: &Reconciliation, (from, to): (Date, Date)) -> Filter {
        let within = Span::new().days(i64::from(rule.within_days));
        let start = |date: Date| self.calendar.instant(date.to_datetime(Time::midnight()));
        let from = from.saturating_sub(within);
        let after = to.saturating_add(within.days(i64::from(rule.within_days) + 1));
        Filter {
            policy: Some(self.policy.id.clone()),
            kinds: rule.against.kinds.clone(),
            opened_from: Some(start(from)),
            opened_before: Some(start(after)),
            ..Filter::default()
        }
    }

    /// Whether a case is none that the check itself brought about.
    fn knew(&self, case: CaseId) -> bool {
        let mut raised = self.state.raised.iter();
        case != self.case && !raised.any(|raised| raised.case == case)
    }

    fn contact<'e>(&self, rule: &Reconciliation, entry: &'e Entry) -> Option<&'e str> {
        match entry.fields.get(rule.entries.contact.as_ref()?)? {
            Value::Text(contact) => Some(contact),
            _ => None,
        }
    }

    /// When the check began.
    fn began_at(&self) -> Timestamp {
        let opening = self.state.entries.first();
        opening.map_or(self.state.opening.at, |opening| opening.recorded_at)
    }
}

/// The first entries that are not decided on, and then others; and whether some are left out.
fn to_compare<'e, 's>(entries: &'e [BookEntry<'s>]) -> (Vec<&'e BookEntry<'s>>, bool) {
    let undecided = |entry: &&BookEntry<'_>| entry.standing == Standing::Undecided;
    let (mut first, rest): (Vec<_>, Vec<_>) = entries.iter().partition(undecided);
    first.extend(rest);
    let left_out = first.len() > ENTRIES_COMPARED_MAX;
    first.truncate(ENTRIES_COMPARED_MAX);
    (first, left_out)
}

const fn found_in(standing: Standing) -> Option<CaseId> {
    match standing {
        Standing::Found(case) => Some(case),
        Standing::Undecided | Standing::Missing | Standing::Settled => None,
    }
}

/// The unit and those below it, with all who belong to them, also those who have left.
fn of_units(organisation: &Organisation, unit: UnitId) -> OfUnits {
    let within = |one: UnitId| organisation.is_within(one, unit);
    let units = organisation.units.keys().copied();
    let people = organisation.persons.iter();
    OfUnits {
        units: units.filter(|one| within(*one)).collect(),
        people: people
            .filter(|(_, person)| within(person.unit))
            .map(|(&id, _)| id)
            .collect(),
    }
}
