//! Cleans pictures before they are published: takes bytes, gives them without what describes them.

use crate::carrier;
use crate::diag::catalog::disclosure as messages;
use crate::diag::{Finding, Location};

/// A published picture carries no metadata: neither a place nor a name.
pub fn clean_picture(path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Box<Finding>> {
    let picture = ["jpg", "jpeg", "png", "gif", "webp"]
        .iter()
        .any(|end| path.to_lowercase().ends_with(&format!(".{end}")));
    if !picture {
        return Ok(bytes);
    }
    carrier::strip_image_metadata(&bytes).map_err(|_| {
        Box::new(
            Finding::new(&messages::UNREADABLE, Location::file(path.to_owned()))
                .arg("why", "@picture-broken")
                .arg("what", "@picture-again"),
        )
    })
}
