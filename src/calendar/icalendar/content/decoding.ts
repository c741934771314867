/** The text of a file, and whether its encoding had to be guessed. */
export interface DecodedText {
  readonly text: string;
  /** Whether the bytes are neither UTF-8 nor of a declared encoding, and were read as Windows-1252. */
  readonly guessed: boolean;
}

/** The encodings that wrong headers name most, and that accept every byte. UTF-8 is tried before them. */
const SINGLE_BYTE = new Set(['windows-1252', 'iso-8859-1', 'us-ascii', 'latin1', 'ascii']);

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\0-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const ALL_CONTROLS = new RegExp(CONTROLS, 'g');

/**
 * Decodes a file and drops its control characters, of which RFC 5545 §3.1 allows none but line ends and tabs. A byte order
 * mark names the encoding; else the file is in UTF-8, or in the declared encoding, or in Windows-1252. Lines end with
 * `\n` or `\r\n`; in a file without any `\n`, each `\r` is a line end.
 * @example decodedText(bytes, 'utf-8').text
 */
export function decodedText(bytes: Uint8Array, charset?: string): DecodedText {
  const { text, guessed } = decoded(bytes, charset?.trim().toLowerCase());
  return { text: cleaned(text), guessed };
}

function decoded(bytes: Uint8Array, charset: string | undefined): DecodedText {
  const marked = encodingOf(bytes);
  const declared = charset === undefined || SINGLE_BYTE.has(charset) ? null : charset;
  for (const encoding of [marked, declared, 'utf-8']) {
    const text = encoding === null ? null : decodedAs(encoding, bytes);
    if (text !== null) return { text, guessed: false };
  }
  const text = decodedAs('utf-8', withoutSplitCharacters(bytes));
  if (text !== null) return { text, guessed: false };
  const isDeclared = charset !== undefined && SINGLE_BYTE.has(charset);
  return { text: new TextDecoder('windows-1252').decode(bytes), guessed: !isDeclared };
}

/** The encoding that the first bytes name: by a byte order mark, or by `B` in UTF-16. */
function encodingOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first === 0x42 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x42)) return 'utf-16be';
  return null;
}

function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes without the folds that split a character. Programs that fold by octets write such folds. */
function withoutSplitCharacters(bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(bytes.length);
  let size = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const fold = foldLength(bytes, at);
    if (fold > 0 && bytes[at + fold] >= 0x80 && bytes[at + fold] < 0xc0) at += fold - 1;
    else joined[size++] = bytes[at];
  }
  return joined.subarray(0, size);
}

function foldLength(bytes: Uint8Array, at: number): number {
  const newline = bytes[at] === 0x0d ? at + 1 : at;
  if (bytes[newline] !== 0x0a) return 0;
  return bytes[newline + 1] === 0x20 || bytes[newline + 1] === 0x09 ? newline + 2 - at : 0;
}

function cleaned(text: string): string {
  const inLines = text.includes('\n') ? text.replaceAll(/\r(?!\n)/g, '') : text.replaceAll('\r', '\n');
  const unmarked = inLines.includes('\ufeff') ? inLines.replaceAll('\ufeff', '') : inLines;
  return CONTROLS.test(unmarked) ? unmarked.replaceAll(ALL_CONTROLS, '') : unmarked;
}
