/** A string, a template, a comment, or a regular expression after a token that an operand follows. */
const QUOTED =
  /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<=[(,=:[!&|?{};\n]\s*)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;

/** The code of a file: its text with blanks in place of comments, strings and regular expressions. */
export function codeOf(text: string): string {
  return text.replace(QUOTED, (match) => match.replace(/[^\n]/g, ' '));
}
