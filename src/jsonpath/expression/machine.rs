//! Running an expression on a text.

use super::{Expression, Instruction};
use crate::jsonpath::steps::{QueryError, Steps};

/// The states that an expression is in.
struct States {
    /// Those that wait for a character, and the accepting one.
    current: Vec<usize>,
    /// For each state the round in which it was last reached.
    reached: Vec<usize>,
    round: usize,
    waiting: Vec<usize>,
    /// How many states this round has reached.
    count: usize,
}

impl Expression {
    /// Whether the expression matches the whole text, or a part of it.
    pub(in crate::jsonpath) fn matches(&self, text: &str, whole: bool, steps: &mut Steps) -> Result<bool, QueryError> {
        steps.take(self.size())?;
        let size = self.instructions.len();
        let mut states =
            States { current: Vec::new(), reached: vec![0; size], round: 1, waiting: Vec::new(), count: 0 };
        states.add(self, 0, true, text.is_empty());
        let mut rest = text.chars();
        loop {
            let accepted = states.current.iter().any(|state| matches!(self.instructions[*state], Instruction::Accept));
            if accepted && !whole {
                return Ok(true);
            }
            let Some(character) = rest.next() else { return Ok(accepted) };
            let at_end = rest.as_str().is_empty();
            steps.take(states.count + 1)?;
            states.count = 0;
            let before = std::mem::take(&mut states.current);
            states.round += 1;
            for state in before {
                if matches!(&self.instructions[state], Instruction::Class(class) if class.contains(character)) {
                    states.add(self, state + 1, false, at_end);
                }
            }
            if !whole {
                states.add(self, 0, false, at_end);
            }
        }
    }
}

impl States {
    /// Adds a state and those that it reaches without a character.
    fn add(&mut self, expression: &Expression, state: usize, at_start: bool, at_end: bool) {
        self.waiting.push(state);
        while let Some(state) = self.waiting.pop() {
            if self.reached[state] == self.round {
                continue;
            }
            self.reached[state] = self.round;
            self.count += 1;
            match &expression.instructions[state] {
                Instruction::Start if at_start => self.waiting.push(state + 1),
                Instruction::End if at_end => self.waiting.push(state + 1),
                Instruction::Start | Instruction::End => {}
                Instruction::Split(first, second) => self.waiting.extend([*second, *first]),
                Instruction::Jump(to) => self.waiting.push(*to),
                Instruction::Class(_) | Instruction::Accept => self.current.push(state),
            }
        }
    }
}
