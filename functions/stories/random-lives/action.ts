import * as fc from 'fast-check';
import { explain, type Thread } from './explain.ts';
import { type Model, turningPoints } from './model.ts';
import { observe, readClock, type World } from './world.ts';

/** Something that is done to the gateway. It reads the model to know to what, and answers what explains the outcome. */
export type Action = {
  readonly text: string;
  readonly act: (model: Model, world: World) => Promise<readonly Thread[]>;
};

/** Longer than any command takes; a machine that is slower than this has its run discarded. */
const quietMs = 1_500;

/** Moves the clock past what is about to begin or end by itself, or nobody could say what came first. */
export async function awaitQuiet(model: Model, world: World): Promise<void> {
  for (;;) {
    const now = await readClock(world);
    model.now = now;
    const near = turningPoints(model).filter((time) => time > now && time <= now + quietMs);
    if (near.length === 0) return;
    await world.tested.advanceClock(Math.max(...near) - now + 1);
  }
}

/** A command of fast-check: does the actions at once, and holds what the API then says against the contract. */
export class Performing implements fc.AsyncCommand<Model, World> {
  readonly #actions: readonly Action[];
  constructor(actions: readonly Action[]) {
    this.#actions = actions;
  }
  // Lists are read in one page.
  check({ payments, refunds, orders }: Readonly<Model>): boolean {
    return Math.max(payments.length, refunds.length, orders.length) < 90;
  }
  async run(model: Model, world: World): Promise<void> {
    await awaitQuiet(model, world);
    const began = model.now;
    const threads = (await Promise.all(this.#actions.map(({ act }) => act(model, world)))).flat();
    model.now = await readClock(world);
    fc.pre(model.now - began < quietMs);
    Object.assign(model, explain(model, threads, await observe(world)));
  }
  toString(): string {
    const texts = this.#actions.map(({ text }) => text);
    return texts.length === 1 ? texts.join() : `at once (${texts.join(' | ')})`;
  }
}

/** Time passes. Nothing is compared: nobody does anything. */
export class Waiting implements fc.AsyncCommand<Model, World> {
  readonly #ms: number;
  constructor(ms: number) {
    this.#ms = ms;
  }
  check = () => true;
  run = (_: Model, { tested }: World) => tested.advanceClock(this.#ms);
  toString = () => `wait ${this.#ms / 1_000} s`;
}

/** Commands that only mean something after one another, too rare a guest among random ones. */
export class Saga implements fc.AsyncCommand<Model, World> {
  readonly #commands: readonly fc.AsyncCommand<Model, World>[];
  constructor(commands: readonly fc.AsyncCommand<Model, World>[]) {
    this.#commands = commands;
  }
  check = (model: Readonly<Model>) => this.#commands.every((command) => command.check(model));
  async run(model: Model, world: World): Promise<void> {
    for (const command of this.#commands) await command.run(model, world);
  }
  toString = () => this.#commands.map(String).join(' then ');
}

/** The nth from the newest, so that a small number, which is what remains of a failure, means the newest. */
export const pick = <T>(list: readonly T[], nth: number): T | undefined => list.at(-1 - (nth % (list.length || 1)));
