//! The chart of one indicator: a bar for each year with its value, and a line for the target.
//!
//! Takes years and values; gives one SVG of 360 units across. Classes: `chart`, `ch-bar`, `ch-value`, `ch-year`,
//! `ch-axis`, `ch-target`, `ch-target-label`. Must not round values: it prints what it is given.

use super::svg::Svg;
use crate::text::format_decimal;

#[derive(Debug, Clone, PartialEq)]
pub struct ChartInput {
    /// Ids in the picture begin with it.
    pub id_prefix: String,
    pub title: String,
    pub desc: String,
    /// «%», «человек»; empty for a bare number.
    pub unit: String,
    pub target: Option<f64>,
    /// In the order to be drawn.
    pub values: Vec<(String, f64)>,
}

const WIDTH: f64 = 360.0;
const LEFT: f64 = 8.0;
/// Room above the plot: the target's words, then the values of the tallest bars.
const TOP: f64 = 48.0;
const PLOT: f64 = 130.0;
const FOOT: f64 = 26.0;

/// Draws the chart. Bars start from zero; what is no finite number is drawn as zero.
pub fn chart(input: &ChartInput) -> String {
    let height = TOP + PLOT + FOOT;
    let mut svg = Svg::new(
        ("chart", "img"),
        &input.id_prefix,
        (WIDTH, height),
        &input.title,
        &input.desc,
    );
    let finite = |v: f64| {
        if v.is_finite() {
            v.clamp(-1e12, 1e12)
        } else {
            0.0
        }
    };
    let all = || {
        input
            .values
            .iter()
            .map(|(_, v)| finite(*v))
            .chain(input.target.map(finite))
    };
    let highest = all().fold(0.0, f64::max);
    let lowest = all().fold(0.0, f64::min);
    let span = if highest - lowest > 0.0 {
        highest - lowest
    } else {
        1.0
    };
    let y = |v: f64| TOP + (highest - v) / span * PLOT;
    let count = input.values.len().max(1) as f64;
    let slot = (WIDTH - 2.0 * LEFT) / count;
    let bar = (slot * 0.6).min(64.0);
    for (index, (year, value)) in input.values.iter().enumerate() {
        let value = finite(*value);
        let middle = LEFT + slot * (index as f64 + 0.5);
        let (top, bottom) = (y(value.max(0.0)), y(value.min(0.0)));
        svg.empty(
            "rect",
            &[
                ("class", "ch-bar".into()),
                ("x", (middle - bar / 2.0).into()),
                ("y", top.into()),
                ("width", bar.into()),
                ("height", (bottom - top).max(1.0).into()),
            ],
        );
        let words = with_unit(value, &input.unit);
        // A value that the target's line would cross stands above it.
        let line = input.target.map(|t| y(finite(t)));
        let foot = line
            .filter(|line| (top - 20.0..top).contains(line))
            .map_or(top, |line| line.min(top));
        svg.words("text", &label("ch-value", middle, foot - 6.0), &words);
        svg.words("text", &label("ch-year", middle, height - 8.0), year);
    }
    line(&mut svg, "ch-axis", y(0.0));
    if let Some(target) = input.target.map(finite) {
        line(&mut svg, "ch-target", y(target));
        let words = format!("цель: {}", with_unit(target, &input.unit));
        let place = [
            ("class", "ch-target-label".into()),
            ("x", (WIDTH - LEFT).into()),
            ("y", 14.0.into()),
            ("text-anchor", "end".into()),
        ];
        svg.words("text", &place, &words);
    }
    svg.finish()
}

fn with_unit(value: f64, unit: &str) -> String {
    match unit {
        "" => format_decimal(value),
        _ => format!("{}\u{a0}{unit}", format_decimal(value)),
    }
}

fn label(class: &'static str, x: f64, y: f64) -> [(&'static str, super::svg::Value<'static>); 4] {
    [
        ("class", class.into()),
        ("x", x.into()),
        ("y", y.into()),
        ("text-anchor", "middle".into()),
    ]
}

fn line(svg: &mut Svg, class: &str, y: f64) {
    svg.empty(
        "line",
        &[
            ("class", class.into()),
            ("x1", LEFT.into()),
            ("x2", (WIDTH - LEFT).into()),
            ("y1", y.into()),
            ("y2", y.into()),
        ],
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn input(values: Vec<(String, f64)>) -> ChartInput {
        ChartInput {
            id_prefix: "c1".into(),
            title: "Доля <ОО>".into(),
            desc: "По годам".into(),
            unit: "%".into(),
            target: Some(80.0),
            values,
        }
    }

    #[test]
    fn bars_have_values_and_years() {
        let svg = chart(&input(vec![("2021".into(), 61.5), ("2022".into(), 63.1)]));
        assert!(
            svg.contains("61,5\u{a0}%")
                && svg.contains(">2022<")
                && svg.contains("цель: 80\u{a0}%"),
            "{svg}"
        );
        assert_eq!(svg.matches("ch-bar").count(), 2);
        assert!(svg.contains("Доля &lt;ОО&gt;"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_values_are_drawn(values in prop::collection::vec((any::<String>(), any::<f64>()), 0..6), target in any::<Option<f64>>()) {
            let svg = chart(&ChartInput { target, ..input(values) });
            prop_assert!(!svg.contains("NaN") || svg.contains("ch-year"));
            let mut reader = quick_xml::Reader::from_str(&svg);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => prop_assert!(false, "{error}"),
                }
            }
        }
    }
}
