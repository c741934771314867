import { maxHeaderSize } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { KEY_SCHEME, NEVER_OPEN, PERSON_SCHEME } from '../access/access.decorator.js';
import { RESERVED_SCOPES_TEXT } from '../access/scopes-field.js';
import { SECOND } from '../calendar/time/civil-time.js';
import { describeRepeatVariants } from '../events/rest/dto/repeat-variants.js';
import { MAX_BODY_DEPTH } from '../http/body/json-text.js';
import { BODY_LIMIT, REQUEST_TIMEOUT_MS } from '../http/http-adapter.js';
import { Configuration } from '../platform/configuration/configuration.js';
import { describeCommonResponses } from './common-responses.js';
import { describeDefaultValues } from './default-values.js';
import { composeExamples } from './examples.js';
import { orderPathParameters } from './path-parameters.js';
import { operationsOf } from './story/operations.js';
import { showProblems } from './story/problems.js';
import { STORY, tellStory } from './story/story.js';
import { describeWebhooks } from './webhooks.js';

const ABOUT_EXAMPLES =
  '\n\nThe examples form one story. Start with an empty database and `AUTH_MODE=optional`, and send every example from the top ' +
  'of the page to the bottom without a token: each request succeeds, except `refreshTokens`, `verifyEmail` and `resetPassword`, which need ' +
  'a token that the service makes, `changePassword`, which needs the `access_token` of `logIn`, `forgotPassword`, which needs `SMTP_URL`, `redeliverWebhook`, which needs the id of a delivery, `getFeed`, which needs the address that `createCalendarFeed` returns, and the operations that need an API key. "Authorize" in Swagger UI takes the `access_token` of `logIn`. The page then acts ' +
  'as user 3, also after a reload, until you log out in the same dialog. The examples act for user 1 and user 2, so the ' +
  'service refuses them (403) meanwhile.';

/** The OpenAPI document of the service, as its controllers declare it. */
export function createOpenApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const { publicUrl, authMode } = app.get(Configuration);
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Calendar')
    .setDescription(
      'Users, events that repeat, invites, free and busy time, and the nearest interval in which all are free. ' +
        'Instants are RFC 3339; windows are half-open; errors are problem details (RFC 9457). ' +
        `A body may have ${BODY_LIMIT / 2 ** 20} MiB and ${MAX_BODY_DEPTH} nested arrays and objects. The headers of a request may have ${maxHeaderSize / 2 ** 10} KiB. A request must ` +
        `arrive within ${REQUEST_TIMEOUT_MS / SECOND} seconds. An id consists of digits. \`?pretty=true\` indents the JSON of any response. If a path does not support the method of a request, the response is 405 with \`Allow\`.` +
        ABOUT_EXAMPLES,
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(publicUrl ?? '/', 'The service that serves this document.')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The `access_token` of `POST /auth/login`, or of `POST /auth/token-exchange`.',
      },
      PERSON_SCHEME,
    )
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'cal_…',
        description:
          'An API key. The list of an operation has the scope that the key needs. ' + RESERVED_SCOPES_TEXT,
      },
      KEY_SCHEME,
    );
  for (const { name, description } of STORY) builder.addTag(name, description);
  const options = builder.build();
  // A deep copy, since a description of one operation must not appear in another.
  const document = JSON.parse(JSON.stringify(SwaggerModule.createDocument(app, options))) as OpenAPIObject;
  orderPathParameters(document);
  if (authMode === 'optional') describeOptionalTokens(document);
  for (const [, operation] of operationsOf(document)) Reflect.deleteProperty(operation, NEVER_OPEN);
  describeCommonResponses(document);
  describeChanges(document);
  describeDefaultValues(document);
  describeRepeatVariants(document);
  describeWebhooks(document);
  tellStory(document);
  composeExamples(document);
  showProblems(document);
  return document;
}

/** Shows that a request may come without a token, except to operations for keys or for persons alone. */
function describeOptionalTokens(document: OpenAPIObject): void {
  for (const [, operation] of operationsOf(document)) {
    const { security = [] } = operation;
    if (NEVER_OPEN in operation) continue;
    const schemes = new Set(security.flatMap((scheme) => Object.keys(scheme)));
    if (schemes.has(PERSON_SCHEME) && schemes.has(KEY_SCHEME)) security.unshift({});
  }
}

/** Shows that a body has at least one field, as `ChangesBody` demands: that of a PATCH, and one without required fields. */
function describeChanges({ paths, components }: OpenAPIObject): void {
  for (const { patch, post } of Object.values(paths)) {
    for (const operation of [patch, post]) {
      const body = operation?.requestBody;
      const schema = body && 'content' in body ? body.content['application/json']?.schema : undefined;
      const name = schema && '$ref' in schema ? schema.$ref.split('/').at(-1) : undefined;
      const named = name === undefined ? undefined : components?.schemas?.[name];
      if (!body || !('required' in body) || !named || '$ref' in named) continue;
      if (operation === patch || (body.required && !named.required?.length)) named.minProperties = 1;
    }
  }
}

/** Serves the document at /openapi.json and the Swagger UI at /docs. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    swaggerOptions: { persistAuthorization: true },
    customSiteTitle: 'Calendar API',
  });
}
