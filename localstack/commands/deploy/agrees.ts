import { createInterface } from 'node:readline/promises';

/** Asks the person at the terminal. Where nobody is, nobody agrees. */
export async function agrees(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error('Nobody is there to agree: --yes goes on without asking.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} (y/N) `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
