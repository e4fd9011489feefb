//! The preview as people use it, and the promise that it shows what a build would publish.

// Tests look at what was written, wherever it lies.
#![allow(clippy::disallowed_methods)]

mod asked;
mod desk;
mod equal;
mod figures;
mod fixture;
mod people;
mod progress;
mod running;
mod safe;
mod soak;
