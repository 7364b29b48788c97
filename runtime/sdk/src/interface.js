// An interface is what the meter tells of an original module: what it exports, with the types that the JavaScript API
// does not give, and what of it can be inspected.

/** @typedef {'i32' | 'i64' | 'f32' | 'f64' | 'funcref' | 'externref'} ValueType */

/** @typedef {{ params: readonly ValueType[], results: readonly ValueType[] }} FunctionType */

/** @typedef {({ kind: 'function' } & FunctionType) | { kind: 'memory' | 'table' | 'global' }} ExportItem */

/** @typedef {{ value: ValueType, mutable: boolean }} GlobalType */

/**
 * An interface as the meter writes it; what the SDK has no use for is left out.
 * @typedef {object} InterfaceJson
 * @property {{ name: string, item: ExportItem }[]} exports
 * @property {boolean} has_memory
 * @property {number} initial_pages
 * @property {{ element: ValueType, minimum: number }[]} tables
 * @property {GlobalType[]} globals
 * @property {number[]} functions
 */

/** What is known of an original module. */
export class Interface {
  /** @param {InterfaceJson} json */
  constructor(json) {
    /** @type {ReadonlyMap<string, ExportItem>} what the original itself exports, by name */
    this.exports = new Map(json.exports.map(({ name, item }) => [name, item]));
    /** @type {boolean} */
    this.hasMemory = json.has_memory;
    /** @type {number} pages that the memory starts with */
    this.initialPages = json.initial_pages;
    /** @type {readonly { element: ValueType, minimum: number }[]} every table, with the elements that it starts with */
    this.tables = json.tables;
    /** @type {readonly GlobalType[]} every global */
    this.globals = json.globals;
    /** @type {readonly number[]} the functions that a reference can point to */
    this.functions = json.functions;
  }

  get hasTable() {
    return this.tables.length > 0;
  }
}
