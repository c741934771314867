import { DEFAULT_TENANT_ID } from '../../../database/current-tenant.js';
import { RecentlyUsed } from '../../../platform/memory/recently-used.js';
import { KeptEvent } from './kept-event.js';
import { KeptWindow } from './kept-window.js';

/** The id of an event of the default tenant; else a text with the tenant. A number is found faster. */
type Key = number | string;

/** Keeps events and windows, of all tenants together, within a number of bytes. */
export class KeptStore {
  private readonly recent: RecentlyUsed<KeptEvent | KeptWindow, Key>;

  constructor(readonly maxBytes: number) {
    this.recent = new RecentlyUsed(maxBytes);
  }

  get bytes(): number {
    return this.recent.bytes;
  }

  event(tenantId: number, id: number): KeptEvent | undefined {
    const found = this.recent.get(keyOf(tenantId, id));
    return found instanceof KeptEvent ? found : undefined;
  }

  /** Keeps an event, unless a later read of it is kept. */
  keepEvent(tenantId: number, id: number, event: KeptEvent): void {
    const key = keyOf(tenantId, id);
    if ((this.event(tenantId, id)?.moment ?? 0) > event.moment) return;
    this.keep(key, event);
  }

  /** @param name names the window within the tenant */
  window(tenantId: number, name: string): KeptWindow | undefined {
    const found = this.recent.get(`${tenantId} ${name}`);
    return found instanceof KeptWindow ? found : undefined;
  }

  keepWindow(tenantId: number, name: string, window: KeptWindow): void {
    this.keep(`${tenantId} ${name}`, window);
  }

  /** Keeps a value, and measures it anew when it grows. */
  private keep(key: Key, value: KeptEvent | KeptWindow): void {
    this.recent.set(key, value);
    value.onGrowth = () => {
      if (this.recent.get(key) === value) this.recent.set(key, value);
    };
  }
}

function keyOf(tenantId: number, id: number): Key {
  return tenantId === DEFAULT_TENANT_ID ? id : `${tenantId} ${id}`;
}
