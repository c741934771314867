import { createSocket, type RemoteInfo } from 'node:dgram';
import { promises } from 'node:dns';
import { once } from 'node:events';

const HEADER = 12;
const TYPE_A = 1;
const NAME_ERROR = 3;
const RESPONSE_WITH_RECURSION = 0x8180;

/** A name server (RFC 1035) of IPv4 addresses, which this process asks while it runs; `null`: it never answers. */
export class NameServer {
  /** The names that were asked for, each as often as it was. */
  readonly asked: string[] = [];
  private readonly socket = createSocket('udp4', (query, sender) => this.receive(query, sender));
  private readonly previous = promises.getServers();

  constructor(private readonly addresses: Readonly<Record<string, readonly string[] | null>>) {}

  async start(): Promise<void> {
    this.socket.bind(0, '127.0.0.1');
    await once(this.socket, 'listening');
    promises.setServers([`127.0.0.1:${this.socket.address().port}`]);
  }

  async stop(): Promise<void> {
    promises.setServers(this.previous);
    this.socket.close();
    await once(this.socket, 'close');
  }

  private receive(query: Buffer, { port, address }: RemoteInfo): void {
    const { name, end } = nameIn(query);
    const isForIpv4 = query.readUInt16BE(end) === TYPE_A;
    this.asked.push(name);
    const known = this.addresses[name];
    if (known === null) return;
    const answers = isForIpv4 ? (known ?? []) : [];
    const header = Buffer.from(query.subarray(0, HEADER));
    header.writeUInt16BE(RESPONSE_WITH_RECURSION | (known === undefined ? NAME_ERROR : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    header.writeUInt32BE(0, 8);
    const response = [header, query.subarray(HEADER, end + 4), ...answers.map(record)];
    this.socket.send(Buffer.concat(response), port, address);
  }
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** The record of the name in the question: type A, class IN, 60 s, four bytes. */
function record(address: string): Buffer {
  return Buffer.from([0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]);
}
