import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** The results of the methods of the DevTools protocol that the page uses. */
interface Results {
  readonly 'Target.createTarget': { readonly targetId: string };
  readonly 'Target.attachToTarget': { readonly sessionId: string };
  readonly 'Runtime.evaluate': Evaluation;
  readonly 'Page.navigate': unknown;
  readonly 'Browser.close': unknown;
}

interface Evaluation {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

/** One page in a headless Chromium, which speaks the DevTools protocol over pipes: messages that end in a zero byte. */
export class Chromium {
  private readonly waiting = new Map<number, (message: Message) => void>();
  private lastId = 0;
  private sessionId: string | undefined;

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
  ) {
    let unread = '';
    (process.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (unread + chunk).split('\0');
      unread = messages.pop() ?? '';
      for (const message of messages.map((text) => JSON.parse(text) as Message))
        if (message.id !== undefined) this.waiting.get(message.id)?.(message);
    });
  }

  static async open(url: string): Promise<Chromium> {
    const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
    const process = spawn('chromium', [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const chromium = new Chromium(process, profile);
    const { targetId } = await chromium.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await chromium.send('Target.attachToTarget', { targetId, flatten: true });
    chromium.sessionId = sessionId;
    await chromium.load(url);
    return chromium;
  }

  /** The value of an expression in the page, as JSON has it; of a promise, the value that it resolves to. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Value;
  }

  async close(): Promise<void> {
    this.sessionId = undefined;
    const ended = once(this.process, 'exit');
    await this.send('Browser.close', {});
    await ended;
    await rm(this.profile, { recursive: true, force: true });
  }

  /** Opens another page, or the same one again. */
  async load(url: string): Promise<void> {
    // The browser may respond while the page before is still there.
    await this.evaluate('window.isLeft = true');
    await this.send('Page.navigate', { url });
    while (!(await this.evaluate("!window.isLeft && document.readyState === 'complete'")))
      await setTimeout(20);
  }

  private async send<Method extends keyof Results>(method: Method, params: object): Promise<Results[Method]> {
    this.lastId += 1;
    const id = this.lastId;
    const response = new Promise<Message>((resolve) => {
      this.waiting.set(id, resolve);
    });
    const message = { id, method, params, sessionId: this.sessionId };
    (this.process.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    const { result, error } = await response;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as Results[Method];
  }
}
