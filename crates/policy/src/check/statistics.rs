//! Measures and reports.

use huiyin_calendar::PeriodLength;

use super::figure;
use super::lines::{Lines, list, one_of};
use super::names::Naming;
use super::reading::{KindNames, Reading};
use super::sections::Sections;
use crate::codes;
use crate::condition::FactType;
use crate::model::{
    ChoiceId, ClockId, Duration, DurationUnit, FactPath, Figure, Measure, MeasureId, Moment,
    Portion, Rate, Report, ReportId, Sum, Tally, Which,
};
use crate::yaml::{Entry, Node};

const KEYS: [&str; 9] = [
    "title", "kinds", "clause", "duration", "in_time", "tally", "rate", "sum", "target",
];
const FIGURES: [&str; 5] = ["duration", "in_time", "tally", "rate", "sum"];
/// What cases can be told apart by.
const CHOICES: [&str; 2] = ["one_of", "category"];
/// What can be added up; the proofs see to it that it is money or an integer.
const NUMBER: [&str; 1] = ["number"];

/// The most limits of interest of a duration.
const WITHIN_MAX: usize = 8;
/// The greatest of them, so that a histogram stays small.
const WITHIN_VALUE_MAX: u32 = 1_000;

impl<'t> Reading<'t> {
    pub(super) fn measure(
        &self,
        entry: Entry<'t>,
        sections: &Sections<'t>,
    ) -> Option<(MeasureId, Measure)> {
        let lines = Lines::of(entry.value, entry.key_place, &KEYS, self.log)?;
        let title = self.title(&lines);
        let kinds = self.covered_kinds(&lines);
        let clause = self.clause(&lines);
        let figure = self.the_figure(&lines, sections);
        let target = match lines.entry("target") {
            None => Some(None),
            Some(target) => self.share_aimed_at(target, figure.as_ref()).map(Some),
        };
        let measure = Measure {
            title: title?,
            kinds: kinds?,
            figure: figure?,
            target: target?,
            clause: clause?,
        };
        Some((MeasureId::new(entry.key), measure))
    }

    /// What a share is to reach; only shares have one.
    fn share_aimed_at(&self, line: Entry<'t>, figure: Option<&Figure>) -> Option<Portion> {
        if matches!(
            figure,
            Some(Figure::Duration(_) | Figure::Tally(_) | Figure::Sum(_))
        ) {
            let finding = codes::UNKNOWN_KEY.at(line.key_place).with("name", line.key);
            self.log.push(finding.with("known", "").done());
            return None;
        }
        self.portion(line.value)
    }

    /// The one line that says what is measured.
    fn the_figure(&self, lines: &Lines<'t>, sections: &Sections<'t>) -> Option<Figure> {
        let written: Vec<Entry<'t>> = FIGURES
            .into_iter()
            .filter_map(|key| lines.entry(key))
            .collect();
        if let Some(second) = written.get(1) {
            let finding = codes::UNKNOWN_KEY.at(second.key_place);
            let finding = finding.with("name", second.key);
            self.log.push(finding.with("known", "").done());
        }
        let Some(line) = written.first() else {
            let missing = codes::MISSING_KEY.at(lines.owner);
            self.log.push(missing.any_of(&FIGURES).done());
            return None;
        };
        let steps = || self.steps_of(lines, sections);
        match line.key {
            "duration" => self.duration(line.value, &steps()).map(Figure::Duration),
            "in_time" => self.clock_of_kinds(line.value, lines, sections),
            "tally" => self.tally(line.value, &steps()).map(Figure::Tally),
            "sum" => self.sum(line.value, &steps()).map(Figure::Sum),
            _ => self.rate(line.value, sections).map(Figure::Rate),
        }
    }

    /// The steps that a moment may name: those of any kind covered.
    fn steps_of(&self, lines: &Lines<'t>, sections: &Sections<'t>) -> KindNames<'t> {
        KindNames::new(names_under(lines, sections, "steps"))
    }

    fn duration(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<Duration> {
        let known = ["from", "to", "which", "in", "within"];
        let lines = Lines::of(node, node.place(), &known, self.log)?;
        let from = self.needed_moments(&lines, "from", names);
        let to = self.needed_moments(&lines, "to", names);
        let which = self.which(&lines);
        let units = [
            ("working_days", DurationUnit::WorkingDays),
            ("days", DurationUnit::Days),
            ("hours", DurationUnit::Hours),
        ];
        let unit = lines
            .need("in", self.log)
            .and_then(|node| one_of(node, &units, self.log));
        let within = self.within(lines.get("within"));
        Some(Duration {
            from: from?,
            to: to?,
            which: which?,
            unit: unit?,
            within: within?,
        })
    }

    fn within(&self, node: Option<Node<'t>>) -> Option<Vec<u32>> {
        let nodes = list(node);
        if let Some(extra) = nodes.get(WITHIN_MAX) {
            let finding = codes::TOO_BIG.at(extra.place()).with("what", "entries");
            self.log
                .push(finding.with("max", WITHIN_MAX.to_string()).done());
            return None;
        }
        let limits: Vec<Option<u32>> = nodes
            .into_iter()
            .map(|node| figure::whole(node, WITHIN_VALUE_MAX, self.log))
            .collect();
        limits.into_iter().collect()
    }

    fn tally(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<Tally> {
        let lines = Lines::of(node, node.place(), &["by", "on", "which"], self.log)?;
        let by = lines.need("by", self.log);
        let by = by.and_then(|node| self.fact(node, &CHOICES));
        let on = self.needed_moments(&lines, "on", names);
        let which = self.which(&lines);
        Some(Tally {
            by: by?,
            on: on?,
            which: which?,
        })
    }

    fn sum(&self, node: Node<'t>, names: &KindNames<'t>) -> Option<Sum> {
        let lines = Lines::of(node, node.place(), &["of", "by", "on", "which"], self.log)?;
        let of = lines.need("of", self.log);
        let of = of.and_then(|node| self.fact(node, &NUMBER));
        let by = match lines.get("by") {
            None => Some(None),
            Some(node) => self.fact(node, &CHOICES).map(Some),
        };
        let on = self.needed_moments(&lines, "on", names);
        let which = self.which(&lines);
        Some(Sum {
            of: of?,
            by: by?,
            on: on?,
            which: which?,
        })
    }

    fn needed_moments(
        &self,
        lines: &Lines<'t>,
        key: &'static str,
        names: &KindNames<'t>,
    ) -> Option<Vec<Moment>> {
        lines.need(key, self.log)?;
        let moments: Vec<Option<Moment>> = list(lines.get(key))
            .into_iter()
            .map(|node| self.moment(node, names))
            .collect();
        moments.into_iter().collect()
    }

    fn which(&self, lines: &Lines<'t>) -> Option<Which> {
        let words = [("first", Which::First), ("last", Which::Last)];
        match lines.get("which") {
            None => Some(Which::First),
            Some(node) => one_of(node, &words, self.log),
        }
    }

    fn clock_of_kinds(
        &self,
        node: Node<'t>,
        lines: &Lines<'t>,
        sections: &Sections<'t>,
    ) -> Option<Figure> {
        let name = super::lines::scalar(node, self.log)?;
        let known = names_under(lines, sections, "clocks");
        if !known.contains(&name) {
            let finding = codes::UNKNOWN_NAME.at(node.place()).with("kind", "clock");
            let finding = finding.with("name", name).with("section", "kinds");
            let meant = self.log.suggestion(name, known.iter().copied());
            self.log.push(finding.meant(meant).done());
            return None;
        }
        Some(Figure::InTime(ClockId::new(name)))
    }

    /// The tally a rate is of is looked at as it is written, because it may stand further down.
    fn rate(&self, node: Node<'t>, sections: &Sections<'t>) -> Option<Rate> {
        let lines = Lines::of(node, node.place(), &["of", "count", "among"], self.log)?;
        let of = self.need_name(&lines, "of", Naming::Measure)?;
        let tally = sections.element("statistics", &of)?.value.get("tally");
        let Some(by) = tally
            .and_then(|tally| tally.get("by"))
            .and_then(Node::scalar)
        else {
            self.not_a_rate(Self::place_of(&lines, "of"), "tally", &of);
            return None;
        };
        let (part, field) = by.split_once('.')?;
        let path = FactPath::new(
            crate::model::PartId::new(part),
            crate::model::FieldId::new(field),
        );
        lines.need("count", self.log)?;
        let count = self.choices_on(lines.get("count"), &path);
        let among = match lines.get("among") {
            None => Some(None),
            node => self.choices_on(node, &path).map(Some),
        };
        let (count, among) = (count?, among?);
        if let Some(among) = &among
            && let Some(outside) = count.iter().find(|choice| !among.contains(choice))
        {
            self.not_a_rate(Self::place_of(&lines, "count"), "among", outside.as_str());
            return None;
        }
        Some(Rate {
            of: MeasureId::new(of),
            count,
            among,
        })
    }

    fn not_a_rate(&self, place: huiyin_diagnostic::Place, what: &'static str, name: &str) {
        let finding = codes::NOT_A_RATE.at(place).with("what", what);
        self.log.push(finding.with("name", name).done());
    }

    fn choices_on(&self, node: Option<Node<'t>>, path: &FactPath) -> Option<Vec<ChoiceId>> {
        let fact = self.facts.get(path);
        let known = fact.and_then(FactType::words).unwrap_or_default();
        let choices: Vec<Option<ChoiceId>> = list(node)
            .into_iter()
            .map(|node| {
                let name = super::lines::scalar(node, self.log)?;
                if !known.contains(name) {
                    let words: Vec<&str> = known.iter().map(String::as_str).collect();
                    let finding = codes::UNKNOWN_CHOICE.at(node.place());
                    let finding = finding.with("fact", path.to_string()).with("name", name);
                    let meant = self.log.suggestion(name, words.iter().copied());
                    self.log
                        .push(finding.with("known", words.join(", ")).meant(meant).done());
                    return None;
                }
                Some(ChoiceId::new(name))
            })
            .collect();
        choices.into_iter().collect()
    }

    pub(super) fn report(&self, entry: Entry<'t>) -> Option<(ReportId, Report)> {
        let known = ["title", "kinds", "every", "measures", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let kinds = self.covered_kinds(&lines);
        let every = lines.need("every", self.log).and_then(|node| {
            one_of(
                node,
                &PeriodLength::ALL.map(|one| (one.as_str(), one)),
                self.log,
            )
        });
        lines.need("measures", self.log);
        let measures = self.names_on(lines.get("measures"), Naming::Measure);
        let clause = self.clause(&lines);
        let report = Report {
            title: title?,
            kinds: kinds?,
            every: every?,
            measures: measures?.into_iter().map(MeasureId::new).collect(),
            clause: clause?,
        };
        Some((ReportId::new(entry.key), report))
    }
}

/// The names under a word of any of the kinds that a measure covers.
fn names_under<'t>(lines: &Lines<'t>, sections: &Sections<'t>, word: &str) -> Vec<&'t str> {
    let kinds = list(lines.get("kinds"));
    let kinds = kinds.into_iter().filter_map(Node::scalar);
    let nodes = kinds.filter_map(|kind| sections.element("kinds", kind)?.value.get(word));
    let entries = nodes.flat_map(Node::entries);
    entries.map(|entry| entry.key).collect()
}
