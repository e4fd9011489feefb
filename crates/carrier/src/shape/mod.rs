//! Tables and records: where cells stand, whatever wrote them. Takes cells, keys and values in the order in which a
//! reader meets them; gives fragments with their coordinates. Must not know a format, nor judge what a cell says.

mod grid;
mod records;

pub(crate) use grid::{Grid, Rows};
pub(crate) use records::{Records, attributes};
