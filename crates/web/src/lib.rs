//! The embedded front end: built by npm, served with its compressed variants.
