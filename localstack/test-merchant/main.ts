import { readShopSettings } from './shop/shop-settings.ts';
import { isTaken, startTestMerchant } from './start-test-merchant.ts';

const DEFAULT_PORT = 3002;
// The secret of the merchant that the sandbox seeds.
const DEFAULT_SECRET = 'whsec_test_abc123';

// Nothing here is worth saving, so nothing is worth waiting for.
process.once('SIGTERM', () => process.exit(0));
process.once('SIGINT', () => process.exit(0));
if (process.env['DIE_WITH_STDIN'] === '1') {
  process.stdin.resume();
  process.stdin.once('close', () => process.exit(0));
  process.stdin.once('end', () => process.exit(0));
}

const portText = process.env['TEST_MERCHANT_PORT'] || String(DEFAULT_PORT);
try {
  await startTestMerchant({
    port: readPort(portText),
    secret: process.env['WEBHOOK_SECRET'] || DEFAULT_SECRET,
    listenAddress: process.env['LISTEN_ADDRESS'] || undefined,
    apiUrl: readUrl('API_URL'),
    upstreamUrl: readUrl('API_UPSTREAM_URL'),
    shop: readShopSettings(process.env),
  });
  console.log('test merchant ready');
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new RangeError(`TEST_MERCHANT_PORT must be a port number from 0 to 65535, not "${text}".`);
}

function readUrl(name: string): string | undefined {
  const text = process.env[name];
  if (!text) return undefined;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new RangeError(`${name} must be an address such as http://localhost:8000, not "${text}".`);
}

function explain(error: unknown): string {
  if (isTaken(error)) {
    return `Port ${portText} for the test merchant is taken: stop what uses it, or set TEST_MERCHANT_PORT to a free port.`;
  }
  if (error instanceof RangeError) return error.message;
  const cause = error instanceof Error ? error.message : String(error);
  return `The test merchant cannot listen on port ${portText} (${cause}): set TEST_MERCHANT_PORT to another port.`;
}
