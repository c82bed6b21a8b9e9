//! Statistics kept command by command are those of the case as it stands.

use std::collections::BTreeMap;

use huiyin_case::CaseState;
use huiyin_case::event::Event;
use huiyin_case::id::UnitId;
use huiyin_case::measure::{Measured, Measurement, increments, measurements};
use huiyin_policy::model::{Figure, MeasureId};
use huiyin_testkit::Story;

/// Totals and measurements as a store would hold them after each command.
#[derive(Default)]
pub(crate) struct Counted {
    state: Option<CaseState>,
    totals: BTreeMap<(Option<UnitId>, Measurement), i64>,
    measured: BTreeMap<MeasureId, Measurement>,
}

impl Counted {
    /// Adds what a command changed, and compares with what the case counts for.
    pub(crate) fn follow(&mut self, story: &Story) {
        let Some(state) = story.opened() else { return };
        let (policy, calendar) = (&story.policy, &story.calendar);
        let measured = |state| Measured {
            policy,
            calendar,
            state,
        };
        let changes = increments(self.state.as_ref().map(measured), measured(state));
        for change in changes.totals {
            let total = self.totals.entry((change.unit, change.of)).or_default();
            *total += change.add;
            assert!(*total >= 0, "no total falls below zero");
        }
        self.totals.retain(|_, total| *total != 0);
        for measure in &changes.removed {
            assert!(self.measured.remove(measure).is_some());
        }
        for of in changes.put {
            self.measured.insert(of.measure.clone(), of);
        }
        self.state = Some(state.clone());

        let now = measurements(policy, calendar, state);
        let expected: BTreeMap<_, _> = now
            .iter()
            .map(|of| ((state.lead_unit, of.clone()), 1))
            .collect();
        assert_eq!(self.totals, expected);
        let expected: BTreeMap<_, _> = now.into_iter().map(|of| (of.measure.clone(), of)).collect();
        assert_eq!(self.measured, expected);
        as_the_events_say(story, &self.measured);
    }
}

/// The time to the first valid reply, added up anew from the bare events.
fn as_the_events_say(story: &Story, measured: &BTreeMap<MeasureId, Measurement>) {
    let id = MeasureId::new("reply_time");
    let is_duration =
        |measure: &huiyin_policy::model::Measure| matches!(measure.figure, Figure::Duration(_));
    if !story.policy.statistics.get(&id).is_some_and(is_duration) {
        return;
    }
    let voided = |seq: u32| {
        story.events.iter().any(|one| {
            matches!(&one.event, Event::EntryCorrected { entry, fields: None, .. } if *entry == seq)
        })
    };
    let replies = story.events.iter().filter(|one| {
        matches!(&one.event, Event::ActRecorded { act, .. } if act.as_str() == "answer")
            && !voided(one.seq)
    });
    let first = replies.map(|one| one.occurred_at).min();
    let opened = story.events[0].occurred_at;
    let expected = first.map(|at| {
        let days = story.calendar.working_days_between(opened, at);
        (story.calendar.date_of(at), days)
    });
    let found = measured.get(&id).map(|of| (of.on, of.value));
    assert_eq!(found, expected, "the first valid reply counts");
}
