//! What is asked of a server with data: pages, cases, searches, totals; by many at once and by one alone.

use std::collections::HashMap;

use anyhow::{Result, bail};
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::Registered;
use super::crowd::{self, Timings};
use super::people::People;
use super::report::{Aim, Report};
use super::words::{self, Dice, Message};
use crate::client::Target;

/// Connections that read at once.
const READERS: usize = 8;
/// Requests to warm up with.
const WARM_UP: usize = 200;
/// Rows of a page and of a search.
const ROWS: usize = 50;
const FIRST_PAGE: &str = "/cases?view=all&status=open&limit=50";

/// The body of a registration.
pub(crate) fn new_case(message: &Message) -> Value {
    let mut fields = json!({
        "subject": message.subject,
        "content": message.content,
        "customer_name": message.customer,
        "contact": message.contact,
    });
    if message.complaint {
        fields["about"] = json!("product");
        json!({"policy": "general", "kind": "complaint", "channel": "phone", "fields": fields})
    } else {
        fields["nature"] = json!("question");
        fields["other_unit"] = json!(false);
        json!({"policy": "general", "kind": "inquiry", "channel": "web", "fields": fields})
    }
}

/// Asks everything and adds the figures.
///
/// # Errors
/// When the server fails, or a search misses a planted case.
pub(crate) async fn ask_all(
    people: &People,
    created: &[Registered],
    reads: usize,
    report: &mut Report,
) -> Result<()> {
    let mut dice = Dice(42);
    let all: Vec<String> = (0..reads)
        .map(|_| format!("/cases/{}", created[dice.below(created.len())].id))
        .collect();
    let own = visible(&people.specialist).await?;
    let page = [FIRST_PAGE.to_owned()];
    for (who, target, cases, aim) in [
        ("", &people.head, &all, true),
        (", as a specialist", &people.specialist, &own, false),
    ] {
        let aim_of = |wanted: Aim| if aim { wanted } else { Aim::None };
        for (what, paths) in [("first page", &page[..]), ("case with history", &cases[..])] {
            get(target, READERS, paths, WARM_UP).await?;
            let (many, _) = get(target, READERS, paths, reads).await?;
            report.add(
                format!("{what}, {READERS} connections{who}"),
                many.per_second(),
                "/s",
                aim_of(Aim::AtLeast(3_000.0)),
            );
            let (alone, _) = get(target, 1, paths, reads / 5).await?;
            report.add(
                format!("{what}, alone, median{who}"),
                alone.percentile_ms(50),
                "ms",
                aim_of(Aim::AtMost(2.0)),
            );
            report.add(
                format!("{what}, alone, p99{who}"),
                alone.percentile_ms(99),
                "ms",
                aim_of(Aim::AtMost(10.0)),
            );
        }
        // Only someone who sees all cases must find all planted ones.
        let expected = if aim { created } else { &[] };
        search(target, Words::Rare(expected), who, reads / 5, report).await?;
        search(target, Words::Frequent, who, reads / 5, report).await?;
    }
    totals(&people.head, reads / 5, report).await
}

/// Paths of cases that someone may see.
async fn visible(target: &Target) -> Result<Vec<String>> {
    let page = target.connect().await?.get(FIRST_PAGE).await?.json()?;
    let rows = page["rows"].as_array().into_iter().flatten();
    let paths: Vec<String> = rows
        .filter_map(|row| Some(format!("/cases/{}", row["id"].as_str()?)))
        .collect();
    if paths.is_empty() {
        bail!("the specialist sees no case");
    }
    Ok(paths)
}

async fn get(
    target: &Target,
    connections: usize,
    paths: &[String],
    requests: usize,
) -> Result<(Timings, Vec<Bytes>)> {
    let paths: std::rc::Rc<[String]> = paths.into();
    crowd::run(target, connections, requests, move |mut client, index| {
        let paths = std::rc::Rc::clone(&paths);
        async move {
            let answer = client.get(&paths[index % paths.len()]).await?;
            if !answer.status.is_success() {
                answer.json()?;
            }
            // Only searches are looked into; other answers are not kept.
            Ok((
                client,
                if index == 0 {
                    answer.body
                } else {
                    Bytes::new()
                },
            ))
        }
    })
    .await
}

/// What is searched for.
enum Words<'a> {
    /// The planted words; the answer must be the newest planted cases among these, if there are any.
    Rare(&'a [Registered]),
    /// Words that stand in many messages.
    Frequent,
}

/// Searches for two words in each language.
async fn search(
    target: &Target,
    words: Words<'_>,
    who: &str,
    requests: usize,
    report: &mut Report,
) -> Result<()> {
    let (queries, how_many, expected) = match words {
        Words::Rare(expected) => (words::PLANTED, "rare", expected),
        Words::Frequent => (words::COMMON, "frequent", &[][..]),
    };
    for (query, language) in queries.into_iter().zip(["Chinese", "English"]) {
        let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let paths = [format!("/search?q={encoded}&limit={ROWS}")];
        get(target, 1, &paths, WARM_UP / 4).await?;
        let (timings, answers) = get(target, 1, &paths, requests).await?;
        if let (Some(answer), false) = (answers.first(), expected.is_empty()) {
            must_be_newest_planted(query, &serde_json::from_slice(answer)?, expected)?;
        }
        let what = format!("search, two {how_many} words, {language}");
        report.add(
            format!("{what}, median{who}"),
            timings.percentile_ms(50),
            "ms",
            Aim::AtMost(5.0),
        );
        report.add(
            format!("{what}, p99{who}"),
            timings.percentile_ms(99),
            "ms",
            Aim::AtMost(20.0),
        );
    }
    Ok(())
}

fn must_be_newest_planted(query: &str, answer: &Value, created: &[Registered]) -> Result<()> {
    let mut planted: Vec<&Registered> = created
        .iter()
        .filter(|case| words::is_planted(case.index))
        .collect();
    // All planted cases are of one kind, so their numbers tell the order in which they were registered.
    planted.sort_by(|one, other| other.number.cmp(&one.number));
    let expected = planted.iter().take(ROWS).map(|case| case.id.as_str());
    let found = answer["rows"].as_array().into_iter().flatten();
    let found = found.filter_map(|row| row["id"].as_str());
    if !found.eq(expected) {
        bail!("a search for `{query}` did not find the newest planted cases");
    }
    Ok(())
}

async fn totals(target: &Target, requests: usize, report: &mut Report) -> Result<()> {
    let me = target.connect().await?.get("/me").await?.json()?;
    let month = me["server_time"]
        .as_str()
        .and_then(|time| time.get(..7))
        .unwrap_or_default();
    let paths = [format!("/statistics/monthly?month={month}")];
    get(target, 1, &paths, WARM_UP / 4).await?;
    let (timings, answers) = get(target, 1, &paths, requests).await?;
    let answer: Value = serde_json::from_slice(answers.first().map_or(&[][..], |body| body))?;
    let mut opened: HashMap<&str, u64> = HashMap::new();
    for row in answer["rows"].as_array().into_iter().flatten() {
        *opened
            .entry(row["what"].as_str().unwrap_or_default())
            .or_default() += row["count"].as_u64().unwrap_or_default();
    }
    if opened.get("opened").is_none_or(|&count| count == 0) {
        bail!("the monthly totals of {month} count no case");
    }
    report.add(
        "monthly totals, median",
        timings.percentile_ms(50),
        "ms",
        Aim::AtMost(25.0),
    );
    report.add(
        "monthly totals, p99",
        timings.percentile_ms(99),
        "ms",
        Aim::None,
    );
    Ok(())
}
