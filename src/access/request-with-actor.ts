import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor.js';

/** A request whose caller the guard has identified. */
export type RequestWithActor = FastifyRequest & { actor?: Actor };
