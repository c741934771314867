import { areSameLines } from '../fields/same-lines.js';
import type { Component, ContentLine } from '../model/content-line.js';
import type { KeptContent, PropertyGroup } from '../model/kept-content.js';
import { PROPERTY_GROUPS } from '../model/kept-content.js';
import type { GroupLines } from '../write/event-groups.js';
import { plainComponent, plainLine, type VEvent } from './vevent.js';

/**
 * The content of a VEVENT that its fields do not carry.
 * @param written the properties that the fields alone write
 * @param names the groups that may be kept
 * @example keptOf(vevent, seriesLines(event).groups)
 */
export function keptOf(
  { groups, others, components }: VEvent,
  written: GroupLines,
  names: readonly PropertyGroup[] = PROPERTY_GROUPS,
): KeptContent {
  const kept = keptGroups(groups, written, names);
  return {
    ...(kept && { groups: kept }),
    ...(others.length > 0 && { others: others.map(plainLine) }),
    ...(components.length > 0 && { components: components.map(plainComponent) }),
  };
}

/**
 * The same of a changed occurrence, as it differs from its series.
 * @param series the content that the series keeps
 * @example keptOfOccurrence(vevent, overrideLines(event, override), event.kept)
 */
export function keptOfOccurrence(
  { groups, others, components }: VEvent,
  written: GroupLines,
  series: KeptContent | null,
): KeptContent | null {
  const own = {
    groups: keptGroups(groups, written, OF_OCCURRENCE),
    others: others.map(plainLine),
    components: components.map(plainComponent),
  };
  const hasOthers = !areSameLines(own.others, series?.others ?? []);
  const hasComponents = !areSameComponents(own.components, series?.components ?? []);
  if (own.groups === null && !hasOthers && !hasComponents) return null;
  return {
    ...(own.groups && { groups: own.groups }),
    ...(hasOthers && { others: own.others }),
    ...(hasComponents && { components: own.components }),
  };
}

const OF_OCCURRENCE = PROPERTY_GROUPS.filter((group) => group !== 'rule' && group !== 'dates');

/** Null: the fields carry the properties of all groups. */
function keptGroups(
  groups: VEvent['groups'],
  written: GroupLines,
  names: readonly PropertyGroup[],
): KeptContent['groups'] | null {
  const kept: Partial<Record<PropertyGroup, readonly ContentLine[]>> = {};
  let isEmpty = true;
  for (const name of names) {
    const lines = groups[name] ?? [];
    if (areSameLines(lines, written[name])) continue;
    kept[name] = lines.map(plainLine);
    isEmpty = false;
  }
  return isEmpty ? null : kept;
}

function areSameComponents(a: readonly Component[], b: readonly Component[]): boolean {
  return a.length === b.length && a.every((component, index) => isSameComponent(component, b[index]));
}

function isSameComponent(a: Component, b: Component): boolean {
  return (
    a.name === b.name &&
    areSameLines(a.properties, b.properties) &&
    areSameComponents(a.components, b.components)
  );
}
