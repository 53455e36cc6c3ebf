import { createSubscriber } from 'svelte/reactivity';

const everyMs = 5_000;

/** One clock for everything that says how long ago, and none while nothing does. */
const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, everyMs);
  return () => clearInterval(timer);
});

/** Now, in milliseconds; whoever reads it is told when it has moved on. */
export function nowMs(): number {
  subscribe();
  return Date.now();
}
