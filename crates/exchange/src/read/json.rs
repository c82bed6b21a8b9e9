//! Rows of sheets from JSON.

use std::fmt;

use huiyin_policy::settle::Raw;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Reads rows; words that stand twice in an object are kept, so that they can be told.
///
/// # Errors
///
/// When it is no JSON.
pub fn json_rows(bytes: &[u8]) -> Result<Raw, serde_json::Error> {
    serde_json::from_slice::<Rows>(bytes).map(|rows| rows.0)
}

struct Rows(Raw);

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rows, D::Error> {
        deserializer.deserialize_any(RowsVisitor).map(Rows)
    }
}

struct RowsVisitor;

impl<'de> Visitor<'de> for RowsVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows")
    }

    fn visit_bool<E>(self, known: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(known))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Text(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Fraction(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(Rows(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut lines: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some((name, Rows(value))) = lines.next_entry::<String, Rows>()? {
            map.push((name, value));
        }
        Ok(Raw::Map(map))
    }
}
