import { textFault } from '../../platform/values/text-fault.js';

/** An account at an OpenID Connect provider, by one of its tokens. */
export interface ExternalAccount {
  readonly issuer: string;
  readonly subject: string;
  /** The normalised address; null unless the provider has verified that it belongs to the account. */
  readonly verifiedEmail: string | null;
  /** Null if the token has no name. */
  readonly name: string | null;
  /** When the user logged in at the provider; if the token does not contain this, when it was issued. */
  readonly authenticatedAt: Date;
}

/** UTF-16 code units: the bound of the column `users.name`. */
const MAX_NAME_LENGTH = 200;

/** The name for a user who takes over an account: the name at the provider, else the local part of the address. */
export function nameOfAccount({ name }: Pick<ExternalAccount, 'name'>, email: string): string {
  if (name !== null && textFault(name, 1, MAX_NAME_LENGTH) === null) return name;
  return email.slice(0, email.lastIndexOf('@')).slice(0, MAX_NAME_LENGTH);
}
