//! Random registries, random members of each class, both directions.
