//! Full-text search on PostgreSQL, fed with the very same tokens as FTS5. They come already segmented and folded, so no
//! parser or dictionary of the server touches them: both the vector and the query are given in their own text form, and
//! what is found depends on no locale.

use std::collections::HashMap;
use std::fmt::Write;

/// The greatest position that PostgreSQL keeps; what stands behind it is found alone but not as part of a phrase.
const POSITION_MAX: usize = 16_383;
/// Bytes of a token that PostgreSQL keeps.
const TOKEN_BYTES_MAX: usize = 2046;
/// Bytes of all tokens of a text, a good way below the megabyte at which PostgreSQL refuses a vector.
const VECTOR_BYTES_MAX: usize = 900_000;
/// Bytes a position takes, at most.
const POSITION_BYTES: usize = 4;

/// The vector of tokens separated by spaces, in the order in which they stand in the text.
pub(crate) fn vector(tokens: &str) -> String {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut bytes = 0;
    for (at, token) in tokens.split_whitespace().enumerate() {
        let token = cut(token);
        bytes += token.len() + 2 * POSITION_BYTES;
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
        quoted(&mut vector, token);
        for (at, position) in positions.iter().enumerate() {
            let sign = if at == 0 { ':' } else { ',' };
            write!(vector, "{sign}{position}").expect("writing to a string never fails");
        }
        vector.push(' ');
    }
    vector
}

/// The query that asks the same as a match expression of quoted phrases ([`crate::Segmenter::query`]).
pub(crate) fn query(expression: &str) -> String {
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
            quoted(&mut query, cut(token));
        }
        query.push_str(if may_go_on { ":*)" } else { ")" });
    }
    query
}

fn quoted(text: &mut String, token: &str) {
    text.push('\'');
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

    #[test]
    fn tokens_keep_their_places() {
        assert_eq!(vector("态度"), "'态度':1 ");
        let twice = vector("a b a");
        assert!(
            twice.contains("'a':1,3 ") && twice.contains("'b':2 "),
            "{twice}"
        );
        assert_eq!(vector(""), "");
        assert_eq!(vector("it's\\"), "'it''s\\\\':1 ");
    }

    #[test]
    fn what_postgresql_would_refuse_is_cut() {
        let long = "长".repeat(1000);
        assert!(vector(&long).len() < TOKEN_BYTES_MAX + 10);
        let many: String = (0..200_000).map(|number| format!("t{number} ")).collect();
        let vector = vector(&many);
        assert!(vector.contains("'t20000':16383 ") && !vector.contains("'t199999'"));
    }

    #[test]
    fn a_match_expression_becomes_a_query() {
        assert_eq!(
            query("\"服务 务态 态度\""),
            "('服务' <-> '务态' <-> '态度')"
        );
        assert_eq!(query("\"度\" *"), "('度':*)");
        assert_eq!(
            query("\"a\" * \"or\" \"hy 2611\" *"),
            "('a':*) & ('or') & ('hy' <-> '2611':*)"
        );
    }
}
