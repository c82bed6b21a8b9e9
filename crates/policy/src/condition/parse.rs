//! The step from text to the parser's tree, with every limit set.

use cel::IdedExpr;
use cel::parser::PrattParser;

use super::limits::{DEPTH_MAX, NODES_MAX, SOURCE_BYTES_MAX};

/// Why a text is no expression at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoExpression {
    /// Longer, deeper or richer than the limits allow.
    TooBig,
    /// Not well formed; with the byte where the parser gave up.
    Malformed(usize),
}

/// Parses within the limits. The crate's own entry point for whole programs must not be used: it
/// runs another parser that overflows the stack on 1 200 bytes of brackets.
pub(super) fn parse(source: &str) -> Result<IdedExpr, NoExpression> {
    if source.len() > SOURCE_BYTES_MAX {
        return Err(NoExpression::TooBig);
    }
    let parser = PrattParser::new()
        .max_recursion_depth(DEPTH_MAX)
        .max_expression_node_count(NODES_MAX)
        .error_reporting_limit(1)
        .error_recovery_limit(1);
    parser.parse(source).map_err(|failure| {
        let exceeded = |message: &str| message.starts_with("expression ");
        if failure.errors.iter().any(|error| exceeded(&error.msg)) {
            return NoExpression::TooBig;
        }
        let place = failure.errors.iter().map(|error| error.pos).min();
        NoExpression::Malformed(byte_at(source, place.unwrap_or((1, 1))))
    })
}

/// The byte of a line and column, both from 1; the column counts bytes or characters, which is
/// the same wherever the parser can stop, and is cut to the text in any case.
fn byte_at(source: &str, (line, column): (isize, isize)) -> usize {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let before: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
    (before + column).min(source.len())
}
