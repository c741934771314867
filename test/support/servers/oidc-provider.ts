import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

type Claims = Record<string, unknown>;

/** A small OpenID Connect provider: it publishes its configuration and keys, and signs the claims of a test. */
export class OidcProvider {
  private constructor(
    private readonly server: Server,
    private readonly keys: Map<string, { readonly privateKey: CryptoKey; readonly published: JWK }>,
    private readonly alg: string,
  ) {}

  static async start(alg = 'RS256'): Promise<OidcProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const provider = new OidcProvider(server, new Map(), alg);
    server.on('request', (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(provider.documentAt(request.url)));
    });
    await provider.addKey('first');
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async addKey(kid: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(this.alg);
    this.keys.set(kid, { privateKey, published: { ...(await exportJWK(publicKey)), kid, alg: this.alg } });
  }

  /** @param typ the type of the token; undefined: it names none */
  async sign(claims: Claims, kid = 'first', typ?: string): Promise<string> {
    const key = this.keys.get(kid);
    if (!key) throw new Error(`There is no key ${kid}.`);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: this.alg, kid, ...(typ !== undefined && { typ }) })
      .sign(key.privateKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private documentAt(url: string | undefined): object {
    return url === '/keys'
      ? { keys: [...this.keys.values()].map(({ published }) => published) }
      : { issuer: this.issuer, jwks_uri: `${this.issuer}/keys` };
  }
}
