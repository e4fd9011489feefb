//! The directory of bodies: other pages name them by it, and it has none of its own.

use crate::disclosure::Public;
use crate::kinds::DocIndex;
use crate::kinds::bodies::Bodies;
use crate::site::book::Book;
use crate::site::head::Full;
use crate::site::listed::Listed;
use crate::site::paged::Paged;
use crate::site::texts::Texts;

impl Listed for Bodies<Public> {}

impl Paged for Bodies<Public> {
    fn page(&self, _: &Book, _: DocIndex) -> Option<Full> {
        None
    }

    fn texts(&self, _: &Book, _: DocIndex, _: &mut Texts) {}
}
