/**
 * A SIGKILLed parent runs no clean-up, so its children have to notice by themselves. The operating system closes the
 * parent's end of a pipe whatever happened to it: that is the only message that always arrives.
 *
 * Load it with `node --import ./localstack/die-with-parent.ts script.ts`, or import it. It does nothing unless the parent
 * opened an IPC channel or said (GATEWAY_STDIN_GUARD=1) that standard input is its lifeline.
 */
import { isMainThread } from 'node:worker_threads';

const FAREWELL_MS = 800;

let guarding = false;

export function dieWithParent(): void {
  if (guarding || !isMainThread) return;
  guarding = true;
  if (process.connected) watchChannel();
  if (process.env['GATEWAY_STDIN_GUARD'] === '1') watchStdin();
}

function watchChannel(): void {
  process.once('disconnect', leave);
  // The listener alone would keep a finished process alive.
  process.channel?.unref();
}

function watchStdin(): void {
  // Standard input of our own children is something else.
  delete process.env['GATEWAY_STDIN_GUARD'];
  process.stdin.once('end', leave).once('error', leave).resume();
  process.stdin.unref();
}

function leave(): void {
  setTimeout(() => process.exit(1), FAREWELL_MS);
  if (process.listenerCount('SIGTERM') > 0) process.kill(process.pid, 'SIGTERM');
  else process.exit(1);
}

dieWithParent();
