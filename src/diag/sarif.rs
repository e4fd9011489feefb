//! Findings as SARIF 2.1.0, the form in which code-hosting services and editors show them.
//!
//! Takes the same as the printers; gives one JSON document. Every text and path goes through the mask first. Must not
//! hold a line of any source, and must not depend on anything but the findings: no time, no machine, no absolute base.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{Entry, Finding, Findings, Lang, Severity};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Message>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'a>>,
}

/// What SARIF has no place for: the registry's id, and what to do.
#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: File,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct File {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
    /// The column behind the last character, as SARIF counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
}

/// The findings as one SARIF document, in their order, with a rule for every code among them.
pub fn sarif(findings: &Findings, lang: Lang, mask: &dyn Fn(&str) -> String) -> String {
    let mut codes: BTreeMap<&'static str, &'static Entry> = BTreeMap::new();
    for finding in findings.iter() {
        // Several entries may share a code; the one whose words come first speaks for it, whatever the order.
        let entry = codes.entry(finding.code()).or_insert(finding.entry);
        if finding.entry.ru < entry.ru {
            *entry = finding.entry;
        }
    }
    let index: BTreeMap<&str, usize> = codes.keys().enumerate().map(|(i, c)| (*c, i)).collect();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: env!("CARGO_PKG_NAME"),
                    version: env!("CARGO_PKG_VERSION"),
                    rules: codes.values().map(|entry| rule(entry, lang)).collect(),
                },
            },
            language: match lang {
                Lang::Ru => "ru",
                Lang::En => "en",
            },
            // Columns of a finding count characters.
            column_kind: "unicodeCodePoints",
            results: findings
                .iter()
                .map(|finding| outcome(finding, &index, lang, mask))
                .collect(),
        }],
    };
    // Only strings and numbers are in it, so this cannot fail; an empty log would hide findings, so say it is broken.
    serde_json::to_string_pretty(&log).unwrap_or_else(|e| format!("{{\"broken\":\"{e}\"}}"))
}

fn rule(entry: &Entry, lang: Lang) -> Rule {
    let hint = entry.hint(lang);
    Rule {
        id: entry.code,
        short_description: message(&unfilled(entry.text(lang))),
        help: (!hint.is_empty()).then(|| message(&unfilled(hint))),
        default_configuration: Configuration {
            level: level(entry.severity),
        },
    }
}

fn outcome<'a>(
    finding: &'a Finding,
    index: &BTreeMap<&str, usize>,
    lang: Lang,
    mask: &dyn Fn(&str) -> String,
) -> Outcome<'a> {
    let subject = finding.subject.as_deref();
    let hint = finding.hint(lang).map(|hint| mask(&hint));
    Outcome {
        rule_id: finding.code(),
        rule_index: index.get(finding.code()).copied().unwrap_or(0),
        level: level(finding.severity),
        message: message(&mask(&finding.message(lang))),
        locations: place(finding, mask).into_iter().collect(),
        properties: (subject.is_some() || hint.is_some()).then_some(Properties { subject, hint }),
    }
}

fn place(finding: &Finding, mask: &dyn Fn(&str) -> String) -> Option<Place> {
    let path = &finding.location.path;
    if path.is_empty() {
        return None;
    }
    let span = finding.location.span.filter(|span| span.line > 0);
    let region = span.map(|span| {
        let column = (span.column > 0).then_some(span.column);
        Region {
            start_line: span.line,
            start_column: column,
            end_column: column.map(|c| c.saturating_add(span.width.max(1))),
        }
    });
    Some(Place {
        physical_location: Physical {
            artifact_location: File {
                uri: uri(&mask(path)),
            },
            region,
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Whatever RFC 3986 does not let stand in a path as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// A path as a URI reference: percent-encoded; an absolute one becomes `file:`.
fn uri(path: &str) -> String {
    let bytes = path.as_bytes();
    let drive = matches!(bytes, [d, b':', b'/', ..] if d.is_ascii_alphabetic());
    let mut out = String::with_capacity(path.len() * 3);
    if drive {
        out.push_str("file:///");
    } else if path.starts_with('/') {
        out.push_str("file://");
    }
    let (letter, rest) = path.split_at(if drive { 2 } else { 0 });
    out.push_str(letter);
    out.extend(utf8_percent_encode(rest, ESCAPED));
    out
}

/// A text in SARIF's own notation: braces are doubled, for single ones mark placeholders (3.11.5), and nothing in it
/// may be taken for an embedded link (3.11.6).
fn message(text: &str) -> Message {
    let text = text
        .replace('{', "{{")
        .replace('}', "}}")
        .replace("](", "] (");
    Message { text }
}

/// A catalogue sentence without its arguments: `{name}` becomes «…», a plural keeps its last form.
fn unfilled(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, behind)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        out.push('…');
        if let Some((_, form)) = inside.rsplit_once('|') {
            out.push('\u{a0}');
            out.push_str(form);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Location, Span};
    use serde_json::Value;

    static NAMED: Entry = Entry {
        code: "disclosure.name",
        severity: Severity::Error,
        ru: "названа школа из закрытого перечня: {n|раз|раза|раз}",
        en: "a school of the closed list is named {n|time|times}",
        hint_ru: "уберите её",
        hint_en: "take it out",
    };

    static ODD: Entry = Entry {
        code: "text.odd",
        severity: Severity::Warning,
        ru: "странный знак «{sign}»",
        en: "an odd character {sign}",
        hint_ru: "",
        hint_en: "",
    };

    fn mask(text: &str) -> String {
        text.replace("Кувшинская", "[r-01]")
    }

    fn findings() -> Findings {
        let named = |path: &str| Location::at(path.to_owned(), Span::new(3, 7, 10));
        [
            Finding::new(&ODD, Location::file("a/Кувшинская 100%.md")).arg("sign", "{[x](y)}"),
            Finding::new(&NAMED, named("site/план.html"))
                .arg("n", 2)
                .subject("r-01")
                .line_text("Кувшинская школа"),
            Finding::new(&ODD, Location::default()).arg("sign", "Кувшинская"),
            Finding::new(&ODD, named("C:/сайт/a:b.txt")).arg("sign", "?"),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn a_log_looks_like_this() {
        let log = sarif(&findings(), Lang::Ru, &mask);
        insta::assert_snapshot!(log.replace('\u{a0}', "~"), @r#"
        {
          "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
          "version": "2.1.0",
          "runs": [
            {
              "tool": {
                "driver": {
                  "name": "glasno",
                  "version": "0.1.0",
                  "rules": [
                    {
                      "id": "disclosure.name",
                      "shortDescription": {
                        "text": "названа школа из закрытого перечня: …~раз"
                      },
                      "help": {
                        "text": "уберите её"
                      },
                      "defaultConfiguration": {
                        "level": "error"
                      }
                    },
                    {
                      "id": "text.odd",
                      "shortDescription": {
                        "text": "странный знак «…»"
                      },
                      "defaultConfiguration": {
                        "level": "warning"
                      }
                    }
                  ]
                }
              },
              "language": "ru",
              "columnKind": "unicodeCodePoints",
              "results": [
                {
                  "ruleId": "text.odd",
                  "ruleIndex": 1,
                  "level": "warning",
                  "message": {
                    "text": "странный знак «{{[x] (y)}}»"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "a/%5Br-01%5D%20100%25.md"
                        }
                      }
                    }
                  ]
                },
                {
                  "ruleId": "disclosure.name",
                  "ruleIndex": 0,
                  "level": "error",
                  "message": {
                    "text": "названа школа из закрытого перечня: 2~раза"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "site/%D0%BF%D0%BB%D0%B0%D0%BD.html"
                        },
                        "region": {
                          "startLine": 3,
                          "startColumn": 7,
                          "endColumn": 17
                        }
                      }
                    }
                  ],
                  "properties": {
                    "subject": "r-01",
                    "hint": "уберите её"
                  }
                },
                {
                  "ruleId": "text.odd",
                  "ruleIndex": 1,
                  "level": "warning",
                  "message": {
                    "text": "странный знак «[r-01]»"
                  }
                },
                {
                  "ruleId": "text.odd",
                  "ruleIndex": 1,
                  "level": "warning",
                  "message": {
                    "text": "странный знак «?»"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "file:///C:/%D1%81%D0%B0%D0%B9%D1%82/a%3Ab.txt"
                        },
                        "region": {
                          "startLine": 3,
                          "startColumn": 7,
                          "endColumn": 17
                        }
                      }
                    }
                  ]
                }
              ]
            }
          ]
        }
        "#);
    }

    #[test]
    fn a_log_is_stable_and_names_nobody() {
        let log = sarif(&findings(), Lang::En, &mask);
        assert_eq!(log, sarif(&findings(), Lang::En, &mask));
        assert!(!log.contains("Кувшинск") && !log.contains("%D0%9A%D1%83%D0%B2%D1%88"));
        let mut turned: Vec<Finding> = findings().into_iter().collect();
        turned.reverse();
        let turned = sarif(&turned.into_iter().collect(), Lang::En, &mask);
        let rules = |log: &str| -> Value {
            let log: Value = serde_json::from_str(log).unwrap();
            log["runs"][0]["tool"]["driver"]["rules"].clone()
        };
        assert_eq!(rules(&log), rules(&turned));
    }

    #[test]
    fn nothing_found_is_a_whole_log_too() {
        let log: Value = serde_json::from_str(&sarif(&Findings::new(), Lang::Ru, &mask)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(log["runs"][0]["results"], Value::Array(vec![]));
    }

    #[test]
    fn paths_become_addresses() {
        assert_eq!(
            uri("site/a b/план#1.html"),
            "site/a%20b/%D0%BF%D0%BB%D0%B0%D0%BD%231.html"
        );
        assert_eq!(uri("/srv/a"), "file:///srv/a");
        assert_eq!(uri("C:/a:b"), "file:///C:/a%3Ab");
        assert_eq!(uri("a:b"), "a%3Ab");
    }

    #[test]
    fn a_rule_has_no_holes() {
        assert_eq!(
            unfilled("{n|школа|школы|школ} в {file}, скобка {"),
            "…\u{a0}школ в …, скобка {"
        );
    }
}
