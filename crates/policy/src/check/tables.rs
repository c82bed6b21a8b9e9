//! Clauses, parameters, roles, channels, series and notices.

use rust_decimal::Decimal;

use super::figure;
use super::lines::{Lines, list, one_of, scalar};
use super::names::{Naming, check_position};
use super::own::Organisation;
use super::reading::{Reading, param_path};
use super::sections::Sections;
use super::text::{LANGUAGES, text, text_of};
use crate::codes;
use crate::model::{
    Channel, ChannelId, Clause, ClauseId, Mark, Notice, NoticeId, Param, ParamId, ParamType,
    ParamValue, PositionId, Role, RoleId, Series, SeriesId, SeriesRestart, UnitRule,
};
use crate::yaml::{Entry, Node};

/// The longest fixed text before a number.
const PREFIX_CHARS_MAX: usize = 16;
/// The most digits to which a serial is filled up.
const SERIAL_DIGITS_MAX: u32 = 12;
/// The blanks that the engine fills in a notice. None of them is personal.
const NOTICE_BLANKS: [&str; 4] = ["number", "clock", "due", "step"];

impl<'t> Reading<'t> {
    pub(super) fn clause_text(&self, entry: Entry<'t>) -> Option<(ClauseId, Clause)> {
        let known = ["mark", LANGUAGES[0], LANGUAGES[1], "shown_by"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let words = [
            ("rule", Mark::Rule),
            ("form", Mark::Form),
            ("clock", Mark::Clock),
            ("report", Mark::Report),
            ("guide", Mark::Guide),
            ("admin", Mark::Admin),
        ];
        lines.need("mark", self.log);
        let marks: Vec<Option<Mark>> = list(lines.get("mark"))
            .into_iter()
            .map(|node| one_of(node, &words, self.log))
            .collect();
        let text = text_of(&lines, self.log);
        let shown_by: Vec<Option<String>> = list(lines.get("shown_by"))
            .into_iter()
            .map(|node| scalar(node, self.log).map(str::to_owned))
            .collect();
        let clause = Clause {
            marks: marks.into_iter().collect::<Option<Vec<Mark>>>()?,
            text: text?,
            shown_by: shown_by.into_iter().collect::<Option<_>>()?,
        };
        Some((ClauseId::new(entry.key), clause))
    }

    /// A parameter with the value that the unit set, or the organisation, or else the policy's default.
    pub(super) fn param(
        &self,
        entry: Entry<'t>,
        sections: &Sections<'t>,
    ) -> Option<(ParamId, Param)> {
        let known = ["title", "type", "default", "units", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let words = [
            ("integer", ParamType::Integer),
            ("money", ParamType::Money),
            ("percent", ParamType::Percent),
            ("limit", ParamType::Limit),
            ("period", ParamType::Period),
            ("text", ParamType::Text),
        ];
        let title = self.title(&lines);
        let ty = lines.need("type", self.log);
        let ty = ty.and_then(|node| one_of(node, &words, self.log));
        let clause = self.clause(&lines);
        let ty = ty?;
        let units = self.unit_rule(ty, lines.get("units"));
        let value = |node| match node {
            None => Some(None),
            Some(node) => self.param_value(ty, node).map(Some),
        };
        let default = value(lines.get("default"));
        let set_to = sections.element("set", entry.key).map(|set| set.value);
        let set = value(set_to);
        let units = units?;
        let organisation = Organisation {
            value: set?.or(default?),
            written: set_to.or(lines.get("default")),
        };
        let value = match sections.own().find(|own| own.key == entry.key) {
            Some(own) => Some(self.own_value(own, (ty, units), &organisation)?),
            None => organisation.value,
        };
        if let Some(figure) = value.as_ref().and_then(figure_of) {
            let mut figures = self.figures.borrow_mut();
            figures.insert(param_path(entry.key), figure);
        }
        let param = Param {
            title: title?,
            ty,
            value,
            units,
            clause: clause?,
        };
        if param.value.is_none() {
            let unset = codes::UNSET_PARAMETER.at(entry.key_place);
            let unset = unset.with("name", entry.key).clause(param.clause.as_str());
            self.log.push(unset.done());
        }
        Some((ParamId::new(entry.key), param))
    }

    /// Reports what is set but declared nowhere.
    pub(super) fn check_set(&self, sections: &Sections<'t>) {
        for set in sections.elements("set").chain(sections.own()) {
            self.names.resolve_key(Naming::Param, set, self.log);
        }
    }

    /// What units may set it to; only what has an order can be kept below or above the organisation's value.
    fn unit_rule(&self, ty: ParamType, node: Option<Node<'t>>) -> Option<UnitRule> {
        let words = [
            ("fixed", UnitRule::Fixed),
            ("any", UnitRule::Any),
            ("at_most", UnitRule::AtMost),
            ("at_least", UnitRule::AtLeast),
        ];
        let known = match ty {
            ParamType::Period | ParamType::Text => &words[..2],
            _ => &words[..],
        };
        node.map_or(Some(UnitRule::default()), |node| {
            one_of(node, known, self.log)
        })
    }

    pub(super) fn param_value(&self, ty: ParamType, node: Node<'t>) -> Option<ParamValue> {
        Some(match ty {
            ParamType::Integer => ParamValue::Integer(figure::integer(node, self.log)?),
            ParamType::Money => ParamValue::Money(figure::money(node, self.log)?),
            ParamType::Percent => ParamValue::Percent(figure::percent(node, self.log)?),
            ParamType::Limit => ParamValue::Limit(figure::limit(node, self.log)?),
            ParamType::Period => ParamValue::Period(figure::period(node, self.log)?),
            ParamType::Text => ParamValue::Text(scalar(node, self.log)?.to_owned()),
        })
    }

    pub(super) fn role(&self, entry: Entry<'t>) -> Option<(RoleId, Role)> {
        let known = ["title", "position"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let title = self.title(&lines);
        let position = match lines.get("position") {
            None => None,
            Some(node) => {
                let name = scalar(node, self.log)?;
                check_position(name, node.place(), self.log);
                Some(PositionId::new(name))
            }
        };
        let role = Role {
            title: title?,
            position,
        };
        Some((RoleId::new(entry.key), role))
    }

    pub(super) fn channel(&self, entry: Entry<'t>) -> Option<(ChannelId, Channel)> {
        let lines = Lines::of(entry.value, entry.key_place, &["title"], self.log)?;
        let title = self.title(&lines)?;
        Some((ChannelId::new(entry.key), Channel { title }))
    }

    pub(super) fn series(&self, entry: Entry<'t>) -> Option<(SeriesId, Series)> {
        let known = ["prefix", "restart", "digits", "clause"];
        let lines = Lines::of(entry.value, entry.key_place, &known, self.log)?;
        let words = [
            ("year", SeriesRestart::Year),
            ("month", SeriesRestart::Month),
            ("day", SeriesRestart::Day),
        ];
        let prefix = match lines.get("prefix") {
            None => Some(String::new()),
            Some(node) => self.prefix(node),
        };
        let restart = lines.need("restart", self.log);
        let restart = restart.and_then(|node| one_of(node, &words, self.log));
        let digits = lines.need("digits", self.log);
        let digits = digits.and_then(|node| figure::whole(node, SERIAL_DIGITS_MAX, self.log));
        let clause = self.clause(&lines);
        let series = Series {
            prefix: prefix?,
            restart: restart?,
            serial_digits_min: u8::try_from(digits?).unwrap_or(u8::MAX),
            clause: clause?,
        };
        Some((SeriesId::new(entry.key), series))
    }

    /// The fixed text before a number. It has no blanks, so that nothing about a case or a person
    /// can get into a number.
    fn prefix(&self, node: Node<'t>) -> Option<String> {
        let prefix = scalar(node, self.log)?;
        if let Some(blank) = blanks(prefix).next() {
            self.refuse_blank(node, blank, "number");
            return None;
        }
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        if prefix.chars().all(plain) && prefix.len() <= PREFIX_CHARS_MAX {
            return Some(prefix.to_owned());
        }
        let finding = codes::BAD_NAME.at(node.place()).with("name", prefix);
        self.log.push(finding.with("why", "prefix").done());
        None
    }

    pub(super) fn notice(&self, entry: Entry<'t>) -> Option<(NoticeId, Notice)> {
        let lines = Lines::of(entry.value, entry.key_place, &["title", "text"], self.log)?;
        let [title, body] = ["title", "text"].map(|key| {
            let node = lines.need(key, self.log)?;
            let text = text(node, self.log)?;
            self.check_blanks(node);
            Some(text)
        });
        let notice = Notice {
            title: title?,
            text: body?,
        };
        Some((NoticeId::new(entry.key), notice))
    }

    fn check_blanks(&self, texts: Node<'t>) {
        for text in texts.entries().map(|entry| entry.value) {
            for blank in blanks(text.scalar().unwrap_or_default()) {
                if !NOTICE_BLANKS.contains(&blank) {
                    self.refuse_blank(text, blank, "notice");
                }
            }
        }
    }

    /// The blanks of a text that is kept with the policy are filled with its parameters.
    pub(super) fn check_figures(&self, texts: Node<'t>) {
        for text in texts.entries().map(|entry| entry.value) {
            for blank in blanks(text.scalar().unwrap_or_default()) {
                if !self.names.is_declared(Naming::Param, blank) {
                    let finding = codes::UNKNOWN_BLANK.at(text.place());
                    let finding = finding.with("what", "about").with("known", "");
                    self.log.push(finding.with("name", blank).done());
                }
            }
        }
    }

    /// A blank for a fact would carry what is on record out of the case.
    fn refuse_blank(&self, node: Node<'_>, blank: &str, what: &'static str) {
        let is_fact = self.facts.keys().any(|path| path.to_string() == blank);
        let finding = if is_fact {
            codes::PERSONAL_DATA.at(node.place()).with("what", what)
        } else {
            let known = NOTICE_BLANKS.join(", ");
            codes::UNKNOWN_BLANK
                .at(node.place())
                .with("what", what)
                .with("known", known)
        };
        self.log.push(finding.with("name", blank).done());
    }
}

/// Whether a parameter is something that conditions can compare with a number.
pub(super) fn is_figure(param: Entry<'_>) -> bool {
    let ty = param.value.get("type").and_then(Node::scalar);
    ty.is_some_and(|ty| ["integer", "money", "percent"].contains(&ty))
}

fn figure_of(value: &ParamValue) -> Option<Decimal> {
    match value {
        ParamValue::Integer(number) => Some(Decimal::from(*number)),
        ParamValue::Money(money) => Some(money.to_decimal()),
        ParamValue::Percent(percent) => Some(percent.to_decimal()),
        ParamValue::Limit(_) | ParamValue::Period(_) | ParamValue::Text(_) => None,
    }
}

/// The words in braces of a text: `{number} is due` has `number`.
fn blanks(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(blank, _)| blank.trim()))
}
