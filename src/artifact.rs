//! One file of the site: where it lies and its final bytes.
//!
//! Ground type between `render` (which makes it), `audit` (which reads it) and `publish` (which writes it).

use std::fmt;

/// A path below the site's root: `/`-separated, relative, lower-case ASCII letters, digits, `-`, `_`, `.`; no part
/// begins with a dot and none is a name that Windows reserves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// Device names that Windows refuses as file names, with or without an extension.
const RESERVED: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether Windows keeps this name, without its extension, for a device.
pub fn is_reserved(stem: &str) -> bool {
    RESERVED.contains(&stem)
}

impl SitePath {
    /// `None` when the path is not one that may stand in a public address.
    pub fn new(path: &str) -> Option<Self> {
        let good = !path.is_empty()
            && path.len() <= 240
            && path.split('/').all(|part| {
                let stem = part.split('.').next().unwrap_or("");
                !part.is_empty()
                    && !part.starts_with('.')
                    && !part.ends_with('.')
                    && part
                        .bytes()
                        .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
                    && !is_reserved(stem)
            });
        good.then(|| SitePath(path.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file as it would be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub path: SitePath,
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::SitePath;

    #[test]
    fn only_plain_lower_case_paths_pass() {
        for good in [
            "index.html",
            "tula-2024/roadmap/data.json",
            "assets/f_1.woff2",
        ] {
            assert!(SitePath::new(good).is_some(), "{good}");
        }
        for bad in [
            "", "/a", "a/", "a//b", "../a", "a/..", ".git/x", "A.html", "файл", "a b", "nul",
            "con.txt", "a.",
        ] {
            assert!(SitePath::new(bad).is_none(), "{bad}");
        }
    }
}
