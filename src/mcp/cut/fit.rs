//! Values made to fit into a number of bytes.

use serde_json::Value;

use super::measure::{ELLIPSIS, Means, Measure, RECORD, character, frame, name_bytes};

/// What was taken away in one place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The names that lead to the place, with dots between them, as `fields` has them. Empty: the whole.
    pub(super) path: String,
    pub(super) kind: Kind,
    pub(super) shown: usize,
    pub(super) of: usize,
}

/// What a place is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Elements,
    Members,
    Characters,
}

impl Kind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Elements => "elements",
            Self::Members => "members",
            Self::Characters => "characters",
        }
    }
}

/// Shortens a value to `most` bytes of JSON, or as far as it can be; the cuts, the outermost first.
pub(super) fn fit(value: &mut Value, measure: &Measure, most: usize, means: Means) -> Vec<Cut> {
    let mut fitting = Fitting { means, path: Vec::new(), cuts: Vec::new() };
    fitting.value(value, measure, most);
    fitting.cuts
}

struct Fitting {
    means: Means,
    path: Vec<String>,
    cuts: Vec<Cut>,
}

impl Fitting {
    fn value(&mut self, value: &mut Value, measure: &Measure, most: usize) {
        if measure.bytes <= most {
            return;
        }
        match value {
            Value::Array(items) => {
                let sizes = measure.parts.iter().map(|part| part.bytes);
                let shown = fitting(sizes, most).max(1).min(items.len());
                self.cut(Kind::Elements, shown, items.len());
                items.truncate(shown);
                if let ([item], [part, ..]) = (items.as_mut_slice(), measure.parts.as_slice()) {
                    self.value(item, part, most.saturating_sub(frame(1)));
                }
            }
            Value::Object(members) => {
                let total = members.len();
                let mut shown = total;
                if self.means == Means::All && total > RECORD {
                    let sizes = members.keys().zip(&measure.parts).map(|(name, part)| name_bytes(name) + part.least);
                    shown = fitting(sizes, most).max(1);
                    self.cut(Kind::Members, shown, total);
                }
                let mut position = 0;
                members.retain(|_, _| {
                    position += 1;
                    position <= shown
                });
                let parts = measure.parts.get(..shown).unwrap_or_default();
                let fixed = frame(shown) + members.keys().map(|name| name_bytes(name)).sum::<usize>();
                let shares = shares(parts, most.saturating_sub(fixed));
                for (((name, member), part), share) in members.iter_mut().zip(parts).zip(shares) {
                    self.path.push(name.clone());
                    self.value(member, part, share);
                    self.path.pop();
                }
            }
            Value::String(text) if measure.least < measure.bytes => {
                let total = text.chars().count();
                let room = most.max(measure.least).saturating_sub(2 + ELLIPSIS.len_utf8());
                let sizes = text.chars().map(character);
                let shown = prefix(sizes, room);
                self.cut(Kind::Characters, shown, total);
                *text = text.chars().take(shown).chain([ELLIPSIS]).collect();
            }
            _ => {}
        }
    }

    fn cut(&mut self, kind: Kind, shown: usize, of: usize) {
        if shown < of {
            self.cuts.push(Cut { path: self.path.join("."), kind, shown, of });
        }
    }
}

/// How many of the first parts fit, with commas and brackets.
fn fitting(sizes: impl Iterator<Item = usize>, most: usize) -> usize {
    prefix(sizes.map(|size| size + 1), most.saturating_sub(1))
}

fn prefix(sizes: impl Iterator<Item = usize>, most: usize) -> usize {
    let mut left = most;
    sizes.map_while(|size| left.checked_sub(size).map(|rest| left = rest)).count()
}

/// How many bytes each of several parts may have: small ones stay whole, and large ones share what is left evenly.
fn shares(parts: &[Measure], most: usize) -> Vec<usize> {
    let mut spare = most.saturating_sub(parts.iter().map(|part| part.least).sum());
    let mut shares: Vec<usize> = parts.iter().map(|part| part.least).collect();
    let demand = |index: &usize| parts.get(*index).map_or(0, |part| part.bytes - part.least);
    let mut greedy: Vec<usize> = (0..parts.len()).filter(|index| demand(index) > 0).collect();
    greedy.sort_by_key(demand);
    let mut waiting = greedy.len();
    for index in greedy {
        let given = demand(&index).min(spare / waiting);
        if let Some(share) = shares.get_mut(index) {
            *share += given;
        }
        spare -= given;
        waiting -= 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fitted(mut value: Value, most: usize, means: Means) -> (Value, Vec<Cut>) {
        let measure = Measure::of(&value, means);
        let cuts = fit(&mut value, &measure, most, means);
        if most >= measure.least {
            assert!(value.to_string().len() <= most, "{} > {most}: {value}", value.to_string().len());
        }
        (value, cuts)
    }

    fn cut(path: &str, kind: Kind, shown: usize, of: usize) -> Cut {
        Cut { path: path.to_owned(), kind, shown, of }
    }

    #[test]
    fn arrays_end_after_an_element_and_what_stands_behind_them_stays() {
        let value = json!({"data": [{"id": 1}, {"id": 2}, {"id": 3}], "total": 3});
        let whole = value.to_string().len();
        let (shown, cuts) = fitted(value.clone(), whole - 1, Means::Arrays);
        assert_eq!(shown, json!({"data": [{"id": 1}, {"id": 2}], "total": 3}));
        assert_eq!(cuts, [cut("data", Kind::Elements, 2, 3)]);
        assert_eq!(fitted(value.clone(), whole, Means::Arrays), (value, Vec::new()));
    }

    #[test]
    fn an_element_that_is_too_large_alone_is_cut_within() {
        let value = json!({"orders": [{"items": [1, 2, 3, 4, 5, 6, 7, 8]}, {"items": []}]});
        let (shown, cuts) = fitted(value, 36, Means::Arrays);
        assert_eq!(shown, json!({"orders": [{"items": [1, 2, 3, 4, 5, 6]}]}));
        assert_eq!(cuts, [cut("orders", Kind::Elements, 1, 2), cut("orders.items", Kind::Elements, 6, 8)]);
    }

    #[test]
    fn several_arrays_share_the_room_and_small_ones_stay_whole() {
        let numbers = |count: usize| vec![7; count];
        let value = json!({"a": numbers(100), "b": numbers(3), "c": numbers(100)});
        let (shown, cuts) = fitted(value, 120, Means::Arrays);
        assert_eq!(shown["b"], json!([7, 7, 7]));
        let lengths = ["a", "c"].map(|name| shown[name].as_array().map_or(0, Vec::len));
        assert!(lengths[0].abs_diff(lengths[1]) <= 1 && lengths[0] > 20, "{lengths:?}");
        assert_eq!(cuts.len(), 2);
    }

    #[test]
    fn texts_and_maps_are_cut_where_arrays_are_not_enough() {
        let (shown, cuts) = fitted(json!({"text": "é".repeat(1000), "id": 1}), 300, Means::All);
        assert!(shown["text"].as_str().is_some_and(|text| text.ends_with("é…")), "{shown}");
        assert_eq!((shown["id"].as_i64(), cuts[0].kind, cuts[0].of), (Some(1), Kind::Characters, 1000));
        let map: serde_json::Map<_, _> = (0..100).map(|number| (format!("k{number}"), json!({"n": number}))).collect();
        let (shown, cuts) = fitted(json!({"map": map}), 200, Means::All);
        assert_eq!(shown["map"]["k0"], json!({"n": 0}));
        assert_eq!((cuts[0].kind, cuts[0].of), (Kind::Members, 100));
    }

    #[test]
    fn every_size_is_kept() {
        let value =
            json!({"a": [{"b": ["x\n\"", "é", {"c": [1, 2]}]}, {"b": []}], "d": "long ".repeat(60), "e": [[[]], 1]});
        for most in 0..value.to_string().len() {
            fitted(value.clone(), most, Means::Arrays);
            fitted(value.clone(), most, Means::All);
        }
    }
}
