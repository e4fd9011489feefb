//! Where the preview's two servers are, and the secret of this run.
//!
//! Takes ports; gives the origins that a browser knows them by, and the token of the commands. Must not show the token.

use std::fmt;

/// The ports and the token.
#[derive(Clone)]
pub(super) struct Doors {
    pub site: u16,
    pub tool: u16,
    /// Known to the bar alone.
    pub token: String,
}

impl Doors {
    /// # Errors
    /// The system's, when it gives no random bytes: then there are no commands, and no preview.
    pub(super) fn new(site: u16, tool: u16) -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Doors {
            site,
            tool,
            token: blake3::Hash::from_bytes(bytes).to_hex().to_string(),
        })
    }

    pub(super) fn tool_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.tool)
    }

    /// The addresses at which a person may have opened the site. A policy knows no address of IPv6.
    pub(super) fn site_origins(&self) -> String {
        let port = self.site;
        format!("http://127.0.0.1:{port} http://localhost:{port}")
    }
}

impl fmt::Debug for Doors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Doors({}, {})", self.site, self.tool)
    }
}
