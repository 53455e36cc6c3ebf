import { curlOf } from '../../curl-of.ts';

type Merchant = { apiOrigin: string; headers: Readonly<Record<string, string>> };

const body = { amount: 50_000, currency: 'INR', receipt: 'receipt_123' };

/** How an order is made, in the languages that the guide speaks. Each runs as it stands, against the gateway it names. */
export const orderSnippets: Readonly<Record<string, (merchant: Merchant) => string>> = {
  curl: ({ apiOrigin, headers }) =>
    curlOf({
      method: 'POST',
      url: `${apiOrigin}/api/v1/orders`,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(body, null, 2),
    }),

  'Node.js': ({ apiOrigin, headers }) => `const response = await fetch('${apiOrigin}/api/v1/orders', {
  method: 'POST',
  headers: {
${linesOf(headers, (name, value) => `    '${name}': ${valueIn(value, `'`, (variable) => `process.env.${variable}`)},`)}
    'Content-Type': 'application/json',
    // Sent again with the same key, the request makes no second order.
    'Idempotency-Key': crypto.randomUUID(),
  },
  body: JSON.stringify({ amount: 50000, currency: 'INR', receipt: 'receipt_123' }),
});
const order = await response.json();
if (!response.ok) throw new Error(order.error.description);
console.log(order.id);
`,

  Python: ({ apiOrigin, headers }) => `import json, os, urllib.request, uuid

request = urllib.request.Request(
    "${apiOrigin}/api/v1/orders",
    data=json.dumps({"amount": 50000, "currency": "INR", "receipt": "receipt_123"}).encode(),
    headers={
${linesOf(headers, (name, value) => `        "${name}": ${valueIn(value, '"', (variable) => `os.environ["${variable}"]`)},`)}
        "Content-Type": "application/json",
        # Sent again with the same key, the request makes no second order.
        "Idempotency-Key": str(uuid.uuid4()),
    },
)
with urllib.request.urlopen(request) as response:
    order = json.load(response)
print(order["id"])
`,
};

/** What is not to stand in a program comes from its environment. */
const valueIn = (value: string, quote: string, fromEnvironment: (variable: string) => string): string =>
  value.startsWith('$') ? fromEnvironment(value.slice(1)) : quote + value + quote;

const linesOf = (headers: Merchant['headers'], line: (name: string, value: string) => string) =>
  Object.entries(headers)
    .map(([name, value]) => line(name, value))
    .join('\n');
