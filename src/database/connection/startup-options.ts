import type { Client } from 'pg';

/** The parts of a client of node-postgres that its types omit. */
interface ConnectionParameters {
  options?: string;
}

/** Adds `options` to the start-up packet of a client that is not connected yet. Those of its address come first and stay. */
export function addStartupOptions(client: Client, options: string | null): void {
  if (options === null) return;
  const { connectionParameters: parameters } = client as unknown as {
    connectionParameters: ConnectionParameters;
  };
  parameters.options = parameters.options ? `${parameters.options} ${options}` : options;
}
