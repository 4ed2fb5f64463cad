//! The table by which the runtime finds a field by its name on the wire.
//!
//! It is the one that `types::shape::table` of the runtime makes: the compiler does not depend on the runtime, and a program
//! should not make it when it starts.

/// Structs with no more fields than this are searched from the first field to the last.
const FEW: usize = 12;

/// Marks a free place.
const FREE: u16 = u16::MAX;

/// The table; empty where the fields are few, or more than it has numbers for.
pub(super) fn table(fields: &[&str]) -> Vec<u16> {
    if fields.len() <= FEW || fields.len() >= usize::from(FREE) {
        return Vec::new();
    }
    places(fields)
}

fn places(fields: &[&str]) -> Vec<u16> {
    let mut table = vec![FREE; (fields.len() * 2).next_power_of_two()];
    let mask = table.len() - 1;
    for (index, name) in (0_u16..).zip(fields) {
        let mut place = hash(name.as_bytes()) as usize & mask;
        while table[place] != FREE {
            place = (place + 1) & mask;
        }
        table[place] = index;
    }
    table
}

fn hash(name: &[u8]) -> u32 {
    let (first, last) = match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last))),
            _ => (name.iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte)), 0),
        },
    };
    let mixed = (first ^ last.rotate_left(29) ^ name.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::{places, table};

    #[test]
    fn the_table_is_the_one_that_the_runtime_reads() {
        // The runtime's tests read a struct by this very table.
        assert_eq!(places(&["login", "id", "password", "email"]), [3, 2, 65535, 65535, 65535, 65535, 0, 1]);
    }

    #[test]
    fn few_fields_have_no_table() {
        assert!(table(&["a"; 12]).is_empty());
        assert_eq!(table(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"]).len(), 32);
    }
}
