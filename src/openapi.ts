import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document of the service, as its controllers declare it. */
export function createOpenApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Calendar')
    .setDescription(
      'Users, events that repeat, invites, free and busy time, and the nearest interval in which all are free. ' +
        'Instants are RFC 3339; windows are half-open; errors are problem details (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'The `access_token` of `POST /auth/login`.',
    })
    .build();
  return SwaggerModule.createDocument(app, options);
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
