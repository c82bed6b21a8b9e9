//! Figures with their names, definitions and clauses.

use huiyin_app::Directory;
use huiyin_app::statistics::{Added, Days, Figures, KindFigures, Measured, ReportFigures};
use huiyin_calendar::PeriodLength;
use huiyin_case::id::UnitId;
use huiyin_policy::model::{
    ChoiceId, ClauseId, Count, DurationUnit, FactPath, Figure, Measure, MeasureId, Policy, Sum,
    Text, at_least,
};
use huiyin_policy::show::{Language, count_words, definition};
use huiyin_texts::Lang;
use indexmap::IndexMap;

use super::names;
use crate::dto::form::{Named, pick};
use crate::dto::offer::ClauseText;
use crate::dto::statistics::{
    ClassFigure, CountFigure, DurationFigure, EveryWord, FigureView, FiguresView, InTimeFigure,
    KindStatistics, MeasureFigure, RateFigure, ReportView, SumClass, SumFigure, Summed,
    TallyFigure, TargetView, UnitFigures, UnitOfTime, ValueFigure, WithinFigure,
};

/// The class that stands for no choice on record.
pub(crate) const NO_CLASS: &str = "-";

/// A report as data, with the names of units from `directory`.
pub fn report(figures: &ReportFigures, directory: &Directory, lang: Lang) -> ReportView {
    let policy = &figures.version.policy;
    ReportView {
        policy: policy.id.to_string(),
        policy_version: figures.version.version,
        policy_title: pick(&policy.title, lang),
        report: figures.report.to_string(),
        title: pick(&figures.definition.title, lang),
        clause: clause(policy, &figures.definition.clause, lang),
        every: every(figures.definition.every),
        period: figures.period.to_string(),
        first: figures.period.first().to_string(),
        last: figures.period.last().to_string(),
        kinds: figures
            .kinds
            .iter()
            .map(|of| kind(of, Days::of(figures.period), directory, lang))
            .collect(),
    }
}

/// The figures of a kind.
pub(crate) fn kind(
    of: &KindFigures,
    days: Days,
    directory: &Directory,
    lang: Lang,
) -> KindStatistics {
    let title = of.policy.kinds.get(&of.kind).map(|kind| &kind.title);
    let view = |found: &Figures| figures(&of.policy, found, lang);
    let unit = |unit: UnitId| Named {
        id: unit.to_string(),
        title: names::unit_name(directory, unit),
    };
    KindStatistics {
        policy: of.policy.id.to_string(),
        kind: of.kind.to_string(),
        title: title.map(|title| pick(title, lang)).unwrap_or_default(),
        first: days.first.to_string(),
        last: days.last.to_string(),
        all: view(&of.all),
        units: of
            .units
            .iter()
            .map(|(id, found)| UnitFigures {
                unit: id.map(unit),
                figures: view(found),
            })
            .collect(),
    }
}

/// A clause with what it says.
pub(crate) fn clause(policy: &Policy, id: &ClauseId, lang: Lang) -> ClauseText {
    let text = policy.clauses.get(id).map(|clause| &clause.text);
    ClauseText {
        id: id.to_string(),
        text: text.map(|text| pick(text, lang)).unwrap_or_default(),
    }
}

/// The language of texts made by the policy.
pub(crate) fn language(lang: Lang) -> Language {
    match lang {
        Lang::ZhCn => Language::ZhCn,
        Lang::En => Language::En,
    }
}

fn figures(policy: &Policy, found: &Figures, lang: Lang) -> FiguresView {
    let count = |(count, cases): &(Count, u64)| {
        let (title, definition) = count_words(*count, language(lang));
        CountFigure {
            measure: count.as_str().to_owned(),
            title: title.to_owned(),
            definition: definition.to_owned(),
            cases: *cases,
        }
    };
    let measured = |(id, measured): &(MeasureId, Measured)| {
        let measure = policy.statistics.get(id)?;
        Some(MeasureFigure {
            measure: id.to_string(),
            title: pick(&measure.title, lang),
            definition: definition(policy, measure, language(lang)),
            clause: clause(policy, &measure.clause, lang),
            figure: figure(policy, measure, measured, lang)?,
            target: target(policy, measure, measured),
        })
    };
    FiguresView {
        counts: found.counts.iter().map(count).collect(),
        measures: found.measured.iter().filter_map(measured).collect(),
    }
}

/// `None` if what was measured is not what the policy measures, which the two being from one version rules out.
fn figure(policy: &Policy, measure: &Measure, found: &Measured, lang: Lang) -> Option<FigureView> {
    Some(match (&measure.figure, found) {
        (Figure::Duration(duration), Measured::Duration(histogram)) => {
            let cases = histogram.len();
            let within = duration.within.iter().map(|&limit| WithinFigure {
                limit,
                cases: histogram.within(limit),
                permille: permille(histogram.within(limit), cases),
            });
            let values = histogram.counts();
            FigureView::Duration(DurationFigure {
                unit: unit_of_time(duration.unit),
                cases,
                median: histogram.median_doubled().map(half),
                p90: histogram.percentile(90),
                within: within.collect(),
                values: values
                    .map(|(value, cases)| ValueFigure { value, cases })
                    .collect(),
            })
        }
        (Figure::InTime(_), Measured::InTime { met, missed }) => FigureView::InTime(InTimeFigure {
            met: *met,
            missed: *missed,
            permille: permille(*met, met + missed),
        }),
        (Figure::Tally(tally), Measured::Tally(found)) => {
            let choices = Choices::of(policy, &tally.by, lang);
            let top = found.iter().filter(|(one, _)| choices.depth(one) == 0);
            let cases = top.map(|(_, cases)| cases).sum();
            let class = |(choice, count): &(Option<ChoiceId>, u64)| ClassFigure {
                class: name_of(choice),
                title: choices.title(choice),
                depth: choices.depth(choice),
                cases: *count,
                permille: permille(*count, cases),
            };
            FigureView::Tally(TallyFigure {
                cases,
                classes: found.iter().map(class).collect(),
            })
        }
        (Figure::Sum(sum), Measured::Sum { all, by }) => {
            FigureView::Sum(added(policy, sum, (all, by), lang))
        }
        (Figure::Rate(rate), Measured::Rate { count, among }) => FigureView::Rate(RateFigure {
            of: rate.of.to_string(),
            classes: rate.count.iter().map(ToString::to_string).collect(),
            cases: *count,
            among: *among,
            permille: permille(*count, *among),
        }),
        _ => return None,
    })
}

fn added(
    policy: &Policy,
    sum: &Sum,
    (all, by): (&Added, &[(Option<ChoiceId>, Added)]),
    lang: Lang,
) -> SumFigure {
    let choices = sum.by.as_ref().map(|by| Choices::of(policy, by, lang));
    let classes = choices.iter().flat_map(|choices| {
        by.iter().map(|(choice, of)| SumClass {
            class: name_of(choice),
            title: choices.title(choice),
            depth: choices.depth(choice),
            cases: of.cases,
            sum: policy.written_sum(sum, of.sum),
        })
    });
    SumFigure {
        of: match policy.is_of_money(sum) {
            true => Summed::Money,
            false => Summed::Number,
        },
        cases: all.cases,
        sum: policy.written_sum(sum, all.sum),
        classes: classes.collect(),
    }
}

/// The choices that cases are told apart by, with their titles.
struct Choices<'p> {
    policy: &'p Policy,
    by: &'p FactPath,
    titles: IndexMap<ChoiceId, &'p Text>,
    lang: Lang,
}

impl<'p> Choices<'p> {
    fn of(policy: &'p Policy, by: &'p FactPath, lang: Lang) -> Self {
        Self {
            policy,
            by,
            titles: policy.choices(by),
            lang,
        }
    }

    fn depth(&self, choice: &Option<ChoiceId>) -> usize {
        let above = |choice| self.policy.choices_above(self.by, choice);
        choice.as_ref().map_or(0, above)
    }

    /// The name of one that no version knows any more stands for its title.
    fn title(&self, choice: &Option<ChoiceId>) -> Option<String> {
        let choice = choice.as_ref()?;
        let title = self.titles.get(choice);
        Some(title.map_or_else(|| choice.to_string(), |title| pick(title, self.lang)))
    }
}

fn name_of(choice: &Option<ChoiceId>) -> String {
    choice
        .as_ref()
        .map_or_else(|| NO_CLASS.to_owned(), ToString::to_string)
}

/// What a share is to reach, and how many cases it lacks.
fn target(policy: &Policy, measure: &Measure, found: &Measured) -> Option<TargetView> {
    let share = policy.portion(measure.target.as_ref()?)?;
    let (count, among) = match found {
        Measured::Rate { count, among } => (*count, *among),
        Measured::InTime { met, missed } => (*met, met + missed),
        _ => return None,
    };
    Some(TargetView {
        share: share.to_string(),
        lacking: at_least(share, among).saturating_sub(count),
    })
}

/// How long the time of a report is, as it is told.
pub(crate) const fn every(length: PeriodLength) -> EveryWord {
    match length {
        PeriodLength::Week => EveryWord::Week,
        PeriodLength::Month => EveryWord::Month,
        PeriodLength::Quarter => EveryWord::Quarter,
        PeriodLength::HalfYear => EveryWord::HalfYear,
        PeriodLength::Year => EveryWord::Year,
    }
}

const fn unit_of_time(unit: DurationUnit) -> UnitOfTime {
    match unit {
        DurationUnit::WorkingDays => UnitOfTime::WorkingDays,
        DurationUnit::Days => UnitOfTime::Days,
        DurationUnit::Hours => UnitOfTime::Hours,
    }
}

/// Half of a number of days or hours; these are far below what a float holds exactly.
fn half(doubled: u64) -> f64 {
    u32::try_from(doubled).map_or(f64::MAX, f64::from) / 2.0
}

/// A share in thousandths, rounded half up; `None` of nothing.
fn permille(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (part * 2_000 + whole) / (2 * whole))
}

#[cfg(test)]
mod tests {
    use huiyin_app::statistics::Measured;
    use huiyin_policy::model::MeasureId;
    use huiyin_testkit::policy_of;

    use super::{permille, target};

    #[test]
    fn a_share_below_its_target_says_how_many_cases_it_lacks() {
        let measured = "statistics:
  markets: {title: {zh-CN: 市场, en: Markets}, kinds: inquiry, tally: {by: form.market, on: closed, which: last}, clause: A.1}
  abroad: {title: {zh-CN: 外销, en: Abroad}, kinds: inquiry, rate: {of: markets, count: abroad}, target: 90%, clause: A.1}
  in_time: {title: {zh-CN: 及时, en: In time}, kinds: inquiry, in_time: reply, clause: A.1}
";
        let example = include_str!("../../../../docs/findings/example.yaml");
        let policy = policy_of(&format!("{example}{measured}"));
        let lacking = |measure: &str, found: &Measured| {
            let measure = policy.statistics.get(&MeasureId::new(measure));
            let target = target(&policy, measure.expect("it is measured"), found)?;
            Some((target.share, target.lacking))
        };
        let rate = |count, among| Measured::Rate { count, among };
        let share = |lacking| Some(("90%".to_owned(), lacking));
        assert_eq!(lacking("abroad", &rate(8, 10)), share(1));
        assert_eq!(lacking("abroad", &rate(9, 10)), share(0));
        assert_eq!(lacking("abroad", &rate(0, 11)), share(10));
        assert_eq!(lacking("abroad", &rate(0, 0)), share(0));
        let met = Measured::InTime { met: 0, missed: 3 };
        assert_eq!(lacking("in_time", &met), None);
    }

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(permille(0, 0), None);
        assert_eq!(permille(0, 7), Some(0));
        assert_eq!(permille(7, 7), Some(1_000));
        assert_eq!(permille(1, 3), Some(333));
        assert_eq!(permille(2, 3), Some(667));
        assert_eq!(permille(1, 2_000), Some(1));
    }
}
