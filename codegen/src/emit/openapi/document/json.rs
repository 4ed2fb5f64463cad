//! Writing JSON.

use crate::emit::openapi::types::json as value;
use crate::ir::types::Literal;

/// JSON under construction: values one behind the other, with commas where they belong.
#[derive(Debug, Default)]
pub(in crate::emit) struct Json {
    text: String,
}

impl Json {
    pub(in crate::emit) fn finish(self) -> String {
        self.text
    }

    /// Begins a member; its value comes next.
    pub(in crate::emit) fn key(&mut self, key: &str) -> &mut Self {
        self.text(key);
        self.text.push(':');
        self
    }

    pub(in crate::emit) fn text(&mut self, text: &str) {
        self.separate();
        value::text_of(text, &mut self.text);
    }

    pub(in crate::emit) fn literal(&mut self, literal: &Literal) {
        self.separate();
        value::write(literal, &mut self.text);
    }

    /// A value that is JSON already.
    pub(in crate::emit) fn raw(&mut self, json: &str) {
        self.separate();
        self.text.push_str(json);
    }

    pub(in crate::emit) fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push('{');
        members(self);
        self.text.push('}');
    }

    pub(in crate::emit) fn array(&mut self, elements: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push('[');
        elements(self);
        self.text.push(']');
    }

    pub(in crate::emit) fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.array(|json| texts.into_iter().for_each(|text| json.text(text)));
    }

    /// A member that is left out where it is empty.
    pub(in crate::emit) fn text_member(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.key(key).text(text);
        }
    }

    /// A member that is left out where it is false.
    pub(in crate::emit) fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.key(key).raw("true");
        }
    }

    /// A member that is left out where it is not there.
    pub(in crate::emit) fn count(&mut self, key: &str, count: Option<u64>) {
        if let Some(count) = count {
            self.key(key).raw(&count.to_string());
        }
    }

    /// A value that follows another one is behind a comma.
    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn commas_stand_between_values() {
        let mut json = Json::default();
        json.key("a{").text("b:[");
        json.key("c").object(|json| {
            json.flag("left out", false);
            json.flag("d", true);
            json.count("e", Some(1));
        });
        json.key("f").array(|json| {
            json.object(|_| {});
            json.texts(["\"", "\u{202e}"]);
        });
        assert_eq!(json.finish(), r#""a{":"b:[","c":{"d":true,"e":1},"f":[{},["\"","\u202e"]]"#);
    }
}
