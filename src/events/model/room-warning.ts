/** A room in which not all attendees fit. */
export interface RoomWarning {
  readonly code: 'room_too_small';
  readonly roomId: number;
  readonly capacity: number;
  /** The most persons who attend an occurrence with the room, guests included, without those who have declined. */
  readonly attendees: number;
}
