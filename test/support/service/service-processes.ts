import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { Client } from '../client/client.js';
import { newDataDir, removeDataDir, serverGone } from '../database/data-directory.js';
import { type RunningScript, runScript } from './child-process.js';

export interface ServiceProcess {
  readonly service: RunningScript;
  readonly url: string;
  readonly client: Client;
}

/** The processes of one test, which share a DATA_DIR. */
export class ServiceProcesses {
  private readonly running: RunningScript[] = [];

  private constructor(readonly dataDir: string) {}

  static async create(): Promise<ServiceProcesses> {
    return new ServiceProcesses(await newDataDir());
  }

  /** Starts the service. */
  run(environment: NodeJS.ProcessEnv): RunningScript {
    return this.add(runScript('src/main.js', [], { DATA_DIR: this.dataDir, ...environment }));
  }

  /** Ends this process too when the test ends. */
  add(process: RunningScript): RunningScript {
    this.running.push(process);
    return process;
  }

  /** Starts the service on a free port. It may not listen yet. */
  async start(environment: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> {
    const port = String(await bindablePort(0, '127.0.0.1'));
    const url = `http://127.0.0.1:${port}`;
    return { service: this.run({ PORT: port, ...environment }), url, client: new Client(url) };
  }

  /** Starts the service on a free port, and waits until it listens. */
  async startListening(environment: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> {
    const started = await this.start(environment);
    await started.service.printed(/Swagger UI at \S+/);
    return started;
  }

  async endAll(signal: NodeJS.Signals): Promise<void> {
    await Promise.all(this.running.map(async (process) => process.end(signal)));
  }

  /** Kills the processes, and removes their DATA_DIR once its server has ended. */
  async remove(): Promise<void> {
    await this.endAll('SIGKILL');
    await serverGone(this.dataDir);
    await removeDataDir(this.dataDir);
  }
}
