import { styleText } from 'node:util';

export interface ReadyFacts {
  apiUrl: string;
  dashboardUrl: string;
  checkoutUrl: string;
  testMerchantUrl: string;
  /** Absent when no test merchant was seeded. */
  credentials?: { key: string; secret: string };
  database: string;
  queue: string;
  logs: string;
  readyInMs: number;
}

export function readyJson(facts: ReadyFacts): string {
  return JSON.stringify({
    api: facts.apiUrl,
    docs: `${facts.apiUrl}/docs`,
    dashboard: facts.dashboardUrl,
    checkout: facts.checkoutUrl,
    demo_shop: `${facts.testMerchantUrl}/shop`,
    test_merchant: facts.testMerchantUrl,
    api_key: facts.credentials?.key,
    api_secret: facts.credentials?.secret,
    database: facts.database,
    queue: facts.queue,
    logs: facts.logs,
    ready_in_ms: facts.readyInMs,
    try: firstPayment(facts)?.join('\n'),
  });
}

/** One screen that answers where, with which key, and what to type first. */
export function readyScreen(facts: ReadyFacts): string {
  const { credentials } = facts;
  const addresses = [
    row('API', facts.apiUrl),
    row('API docs', `${facts.apiUrl}/docs`),
    row('Dashboard', facts.dashboardUrl),
    row('Checkout', facts.checkoutUrl),
    row('Demo shop', `${facts.testMerchantUrl}/shop`),
    row('Webhooks', facts.testMerchantUrl),
  ];
  const keys = credentials
    ? [row('API key', credentials.key), row('API secret', credentials.secret)]
    : ['  No test merchant was seeded (SEED_TEST_MERCHANT is not true).'];
  const machinery = [row('Database', facts.database), row('Queue', facts.queue), row('Logs', facts.logs)];
  const command = firstPayment(facts);
  const invitation = command ? ['  Make a payment: paste this into another terminal.', '', ...command.map(indent)] : [];
  const seconds = (facts.readyInMs / 1000).toFixed(1);
  return [
    [`  ${paint('bold', 'The payment gateway is ready')} ${paint('dim', `after ${seconds} s`)}`],
    addresses,
    keys,
    machinery,
    invitation,
    [paint('dim', '  Stop: Ctrl-C. Begin anew: npm start -- --fresh. See every log line: -- --verbose')],
  ]
    .filter((block) => block.length > 0)
    .map((block) => `\n${block.join('\n')}\n`)
    .join('');
}

/** Runs as pasted in sh, bash and zsh with nothing but curl and sed; each line fits a terminal of 80 columns. */
export function firstPayment({ apiUrl, credentials }: ReadyFacts): string[] | undefined {
  if (!credentials) return undefined;
  const headers = [
    `  -H 'X-Api-Key: ${credentials.key}' -H 'X-Api-Secret: ${credentials.secret}' \\`,
    "  -H 'Content-Type: application/json' \\",
  ];
  return [
    `ORDER=$(curl -s ${apiUrl}/api/v1/orders \\`,
    ...headers,
    `  -d '{"amount":50000}' | sed 's/.*"id":"\\(order_[^"]*\\)".*/\\1/')`,
    `PAYMENT=$(curl -s ${apiUrl}/api/v1/payments \\`,
    ...headers,
    `  -d '{"order_id":"'$ORDER'","method":"upi","vpa":"success@test"}' \\`,
    `  | sed 's/.*"id":"\\(pay_[^"]*\\)".*/\\1/')`,
    // The sandbox settles a payment after one second.
    `sleep 2; curl -s ${apiUrl}/api/v1/payments/$PAYMENT/public; echo`,
  ];
}

const indent = (line: string) => `  ${line}`;

function row(name: string, value: string): string {
  return `  ${paint('cyan', name.padEnd(15))}${value}`;
}

/** styleText leaves the text alone when standard output is no terminal, and when NO_COLOR is set. */
function paint(style: 'bold' | 'dim' | 'cyan', text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
