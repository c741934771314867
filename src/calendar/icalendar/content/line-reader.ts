const SPACE = 0x20;
const TAB = 0x09;

/**
 * Reads the lines of a text one after the other, folded lines (RFC 5545 §3.1) as one. A text of any length costs no copy of
 * lines that the caller does not ask for.
 * @example for (const lines = new LineReader(text); lines.next(); ) lines.text();
 */
export class LineReader {
  /** The place at which the current line starts, and the place after it. */
  start = 0;
  end = 0;
  /** The number of the current line, of its first part if it is folded. */
  line = 0;
  private following: number;
  private lineOfFollowing: number;
  private isFolded = false;

  constructor(
    private readonly source: string,
    start = 0,
    private readonly sourceEnd = source.length,
    line = 1,
  ) {
    this.following = start;
    this.lineOfFollowing = line;
  }

  /** Moves to the next line. Returns false after the last. */
  next(): boolean {
    if (this.following >= this.sourceEnd) return false;
    this.start = this.following;
    this.line = this.lineOfFollowing;
    this.isFolded = false;
    this.passPart();
    while (this.following < this.sourceEnd && isFold(this.source.charCodeAt(this.following))) {
      this.isFolded = true;
      this.passPart();
    }
    return true;
  }

  /** The current line, unfolded. */
  text(): string {
    const written = this.source.slice(this.start, this.end);
    return this.isFolded ? written.replaceAll(/\r?\n[ \t]/g, '') : written;
  }

  /** The code of the first character, in lower case if it is a letter; NaN of an empty line. */
  firstCode(): number {
    return this.start < this.end ? this.source.charCodeAt(this.start) | SPACE : Number.NaN;
  }

  private passPart(): void {
    const newline = this.source.indexOf('\n', this.following);
    const end = newline === -1 || newline >= this.sourceEnd ? this.sourceEnd : newline;
    this.following = end + 1;
    this.lineOfFollowing += 1;
    this.end = end > this.start && this.source.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
  }
}

function isFold(code: number): boolean {
  return code === SPACE || code === TAB;
}
