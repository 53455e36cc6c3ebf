import { readSettings, type Settings, SettingsError } from '../runtime/settings.ts';
import { fault, type Finding, ok, warning } from './finding.ts';

const section = 'configuration';

type Doubt = {
  readonly name: string;
  readonly isDoubtful: (settings: Settings) => boolean;
  readonly says: string;
  readonly todo: string;
};

const limits = [
  'RATE_LIMIT_MERCHANT',
  'RATE_LIMIT_PUBLIC_IP',
  'RATE_LIMIT_PUBLIC_ORDER',
  'RATE_LIMIT_LOGIN',
  'RATE_LIMIT_WRONG_CREDENTIALS',
] as const;

/** Allowed, and yet nothing anybody wants where real money moves. */
const doubts: readonly Doubt[] = [
  {
    name: 'TEST_MODE',
    isDoubtful: ({ TEST_MODE }) => TEST_MODE,
    says: 'the outcome of every payment is certain, and known to everybody',
    todo: 'Unset it.',
  },
  {
    name: 'WEBHOOK_RETRY_INTERVALS_TEST',
    isDoubtful: ({ WEBHOOK_RETRY_INTERVALS_TEST: intervals }) => intervals === 'true',
    says: 'webhooks are given up within a minute',
    todo: 'Unset it.',
  },
  {
    name: 'DATABASE_URL',
    isDoubtful: ({ DATABASE_URL: url }) => new URL(url).password === 'gateway_pass',
    says: 'the password of the database is the one in the documentation',
    todo: 'Set one of your own.',
  },
  ...limits.map((name) => ({
    name,
    isDoubtful: (settings: Settings) => settings[name] === 0,
    says: 'nobody is limited',
    todo: 'Set a limit, or unset it.',
  })),
];

/** @returns no settings when they are not usable. */
export function examineConfiguration(env: NodeJS.ProcessEnv): { settings?: Settings; findings: Finding[] } {
  try {
    const settings = readSettings(env);
    const found = settings.GATEWAY_MODE === 'production' ? doubts.filter((doubt) => doubt.isDoubtful(settings)) : [];
    const findings = found.map(({ name, says, todo }) =>
      warning({ section, name }, `${name} in production: ${says}.`, todo),
    );
    const good = ok({ section, name: 'settings' }, `The settings are usable (${settings.GATEWAY_MODE} mode).`);
    return { settings, findings: findings.length > 0 ? findings : [good] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const todo = 'Correct it in the environment or in .env.';
    return {
      findings: error.problems.map((problem) => fault({ section, name: problem.split(' ')[0] ?? '' }, problem, todo)),
    };
  }
}
