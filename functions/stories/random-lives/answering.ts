import type { Thread } from './explain.ts';
import type { Key, Model } from './model.ts';
import { type Answer, enact, isRefusedWith, refusal, type Refusal, refusalOfShape, type Wanted } from './requests.ts';

const keyLifeMs = 24 * 60 * 60 * 1_000;

/** What must have happened for a request to be answered like this. */
export function answering(wanted: Wanted, key: string | undefined, answer: Answer): Thread {
  const told = `${JSON.stringify(wanted)} was answered with ${answer.status} ${answer.text}`;
  const refused = (expected: Refusal) =>
    isRefusedWith(answer, expected) ? undefined : `${told}\n  instead of ${JSON.stringify(expected)}`;
  const shape = refusalOfShape(wanted);
  if (shape !== undefined) return [() => refused(shape)];

  const work = (model: Model): string | undefined => {
    const expected = refusal(model, wanted);
    if (expected !== undefined) return refused(expected);
    if (answer.isReplayed) return `${told}\n  as a repetition, and it was the first`;
    const fault = enact(model, wanted, answer);
    return fault && `${told}\n  ${fault}`;
  };
  if (key === undefined) return [work];

  const place = `${wanted.ask} ${key}`;
  const request = JSON.stringify(wanted);
  const answeredBy = (known: Key): string | undefined => {
    const expected = refusalOfKey(known, request);
    if (expected !== undefined) return refused(expected);
    const isSame = answer.status === known.answer?.status && answer.text === known.answer.text;
    return isSame && answer.isReplayed ? undefined : `${told}\n  instead of ${known.answer?.text} once more`;
  };
  return [
    // The key is taken ...
    (model, notes) => {
      const known = model.keys[place];
      if (known !== undefined && known.expiresAt > model.now) {
        notes.isOver = true;
        return answeredBy(known);
      }
      const times = { takenAt: model.now, expiresAt: model.now + keyLifeMs };
      model.keys[place] = { request, ...times, answer: null };
      return undefined;
    },
    // ... the work and its answer are one ...
    (model, notes) => {
      if (notes.isOver === true) return undefined;
      const complaint = work(model);
      const own = model.keys[place];
      if (own !== undefined && answer.status < 300) own.answer = { status: answer.status, text: answer.text };
      return complaint;
    },
    // ... and a refusal gives the key back.
    (model, notes) => {
      if (notes.isOver !== true && answer.status >= 300) Reflect.deleteProperty(model.keys, place);
      return undefined;
    },
  ];
}

function refusalOfKey(known: Key, request: string): Refusal | undefined {
  if (known.request !== request) return { status: 422, code: 'IDEMPOTENCY_KEY_REUSED' };
  return known.answer === null ? { status: 409, code: 'IDEMPOTENCY_KEY_IN_USE' } : undefined;
}
