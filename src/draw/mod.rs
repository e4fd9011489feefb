//! Pictures made at build time: the timeline of a roadmap, the chart of an indicator.
//!
//! Takes finished public values; gives SVG to stand inside a page. Colours, strokes and fonts are the theme's: here
//! are only shapes and classes. Pure, deterministic, escaped. A picture never says more than the table beside it.

mod chart;
mod svg;
mod timeline;

pub use chart::{ChartInput, chart};
pub use timeline::{Bar, Line, Section, TimelineInput, timeline};
