//! A schedule as wasmtime's table of costs.

use super::fault;
use crate::LaneFault;
use modal_wasm_meter::Schedule;
use wasmtime::OperatorCost;

/// The schedule as wasmtime's cost table. The table's field names are the operators' names, and it is data to serde,
/// so no operator can be left out by hand.
pub(super) fn costs(schedule: &Schedule) -> Result<OperatorCost, LaneFault> {
    if schedule.function_entry != 1 {
        return Err(LaneFault::new("Fuel", "wasmtime charges one unit for a function entry, whatever the table says"));
    }
    let narrow = |gas: u32| {
        u8::try_from(gas).map_err(|_| LaneFault::new("Fuel", format!("a cost of {gas} does not fit wasmtime's table")))
    };
    let mut table = serde_json::to_value(OperatorCost::new()).map_err(fault)?;
    let fields = table.as_object_mut().ok_or_else(|| LaneFault::new("Fuel", "the cost table has no fields"))?;
    for (operator, cost) in fields.iter_mut().filter(|(name, _)| *name != "variable") {
        *cost = narrow(schedule.static_gas(operator))?.into();
    }
    let mut costs: OperatorCost = serde_json::from_value(table).map_err(fault)?;
    let byte = narrow(schedule.memory_byte)?;
    let element = narrow(schedule.table_element)?;
    costs.variable.memory_copy_per_byte = byte;
    costs.variable.memory_fill_per_byte = byte;
    costs.variable.memory_init_per_byte = byte;
    costs.variable.memory_grow_per_page = narrow(schedule.memory_grow_page)?;
    costs.variable.table_copy_per_element = element;
    costs.variable.table_fill_per_element = element;
    costs.variable.table_init_per_element = element;
    costs.variable.table_grow_per_element = narrow(schedule.table_grow_element)?;
    Ok(costs)
}
