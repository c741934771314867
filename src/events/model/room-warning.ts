/** A room in which not all attendees fit. */
export interface RoomWarning {
  readonly code: 'room_too_small';
  readonly roomId: number;
  readonly capacity: number;
  /** The persons who attend the event, without those who have declined. */
  readonly attendees: number;
}
