//! I-Regexp ([RFC 9485](https://www.rfc-editor.org/rfc/rfc9485)), matched in time proportional to the text.
//!
//! Both expressions and texts may come from an upstream, so no engine that goes back in the text will do. An expression
//! is a small machine, all of whose states go through the text side by side.
//!
//! `^` and `$` stand for the ends of the text, as every implementation has it. The RFC's grammar makes them ordinary
//! characters, which nobody means.

mod class;
mod machine;
mod parse;

use self::class::Class;

/// The most instructions of an expression.
const MAX_SIZE: usize = 10_000;

/// A compiled expression.
#[derive(Debug)]
pub(super) struct Expression {
    instructions: Vec<Instruction>,
}

#[derive(Debug)]
enum Instruction {
    /// One character.
    Class(Class),
    /// The beginning of the text.
    Start,
    /// The end of the text.
    End,
    /// Goes on with both.
    Split(usize, usize),
    Jump(usize),
    /// The text matches.
    Accept,
}

/// An expression as a tree.
#[derive(Debug)]
enum Node {
    Class(Class),
    Start,
    End,
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat { node: Box<Node>, least: u32, most: Option<u32> },
}

impl Expression {
    /// Compiles an expression; `None` where the text is none, or too large a one.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let node = parse::parse(pattern)?;
        let mut instructions = Vec::new();
        emit(&node, &mut instructions)?;
        instructions.push(Instruction::Accept);
        Some(Self { instructions })
    }

    /// How many instructions it has.
    pub(super) fn size(&self) -> usize {
        self.instructions.len()
    }
}

/// Appends the instructions of a node. The parser limits how deep nodes are nested.
fn emit(node: &Node, to: &mut Vec<Instruction>) -> Option<()> {
    match node {
        Node::Class(class) => to.push(Instruction::Class(class.clone())),
        Node::Start => to.push(Instruction::Start),
        Node::End => to.push(Instruction::End),
        Node::Sequence(nodes) => nodes.iter().try_for_each(|node| emit(node, to))?,
        Node::Choice(nodes) => emit_choice(nodes, to)?,
        Node::Repeat { node, least, most } => emit_repeat(node, *least, *most, to)?,
    }
    (to.len() < MAX_SIZE).then_some(())
}

fn emit_choice(nodes: &[Node], to: &mut Vec<Instruction>) -> Option<()> {
    let mut jumps = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let split = to.len();
        if index + 1 < nodes.len() {
            to.push(Instruction::Split(split + 1, 0));
            emit(node, to)?;
            jumps.push(to.len());
            to.push(Instruction::Jump(0));
            to[split] = Instruction::Split(split + 1, to.len());
        } else {
            emit(node, to)?;
        }
    }
    let end = to.len();
    for jump in jumps {
        to[jump] = Instruction::Jump(end);
    }
    Some(())
}

fn emit_repeat(node: &Node, least: u32, most: Option<u32>, to: &mut Vec<Instruction>) -> Option<()> {
    for _ in 0..least {
        let before = to.len();
        emit(node, to)?;
        if to.len() == before {
            // Nothing, however often it is repeated.
            return Some(());
        }
    }
    let Some(most) = most else {
        let split = to.len();
        to.push(Instruction::Split(split + 1, 0));
        emit(node, to)?;
        to.push(Instruction::Jump(split));
        to[split] = Instruction::Split(split + 1, to.len());
        return Some(());
    };
    let mut splits = Vec::new();
    for _ in least..most {
        splits.push(to.len());
        to.push(Instruction::Split(0, 0));
        emit(node, to)?;
    }
    let end = to.len();
    for split in splits {
        to[split] = Instruction::Split(split + 1, end);
    }
    Some(())
}

#[cfg(test)]
mod tests;
