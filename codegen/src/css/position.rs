//! Places among elements: `2n + 1`, `odd`, `3`.

use super::scanner::Scanner;
use crate::fault::Fault;

/// The step and the offset of a place, up to the closing parenthesis.
pub(super) fn read(scanner: &mut Scanner<'_>) -> Result<(i32, i32), Fault> {
    let start = scanner.position;
    while scanner.peek().is_some_and(|next| next != ')') {
        scanner.next();
    }
    let text = scanner.since(start).trim().to_ascii_lowercase();
    place(&text).ok_or_else(|| {
        Fault::new(start..scanner.position, format!("`{text}` is no place among elements"))
            .suggest("write a number, `odd`, `even`, or a rule such as `2n + 1`")
    })
}

fn place(text: &str) -> Option<(i32, i32)> {
    match text {
        "odd" => return Some((2, 1)),
        "even" => return Some((2, 0)),
        _ => {}
    }
    let Some((step, offset)) = text.split_once('n') else { return Some((0, number(text)?)) };
    let step = match step {
        "" | "+" => 1,
        "-" => -1,
        step => number(step)?,
    };
    let offset = offset.trim_start();
    let sign = match offset.bytes().next() {
        None => return Some((step, 0)),
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(_) => return None,
    };
    let digits = offset[1..].trim_start();
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| number(digits))?.map(|offset| (step, sign * offset))
}

/// A number that cannot overflow where places are counted.
fn number(text: &str) -> Option<i32> {
    const MAX: i32 = 1_000_000;
    text.parse().ok().filter(|number| (-MAX..=MAX).contains(number))
}
