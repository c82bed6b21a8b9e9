//! The languages of the product.

use std::fmt;
use std::str::FromStr;

/// A language in which the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Simplified Chinese, the first language of the product.
    #[default]
    ZhCn,
    /// English.
    En,
}

/// The product doesn't speak this language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLang {
    tag: String,
}

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a language of the product; use `zh-CN` or `en`",
            self.tag
        )
    }
}

impl std::error::Error for UnknownLang {}

impl Lang {
    /// Every language.
    pub const ALL: [Lang; 2] = [Lang::ZhCn, Lang::En];

    /// The language tag, `zh-CN` or `en`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Lang::ZhCn => "zh-CN",
            Lang::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    /// Reads a language tag; any kind of Chinese or English, such as `zh-Hans` or `en-GB`, will do.
    fn from_str(tag: &str) -> Result<Lang, UnknownLang> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Ok(Lang::ZhCn),
            "en" => Ok(Lang::En),
            _ => Err(UnknownLang {
                tag: tag.chars().take(20).collect(),
            }),
        }
    }
}
