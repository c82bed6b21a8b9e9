//! How far a long command is, on a terminal.

use huiyin_app::progress::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// The bar; it shows on a terminal only.
const BAR: &str = "{bar:40} {pos}/{len}  {per_sec}  {eta}";

/// A bar for so many things.
pub(crate) fn bar(things: u64) -> ProgressBar {
    let bar = ProgressBar::new(things);
    if let Ok(style) = ProgressStyle::with_template(BAR) {
        bar.set_style(style);
    }
    bar
}

/// Has a bar show how far it is.
pub(crate) fn advance(bar: &ProgressBar, step: Progress) {
    match step {
        Progress::Total(cases) => bar.inc_length(cases),
        Progress::Done => bar.inc(1),
    }
}
