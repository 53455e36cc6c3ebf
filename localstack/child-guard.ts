/**
 * `node child-guard.ts <signal> -- command args`: runs a command we do not own and ends it when our standard input closes,
 * which it does when the parent dies in whatever way. Windows only; elsewhere a shell does the same for a tenth of the memory.
 */
import { spawn } from 'node:child_process';

const [signal, , file, ...args] = process.argv.slice(2);
if (!signal || !file) throw new Error('usage: child-guard.ts <signal> -- command args');

const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.stdin.once('end', () => child.kill(signal as NodeJS.Signals)).resume();
