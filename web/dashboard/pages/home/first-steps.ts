/** What the gateway knows of a merchant's beginnings. */
export type Facts = {
  hasOrder: boolean;
  hasPaid: boolean;
  hasWebhookUrl: boolean;
  hasDelivered: boolean;
  hasRefunded: boolean;
};

export type StepName = 'order' | 'pay' | 'webhook_url' | 'delivery' | 'refund';

export type Step = { name: StepName; title: string; isDone: boolean };

/** From nothing to everything working, each step done when the gateway has seen it done. */
export const stepsFrom = (facts: Facts): Step[] => [
  { name: 'order', title: 'Create an order', isDone: facts.hasOrder },
  { name: 'pay', title: 'Pay it in the checkout', isDone: facts.hasPaid },
  { name: 'webhook_url', title: 'Say where webhooks go', isDone: facts.hasWebhookUrl },
  { name: 'delivery', title: 'Answer a webhook with 200', isDone: facts.hasDelivered },
  { name: 'refund', title: 'Give some money back', isDone: facts.hasRefunded },
];

/** The first thing left to do; null when nothing is. */
export const nextOf = (steps: readonly Step[]): StepName | null => steps.find(({ isDone }) => !isDone)?.name ?? null;

/** A command that works as pasted, but for the secret, which is no business of a web page or a shell's history. */
export const orderCommand = (apiOrigin: string, apiKey: string): string =>
  [
    `curl ${apiOrigin}/api/v1/orders \\`,
    `  -H 'X-Api-Key: ${apiKey}' \\`,
    `  -H "X-Api-Secret: $GATEWAY_SECRET" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"amount": 50000, "currency": "INR", "receipt": "first-order"}'`,
  ].join('\n');
