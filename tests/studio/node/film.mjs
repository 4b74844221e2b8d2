// A film through OpenAI's own client, streamed into a file. Prints its video as JSON.
// Usage: node film.mjs FOLDER_OF_MODULES BASE_URL KEY FILE PARAMETERS

import { createWriteStream } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const [modules, baseURL, apiKey, file, parameters] = process.argv.slice(2);
const { OpenAI } = createRequire(join(modules, "package.json"))("openai");
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });

let video = await client.videos.create(JSON.parse(parameters));
while (["queued", "in_progress"].includes(video.status)) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  video = await client.videos.retrieve(video.id);
}
const content = await client.videos.downloadContent(video.id);
await pipeline(Readable.fromWeb(content.body), createWriteStream(file));
process.stdout.write(JSON.stringify(video));
