/** Lets the service serve requests, or not, while its database opens. The part of the service that admits requests has it. */
export abstract class ServiceGate {
  /** Lets requests wait until the gate opens. @param obstacle why they wait, in one sentence for clients */
  abstract start(obstacle: string): void;

  /** Refuses all requests. @param obstacle the reason, in one sentence for clients */
  abstract hold(obstacle: string): void;

  /** Serves requests from now on. */
  abstract open(): void;
}
