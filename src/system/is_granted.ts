/**
 * True if Deno permits something; undefined in other runtimes, which need no
 * permission. Asked before, since Deno would ask the user otherwise.
 */
export function isGranted(
  permission: Deno.PermissionDescriptor,
): boolean | undefined {
  const { Deno } = globalThis as {
    Deno?: { permissions?: typeof globalThis.Deno.permissions };
  };
  const { state } = Deno?.permissions?.querySync(permission) ?? {};
  return state && state === "granted";
}
