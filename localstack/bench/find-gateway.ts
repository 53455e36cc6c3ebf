import { reachGateway } from '../stack/reach-gateway.ts';
import { urlOfEmbedded } from './embedded-url.ts';

/** Where the gateway under test is, and who we are to it. */
export interface GatewayUnderTest {
  apiUrl: string;
  apiKey: string;
  apiSecret: string;
  databaseUrl: string;
}

export const seededCredentials = { apiKey: 'key_test_abc123', apiSecret: 'secret_test_xyz789' };

/** The gateway that is running already. */
export async function findGateway(env: NodeJS.ProcessEnv): Promise<GatewayUnderTest> {
  const { apiUrl, apiKey, apiSecret } = await reachGateway(
    env,
    'Start it with npm start in another terminal, or let the benchmark start one of its own: npm run bench -- --start',
  );
  const databaseUrl = env['DATABASE_URL'] || urlOfEmbedded(Number(env['POSTGRES_PORT'] || 5432));
  const credentials = apiKey && apiSecret ? { apiKey, apiSecret } : seededCredentials;
  return { apiUrl, ...credentials, databaseUrl };
}
