/** The clocks of the machine, in milliseconds. */
export interface MachineClocks {
  /** Since 1970. An operator or a time service may set it at any moment. */
  wall(): number;
  /** Since some moment. No administrator can set this clock. On some machines it stands still while the machine sleeps. */
  steady(): number;
}

export const machineClocks: MachineClocks = {
  wall: () => Date.now(),
  steady: () => performance.now(),
};
