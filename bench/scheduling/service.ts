import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { bindablePort } from '../../src/platform/system/bindable-port.js';
import { exactProcessorTime } from '../load/processor-time.js';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const HOST = '127.0.0.1';

/** The service in a process of its own. All requests use one kept connection. */
export class Service {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {}

  static async start(databaseUrl: string): Promise<Service> {
    const port = await bindablePort(0, HOST);
    const child = spawn(process.execPath, [...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []), MAIN], {
      env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port), HOST, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (output: Buffer) => output.includes('API at') && resolve());
      child.on('exit', () => reject(new Error('The service did not start.')));
    });
    return new Service(child, port);
  }

  async get(path: string): Promise<string> {
    return this.send('GET', path);
  }

  async post<Body>(path: string, body: unknown): Promise<Body> {
    return JSON.parse(await this.send('POST', path, JSON.stringify(body)));
  }

  /** Sends a file of iCalendar. */
  async postFile<Body>(path: string, file: string): Promise<Body> {
    return JSON.parse(await this.send('POST', path, file, 'text/calendar'));
  }

  /** The resident memory of the process in bytes, now and at most. Linux alone has these values. */
  async memory(): Promise<{ readonly now: number; readonly most: number }> {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    const bytesOf = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
    return { now: bytesOf('VmRSS'), most: bytesOf('VmHWM') };
  }

  /** Milliseconds of processor time that the process has used. Linux alone has this value. */
  async processorTime(): Promise<number> {
    return exactProcessorTime(this.child.pid as number);
  }

  private async send(
    method: string,
    path: string,
    body?: string,
    type = 'application/json',
  ): Promise<string> {
    const headers =
      body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: HOST, port: this.port, method, path, headers, agent: this.agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            if ((response.statusCode ?? 500) < 300) resolve(text);
            else reject(new Error(`${path}: ${response.statusCode} ${text}`));
          });
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}
