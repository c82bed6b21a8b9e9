//! The static check: names declared, types compatible, choices existing, the whole yes or no.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, SelectExpr, operators};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::expression::{Comparison, Expression, Operand};
use super::parse::{NoExpression, parse};
use super::{Condition, Fact, FactType};
use crate::model::{FactPath, FieldId, PartId};

/// What is wrong with a condition, with the words of it that are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Over one of the limits.
    TooBig,
    /// Not an expression; with the byte where reading stopped.
    Malformed(usize),
    /// No field is declared under this name.
    UnknownFact(String),
    /// The field has no such choice.
    UnknownChoice {
        fact: String,
        choice: String,
        choices: BTreeSet<String>,
    },
    /// The two sides can't be compared.
    Mismatch {
        at: String,
        left: &'static str,
        right: &'static str,
    },
    /// Something that is not yes or no stands where yes or no is asked.
    NotYesNo { at: String, found: &'static str },
    /// A sign or function that conditions don't have.
    Unsupported(String),
}

/// Checks a condition against the declared facts; `type_of` knows the type of each.
pub(crate) fn compile(
    source: &str,
    type_of: &dyn Fn(&FactPath) -> Option<FactType>,
) -> Result<Condition, Problem> {
    let tree = parse(source).map_err(|reason| match reason {
        NoExpression::TooBig => Problem::TooBig,
        NoExpression::Malformed(byte) => Problem::Malformed(byte),
    })?;
    let root = Compiler { type_of }.question(&tree)?;
    Ok(Condition {
        source: Arc::from(source),
        root: Arc::new(root),
    })
}

/// The function that asks whether a category belongs to a branch.
const WITHIN: &str = "within";

struct Compiler<'a> {
    type_of: &'a dyn Fn(&FactPath) -> Option<FactType>,
}

impl Compiler<'_> {
    fn question(&self, expr: &IdedExpr) -> Result<Expression, Problem> {
        match &expr.expr {
            Expr::Literal(LiteralValue::Boolean(known)) => Ok(Expression::Always(*known.inner())),
            Expr::Select(select) if select.test => Ok(Expression::Has(self.fact(select)?.0)),
            Expr::Call(call) => self.call(call),
            _ => match self.operand(expr)? {
                (Operand::Fact(path), FactType::Bool) => Ok(Expression::Is(path)),
                (operand, ty) => Err(Problem::NotYesNo {
                    at: words(&operand),
                    found: ty.name(),
                }),
            },
        }
    }

    fn call(&self, call: &CallExpr) -> Result<Expression, Problem> {
        let boxed = |expr: &IdedExpr| self.question(expr).map(Box::new);
        match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::LOGICAL_NOT, [inner]) => Ok(Expression::Not(boxed(inner)?)),
            (operators::LOGICAL_AND, [left, right]) => {
                Ok(Expression::Both(boxed(left)?, boxed(right)?))
            }
            (operators::LOGICAL_OR, [left, right]) => {
                Ok(Expression::Either(boxed(left)?, boxed(right)?))
            }
            (operators::IN, [one, many]) => self.among(one, many),
            (WITHIN, [category, branch]) => self.within(category, branch),
            (name, [left, right]) => match comparison(name) {
                Some(comparison) => self.compare(left, comparison, right),
                None => Err(unsupported(call)),
            },
            _ => match self.size(call)? {
                Some(_) => Err(Problem::NotYesNo {
                    at: "size".to_owned(),
                    found: "number",
                }),
                None => Err(unsupported(call)),
            },
        }
    }

    fn compare(
        &self,
        left: &IdedExpr,
        comparison: Comparison,
        right: &IdedExpr,
    ) -> Result<Expression, Problem> {
        let (mut left, left_type) = self.operand(left)?;
        let (mut right, right_type) = self.operand(right)?;
        let fits = fit(&mut left, &left_type, &mut right, &right_type)?;
        let ordered = !comparison.is_order()
            || matches!(
                left_type,
                FactType::Number | FactType::Date | FactType::Instant
            );
        if !fits || !ordered {
            let fact_first = [&left, &right]
                .into_iter()
                .find(|operand| !matches!(operand, Operand::Literal(_)));
            return Err(Problem::Mismatch {
                at: words(fact_first.unwrap_or(&left)),
                left: left_type.name(),
                right: right_type.name(),
            });
        }
        Ok(Expression::Compare(left, comparison, right))
    }

    /// `within(part.field, 'branch')`: the category is that one, or one below it.
    fn within(&self, category: &IdedExpr, branch: &IdedExpr) -> Result<Expression, Problem> {
        let (category, ty) = self.operand(category)?;
        let (branch, branch_type) = self.operand(branch)?;
        let (Operand::Fact(path), FactType::Category(branches)) = (&category, &ty) else {
            return Err(mismatch(
                &category,
                &ty,
                &FactType::Category(BTreeMap::new()),
            ));
        };
        let Operand::Literal(Fact::Word(word)) = branch else {
            return Err(mismatch(&category, &ty, &branch_type));
        };
        known_choice(&category, &ty, &word)?;
        let within = branches.get(&word).cloned().unwrap_or_default();
        Ok(Expression::Within(path.clone(), word, within))
    }

    fn among(&self, one: &IdedExpr, many: &IdedExpr) -> Result<Expression, Problem> {
        let (one, one_type) = self.operand(one)?;
        if let Expr::List(list) = &many.expr {
            let mut words = Vec::new();
            for element in &list.elements {
                let (element, element_type) = self.operand(element)?;
                let Operand::Literal(Fact::Word(word)) = element else {
                    return Err(mismatch(&one, &one_type, &element_type));
                };
                known_choice(&one, &one_type, &word)?;
                words.push(word);
            }
            if !matches!(
                one_type,
                FactType::Choice(_) | FactType::Category(_) | FactType::Text
            ) {
                return Err(mismatch(&one, &one_type, &FactType::Text));
            }
            let many = Operand::Literal(Fact::Words(words));
            return Ok(Expression::Among(one, many));
        }
        let (many, many_type) = self.operand(many)?;
        match (&one, &many_type) {
            (Operand::Literal(Fact::Word(word)), FactType::Choices(_)) => {
                known_choice(&many, &many_type, word)?;
                Ok(Expression::Among(one, many))
            }
            _ => Err(mismatch(&many, &one_type, &many_type)),
        }
    }

    fn operand(&self, expr: &IdedExpr) -> Result<(Operand, FactType), Problem> {
        match &expr.expr {
            Expr::Literal(literal) => literal_operand(literal),
            Expr::Select(select) if !select.test => {
                let (path, ty) = self.fact(select)?;
                Ok((Operand::Fact(path), ty))
            }
            Expr::Call(call) if call.func_name == operators::NEGATE => match call.args.as_slice() {
                [inner] => match self.operand(inner)? {
                    (Operand::Literal(Fact::Number(number)), ty) => {
                        Ok((Operand::Literal(Fact::Number(-number)), ty))
                    }
                    (operand, _) => Err(Problem::Unsupported(format!("-{}", words(&operand)))),
                },
                _ => Err(unsupported(call)),
            },
            Expr::Call(call) => match self.size(call)? {
                Some(path) => Ok((Operand::Size(path), FactType::Number)),
                None if comparison(&call.func_name).is_some() || is_logical(&call.func_name) => {
                    Err(Problem::NotYesNo {
                        at: sign(&call.func_name).to_owned(),
                        found: "bool",
                    })
                }
                None => Err(unsupported(call)),
            },
            Expr::Ident(name) => Err(Problem::UnknownFact(name.clone())),
            Expr::Comprehension(_) => {
                Err(Problem::Unsupported("exists, all, map, filter".to_owned()))
            }
            Expr::List(_) => Err(Problem::Unsupported("[ ]".to_owned())),
            _ => Err(Problem::Unsupported("{ }".to_owned())),
        }
    }

    /// The fact of `size(part.field)` or `part.field.size()`; `None` if it is another call.
    fn size(&self, call: &CallExpr) -> Result<Option<FactPath>, Problem> {
        if call.func_name != "size" {
            return Ok(None);
        }
        let of = match (&call.target, call.args.as_slice()) {
            (Some(target), []) => target.as_ref(),
            (None, [argument]) => argument,
            _ => return Ok(None),
        };
        match self.operand(of)? {
            (Operand::Fact(path), FactType::Choices(_)) => Ok(Some(path)),
            (operand, ty) => Err(mismatch(&operand, &ty, &FactType::Choices(BTreeSet::new()))),
        }
    }

    fn fact(&self, select: &SelectExpr) -> Result<(FactPath, FactType), Problem> {
        let unknown = || Problem::UnknownFact(format!("….{}", select.field));
        let (part, field) = match &select.operand.expr {
            Expr::Ident(part) => (part, select.field.clone()),
            // What the engine knows may have a name of its own below the first: `contacts.calling.complete`.
            Expr::Select(outer) if !outer.test => match &outer.operand.expr {
                Expr::Ident(part) => (part, format!("{}.{}", outer.field, select.field)),
                _ => return Err(unknown()),
            },
            _ => return Err(unknown()),
        };
        let path = FactPath::new(PartId::new(part), FieldId::new(field));
        match (self.type_of)(&path) {
            Some(ty) => Ok((path, ty)),
            None => Err(Problem::UnknownFact(path.to_string())),
        }
    }
}

/// Whether two sides can be compared; turns a word into the type of the other side first.
fn fit(
    left: &mut Operand,
    left_type: &FactType,
    right: &mut Operand,
    right_type: &FactType,
) -> Result<bool, Problem> {
    Ok(match (left_type, right_type) {
        (FactType::Choice(_) | FactType::Category(_), FactType::Text) => match right {
            Operand::Literal(Fact::Word(word)) => {
                known_choice(left, left_type, word)?;
                true
            }
            _ => false,
        },
        (FactType::Text, FactType::Choice(_) | FactType::Category(_)) => {
            return fit(right, right_type, left, left_type);
        }
        (FactType::Date, FactType::Text) => into_date(right),
        (FactType::Text, FactType::Date) => into_date(left),
        (FactType::Choices(_), _) | (_, FactType::Choices(_)) => false,
        (left, right) => left == right,
    })
}

fn into_date(operand: &mut Operand) -> bool {
    let Operand::Literal(Fact::Word(word)) = operand else {
        return false;
    };
    match word.parse::<Date>() {
        Ok(date) => {
            *operand = Operand::Literal(Fact::Date(date));
            true
        }
        Err(_) => false,
    }
}

fn known_choice(of: &Operand, ty: &FactType, word: &str) -> Result<(), Problem> {
    match ty.words().filter(|choices| !choices.contains(word)) {
        Some(choices) => Err(Problem::UnknownChoice {
            fact: words(of),
            choice: word.to_owned(),
            choices,
        }),
        None => Ok(()),
    }
}

fn literal_operand(literal: &LiteralValue) -> Result<(Operand, FactType), Problem> {
    let number = |number: Decimal| (Operand::Literal(Fact::Number(number)), FactType::Number);
    match literal {
        LiteralValue::Boolean(known) => {
            Ok((Operand::Literal(Fact::Bool(*known.inner())), FactType::Bool))
        }
        LiteralValue::Int(int) => Ok(number(Decimal::from(*int.inner()))),
        LiteralValue::UInt(int) => Ok(number(Decimal::from(*int.inner()))),
        // The shortest text that reads back as the same float is the figure as it was written,
        // up to the 15 digits that an amount of money can have.
        LiteralValue::Double(float) => float
            .inner()
            .to_string()
            .parse()
            .map(number)
            .map_err(|_| Problem::Unsupported(float.inner().to_string())),
        LiteralValue::String(text) => {
            let word = Fact::Word(text.inner().to_owned());
            Ok((Operand::Literal(word), FactType::Text))
        }
        LiteralValue::Null => Err(Problem::Unsupported("null".to_owned())),
        LiteralValue::Bytes(_) => Err(Problem::Unsupported("b\"…\"".to_owned())),
    }
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        operators::EQUALS => Comparison::Equal,
        operators::NOT_EQUALS => Comparison::NotEqual,
        operators::LESS => Comparison::Less,
        operators::LESS_EQUALS => Comparison::LessOrEqual,
        operators::GREATER => Comparison::Greater,
        operators::GREATER_EQUALS => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn is_logical(name: &str) -> bool {
    let logical = [
        operators::LOGICAL_AND,
        operators::LOGICAL_OR,
        operators::LOGICAL_NOT,
        operators::IN,
    ];
    logical.contains(&name)
}

fn mismatch(at: &Operand, left: &FactType, right: &FactType) -> Problem {
    Problem::Mismatch {
        at: words(at),
        left: left.name(),
        right: right.name(),
    }
}

fn unsupported(call: &CallExpr) -> Problem {
    Problem::Unsupported(sign(&call.func_name).to_owned())
}

/// The sign as it is written: `_+_` is `+`.
fn sign(name: &str) -> &str {
    name.trim_matches(['_', '@'])
}

fn words(operand: &Operand) -> String {
    match operand {
        Operand::Fact(path) | Operand::Size(path) => path.to_string(),
        Operand::Literal(Fact::Word(word)) => word.clone(),
        Operand::Literal(Fact::Number(number)) => number.to_string(),
        Operand::Literal(Fact::Bool(known)) => known.to_string(),
        Operand::Literal(_) => String::new(),
    }
}
