import { nearestName } from './nearest-name.ts';
import type { Reader } from './readers.ts';
import { type Variable, type VariableName, variables } from './variables.ts';

const queueUrls = ['SETTLE_PAYMENT_QUEUE_URL', 'SETTLE_REFUND_QUEUE_URL', 'DELIVER_WEBHOOK_QUEUE_URL'] as const;

type Values = {
  [K in VariableName]: (typeof variables)[K] extends { read: Reader<infer T> } ? T : never;
};
type Optional =
  | 'QUEUE_BACKEND'
  | 'REDIS_URL'
  | (typeof queueUrls)[number]
  | 'IDEMPOTENCY_TABLE'
  | 'SEALING_KEYS'
  | 'EDGE_SECRET'
  | 'WEBHOOK_ALLOW_CIDRS'
  | 'REFUND_PROCESSING_DELAY';

/** All settings, parsed. Names are the environment's, so that a setting is found by one search. */
export type Settings = Readonly<Omit<Values, Optional> & { [K in Optional]: Values[K] | undefined }>;

export class SettingsError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/** These say no outside the sandbox: each would hand a stranger money, secrets or a way into the network. */
const productionRefuses: Partial<Record<VariableName, (value: string) => boolean>> = {
  SEED_TEST_MERCHANT: (value) => value === 'true',
  WEBHOOK_ALLOW_CIDRS: () => true,
};

/**
 * Reads the settings from an environment.
 * @throws SettingsError that names every wrong variable, what it should be and what it was.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables) as [VariableName, Variable][]) {
    // serverless.yml passes unset variables on as empty strings.
    const given = env[name] === '' ? undefined : env[name];
    const text = given ?? variable.default;
    if (text === undefined) continue;
    const reading = variable.read(text);
    if ('value' in reading) settings[name] = reading.value;
    else problems.push(`${name} must be ${reading.expected}, not ${shown(name, text)}.`);
    if (env.GATEWAY_MODE !== 'sandbox' && given !== undefined && productionRefuses[name]?.(given)) {
      problems.push(`${name} is for the sandbox only: remove it, or set GATEWAY_MODE=sandbox.`);
    }
  }
  problems.push(...misspelt(env));
  if (env.GATEWAY_MODE !== 'sandbox' && settings.SEALING_KEYS === undefined) {
    problems.push(
      'SEALING_KEYS is missing: secrets are never stored unsealed. Make a key with: openssl rand -base64 32',
    );
  }
  if (settings.QUEUE_BACKEND === 'redis' && settings.REDIS_URL === undefined) {
    problems.push('REDIS_URL is missing: QUEUE_BACKEND=redis needs to know where Redis is.');
  }
  if (settings.QUEUE_BACKEND === 'sqs') {
    const missing = queueUrls.filter((name) => settings[name] === undefined);
    problems.push(
      ...missing.map((name) => `${name} is missing: QUEUE_BACKEND=sqs needs to know where its queues are.`),
    );
  }
  if (settings.IDEMPOTENCY_STORE === 'dynamodb' && settings.IDEMPOTENCY_TABLE === undefined) {
    problems.push('IDEMPOTENCY_TABLE is missing: IDEMPOTENCY_STORE=dynamodb needs to know its table.');
  }
  if ((settings.PROCESSING_DELAY_MIN as number) > (settings.PROCESSING_DELAY_MAX as number)) {
    problems.push('PROCESSING_DELAY_MIN must not be larger than PROCESSING_DELAY_MAX.');
  }
  if (problems.length > 0) throw new SettingsError(problems);
  settings.QUEUE_BACKEND ??= settings.REDIS_URL === undefined ? 'postgres' : 'redis';
  return Object.freeze(settings) as Settings;
}

/** Secrets, and addresses with passwords wherever they were put, are not repeated in an error that may be logged. */
const shown = (name: VariableName, text: string) =>
  secrets.includes(name) || name.endsWith('_URL') || text.includes('@') ? 'what it is now' : JSON.stringify(text);
const secrets: readonly VariableName[] = ['SEALING_KEYS', 'EDGE_SECRET'];

/** A misspelt variable would silently leave its default in force, so a near miss stops the start. */
function misspelt(env: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(variables);
  return Object.keys(env)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = nearestName(name, known);
      return meant === undefined ? [] : [`${name} is not a setting; did you mean ${meant}?`];
    });
}
