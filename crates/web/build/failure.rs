//! What can go wrong while building the front end, told so that the reader can choose a way out.

use std::io;
use std::path::Path;

/// How many of npm's last lines are repeated.
const NPM_LINES_MAX: usize = 30;

const WAYS_OUT: [&str; 3] = [
    "  1. install Node.js 20.19 or newer (it brings npm) and build again;",
    "  2. or put a built front end into web/dist and set HUIYIN_WEB=prebuilt;",
    "  3. or set HUIYIN_WEB=stub to build without the front end.",
];

/// A reason why the front end can't be embedded.
#[derive(Debug)]
pub(crate) enum Failure {
    /// `HUIYIN_WEB` has a value that is no mode.
    UnknownMode(String),
    /// No `node` or `npm` on the path: the program's name.
    NoProgram(&'static str),
    /// The version `node` reported is too old or unreadable.
    OldNode(String),
    /// npm ran and failed: the arguments and everything it printed.
    Npm { arguments: String, output: String },
    /// `prebuilt` was asked for, but `web/dist` holds no `index.html`.
    NothingPrebuilt,
    /// A built file whose media type is unknown.
    UnknownExtension(String),
    /// A file or folder could not be read or written.
    File { path: String, cause: String },
}

impl Failure {
    /// A failed read or write of `path`.
    pub(crate) fn file(path: &Path, cause: &io::Error) -> Self {
        Self::File {
            path: path.display().to_string(),
            cause: cause.to_string(),
        }
    }

    /// The lines to show, first what happened, then what to do.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = self.what_happened();
        if self.is_about_node() {
            lines.push("three ways out:".to_owned());
            lines.extend(WAYS_OUT.map(str::to_owned));
        }
        lines
    }

    fn what_happened(&self) -> Vec<String> {
        match self {
            Self::UnknownMode(value) => {
                vec![format!(
                    "HUIYIN_WEB is `{value}`; use `build`, `prebuilt` or `stub`"
                )]
            }
            Self::NoProgram(name) => vec![format!(
                "the front end has to be built, but `{name}` was not found"
            )],
            Self::OldNode(version) => {
                vec![format!(
                    "the front end has to be built with Node.js 20.19 or newer, found `{version}`"
                )]
            }
            Self::Npm { arguments, output } => {
                let mut lines = vec![format!("`npm {arguments}` failed in web/; its last lines:")];
                let printed: Vec<&str> = output.lines().collect();
                let skipped = printed.len().saturating_sub(NPM_LINES_MAX);
                lines.extend(printed[skipped..].iter().map(|line| format!("  | {line}")));
                lines
            }
            Self::NothingPrebuilt => {
                vec!["HUIYIN_WEB is `prebuilt`, but web/dist/index.html does not exist".to_owned()]
            }
            Self::UnknownExtension(path) => vec![
                format!("`{path}` has no known media type"),
                "add its extension to crates/web/build/table.rs".to_owned(),
            ],
            Self::File { path, cause } => vec![format!("`{path}`: {cause}")],
        }
    }

    fn is_about_node(&self) -> bool {
        matches!(
            self,
            Self::NoProgram(_)
                | Self::OldNode(_)
                | Self::Npm { .. }
                | Self::NothingPrebuilt
                | Self::File { .. }
        )
    }
}
