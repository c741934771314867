/**
 * The areas of the IANA database. `Intl` also knows names of its own (`SystemV/EST5`, `IST`), which no other
 * calendar would understand.
 */
const AREAS = new Set(
  'africa america antarctica arctic asia atlantic australia brazil canada chile etc europe indian mexico pacific us'.split(
    ' ',
  ),
);

const NAMES_WITHOUT_AREA = byLowerCase(
  `CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran
   Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore
   Turkey UCT UTC Universal W-SU WET Zulu`,
);

/** Words within a name that are not simply capitalised. */
const IRREGULAR_WORDS = byLowerCase(
  'of es au US GMT UTC UCT IN ACT LHI NSW ComodRivadavia DumontDUrville McMurdo DeNoronha EasterIsland BajaNorte BajaSur',
);

/**
 * The spelling that the IANA database gives a time zone's name, whatever case it came in, or null when it is no
 * such name. An alias stays the alias it is (`asia/kolkata` is `Asia/Kolkata`), for `Intl` would answer with
 * names that their countries gave up long ago.
 * @example canonicalTimeZoneName('europe/moscow') // 'Europe/Moscow'
 */
export function canonicalTimeZoneName(name: string): string | null {
  const lower = name.toLowerCase();
  const slash = lower.indexOf('/');
  if (slash === -1) return NAMES_WITHOUT_AREA.get(lower) ?? null;
  if (!AREAS.has(lower.slice(0, slash)) || !isKnownToIntl(lower)) return null;
  return lower.replaceAll(
    /[a-z]+/g,
    (word) => IRREGULAR_WORDS.get(word) ?? word[0].toUpperCase() + word.slice(1),
  );
}

function isKnownToIntl(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function byLowerCase(names: string): ReadonlyMap<string, string> {
  return new Map(names.split(/\s+/).map((name) => [name.toLowerCase(), name]));
}
