import { StreamConnection } from "../../channel/viewers/stream_connection.ts";
import type { Answer } from "../answer/answer.ts";
import { SocketAnswer } from "../answer/socket_answer.ts";
import type { HandlerSettings } from "../call/handler_settings.ts";
import type { Client } from "../connection/client.ts";
import { openSocket } from "../connection/upgrade.ts";
import { WatchedConnection } from "../connection/watched_connection.ts";
import { orRefusal } from "./refusal.ts";

/** As much of the settings as it takes to send an answer. */
export type SendingSettings = Pick<
  HandlerSettings,
  "faults" | "upgradeWebSocket"
>;

/** Begins to answer by web streams and WebSockets. It never throws. */
export function respond(
  request: Request,
  answer: Answer,
  settings: SendingSettings,
  client?: Client,
): Response {
  if (answer instanceof Response) return answer;
  return orRefusal(settings, () => {
    if (answer instanceof SocketAnswer) {
      return openSocket(request, answer, settings, client);
    }
    const { headers, attach } = answer;
    const connection = client === undefined
      ? new StreamConnection()
      : new WatchedConnection(client);
    connection.onLeave = attach(connection);
    return new Response(connection.stream, { headers });
  });
}
