//! A case as its customer sees it. What is not addressed to him is not looked at here: no note, no holder, no step.

use huiyin_app::App;
use huiyin_app::portal::CustomersCase;
use huiyin_case::actor::Actor;
use huiyin_case::event::Event;
use huiyin_case::limits::ATTACHMENT_BYTES_MAX;
use huiyin_case::offers::{Offer, Offered};
use huiyin_case::portal::{promised, reached, shown, until};
use huiyin_case::state::entry::{Entry, EntryKind};
use huiyin_case::value::Fields;
use huiyin_policy::model::{
    FieldType, Kind, Meaning, Moment, Part, Policy, Portal, PortalFiles, Sender, Verb,
};
use huiyin_policy::show::filled_in;
use huiyin_texts::{Args, Lang, render};

use super::statistics::language;
use super::{View, attachment, fact, names};
use crate::dto::case::FactView;
use crate::dto::form::{FieldForm, pick};
use crate::dto::portal::{
    MilestoneStanding, PortalCase, PortalCommand, PortalFile, PortalFilesTaken, PortalKind,
    PortalMessage, PortalMilestone, PortalOffer,
};

/// A kind as customers are offered it; `None` for one that is not on the portal.
pub(crate) fn kind(policy: &Policy, id: &str, lang: Lang) -> Option<PortalKind> {
    let kind = policy.kinds.get(id)?;
    let portal = kind.portal.as_ref()?;
    let part = policy.parts.get(&kind.open.part)?;
    let field = |id| Some(FieldForm::new(policy, id, part.fields.get(id)?, lang).for_customers());
    Some(PortalKind {
        policy: policy.id.to_string(),
        kind: id.to_owned(),
        title: pick(&kind.title, lang),
        lead: filled_in(policy, &portal.lead, language(lang)),
        fields: portal
            .fields
            .iter()
            .filter_map(|id| field(id.as_str()))
            .collect(),
        files: portal.files.map(|files| files_taken(policy, kind, files)),
        consent: portal.consent.as_ref().map(|text| pick(text, lang)),
    })
}

/// The whole case; `None` if its kind is not on the portal any more.
pub(crate) fn case(detail: &CustomersCase, app: &App, lang: Lang) -> Option<PortalCase> {
    let (directory, calendar) = (app.directory(), detail.version.calendar());
    let policy = &*detail.version.policy;
    let state = &detail.state;
    let kind = state.kind(policy)?;
    let sealed = state.sealed_texts(policy);
    let showing = Showing {
        view: View {
            sealed: &sealed,
            ..View::new(app, &directory, &detail.version, lang)
        },
        kind,
        portal: kind.portal.as_ref()?,
        detail,
    };
    let said = showing.said();
    Some(PortalCase {
        number: state.number.clone().unwrap_or_default(),
        kind: pick(&kind.title, lang),
        subject: showing.subject(),
        opened_at: names::instant(calendar, state.opening.at),
        milestones: showing.milestones(),
        promised_on: promised(state, showing.portal).map(|(_, due)| due.date.to_string()),
        said,
        messages: showing.messages(),
        offers: detail
            .offers
            .iter()
            .filter(|offer| offer.refusal.is_none())
            .filter_map(|offer| showing.offer(offer))
            .collect(),
        files: showing.files(),
        files_taken: showing
            .portal
            .files
            .filter(|_| detail.may_send_file)
            .map(|files| files_taken(policy, kind, files)),
    })
}

/// What the policy and the engine take.
fn files_taken(policy: &Policy, kind: &Kind, files: PortalFiles) -> PortalFilesTaken {
    PortalFilesTaken {
        count_max: files.max,
        bytes_max: ATTACHMENT_BYTES_MAX,
        extensions: attachment::extensions(),
        sealed: policy.seal_of_customers_files(kind).is_some(),
    }
}

struct Showing<'a> {
    view: View<'a>,
    kind: &'a Kind,
    portal: &'a Portal,
    detail: &'a CustomersCase,
}

impl Showing<'_> {
    /// What the customer himself wrote when he brought the case in, as he wrote it.
    fn opening(&self) -> Option<(&Part, Fields)> {
        let opening = self.detail.opening.as_ref()?;
        let part = self.view.policy.parts.get(&self.kind.open.part)?;
        match &opening.event {
            Event::CaseOpened { fields, .. } if opening.actor == Actor::Customer => {
                let asked = fields
                    .iter()
                    .filter(|(field, _)| self.portal.fields.contains(field));
                let asked = asked.map(|(field, value)| (field.clone(), value.clone()));
                Some((part, asked.collect()))
            }
            _ => None,
        }
    }

    fn said(&self) -> Vec<FactView> {
        self.opening()
            .map(|(part, fields)| fact::list(&self.view, Some(part), &fields))
            .unwrap_or_default()
    }

    fn subject(&self) -> Option<String> {
        let (part, fields) = self.opening()?;
        let is_subject =
            |field: &huiyin_policy::model::Field| field.meaning == Some(Meaning::Subject);
        let (id, field) = part.fields.iter().find(|(_, field)| is_subject(field))?;
        let subject = fact::in_words(&self.view, &field.ty, fields.get(id)?);
        Some(self.view.written(&subject))
    }

    /// What he sent himself; what others attached is not looked at.
    fn files(&self) -> Vec<PortalFile> {
        let sent = self.detail.state.attached_by_customer();
        sent.map(|one| PortalFile {
            name: one
                .what
                .seal
                .is_none()
                .then(|| self.view.written(&one.what.name)),
            bytes: one.what.bytes,
            at: names::instant(self.view.calendar, one.at),
        })
        .collect()
    }

    fn milestones(&self) -> Vec<PortalMilestone> {
        let reached = reached(&self.detail.state, self.portal);
        let here = reached.len().saturating_sub(1);
        let milestones = self.portal.milestones.values().enumerate();
        milestones
            .map(|(index, milestone)| PortalMilestone {
                title: pick(&milestone.title, self.view.lang),
                standing: match index.cmp(&here) {
                    std::cmp::Ordering::Less => MilestoneStanding::Past,
                    std::cmp::Ordering::Equal => MilestoneStanding::Here,
                    std::cmp::Ordering::Greater => MilestoneStanding::Ahead,
                },
                text: (index == here).then(|| pick(&milestone.text, self.view.lang)),
                at: reached
                    .get(index)
                    .map(|one| names::instant(self.view.calendar, one.at)),
            })
            .collect()
    }

    fn messages(&self) -> Vec<PortalMessage> {
        let entries = shown(&self.detail.state, self.view.policy);
        entries
            .into_iter()
            .filter_map(|entry| self.message(entry))
            .collect()
    }

    fn message(&self, entry: &Entry) -> Option<PortalMessage> {
        let EntryKind::Act { act: id, .. } = &entry.what else {
            return None;
        };
        let act = self.view.policy.acts.get(id)?;
        let part = act
            .part
            .as_ref()
            .and_then(|id| self.view.policy.parts.get(id));
        let title = self.portal.title_of(id).unwrap_or(&act.title);
        let mine = entry.actor == Actor::Customer;
        Some(PortalMessage {
            mine,
            title: pick(title, self.view.lang),
            from: (!mine).then(|| self.sender(entry.actor)),
            at: names::instant(self.view.calendar, entry.occurred_at),
            fields: fact::list(&self.view, part, &self.told(part, &entry.fields)),
        })
    }

    /// The fields without those that name people or other cases: who works here is told as the policy says, not by the way.
    fn told(&self, part: Option<&Part>, fields: &Fields) -> Fields {
        let is_told = |field: &huiyin_policy::model::FieldId| {
            let ty = part
                .and_then(|part| part.fields.get(field))
                .map(|field| &field.ty);
            match ty {
                Some(FieldType::Case | FieldType::Rows(_)) => false,
                Some(FieldType::Person) => self.portal.from == Sender::Person,
                _ => true,
            }
        };
        let told = fields.iter().filter(|(field, _)| is_told(field));
        told.map(|(field, value)| (field.clone(), value.clone()))
            .collect()
    }

    fn sender(&self, actor: Actor) -> String {
        let directory = self.view.directory;
        let person = actor.person();
        match (self.portal.from, person) {
            (Sender::Person, Some(person)) => names::person_name(directory, person),
            (Sender::Unit, Some(person)) => {
                let unit = directory.organisation.persons.get(&person);
                unit.map_or_else(
                    || directory.name.clone(),
                    |known| names::unit_name(directory, known.unit),
                )
            }
            _ => directory.name.clone(),
        }
    }

    fn offer(&self, offer: &Offer) -> Option<PortalOffer> {
        let lang = self.view.lang;
        let moment = match &offer.what {
            Offered::Record(act) => Moment::Act {
                act: act.clone(),
                outcome: None,
            },
            Offered::Reopen => Moment::Verb {
                verb: Verb::Reopened,
                step: None,
            },
            _ => return None,
        };
        let due = until(&self.detail.state, self.kind, self.view.calendar, &moment);
        let until = due.map(|due| due.date.to_string());
        let Offered::Record(id) = &offer.what else {
            return Some(PortalOffer {
                command: PortalCommand::Reopen,
                act: None,
                title: render(lang, "portal-reopen", &Args::new()),
                fields: Vec::new(),
                outcome: None,
                until,
            });
        };
        let act = self.view.policy.acts.get(id)?;
        let part = act
            .part
            .as_ref()
            .and_then(|id| self.view.policy.parts.get(id));
        let fields = part.into_iter().flat_map(|part| &part.fields);
        let form = |(id, field)| {
            let mut form = FieldForm::new(self.view.policy, id, field, lang).for_customers();
            if act
                .outcome
                .as_ref()
                .is_some_and(|outcome| outcome.as_str() == id)
                && let (Some(some), Some(choices)) = (&act.outcomes, &mut form.choices)
            {
                choices.retain(|choice| some.iter().any(|one| one.as_str() == choice.id));
            }
            form
        };
        let title = self.portal.title_of(id).unwrap_or(&act.title);
        Some(PortalOffer {
            command: PortalCommand::Act,
            act: Some(id.to_string()),
            title: pick(title, lang),
            fields: fields
                .map(|(id, field)| form((id.as_str(), field)))
                .collect(),
            outcome: act.outcome.as_ref().map(ToString::to_string),
            until,
        })
    }
}
