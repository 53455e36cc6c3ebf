import type { FrameMessage, PageMessage } from '../../../shared/contracts/frame-messages.ts';

type PageWindow = { postMessage(message: unknown, targetOrigin: string): void };
type Heard = { data: unknown; origin: string; source: unknown };

export interface FrameWindow {
  readonly parent: unknown;
  addEventListener(type: 'message', listener: (event: Heard) => void): void;
}

export interface FrameLink {
  /** Tells the page that embeds us, as soon as we know who it is. */
  say(message: FrameMessage): void;
}

/**
 * The frame's end of the conversation. Whom to answer is learned from the first `hello` of the window above us, and from
 * then on nobody else is heard or told anything.
 */
export function frameLink(frame: FrameWindow, onCloseRequested: () => void): FrameLink {
  // At the top there is nobody to talk to but ourselves.
  if (frame.parent === frame) return { say: () => {} };
  const page = frame.parent as PageWindow;
  const unsaid: FrameMessage[] = [];
  let pageOrigin: string | null = null;

  const say = (message: FrameMessage) => {
    if (pageOrigin === null) unsaid.push(message);
    else page.postMessage(message, pageOrigin);
  };

  frame.addEventListener('message', ({ data, origin, source }) => {
    if (source !== page || !isPageMessage(data)) return;
    if (pageOrigin !== null && origin !== pageOrigin) return;
    if (data.type === 'hello') {
      // A page without an origin (a file, a sandbox) cannot be told apart from any other such page.
      if (origin === 'null' || origin === '') return;
      pageOrigin = origin;
      say({ type: 'ready', data: {} });
      for (const message of unsaid.splice(0)) say(message);
    } else if (pageOrigin !== null) onCloseRequested();
  });

  return { say };
}

function isPageMessage(data: unknown): data is PageMessage {
  const type = (data as Partial<PageMessage> | null | undefined)?.type;
  return type === 'hello' || type === 'close_requested';
}
