/** Actions on the service of systemd. */
export const SERVICE_ACTIONS = ["print", "install", "remove"] as const;
/** See {@linkcode SERVICE_ACTIONS}. */
export type ServiceAction = typeof SERVICE_ACTIONS[number];
