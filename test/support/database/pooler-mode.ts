import { prepareApplications } from '../service/application.js';

// Importing this file before suites runs their service in the mode for poolers.
prepareApplications(() => ({ DATABASE_POOLER: 'transaction' }));
