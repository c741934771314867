import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** Describes the service's routes in OpenAPI 3.1. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const document = new DocumentBuilder().setOpenAPIVersion('3.1.0').setTitle('Calendar').build();
  return SwaggerModule.createDocument(app, document);
}
