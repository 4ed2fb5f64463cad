//! Strings and numbers (section 2.3.1.1 and 2.3.5.1 of the RFC).

use super::fault::Fault;
use super::parser::Parser;
use crate::ir::json_path::Literal;

impl Parser<'_> {
    /// A string in quotes of either kind.
    pub(super) fn string(&mut self) -> Result<String, Fault> {
        let start = self.position;
        let quote = if self.eat("'") { '\'' } else { '"' };
        self.position = start + 1;
        let mut string = String::new();
        loop {
            let range = self.here();
            let Some(character) = self.peek() else {
                let fault = Fault::new(start..self.position, "the string has no end");
                return Err(fault.suggest(format!("write {quote} behind it")));
            };
            self.position = range.end;
            match character {
                '\\' => string.push(self.escape(quote)?),
                '\0'..='\x1f' => {
                    let message = format!("`{}` stands in no string as it is", character.escape_debug());
                    let code = u32::from(character);
                    return Err(Fault::new(range, message).suggest(format!("write `\\u{code:04x}`")));
                }
                _ if character == quote => return Ok(string),
                _ => string.push(character),
            }
        }
    }

    /// What follows a `\`.
    fn escape(&mut self, quote: char) -> Result<char, Fault> {
        let start = self.position - 1;
        let Some(character) = self.peek() else { return Err(self.expected("an escaped character")) };
        self.position += character.len_utf8();
        Ok(match character {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' | '\\' => character,
            'u' => return self.code(start),
            _ if character == quote => character,
            _ => {
                let message = format!("there is no escape `\\{}`", character.escape_debug());
                let fault = Fault::new(start..self.position, message);
                return Err(match character {
                    '\'' | '"' => fault.suggest(format!("write {character} without `\\`")),
                    _ => fault.suggest(format!("write `\\\\{}` for a `\\`", character.escape_debug())),
                });
            }
        })
    }

    /// `\uXXXX`, or two of them for characters beyond U+FFFF.
    fn code(&mut self, start: usize) -> Result<char, Fault> {
        let first = self.hexadecimal()?;
        let code = match first {
            0xD800..=0xDBFF if self.eat("\\u") => match self.hexadecimal()? {
                second @ 0xDC00..=0xDFFF => 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00),
                _ => first,
            },
            _ => first,
        };
        char::from_u32(code).ok_or_else(|| {
            let message = "half of a surrogate pair is no character";
            Fault::new(start..self.position, message).suggest("write the character itself, or both halves")
        })
    }

    fn hexadecimal(&mut self) -> Result<u32, Fault> {
        let digits = self.rest().bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
        let end = self.position + digits;
        let number = u32::from_str_radix(&self.text[self.position..end], 16);
        self.position = end;
        match number {
            Ok(number) if digits == 4 => Ok(number),
            _ => Err(self.expected("four hexadecimal digits")),
        }
    }

    /// A number of a filter.
    pub(super) fn number(&mut self) -> Result<Literal, Fault> {
        let start = self.position;
        self.eat("-");
        let digits = self.eat_while(|character| character.is_ascii_digit());
        if digits.is_empty() {
            return Err(self.expected("a digit"));
        }
        if digits.len() > 1 && digits.starts_with('0') {
            return Err(Fault::new(start..self.position, "a number has no leading zeros"));
        }
        let mut is_whole = true;
        if self.eat(".") {
            is_whole = false;
            self.digits()?;
        }
        if self.eat("e") || self.eat("E") {
            is_whole = false;
            let _ = self.eat("-") || self.eat("+");
            self.digits()?;
        }
        let number = self.since(start);
        if let (true, Ok(number)) = (is_whole, number.parse()) {
            return Ok(Literal::Integer(number));
        }
        match number.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Literal::Float(number)),
            _ => Err(Fault::new(start..self.position, "the number is larger than JSON numbers get")),
        }
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if self.eat_while(|character| character.is_ascii_digit()).is_empty() {
            return Err(self.expected("a digit"));
        }
        Ok(())
    }
}
