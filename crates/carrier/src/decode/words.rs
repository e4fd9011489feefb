//! Words that layout has cut or glued: takes a text in which line breaks are somebody's layout, gives it with words cut
//! by a break put together and those set apart that begin with a capital behind a small letter. Must not touch a text
//! whose lines are those of running prose.

/// The text with its words mended; `None` where none is cut or glued.
pub(crate) fn mended(text: &str) -> Option<String> {
    let mut out = String::new();
    let (mut kept, mut before) = (0, ' ');
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let cut = c == '\n' && before.is_alphabetic() && next.is_lowercase();
        let glued = c.is_uppercase() && before.is_lowercase() && next.is_lowercase();
        if cut || glued {
            out.push_str(text.get(kept..at).unwrap_or_default());
            kept = at;
            if glued {
                out.push(' ');
            } else {
                kept += 1;
            }
        }
        before = c;
    }
    if kept == 0 {
        return None;
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn words_are_put_together_and_set_apart() {
        for (text, whole) in [
            ("При\nречная СОШ", Some("Приречная СОШ")),
            ("были изПриречной школы", Some("были из Приречной школы")),
            ("в При\nречной, изОкской", Some("в Приречной, из Окской")),
            ("Приречная\nСОШ", None),
            ("МБОУ СОШ, ВКонтакте", None),
        ] {
            assert_eq!(mended(text).as_deref(), whole, "{text}");
        }
    }
}
