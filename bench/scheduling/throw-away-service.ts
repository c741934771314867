import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { createUsers, newDatabase } from './database.js';
import { Service } from './service.js';

/**
 * Runs measurements against the service on a database of its own, with users. Both end afterwards.
 * @param fill fills the database before the service starts
 */
export async function onThrowAwayService<T>(
  run: (service: Service) => Promise<T>,
  fill?: (databaseUrl: string) => Promise<unknown>,
): Promise<T> {
  const server = await startThrowAwayPostgres({ fsync: 'off' });
  try {
    const url = await newDatabase(server.url, 'bench');
    await createUsers(url);
    await fill?.(url);
    const service = await Service.start(url);
    try {
      return await run(service);
    } finally {
      await service.stop();
    }
  } finally {
    await server.stop();
  }
}
