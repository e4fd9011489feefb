//! What stands in place of encryption in a build without the feature `encryption`: a refusal that says so.

use super::{Keys, Lock, Text, Trouble, finding};
use crate::diag::catalog::vault as say;

/// Refuses: this build cannot encrypt.
///
/// # Errors
/// Always.
pub fn encrypt(_: &str, _: &Lock, path: &str) -> Result<Vec<u8>, Trouble> {
    Err(finding(&say::NOT_BUILT, path))
}

/// Refuses: this build cannot decrypt.
///
/// # Errors
/// Always.
pub fn decrypt(_: &[u8], _: &Keys<'_>, path: &str) -> Result<Text, Trouble> {
    Err(finding(&say::NOT_BUILT, path))
}
