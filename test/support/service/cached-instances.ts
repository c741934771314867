import { startTestApplication, type TestApplication } from './application.js';

const ENVIRONMENT = { REMINDER_DISPATCH: 'off', WEBHOOK_DISPATCH: 'off' };

/** Instances of the service on one database. */
export interface CachedInstances {
  /** Two that keep calendars and events in memory. */
  readonly cached: readonly TestApplication[];
  /** One that keeps nothing. */
  readonly plain: TestApplication;
  close(): Promise<void>;
}

export async function startCachedInstances(): Promise<CachedInstances> {
  const first = await startTestApplication(ENVIRONMENT);
  const other = async (more: NodeJS.ProcessEnv): Promise<TestApplication> =>
    startTestApplication({ ...ENVIRONMENT, ...more }, undefined, undefined, first.database);
  const cached = [first, await other({})];
  const plain = await other({ CALENDAR_CACHE_MB: '0' });
  return {
    cached,
    plain,
    close: async () => {
      for (const application of [plain, ...cached.toReversed()]) await application.close();
    },
  };
}
