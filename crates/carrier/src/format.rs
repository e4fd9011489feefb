//! Which formats are told apart. Takes and decides nothing.

/// What a carrier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Nothing in it.
    Empty,
    Html,
    Xml,
    Svg,
    /// JSON, one value or one a line.
    Json,
    /// JavaScript and its kin, source maps aside.
    Script,
    Css,
    /// Comma, semicolon or tab separated.
    Csv,
    /// iCalendar and vCard.
    Calendar,
    /// A mail message.
    Mail,
    Markdown,
    /// Any other text.
    Text,
    Docx,
    Xlsx,
    Pptx,
    Odf,
    Zip,
    Gzip,
    Tar,
    Pdf,
    Rtf,
    /// Office documents of before 2007.
    Ole,
    Png,
    Jpeg,
    Gif,
    Webp,
    Tiff,
    /// Pictures that hold no text beside their pixels (BMP).
    Bitmap,
    Font,
    /// Known, and not readable here.
    Unsupported,
    /// Not known, and not text.
    #[default]
    Unknown,
}
