/** Elements by the tenant of each. */
export function byTenant<T>(elements: readonly T[], tenantOf: (element: T) => number): Map<number, T[]> {
  const elementsOf = new Map<number, T[]>();
  for (const element of elements) {
    const tenantId = tenantOf(element);
    const ofTenant = elementsOf.get(tenantId);
    if (ofTenant) ofTenant.push(element);
    else elementsOf.set(tenantId, [element]);
  }
  return elementsOf;
}
