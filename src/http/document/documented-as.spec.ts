import { describe, expect, test } from '@jest/globals';
import { getSchemaPath } from '@nestjs/swagger';
import { DocumentedAs } from './documented-as.js';

describe('DocumentedAs', () => {
  test('names the schema of a class', () => {
    @DocumentedAs('Room', 'A room.')
    class RoomDto {}
    expect(getSchemaPath(RoomDto)).toBe('#/components/schemas/Room');
  });

  test('refuses a name that another class has', () => {
    @DocumentedAs('Desk', 'A desk.')
    class DeskDto {}
    class OtherDeskDto {}
    expect(() => DocumentedAs('Desk', 'Another desk.')(OtherDeskDto)).toThrow(
      'Two classes are documented as Desk.',
    );
    expect(getSchemaPath(DeskDto)).toBe('#/components/schemas/Desk');
  });
});
