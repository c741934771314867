import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Document, DocumentedResponse, Operation } from './operation.js';

/** Compares responses with the document. */
export class ResponseValidator {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(private readonly document: Document) {
    formats.default(this.ajv);
    this.ajv.addSchema(document, 'document');
  }

  /** @returns the faults of a body with this status and media type */
  faults(operation: Operation, status: number, mediaType: string | null, body: unknown): string[] {
    const found = this.describedAs(operation, status);
    if (!found) return [`${status} is not in the document`];
    const [pointer, response] = found;
    if (!response.content) return body === null ? [] : ['a body where there is none'];
    if (mediaType === null || !(mediaType in response.content)) return [`not of the media type ${mediaType}`];
    const schema = `document#${pointer}/content/${escaped(mediaType)}/schema`;
    const validate = this.ajv.getSchema(schema) ?? this.ajv.compile({ $ref: schema });
    return validate(body)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  private describedAs(
    { method, path, responses }: Operation,
    status: number,
  ): [string, DocumentedResponse] | null {
    const key = String(status) in responses ? String(status) : 'default';
    // `default` stands for refusals.
    if (!(key in responses) || (key === 'default' && status < 400)) return null;
    const { $ref: reference } = responses[key];
    if (reference === undefined)
      return [`/paths/${escaped(path)}/${method.toLowerCase()}/responses/${key}`, responses[key]];
    const name = reference.split('/').at(-1) as string;
    return [`/components/responses/${name}`, this.document.components.responses[name]];
  }
}

/** As a part of a JSON pointer in a URI. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
