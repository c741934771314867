import { describe, expect, test } from '@jest/globals';
import { InputPipe } from '../../http/input-pipe.js';
import { WorkingHoursDto } from './working-hours.dto.js';

const HOURS = { days_of_week: [1, 5], from: '09:00', to: '18:00' };

async function read(body: object): Promise<unknown> {
  return new InputPipe().transform(body, { type: 'body', metatype: WorkingHoursDto });
}

describe('a row of working hours', () => {
  test.each([
    HOURS,
    { ...HOURS, from: '22:00', to: '06:00' },
    { ...HOURS, from: '00:00', to: '24:00' },
    { ...HOURS, from: '23:59', to: '00:00' },
  ])('may be %p', async (hours) => {
    expect(await read(hours)).toEqual(hours);
  });

  test.each([
    ['from', '24:00', 'must be a time of day from 00:00 to 23:59'],
    ['from', '9:00', 'must be a time of day from 00:00 to 23:59'],
    ['from', 900, 'must be a time of day from 00:00 to 23:59'],
    ['to', '24:01', 'must be a time of day from 00:00 to 24:00'],
    ['to', '18:60', 'must be a time of day from 00:00 to 24:00'],
    ['to', '18:00:00', 'must be a time of day from 00:00 to 24:00'],
    ['days_of_week', [], 'must list one to seven weekdays, 1 Monday to 7 Sunday'],
  ])('has no %s of %p', async (field, value, message) => {
    await expect(read({ ...HOURS, [field]: value })).rejects.toMatchObject({ errors: [{ field, message }] });
  });
});
