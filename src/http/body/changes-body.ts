const CHANGES = Symbol('body of a change');

/** A body that has at least one field, such as that of a PATCH. The document shows this as `minProperties: 1`. */
export function ChangesBody(): ClassDecorator {
  return (target) => Reflect.defineMetadata(CHANGES, true, target);
}

/** Whether a body of this class has at least one field. */
export function namesAChange(type: Function | undefined): boolean {
  return type !== undefined && Reflect.getMetadata(CHANGES, type) === true;
}
