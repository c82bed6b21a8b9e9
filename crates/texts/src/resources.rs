//! The message files. To add one, write it in both languages and name it here.

use crate::lang::Lang;

macro_rules! resources {
    ($($area:literal),+ $(,)?) => {
        /// The Fluent text of every area in a language.
        pub(crate) fn texts(lang: Lang) -> &'static [&'static str] {
            match lang {
                Lang::ZhCn => &[$(include_str!(concat!("../texts/zh-CN/", $area, ".ftl"))),+],
                Lang::En => &[$(include_str!(concat!("../texts/en/", $area, ".ftl"))),+],
            }
        }
    };
}

resources! {
    "calendar",
    "case",
    "command_line",
    "exchange",
    "findings",
    "limit",
    "operating",
    "problems",
    "refusals",
    "scenario",
    "settlement",
    "versions",
}
