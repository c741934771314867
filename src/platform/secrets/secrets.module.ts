import { Global, Module } from '@nestjs/common';
import { Configuration } from '../configuration/configuration.js';
import { SealedSecrets } from './sealed-secrets.js';
import { SigningKeys } from './signing-keys.js';
import { storedSecret } from './stored-secret.js';

/** Provides the keys of the installation to all modules: of `JWT_SECRET`, else of the secret in `DATA_DIR`. */
@Global()
@Module({
  providers: [
    {
      provide: SigningKeys,
      inject: [Configuration],
      useFactory: async ({ jwtSecrets, dataDir }: Configuration) =>
        new SigningKeys(jwtSecrets.length > 0 ? jwtSecrets : [await storedSecret(dataDir)]),
    },
    SealedSecrets,
  ],
  exports: [SealedSecrets, SigningKeys],
})
export class SecretsModule {}
