/** Bytes as text. @example megabytes(2 ** 21) // '2 MB' */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
