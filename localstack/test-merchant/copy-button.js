// Long enough to be read, short enough that a second copy is not mistaken for the first.
const CONFIRMED_MS = 1500;

export function copyButton(label, readText) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  copyOnClick(button, readText);
  return button;
}

export function copyOnClick(button, readText) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    const copied = await writeToClipboard(readText());
    button.textContent = copied ? 'Copied' : 'Not allowed';
    setTimeout(() => (button.textContent = label), CONFIRMED_MS);
  });
}

// The clipboard is refused on plain http other than localhost, and by some browsers always.
async function writeToClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
