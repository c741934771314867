import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { type RunningScript, runScript } from './child-process.js';

/** The service as a process of its own, listening. */
export interface Service {
  readonly url: string;
  readonly process: RunningScript;
}

export async function startService(environment: NodeJS.ProcessEnv): Promise<Service> {
  const port = environment.PORT ?? String(await bindablePort(0, '127.0.0.1'));
  const process = runScript('src/main.js', [], { ...environment, PORT: port });
  await process.printed(/AUTH_MODE=/);
  return { url: `http://127.0.0.1:${port}`, process };
}
