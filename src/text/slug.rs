//! Anchors and addresses from Russian words.

use unicode_normalization::UnicodeNormalization;

/// Lower-case ASCII with hyphens: «Нормативное обеспечение» → `normativnoe-obespechenie`. Empty where the text has
/// no letter or digit that can be written so.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Composed first: й taken apart would lose its breve and become i twice over.
    for c in text.nfc().flat_map(char::to_lowercase) {
        match latin(c) {
            Some(letters) => out.push_str(letters),
            None if c.is_ascii_alphanumeric() => out.push(c),
            None => {
                // «№» would come apart into a stray n.
                let base = Some(c)
                    .filter(|c| *c != '№')
                    .and_then(|c| std::iter::once(c).nfkd().next())
                    .filter(char::is_ascii_alphanumeric);
                match base {
                    Some(base) => out.push(base.to_ascii_lowercase()),
                    None if !out.is_empty() && !out.ends_with('-') => out.push('-'),
                    None => {}
                }
            }
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' => "i",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_become_anchors() {
        assert_eq!(slug("Нормативное обеспечение"), "normativnoe-obespechenie");
        assert_eq!(
            slug("  «Методический десант» — № 4.10 "),
            "metodicheskiy-desant-4-10"
        );
        assert_eq!(slug("Café Й и\u{306} ё"), "cafe-y-y-e");
        assert_eq!(slug("…"), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn anchors_are_plain_and_stable(text in any::<String>()) {
            let once = slug(&text);
            prop_assert!(once.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert!(!once.starts_with('-') && !once.ends_with('-') && !once.contains("--"));
            prop_assert_eq!(slug(&once), once.clone());
        }
    }
}
