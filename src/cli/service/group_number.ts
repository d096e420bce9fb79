/** The groups of this machine: lines of `name:password:number:members`. */
const GROUP_FILE = "/etc/group";

/**
 * The number of a group.
 *
 * @param group The group's name or number.
 * @throws {Error} If this machine has no such group.
 */
export async function groupNumber(group: string): Promise<number> {
  if (/^\d{1,9}$/.test(group)) return Number(group);
  const lines = (await Deno.readTextFile(GROUP_FILE)).split("\n");
  const found = lines.map((line) => line.split(":"))
    .find(([name]) => name === group);
  const number = found?.[2] ?? "";
  if (/^\d+$/.test(number)) return Number(number);
  throw new Error(
    `expected a group of this machine, found ${group}; give its number if it ` +
      `is not in ${GROUP_FILE}`,
  );
}
