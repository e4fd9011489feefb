//! Prints findings (being built).
