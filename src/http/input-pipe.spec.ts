import { describe, expect, test } from '@jest/globals';
import type { ArgumentMetadata } from '@nestjs/common';
import { ChangesBody } from './body/changes-body.js';
import { NestedField } from './fields/nested-field.js';
import { TextField } from './fields/text-field.js';
import { InputPipe } from './input-pipe.js';

class RoomDto {
  @TextField({ description: 'A name.', max: 9, optional: true })
  name?: string;
}

class EventDto {
  @TextField({ description: 'A title.', max: 9, optional: true })
  title?: string;

  @NestedField(() => RoomDto, { description: 'A room.', optional: true })
  room?: RoomDto;
}

@ChangesBody()
class EventPatchDto extends EventDto {}

async function transformed(value: unknown, metatype: ArgumentMetadata['metatype'] = EventDto) {
  return new InputPipe().transform(value, { type: 'body', metatype });
}

describe('the input of a request', () => {
  test.each([
    [{}, {}],
    [undefined, {}],
    [
      { title: 'Plan', room: { name: 'One' } },
      { title: 'Plan', room: { name: 'One' } },
    ],
  ])('%p becomes a DTO', async (body, fields) => {
    const dto = await transformed(body);
    expect(dto).toBeInstanceOf(EventDto);
    expect(dto).toMatchObject(fields);
  });

  test.each<[unknown, string, string]>([
    [null, 'body', 'an object is expected'],
    [[], 'body', 'an object is expected'],
    ['text', 'body', 'an object is expected'],
    [{ name: 'x' }, 'name', 'is not a known field'],
    [{ room: { title: 'x' } }, 'room.title', 'is not a known field'],
    [{ constructor: 1 }, 'constructor', 'is not a known field'],
    [JSON.parse('{"__proto__":{}}'), '__proto__', 'is not a known field'],
    [{ room: { toString: 1 } }, 'room.toString', 'is not a known field'],
    [{ prototype: {} }, 'prototype', 'is not a known field'],
  ])('%p is refused at %s: %s', async (body, field, message) => {
    await expect(transformed(body)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'invalid_input',
      errors: [{ field, message }],
    });
  });

  test('names every fault', async () => {
    await expect(transformed({ title: '', room: { name: '', seats: 2 } })).rejects.toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ field: 'title' }),
        expect.objectContaining({ field: 'room.name' }),
        { field: 'room.seats', message: 'is not a known field' },
      ]),
    });
  });

  test.each([{}, undefined])('of a change is not %p', async (body) => {
    const message = 'an object with at least one field is expected';
    await expect(transformed(body, EventPatchDto)).rejects.toMatchObject({
      errors: [{ field: 'body', message }],
    });
  });

  test('leaves the text of a path as it is', async () => {
    const metadata: ArgumentMetadata = { type: 'param', metatype: Number, data: 'event_id' };
    expect(await new InputPipe().transform('0x10', metadata)).toBe('0x10');
  });
});
