//! What migrating a case would come to.

use huiyin_app::App;
use huiyin_app::migrate::MigrationPreview;
use huiyin_case::event::{DueTime, Event};
use huiyin_policy::model::ClockId;
use huiyin_texts::Lang;

use super::misfit::misfit_in_words;
use super::{View, entry, names, row};
use crate::dto::migration::{ClockBecomes, MigratedClock, MigrationView};

/// The preview in the caller's language.
pub(crate) fn migration(app: &App, preview: &MigrationPreview, lang: Lang) -> MigrationView {
    let directory = app.directory();
    let view = View::new(app, &directory, &preview.to, lang);
    let kind = &preview.state.opening.kind;
    let versions = [&*preview.from.policy, &*preview.to.policy];
    let misfits = preview.outcome.as_ref().err().into_iter().flatten();
    let plan = preview.outcome.as_ref().ok();
    let clocks = plan.into_iter().flat_map(|plan| &plan.clocks);
    let mut told: Vec<MigratedClock> = Vec::new();
    for (event, _) in clocks {
        // That a clock which counts anew has stopped by the new rules follows on that it counts so.
        if let Event::ClockStopped { clock, .. } = event
            && let Some(known) = told.iter_mut().find(|one| one.clock == clock.as_str())
        {
            known.becomes = ClockBecomes::Stopped;
            known.late = false;
            continue;
        }
        told.extend(clock(app, &view, preview, event));
    }
    MigrationView {
        from: preview.from.version,
        to: preview.to.version,
        misfits: misfits
            .map(|misfit| misfit_in_words(&versions, Some(kind), misfit, lang))
            .collect(),
        clocks: told,
        holder: plan
            .and_then(|plan| plan.holder.as_ref())
            .map(|holder| row::holder(&view, holder)),
    }
}

fn clock(
    app: &App,
    view: &View<'_>,
    preview: &MigrationPreview,
    event: &Event,
) -> Option<MigratedClock> {
    let (clock, becomes, before, after) = match event {
        Event::ClockRuledAnew {
            clock, before, due, ..
        } => (clock, ClockBecomes::Running, *before, *due),
        Event::ClockStarted { clock, due, .. } => (clock, ClockBecomes::Started, None, *due),
        Event::ClockWithdrawn { clock, .. } => {
            let before = preview.state.clock(clock).and_then(|clock| clock.due);
            (clock, ClockBecomes::Withdrawn, before, None)
        }
        _ => return None,
    };
    let moment = |due: DueTime| names::instant(view.calendar, due.at);
    Some(MigratedClock {
        clock: clock.to_string(),
        title: title(view, preview, clock),
        becomes,
        before: before.map(moment),
        after: after.map(moment),
        late: after.is_some_and(|due| due.at < app.now()),
    })
}

fn title(view: &View<'_>, preview: &MigrationPreview, clock: &ClockId) -> String {
    let kind = preview.state.kind(view.policy);
    entry::clock_title(view, kind, clock)
}
