//! Findings: code, place, labels and help of what is wrong in a file; no rendering.
