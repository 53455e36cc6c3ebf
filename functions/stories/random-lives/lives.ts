import * as fc from 'fast-check';
import { type Action, Performing, Saga, Waiting } from './action.ts';
import { capture, createOrder, pay, refund, repeat, type Share } from './ask.ts';
import { instrumentNames } from './instruments.ts';
import { deliverSome, listen, retryByHand } from './listen.ts';
import type { Model } from './model.ts';
import { crash, purge, settle, settleAll, wake } from './work.ts';
import type { World } from './world.ts';

/** Small, so that commands meet at the same things. */
const nth = fc.nat({ max: 4 });
const key = fc.option(fc.nat({ max: 4 }), { freq: 1 });
const share: fc.Arbitrary<Share> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 500 }) },
  { weight: 3, arbitrary: fc.constantFrom('half', 'half', 'all', 'what is left', 'more than is left') },
);

const ordering = fc.tuple(fc.constantFrom(1_000, 1_000, 1_001, 100, 99), key).map((args) => createOrder(...args));
const instrument = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('success@test', 'visa that pays', 'refundfail@test') },
  { weight: 3, arbitrary: fc.constantFrom(...instrumentNames) },
);
const paying = fc.tuple(nth, instrument, key).map((args) => pay(...args));
const capturing = fc.tuple(nth, fc.constantFrom(null, null, 0, 0, 1, -1), key).map((args) => capture(...args));
const refunding = fc.tuple(nth, share, key).map((args) => refund(...args));
const repeating = fc.tuple(nth, fc.boolean()).map((args) => repeat(...args));
const settling = fc
  .tuple(fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map((args) => settle(...args));
const settlingOne = fc.nat({ max: 5 }).map((which) => settle([which], false));
const crashing = fc.tuple(nth, fc.constantFrom(true, true, false)).map((args) => crash(...args));

/** Refunds of one payment whose sum may be more than is left. */
const refundsAtOnce = fc
  .tuple(nth, fc.array(fc.tuple(share, key), { minLength: 2, maxLength: 5 }))
  .map(([which, shares]) => shares.map(([wanted, its]) => refund(which, wanted, its)));
const atOnce = fc.array(fc.oneof(paying, paying, capturing, refunding, repeating, settlingOne, settlingOne, crashing), {
  minLength: 2,
  maxLength: 4,
});

/** A worker that is believed dead, is followed by another, and wakes. */
const revenant = fc
  .tuple(nth, fc.boolean())
  .map(
    ([which, hasAsked]) =>
      new Saga([
        new Performing([crash(which, true)]),
        new Waiting(11_000),
        new Performing([crash(which, hasAsked)]),
        new Performing([wake(0)]),
      ]),
  );
/** Attempts of one order, of which one is held by the dead. */
const rivalry = fc
  .tuple(instrument, instrument, fc.boolean())
  .map(
    ([one, other, isBatch]) =>
      new Saga([
        new Performing([createOrder(1_000, null)]),
        new Performing([pay(0, one, null)]),
        new Performing([pay(0, other, null)]),
        new Performing([crash(0, true)]),
        new Performing([settle([0, 1, 0], isBatch)]),
      ]),
  );

const delivering = fc
  .tuple(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 8 }), fc.constantFrom<200 | 500>(200, 500))
  .map((args) => deliverSome(...args));

const alone = (weight: number, action: fc.Arbitrary<Action>) => ({
  weight,
  arbitrary: action.map((one) => new Performing([one])),
});
const together = (weight: number, actions: fc.Arbitrary<Action[]>) => ({
  weight,
  arbitrary: actions.map((several) => new Performing(several)),
});

const step: fc.Arbitrary<fc.AsyncCommand<Model, World>> = fc.oneof(
  alone(9, ordering),
  alone(10, paying),
  alone(6, settling),
  alone(6, fc.constant(settleAll)),
  alone(4, capturing),
  alone(7, refunding),
  alone(4, repeating),
  alone(8, crashing),
  alone(5, fc.nat({ max: 2 }).map(wake)),
  alone(1, fc.constant(purge)),
  alone(3, fc.constantFrom(true, true, false).map(listen)),
  alone(4, delivering),
  alone(2, fc.nat({ max: 9 }).map(retryByHand)),
  { weight: 4, arbitrary: revenant },
  { weight: 3, arbitrary: rivalry },
  together(4, refundsAtOnce),
  together(5, atOnce),
  {
    weight: 8,
    arbitrary: fc.constantFrom(1_000, 11_000, 11_000, 360_000, 25 * 3_600_000).map((ms) => new Waiting(ms)),
  },
);

export const lives = (replayPath: string | undefined) =>
  fc.commands<Model, World, false>([step], {
    maxCommands: 50,
    // Otherwise most lives are as short as ten commands, in which little meets.
    size: 'max',
    ...(replayPath !== undefined && { replayPath }),
  });

/** How every life begins: with something to capture, refund and repeat, and perhaps with somebody who listens. */
export const childhood = fc
  .tuple(instrument, fc.boolean())
  .map(
    ([by, isListening]) =>
      new Saga([
        new Performing([listen(isListening)]),
        new Performing([createOrder(1_000, null)]),
        new Performing([pay(0, by, 0)]),
        new Performing([settleAll]),
      ]),
  );
