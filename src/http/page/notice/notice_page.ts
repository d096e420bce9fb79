import { escaped } from "../escaped.ts";
import { htmlResponse } from "../html_response.ts";
import { noticeCss, noticeWords } from "./notice_parts.ts";

/** The words of a page that stands for what was asked for. */
export interface Notice {
  /** The status of the answer. */
  status: number;
  /** The reason, a sentence for a person. */
  sentence: string;
  /** Headers of the answer, besides those of a page. */
  headers: Readonly<Record<string, string>>;
  /** The address of the first page, as the client sees it. */
  home: string;
  /** True if it is for a frame, which any page may have. */
  isFramed?: boolean;
  /** True if a token would help: there is a form for one. */
  takesToken?: boolean;
  /** True if a wrong token was sent. */
  isWrong?: boolean;
  /** Pages to go to instead: their addresses below `home`, and titles. */
  links?: readonly { address: string; title: string }[];
}

/**
 * A page that says why there is not what was asked for, and how to go on. It
 * needs no script.
 *
 * @param request What asks for it.
 * @param notice What it says.
 */
export function noticeResponse(request: Request, notice: Notice): Response {
  const { status, headers } = notice;
  const response = htmlResponse(request, PAGE, "", {
    parts: {
      $TITLE: titleOf(notice),
      $HEAD: head(notice),
      $BODY: body(notice),
    },
    ancestors: notice.isFramed ? "*" : "'self'",
    takesForm: notice.takesToken,
  });
  for (const [name, value] of Object.entries(headers)) {
    response.headers.set(name, value);
  }
  response.headers.set("cache-control", "no-store, no-transform");
  return new Response(response.body, { status, headers: response.headers });
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>$TITLE</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    $HEAD<style nonce="$NONCE">
${noticeCss}</style>
  </head>
  <body>
    <main>
$BODY    </main>
  </body>
</html>
`;

function titleOf({ status, takesToken }: Notice): string {
  if (status === 401) {
    return takesToken ? noticeWords.token : noticeWords.password;
  }
  if (status === 404) return noticeWords.nothing;
  return status === 503 ? noticeWords.busy : noticeWords.refused;
}

function head({ headers }: Notice): string {
  const seconds = headers["retry-after"];
  return seconds === undefined
    ? ""
    : `<meta http-equiv="refresh" content="${escaped(seconds)}">\n    `;
}

function body(notice: Notice): string {
  const { sentence, home, takesToken, isWrong, links = [], headers } = notice;
  const isLocked = notice.status === 401;
  const about = isLocked
    ? takesToken ? noticeWords.aboutToken : noticeWords.aboutPassword
    : sentence;
  const again = headers["retry-after"] === undefined
    ? ""
    : paragraph(noticeWords.again);
  const list = links.map(({ address, title }) =>
    `        <li>${link(home + address, title)}</li>\n`
  ).join("");
  return `      <h1>${escaped(titleOf(notice))}</h1>\n` +
    paragraph(escaped(about)) + again +
    (takesToken ? form(isWrong) : "") +
    (list === "" ? "" : `      <ul>\n${list}      </ul>\n`) +
    (isLocked ? "" : paragraph(link(home, noticeWords.home)));
}

/** Sends the token to the same address, which keeps it in a cookie. */
function form(isWrong: boolean = false): string {
  const described = isWrong
    ? ' aria-describedby="wrong" aria-invalid="true"'
    : "";
  return (isWrong
    ? `      <p id="wrong" class="wrong" role="alert">${noticeWords.wrong}</p>\n`
    : "") +
    `      <form>
        <label for="token">${noticeWords.label}</label>
        <div class="field">
          <input id="token" name="token" type="password" required autofocus
            autocomplete="current-password"${described}>
          <button>${noticeWords.watch}</button>
        </div>
      </form>
`;
}

function paragraph(html: string): string {
  return `      <p>${html}</p>\n`;
}

function link(address: string, title: string): string {
  return `<a href="${escaped(address)}">${escaped(title)}</a>`;
}
