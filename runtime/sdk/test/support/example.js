// The calls of the example in the README, with what comes of them. This file runs in pages too.

/** @param {typeof import('../../src/index.js')} sdk */
export async function exampleResults({ WasmExecutor }) {
  const executor = new WasmExecutor(10_000_000);
  return {
    transaction: await executor.validateTransaction({ amount: 100, to: 'addr123' }, { min_amount: 1 }),
    post: await executor.validatePostAction('contract123', '/config/value', { key: 'value' }, {}),
    transfer: await executor.validateAssetTransfer('addr1', 'addr2', 500, { balance: 1000 }),
  };
}
