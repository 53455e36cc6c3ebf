/** Writes into a built page's <meta> elements what only its host knows: one build runs everywhere. */
export function fillIn(html: string, values: Readonly<Record<string, string>>): string {
  return html.replace(/(<meta name="([^"]*)" content=")[^"]*/g, (whole, start: string, name: string) =>
    values[name] === undefined ? whole : `${start}${values[name]}`,
  );
}
