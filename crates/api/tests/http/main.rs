//! The product over HTTP: what people rely on, on a real database.

mod support;

mod conflicts;
mod document;
mod live;
mod privacy;
mod rights;
mod sign_in;
mod timers;
mod walk;
