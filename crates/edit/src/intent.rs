//! What a change means for the tree, apart from how it is written.
//!
//! Takes a [`Change`] and the tree before; gives the single steps that it is made of, and the tree after each. Must not
//! know the text.

use crate::{Change, Refused, Value};

/// What is read: scalars stay text, and keys stand in their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    Null,
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

/// One step down: to the value of a key, or to an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Key(String),
    Item(usize),
}

impl Tree {
    fn child(&self, step: &Step) -> Option<&Tree> {
        match (self, step) {
            (Tree::Map(entries), Step::Key(key)) => {
                entries.iter().find(|(k, _)| k == key).map(|(_, v)| v)
            }
            (Tree::List(items), Step::Item(i)) => items.get(*i),
            _ => None,
        }
    }

    fn child_mut(&mut self, step: &Step) -> Option<&mut Tree> {
        match (self, step) {
            (Tree::Map(entries), Step::Key(key)) => {
                entries.iter_mut().find(|(k, _)| k == key).map(|(_, v)| v)
            }
            (Tree::List(items), Step::Item(i)) => items.get_mut(*i),
            _ => None,
        }
    }
}

/// The tree at a place.
pub fn at<'t>(tree: &'t Tree, path: &[Step]) -> Option<&'t Tree> {
    path.iter().try_fold(tree, |tree, step| tree.child(step))
}

fn at_mut<'t>(tree: &'t mut Tree, path: &[Step]) -> Option<&'t mut Tree> {
    path.iter()
        .try_fold(tree, |tree, step| tree.child_mut(step))
}

/// What is done to the text at once. Where a container is changed inside, `at` is the container.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Single {
    /// The value that is there is replaced.
    Replace {
        at: Vec<Step>,
        to: Value,
    },
    /// A key comes into a map behind the entry with this number, or before all.
    Add {
        at: Vec<Step>,
        key: String,
        value: Value,
        behind: Option<usize>,
    },
    Insert {
        at: Vec<Step>,
        index: usize,
        value: Value,
    },
    Remove {
        at: Vec<Step>,
    },
    Move {
        at: Vec<Step>,
        from: usize,
        to: usize,
    },
}

/// The steps of a change, in order.
pub(crate) fn steps(change: &Change, tree: &Tree) -> Result<Vec<Single>, Refused> {
    let mut steps = Vec::new();
    match change {
        Change::Set { at, to, order } => set(at, to, order, tree, &mut steps)?,
        Change::Insert {
            at: place,
            index,
            value,
        } => match at(tree, place) {
            Some(Tree::List(items)) if *index <= items.len() => steps.push(Single::Insert {
                at: place.clone(),
                index: *index,
                value: value.clone(),
            }),
            // An empty place, or none yet, becomes a list.
            Some(Tree::Null) | None if *index == 0 => {
                let to = Value::List(vec![value.clone()]);
                set(place, &to, &[], tree, &mut steps)?;
            }
            _ => return Err(Refused::NoPlace),
        },
        Change::Remove { at: place } => {
            at(tree, place)
                .filter(|_| !place.is_empty())
                .ok_or(Refused::NoPlace)?;
            steps.push(Single::Remove { at: place.clone() });
        }
        Change::Move {
            at: place,
            from,
            to,
        } => match at(tree, place) {
            Some(Tree::List(items)) if *from < items.len() && *to < items.len() => {
                if from != to {
                    steps.push(Single::Move {
                        at: place.clone(),
                        from: *from,
                        to: *to,
                    });
                }
            }
            _ => return Err(Refused::NoPlace),
        },
    }
    Ok(steps)
}

fn set(
    place: &[Step],
    to: &Value,
    order: &[String],
    tree: &Tree,
    steps: &mut Vec<Single>,
) -> Result<(), Refused> {
    if let Some(old) = at(tree, place) {
        differ(place, old, to, steps);
        return Ok(());
    }
    let Some((Step::Key(key), above)) = place.split_last() else {
        return Err(Refused::NoPlace);
    };
    match at(tree, above) {
        Some(Tree::Map(entries)) => {
            let rank = order.iter().position(|o| o == key);
            let before = |k: &String| order.iter().position(|o| o == k) < rank;
            // Keys that are in no order stand where they stand: the new one comes behind the last that goes before it.
            let behind = match rank {
                Some(_) => entries
                    .iter()
                    .rposition(|(k, _)| order.contains(k) && before(k)),
                None => entries.len().checked_sub(1),
            };
            steps.push(Single::Add {
                at: above.to_vec(),
                key: key.clone(),
                value: to.clone(),
                behind,
            });
            Ok(())
        }
        Some(Tree::Null) => {
            steps.push(Single::Replace {
                at: above.to_vec(),
                to: Value::Map(vec![(key.clone(), to.clone())]),
            });
            Ok(())
        }
        None => {
            let to = Value::Map(vec![(key.clone(), to.clone())]);
            set(above, &to, order, tree, steps)
        }
        _ => Err(Refused::NoPlace),
    }
}

/// What must be done so that `old` becomes `new`, as little as there is.
fn differ(place: &[Step], old: &Tree, new: &Value, steps: &mut Vec<Single>) {
    let below = |step: Step| {
        let mut path = place.to_vec();
        path.push(step);
        path
    };
    match (old, new) {
        _ if *old == new.tree() => {}
        (Tree::Map(had), Value::Map(has)) if !had.is_empty() && !has.is_empty() => {
            // One key that both have must stay, or nothing would be left to stand beside.
            let stays = had.iter().any(|(k, _)| has.iter().any(|(h, _)| h == k));
            if !stays || !in_order(had, has) {
                steps.push(Single::Replace {
                    at: place.to_vec(),
                    to: new.clone(),
                });
                return;
            }
            for (key, _) in had.iter().filter(|(k, _)| !has.iter().any(|(h, _)| h == k)) {
                steps.push(Single::Remove {
                    at: below(Step::Key(key.clone())),
                });
            }
            for (i, (key, value)) in has.iter().enumerate() {
                match had.iter().find(|(k, _)| k == key) {
                    Some((_, old)) => differ(&below(Step::Key(key.clone())), old, value, steps),
                    None => steps.push(Single::Add {
                        at: place.to_vec(),
                        key: key.clone(),
                        value: value.clone(),
                        behind: i.checked_sub(1),
                    }),
                }
            }
        }
        (Tree::List(had), Value::List(has)) if !had.is_empty() && !has.is_empty() => {
            let same = |(o, n): &(&Tree, &Value)| **o == n.tree();
            let front = had.iter().zip(has).take_while(same).count();
            let most = had.len().min(has.len()) - front;
            let back = had
                .iter()
                .rev()
                .zip(has.iter().rev())
                .take(most)
                .take_while(same)
                .count();
            let both = most - back;
            for i in front..front + both {
                if let (Some(old), Some(new)) = (had.get(i), has.get(i)) {
                    differ(&below(Step::Item(i)), old, new, steps);
                }
            }
            for i in (front + both..had.len() - back).rev() {
                steps.push(Single::Remove {
                    at: below(Step::Item(i)),
                });
            }
            for i in front + both..has.len() - back {
                if let Some(value) = has.get(i) {
                    steps.push(Single::Insert {
                        at: place.to_vec(),
                        index: i,
                        value: value.clone(),
                    });
                }
            }
        }
        _ => steps.push(Single::Replace {
            at: place.to_vec(),
            to: new.clone(),
        }),
    }
}

/// Whether the keys that both have stand in the same order.
fn in_order(had: &[(String, Tree)], has: &[(String, Value)]) -> bool {
    let kept = had
        .iter()
        .filter_map(|(k, _)| has.iter().position(|(h, _)| h == k));
    kept.collect::<Vec<_>>().is_sorted()
}

/// The tree after a step.
pub(crate) fn after(tree: &Tree, step: &Single) -> Option<Tree> {
    let mut tree = tree.clone();
    match step {
        Single::Replace { at, to } => *at_mut(&mut tree, at)? = to.tree(),
        Single::Add {
            at,
            key,
            value,
            behind,
        } => match at_mut(&mut tree, at)? {
            Tree::Map(entries) => {
                let index = behind.map_or(0, |b| b + 1).min(entries.len());
                entries.insert(index, (key.clone(), value.tree()));
            }
            _ => return None,
        },
        Single::Insert { at, index, value } => match at_mut(&mut tree, at)? {
            Tree::List(items) if *index <= items.len() => items.insert(*index, value.tree()),
            _ => return None,
        },
        Single::Remove { at } => {
            let (last, above) = at.split_last()?;
            match (at_mut(&mut tree, above)?, last) {
                (Tree::Map(entries), Step::Key(key)) => entries.retain(|(k, _)| k != key),
                (Tree::List(items), Step::Item(i)) if *i < items.len() => {
                    items.remove(*i);
                }
                _ => return None,
            }
        }
        Single::Move { at, from, to } => match at_mut(&mut tree, at)? {
            Tree::List(items) if *from < items.len() && *to < items.len() => {
                let item = items.remove(*from);
                items.insert(*to, item);
            }
            _ => return None,
        },
    }
    Some(tree)
}
