//! Adoptions of a policy by units with values of their own (head office and branches): adopting, and ending that.
//!
//! An adoption is put down for each version of the organisation that may take cases in from its day on, so that it stands with
//! those to come as well. Each has a number of its own, and a case keeps it as it keeps a version.

use std::collections::BTreeMap;
use std::sync::Arc;

use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::Organisation;
use huiyin_diagnostic::{Message, Severity};
use huiyin_policy::model::{Policy, PolicyId, Text};
use huiyin_policy::show::{Language, figure};
use huiyin_policy::{check_adopted, own_parameter};
use jiff::civil::Date;

use super::Unfit;
use super::publish::{DAYS_AHEAD_MAX, effective_at};
use crate::app::App;
use crate::error::Error;
use crate::principal::Principal;
use crate::shelf::{Adoption, Shelf, Version};

/// Most units that can have adopted one policy.
pub const ADOPTERS_MAX: usize = 200;
/// Most values that a unit can set of its own.
const OWN_MAX: usize = 200;
/// Longest name or value of a parameter that a unit sets, in characters.
const OWN_CHARS_MAX: usize = 500;

/// What a unit is to adopt.
#[derive(Debug, Clone)]
pub struct NewAdoption {
    /// The policy.
    pub policy: PolicyId,
    /// The unit.
    pub unit: UnitId,
    /// From which day on; today if not given.
    pub from: Option<Date>,
    /// What it sets of its own, by parameter, in the policy's words.
    pub own: BTreeMap<String, String>,
}

/// What is wrong with a value that a unit sets of its own, or with the policy because of such values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFinding {
    /// The parameter, if it is about the value of one.
    pub parameter: Option<String>,
    /// Its title, and the organisation's value in words, where the policy has it.
    pub known: Option<(Text, Text)>,
    /// What is wrong.
    pub message: Message,
}

/// Numbers in one series, as they are drawn for what is published together.
pub(super) struct Numbers {
    next: u32,
}

impl Numbers {
    pub(super) fn after(shelf: &Shelf, policy: &PolicyId) -> Self {
        Self {
            next: shelf.next_number(policy),
        }
    }

    pub(super) fn draw(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }
}

impl App {
    /// The adoptions of a policy by units, also those that have ended, by number.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for those who are not inside; [`Error::NotFound`] without such a policy.
    pub fn adoptions(
        &self,
        principal: &Principal,
        policy: &PolicyId,
    ) -> Result<Vec<Version>, Error> {
        self.require_inside(principal)?;
        let shelf = self.shelf();
        shelf.newest(policy).ok_or(Error::NotFound)?;
        let units = shelf.adopters(policy).into_iter();
        let mut all: Vec<Version> = units
            .flat_map(|unit| shelf.line(policy, Some(unit)).cloned())
            .collect();
        all.sort_by_key(|one| one.version);
        Ok(all)
    }

    /// Has a unit adopt a policy from a day on, with values of its own. It is put down for each version that may take cases in from
    /// then on; these are given back, by number. What is adopted so already is not put down again.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the caller administers; [`Error::NotFound`] without such a policy; [`Error::Unfit`] for a unit that
    /// is not there or closed, a day in the past or too far ahead, too many units, or what was found in the values;
    /// [`Error::Busy`] if somebody else published something meanwhile.
    pub async fn adopt(
        &self,
        principal: &Principal,
        adoption: NewAdoption,
    ) -> Result<Vec<Version>, Error> {
        self.require_administrator(principal)?;
        let from = self.first_day(adoption.from)?;
        self.require_fit(&adoption)?;
        let shelf = self.shelf();
        if let Some(there) = adopted_already(&shelf, &adoption, from) {
            return Ok(there);
        }
        let decided = Adoption {
            unit: adoption.unit,
            base: 0,
            own: Some(adoption.own.clone()),
            by: principal.person,
            at: self.now(),
        };
        let mut found = Vec::new();
        let mut numbers = Numbers::after(&shelf, &adoption.policy);
        let mut versions = Vec::new();
        for (day, base) in shelf.ahead(&adoption.policy, from) {
            match usable(base, &adoption.own) {
                Ok(policy) => {
                    let number = (numbers.draw(), day);
                    versions.push(self.adopted(base, &decided, number, Arc::new(policy)));
                }
                Err(wrong) => found.extend(wrong),
            }
        }
        if !found.is_empty() {
            return Err(Unfit::Own(found).into());
        }
        self.put_adoption(principal, "adopt_policy", versions).await
    }

    /// Ends the adoption of a policy by a unit from a day on: the unit then uses what is used above it.
    ///
    /// # Errors
    /// As [`App::adopt`]; [`Error::Unfit`] if the unit has adopted nothing that goes on then.
    pub async fn end_adoption(
        &self,
        principal: &Principal,
        (policy, unit): (&PolicyId, UnitId),
        from: Option<Date>,
    ) -> Result<Version, Error> {
        self.require_administrator(principal)?;
        let from = self.first_day(from)?;
        let shelf = self.shelf();
        shelf.newest(policy).ok_or(Error::NotFound)?;
        let going = shelf.adoptions_ahead(policy, unit, from);
        let (_, last) = going.last().ok_or(Unfit::NotAdopted)?;
        let base = shelf.version(policy, last.base()).ok_or(Error::NotFound)?;
        let number = (Numbers::after(&shelf, policy).draw(), from);
        let end = self.ended(base, (principal.person, unit), number);
        let mut put = self
            .put_adoption(principal, "end_adoption", vec![end])
            .await?;
        put.pop().ok_or(Error::NotFound)
    }

    pub(super) fn adopted(
        &self,
        base: &Version,
        adoption: &Adoption,
        (number, day): (u32, Date),
        policy: Arc<Policy>,
    ) -> Version {
        Version {
            policy,
            version: number,
            effective_on: day,
            effective_at: effective_at(&self.calendar(), day, self.now()),
            files: Arc::clone(&base.files),
            stops: Vec::new(),
            working: Arc::clone(&base.working),
            adoption: Some(Adoption {
                base: base.version,
                ..adoption.clone()
            }),
        }
    }

    pub(super) fn ended(
        &self,
        base: &Version,
        (by, unit): (PersonId, UnitId),
        number: (u32, Date),
    ) -> Version {
        let end = Adoption {
            unit,
            base: base.version,
            own: None,
            by,
            at: self.now(),
        };
        self.adopted(base, &end, number, Arc::clone(&base.policy))
    }

    async fn put_adoption(
        &self,
        principal: &Principal,
        action: &str,
        versions: Vec<Version>,
    ) -> Result<Vec<Version>, Error> {
        let first = versions.first().ok_or(Error::NotFound)?;
        let unit = first.unit().map(|unit| unit.to_string());
        let numbers = versions.iter().map(|one| one.version.to_string());
        let detail = format!(
            "policy={} unit={} versions={} from={}",
            first.policy.id,
            unit.unwrap_or_default(),
            numbers.collect::<Vec<_>>().join(","),
            first.effective_on
        );
        self.record_change(principal, action, &detail).await?;
        let by = self.account_of(principal.person).await?;
        let by = (by, Some(principal.person));
        self.put_versions(versions, by).await
    }

    pub(super) fn first_day(&self, from: Option<Date>) -> Result<Date, Error> {
        let today = self.today();
        let from = from.unwrap_or(today);
        let ahead = today.until(from).map_or(-1, |span| span.get_days());
        if (0..=DAYS_AHEAD_MAX).contains(&ahead) {
            Ok(from)
        } else {
            Err(Unfit::Day.into())
        }
    }

    /// That the policy and the unit are there, and the values are within limits.
    fn require_fit(&self, adoption: &NewAdoption) -> Result<(), Error> {
        let shelf = self.shelf();
        shelf.newest(&adoption.policy).ok_or(Error::NotFound)?;
        require_open(&self.directory().organisation, adoption.unit)?;
        let adopters = shelf.adopters(&adoption.policy);
        if adopters.len() >= ADOPTERS_MAX && !adopters.contains(&adoption.unit) {
            return Err(Unfit::TooMany.into());
        }
        let words =
            |text: &str| text.chars().count() <= OWN_CHARS_MAX && !text.contains(char::is_control);
        let mut own = adoption.own.iter();
        if adoption.own.len() > OWN_MAX || !own.all(|(name, value)| words(name) && words(value)) {
            return Err(Unfit::OwnTooLong.into());
        }
        Ok(())
    }
}

/// What a unit uses from a day on, if that is what it is to adopt.
fn adopted_already(shelf: &Shelf, adoption: &NewAdoption, from: Date) -> Option<Vec<Version>> {
    let (policy, unit) = (&adoption.policy, adoption.unit);
    let there = shelf.adoptions_ahead(policy, unit, from);
    let set = |one: &Version| one.adoption.as_ref().and_then(|one| one.own.clone());
    let as_asked = |(_, one): &(Date, &Version)| set(one).as_ref() == Some(&adoption.own);
    let wanted = shelf.ahead(policy, from);
    let wanted = wanted.iter().map(|(day, base)| (*day, base.version));
    let same =
        there.iter().all(as_asked) && there.iter().map(|(day, one)| (*day, one.base())).eq(wanted);
    same.then(|| there.into_iter().map(|(_, one)| one.clone()).collect())
}

fn require_open(organisation: &Organisation, unit: UnitId) -> Result<(), Error> {
    let open = organisation.open(unit);
    open.map(drop).ok_or_else(|| Unfit::Unit.into())
}

/// The policy, or what keeps it from being adopted so.
pub(super) fn usable(
    base: &Version,
    own: &BTreeMap<String, String>,
) -> Result<Policy, Vec<OwnFinding>> {
    let checked = check_adopted(&base.files, own);
    let stands_in_the_way = checked
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Warning);
    let found = stands_in_the_way.map(|one| {
        let parameter = own_parameter(&checked, one, own);
        let known = parameter.and_then(|parameter| base.policy.params.get(parameter));
        let in_words = |param| Text {
            zh: figure(&base.policy, param, Language::ZhCn),
            en: figure(&base.policy, param, Language::En),
        };
        OwnFinding {
            parameter: parameter.map(str::to_owned),
            known: known.map(|param| (param.title.clone(), in_words(param))),
            message: one.message.clone(),
        }
    });
    let found: Vec<OwnFinding> = found.collect();
    match checked.policy {
        Some(policy) if found.is_empty() => Ok(policy),
        _ => Err(found),
    }
}
