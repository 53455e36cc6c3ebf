import { examineMoney } from '../../../shared/doctor/examine-rules.ts';
import type { Gateway } from '../../../shared/gateway/gateway.ts';
import { knock } from '../../../shared/testing/knock.ts';
import { handler as getOrder } from '../../http/orders/get.ts';
import { handler as getPayment } from '../../http/payments/get.ts';
import { handler as getRefund } from '../../http/refunds/get.ts';
import { awaitQuiet, Performing, Waiting } from './action.ts';
import { deliveriesOf, ringDeliveries } from './listen.ts';
import { type Model, shown } from './model.ts';
import { pendingJobs, settleAll } from './work.ts';
import { type Shown, showOrder, showPayment, showRefund, type World } from './world.ts';

/** Lets everything come to its end, and looks at it from all sides. */
export async function end(model: Model, world: World): Promise<void> {
  // The second round is for those who waited for what ended in the first.
  for (let round = 0; round < 2; round++) {
    await new Waiting(11_000).run(model, world);
    await new Performing([settleAll]).run(model, world);
  }
  await awaitQuiet(model, world);
  const left = pendingJobs(model).map(({ id }) => id);
  const notDue = model.payments.filter(({ status, dueAt }) => status === 'pending' && dueAt > model.now);
  agree('what is still pending', left, notDue.map(({ id }) => id)); // prettier-ignore
  agree('what each says of itself', await readOneByOne(model, world), shown(model));
  await checkLedger(model, world);
  await checkEvents(model, world);
  await checkDeliveries(model, world);
}

function agree(what: string, seen: readonly (string | number)[], expected: readonly (string | number)[]): void {
  const [a, b] = [seen, expected].map((list) => list.toSorted().join('\n'));
  if (a !== b) throw new Error(`${what} is\n${a}\n  and must be\n${b}`);
}

async function readOneByOne({ orders, payments, refunds }: Model, { headers }: World): Promise<string[]> {
  const read = async (door: typeof getOrder, { id }: { id: string }) =>
    (await knock(door, { method: 'GET', headers, params: { id } })).json as Shown;
  const all = await Promise.all([
    ...orders.map(async (order) => showOrder(await read(getOrder, order))),
    ...payments.map(async (payment) => showPayment(await read(getPayment, payment))),
    ...refunds.map(async (refund) => showRefund(await read(getRefund, refund))),
  ]);
  return all;
}

/** The bank moved what the model says, and nothing else. */
async function checkLedger({ payments, refunds }: Model, { tested, merchantId }: World): Promise<void> {
  const rows = await tested.sql<{ id: string; amount: number }>(
    `select payment_id as id, c.amount from simulated_charges c join payments p on p.id = c.payment_id
     where p.merchant_id = $1 and c.outcome = 'APPROVED'
     union all
     select refund_id, s.amount from simulated_refunds s join payments p on p.id = s.payment_id
     where p.merchant_id = $1 and s.outcome = 'PROCESSED'`,
    [merchantId],
  );
  agree(
    'what the bank moved',
    rows.map(({ id, amount }) => `${id} ${amount}`),
    [
      ...payments.filter(({ taken }) => taken > 0).map(({ id, taken }) => `${id} ${taken}`),
      ...refunds.filter(({ returned }) => returned > 0).map(({ id, returned }) => `${id} ${returned}`),
    ],
  );
  const taken = sumOf(payments.map((payment) => payment.taken));
  const paid = sumOf(payments.filter(({ status }) => status !== 'pending' && status !== 'failed').map(amountOf));
  const returned = sumOf(refunds.map((refund) => refund.returned));
  const processed = sumOf(refunds.filter(({ status }) => status === 'processed').map(amountOf));
  agree('money taken and returned', [taken, returned], [paid, processed]);
}

const amountOf = ({ amount }: { amount: number }) => amount;
const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

const counted = (counts: Record<string, number>) => Object.entries(counts).map(([name, n]) => `${name} ${n}`);

async function checkEvents({ happened }: Model, { tested, merchantId }: World): Promise<void> {
  const rows = await tested.sql<{ text: string }>(
    `select type || ' ' || count(*) as text from events where merchant_id = $1 group by type`,
    [merchantId],
  );
  agree('the events', rows.map(({ text }) => text), counted(happened)); // prettier-ignore
}

/** Whoever listened was told of everything that happened meanwhile, and each delivery ends once the merchant answers. */
async function checkDeliveries(model: Model, world: World): Promise<void> {
  const deliveries = await deliveriesOf(world);
  const counts: Record<string, number> = {};
  for (const { event } of deliveries) counts[event] = (counts[event] ?? 0) + 1;
  agree('the deliveries', counted(counts), counted(model.delivered));
  world.receiver.status = 200;
  await new Waiting(25_000).run(model, world);
  await ringDeliveries(deliveries.filter(({ status }) => status === 'pending'));
  const left = (await deliveriesOf(world)).filter(({ status }) => status === 'pending');
  agree('what is still to be delivered', left.map(({ id }) => id), []); // prettier-ignore
}

/**
 * What the doctor finds, a line each. A worker that is overdue is no finding here: there is none.
 * @param scarred what failed lives left behind; nobody else is to blame for it.
 */
export async function faults(gateway: Gateway, scarred: ReadonlySet<string>): Promise<string[]> {
  const findings = await examineMoney(gateway.database, gateway.sealer);
  return findings
    .filter(({ level }) => level === 'fault' || level === 'not examined')
    .flatMap(({ name, says, offenders }) => [
      ...(offenders.length === 0 ? [`${name}: ${says}`] : []),
      ...offenders
        .filter(({ subject }) => !scarred.has(subject.split(' ')[0] ?? ''))
        .map(({ subject, found }) => `${name}: ${subject} ${found}`),
    ]);
}

/** Everything of this life's merchant by its id, as the doctor names it. */
export async function remainsOf({ tested, merchantId }: World): Promise<string[]> {
  const tables = ['orders', 'payments', 'refunds', 'events', 'webhook_logs'];
  const all = tables.map((table) => `select id::text from ${table} where merchant_id = $1`).join(' union all ');
  return [merchantId, ...(await tested.sql<{ id: string }>(all, [merchantId])).map(({ id }) => id)];
}
