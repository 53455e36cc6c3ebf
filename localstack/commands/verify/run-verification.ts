import { join } from 'node:path';
import { commandEnvironment } from '../../stack/running-stack.ts';
import { reachGateway } from '../../stack/reach-gateway.ts';
import { sentenceOf } from '../../startup-error.ts';
import { readVerifyArguments, UsageError, usageOf } from './arguments.ts';
import { CheckFailed } from './check-failed.ts';
import { merchantClient, type MerchantClient } from './merchant-client.ts';
import { createSteps, type Steps, timeOf } from './steps.ts';

/** What the steps of a verification work with. */
export interface Verification {
  client: MerchantClient;
  steps: Steps;
  timeoutMs: number;
  /** Where the local test merchant is, when that is known. */
  testMerchantUrl: string | undefined;
}

export interface Script {
  command: string;
  about: string;
  /** The last sentence when all went well. */
  success: string;
  perform: (verification: Verification) => Promise<void>;
}

const root = join(import.meta.dirname, '..', '..', '..');

/** @returns the exit status: 1 when something is not as it should be, 2 when the command was typed wrongly. */
export async function runVerification(script: Script, args: string[]): Promise<number> {
  try {
    const settings = readVerifyArguments(args);
    if (settings.help) console.log(usageOf(script.command, script.about));
    return settings.help ? 0 : await verify(script, settings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usageOf(script.command, script.about)}`);
    return 2;
  }
}

async function verify(script: Script, { json, timeoutMs }: { json: boolean; timeoutMs: number }): Promise<number> {
  const startedMs = performance.now();
  const say = (text: string) => void process.stdout.write(text);
  const steps = createSteps(json ? undefined : say, process.stdout);
  let apiUrl: string | undefined;
  let problem: string | undefined;
  try {
    const gateway = await reachGateway(commandEnvironment(root, process.env));
    ({ apiUrl } = gateway);
    if (!json) say(`\n  ${apiUrl}\n\n`);
    const testMerchantUrl = gateway.testMerchantUrl ?? 'http://localhost:3002';
    await script.perform({ client: merchantClient(gateway), steps, timeoutMs, testMerchantUrl });
  } catch (error) {
    problem = error instanceof CheckFailed ? `It does not work: ${error.message}.` : sentenceOf(error);
  }
  const tookMs = Math.round(performance.now() - startedMs);
  const ok = problem === undefined;
  if (json) console.log(JSON.stringify({ ok, api: apiUrl, took_ms: tookMs, steps: steps.done, problem }));
  else if (ok) say(`\n  ${script.success}, in ${timeOf(tookMs)}.\n\n`);
  else if (steps.done.length === 0) console.error(problem);
  else say(`\n  It does not work: see the step marked ✗.\n\n`);
  return ok ? 0 : 1;
}
