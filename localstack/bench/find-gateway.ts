import { urlOfEmbedded } from './embedded-url.ts';
import { StartupError } from '../startup-error.ts';

/** Where the gateway under test is, and who we are to it. */
export interface GatewayUnderTest {
  apiUrl: string;
  apiKey: string;
  apiSecret: string;
  databaseUrl: string;
}

export const credentialsFrom = (env: NodeJS.ProcessEnv) => ({
  apiKey: env['API_KEY'] ?? 'key_test_abc123',
  apiSecret: env['API_SECRET'] ?? 'secret_test_xyz789',
});

/** The gateway that is running already. */
export async function findGateway(env: NodeJS.ProcessEnv): Promise<GatewayUnderTest> {
  const apiUrl = (env['API_URL'] || `http://localhost:${env['API_PORT'] || 8000}`).replace(/\/$/, '');
  const problem = await healthProblem(apiUrl);
  if (problem !== undefined) {
    throw new StartupError(
      `No gateway answers at ${apiUrl}/health (${problem}). Start it with npm start in another terminal, ` +
        'or let the benchmark start one of its own: npm run bench -- --start',
    );
  }
  const databaseUrl = env['DATABASE_URL'] || urlOfEmbedded(Number(env['POSTGRES_PORT'] || 5432));
  return { apiUrl, ...credentialsFrom(env), databaseUrl };
}

async function healthProblem(apiUrl: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${apiUrl}/health`, { signal: AbortSignal.timeout(3_000) });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const { code } = cause as { code?: string };
    return code ?? (cause instanceof Error ? cause.message : String(cause));
  }
}
