import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { notFound } from '../../errors/domain-error.js';
import { keyInDeliveryId, MAX_DELIVERY_ID_LENGTH } from '../model/delivery-id.js';

const NAME = 'delivery_id';

class DeliveryIdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (keyInDeliveryId(value) !== null) return value;
    // Backticks would mark a field in a message.
    throw notFound('webhook delivery', value.replaceAll('`', "'").slice(0, MAX_DELIVERY_ID_LENGTH));
  }
}

/** The delivery in the path under `delivery_id`, checked and documented. */
export function DeliveryPathId(): ParameterDecorator {
  return (target, method, index) => {
    if (method === undefined) throw new Error('DeliveryPathId belongs to a parameter of a handler.');
    Param(NAME, new DeliveryIdPipe())(target, method, index);
    ApiParam({
      name: NAME,
      description: 'The id of the delivery.',
      schema: { type: 'string', maxLength: MAX_DELIVERY_ID_LENGTH, example: 'msg_1_1_l7q9zbwm' },
    })(target, method, Object.getOwnPropertyDescriptor(target, method) as PropertyDescriptor);
  };
}
