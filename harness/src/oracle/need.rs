//! A need is the least gas limit under which a step that completes would do what it did.
//!
//! It is the gas that the step used, unless it called other modules: a module is given at most what its caller has left
//! less one 64th, so for a moment more must be there than is used in the end. What a lane logged of the calls says how
//! much. This is rule 9 of the meter's rules read backwards, and shares no code with what applies it.

use crate::Case;
use crate::observation::{HostCall, ModuleCall, Step};
use modal_wasm_runtime::Value;

/// The part of its gas that a caller keeps: one of so many.
const KEPT_PART: u64 = 64;

/// The need of a completed step.
///
/// There is none if a module failed on a budget that came from what its caller had left: it used all of that, so under
/// any other limit the step would have used other gas.
pub(crate) fn need(case: &Case, step: &Step) -> Option<u64> {
    let limit = step.gas_used.checked_add(step.gas_left)?;
    of_calls(case, &step.host_calls, limit, step.gas_used)
}

/// The need of what ran under `limit`, used so much of it, and made these calls.
fn of_calls(case: &Case, calls: &[HostCall], limit: u64, used: u64) -> Option<u64> {
    let needs = calls.iter().filter_map(|call| Some((call, call.called.as_ref()?)));
    needs.map(|(call, called)| of_call(case, call, called, limit)).try_fold(used, |most, need| Some(most.max(need?)))
}

/// What a caller under `limit` needs for one of its calls to come to what it came to.
fn of_call(case: &Case, call: &HostCall, called: &ModuleCall, limit: u64) -> Option<u64> {
    let spent = limit.checked_sub(called.gas_before)?;
    let asked = asked(case, call, called)?;
    if called.gas_limit == 0 {
        // Without a budget it failed for a reason that is not gas, or because none was asked for, or none was left.
        return (asked == 0 || called.gas_before > 0).then_some(spent);
    }
    let budget = if called.returned >= 0 {
        of_calls(case, &called.host_calls, called.gas_limit, called.gas_used)?
    } else if called.gas_limit == asked {
        asked
    } else {
        return None;
    };
    spent.checked_add(offering(budget))
}

/// The most that the module may be given, whatever is left: what the guest says and the module's own limit.
fn asked(case: &Case, call: &HostCall, called: &ModuleCall) -> Option<u64> {
    let gas = match call.args.get(4)?.parse() {
        Ok(Value::I64(gas)) => gas,
        _ => return None,
    };
    let module = called.name.split('#').next().unwrap_or_default();
    Some(case.modules.get(module).map_or(gas, |module| module.gas.min(gas)))
}

/// The least gas of which, less one 64th, so much is left.
fn offering(budget: u64) -> u64 {
    let Some(below) = budget.checked_sub(1) else { return 0 };
    // The least x with x - floor(x / 64) >= budget: 63 of every 64 units are offered. Gas stays below 2^62.
    let whole = below / (KEPT_PART - 1) * KEPT_PART;
    whole + below % (KEPT_PART - 1) * KEPT_PART / (KEPT_PART - 1) + 1
}

#[cfg(test)]
mod tests {
    use super::offering;

    #[test]
    fn what_is_offered_is_just_enough() {
        let offered = |left: u64| left - left / 64;
        let edges = (0..5_000).chain([(1 << 62) - 1, 1 << 61, 63 << 50, 10_000_000]);
        for budget in edges {
            let left = offering(budget);
            assert!(offered(left) >= budget, "{left} offers less than {budget}");
            assert!(left == 0 || offered(left - 1) < budget, "less than {left} offers {budget}");
        }
    }
}
