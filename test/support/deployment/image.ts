import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { execForm, type Instruction, includedBy, parseDockerfile, type Stage, words } from './dockerfile.js';

/** The file system that a stage of the Dockerfile makes, and how it is run. */
export interface Image {
  /** The directory that stands for the root of the image. */
  readonly root: string;
  readonly base: string;
  workdir: string;
  environment: Record<string, string>;
  user: { uid: number; gid: number } | null;
  command: string[];
  healthCheck: string[];
}

/**
 * Makes in `directory` the files that `docker build` makes of the context, by the instructions of its Dockerfile, with the Node.js
 * and npm of this machine instead of the base image. Gives the image of the last stage.
 * @throws {Error} if a command fails, if a file to copy is missing, or at an unknown instruction
 */
export async function buildImage(context: string, directory: string): Promise<Image> {
  const read = async (name: string): Promise<string> => readFile(join(context, name), 'utf8');
  const builder = new Builder(context, includedBy(await read('.dockerignore')));
  await chmod(directory, 0o755);
  let image: Image | undefined;
  for (const [index, stage] of parseDockerfile(await read('Dockerfile')).entries())
    image = await builder.build(stage, join(directory, stage.name ?? String(index)));
  if (!image) throw new Error('The Dockerfile has no FROM.');
  return image;
}

class Builder {
  private readonly stages = new Map<string, Image>();

  constructor(
    private readonly context: string,
    private readonly included: (path: string) => boolean,
  ) {}

  async build(stage: Stage, root: string): Promise<Image> {
    const { base, name } = stage;
    const image: Image = {
      root,
      base,
      workdir: '/',
      environment: {},
      user: null,
      command: [],
      healthCheck: [],
    };
    await mkdir(root);
    for (const instruction of stage.instructions) await this.execute(instruction, image);
    if (name !== null) this.stages.set(name, image);
    return image;
  }

  private async execute({ name, options, text }: Instruction, image: Image): Promise<void> {
    switch (name) {
      case 'WORKDIR':
        image.workdir = resolve(image.workdir, text);
        await mkdir(pathIn(image), { recursive: true });
        return;
      case 'ENV':
        for (const pair of words(text)) {
          const [variable = '', value = ''] = pair.split('=', 2);
          image.environment[variable] = inside(image.root, value);
        }
        return;
      case 'COPY':
        return this.copy(options, words(text), image);
      case 'RUN':
        return run(text, image);
      case 'USER': {
        const [, uid, gid] = /^(\d+):(\d+)$/.exec(text) ?? [];
        if (uid === undefined) throw new Error(`USER is not numeric: ${text}`);
        image.user = { uid: Number(uid), gid: Number(gid) };
        return;
      }
      case 'EXPOSE':
        return;
      case 'HEALTHCHECK':
        image.healthCheck = execForm(text.replace(/^CMD\s+/, ''));
        return;
      case 'CMD':
        image.command = execForm(text);
        return;
      default:
        throw new Error(`The test does not know the instruction ${name}.`);
    }
  }

  private async copy(options: Instruction['options'], paths: string[], image: Image): Promise<void> {
    const { from, ...unknown } = options;
    if (Object.keys(unknown).length > 0)
      throw new Error(`The test does not know the options of COPY ${paths.join(' ')}.`);
    const origin = from === undefined ? null : this.stages.get(from);
    if (origin === undefined) throw new Error(`COPY names a stage that does not precede it: ${from}.`);
    const target = paths.at(-1) ?? '';
    for (const path of paths.slice(0, -1)) {
      const source = origin === null ? join(this.context, path) : pathIn(origin, path);
      const isDirectory = (await stat(source)).isDirectory();
      const destination = pathIn(
        image,
        target.endsWith('/') && !isDirectory ? target + basename(path) : target,
      );
      await cp(source, destination, {
        recursive: true,
        verbatimSymlinks: true,
        filter: async (file) =>
          origin !== null || this.included(relative(this.context, file)) || (await stat(file)).isDirectory(),
      });
      await stat(destination);
    }
  }
}

/** A path of the image, absolute or in its working directory, as a path of this machine. */
export function pathIn({ root, workdir }: Image, path = ''): string {
  return join(root, resolve(workdir, path));
}

/** The text with each absolute path of the image as a path of this machine. */
function inside(root: string, text: string): string {
  return text.replace(/(^|\s)(?=\/)/g, `$1${root}`);
}

function run(text: string, image: Image): void {
  // Only root may give files away; for another account the test runs the service as itself.
  const shell = `${process.getuid?.() === 0 ? '' : 'chown() { :; }; '}set -e; ${inside(image.root, text)}`;
  const { status, error, stdout, stderr } = spawnSync('sh', ['-c', shell], {
    cwd: pathIn(image),
    env: { ...machineEnvironment(), ...image.environment },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`RUN ${text} failed: ${error?.message ?? stdout + stderr}`);
}

/** npm needs its settings and the proxies of this machine, and nothing of the running test. */
function machineEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:NODE_ENV|NODE_OPTIONS|npm_config_(?:local_)?prefix)$/.test(name),
  );
  // Each package is in npm's cache, since this run itself was installed from the same lock file.
  return { ...Object.fromEntries(inherited), npm_config_prefer_offline: 'true' };
}
