import { GatewayError } from '../../../shared/contracts/errors.ts';
import { SettingsError } from '../../../shared/runtime/settings.ts';
import { StartupError } from '../../startup-error.ts';

/** PostgreSQL's own codes (its manual, appendix A), and those of the network. */
const unreachable = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|57P0[1-3])$/;
const noEntrance = /^(28\w{3}|3D000)$/;
const oldSchema = /^(42P01|42703|42883)$/;

/** The sentence for the person who typed the command: what is wrong, and what to do. Never a stack. */
export function whyNot(error: unknown, env: NodeJS.ProcessEnv): string {
  if (error instanceof SettingsError) return `${aboutProduction(env)}${error.message}`;
  if (error instanceof StartupError || error instanceof GatewayError) return error.message;
  const { code = '', message } = causeOf(error);
  if (unreachable.test(code) || message.includes('timeout')) {
    return `The database does not answer (${code || message}). ${whereItIs(env)}`;
  }
  if (noEntrance.test(code)) return `The database does not let us in (${message}). ${whereItIs(env)}`;
  if (oldSchema.test(code)) return `The database lacks what the gateway keeps in it (${message}). ${whoMigrates(env)}`;
  return `That did not work: ${message}`;
}

const isSandbox = (env: NodeJS.ProcessEnv) => env['GATEWAY_MODE'] === 'sandbox';

/** Whoever types this for the first time has a sandbox in mind that is not running. */
function aboutProduction(env: NodeJS.ProcessEnv): string {
  if (env['GATEWAY_MODE']) return '';
  return (
    'No gateway of npm start runs here. For the sandbox: npm start in another terminal, then this again.\n' +
    'Without one, and without GATEWAY_MODE, this counts as production.\n'
  );
}

function whereItIs(env: NodeJS.ProcessEnv): string {
  return env['DATABASE_URL']
    ? 'Is it running, and is DATABASE_URL right?'
    : 'Start the gateway with npm start in another terminal, or set DATABASE_URL.';
}

function whoMigrates(env: NodeJS.ProcessEnv): string {
  if (isSandbox(env)) return 'npm start brings it up to date: stop the gateway and start it again.';
  return 'Apply the migrations first (npm run migrate), or correct DATABASE_URL.';
}

/** A host with two addresses fails twice, in an error around both. */
function causeOf(error: unknown): { code?: string; message: string } {
  const { errors, code, message } = error as { errors?: unknown[]; code?: string; message?: string };
  if (!message && errors?.[0] !== undefined) return causeOf(errors[0]);
  return { ...(code !== undefined && { code }), message: message || code || String(error) };
}
