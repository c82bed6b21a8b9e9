//! Plays the steps of a walk over HTTP.

use std::collections::BTreeMap;

use huiyin_case::CaseState;
use huiyin_case::command::{Act, Command, OpenedBy};
use huiyin_case::deputy::Right;
use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::state::Stage;
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::Policy;
use huiyin_policy::settle::Raw;
use huiyin_scenario::{Walk, WalkStep};
use huiyin_testkit::calendar;
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

use crate::client::{Answer, ask};
use crate::world::Running;

const PASSWORD: &str = "correct horse battery";

/// The people of a walk at their browsers.
pub(crate) struct Player<'w> {
    walk: &'w Walk,
    policy: &'w Policy,
    running: &'w Running,
    /// Ids of the server, by name.
    people: BTreeMap<String, String>,
    units: BTreeMap<String, String>,
    sessions: BTreeMap<PersonId, String>,
    now: Timestamp,
    /// The case at hand, once it is opened.
    case: Option<String>,
    /// Who saw the case when that was asked last.
    seeing: BTreeMap<PersonId, bool>,
    /// So many requests were sent.
    sent: u32,
}

impl<'w> Player<'w> {
    /// Everybody gets an account for staff and no more; the first one is the administrator as well.
    pub(crate) async fn new(walk: &'w Walk, policy: &'w Policy, running: &'w Running) -> Self {
        let mut player = Self {
            walk,
            policy,
            running,
            people: BTreeMap::new(),
            units: BTreeMap::new(),
            sessions: BTreeMap::new(),
            now: walk.steps[0].now,
            case: None,
            seeing: BTreeMap::new(),
            sent: 0,
        };
        let persons = walk.organisation.persons.iter();
        let mut active = persons
            .filter(|(_, person)| person.active)
            .map(|(id, _)| *id);
        let first = active.next().unwrap();
        player.accept(first, &running.setup).await;
        player.people = player.named(first, "/people").await;
        player.units = player.named(first, "/units").await;
        for person in active {
            let path = format!("/people/{}/invitation", player.person(person));
            let roles = json!({"roles": ["staff"]});
            let invited = player.send(first, "POST", &path, Some(&roles), &[]).await;
            assert_eq!(invited.status, 201, "{}", invited.body);
            let link = invited.body["link"].as_str().unwrap();
            let token = link.split_once('#').unwrap().1.to_owned();
            player.accept(person, &token).await;
        }
        player
    }

    /// Asks what the step asks, and compares what came of it.
    pub(crate) async fn play(&mut self, step: &WalkStep) {
        self.go_on_to(step.now).await;
        let (person, acting_for) = asker(&step.command);
        let (path, body) = self.request(step);
        let etag = match &self.case {
            Some(case) if path.starts_with("/cases/") => {
                let seen = self
                    .send(person, "GET", &format!("/cases/{case}"), None, &[])
                    .await;
                seen.etag.unwrap_or_else(|| "\"0\"".to_owned())
            }
            _ => String::new(),
        };
        let acting_for = acting_for.map(|person| self.person(person));
        let mut headers = vec![("If-Match", etag.as_str())];
        headers.retain(|(_, etag)| !etag.is_empty());
        headers.extend(acting_for.as_deref().map(|id| ("Acting-For", id)));
        let answer = self
            .send(person, "POST", &path, Some(&body), &headers)
            .await;
        let told = format!(
            "{}: {path} {body} -> {} {}",
            self.walk.name, answer.status, answer.body
        );
        match step.refused {
            Some(code) => {
                // A case one may not see is none; a form that can't be read so is refused with its fields.
                assert!((400..500).contains(&answer.status), "{told}");
                assert!(
                    answer.body["code"] == code || answer.status == 404,
                    "{told}"
                );
            }
            None => assert!((200..300).contains(&answer.status), "{told}"),
        }
        if step.refused.is_none() && matches!(step.command.act, Act::Register { .. }) {
            self.case = answer.body["id"].as_str().map(str::to_owned);
        }
        if let Some(state) = &step.after {
            self.compare(person, state).await;
            self.compare_sight(state).await;
        }
    }

    /// The case as the server shows it must be the case as the engine in memory left it.
    async fn compare(&mut self, person: PersonId, state: &CaseState) {
        let Some(case) = self.case.clone() else {
            return;
        };
        let path = format!("/cases/{case}");
        let mut shown = self.send(person, "GET", &path, None, &[]).await;
        if shown.status == 404 {
            // Whoever gave it away may not see it any more: its taker does.
            let taker = state.opening.taker.unwrap_or(person);
            shown = self.send(taker, "GET", &path, None, &[]).await;
        }
        let said = format!("{} {}", self.walk.name, shown.body);
        assert_eq!(
            shown.body["number"].as_str(),
            state.number.as_deref(),
            "{said}"
        );
        let stage = match state.stage {
            Stage::Open => "open",
            Stage::Closed => "closed",
            Stage::Archived => "archived",
        };
        assert_eq!(shown.body["status"], stage, "{said}");
        if state.stage == Stage::Open {
            assert_eq!(shown.body["step"], state.step.as_str(), "{said}");
        }
        for (id, clock) in &state.clocks {
            let clocks = shown.body["clocks"].as_array().unwrap();
            let Some(found) = clocks.iter().find(|one| one["clock"] == id.as_str()) else {
                continue;
            };
            let due = clock.due.map(|due| due.at);
            let due_at = found["due_at"].as_str().map(|at| at.parse().unwrap());
            assert_eq!(due_at, due, "{id}: {said}");
        }
    }

    /// Whoever sees the case by the engine in memory finds it, and nobody else does; the first one's account sees every case. It is asked anew
    /// where that has changed.
    async fn compare_sight(&mut self, state: &CaseState) {
        let Some(case) = self.case.clone() else {
            return;
        };
        let organisation = &self.walk.organisation;
        let people = self.sessions.keys().copied().skip(1);
        let today = calendar().date_of(self.now);
        let seeing: BTreeMap<PersonId, bool> = people
            .map(|person| {
                let right = Right::own(person);
                let sees = state.is_seen_by(self.policy, organisation, today, &right);
                (person, sees)
            })
            .collect();
        if self.seeing == seeing {
            return;
        }
        self.seeing.clone_from(&seeing);
        for (person, sees) in seeing {
            let path = format!("/cases/{case}");
            let shown = self.send(person, "GET", &path, None, &[]).await;
            let expected = if sees { 200 } else { 404 };
            let name = &self.walk.organisation.persons[&person].name;
            let told = format!("{}: {name} after event {}", self.walk.name, state.seq);
            assert_eq!(shown.status, expected, "{told}");
        }
    }

    /// Sets the server's clock; what is due by then fires before the answer comes.
    async fn go_on_to(&mut self, now: Timestamp) {
        if now == self.now {
            return;
        }
        self.now = now;
        let time = json!({ "now": now.to_string() });
        let address = &self.running.address;
        let answer = ask(address, ("PUT", "/test/clock"), &[], Some(&time)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Where a command is sent, and with what.
    fn request(&self, step: &WalkStep) -> (String, Json) {
        if let Act::Register {
            kind,
            channel,
            fields,
            first_contact,
            ..
        } = &step.command.act
        {
            let mut body = json!({
                "policy": self.policy.id.as_str(),
                "kind": kind.as_str(),
                "channel": channel.as_str(),
                "fields": self.fields(fields),
            });
            if let Some(person) = first_contact {
                body["first_contact"] = self.person(*person).into();
            }
            occurred(&step.command, &mut body);
            return ("/cases".to_owned(), body);
        }
        let case = self
            .case
            .as_deref()
            .unwrap_or("00000000-0000-0000-0000-000000000000");
        let (path, mut body) = self.command(step);
        if matches!(step.command.act, Act::Record { .. } | Act::Withdraw { .. }) {
            occurred(&step.command, &mut body);
        }
        (format!("/cases/{case}/{path}"), body)
    }

    fn command(&self, step: &WalkStep) -> (String, Json) {
        match &step.command.act {
            Act::Record { act, fields } => (
                format!("acts/{act}"),
                json!({ "fields": self.fields(fields) }),
            ),
            Act::Raise { kind, .. } => {
                let opened = step.raised.as_ref().map(|command| &command.act);
                let Some(Act::Open {
                    by: OpenedBy::Raised { fields, .. },
                    ..
                }) = opened
                else {
                    panic!("a raised case is opened");
                };
                (
                    format!("raise/{kind}"),
                    json!({ "fields": self.fields(fields) }),
                )
            }
            Act::Note { text } => ("notes".into(), json!({ "text": text })),
            Act::Dispatch { to, reason } => (
                "dispatch".into(),
                json!({ "unit": self.unit(*to), "reason": reason }),
            ),
            Act::Transfer { to, reason } => (
                "transfer".into(),
                json!({ "unit": self.unit(*to), "reason": reason }),
            ),
            Act::Accept => ("accept".into(), json!({})),
            Act::Refuse { reason } => ("refuse".into(), json!({ "reason": reason })),
            Act::Close { reason } => ("close".into(), json!({ "reason": reason })),
            Act::Reopen { reason } => ("reopen".into(), json!({ "reason": reason })),
            Act::Archive => ("archive".into(), json!({})),
            Act::Pause {
                clock,
                reason,
                note,
            } => (
                "pause".into(),
                json!({ "clock": clock.as_str(), "reason": reason.as_str(), "note": note }),
            ),
            Act::Resume { clock } => ("resume".into(), json!({ "clock": clock.as_str() })),
            Act::Extend {
                clock,
                more,
                reason,
            } => (
                "extend".into(),
                json!({ "clock": clock.as_str(), "more": more, "reason": reason }),
            ),
            Act::SetLevel {
                levels,
                level,
                reason,
            } => (
                format!("levels/{levels}"),
                json!({ "level": level.as_ref().map(|level| level.as_str()), "reason": reason }),
            ),
            other => panic!("no walk asks this over HTTP yet: {other:?}"),
        }
    }

    fn fields(&self, fields: &Fields) -> Json {
        let all = fields.iter();
        let all = all.map(|(field, value)| (field.to_string(), self.value(value)));
        Json::Object(all.collect::<Map<_, _>>())
    }

    fn value(&self, value: &Value) -> Json {
        match value {
            Value::Text(text) => text.as_str().into(),
            Value::Bool(yes) => (*yes).into(),
            Value::Integer(number) => (*number).into(),
            Value::Money(amount) => amount.to_string().into(),
            Value::Percent(share) => share.to_string().into(),
            Value::Quantity(quantity) => quantity.to_string().into(),
            Value::Date(date) => date.to_string().into(),
            Value::Instant(at) => at.to_string().into(),
            Value::OneOf(choice) => choice.as_str().into(),
            Value::ManyOf(choices) => choices.iter().map(|choice| choice.as_str()).collect(),
            Value::Unit(unit) => self.unit(*unit).into(),
            Value::Person(person) => self.person(*person).into(),
            Value::Case(_) => panic!("no walk is about the cases of a sample"),
            Value::Rows(rows) => rows_json(rows),
        }
    }

    fn person(&self, id: PersonId) -> String {
        self.people[&self.walk.organisation.persons[&id].name].clone()
    }

    fn unit(&self, id: UnitId) -> String {
        self.units[&self.walk.organisation.units[&id].name].clone()
    }

    /// The ids behind the names of a list.
    async fn named(&mut self, person: PersonId, path: &str) -> BTreeMap<String, String> {
        let list = self.send(person, "GET", path, None, &[]).await.body;
        let list = list.as_array().unwrap().iter();
        list.map(|one| {
            let text = |key: &str| one[key].as_str().unwrap().to_owned();
            (text("name"), text("id"))
        })
        .collect()
    }

    async fn accept(&mut self, person: PersonId, token: &str) {
        let body = json!({"token": token, "login": self.login(person), "password": PASSWORD});
        let address = &self.running.address;
        let answer = ask(address, ("POST", "/invitations/accept"), &[], Some(&body)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.sessions.insert(person, answer.cookie.unwrap());
    }

    fn login(&self, person: PersonId) -> String {
        format!("walker.{}", self.walk.organisation.persons[&person].name)
    }

    /// Sends a request in a person's session, signing in again where it has ended meanwhile.
    async fn send(
        &mut self,
        person: PersonId,
        method: &str,
        path: &str,
        body: Option<&Json>,
        headers: &[(&str, &str)],
    ) -> Answer {
        self.sent += 1;
        let key = format!("walk-{}", self.sent);
        for last in [false, true] {
            let cookie = self.sessions[&person].clone();
            let mut all = vec![("Cookie", cookie.as_str())];
            all.extend(headers);
            if method == "POST" {
                all.push(("Idempotency-Key", &key));
            }
            let answer = ask(&self.running.address, (method, path), &all, body).await;
            if answer.status != 401 || last {
                return answer;
            }
            let body = json!({"login": self.login(person), "password": PASSWORD});
            let address = &self.running.address;
            let signed_in = ask(address, ("POST", "/session"), &[], Some(&body)).await;
            assert_eq!(signed_in.status, 200, "{}", signed_in.body);
            self.sessions.insert(person, signed_in.cookie.unwrap());
        }
        unreachable!("the second answer is given back")
    }
}

/// Who asks, and for whom.
fn asker(command: &Command) -> (PersonId, Option<PersonId>) {
    let person = command.actor.person();
    (person.expect("people walk"), command.acting_for)
}

/// When it happened, if that was told.
fn occurred(command: &Command, body: &mut Json) {
    if let Some(occurred) = &command.occurred {
        body["occurred_at"] = occurred.at.to_string().into();
        body["late_reason"] = occurred.reason.as_str().into();
    }
}

fn rows_json(rows: &Raw) -> Json {
    match rows {
        Raw::Nothing => Json::Null,
        Raw::Text(text) | Raw::Fraction(text) => text.as_str().into(),
        Raw::Bool(known) => (*known).into(),
        Raw::List(items) => items.iter().map(rows_json).collect(),
        Raw::Map(lines) => {
            let lines = lines
                .iter()
                .map(|(name, raw)| (name.clone(), rows_json(raw)));
            Json::Object(lines.collect())
        }
    }
}
