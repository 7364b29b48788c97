// The page in which a browser observes, by itself or by a worker of its own.

import { stopped, work } from './work.js';

try {
  const { inWorker } = await (await fetch('/worker/options')).json();
  if (inWorker) {
    const worker = new Worker(new URL('in-worker.js', import.meta.url), { type: 'module' });
    // What goes wrong before it can say so itself.
    worker.onerror = ({ message }) => stopped(message);
  } else {
    await work();
  }
} catch (error) {
  await stopped(error);
}
