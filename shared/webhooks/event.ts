import { randomUUID } from 'node:crypto';
import type { EventType } from '../contracts/webhooks.ts';
import { newId } from '../ids/new-id.ts';

/** An event about to be written, with the id its delivery will have if the merchant listens. */
export type NewEvent = { id: string; deliveryId: string; type: EventType; payload: string };

/**
 * An event's body, written once. It is stored as text and sent byte for byte on every attempt; being compact JSON with
 * no integer-like keys, it also survives `JSON.stringify(JSON.parse(body))`.
 * @param at the database's time; `timestamp` is in whole seconds since 1970.
 */
export const eventBody = (type: EventType, data: object, at: Date): string =>
  JSON.stringify({ event: type, timestamp: Math.floor(at.getTime() / 1_000), data });

export function newEvent(type: EventType, data: object, at: Date): NewEvent {
  return { id: newId('evt'), deliveryId: randomUUID(), type, payload: eventBody(type, data, at) };
}
