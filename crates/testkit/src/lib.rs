//! Builders and fixed clocks for tests.
