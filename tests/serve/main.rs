//! The preview as people use it, and the promise that it shows what a build would publish.

mod asked;
mod equal;
mod figures;
mod fixture;
mod people;
mod progress;
mod running;
