// Every operation of the Videos API through OpenAI's own client. Prints what it saw as JSON.
// Usage: node client.mjs FOLDER_OF_MODULES BASE_URL KEY FOLDER

import { createReadStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, baseURL, apiKey, folder] = process.argv.slice(2);
const { OpenAI, toFile } = createRequire(join(modules, "package.json"))("openai");
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const small = { model: "draft", size: "96x64", "lichtspiel[fps]": 2 };

async function done(video) {
  while (["queued", "in_progress"].includes(video.status)) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    video = await client.videos.retrieve(video.id);
  }
  return video;
}

async function refused(asking) {
  try {
    await asking;
  } catch (error) {
    return { status: error.status, code: error.code, param: error.param, type: error.type };
  }
  throw new Error("this was not refused");
}

const seen = {};

const made = await done(await client.videos.create({ prompt: "An old fisherman waves.", ...small }));
seen.made = { status: made.status, size: made.size, seconds: made.seconds, progress: made.progress };

const film = join(folder, "film.mp4");
await writeFile(film, Buffer.from(await (await client.videos.downloadContent(made.id)).arrayBuffer()));
seen.film = (await readFile(film)).subarray(4, 8).toString();
const still = await client.videos.downloadContent(made.id, { variant: "thumbnail" });
seen.thumbnail = still.headers.get("content-type");

const remix = await done(await client.videos.remix(made.id, { prompt: "The same at night." }));
seen.remix = { status: remix.status, from: remix.remixed_from_video_id === made.id };

const edit = await done(await client.videos.edit({ prompt: "The same at night.", video: { id: made.id } }));
seen.edit = { status: edit.status, light: edit.lichtspiel.screenplay.setting.time_of_day };
const sent = await client.videos.edit({ prompt: "The same at night.", video: createReadStream(film) });
seen.sent = { status: (await done(sent)).status };

const extended = await done(
  await client.videos.extend({ prompt: "He laughs.", seconds: "4", video: { id: made.id } }),
);
seen.extended = { status: extended.status, seconds: extended.seconds };

const character = await client.videos.createCharacter({ name: "Captain Moss", video: createReadStream(film) });
seen.character = (await client.videos.getCharacter(character.id)).name;

const picture = await toFile(await readFile(join(folder, "picture.png")), "picture.png");
const begun = await done(
  await client.videos.create({ prompt: "A red ball falls.", input_reference: picture, ...small }),
);
seen.reference = begun.status;
const url = `data:image/png;base64,${(await readFile(join(folder, "picture.png"))).toString("base64")}`;
const linked = await client.videos.create({
  prompt: "A red ball falls.",
  input_reference: { image_url: url },
  ...small,
});
seen.url = (await done(linked)).status;

const lines = [];
for await (const video of client.videos.list({ limit: 2, order: "asc" })) lines.push(video.id);
seen.listed = [made, remix, edit].every((video) => lines.includes(video.id));
seen.twice = lines.length !== new Set(lines).size;

const request = { prompt: "A red ball falls.", model: "draft", size: "96x64", lichtspiel: { fps: 1 } };
const batched = JSON.stringify({ custom_id: "one", method: "POST", url: "/v1/videos", body: request });
const file = await client.files.create({
  file: await toFile(Buffer.from(batched), "requests.jsonl"),
  purpose: "batch",
});
let batch = await client.batches.create({
  input_file_id: file.id,
  endpoint: "/v1/videos",
  completion_window: "24h",
});
while (batch.status === "in_progress") {
  await new Promise((resolve) => setTimeout(resolve, 200));
  batch = await client.batches.retrieve(batch.id);
}
const answer = JSON.parse(await (await client.files.content(batch.output_file_id)).text());
seen.batch = { status: batch.status, made: answer.response.body.status };

seen.deleted = (await client.videos.delete(linked.id)).deleted;
seen.gone = await refused(client.videos.retrieve(linked.id));
seen.wrong = await refused(client.videos.create({ prompt: "A ball falls.", seconds: "5" }));
seen.models = (await client.models.list()).data.map((model) => model.id);

process.stdout.write(JSON.stringify(seen));
