/** What {@linkcode markup} is filled with. */
export interface MarkupParts {
  /** Allows style and script under the page's policy. */
  nonce: string;
  /** CSS. */
  style: string;
  /** JavaScript, run as a module. */
  script: string;
  /** Name of the channel to show; empty if there is none yet. */
  name: string;
}

/** The viewer page as HTML. */
export function markup({ nonce, style, script, name }: MarkupParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Live</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header>
<h1 id="name">Live</h1>
<p id="state" role="status" data-state="connecting">Connecting</p>
<p id="watching"></p>
</header>
<main>
<div id="stage" role="img" aria-label="Live picture" data-channel="${name}">
<noscript><img src="${name}.gif" alt="Live picture"></noscript>
</div>
<p id="facts">&nbsp;</p>
<div id="actions">
<a id="snapshot" href="${name}/snapshot.png" target="_blank">Snapshot</a>
<a id="clip" href="${name}/clip.gif" target="_blank">Last 10 s</a>
<button id="share" type="button" aria-expanded="false" aria-controls="sharing"
>Embed code</button>
</div>
<div id="sharing" hidden>
<label for="embed">Show it in a page of your own</label>
<div id="embedding">
<input id="embed" readonly spellcheck="false">
<button id="copy" type="button">Copy</button>
</div>
<p><a id="only" href="${name}.gif">Only the GIF</a></p>
</div>
</main>
<nav id="channels" aria-labelledby="channels-title" hidden>
<h2 id="channels-title">Channels</h2>
<ul></ul>
</nav>
<script type="module" nonce="${nonce}">
${script}</script>
</body>
</html>
`;
}
