/** Gives a JSON line of the log, without its line break, another form. */
export type LineFormat = (line: string) => string;

/**
 * A format for people: the time, the level and the message, and the other fields behind them. The format works in
 * this process and at once, so that no line is lost at the end.
 */
export async function prettyLines(colorize: boolean): Promise<LineFormat> {
  // Loaded only where it is used.
  const { prettyFactory } = await import('pino-pretty');
  const format = prettyFactory({
    colorize,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: '{if context}{context}: {end}{msg}',
    ignore: 'context',
  });
  return (line) => format(line).trimEnd();
}
