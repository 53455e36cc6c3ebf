import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { maxPasswordCharacters, minPasswordCharacters, passwordProblem } from '../../../shared/secrets/password.ts';
import { StartupError } from '../../startup-error.ts';

/** Far more than any password, in bytes. */
const MOST_BYTES = 4_096;

/** Asks twice and shows nothing when a person types; otherwise takes the first line of standard input. */
export function readPassword(question: string): Promise<string> {
  return process.stdin.isTTY ? askTwice(question) : firstLineOf(process.stdin);
}

async function askTwice(question: string): Promise<string> {
  const screen = readlineThatShowsNothing();
  try {
    const length = `${minPasswordCharacters} to ${maxPasswordCharacters} characters`;
    const password = await ask(screen, `${question}, ${length}, not shown while you type: `);
    const problem = passwordProblem(password);
    if (problem !== undefined) throw new StartupError(`The password ${problem}.`);
    if ((await ask(screen, 'Once more: ')) === password) return password;
    throw new StartupError('The two are not the same. The password is as it was.');
  } finally {
    screen.close();
  }
}

async function ask(screen: Interface, question: string): Promise<string> {
  // Standard output may be somebody's JSON.
  process.stderr.write(question);
  const { promise: left, reject } = Promise.withResolvers<never>();
  const leave = () => reject(new StartupError('\nNothing was changed.'));
  screen.once('SIGINT', leave).once('close', leave);
  try {
    return await Promise.race([screen.question(''), left]);
  } finally {
    screen.off('SIGINT', leave).off('close', leave);
    process.stderr.write('\n');
  }
}

function readlineThatShowsNothing(): Interface {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
}

async function firstLineOf(input: AsyncIterable<Buffer | string>): Promise<string> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of input) {
    bytes = Buffer.concat([bytes, Buffer.from(chunk)]);
    if (bytes.includes('\n') || bytes.length > MOST_BYTES) break;
  }
  const [line = ''] = bytes.toString('utf8').split('\n');
  if (line.trim() !== '') return line.replace(/\r$/, '');
  throw new StartupError('Standard input was empty: type the password in a terminal, or pipe it in as one line.');
}
