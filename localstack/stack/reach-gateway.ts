import { StartupError } from '../startup-error.ts';

/** What somebody who only speaks HTTP has to know. */
export interface Gateway {
  /** Without a slash at its end. */
  apiUrl: string;
  testMerchantUrl?: string;
  /** Both or neither: the seeded test merchant's, unless API_KEY and API_SECRET say otherwise. */
  apiKey?: string;
  apiSecret?: string;
}

const ANSWERS_WITHIN_MS = 3_000;

/** `env` is what commandEnvironment returned. */
export function gatewayFrom(env: NodeJS.ProcessEnv): Gateway {
  const { API_URL, API_PORT, API_KEY, API_SECRET, TEST_MERCHANT_URL } = env;
  return {
    apiUrl: (API_URL || `http://localhost:${API_PORT || 8000}`).replace(/\/$/, ''),
    ...(TEST_MERCHANT_URL && { testMerchantUrl: TEST_MERCHANT_URL }),
    ...(API_KEY && API_SECRET && { apiKey: API_KEY, apiSecret: API_SECRET }),
  };
}

/**
 * The gateway that is running already.
 * @throws StartupError with `advice`, what to do when none answers.
 */
export async function reachGateway(
  env: NodeJS.ProcessEnv,
  advice = 'Start it with npm start in another terminal.',
): Promise<Gateway> {
  const gateway = gatewayFrom(env);
  const problem = await healthProblem(gateway.apiUrl);
  if (problem === undefined) return gateway;
  throw new StartupError(`No gateway answers at ${gateway.apiUrl}/health (${problem}). ${advice}`);
}

async function healthProblem(apiUrl: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${apiUrl}/health`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    const { cause = error } = error as { cause?: unknown };
    const { code, message } = cause as { code?: string; message?: string };
    return code ?? message ?? String(cause);
  }
}
