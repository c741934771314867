/** Groups of things that are equal in one respect, some of which are anchored to a value. */
export class Groups<T> {
  private readonly parents = new Map<T, T>();
  private readonly anchored = new Set<T>();

  join(one: T, other: T): void {
    const [from, to] = [this.rootOf(one), this.rootOf(other)];
    if (from === to) return;
    this.parents.set(from, to);
    if (this.anchored.has(from)) this.anchored.add(to);
  }

  anchor(one: T): void {
    this.anchored.add(this.rootOf(one));
  }

  isAnchored(one: T): boolean {
    return this.anchored.has(this.rootOf(one));
  }

  private rootOf(one: T): T {
    const parent = this.parents.get(one);
    return parent === undefined ? one : this.rootOf(parent);
  }
}
