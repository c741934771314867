import { Module } from '@nestjs/common';
import { OutboxMessagesRepository } from './store/outbox-messages.repository.js';
import { OutboxQueueRepository } from './store/outbox-queue.repository.js';
import { EndedMessages } from './worker/ended-messages.js';
import { OutboxWorkers } from './worker/outbox-workers.js';
import { Outbox } from './write/outbox.js';

@Module({
  providers: [EndedMessages, Outbox, OutboxMessagesRepository, OutboxQueueRepository, OutboxWorkers],
  exports: [EndedMessages, Outbox, OutboxWorkers],
})
export class OutboxModule {}
