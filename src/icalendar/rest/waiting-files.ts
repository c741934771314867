import type { CompressedText, TextMemory } from '../../platform/memory/written-text.js';

/**
 * Bytes. A smaller file is sent at once: some 10,000 events. A larger one waits compressed until the client has read it.
 * @public `docs/limits.md` lists it.
 */
export const MAX_TAGGED_FILE_BYTES = 4 * 1024 * 1024;

/**
 * Bytes of a compressed file: some 300,000 events.
 * @public `docs/limits.md` lists it.
 */
export const MAX_WAITING_FILE_BYTES = 16 * 1024 * 1024;

/**
 * Bytes of all compressed files in a process.
 * @public `docs/limits.md` lists it.
 */
export const MAX_WAITING_FILES_BYTES = 64 * 1024 * 1024;

/** The memory of the files that clients of this process are reading. */
class WaitingFiles {
  private bytes = 0;

  /** The memory that one file may take. */
  ofOne(): TextMemory {
    let own = 0;
    return {
      maxPlainBytes: MAX_TAGGED_FILE_BYTES,
      take: (bytes) => {
        if (own + bytes > MAX_WAITING_FILE_BYTES || this.bytes + bytes > MAX_WAITING_FILES_BYTES)
          return false;
        own += bytes;
        this.bytes += bytes;
        return true;
      },
      giveBack: (bytes) => {
        this.bytes -= bytes;
      },
    };
  }

  /** Gives the memory of a file back. */
  end({ length }: CompressedText): void {
    this.bytes -= length;
  }
}

/** The same for all modules of the process, since the memory is that of the process. */
export const WAITING_FILES = new WaitingFiles();
