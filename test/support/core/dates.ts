const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Civil times from a list of days such as `1997 Sep 2-4 30 Oct 2; 1998 Jan 1`, each at `time`. Years, months and
 * days stay in force until the next of their kind.
 */
export function daysAt(time: string, list: string): string[] {
  let [year, month] = ['', ''];
  const dates: string[] = [];
  for (const word of list.split(/[\s;]+/).filter((part) => part !== '')) {
    if (MONTHS.includes(word)) {
      month = two(MONTHS.indexOf(word) + 1);
    } else if (/^\d{4}$/.test(word)) {
      year = word;
    } else {
      const [first, last = first] = word.split('-').map(Number);
      for (let day = first; day <= last; day += 1) dates.push(`${year}-${month}-${two(day)}T${time}`);
    }
  }
  return dates;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
