//! Working time: which days count, when a limit ends, and why.
