//! The figures an organisation set, in words and in the texts that are kept with the policy.

use super::Language;
use super::speaker::Speaker;
use crate::model::{Param, ParamId, ParamValue, Text};

impl<'p> Speaker<'p> {
    /// A text with its blanks `{parameter}` filled in: with the figure, or with the parameter's title while it has none.
    pub(super) fn filled_in(self, text: &'p Text) -> String {
        let mut filled = self.text(text).to_owned();
        for (id, param) in &self.policy.params {
            filled = filled.replace(&blank_of(id), &self.figure(param));
        }
        filled
    }

    /// A parameter's figure, or its title in brackets while it has none.
    pub(super) fn figure(self, param: &'p Param) -> String {
        match &param.value {
            None => format!("[{}]", self.text(&param.title)),
            Some(ParamValue::Integer(number)) => number.to_string(),
            Some(ParamValue::Money(money)) => match self.language {
                Language::ZhCn => format!("{money} 元"),
                Language::En => format!("{money} yuan"),
            },
            Some(ParamValue::Percent(percent)) => percent.to_string(),
            Some(ParamValue::Limit(limit)) => self.limit(*limit),
            Some(ParamValue::Period(period)) => self.period(period),
            Some(ParamValue::Text(text)) => text.clone(),
        }
    }
}

/// How a parameter stands in a text.
fn blank_of(id: &ParamId) -> String {
    format!("{{{id}}}")
}
