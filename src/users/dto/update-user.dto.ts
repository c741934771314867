import { PartialType } from '@nestjs/swagger';
import { CreateUserDto } from './create-user.dto.js';

/** What is absent stays as it is. */
export class UpdateUserDto extends PartialType(CreateUserDto, { skipNullProperties: false }) {}
