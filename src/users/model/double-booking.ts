/** Whether events of a user may overlap. */
export const DOUBLE_BOOKING = ['allow', 'reject'] as const;
export type DoubleBooking = (typeof DOUBLE_BOOKING)[number];
