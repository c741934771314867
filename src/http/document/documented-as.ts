import { ApiSchema } from '@nestjs/swagger';

const classes = new Map<string, object>();

/**
 * Names the schema of a class in the OpenAPI document and describes it.
 * @throws {Error} at load, if another class has the name: the document would show one schema for both
 */
export function DocumentedAs(name: string, description: string): ClassDecorator {
  return (target) => {
    const other = classes.get(name);
    if (other !== undefined && other !== target) throw new Error(`Two classes are documented as ${name}.`);
    classes.set(name, target);
    ApiSchema({ name, description })(target);
  };
}
