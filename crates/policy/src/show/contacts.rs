//! The rules for trying to reach a customer, in a sentence.

use huiyin_calendar::{DayPeriod, Length, Limit};

use super::Language;
use super::speaker::Speaker;
use crate::model::{Contacts, Kind, Policy};

/// The rules as a sentence.
pub fn contact_rules(policy: &Policy, contacts: &Contacts, language: Language) -> String {
    rules(Speaker { policy, language }, contacts)
}

pub(super) fn rules(say: Speaker<'_>, contacts: &Contacts) -> String {
    let act = say.quoted(&say.act(&contacts.act));
    let clock = say.quoted(&clock_of(say, contacts));
    let mut zh = format!("{clock}内每个工作日至少{act}一次");
    let mut en = format!("at least one {act} on every working day within {clock}");
    let apart = contacts.window.spacing();
    if apart.seconds() > 0 {
        let apart = say.limit(Limit::new(Length::CalendarHours(apart)));
        zh.push_str(&format!("，两次之间至少相隔 {apart}"));
        en.push_str(&format!(", at least {apart} apart"));
    }
    if !contacts.open.is_empty() {
        let open = say.list(periods(&contacts.open));
        zh.push_str(&format!("，只在 {open} 联系"));
        en.push_str(&format!(", only at {open}"));
    }
    if !contacts.closed.is_empty() {
        let closed = say.list(periods(&contacts.closed));
        zh.push_str(&format!("，{closed} 不联系"));
        en.push_str(&format!(", not at {closed}"));
    }
    if contacts.named_time.is_some() {
        zh.push_str("；客户自己约定的时间不受时段限制");
        en.push_str("; at any time of day that the customer named himself");
    }
    zh.push_str("。不合规则的联系照样留下记录，写明理由，不计次数。");
    en.push_str(". One outside these rules stays on record with the reason and does not count.");
    match say.language {
        Language::ZhCn => zh,
        Language::En => en,
    }
}

fn clock_of(say: Speaker<'_>, contacts: &Contacts) -> String {
    let clock = |kind: &Kind| {
        let clock = kind.clocks.get(&contacts.within)?;
        Some(say.language.of(&clock.title).to_owned())
    };
    let mut kinds = contacts.kinds.iter();
    let title = kinds.find_map(|kind| clock(say.policy.kinds.get(kind)?));
    title.unwrap_or_else(|| contacts.within.to_string())
}

fn periods(periods: &[DayPeriod]) -> Vec<String> {
    let written = |period: &DayPeriod| format!("{}–{}", period.from, period.to);
    periods.iter().map(written).collect()
}
