//! Trying to reach a customer by rules.

use huiyin_calendar::{ContactWindow, DayPeriod, Hours};

use super::figure::{bad_figure, elapsed_seconds};
use super::lines::{Lines, list, scalar};
use super::names::Naming;
use super::reading::Reading;
use crate::codes;
use crate::model::{ActId, ChoiceId, ClockId, Contacts, ContactsId, FieldId, Tell};
use crate::yaml::{Entry, Node};

const KEYS: [&str; 11] = [
    "title",
    "kinds",
    "act",
    "within",
    "open",
    "closed",
    "apart",
    "named_time",
    "reached",
    "due",
    "clause",
];
/// The longest time between two attempts, in seconds: a day.
const APART_SECONDS_MAX: u32 = 86_400;

impl<'t> Reading<'t> {
    pub(super) fn contacts(&self, entry: Entry<'t>) -> Option<(ContactsId, Contacts)> {
        let lines = Lines::of(entry.value, entry.key_place, &KEYS, self.log)?;
        let title = self.title(&lines);
        let kinds = self.covered_kinds(&lines);
        let act = self.need_name(&lines, "act", Naming::Act);
        let within = lines.need("within", self.log);
        let within = within.and_then(|node| scalar(node, self.log));
        let open = self.periods(&lines, "open");
        let closed = self.periods(&lines, "closed");
        let apart = match lines.get("apart") {
            None => Some(Hours::default()),
            Some(node) => self.apart(node),
        };
        let named_time = match (lines.get("named_time"), act.as_deref()) {
            (Some(node), Some(act)) => self.named_time(act, node).map(Some),
            (None, _) => Some(None),
            _ => None,
        };
        let reached = act.as_deref().and_then(|act| self.reached(act, &lines));
        let due: Vec<Option<Tell>> = list(lines.get("due"))
            .into_iter()
            .map(|node| self.tell(node))
            .collect();
        let clause = self.clause(&lines);
        let (open, closed) = (open?, closed?);
        let window = self.window(&lines, &open, &closed, apart?);
        let contacts = Contacts {
            title: title?,
            kinds: kinds?,
            act: ActId::new(act?),
            within: ClockId::new(within?),
            window: window?,
            open,
            closed,
            named_time: named_time?,
            reached: reached?,
            due: due.into_iter().collect::<Option<_>>()?,
            clause: clause?,
        };
        Some((ContactsId::new(entry.key), contacts))
    }

    /// Times of day on a line that may be left out.
    fn periods(&self, lines: &Lines<'t>, key: &str) -> Option<Vec<DayPeriod>> {
        let periods: Vec<Option<DayPeriod>> = list(lines.get(key))
            .into_iter()
            .map(|node| {
                let period = period(scalar(node, self.log)?);
                period.or_else(|| bad_figure(node, "day_period", self.log))
            })
            .collect();
        periods.into_iter().collect()
    }

    fn apart(&self, node: Node<'t>) -> Option<Hours> {
        let seconds = u32::try_from(elapsed_seconds(node, self.log)?).ok();
        let seconds = seconds.filter(|seconds| *seconds <= APART_SECONDS_MAX);
        let seconds = seconds.or_else(|| bad_figure(node, "elapsed", self.log));
        seconds.map(Hours::from_seconds)
    }

    /// What is left of the day; nothing left is a finding.
    fn window(
        &self,
        lines: &Lines<'t>,
        open: &[DayPeriod],
        closed: &[DayPeriod],
        apart: Hours,
    ) -> Option<ContactWindow> {
        let window = ContactWindow::new(open, closed, apart).ok();
        if window.is_none() {
            let finding = codes::CONTACTS_UNFIT.at(Self::place_of(lines, "closed"));
            self.log
                .push(finding.with("what", "window").with("name", "").done());
        }
        window
    }

    /// A yes or no in the part of the act.
    fn named_time(&self, act: &str, node: Node<'t>) -> Option<FieldId> {
        let part = self.act_node(act).and_then(|act| act.get("part"));
        let part = part.and_then(Node::scalar).unwrap_or_default();
        self.field_of(part, node, "bool")
    }

    /// Some outcomes of the act.
    fn reached(&self, act: &str, lines: &Lines<'t>) -> Option<Vec<ChoiceId>> {
        let known = self.outcomes.get(act);
        let outcomes: Vec<Option<ChoiceId>> = list(lines.get("reached"))
            .into_iter()
            .map(|node| {
                let name = scalar(node, self.log)?;
                if known.is_some_and(|known| known.contains(name)) {
                    return Some(ChoiceId::new(name));
                }
                let known = known.into_iter().flatten().map(String::as_str);
                let known = known.collect::<Vec<_>>().join(", ");
                let finding = codes::BAD_OUTCOME.at(node.place()).with("what", "outcome");
                let finding = finding.with("act", act).with("name", name);
                self.log.push(finding.with("known", known).done());
                None
            })
            .collect();
        outcomes.into_iter().collect()
    }
}

/// `22:00-08:30`; one that ends before it begins goes through midnight.
fn period(text: &str) -> Option<DayPeriod> {
    let (from, to) = text.split_once('-')?;
    let period = DayPeriod {
        from: from.trim().parse().ok()?,
        to: to.trim().parse().ok()?,
    };
    (period.from != period.to).then_some(period)
}
