import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { memberInPath } from './batch.js';

/**
 * The most containers (arrays and objects) inside each other. No request of the API has more than ten, and the code
 * that walks a body is recursive.
 */
export const MAX_BODY_DEPTH = 32;

/** One open container: the name of the field that is read in an object, the position in an array. */
interface Container {
  isArray: boolean;
  index: number;
  nameStart: number;
  nameEnd: number;
}

/**
 * Checks JSON text before it is parsed, in one pass and without recursion. Text that is not JSON passes: the parser
 * refuses it.
 *
 * An id is written in digits. JSON allows `1.0` and `1e3` for whole numbers; as an id they are refused, as in a path
 * and a query.
 * @throws {DomainError} invalid, beyond `MAX_BODY_DEPTH` or for an id that is not written in digits
 */
export function checkJsonText(text: string): void {
  const open: Container[] = [];
  let [stringStart, stringEnd] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const container = open[open.length - 1];
    switch (text[at]) {
      case '"':
        stringStart = at + 1;
        stringEnd = endOfString(text, stringStart);
        at = stringEnd;
        break;
      case '{':
      case '[':
        if (open.length === MAX_BODY_DEPTH) throw tooDeep();
        open.push({ isArray: text[at] === '[', index: 0, nameStart: 0, nameEnd: 0 });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ':':
        if (container) [container.nameStart, container.nameEnd] = [stringStart, stringEnd];
        break;
      case ',':
        if (container) container.index += 1;
        break;
      case '.':
      case 'e':
      case 'E':
        if (isDigit(text[at - 1]) && holdsId(text, open)) throw notInDigits(text, open);
        break;
    }
  }
}

/** Where the string that begins at `start` ends: the position of its closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
  return text.length;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

/** Whether the value that is read stands in a field of ids: `id`, `user_id`, `invited_user_ids`. */
function holdsId(text: string, open: readonly Container[]): boolean {
  const object = open.findLast(({ isArray }) => !isArray);
  if (!object) return false;
  const { nameStart, nameEnd } = object;
  return /(?:^|_)ids?$/.test(text.slice(Math.max(nameStart, nameEnd - '_ids'.length), nameEnd));
}

function notInDigits(text: string, open: readonly Container[]): DomainError {
  const field = open
    .map(({ isArray, index, nameStart, nameEnd }) => (isArray ? index : text.slice(nameStart, nameEnd)))
    .join('.');
  return invalidInput({
    field: memberInPath(field),
    message: 'must be an integer in digits, without a fraction or an exponent',
  });
}

function tooDeep(): DomainError {
  const detail = `The body has more than ${MAX_BODY_DEPTH} arrays and objects inside each other.`;
  return new DomainError('invalid', 'invalid_input', detail);
}
