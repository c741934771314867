import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A command of Marionette, or its answer: direction, id, name or error, parameters or result. */
type Message = readonly [direction: number, id: number, nameOrError: unknown, value: unknown];

/** How long a script may take, in milliseconds. */
const SCRIPT_TIMEOUT_MS = 60_000;

/** A connection to a program of Mozilla by its remote protocol, Marionette: JSON after its length and a colon. */
export class Marionette {
  private readonly waiting = new Map<number, (message: Message) => void>();
  private unread = Buffer.alloc(0);
  private lastId = 0;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (part) => {
      this.unread = Buffer.concat([this.unread, part]);
      for (let next = this.nextMessage(); next !== null; next = this.nextMessage())
        this.waiting.get(next[1])?.(next);
    });
  }

  /** Connects, and opens a session whose scripts have the rights of the program. */
  static async open(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const marionette = new Marionette(socket);
    await marionette.send('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } });
    await marionette.send('Marionette:SetContext', { value: 'chrome' });
    await marionette.send('WebDriver:SetTimeouts', { script: SCRIPT_TIMEOUT_MS });
    return marionette;
  }

  /** The value that the body of an async function in the program returns, as JSON has it. */
  async evaluate<Value>(body: string, ...args: unknown[]): Promise<Value> {
    const script = `const done = arguments[arguments.length - 1];
      (async (args) => { ${body} })(arguments[0]).then(
        (value) => done({ value }),
        (error) => done({ error: String(error) + ' ' + error?.stack }));`;
    const sent = { script, args: [args], sandbox: 'system', newSandbox: false };
    const { value } = (await this.send('WebDriver:ExecuteAsyncScript', sent)) as {
      value: { value: Value; error?: string };
    };
    if (value.error !== undefined) throw new Error(value.error);
    return value.value;
  }

  close(): void {
    this.socket.destroy();
  }

  private async send(name: string, parameters: object): Promise<unknown> {
    this.lastId += 1;
    const id = this.lastId;
    const text = Buffer.from(JSON.stringify([0, id, name, parameters]));
    const [, , error, value] = await new Promise<Message>((resolve, reject) => {
      this.waiting.set(id, resolve);
      this.socket.once('close', () => reject(new Error('The program has ended.')));
      this.socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    });
    this.waiting.delete(id);
    if (error !== null) throw new Error(JSON.stringify(error));
    return value;
  }

  /** The first message that has arrived whole. The greeting of the program is no answer. */
  private nextMessage(): Message | null {
    const colon = this.unread.indexOf(':');
    if (colon === -1) return null;
    const end = colon + 1 + Number(this.unread.subarray(0, colon));
    if (this.unread.length < end) return null;
    const message = JSON.parse(this.unread.subarray(colon + 1, end).toString()) as unknown;
    this.unread = this.unread.subarray(end);
    return Array.isArray(message) ? (message as unknown as Message) : [1, 0, null, message];
  }
}
