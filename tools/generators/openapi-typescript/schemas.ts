import type { components } from './generated/schema.js';

type Schemas = components['schemas'];

export type Event = Schemas['Event'];
export type EventPatch = Schemas['EventPatch'];
export type NewEvent = Schemas['NewEvent'];
export type NewUser = Schemas['NewUser'];
export type RedactedEvent = Schemas['RedactedEvent'];
export type Repeat = Schemas['Repeat'];
