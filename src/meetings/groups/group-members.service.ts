import { Injectable } from '@nestjs/common';
import { chosenMembers, type MeetingGroup } from '../../calendar/availability/groups/chosen-members.js';
import type { Instant } from '../../calendar/time/civil-time.js';
import { RoomsService } from '../../rooms/read/rooms.service.js';
import { requireAll } from '../../users/model/require-all.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { type AskedGroup, isOfRooms, MAX_ROOMS_OF_GROUP } from '../model/asked-group.js';
import { ASSIGNMENT_WINDOW, fairOrder, type StandingAssignment } from '../model/fair-order.js';
import { RoundRobinAssignmentsRepository } from '../store/round-robin-assignments.repository.js';

/** A group with its members. */
export interface GroupWithMembers extends MeetingGroup {
  readonly roundRobin: boolean;
}

/** The groups of a meeting, and the users in them. */
export interface FoundGroups {
  readonly groups: readonly GroupWithMembers[];
  /** The members of all groups, each once. */
  readonly members: readonly UserRecord[];
  /** The members whom the request names. */
  readonly namedIds: readonly number[];
}

/** Chooses those who attend meetings. */
export interface Chooser {
  /** The members of each group who attend; null: a group has too few free members. */
  choose(start: Instant, freeIds: ReadonlySet<number>): number[][] | null;
  /** The units of `LongWork` that a choice takes. */
  readonly work: number;
}

/** The assignments that a choice looks at in a unit of work. A member takes a unit, if groups share members. */
const ASSIGNMENTS_OF_UNIT = 20;

/** Finds the members of groups, and chooses those who attend a meeting. */
@Injectable()
export class GroupMembersService {
  constructor(
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly rooms: RoomsService,
    private readonly assignments: RoundRobinAssignmentsRepository,
  ) {}

  /**
   * The members of the groups. The rooms of a filter are in the order in which they are taken: the smallest first, then by id. A
   * room that a group names is in no group of a filter.
   * @throws {DomainError} not-found `user_not_found`, naming the field
   */
  async find(asked: readonly AskedGroup[]): Promise<FoundGroups> {
    const named = Object.fromEntries(
      asked.flatMap((group, index) =>
        isOfRooms(group) ? [] : [[`groups.${index}.user_ids`, group.userIds] as const],
      ),
    );
    await this.directory.expectAllVisible(named);
    const namedIds = Object.values(named).flat();
    const byId = new Map(await this.users.byId(namedIds));
    for (const [field, ids] of Object.entries(named)) requireAll(ids, byId, field);
    const groups: GroupWithMembers[] = [];
    for (const group of asked) {
      let memberIds = isOfRooms(group) ? [] : group.userIds;
      if (isOfRooms(group)) {
        const rooms = await this.rooms.smallest(group.filter, MAX_ROOMS_OF_GROUP, namedIds);
        for (const { user } of rooms) byId.set(user.id, user);
        memberIds = rooms.map(({ userId }) => userId);
      }
      // A group without a member is never filled.
      const required = Math.max(1, group.minAttending ?? memberIds.length);
      groups.push({ memberIds, required, roundRobin: !isOfRooms(group) && group.roundRobin });
    }
    return { groups, members: [...byId.values()], namedIds };
  }

  /**
   * The persons of `optional_user_ids`.
   * @throws {DomainError} not-found `user_not_found`
   */
  async findOptional(optionalIds: readonly number[]): Promise<UserRecord[]> {
    await this.directory.expectAllVisible({ optionalIds });
    return this.users.getPersons(optionalIds, 'optionalIds');
  }

  /** Reads the assignments of round robins. @param first the earliest start of a meeting for which members are chosen */
  async chooser({ groups }: FoundGroups, first: Instant): Promise<Chooser> {
    const turns = groups.filter(({ roundRobin }) => roundRobin);
    const since = new Date(first - ASSIGNMENT_WINDOW);
    const standing = await this.assignments.standing(
      turns.flatMap(({ memberIds }) => memberIds),
      since,
    );
    const members = groups.reduce((sum, { memberIds }) => sum + memberIds.length, 0);
    return {
      choose: (start, freeIds) =>
        chosenMembers(
          groups.map((group) => inOrder(group, standing, start)),
          (id) => freeIds.has(id),
        ),
      work: members + (turns.length * standing.length) / ASSIGNMENTS_OF_UNIT,
    };
  }
}

function inOrder(
  { memberIds, required, roundRobin }: GroupWithMembers,
  standing: readonly StandingAssignment[],
  start: Instant,
): MeetingGroup {
  return { memberIds: roundRobin ? fairOrder(memberIds, standing, start) : memberIds, required };
}
