//! A message as a registration under the general policy.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

/// Longest subject the general policy takes, in characters.
const SUBJECT_CHARS_MAX: usize = 80;
/// Why a message is entered after it came in.
const LATE_REASON: &str = "历史数据导入";
/// Offset of times that come without one.
const OFFSET: &str = "+08:00";
/// Time of day of messages that come with a date only.
const TIME_OF_DAY: &str = "10:00:00";

/// Names of channels as messages have them, and the general policy's.
const CHANNELS: [(&str, &str); 10] = [
    ("电话", "phone"),
    ("热线", "phone"),
    ("phone", "phone"),
    ("网站", "web"),
    ("微信", "web"),
    ("app", "web"),
    ("web", "web"),
    ("邮", "email"),
    ("mail", "email"),
    ("来访", "visit"),
];

/// What is meant where a message does not say it.
#[derive(Debug, Clone, Args)]
pub(crate) struct Defaults {
    /// Kind of messages without one.
    #[arg(long, value_enum, default_value_t = Kind::Complaint)]
    kind: Kind,
    /// Channel of messages without one, or with one the policy does not know.
    #[arg(long, default_value = "web")]
    channel: String,
}

/// Kinds of the general policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Complaints.
    Complaint,
    /// Questions, opinions and suggestions.
    Inquiry,
}

/// A registration.
#[derive(Debug, PartialEq)]
pub(crate) struct Message {
    /// The same message always has the same key.
    pub(crate) key: String,
    pub(crate) body: Value,
}

/// Reads a message; with `now` it came in just now.
///
/// # Errors
/// The name of the field that is missing.
pub(crate) fn of(json: &Value, defaults: &Defaults, now: bool) -> Result<Message, &'static str> {
    let id = text(json, "id").ok_or("id")?;
    let content = text(json, "text").ok_or("text")?;
    let subject = text(json, "title").unwrap_or_else(|| content.clone());
    let kind = kind(json, defaults);
    let mut fields = json!({
        "subject": shortened(&subject),
        "content": content,
        "customer_name": format!("网友{id}"),
        "contact": format!("{id}@example.com"),
    });
    let (kind, about) = match kind {
        Kind::Complaint => ("complaint", ("about", json!("service"))),
        Kind::Inquiry => {
            fields["other_unit"] = json!(false);
            ("inquiry", ("nature", json!(nature(json))))
        }
    };
    fields[about.0] = about.1;
    let mut body = json!({"policy": "general", "kind": kind, "channel": channel(json, defaults), "fields": fields});
    if let Some(at) = came_in(json).filter(|_| !now) {
        body["occurred_at"] = json!(at);
        body["late_reason"] = json!(LATE_REASON);
    }
    Ok(Message {
        key: format!("load-{id}"),
        body,
    })
}

fn text(json: &Value, name: &str) -> Option<String> {
    let text = json.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn kind(json: &Value, defaults: &Defaults) -> Kind {
    match text(json, "kind").as_deref() {
        None => defaults.kind,
        Some("投诉" | "举报" | "complaint") => Kind::Complaint,
        Some(_) => Kind::Inquiry,
    }
}

fn nature(json: &Value) -> &'static str {
    match text(json, "kind").as_deref() {
        Some("建议") => "suggestion",
        Some("意见" | "表扬") => "opinion",
        _ => "question",
    }
}

fn channel(json: &Value, defaults: &Defaults) -> String {
    let Some(said) = text(json, "channel") else {
        return defaults.channel.clone();
    };
    let said = said.to_lowercase();
    CHANNELS
        .iter()
        .find(|(name, _)| said.contains(name))
        .map_or(defaults.channel.as_str(), |(_, channel)| channel)
        .to_owned()
}

/// When the message came in, RFC 3339.
fn came_in(json: &Value) -> Option<String> {
    let at = text(json, "created").or_else(|| text(json, "date"))?;
    let at = at.replace(' ', "T");
    Some(if at.contains('T') {
        format!("{at}{OFFSET}")
    } else {
        format!("{at}T{TIME_OF_DAY}{OFFSET}")
    })
}

fn shortened(subject: &str) -> String {
    if subject.chars().count() <= SUBJECT_CHARS_MAX {
        subject.to_owned()
    } else {
        subject
            .chars()
            .take(SUBJECT_CHARS_MAX - 1)
            .chain(['…'])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &Value) -> Result<Message, &'static str> {
        let defaults = Defaults {
            kind: Kind::Complaint,
            channel: "web".to_owned(),
        };
        of(json, &defaults, false)
    }

    #[test]
    fn a_message_with_kind_and_channel_keeps_them() {
        let json = json!({"id": "f7", "kind": "建议", "channel": "电话热线", "title": "站牌", "text": "站牌看不清。", "date": "2020-09-03"});
        let Message { key, body } = read(&json).unwrap();
        assert_eq!(key, "load-f7");
        assert_eq!(body["kind"], "inquiry");
        assert_eq!(body["channel"], "phone");
        assert_eq!(body["fields"]["nature"], "suggestion");
        assert_eq!(body["occurred_at"], "2020-09-03T10:00:00+08:00");
    }

    #[test]
    fn a_message_without_them_gets_the_defaults() {
        let json = json!({"id": "g1", "text": "灯坏了。"});
        let body = read(&json).unwrap().body;
        assert_eq!(body["kind"], "complaint");
        assert_eq!(body["channel"], "web");
        assert_eq!(body["fields"]["subject"], "灯坏了。");
        assert_eq!(body.get("occurred_at"), None);
    }

    #[test]
    fn a_long_subject_is_cut_to_what_the_policy_takes() {
        let json = json!({"id": "g2", "title": "长".repeat(200), "text": "内容"});
        let subject = read(&json).unwrap().body["fields"]["subject"].clone();
        assert_eq!(subject.as_str().map(|text| text.chars().count()), Some(80));
    }

    #[test]
    fn a_message_without_words_is_told() {
        assert_eq!(read(&json!({"id": "g3", "text": " "})), Err("text"));
        assert_eq!(read(&json!({"text": "灯坏了。"})), Err("id"));
    }
}
