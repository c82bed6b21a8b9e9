//! The engine: state, policy, calendar, organisation, command and now give events or a refusal.
