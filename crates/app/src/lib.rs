//! Use cases: authorise, load, decide, append; timers, sessions, clock and ids.
