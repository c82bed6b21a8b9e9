//! Queries: what someone typed becomes a match expression.

use crate::segment::{Token, tokens};

/// Pieces of a query that are looked at; more would only cost time.
const PIECES_MAX: usize = 16;

/// The match expression of a query: every piece between spaces must occur as it stands; the last word of a piece may
/// go on. `None` when the query holds neither letter nor digit. All tokens are quoted, so nothing typed is syntax.
pub fn match_expression(query: &str) -> Option<String> {
    let mut expression = String::new();
    for piece in query
        .split_whitespace()
        .map(tokens)
        .filter(|tokens| !tokens.is_empty())
        .take(PIECES_MAX)
    {
        if !expression.is_empty() {
            expression.push(' ');
        }
        push_phrase(&piece, &mut expression);
    }
    (!expression.is_empty()).then_some(expression)
}

/// A phrase of neighbouring tokens.
fn push_phrase(piece: &[Token], expression: &mut String) {
    // In the text a run of ideographs may go on, so the query's last one is already part of a pair.
    let (piece, may_go_on) = match piece {
        [to_pair @ .., Token::Last(_)] if matches!(to_pair.last(), Some(Token::Pair(_))) => {
            (to_pair, false)
        }
        _ => (piece, true),
    };
    expression.push('"');
    for (at, token) in piece.iter().enumerate() {
        if at > 0 {
            expression.push(' ');
        }
        token.push_to(expression);
    }
    expression.push('"');
    if may_go_on {
        expression.push_str(" *");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expression: Option<&str>) {
        assert_eq!(match_expression(query).as_deref(), expression, "{query}");
    }

    #[test]
    fn a_query_becomes_quoted_phrases() {
        check("态度", Some("\"态度\""));
        check("服务态度", Some("\"服务 务态 态度\""));
        check("度", Some("\"度\" *"));
        check("服务 道歉", Some("\"服务\" \"道歉\""));
        check("HY2611-00", Some("\"hy 2611 00\" *"));
        check("iPhone手机", Some("\"iphone 手机\""));
        check("iPhone手", Some("\"iphone 手\" *"));
    }

    #[test]
    fn nothing_typed_is_syntax() {
        check("\"", None);
        check("* ( ) - ^ :", None);
        check("a\" OR \"b", Some("\"a\" * \"or\" * \"b\" *"));
        check("NOT NEAR(手机, 2)", Some("\"not\" * \"near 手机\" \"2\" *"));
        check("subject:手机", Some("\"subject 手机\""));
        check("", None);
    }
}
