/**
 * Reads a variable by which systemd speaks to the programs that it starts, and
 * unsets it, so that child processes do not speak for this one. Never asks for
 * a permission.
 *
 * @returns Undefined if it is not set, or may not be read.
 */
export function takeManagerVariable(name: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  if (state !== "granted") return undefined;
  const value = Deno.env.get(name);
  if (value !== undefined) Deno.env.delete(name);
  return value === "" ? undefined : value;
}
