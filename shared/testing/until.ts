/**
 * Asks again until the answer is true.
 * @throws Error with `what` and the last answer when it is not within `withinMs`.
 */
export async function until(what: string, ask: () => Promise<unknown>, withinMs = 10_000, everyMs = 50): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer === true) return;
    if (performance.now() > deadline)
      throw new Error(`${what}: not within ${withinMs} ms, last ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
