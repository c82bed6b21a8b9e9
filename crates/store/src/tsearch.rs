//! Full-text search on PostgreSQL, fed with the very same tokens as FTS5. They come already segmented and folded, so no
//! parser or dictionary of the server touches them: both the vector and the query are given in their own text form, and
//! what is found depends on no locale.
//!
//! A case's tokens are kept by its *era*, a stretch of the log: `7/water` and `8/water` are two lexemes. The index gives
//! matches in no order, all of them, before the newest can be told; so the newest eras are asked alone, and the others
//! only if these don't fill the page. What a search for frequent words costs does not grow with the log.

use std::collections::HashMap;
use std::fmt::Write;

use crate::statement::Text;

/// How many places in the log are one era: some ten thousand cases. Fewer would make a search of all eras ask for more
/// lexemes, more would read more matches than are shown. What is kept relies on it, so it stays.
const ERA_PLACES: i64 = 65_536;
/// Stands for the era in a query's text; no token has it, as tokens are letters and digits.
const ANY_ERA: &str = "#";
/// How many eras before the newest are asked together with it, in turn, until a page is full.
pub(crate) const ERAS_BEFORE_NEWEST: [i64; 2] = [3, i64::MAX];

/// The greatest position that PostgreSQL keeps; what stands behind it is found alone but not as part of a phrase.
const POSITION_MAX: usize = 16_383;
/// Bytes of a token that are kept: with its era no more than the 2046 of a lexeme.
const TOKEN_BYTES_MAX: usize = 2024;
/// Bytes of all tokens of a text, a good way below the megabyte at which PostgreSQL refuses a vector.
const VECTOR_BYTES_MAX: usize = 900_000;
/// Bytes a position takes, at most.
const POSITION_BYTES: usize = 4;

/// The vector of the tokens of the case with this ordinal, separated by spaces in the order in which they stand in the text.
pub(crate) fn vector(ordinal: i64, tokens: &str) -> String {
    let era = (ordinal / ERA_PLACES).to_string();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut bytes = 0;
    for (at, token) in tokens.split_whitespace().enumerate() {
        let token = cut(token);
        bytes += era.len() + token.len() + 2 * POSITION_BYTES;
        if bytes > VECTOR_BYTES_MAX {
            break;
        }
        places
            .entry(token)
            .or_default()
            .push((at + 1).min(POSITION_MAX));
    }
    let mut vector = String::with_capacity(bytes);
    for (token, positions) in places {
        quoted(&mut vector, &era, token);
        for (at, position) in positions.iter().enumerate() {
            let sign = if at == 0 { ':' } else { ',' };
            write!(vector, "{sign}{position}").expect("writing to a string never fails");
        }
        vector.push(' ');
    }
    vector
}

/// The query that asks the same as a match expression of quoted phrases ([`crate::Segmenter::query`]), with [`ANY_ERA`] where
/// the era belongs.
fn query(expression: &str) -> String {
    let mut query = String::with_capacity(expression.len() * 2);
    // What stands between quotes is a phrase; what follows it says whether its last token may go on.
    let mut parts = expression.split('"').skip(1);
    while let Some(phrase) = parts.next() {
        let may_go_on = parts.next().is_some_and(|after| after.contains('*'));
        if !query.is_empty() {
            query.push_str(" & ");
        }
        query.push('(');
        for (at, token) in phrase.split_whitespace().enumerate() {
            if at > 0 {
                query.push_str(" <-> ");
            }
            quoted(&mut query, ANY_ERA, cut(token));
        }
        query.push_str(if may_go_on { ":*)" } else { ")" });
    }
    query
}

/// Adds the query for the newest era and so many before it, as an expression that is worked out once, before the index is
/// asked.
pub(crate) fn push_query(text: &mut Text, expression: &str, eras_before: i64) {
    text.push("(SELECT CAST(STRING_AGG(REPLACE(")
        .value(query(expression))
        .push(", '#', CAST(era AS TEXT)), ' | ') AS TSQUERY) FROM (SELECT MAX(ordinal) / ")
        .value(ERA_PLACES)
        .push(" AS newest FROM search) AS log, GENERATE_SERIES(GREATEST(0, newest - ")
        .value(eras_before)
        .push("), newest) AS era)");
}

/// A lexeme: the era and the token.
fn quoted(text: &mut String, era: &str, token: &str) {
    text.push('\'');
    text.push_str(era);
    text.push('/');
    for character in token.chars() {
        if matches!(character, '\'' | '\\') {
            text.push(character);
        }
        text.push(character);
    }
    text.push('\'');
}

fn cut(token: &str) -> &str {
    &token[..token.floor_char_boundary(TOKEN_BYTES_MAX)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What PostgreSQL keeps of a lexeme.
    const LEXEME_BYTES_MAX: usize = 2046;

    #[test]
    fn tokens_keep_their_era_and_their_places() {
        assert_eq!(vector(1, "态度"), "'0/态度':1 ");
        assert_eq!(vector(ERA_PLACES - 1, "态度"), "'0/态度':1 ");
        assert_eq!(vector(ERA_PLACES, "态度"), "'1/态度':1 ");
        let twice = vector(1, "a b a");
        assert!(
            twice.contains("'0/a':1,3 ") && twice.contains("'0/b':2 "),
            "{twice}"
        );
        assert_eq!(vector(1, ""), "");
        assert_eq!(vector(1, "it's\\"), "'0/it''s\\\\':1 ");
    }

    #[test]
    fn what_postgresql_would_refuse_is_cut() {
        let long = "长".repeat(1000);
        let farthest = vector(i64::MAX, &long);
        assert!(farthest.len() <= LEXEME_BYTES_MAX + "'':1 ".len());
        let many: String = (0..200_000).map(|number| format!("t{number} ")).collect();
        let vector = vector(1, &many);
        assert!(vector.contains("'0/t20000':16383 ") && !vector.contains("'0/t199999'"));
    }

    #[test]
    fn a_match_expression_becomes_a_query_of_any_era() {
        assert_eq!(
            query("\"服务 务态 态度\""),
            "('#/服务' <-> '#/务态' <-> '#/态度')"
        );
        assert_eq!(query("\"度\" *"), "('#/度':*)");
        assert_eq!(
            query("\"a\" * \"or\" \"hy 2611\" *"),
            "('#/a':*) & ('#/or') & ('#/hy' <-> '#/2611':*)"
        );
    }
}
