//! What on the record of a case has no place in another version of its policy.

use std::collections::BTreeSet;

use huiyin_policy::model::{
    ActId, ChannelId, ClockId, DataClass, FactPath, FieldId, KindId, LevelsId, Moment, PartId,
    PartyRoleId, Policy, SealId, StepId,
};

use crate::fields::{Filled, Form};
use crate::organisation::Organisation;
use crate::state::CaseState;
use crate::state::entry::EntryKind;
use crate::value::{Fields, Value};

/// Something on record that another version of the policy has no place for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Misfit {
    /// It has no such kind of case; nothing else is looked at then.
    Kind(KindId),
    /// It has no such channel.
    Channel(ChannelId),
    /// The kind has no such step there.
    Step(StepId),
    /// It has no such act.
    Act(ActId),
    /// It has no such field.
    Field(FactPath),
    /// What was filled in there can't be: the field is of another type, or the choice is gone.
    Value(FactPath),
    /// It has no such parties.
    Party(PartyRoleId),
    /// It has no such scale, or not the level that was set by hand.
    Level(LevelsId),
    /// A due time lies beyond the years of the calendar.
    Uncountable,
    /// A clock runs that the kind does not have there.
    Clock(ClockId),
    /// A running clock was paused for a reason that is none there.
    Pause(ClockId),
    /// A running clock was given more time than it could be there, or in another unit.
    Extension(ClockId),
    /// A file is under the seal, which is not there for files any more.
    SealedFile(SealId),
    /// What is filled in there would be protected less: not under its seal, or not as personal data.
    Protection(FactPath),
    /// Somebody could see or handle the case who must not now.
    Sight,
    /// Whoever accepted the case may not act in its step there.
    Holder,
}

/// The record of a case, and the two versions that it is held against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fitting<'a> {
    pub(crate) old: &'a Policy,
    pub(crate) new: &'a Policy,
    pub(crate) organisation: &'a Organisation,
    pub(crate) state: &'a CaseState,
}

impl Fitting<'_> {
    /// Everything that does not fit, each once. Of the steps all that the case ever came to are asked for.
    pub(crate) fn of_the_whole_course(&self) -> BTreeSet<Misfit> {
        let state = self.state;
        let Some(kind) = state.kind(self.new) else {
            return [Misfit::Kind(state.opening.kind.clone())].into();
        };
        let mut misfits = self.of_the_record();
        let entered = state.happened.iter().filter_map(|one| match &one.moment {
            Moment::Entered(step) => Some(step),
            _ => None,
        });
        let gone = entered.filter(|step| !kind.steps.contains_key(*step));
        misfits.extend(gone.cloned().map(Misfit::Step));
        misfits
    }

    /// What does not fit of that which is filled in and said of the case, apart from its course.
    fn of_the_record(&self) -> BTreeSet<Misfit> {
        let (state, new) = (self.state, self.new);
        let mut misfits = BTreeSet::new();
        if !new.channels.contains_key(&state.opening.channel) {
            misfits.insert(Misfit::Channel(state.opening.channel.clone()));
        }
        for entry in state.entries.iter().filter(|entry| !entry.void) {
            if let EntryKind::Act { act, .. } = &entry.what
                && !new.acts.contains_key(act)
            {
                misfits.insert(Misfit::Act(act.clone()));
                continue;
            }
            let parts = (
                state.part_of(self.old, &entry.what),
                state.part_of(new, &entry.what),
            );
            misfits.extend(self.of_fields(&entry.fields, parts));
        }
        for party in &state.parties {
            let known = new.parties.get(&party.role);
            let part = |policy: &'_ Policy| policy.parties.get(&party.role)?.part.clone();
            match known.filter(|known| known.kinds.contains(&state.opening.kind)) {
                None => {
                    misfits.insert(Misfit::Party(party.role.clone()));
                }
                Some(_) => {
                    let (old, new) = (part(self.old), part(new));
                    misfits.extend(self.of_fields(&party.fields, (old.as_ref(), new.as_ref())));
                }
            }
        }
        misfits.extend(self.of_levels());
        misfits
    }

    /// What would be shown to others than now. Nobody decides that by deciding on a version.
    pub(crate) fn of_protection(&self) -> BTreeSet<Misfit> {
        let (state, old, new) = (self.state, self.old, self.new);
        let mut misfits = BTreeSet::new();
        // Also what was voided is read in the history.
        let entries = state.entries.iter().map(|entry| {
            let parts = [old, new].map(|policy| state.part_of(policy, &entry.what));
            (&entry.fields, parts)
        });
        let parties = state.parties.iter().map(|party| {
            let part = |policy: &'_ Policy| policy.parties.get(&party.role)?.part.clone();
            (&party.fields, [part(old), part(new)])
        });
        let entries = entries.map(|(fields, parts)| (fields, parts.map(|part| part.cloned())));
        for (fields, [was, is]) in entries.chain(parties) {
            let (Some(was), Some(is)) = (was, is) else {
                continue;
            };
            for id in fields.keys() {
                let path = FactPath::new(was.clone(), id.clone());
                let after = FactPath::new(is.clone(), id.clone());
                if !self.protects_as_well(&path, &after) {
                    misfits.insert(Misfit::Protection(path));
                }
            }
        }
        let files = state.attached().filter_map(|one| one.what.seal.as_ref());
        let kind = new.kinds.get(&state.opening.kind);
        let takers: Vec<&SealId> = kind
            .into_iter()
            .flat_map(|kind| new.seals_for_files(kind))
            .map(|(id, _)| id)
            .collect();
        let bare = files.filter(|seal| !takers.contains(seal));
        misfits.extend(bare.map(|seal| Misfit::SealedFile(seal.clone())));
        let sight_kept = match (state.sight(old), state.sight(new)) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(was), Some(is)) => is.is_within(&was),
        };
        let shown = !state.hidden_from(new).includes(&state.hidden_from(old));
        let [was_out, is_out] = [old, new].map(|policy| state.kept_out(policy, |_| true));
        if !sight_kept || shown || !is_out.includes(&was_out) {
            misfits.insert(Misfit::Sight);
        }
        misfits
    }

    /// Whether a field is under its seal, and personal, as it is now. One that is not there is told otherwise.
    fn protects_as_well(&self, before: &FactPath, after: &FactPath) -> bool {
        match (self.old.field(before), self.new.field(after)) {
            (Some(was), Some(is)) => {
                let sealed = was.sealed.is_none() || was.sealed == is.sealed;
                sealed && (was.class != DataClass::Personal || is.class == DataClass::Personal)
            }
            _ => true,
        }
    }

    fn of_fields(
        &self,
        fields: &Fields,
        (old, new): (Option<&PartId>, Option<&PartId>),
    ) -> Vec<Misfit> {
        let form = Form {
            policy: self.new,
            organisation: self.organisation,
            part: new,
            clause: None,
            sample: self.state.sample(),
            may_lack: None,
            filled: Filled::Complete,
        };
        let part = new.and_then(|part| self.new.parts.get(part));
        let named = old.or(new);
        let misfit = |(id, value): (&FieldId, &Value)| {
            let path = FactPath::new(named?.clone(), id.clone());
            match part.and_then(|part| part.fields.get(id)) {
                None => Some(Misfit::Field(path)),
                // An erased text is empty and fits everywhere.
                Some(field) => {
                    let problem = form.problem_of(new?, id, field, value);
                    problem.map(|_| Misfit::Value(path))
                }
            }
        };
        fields.iter().filter_map(misfit).collect()
    }

    /// The levels that somebody set; those that a table finds are found anew.
    fn of_levels(&self) -> impl Iterator<Item = Misfit> {
        let set = self.state.levels.iter();
        let set = set.filter_map(|(id, level)| Some((id, level.set.as_ref()?)));
        set.filter(|(id, set)| {
            let levels = self.new.levels.get(*id);
            !levels.is_some_and(|levels| levels.scale.contains_key(&set.level))
        })
        .map(|(id, _)| Misfit::Level(id.clone()))
    }
}
