//! Exact money: decimals, splits to the cent, largest remainder.
