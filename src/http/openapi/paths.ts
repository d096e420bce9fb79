import type { Address, DescribedResource } from "../call/address.ts";
import { type Operation, parameter, type PathItem } from "./form.ts";
import { OPERATIONS } from "./operations.ts";
import { parameterOrReference } from "./parameters.ts";
import * as server from "./server_operations.ts";

/**
 * Describes the operations at each address.
 *
 * @param addresses The addresses of the server.
 * @param self The resource that is the document, which cannot be imported
 * here, since it imports this.
 */
export function pathsOf(
  addresses: readonly Address[],
  self: DescribedResource,
): Record<string, PathItem> {
  return Object.fromEntries(addresses.map((address) => {
    const { path, resource } = address;
    const item = resource === self
      ? { get: server.openapi }
      : OPERATIONS.get(resource) ?? {};
    return [path.replace("NAME", "{channel}"), each(item, address)];
  }));
}

function each(item: PathItem, address: Address): PathItem {
  return Object.fromEntries(
    Object.entries(item).map(([method, it]) => [method, at(address, it)]),
  );
}

/** Completes an operation for one address, with its parameters there. */
function at({ about, resource }: Address, operation: Operation): Operation {
  const { operationId, summary } = operation;
  const parameters = [
    ...(about === "channel" ? [parameter("Channel")] : []),
    ...(resource.parameters ?? []).map(parameterOrReference),
    ...(operation.parameters ?? []),
  ];
  return {
    ...operation,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(about === "first channel"
      ? {
        operationId: `${operationId}OfFirst`,
        summary: `${summary} (first channel)`,
      }
      : {}),
  };
}
