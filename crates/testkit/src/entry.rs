//! Fields written in one line.

use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{ChoiceId, FieldId};

/// Fields from a line such as `subject: tap, damaged: yes, weight: #light, amount: ¥100.00`.
///
/// `yes` and `no` are yes and no, `#` marks a choice and `¥` an amount; all else is text.
pub fn fields(line: &str) -> Fields {
    let pairs = line.split(',').filter(|pair| !pair.trim().is_empty());
    pairs
        .map(|pair| {
            let (field, value) = pair
                .split_once(':')
                .expect("a test writes fields as `field: value`");
            (FieldId::new(field.trim()), value_of(value.trim()))
        })
        .collect()
}

fn value_of(text: &str) -> Value {
    match text {
        "yes" => Value::Bool(true),
        "no" => Value::Bool(false),
        _ => match (text.strip_prefix('#'), text.strip_prefix('¥')) {
            (Some(choice), _) => Value::OneOf(ChoiceId::new(choice)),
            (_, Some(amount)) => {
                Value::Money(amount.parse().expect("a test writes amounts as `¥100.00`"))
            }
            _ => Value::Text(text.to_owned()),
        },
    }
}
