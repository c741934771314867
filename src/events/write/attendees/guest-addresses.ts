import { Injectable } from '@nestjs/common';
import { UsersService } from '../../../users/read/users.service.js';
import type { NewGuest } from '../../model/commands.js';
import { GuestAddressesRepository } from '../../store/attendees/guest-addresses.repository.js';

/** Finds the users behind the addresses by which organizers invite people. */
@Injectable()
export class GuestAddresses {
  constructor(
    private readonly addresses: GuestAddressesRepository,
    private readonly users: UsersService,
  ) {}

  /**
   * The users who have one of the addresses and have verified it, by normalised address. Until the transaction ends, none
   * of the other addresses becomes a verified address of a user, so that no guest is left behind.
   */
  async usersOf(guests: readonly NewGuest[]): Promise<ReadonlyMap<string, number>> {
    if (guests.length === 0) return new Map();
    await this.addresses.lockShared();
    return this.users.withVerifiedAddresses(guests.map(({ address }) => address));
  }
}
