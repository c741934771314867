/** Characters that iCalendar allows in no text (RFC 5545 §3.3.11): all controls but line ends and tabs. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\0-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

// oxlint-disable-next-line no-control-regex
const HAS_CONTROL = /[\0-\u0008\u000b-\u001f\u007f]/;

const SPECIAL = /[\\;,\n]/;

/**
 * Reads a value of type TEXT (RFC 5545 §3.3.11). A backslash before a letter other than `n` stays, since paths of Windows
 * often come without escapes.
 * @example textOf('a\\, b\\nc') // 'a, b' and 'c' on two lines
 */
export function textOf(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replaceAll(/\\([\s\S])/g, (escape, character: string) => {
    if (character === 'n' || character === 'N') return '\n';
    return /[A-Za-z0-9]/.test(character) ? escape : character;
  });
}

/**
 * Reads a list of values of type TEXT, separated by commas.
 * @example textsOf('a\\,b,c') // ['a,b', 'c']
 */
export function textsOf(value: string): string[] {
  const texts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === ',') {
      texts.push(textOf(value.slice(start, at)));
      start = at + 1;
    }
  }
  return [...texts, textOf(value.slice(start))];
}

/**
 * Writes a value of type TEXT. Each line end becomes `\n`, and other control characters are dropped.
 * @example textValue('a, b') // 'a\\, b'
 */
export function textValue(text: string): string {
  const clean = plainText(text);
  if (!SPECIAL.test(clean)) return clean;
  return clean.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/**
 * A text with `\n` as the only line end and without other control characters but tabs.
 * @example plainText('a\r\nb\u0007') // 'a\nb'
 */
export function plainText(text: string): string {
  const clean = HAS_CONTROL.test(text) ? text.replaceAll(/\r\n?/g, '\n').replaceAll(CONTROLS, '') : text;
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}
