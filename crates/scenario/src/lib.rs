//! Policy tests: scenarios in YAML, run in memory.
