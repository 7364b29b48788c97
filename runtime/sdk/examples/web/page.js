// What the pages of the playground have in common.

/**
 * An element that a page has.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {{ new (): T }} type
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} '${id}'`);
}

/** @param {number} count */
export function amount(count) {
  return count.toLocaleString('en');
}
