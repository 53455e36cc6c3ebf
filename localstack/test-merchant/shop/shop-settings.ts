export interface ShopSettings {
  /** Where the SDK is loaded from and the payment window lives. */
  checkoutOrigin: string;
  /** Public: it goes to the page. */
  apiKey: string;
  /** Never leaves the server. */
  apiSecret: string;
}

/** What `npm start` serves and seeds. */
const SANDBOX: ShopSettings = {
  checkoutOrigin: 'http://localhost:3001',
  apiKey: 'key_test_abc123',
  apiSecret: 'secret_test_xyz789',
};

/** @throws RangeError with a sentence for whoever set a variable wrong. */
export function readShopSettings(env: NodeJS.ProcessEnv): ShopSettings {
  return {
    checkoutOrigin: readOrigin(env['CHECKOUT_ORIGIN']) ?? SANDBOX.checkoutOrigin,
    apiKey: env['API_KEY'] || SANDBOX.apiKey,
    apiSecret: env['API_SECRET'] || SANDBOX.apiSecret,
  };
}

function readOrigin(text: string | undefined): string | undefined {
  if (!text) return undefined;
  // It becomes a part of the page's security policy, where a space or a semicolon would mean something.
  if (/^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text) return text;
  throw new RangeError(`CHECKOUT_ORIGIN must be an origin such as http://localhost:3001, not "${text}".`);
}
