/** Whether events of a user may overlap. */
export const DOUBLE_BOOKING_RULES = ['allow', 'reject'] as const;
export type DoubleBooking = (typeof DOUBLE_BOOKING_RULES)[number];
