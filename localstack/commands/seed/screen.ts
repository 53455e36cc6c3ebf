import type { Filled } from './fill.ts';

const grouped = (count: number) => count.toLocaleString('en-US');

/** On a terminal one line that counts up, elsewhere a line for every tenth of the way. */
export function showProgress(payments: number): (made: number) => void {
  let told = 0;
  return (made) => {
    const line = `  ${grouped(made)} of ${grouped(payments)} payments`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${made === payments ? '\n' : ''}`);
    else if (made === payments || made - told >= payments / 10) {
      console.log(line);
      told = made;
    }
  };
}

export function filledScreen(filled: Filled, tookMs: number): string {
  const { orders, payments, refunds, events, webhook_logs: deliveries } = filled;
  const counts = Object.entries({ orders, payments, refunds, events, deliveries });
  const all = counts.map(([name, count]) => `${grouped(count)} ${name}`).join(', ');
  return `  ${all}, in ${(tookMs / 1_000).toFixed(1)} s.\n  npm run doctor finds nothing wrong with them.`;
}
