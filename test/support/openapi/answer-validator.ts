import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Document, Operation } from './operation.js';

/** Tells whether answers are as the document says. */
export class AnswerValidator {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(private readonly document: Document) {
    formats.default(this.ajv);
    this.ajv.addSchema(document, 'document');
  }

  /** What is wrong with a body of this status and media type; empty when nothing is. */
  faults(operation: Operation, status: number, mediaType: string | null, body: unknown): string[] {
    const found = this.describedAs(operation, status);
    if (!found) return [`${status} is not in the document`];
    const [pointer, answer] = found;
    if (!answer.content) return body === null ? [] : ['a body where there is none'];
    if (mediaType === null || !(mediaType in answer.content)) return [`not of the media type ${mediaType}`];
    const schema = `document#${pointer}/content/${escaped(mediaType)}/schema`;
    const validate = this.ajv.getSchema(schema) ?? this.ajv.compile({ $ref: schema });
    return validate(body)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  private describedAs({ method, path, responses }: Operation, status: number): [string, any] | null {
    const key = String(status) in responses ? String(status) : 'default';
    // `default` stands for refusals.
    if (!(key in responses) || (key === 'default' && status < 400)) return null;
    const { $ref: reference } = responses[key];
    if (reference === undefined)
      return [`/paths/${escaped(path)}/${method.toLowerCase()}/responses/${key}`, responses[key]];
    const name = reference.split('/').at(-1);
    return [`/components/responses/${name}`, this.document.components.responses[name]];
  }
}

/** As a part of a JSON pointer in a URI. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
