// A warm-up is how often a case is run before the time that counts: engines compile again what has run often.

/**
 * How often, by the worker's arguments.
 * @param {string[]} args
 * @returns {number}
 */
export function warmUps(args) {
  const [option, ...rest] = args;
  if (option === undefined) return 0;
  const [, times] = /^--warm-up=(\d{1,4})$/.exec(option) ?? [];
  if (times === undefined || rest.length > 0) throw new Error(`the worker takes --warm-up=TIMES, not ${args.join(' ')}`);
  return Number(times);
}
