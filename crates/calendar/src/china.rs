//! The built-in calendar of China.

use std::sync::LazyLock;

use crate::calendar::Calendar;

/// The arrangements of the State Council from 2013 on, with the product's default hours.
static CHINA: LazyLock<Calendar> = LazyLock::new(|| {
    Calendar::from_json(include_str!("../data/china.json"))
        .expect("a test loads the built-in calendar")
});

impl Calendar {
    /// Mainland China: the official arrangements of 2013 to 2026, worked from Monday to Friday,
    /// 09:00 to 12:00 and 13:30 to 18:00.
    pub fn china() -> Calendar {
        CHINA.clone()
    }
}
