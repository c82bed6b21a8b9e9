//! The log and its tables: events, keys, search, timers and proof on SQLite.
