//! A ledger foretells what becomes of commits, in maps of small numbers. It is written from the rules and shares nothing
//! with the processor but the texts by which a refusal is known.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CONTRACTS: [&str; 3] = ["alpha", "beta", "gamma"];
pub(crate) const ASSETS: [&str; 2] = ["gold", "tin"];
pub(crate) const PATHS: [&str; 2] = ["/a", "/a/b"];
pub(crate) const VALUES: [&str; 3] = ["1", r#"{"k":["v",null]}"#, r#""1""#];
pub(crate) const MODULES: [&str; 3] = ["logic", "lib/logic", "lib/tax"];
pub(crate) const COMMITS: usize = 36;

/// A commit, by indices into the names above.
#[derive(Clone, Debug)]
pub(crate) struct Commit {
    pub(crate) contract: usize,
    pub(crate) id: usize,
    pub(crate) parent: Parent,
    pub(crate) ops: Vec<Op>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Parent {
    Unsaid,
    Last,
    Other(usize),
}

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Create { asset: usize, quantity: u64, divisibility: u64 },
    Send { creator: Option<usize>, asset: usize, to: usize, amount: u64 },
    Recv { commit: usize, from: Option<usize> },
    Post { path: usize, value: usize },
    Repost { source: usize, path: usize, value: usize },
    Upload { module: usize, guest: Guest },
    Invoke { module: usize, ops: Vec<Op>, complains: bool },
    Unknown,
}

/// What a module does: returns what it is told, returns nothing to do, traps, returns what another module does, or is no
/// module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Guest {
    Relay,
    Idle,
    Trap,
    Caller(usize),
    Broken,
}

/// What a program comes to: it does what it is told, nothing, or reports an error.
enum Returned {
    Told,
    Nothing,
    Error(&'static str),
}

/// What becomes of a program that stops.
const TRAPPED: &str = "trapped: Unreachable";

/// A way to get a rule wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bug {
    ReceiveTwice,
    ReceiveByAnyone,
    ReceiveOneOfSeveral,
    SendWithoutDebit,
    SendAnyFraction,
    SendWhatIsNotThere,
    CreateTwice,
    RepostOldValues,
    ReplayCommits,
    IgnoreParents,
    KeepRefused,
    IgnoreComplaints,
    InvokeForever,
    CallWhatWasThere,
    CallOthersModules,
    CallInCircles,
}

impl Bug {
    pub(crate) const ALL: [Self; 16] = [
        Self::ReceiveTwice,
        Self::ReceiveByAnyone,
        Self::ReceiveOneOfSeveral,
        Self::SendWithoutDebit,
        Self::SendAnyFraction,
        Self::SendWhatIsNotThere,
        Self::CreateTwice,
        Self::RepostOldValues,
        Self::ReplayCommits,
        Self::IgnoreParents,
        Self::KeepRefused,
        Self::IgnoreComplaints,
        Self::InvokeForever,
        Self::CallWhatWasThere,
        Self::CallOthersModules,
        Self::CallInCircles,
    ];
}

/// What was sent, and the commit that received it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flight {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) asset: (usize, usize),
    pub(crate) amount: u64,
    pub(crate) received: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    bug: Option<Bug>,
    /// Quantity and divisibility by creator and asset.
    pub(crate) assets: BTreeMap<(usize, usize), (u64, u64)>,
    /// By creator, asset and owner; none is 0.
    pub(crate) balances: BTreeMap<(usize, usize, usize), u64>,
    pub(crate) flights: BTreeMap<usize, Vec<Flight>>,
    pub(crate) posts: BTreeMap<(usize, usize), usize>,
    /// Every value that was ever posted.
    old_posts: BTreeSet<(usize, usize, usize)>,
    pub(crate) modules: BTreeMap<(usize, usize), Guest>,
    /// Those before the commit.
    old_modules: BTreeMap<(usize, usize), Guest>,
    pub(crate) heads: BTreeMap<usize, usize>,
    commits: BTreeSet<(usize, usize)>,
}

/// Done, or a part of the refusal's text.
pub(crate) type Foretold = Result<(), &'static str>;

impl Ledger {
    pub(crate) fn new(bug: Option<Bug>) -> Self {
        Self { bug, ..Self::default() }
    }

    pub(crate) fn commit(&mut self, commit: &Commit) -> Foretold {
        let mut after = self.clone();
        let foretold = after.apply(commit);
        if foretold.is_ok() || self.has(Bug::KeepRefused) {
            *self = after;
        }
        foretold
    }

    fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    fn apply(&mut self, commit: &Commit) -> Foretold {
        check_forms(&commit.ops)?;
        check_modules(&commit.ops)?;
        if !self.commits.insert((commit.contract, commit.id)) && !self.has(Bug::ReplayCommits) {
            return Err("already processed");
        }
        let last = self.heads.get(&commit.contract).copied();
        match commit.parent {
            Parent::Other(parent) if Some(parent) != last && !self.has(Bug::IgnoreParents) => {
                return Err("is not the contract's last commit");
            }
            Parent::Unsaid | Parent::Last | Parent::Other(_) => {}
        }
        self.old_modules = self.modules.clone();
        self.apply_all(commit, &commit.ops, 0)?;
        self.heads.insert(commit.contract, commit.id);
        Ok(())
    }

    fn apply_all(&mut self, commit: &Commit, ops: &[Op], depth: u32) -> Foretold {
        ops.iter().try_for_each(|op| self.apply_op(commit, op, depth))
    }

    fn apply_op(&mut self, commit: &Commit, op: &Op, depth: u32) -> Foretold {
        let me = commit.contract;
        match op {
            Op::Create { asset, quantity, divisibility } => {
                if self.assets.contains_key(&(me, *asset)) && !self.has(Bug::CreateTwice) {
                    return Err("already exists in contract");
                }
                self.assets.insert((me, *asset), (*quantity, *divisibility));
                self.balances.insert((me, *asset, me), *quantity);
                Ok(())
            }
            Op::Send { creator, asset, to, amount } => self.send(commit, (creator.unwrap_or(me), *asset), *to, *amount),
            Op::Recv { commit: sent_in, from } => self.receive(me, *sent_in, *from),
            Op::Post { path, value } => {
                self.posts.insert((me, *path), *value);
                self.old_posts.insert((me, *path, *value));
                Ok(())
            }
            Op::Repost { source, path, value } => match self.posts.get(&(*source, *path)) {
                None => Err("has no value at"),
                Some(latest) if latest == value => Ok(()),
                Some(_) if self.has(Bug::RepostOldValues) && self.old_posts.contains(&(*source, *path, *value)) => {
                    Ok(())
                }
                Some(_) => Err("is not the latest of"),
            },
            Op::Upload { module, guest } => {
                self.modules.insert((me, *module), *guest);
                Ok(())
            }
            Op::Invoke { module, ops, complains } => {
                if depth == 8 && !self.has(Bug::InvokeForever) {
                    return Err("is invoked too deep");
                }
                let Some(guest) = self.modules.get(&(me, *module)) else { return Err("not found in contract") };
                match self.run(me, *guest, &[])? {
                    Returned::Error(error) => Err(error),
                    Returned::Nothing => Ok(()),
                    Returned::Told if *complains && !self.has(Bug::IgnoreComplaints) => Err("reported errors: no"),
                    Returned::Told => {
                        check_forms(ops)?;
                        check_modules(ops)?;
                        self.apply_all(commit, ops, depth + 1)
                    }
                }
            }
            Op::Unknown => unreachable!("it has no form"),
        }
    }

    /// What a module returns that is called while others are open.
    fn run(&self, me: usize, guest: Guest, open: &[Guest]) -> Result<Returned, &'static str> {
        match guest {
            Guest::Relay => Ok(Returned::Told),
            Guest::Idle => Ok(Returned::Nothing),
            Guest::Trap => Err(TRAPPED),
            Guest::Caller(module) => {
                let open = [open, &[guest]].concat();
                let called = match self.callee(me, module) {
                    None => Returned::Error("reported errors: code -2"),
                    Some(callee) if !open.contains(&callee) => {
                        let called = self.run(me, callee, &open);
                        called.unwrap_or(Returned::Error("reported errors: code -7"))
                    }
                    Some(_) if self.has(Bug::CallInCircles) => Returned::Error("reported errors: code -5"),
                    Some(_) => Returned::Error("reported errors: code -4"),
                };
                Ok(called)
            }
            Guest::Broken => unreachable!("no broken module is stored"),
        }
    }

    fn callee(&self, me: usize, module: usize) -> Option<Guest> {
        let modules = if self.has(Bug::CallWhatWasThere) { &self.old_modules } else { &self.modules };
        let mut others = modules.iter().filter(|((_, other), _)| *other == module);
        let anyones = others.next().filter(|_| self.has(Bug::CallOthersModules));
        modules.get(&(me, module)).or(anyones.map(|(_, guest)| guest)).copied()
    }

    fn send(&mut self, commit: &Commit, asset: (usize, usize), to: usize, amount: u64) -> Foretold {
        let Some((_, divisibility)) = self.assets.get(&asset) else { return Err("not found in contract") };
        if to == commit.contract {
            return Err("Cannot transfer to same address");
        }
        if !amount.is_multiple_of(*divisibility) && !self.has(Bug::SendAnyFraction) {
            return Err("is not a multiple of divisibility");
        }
        let owner = (asset.0, asset.1, commit.contract);
        let have = self.balances.get(&owner).copied().unwrap_or(0);
        if have < amount && !self.has(Bug::SendWhatIsNotThere) {
            return Err("Insufficient balance");
        }
        if !self.has(Bug::SendWithoutDebit) {
            self.set(owner, have.saturating_sub(amount));
        }
        let flight = Flight { from: commit.contract, to, asset, amount, received: false };
        self.flights.entry(commit.id).or_default().push(flight);
        Ok(())
    }

    fn receive(&mut self, me: usize, sent_in: usize, from: Option<usize>) -> Foretold {
        let flights = self.flights.get(&sent_in).cloned().unwrap_or_default();
        let named = |flight: &Flight| from.is_none_or(|from| from == flight.from);
        if !flights.iter().any(named) {
            return Err("not found");
        }
        let anyone = self.has(Bug::ReceiveByAnyone);
        let mine = |flight: &Flight| named(flight) && (flight.to == me || anyone);
        let senders: BTreeSet<usize> = flights.iter().filter(|it| mine(it)).map(|it| it.from).collect();
        match senders.len() {
            0 => return Err("sent nothing to contract"),
            1 => {}
            _ => return Err("is in several contracts"),
        }
        if flights.iter().any(|flight| mine(flight) && flight.received) && !self.has(Bug::ReceiveTwice) {
            return Err("already received in commit");
        }
        let most = if self.has(Bug::ReceiveOneOfSeveral) { 1 } else { usize::MAX };
        for flight in flights.iter().filter(|it| mine(it)).take(most) {
            let owner = (flight.asset.0, flight.asset.1, me);
            let have = self.balances.get(&owner).copied().unwrap_or(0);
            self.set(owner, have.saturating_add(flight.amount));
        }
        for flight in self.flights.get_mut(&sent_in).into_iter().flatten().filter(|it| mine(it)).take(most) {
            flight.received = true;
        }
        Ok(())
    }

    fn set(&mut self, owner: (usize, usize, usize), amount: u64) {
        if amount == 0 {
            self.balances.remove(&owner);
        } else {
            self.balances.insert(owner, amount);
        }
    }
}

fn check_forms(ops: &[Op]) -> Foretold {
    ops.iter().try_for_each(|op| match op {
        Op::Unknown => Err("Unknown action method: burn"),
        Op::Send { amount: 0, .. } => Err("SEND action has an invalid amount"),
        Op::Create { quantity: 0, .. } => Err("CREATE action has an invalid quantity"),
        Op::Create { .. }
        | Op::Send { .. }
        | Op::Recv { .. }
        | Op::Post { .. }
        | Op::Repost { .. }
        | Op::Upload { .. }
        | Op::Invoke { .. } => Ok(()),
    })
}

fn check_modules(ops: &[Op]) -> Foretold {
    let broken = |op: &Op| matches!(op, Op::Upload { guest: Guest::Broken, .. });
    if ops.iter().any(broken) { Err("Invalid WASM module: the module is malformed") } else { Ok(()) }
}
