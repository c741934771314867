import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor.js';

/** A request whose actor is known. */
export type ActingRequest = FastifyRequest & { actor?: Actor };
