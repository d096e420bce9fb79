/** `GET /` for a browser that navigates: the page that shows the stream. */
export function pageResponse(_request: Request): Response {
  return new Response("<!doctype html><img src=/live.gif>", {
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
