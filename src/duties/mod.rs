//! What is due, late, done or without a record, and who acts.
