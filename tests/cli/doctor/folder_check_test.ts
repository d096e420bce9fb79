import { assertEquals } from "@std/assert";
import { fileSystemAt } from "../../../src/cli/doctor/folder_check.ts";

const MOUNTS = [
  "22 1 0:21 / / rw,relatime shared:1 - overlay overlay rw",
  "30 22 0:40 / /mnt/cams rw shared:2 master:1 - nfs4 nas:/cams rw",
  "31 30 8:1 / /mnt/cams/local rw - ext4 /dev/sda1 rw",
  "32 22 0:41 / /mnt/my\\040share rw - cifs //nas/x rw",
  "33 22 0:42 / /srv rw - ext4 /dev/sdb1 rw",
  "34 22 0:43 / /srv rw - fuse.sshfs host: rw",
  "",
].join("\n");

Deno.test("fileSystemAt() finds the file system that a folder is on", () => {
  const paths = [
    "/mnt/cams/yard",
    "/mnt/cams",
    "/mnt/camsite",
    "/mnt/cams/local/x",
    "/mnt/my share/a",
    "/srv/x",
    "/",
  ];
  assertEquals(paths.map((path) => fileSystemAt(MOUNTS, path)), [
    "nfs4",
    "nfs4",
    "overlay",
    "ext4",
    "cifs",
    "fuse.sshfs",
    "overlay",
  ]);
});
