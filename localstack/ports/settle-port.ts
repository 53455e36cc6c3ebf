import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '../startup-error.ts';
import { findFreePort, isPortTaken } from './is-port-taken.ts';
import { portHolder } from './port-holder.ts';

export interface PortWish {
  /** What listens there, in the words of the sentence: "the API". */
  purpose: string;
  variable: string;
  standard: number;
  /** Nobody types the port of an embedded server, so it may move; people and webhooks know the API's. */
  mayMove: boolean;
}

export interface SettledPort {
  port: number;
  /** One line to tell when the standard port was taken and another one was chosen. */
  notice?: string;
}

const RETRY_EVERY_MS = 100;

/** `patienceMs`: how long a taken port may still be let go by the remains of a stack that was killed. */
export async function settlePort(wish: PortWish, env: NodeJS.ProcessEnv, patienceMs = 0): Promise<SettledPort> {
  const asked = env[wish.variable];
  const port = asked ? parsePort(wish.variable, asked) : wish.standard;
  if (!(await staysTaken(port, patienceMs))) return { port };
  if (asked || !wish.mayMove) throw new StartupError(takenSentence(port, wish));
  const free = await findFreePort(port + 1);
  return { port: free, notice: `Port ${port} is taken by ${holder(port)}; ${wish.purpose} uses ${free} instead.` };
}

function parsePort(variable: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new StartupError(`${variable} must be a port number from 1 to 65535, but it is "${text}".`);
}

async function staysTaken(port: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (await isPortTaken(port)) {
    if (Date.now() >= deadline) return true;
    await delay(RETRY_EVERY_MS);
  }
  return false;
}

function takenSentence(port: number, { purpose, variable, standard }: PortWish): string {
  const example = `${variable}=${port === standard ? port + 1 : standard} npm start`;
  return `Port ${port}, wanted for ${purpose}, is taken by ${holder(port)}. Stop it, or choose another port: ${example}`;
}

function holder(port: number): string {
  return portHolder(port) ?? 'another process';
}
