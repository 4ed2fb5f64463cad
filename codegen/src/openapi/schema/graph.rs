//! Strongly connected components (Tarjan's algorithm), without recursion.

/// The components of a graph: for each node the number of its component, numbered so that edges lead to lower numbers or stay
/// within, and for each component whether it has a cycle.
pub(super) struct Components {
    pub(super) of: Vec<usize>,
    /// The nodes of each component.
    pub(super) members: Vec<Vec<usize>>,
    pub(super) cyclic: Vec<bool>,
}

const UNSEEN: usize = usize::MAX;

/// The components of the graph in which `targets[start..end]` of a node, by `ranges`, are what its edges lead to.
pub(super) fn components(ranges: &[std::ops::Range<usize>], targets: &[usize]) -> Components {
    let count = ranges.len();
    let mut order = vec![UNSEEN; count];
    let mut low = vec![0; count];
    let mut result = Components { of: vec![UNSEEN; count], members: Vec::new(), cyclic: Vec::new() };
    let mut path: Vec<usize> = Vec::new();
    let mut calls: Vec<(usize, usize)> = Vec::new();
    let mut next = 0;
    for root in 0..count {
        if order[root] != UNSEEN {
            continue;
        }
        calls.push((root, ranges[root].start));
        while let Some((node, edge)) = calls.pop() {
            if edge == ranges[node].start && order[node] == UNSEEN {
                order[node] = next;
                low[node] = next;
                next += 1;
                path.push(node);
            }
            if let Some(&target) = targets[..ranges[node].end].get(edge) {
                if order[target] == UNSEEN {
                    calls.push((node, edge));
                    calls.push((target, ranges[target].start));
                } else {
                    if result.of[target] == UNSEEN {
                        low[node] = low[node].min(low[target]);
                    }
                    calls.push((node, edge + 1));
                }
                continue;
            }
            if low[node] == order[node] {
                close(node, &mut path, &mut result, ranges, targets);
            }
        }
    }
    result
}

/// Makes a component of what lies on the path from `node` on.
fn close(
    node: usize,
    path: &mut Vec<usize>,
    result: &mut Components,
    ranges: &[std::ops::Range<usize>],
    targets: &[usize],
) {
    let start = path.iter().rposition(|member| *member == node).unwrap_or_default();
    let mut members = path.split_off(start);
    members.sort_unstable();
    for member in &members {
        result.of[*member] = result.members.len();
    }
    let is_cyclic = members.len() > 1 || targets[ranges[node].clone()].contains(&node);
    result.cyclic.push(is_cyclic);
    result.members.push(members);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(edges: &[&[usize]]) -> Components {
        let mut targets = Vec::new();
        let mut ranges = Vec::new();
        for node in edges {
            ranges.push(targets.len()..targets.len() + node.len());
            targets.extend_from_slice(node);
        }
        components(&ranges, &targets)
    }

    #[test]
    fn cycles_are_components() {
        let found = run(&[&[1], &[2, 3], &[0], &[3, 4], &[], &[]]);
        assert_eq!(found.members, [vec![4], vec![3], vec![0, 1, 2], vec![5]]);
        assert_eq!(found.cyclic, [false, true, true, false]);
        assert_eq!(found.of, [2, 2, 2, 1, 0, 3]);
    }

    #[test]
    fn long_chains_do_not_exhaust_the_stack() {
        let edges: Vec<Vec<usize>> =
            (0..200_000).map(|node| if node + 1 < 200_000 { vec![node + 1] } else { vec![] }).collect();
        let edges: Vec<&[usize]> = edges.iter().map(Vec::as_slice).collect();
        assert_eq!(run(&edges).members.len(), 200_000);
    }
}
