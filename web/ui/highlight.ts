export type Piece = { text: string; kind: 'comment' | 'text' | 'word' | 'number' | null };

/** One grammar for all of them: close enough to help the eye, and small enough to be worth it. */
const keywords =
  'import|export|from|const|let|var|function|return|if|else|for|of|in|new|throw|try|catch|async|await|class|static|public|' +
  'private|final|def|end|do|not|and|or|with|as|except|rescue|unless|func|range|package|require|foreach|null|nil|None|true|' +
  'false|True|False|curl|type|struct|void|default|elif|raise|int|string|bool|boolean|byte|array';

const grammar = new RegExp(
  [
    // A hash begins a comment only where a word could begin; // does not within an address.
    String.raw`(?<comment>/\*[\s\S]*?\*/|<!--[\s\S]*?-->|(?<![:\w])//[^\n]*|(?<=^|\s)#(?!\{)[^\n]*)`,
    String.raw`(?<text>"""[\s\S]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|${'`'}(?:[^${'`'}\\]|\\.)*${'`'})`,
    String.raw`(?<word>(?<![\w.$-])(?:${keywords})(?![\w-]))`,
    String.raw`(?<number>(?<![\w.-])-?\d[\d_]*(?:\.\d+)?(?![\w-]))`,
  ].join('|'),
  'gm',
);

/** Code in pieces, each with what it is. Joined they are the code, whatever it was. */
export function highlight(code: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of code.matchAll(grammar)) {
    if (match.index > end) pieces.push({ text: code.slice(end, match.index), kind: null });
    const [kind] = Object.entries<string | undefined>(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [
      null,
    ];
    pieces.push({ text: match[0], kind: kind as Piece['kind'] });
    end = match.index + match[0].length;
  }
  if (end < code.length) pieces.push({ text: code.slice(end), kind: null });
  return pieces;
}
