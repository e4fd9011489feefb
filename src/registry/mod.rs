//! The registry of protected schools as a file: `registry.yaml`, in the open or encrypted.
//!
//! Takes its text; gives the guard's [`Registry`] and located findings. Must not put a protected value into a
//! finding, and must not know how a name is recognised in text.

pub mod crypt;
mod prove;
mod read;

pub use glasno_guard::registry::{
    IdentifierKind, Municipality, ProtectedSchool, PublicSchool, Registry, SchoolId, Secret,
    id_is_valid, inn_is_valid, ogrn_is_valid,
};
pub use prove::{Depth, at_load, prove};
pub use read::{Places, Read, parse, read};
