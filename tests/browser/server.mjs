// Serves a folder on loopback the way a plain web server would: `index.html` for a folder, a redirect to its
// slash, `404.html` for what is not there. Takes a folder; gives an address and a way to stop.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Starts the server on a free port of loopback. */
export async function serve(folder) {
  const root = normalize(folder);
  const server = createServer((request, response) => {
    answer(root, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((stopped) => {
      server.closeAllConnections();
      server.close(stopped);
    }),
  };
}

async function answer(root, request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  let file = normalize(join(root, path));
  if (file !== root && !file.startsWith(root + sep) && file + sep !== root + sep) {
    response.writeHead(403).end();
    return;
  }
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) {
    if (!path.endsWith("/")) {
      response.writeHead(301, { location: `${path}/` }).end();
      return;
    }
    file = join(file, "index.html");
  }
  if (!(await stat(file).catch(() => null))?.isFile()) {
    const page = await readFile(join(root, "404.html")).catch(() => "");
    response.writeHead(404, { "content-type": TYPES[".html"] }).end(page);
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}
