//! Shrinking takes a failing genome apart: whole parts first, then runs of genes, then single numbers.

use super::Contract;
use super::genome::{Digest, Gene, Genome, Kind, MemoryGenes, Role};
use proptest::arbitrary::any;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// The strategy behind [`super::contracts`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Contracts;

impl Strategy for Contracts {
    type Tree = ContractTree;
    type Value = Contract;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let seed = any::<u64>().new_tree(runner)?.current();
        Ok(ContractTree::new(Contract::from_seed(seed)))
    }
}

/// A contract and the smaller ones that have not been tried.
///
/// Edits of one kind are numbered from zero, and are tried in rounds until a whole round changes nothing.
#[derive(Clone, Debug)]
pub(super) struct ContractTree {
    /// The smallest contract that is known to fail.
    best: Contract,
    /// The contract on trial, if it is not the best.
    trial: Option<Contract>,
    edit: usize,
    number: usize,
    progress: bool,
}

/// An edit gives the `number`th smaller genome of its kind, the same one if that changes nothing, or nothing past the
/// last.
type Edit = fn(&Genome, usize) -> Option<Genome>;

const EDITS: [Edit; 6] = [without_part, without_function, with_plain_function, without_genes, without_item, with_less];

impl ContractTree {
    const fn new(best: Contract) -> Self {
        Self { best, trial: None, edit: 0, number: 0, progress: false }
    }

    /// Puts the next smaller contract on trial.
    fn advance(&mut self) -> bool {
        self.trial = None;
        loop {
            let Some(edit) = EDITS.get(self.edit) else {
                if !self.progress {
                    return false;
                }
                (self.edit, self.number, self.progress) = (0, 0, false);
                continue;
            };
            match edit(&self.best.genome, self.number) {
                Some(genome) => {
                    self.number += 1;
                    if genome != self.best.genome {
                        self.trial = Some(Contract { genome });
                        return true;
                    }
                }
                None => (self.edit, self.number) = (self.edit + 1, 0),
            }
        }
    }
}

impl ValueTree for ContractTree {
    type Value = Contract;

    fn current(&self) -> Contract {
        self.trial.as_ref().unwrap_or(&self.best).clone()
    }

    fn simplify(&mut self) -> bool {
        if let Some(smaller) = self.trial.take() {
            self.best = smaller;
            self.progress = true;
            // What followed the removed part now has its number.
            self.number = self.number.saturating_sub(1);
        }
        self.advance()
    }

    fn complicate(&mut self) -> bool {
        self.advance()
    }
}

/// Without the ABI, start, import, memory, all tables or all segments.
fn without_part(genome: &Genome, number: usize) -> Option<Genome> {
    let mut smaller = genome.clone();
    match number {
        0 => smaller.abi = None,
        1 => smaller.tables.clear(),
        2 => smaller.memory = None,
        3 => smaller.elements.clear(),
        4 => smaller.data.clear(),
        5 => smaller.globals.clear(),
        6 => smaller.start = None,
        7 => smaller.abort = false,
        8 => smaller.reversed = false,
        9 => {
            if let Some(abi) = &mut smaller.abi {
                abi.helper = None;
            }
        }
        10 => {
            if let Some(abi) = &mut smaller.abi {
                abi.breach = None;
            }
        }
        11 => {
            if let Some(abi) = &mut smaller.abi {
                abi.terse = true;
            }
        }
        12 => {
            if let Some(abi) = &mut smaller.abi {
                abi.digest = Digest::Djb;
            }
        }
        13 => {
            if let Some(memory) = &mut smaller.memory {
                *memory = MemoryGenes { pages: 1, slack: None, exported: false };
            }
        }
        _ => return None,
    }
    Some(smaller)
}

/// Without one function, or with the code of one removed, where it is still called.
fn without_function(genome: &Genome, number: usize) -> Option<Genome> {
    let mut smaller = genome.clone();
    let position = number / 2;
    if number.is_multiple_of(2) {
        if position >= genome.functions.len() {
            return None;
        }
        smaller.functions.remove(position);
        smaller.start = match genome.start {
            Some(start) if start > position => Some(start - 1),
            Some(start) if start == position => None,
            start => start,
        };
    } else {
        smaller.functions.get_mut(position)?.code.clear();
    }
    Some(smaller)
}

/// With one function simpler in one respect.
fn with_plain_function(genome: &Genome, number: usize) -> Option<Genome> {
    let mut smaller = genome.clone();
    let function = smaller.functions.get_mut(number / 8)?;
    match number % 8 {
        0 => function.role = Role::Plain,
        1 => function.witness = false,
        2 => function.exported = false,
        3 => function.params.clear(),
        4 => function.results.clear(),
        5 => function.locals.clear(),
        6 => function.args = 0,
        _ => {
            if function.role != Role::Plain {
                function.role = Role::Leaf;
            }
        }
    }
    Some(smaller)
}

/// Without a run of genes: halves of a function's code first, single genes last.
fn without_genes(genome: &Genome, mut number: usize) -> Option<Genome> {
    let longest = genome.functions.iter().map(|function| function.code.len()).max().unwrap_or(0);
    let mut run = longest.next_power_of_two();
    while run > 0 {
        for (position, function) in genome.functions.iter().enumerate() {
            let runs = function.code.len().div_ceil(run);
            if let Some(start) = (number < runs).then_some(number * run) {
                let mut smaller = genome.clone();
                let end = function.code.len().min(start + run);
                smaller.functions[position].code.drain(start..end);
                return Some(smaller);
            }
            number -= runs;
        }
        run /= 2;
    }
    None
}

/// Without one item of a list: a local, parameter, result, global, table or segment.
fn without_item(genome: &Genome, mut number: usize) -> Option<Genome> {
    let mut smaller = genome.clone();
    let Genome { functions, globals, tables, elements, data, .. } = &mut smaller;
    let types = functions.iter_mut().any(|function| {
        remove(&mut function.locals, &mut number)
            || remove(&mut function.params, &mut number)
            || remove(&mut function.results, &mut number)
    });
    let removed = types
        || remove(globals, &mut number)
        || remove(tables, &mut number)
        || remove(elements, &mut number)
        || remove(data, &mut number);
    removed.then_some(smaller)
}

/// Removes the `number`th item if there is one, and otherwise counts the list off.
fn remove<T>(list: &mut Vec<T>, number: &mut usize) -> bool {
    let found = *number < list.len();
    if found {
        list.remove(*number);
    } else {
        *number -= list.len();
    }
    found
}

/// With one gene's numbers made smaller, or the gene made a `nop`.
fn with_less(genome: &Genome, number: usize) -> Option<Genome> {
    /// Seeds are tried up to this one, because the small choices that they stand for are not in order.
    const SEEDS: usize = 6;
    const WAYS: usize = 4 + SEEDS;
    let mut smaller = genome.clone();
    let gene = smaller.functions.iter_mut().flat_map(|function| &mut function.code).nth(number / WAYS)?;
    match number % WAYS {
        0 => *gene = Gene { kind: Kind::Nop, which: 0, seed: 0 },
        1 => gene.which = 0,
        2 => gene.which %= 16,
        3 => gene.which %= 4096,
        way => gene.seed = gene.seed.min(way as u32 - 4),
    }
    Some(smaller)
}
