//! Which front end is embedded.

use crate::failure::Failure;

/// The environment variable that chooses the mode.
pub(crate) const VARIABLE: &str = "HUIYIN_WEB";

/// Where the embedded files come from.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) enum Mode {
    /// Run npm when the sources changed.
    Build,
    /// Take `web/dist` as it lies.
    Prebuilt,
    /// One line of HTML.
    Stub,
}

impl Mode {
    /// The mode for the variable's value; documentation builds have no network and get the stub.
    pub(crate) fn choose(value: Option<&str>, documenting: bool) -> Result<Self, Failure> {
        match value {
            None | Some("") if documenting => Ok(Self::Stub),
            None | Some("" | "build") => Ok(Self::Build),
            Some("prebuilt") => Ok(Self::Prebuilt),
            Some("stub") => Ok(Self::Stub),
            Some(other) => Err(Failure::UnknownMode(other.to_owned())),
        }
    }
}
