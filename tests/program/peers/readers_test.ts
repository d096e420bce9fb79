import { assert, assertEquals } from "@std/assert";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { run } from "../../support/program/ffmpeg.ts";
import { Program } from "../../support/program/program.ts";
import { requireFile, requireTool } from "../../support/require.ts";

const PYTHON = "/usr/bin/python3";
const MODULES = "/usr/lib/python3/dist-packages";

/** Pictures of the MJPEG, from addresses as OpenCV's users write them. */
const OPENCV = `
import cv2, sys
for path in ["/live.mjpeg", "/?action=stream?dummy=param.mjpg"]:
    video = cv2.VideoCapture(sys.argv[1] + path)
    seen = {video.read()[1].tobytes() for _ in range(10)}
    print(len(seen) > 5)
`;

/** A camera of Home Assistant's "mjpeg" and "generic": stream, still, login. */
const HOME_ASSISTANT = `
import aiohttp, asyncio, sys

async def picture(response):
    data = b""
    async for chunk in response.content.iter_chunked(1024):
        data += chunk
        end = data.find(b"\\xff\\xd9")
        if end < 0: continue
        return data[data.find(b"\\xff\\xd8"):end + 2]

async def main(site):
    login = aiohttp.BasicAuth("home", "zqx")
    async with aiohttp.ClientSession(auth=login) as session:
        stills = set()
        while len(stills) < 2:
            async with session.get(site + "/snapshot.jpg") as response:
                assert response.headers["Content-Type"] == "image/jpeg"
                stills.add(await response.read())
        async with session.get(site + "/live.mjpeg") as response:
            jpeg = await picture(response)
            print(jpeg[:2] == b"\\xff\\xd8" and jpeg[-2:] == b"\\xff\\xd9")
    async with aiohttp.ClientSession() as session:
        async with session.get(site + "/snapshot.jpg") as response:
            print(response.status == 401)

asyncio.run(main(sys.argv[1]))
`;

/** Lengths in the heads of parts, as many scripts read them. */
const REQUESTS = `
import requests, sys
response = requests.get(
    sys.argv[1] + "/live.mjpeg", auth=("home", "zqx"), stream=True, timeout=60)
lines, count = response.raw, 0
while count < 10:
    line = lines.readline().strip()
    if not line.lower().startswith(b"content-length:"): continue
    while lines.readline().strip(): pass
    jpeg = lines.read(int(line.split(b":")[1]))
    count += jpeg[:2] == b"\\xff\\xd8" and jpeg[-2:] == b"\\xff\\xd9"
print(count == 10)
`;

interface Reader {
  script: string;
  needs: string;
  login?: boolean;
  says: string;
}

const READERS: Record<string, Reader> = {
  OpenCV: {
    script: OPENCV,
    needs: `cv2.cpython-311-${Deno.build.arch}-linux-gnu.so`,
    says: "True\nTrue\n",
  },
  "aiohttp, as Home Assistant does it": {
    script: HOME_ASSISTANT,
    needs: "aiohttp/__init__.py",
    login: true,
    says: "True\nTrue\n",
  },
  requests: {
    script: REQUESTS,
    needs: "requests/__init__.py",
    login: true,
    says: "True\n",
  },
};

for (const [name, { script, needs, login, says }] of Object.entries(READERS)) {
  Deno.test({
    name: `gifstream is read by ${name}`,
    ignore: !requireFile(`${MODULES}/${needs}`),
    fn: () =>
      withFolder(async (folder) => {
        const path = `${folder}/basic.txt`;
        await Deno.writeTextFile(path, "home:zqx\n");
        const access = login ? ["--viewer-basic-file", path] : [];
        await using program = new Program({
          args: ["test:", "--port", "0", ...access],
        });
        const address = await program.address();
        const said = await run(PYTHON, ["-c", script, address]);
        assertEquals(new TextDecoder().decode(said), says);
        assertEquals(await program.stop(), 0);
      }),
  });
}

Deno.test({
  name: "gifstream is read by ffmpeg as Home Assistant asks it",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    await using program = new Program({ args: ["test:", "--port", "0"] });
    const input = `${await program.address()}/live.mjpeg`;
    const jpeg = await run("ffmpeg", [
      ...["-hide_banner", "-v", "error", "-i", input, "-an", "-frames:v", "1"],
      ...["-c:v", "mjpeg", "-f", "image2pipe", "-"],
    ]);
    assertEquals(jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xd8));
    assert(jpeg.length > 1000);
    assertEquals(await program.stop(), 0);
  },
});
