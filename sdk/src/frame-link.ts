import type { FrameMessage, PageMessage } from '../../shared/contracts/frame-messages.ts';
import { readFrameMessage } from './messages.ts';

/** A frame whose script is not there yet does not hear; so often it is asked again. */
const HELLO_INTERVAL_MS = 250;

export interface FrameLink {
  say: (type: PageMessage['type']) => void;
  cut: () => void;
}

/**
 * Talks with the checkout in the frame, and with nobody else: whatever comes from another origin, from another window
 * or is no message of ours was never said. `hello` shows the frame whom it may answer.
 */
export function linkFrame(frame: HTMLIFrameElement, origin: string, heard: (message: FrameMessage) => void): FrameLink {
  let hellos: ReturnType<typeof setInterval> | undefined;

  const say = (type: PageMessage['type']) => frame.contentWindow?.postMessage({ type, data: {} }, origin);
  const hello = () => say('hello');

  const greet = () => {
    // A page that has come anew processes nothing, until it says so itself.
    heard({ type: 'processing', data: { isProcessing: false } });
    clearInterval(hellos);
    hellos = setInterval(hello, HELLO_INTERVAL_MS);
    hello();
  };
  const listen = ({ origin: from, source, data }: MessageEvent<unknown>) => {
    if (from !== origin || source !== frame.contentWindow) return;
    const message = readFrameMessage(data);
    if (!message) return;
    if (message.type === 'ready') clearInterval(hellos);
    heard(message);
  };

  frame.addEventListener('load', greet);
  window.addEventListener('message', listen);
  return {
    say,
    cut() {
      clearInterval(hellos);
      frame.removeEventListener('load', greet);
      window.removeEventListener('message', listen);
    },
  };
}
