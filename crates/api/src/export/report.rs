//! A report as a table: a line for each figure, of all units together and of each.

use huiyin_exchange::{Column, Format, Value, WriteError, Writer};
use huiyin_texts::{Args, Lang, render};

use crate::dto::statistics::{
    CountFigure, FigureView, FiguresView, MeasureFigure, ReportView, Summed,
};

/// The columns, each with the key of its title.
const COLUMNS: [(&str, &str); 11] = [
    ("kind", "export-kind"),
    ("unit", "export-lead-unit"),
    ("measure", "export-measure"),
    ("class", "export-class"),
    ("cases", "export-cases"),
    ("among", "export-among"),
    ("share", "export-share"),
    ("sum", "export-sum"),
    ("median", "export-median"),
    ("p90", "export-p90"),
    ("clause", "export-clause"),
];

/// The table of a report.
///
/// # Errors
/// When a workbook can't be made.
pub fn report_table(
    report: &ReportView,
    format: Format,
    lang: Lang,
) -> Result<Vec<u8>, WriteError> {
    let say = |key| render(lang, key, &Args::new());
    let columns = COLUMNS.map(|(name, key)| Column {
        name: name.into(),
        title: say(key),
    });
    let mut writer = Writer::new(format, columns.into())?;
    for kind in &report.kinds {
        let all = (Value::named("", say("export-all-units")), &kind.all);
        let units = kind.units.iter().map(|of| {
            let unit = of.unit.as_ref();
            let name = unit.map_or_else(|| say("report-no-unit"), |unit| unit.title.clone());
            (Value::text(name), &of.figures)
        });
        for (unit, figures) in std::iter::once(all).chain(units) {
            for line in lines(figures) {
                let of = [Value::named(&kind.kind, &kind.title), unit.clone()];
                let cells: Vec<Value> = of.into_iter().chain(line.cells(lang)).collect();
                writer.row(&cells)?;
            }
        }
    }
    writer.finish()
}

/// A figure, or one choice of it.
struct Line<'v> {
    measure: (&'v str, &'v str),
    clause: &'v str,
    /// The choice with its title, which those without a choice on record have not.
    class: Option<(&'v str, Option<&'v str>)>,
    cases: u64,
    among: Option<u64>,
    permille: Option<u64>,
    sum: Value,
    median: Option<f64>,
    p90: Option<u32>,
}

impl Line<'_> {
    fn cells(self, lang: Lang) -> [Value; 9] {
        let written = |number: Option<String>| Value::text(number.unwrap_or_default());
        let class = self.class.map(|(name, title)| {
            let none = || render(lang, "report-no-class", &Args::new());
            Value::named(name, title.map_or_else(none, str::to_owned))
        });
        let share = self
            .permille
            .map(|share| format!("{}.{}%", share / 10, share % 10));
        [
            Value::named(self.measure.0, self.measure.1),
            class.unwrap_or_else(|| Value::text("")),
            Value::Count(self.cases),
            self.among.map_or_else(|| Value::text(""), Value::Count),
            written(share),
            self.sum,
            written(self.median.map(|median| median.to_string())),
            written(self.p90.map(|p90| p90.to_string())),
            Value::text(self.clause),
        ]
    }
}

fn lines(figures: &FiguresView) -> Vec<Line<'_>> {
    let counts = figures.counts.iter().map(counted);
    let measures = figures.measures.iter().flat_map(measured);
    counts.chain(measures).collect()
}

fn counted(count: &CountFigure) -> Line<'_> {
    Line {
        measure: (&count.measure, &count.title),
        clause: "",
        class: None,
        cases: count.cases,
        among: None,
        permille: None,
        sum: Value::text(""),
        median: None,
        p90: None,
    }
}

fn measured(of: &MeasureFigure) -> Vec<Line<'_>> {
    let line = |cases| Line {
        measure: (&of.measure, &of.title),
        clause: &of.clause.id,
        class: None,
        cases,
        among: None,
        permille: None,
        sum: Value::text(""),
        median: None,
        p90: None,
    };
    match &of.figure {
        FigureView::Duration(figure) => vec![Line {
            median: figure.median,
            p90: figure.p90,
            ..line(figure.cases)
        }],
        FigureView::InTime(figure) => vec![Line {
            among: Some(figure.met + figure.missed),
            permille: figure.permille,
            ..line(figure.met)
        }],
        FigureView::Rate(figure) => vec![Line {
            among: Some(figure.among),
            permille: figure.permille,
            ..line(figure.cases)
        }],
        FigureView::Tally(figure) => {
            let classes = figure.classes.iter().map(|class| Line {
                class: Some((&class.class, class.title.as_deref())),
                among: Some(figure.cases),
                permille: class.permille,
                ..line(class.cases)
            });
            classes.collect()
        }
        FigureView::Sum(figure) => {
            let whole = Line {
                sum: summed(figure.of, &figure.sum),
                ..line(figure.cases)
            };
            let classes = figure.classes.iter().map(|class| Line {
                class: Some((&class.class, class.title.as_deref())),
                sum: summed(figure.of, &class.sum),
                ..line(class.cases)
            });
            std::iter::once(whole).chain(classes).collect()
        }
    }
}

/// A sum as a number for spreadsheets; one that is too large for them as a text.
fn summed(of: Summed, sum: &str) -> Value {
    let number = match of {
        Summed::Money => sum.parse().ok().map(Value::Amount),
        Summed::Number => sum.parse().ok().map(Value::Count),
    };
    number.unwrap_or_else(|| Value::text(sum))
}
