/** Whether time that is taken may be taken again: a room's may not. */
export const DOUBLE_BOOKING = ['allow', 'reject'] as const;
export type DoubleBooking = (typeof DOUBLE_BOOKING)[number];
