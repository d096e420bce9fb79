// Written by `deno task page`; change the files that it names.

/** The viewer page; in it, words as `$NAME` are to be replaced. */
export const pageHtml: string = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Live</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    $PREVIEW<link rel="icon" href="data:,">
    <style nonce="$NONCE">
:root {
  --ground: #f6f6f3;
  --ink: #1c1c1a;
  --quiet: #5c5c57;
  --line: #d3d3cd;
  --field: #fff;
  --live: #1a7f37;
  --away: #9a4b00;
  --focus: #0a58ca;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161615;
    --ink: #ececea;
    --quiet: #a3a39d;
    --line: #3a3a37;
    --field: #20201f;
    --live: #4ac26b;
    --away: #f0a54a;
    --focus: #7ab3ff;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0 auto;
  padding: 1rem;
  padding: clamp(.75rem, 2vw, 1.5rem);
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
h1,
p {
  margin: 0;
}
a {
  color: inherit;
  text-underline-offset: .2em;
}
:focus-visible {
  outline: .2rem solid var(--focus);
  outline-offset: .15rem;
}
header {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  padding-bottom: .75rem;
}
header > * {
  margin-right: 1rem;
}
h1 {
  font-size: 1.25rem;
  line-height: 1.2;
  overflow-wrap: break-word;
  overflow-wrap: anywhere;
}
#state {
  color: var(--away);
}
#state::before {
  content: "";
  display: inline-block;
  width: .6em;
  height: .6em;
  margin-right: .45em;
  border-radius: 50%;
  background: currentColor;
}
#state[data-state="live"] {
  color: var(--live);
}
#state[data-state="connecting"],
#state[data-state="paused"],
#state[data-state="held"],
#state[data-state="past"] {
  color: var(--quiet);
}
header > #watching {
  margin: 0 0 0 auto;
  font-variant-numeric: tabular-nums;
}
#watching,
#facts {
  color: var(--quiet);
}
#facts {
  padding: .4rem 0 .75rem;
  font-size: .875rem;
  text-align: center;
}
[hidden] {
  display: none !important;
}
#actions {
  display: flex;
}
#actions > * {
  margin: .25rem;
}
#actions {
  flex-wrap: wrap;
  justify-content: center;
}
input,
select,
button,
#actions a {
  padding: .45rem .7rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  background: var(--field);
  color: var(--ink);
  font: inherit;
}
input {
  flex: 1;
  min-width: 0;
  font-family: ui-monospace, monospace;
}
button {
  cursor: pointer;
}
#actions a {
  text-decoration: none;
}
button:hover,
#actions a:hover {
  border-color: var(--quiet);
}
/* Across the room, a dead camera looks dead. */
#stage.dim > * {
  filter: grayscale(1) brightness(.35);
}
#stage.changing > * {
  opacity: 0;
  /* No black picture where the next one comes at once. */
  transition: opacity 0s .15s;
}
/* Of a server that is away nobody knows how its channels do. */
body[data-state="reconnecting"] #channels .about,
body[data-state="offline"] #channels .about,
body[data-state="locked"] #channels .about {
  visibility: hidden;
}
body[data-state="reconnecting"] #channels .still,
body[data-state="offline"] #channels .still,
body[data-state="locked"] #channels .still {
  filter: grayscale(1) brightness(.5);
}
/* What could be done with a picture is of no use without one. */
.too-old main,
body[data-state="empty"] #facts,
body[data-state="empty"] #actions,
body[data-state="empty"] #resume {
  display: none;
}
#too-old {
  max-width: 34rem;
}
#notice {
  position: relative;
  z-index: 1;
  align-self: center;
  justify-self: center;
  width: 100%;
  max-width: 34rem;
  max-height: 100%;
  padding: .75rem 1rem;
  overflow: auto;
  background: rgba(0, 0, 0, .75);
  color: #fff;
  font-size: .9375rem;
  overflow-wrap: break-word;
  overflow-wrap: anywhere;
}
#notice .title {
  font-size: 1.125rem;
  font-weight: 600;
}
#notice p + p {
  margin-top: .25rem;
}
#notice .way {
  margin: .75rem 0 0;
}
#notice textarea {
  min-width: 0;
  padding: .35rem .5rem;
  border: 1px solid #8a8a85;
  border-radius: .25rem;
  background: #000;
  color: #fff;
  font: .8125rem/1.4 ui-monospace, monospace;
  resize: none;
}
#notice button {
  margin: 0;
}
@media (forced-colors: active) {
  /* Live is a full dot, all else a ring. */
  #state::before {
    border: .12em solid CanvasText;
    background: Canvas;
    forced-color-adjust: none;
  }
  #state[data-state="live"]::before,
  #channels [data-state="live"] .about::before {
    background: CanvasText;
    forced-color-adjust: none;
  }
  #stage.dim {
    outline: 3px dashed CanvasText;
  }
  #notice {
    border: 2px solid CanvasText;
    background: Canvas;
    color: CanvasText;
  }
}
#sharing {
  max-width: 44rem;
  margin: 1rem auto 0;
  padding: 1rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  font-size: .875rem;
}
#sharing h2 {
  margin: 0 0 .75rem;
}
#sharing p {
  margin: .25rem 0 0;
  color: var(--quiet);
}
#sharing .code {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  margin-bottom: .75rem;
}
#sharing canvas {
  width: 11rem;
  height: 11rem;
  margin-right: 1rem;
  image-rendering: crisp-edges;
  image-rendering: pixelated;
}
.way {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  column-gap: .5rem;
  margin-bottom: .75rem;
}
.way label,
.way p,
.told {
  grid-column: 1 / -1;
}
.told:empty {
  display: none;
}
#sharing .access label {
  color: var(--ink);
}
#screen {
  /* What stands above and below the picture. */
  --around: 11.5rem;
}
#screen.looking-back {
  --around: 22rem;
}
@media (max-height: 30rem) {
  #screen,
  #screen.looking-back {
    --around: 3.5rem;
  }
}
#view {
  display: grid;
}
#view > * {
  grid-area: 1 / 1;
}
#stage {
  --width: 16;
  --height: 9;
  display: grid;
  position: relative;
  /* As wide as the page, but no higher than the window leaves room for. */
  width: min(100%, (100vh - var(--around)) * var(--width) / var(--height));
  width: min(100%, (100dvh - var(--around)) * var(--width) / var(--height));
  min-width: min(100%, 16rem);
  margin: 0 auto;
  /* No round corners: clipping costs WebKit half a core. */
  background: #000;
}
/* Old browsers know no aspect-ratio. */
#stage::before {
  grid-area: 1 / 1;
  padding-bottom: calc(100% * var(--height) / var(--width));
  content: "";
}
#stage img,
#stage iframe,
#stage canvas {
  position: absolute;
  top: 0;
  left: 0;
  grid-area: 1 / 1;
  width: 100%;
  height: 100%;
  min-height: 0;
  border: 0;
  object-fit: contain;
}
#stage.enlarged img,
#stage.enlarged canvas {
  image-rendering: crisp-edges;
  image-rendering: pixelated;
}
#stage {
  touch-action: pan-y;
}
#stage.zoomed {
  overflow: hidden;
  cursor: grab;
  touch-action: none;
}
#stage.zoomed img,
#stage.zoomed iframe,
#stage.zoomed canvas {
  transform: translate(var(--x), var(--y)) scale(var(--zoom));
  transform-origin: 0 0;
}
#resume {
  z-index: 1;
  align-self: center;
  justify-self: center;
  width: 5rem;
  height: 5rem;
  padding: 1rem;
  border-color: #fff;
  border-radius: 50%;
  background: rgba(0, 0, 0, .7);
  color: #fff;
}
button svg {
  display: block;
  width: 1.5rem;
  height: 1.5rem;
  fill: currentColor;
}
#resume svg {
  width: 100%;
  height: 100%;
}
#actions .icon {
  min-width: 2.625rem;
  padding: .45rem .5rem;
}
#actions .hold .go,
.held #actions .hold .stop,
body:not(.several) #actions .for-several {
  display: none;
}
.held #actions .hold .go {
  display: inline;
}
button[aria-pressed="true"],
button[aria-expanded="true"] {
  border-color: currentColor;
  box-shadow: inset 0 0 0 1px currentColor;
}
button:disabled {
  color: var(--quiet);
  cursor: default;
  opacity: .6;
}
#keys {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: .3rem 1rem;
  max-width: 36rem;
  margin: 1rem auto;
  font-size: .875rem;
}
#keys dd {
  margin: 0;
}
kbd {
  padding: .1rem .35rem;
  border: 1px solid currentColor;
  border-radius: .25rem;
  font: inherit;
}
#file {
  display: grid;
  position: fixed;
  right: 1rem;
  bottom: 1rem;
  z-index: 2;
  gap: .5rem;
  width: 20rem;
  max-width: calc(100vw - 2rem);
  padding: .75rem;
  border: 1px solid var(--quiet);
  background: var(--field);
  color: var(--ink);
  font-size: .875rem;
  overflow-wrap: break-word;
}
#file img {
  width: 100%;
  max-height: 14rem;
  object-fit: contain;
  background: #000;
}
#file progress {
  width: 100%;
}
.button {
  padding: .45rem .7rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  text-align: center;
  text-decoration: none;
}
#screen.full {
  position: fixed;
  top: 0;
  left: 0;
  z-index: 3;
  width: 100%;
  height: 100%;
  background: #000;
  color: #fff;
}
#screen.full #view {
  align-items: center;
  height: 100%;
}
#screen.full #stage {
  width: min(100vw, 100vh * var(--width) / var(--height));
}
#screen.full #bar {
  position: absolute;
  right: 0;
  bottom: 0;
  left: 0;
  max-height: 80%;
  padding: .5rem 1rem;
  overflow: auto;
  background: rgba(0, 0, 0, .75);
}
#screen.full #facts {
  color: inherit;
}
#screen.full #share {
  display: none;
}
#screen.full.resting {
  cursor: none;
}
#screen.full.resting #bar {
  opacity: 0;
}
@media (max-height: 30rem) {
  body {
    padding: .25rem .75rem;
  }
  header {
    padding-bottom: .25rem;
  }
}
#past {
  margin: .5rem 0;
  font-size: .875rem;
}
#rail {
  position: relative;
  height: 4rem;
  overflow: hidden;
  background: #000;
  cursor: pointer;
  touch-action: pan-y;
}
#stills > * {
  position: absolute;
  top: 0;
  height: 100%;
  object-fit: cover;
}
#piece {
  position: absolute;
  top: 0;
  height: 100%;
  border: solid #ffd60a;
  border-width: .2rem .1rem;
}
#cursor {
  position: absolute;
  top: 0;
  width: .25rem;
  height: 100%;
  margin-left: -.125rem;
  background: #fff;
  box-shadow: 0 0 0 1px #000;
}
#moment {
  position: absolute;
  top: 0;
  left: 0;
  width: 100%;
  height: 100%;
  margin: 0;
  opacity: 0;
  pointer-events: none;
}
#rail:focus-within {
  outline: .2rem solid var(--focus);
  outline-offset: .15rem;
}
#when {
  padding: .3rem 0;
  text-align: center;
  font-variant-numeric: tabular-nums;
}
#past-tools {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: center;
}
#past-tools > * {
  margin: .25rem;
}
#length {
  width: 5rem;
}
/* The channels: a wall, or a list beside the picture. */
body:not(.wall):not(.several) #channels {
  display: none;
}
h2 {
  margin: 0 auto 0 0;
  font-size: 1rem;
}
#choices {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  padding: 1rem 0 .5rem;
}
#choices > * + * {
  margin-left: .75rem;
}
#choices label {
  display: inline-flex;
  align-items: center;
  color: var(--quiet);
  font-size: .875rem;
  white-space: nowrap;
}
#choices input,
#choices select {
  width: 8rem;
  min-width: 0;
  margin-left: .4rem;
  padding: .25rem .4rem;
  font-family: inherit;
}
#choices select {
  width: auto;
}
body:not(.wall) #choices .of-wall,
.wall #to-wall,
.wall h2 {
  display: none;
}
#none-found:empty {
  display: none;
}
#channels ul {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(8rem, 45%), 1fr));
  gap: .75rem;
  margin: 0;
  padding: 0;
  list-style: none;
}
#channels li a {
  display: grid;
  padding: .35rem;
  border: 1px solid transparent;
  border-radius: .25rem;
  text-decoration: none;
}
/* The list scrolls, and would cut what lies outside. */
#channels li a:focus-visible {
  outline-offset: -.2rem;
}
#channels li a:hover {
  border-color: var(--line);
}
#channels a[aria-current] {
  border-color: var(--quiet);
  background: var(--field);
}
#channels .still {
  width: 100%;
  object-fit: contain;
  background: #000;
}
body:not(.wall) .still {
  aspect-ratio: 16 / 9;
}
#channels .enlarged {
  image-rendering: crisp-edges;
  image-rendering: pixelated;
}
/* What is not of this moment must not look so, from across the room. */
#channels li:not([data-state="live"]):not([data-state="connecting"]) .still {
  filter: grayscale(1) brightness(.4);
}
#channels .title {
  display: -webkit-box;
  overflow: hidden;
  overflow-wrap: break-word;
  overflow-wrap: anywhere;
  line-height: 1.3;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
}
#channels .about {
  color: var(--quiet);
  font-size: .8125rem;
}
#channels .about::before {
  content: "";
  display: inline-block;
  width: .6em;
  height: .6em;
  margin-right: .4em;
  border: 1px solid currentColor;
  border-radius: 50%;
}
/* Full by its border, which forced colors leave. */
#channels [data-state="live"] .about::before {
  width: 0;
  height: 0;
  border: .3em solid var(--live);
}
@media (min-width: 64rem) {
  body.several {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 17rem;
    grid-template-rows: auto 1fr;
    column-gap: 1.5rem;
  }
  body.several header {
    grid-column: 1 / -1;
  }
  body.several #channels {
    /* A list of its own length beside the picture, not below it. */
    max-height: calc(100vh - 6rem);
    max-height: calc(100dvh - 6rem);
    overflow-y: auto;
  }
  body.several #choices {
    padding-top: 0;
  }
  body.several #choices label {
    margin: .4rem 0 0;
  }
  body.several #channels ul {
    grid-template-columns: 1fr;
    gap: .25rem;
  }
  body.several #channels li a {
    grid-template-columns: 6rem minmax(0, 1fr);
    grid-template-rows: auto 1fr;
    column-gap: .6rem;
  }
  body.several .still {
    grid-row: 1 / 3;
  }
}
.wall {
  max-width: none;
  padding: .25rem;
}
/* The page keeps its main part for those who look for one. */
.wall main > * {
  display: none !important;
}
.wall header {
  align-items: center;
  min-height: 2.5rem;
  padding: 0 .5rem;
}
.wall #choices {
  padding: 0 .5rem .4rem;
}
@media (min-width: 64rem) {
  .wall #choices {
    position: absolute;
    top: .25rem;
    right: .25rem;
    min-height: 2.5rem;
    padding-bottom: 0;
  }
  .wall header {
    padding-right: 46rem;
  }
}
.wall #channels ul {
  grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr));
  grid-auto-rows: var(--row, 12rem);
  gap: 4px;
}
.wall #channels li a {
  display: flex;
  position: relative;
  flex-wrap: wrap;
  align-content: flex-end;
  height: 100%;
  padding: 0;
  border: 0;
  border-radius: 0;
  background: #000;
  color: #fff;
}
/* The picture would cover an outline. */
.wall #channels li a:focus-visible {
  outline: none;
}
.wall #channels li a:focus-visible::after {
  position: absolute;
  top: 0;
  right: 0;
  bottom: 0;
  left: 0;
  border: .2rem solid var(--focus);
  box-shadow: inset 0 0 0 .1rem #fff;
  content: "";
}
.wall #channels .still {
  position: absolute;
  top: 0;
  left: 0;
  height: 100%;
}
.wall #channels .title,
.wall #channels .about {
  display: block;
  position: relative;
  max-width: 100%;
  padding: .05rem .4rem;
  overflow: hidden;
  background: rgb(0 0 0 / 70%);
  color: #fff;
  font-size: .8125rem;
  line-height: 1.4;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.wall #channels .title {
  flex: 0 1 auto;
}
.wall #channels li:not([data-state="live"]) .about {
  color: #ffc46b;
}
/* That all is well needs no words here, but for those who hear them. */
.wall #channels [data-state="live"] .about {
  width: 1.4rem;
  overflow: hidden;
  color: transparent;
}
.wall #channels [data-state="live"] .about::before {
  border-color: #4ac26b;
}
.wall #channels [data-state="live"] .title {
  max-width: calc(100% - 1.4rem);
}
.wall #channels li a:hover .title {
  text-decoration: underline;
}
.kiosk {
  max-width: none;
  padding: 0;
}
/* Its words are still for who hears them. */
.kiosk header {
  position: absolute;
  width: 1px;
  height: 1px;
  min-height: 0;
  padding: 0 !important;
  overflow: hidden;
  opacity: 0;
}
.kiosk #choices,
.kiosk #facts,
.kiosk #actions,
.kiosk:not(.wall) #channels {
  display: none;
}
.kiosk #channels a {
  cursor: none;
  pointer-events: none;
}
.kiosk.several {
  display: block;
}
.kiosk #stage {
  width: min(100%, 100vh * var(--width) / var(--height));
}
</style>
    $REFRESH
  </head>
  <body class="$VIEW">
    <header>
      <h1 id="name">Live</h1>
      <p id="state" role="status"
        data-state="connecting">Connecting</p>
      <p id="watching"></p>
    </header>
    <p id="too-old" role="alert" hidden>This page needs Chrome 80, Firefox 78, Safari 13, or a later one.
      <a href="$NAME/still" $UNNAMED>Watch stills that load again and again</a></p>
    <main>
      <div id="screen">
        <div id="view">
          <div id="stage" role="img" aria-label="Live picture"
            data-channel="$NAME" data-needs="$NEEDS">
            $STILL
          </div>
          <div id="notice" hidden></div>
          <button id="resume" type="button" data-does="hold" hidden
            aria-label="Resume" title="Resume"
          ><svg viewBox="0 0 24 24"><path d="M7 4l13 8-13 8z"/></svg></button>
        </div>
        <div id="bar">
          <section id="past" aria-label="The past" hidden>
            <div id="rail">
              <div id="stills"></div>
              <div id="piece"></div>
              <div id="cursor"></div>
              <input id="moment" type="range" step="100"
                aria-label="Moment">
            </div>
            <p id="when"></p>
            <div id="past-tools">
              <button id="present" type="button"
                hidden>Back to now</button>
              <button id="clip-from" type="button">From here</button>
              <button id="clip-to" type="button">To here</button>
              <label>Seconds <input id="length" type="number"
                  min="0.1" max="3600" step="0.1" inputmode="decimal"></label>
              <span id="piece-about"></span>
              <button id="clip" type="button">Save clip</button>
            </div>
          </section>
          <p id="facts">&nbsp;</p>
          <div id="actions" role="group" aria-label="Controls">
            <button type="button" data-does="hold" class="icon hold"
              title="Pause" aria-label="Pause"
            ><svg viewBox="0 0 24 24"><path class="stop"
                  d="M6 4h4v16H6zM14 4h4v16h-4z"/><path class="go"
                  d="M7 4l13 8-13 8z"/></svg></button>
            <button type="button" data-does="previous" class="icon for-several"
              title="Previous channel" aria-label="Previous channel"
            ><svg viewBox="0 0 24 24"><path d="M15 4l3 3-5 5 5 5-3 3-8-8z"/></svg></button>
            <button type="button" data-does="next" class="icon for-several"
              title="Next channel" aria-label="Next channel"
            ><svg viewBox="0 0 24 24"><path d="M9 4L6 7l5 5-5 5 3 3 8-8z"/></svg></button>
            <button type="button" data-does="farther" class="icon"
              title="Zoom out" aria-label="Zoom out"
            ><svg viewBox="0 0 24 24"><path d="M4 10.5h16v3H4z"/></svg></button>
            <button type="button" data-does="closer" class="icon"
              title="Zoom in" aria-label="Zoom in"
            ><svg viewBox="0 0 24 24"><path
                  d="M4 10.5h6.5V4h3v6.5H20v3h-6.5V20h-3v-6.5H4z"/></svg></button>
            <button type="button" data-does="full" class="icon"
              title="Full screen" aria-label="Full screen"
              aria-pressed="false"
            ><svg viewBox="0 0 24 24"><path
                  d="M3 3h7v3H6v4H3zM14 3h7v7h-3V6h-4zM3 14h3v4h4v3H3zM18 14h3v7h-7v-3h4z"/></svg></button>
            <button type="button" data-does="snapshot" id="snapshot"
              disabled>Snapshot</button>
            <button type="button" data-does="past" id="look-back" disabled
              aria-expanded="false"
              aria-controls="past">Look back</button>
            <button id="share" type="button" aria-expanded="false"
              aria-controls="sharing"
            >Share</button>
            <button type="button" data-does="details" class="icon"
              title="Details" aria-label="Details"
              aria-pressed="false"
            >i</button>
            <button type="button" data-does="keys" class="icon"
              title="Keys" aria-label="Keys"
              aria-expanded="false" aria-controls="keys"
            >?</button>
          </div>
          <dl id="keys" aria-label="Keys" hidden></dl>
        </div>
        <div id="file" hidden>
          <img id="file-picture" alt="" hidden>
          <p id="file-about" role="status"></p>
          <progress id="progress" max="1"
            aria-label="Progress"></progress>
          <a id="save" class="button" hidden>Save again</a>
          <button id="close-file" type="button">Close</button>
        </div>
      </div>
      <section id="sharing" aria-labelledby="share-title" hidden></section>
    </main>
    <nav id="channels" aria-labelledby="channels-title">
      <div id="choices">
        <h2 id="channels-title">Channels</h2>
        <a id="to-wall" href="./">All channels</a>
        <label>Find <input id="find" type="search"
            autocomplete="off" spellcheck="false"></label>
        <label class="of-wall">Order <select id="order">
            <option value="given">as set up</option>
            <option value="name">by name</option>
            <option value="trouble">trouble first</option>
          </select></label>
        <label class="of-wall">Columns <select id="columns">
            <option value="">automatic</option>
            <option>1</option>
            <option>2</option>
            <option>3</option>
            <option>4</option>
            <option>5</option>
            <option>6</option>
            <option>8</option>
            <option>10</option>
            <option>12</option>
          </select></label>
        <a id="kiosk" class="of-wall" href="./?kiosk">Only the pictures</a>
      </div>
      <p id="none-found" role="status"></p>
      <ul>$CHANNELS</ul>
    </nav>
    <script type="module" nonce="$NONCE">
var Ir=Object.defineProperty;var Pi=n=>{throw TypeError(n)};var Tr=(n,t,e)=>t in n?Ir(n,t,{enumerable:!0,configurable:!0,writable:!0,value:e}):n[t]=e;var E=(n,t,e)=>Tr(n,typeof t!="symbol"?t+"":t,e),Ws=(n,t,e)=>t.has(n)||Pi("Cannot "+e);var i=(n,t,e)=>(Ws(n,t,"read from private field"),e?e.call(n):t.get(n)),h=(n,t,e)=>t.has(n)?Pi("Cannot add the same private member more than once"):t instanceof WeakSet?t.add(n):t.set(n,e),c=(n,t,e,s)=>(Ws(n,t,"write to private field"),s?s.call(n,e):t.set(n,e),e),a=(n,t,e)=>(Ws(n,t,"access private method"),e);var he=(n,t,e,s)=>({set _(o){c(n,t,o,e)},get _(){return i(n,t,s)}});function u(n){return document.getElementById(n)}function Tt(n,t){let e=new Image;e.alt="",e.decoding="sync",e.onload=()=>t(e),e.onerror=()=>t(void 0),e.src=n}function Hs(n){let t=document.createElement("span");return t.className=n,t}function T(n,t){n.textContent!==t&&(n.textContent=t)}function nn(n){return n===401?"locked":n===void 0&&!navigator.onLine?"offline":"reconnecting"}async function Fi(n){let t=new AbortController,e=setTimeout(()=>t.abort(),5e3);try{let{status:s}=await fetch(n+".gif?"+Date.now(),{cache:"no-store",signal:t.signal});return s===429||s===503?"full":nn(s)}catch{return nn()}finally{clearTimeout(e),t.abort()}}var Mr=5e3;async function Ui(){let n=new AbortController,t=setTimeout(()=>n.abort(),Mr);try{let e=await fetch("api/channels",{cache:"no-store",signal:n.signal});if(!e.ok)return nn(e.status);let{channels:s}=await e.json();return s}catch{return nn()}finally{clearTimeout(t)}}var Wi=new URLSearchParams(location.search),kr=Number(Wi.get("swap-bytes"))||2e7,xr=1e3*(Number(Wi.get("swap-seconds"))||300);function Hi(n,t){let e=performance.now()-n.joinedMilliseconds;return n.state==="live"?t.viewers===0&&e>2e3:n.state==="connecting"&&t.frames>0&&e>1e4}function Bi(n,t){let e=performance.now()-n.joinedMilliseconds;return n.state==="live"&&(t>=kr||e>=xr)}var Ht,Mt=class{constructor(){h(this,Ht,250)}reset(){c(this,Ht,250)}next(){let t=i(this,Ht)*(.5+Math.random()/2);return c(this,Ht,Math.min(i(this,Ht)*2,5e3)),t}};Ht=new WeakMap;var vr=500,Cr=20,Ar=1e3,Or=2e3,Nr=12e3,Bs=/AppleWebKit\\//.test(navigator.userAgent)&&!/Chrom(e|ium)\\//.test(navigator.userAgent),ue,Bt,on,jt,Zn,U,Gt,N,z,rn,an,fe,zt,me,b,sn,ji,js,Gs,Qn,Gi,zs,de,pe=class{constructor(t,e,s){h(this,b);E(this,"state","paused");E(this,"joinedMilliseconds",0);h(this,ue);h(this,Bt);h(this,on);h(this,jt,new Mt);h(this,Zn,0);h(this,U);h(this,Gt,!1);h(this,N);h(this,z);h(this,rn,0);h(this,an,0);h(this,fe,0);h(this,zt,0);h(this,me,0);c(this,ue,t),c(this,Bt,e+".gif"),c(this,on,s)}get size(){var s;let{naturalWidth:t=0,naturalHeight:e=0}=(s=i(this,U))!=null?s:{};return t>0?{width:t,height:e}:void 0}start(){this.state==="paused"&&(a(this,b,de).call(this,"connecting"),a(this,b,sn).call(this))}stop(){if(this.state!=="paused"){a(this,b,zs).call(this),clearTimeout(i(this,zt));for(let t of[i(this,z),i(this,U),i(this,N)])le(t);c(this,z,c(this,U,c(this,N,void 0))),i(this,jt).reset(),a(this,b,de).call(this,"paused")}}change(t){let e=t+".gif";e!==i(this,Bt)&&(c(this,Bt,e),this.state!=="paused"&&(i(this,jt).reset(),c(this,Gt,!0),a(this,b,sn).call(this),clearTimeout(i(this,zt)),c(this,zt,setTimeout(()=>{le(i(this,U)),c(this,U,void 0)},Ar)),a(this,b,de).call(this,"connecting")))}renew(){this.state!=="paused"&&a(this,b,sn).call(this)}};ue=new WeakMap,Bt=new WeakMap,on=new WeakMap,jt=new WeakMap,Zn=new WeakMap,U=new WeakMap,Gt=new WeakMap,N=new WeakMap,z=new WeakMap,rn=new WeakMap,an=new WeakMap,fe=new WeakMap,zt=new WeakMap,me=new WeakMap,b=new WeakSet,sn=function(){a(this,b,zs).call(this),le(i(this,N)),le(i(this,z)),c(this,z,void 0);let t=Bs?_r(i(this,ue)):new Image;c(this,N,t),t.alt="",t.decoding="sync",t.onerror=()=>a(this,b,Qn).call(this,t),t.onload=()=>Bs?a(this,b,ji).call(this,t):a(this,b,Qn).call(this,t);let e="?"+Date.now()+"-"+he(this,Zn)._++;t.src=new URL(i(this,Bt)+e,location.href).href,this.joinedMilliseconds=performance.now(),Bs||i(this,ue).append(t),a(this,b,js).call(this)},ji=function(t){t!==i(this,N)&&t!==i(this,U)||(clearTimeout(i(this,me)),c(this,me,setTimeout(()=>a(this,b,Qn).call(this,t),Nr)))},js=function(){i(this,N)!==void 0&&(i(this,N).naturalWidth>0?a(this,b,Gs).call(this):c(this,rn,setTimeout(()=>a(this,b,js).call(this),Cr)))},Gs=function(){clearTimeout(i(this,zt)),c(this,z,i(this,U)),c(this,U,i(this,N)),c(this,Gt,!1),c(this,N,void 0),c(this,an,setTimeout(()=>{le(i(this,z)),c(this,z,void 0)},vr)),a(this,b,de).call(this,"live")},Qn=function(t){t===i(this,N)&&(t.naturalWidth>0?a(this,b,Gs).call(this):(le(t),c(this,N,void 0))),t===i(this,U)&&c(this,Gt,!0),!(i(this,N)!==void 0||t===i(this,z))&&((i(this,U)===void 0||i(this,Gt))&&a(this,b,de).call(this,"reconnecting"),a(this,b,Gi).call(this))},Gi=function(){performance.now()-this.joinedMilliseconds>Or&&i(this,jt).reset(),clearTimeout(i(this,fe)),c(this,fe,setTimeout(()=>a(this,b,sn).call(this),i(this,jt).next()))},zs=function(){clearTimeout(i(this,rn)),clearTimeout(i(this,an)),clearTimeout(i(this,fe)),clearTimeout(i(this,me))},de=function(t){this.state!==t&&(this.state=t,i(this,on).call(this))};function _r(n){let t=document.createElement("iframe");n.append(t);let{body:e}=t.contentDocument,s=e.ownerDocument.createElement("img");return e.style.margin="0",s.style.cssText="display:block;width:100vw;height:100vh;object-fit:contain",e.append(s),s}function le(n){if(n===void 0)return;n.onload=n.onerror=null,n.removeAttribute("src");let{defaultView:t}=n.ownerDocument,e=n.ownerDocument===document?null:t;e!==null&&e.frameElement&&e.frameElement.remove(),n.remove()}function zi(n,t){let e=0;new IntersectionObserver(s=>{let{isIntersecting:o}=s[s.length-1];clearTimeout(e),e=setTimeout(()=>t(o),o?0:500)}).observe(n)}function ts(n){return"createImageBitmap"in globalThis?createImageBitmap(n):new Promise((t,e)=>{let s=new Image,o=URL.createObjectURL(n);s.onload=()=>{URL.revokeObjectURL(o),t(s)},s.onerror=()=>{URL.revokeObjectURL(o),e(new Error("Cannot decode picture"))},s.src=o})}var at,cn,kt,ge,xt,we,Ki,Yi,es=class{constructor(){h(this,we);E(this,"rateLimit");h(this,at,1/0);h(this,cn,0);h(this,kt,-1/0);h(this,ge,0);h(this,xt,6e4)}begin(){c(this,at,1/0)}get behindMilliseconds(){return performance.now()-i(this,kt)<5e3?i(this,ge):0}hear(t,e){let s=performance.now(),o=(s-i(this,cn))*1e-4,r=Date.now()-t;c(this,at,Math.min(i(this,at)+o,r)),c(this,cn,s);let l=r-i(this,at);return l>3e3?(a(this,we,Ki).call(this,s,l,e),!0):a(this,we,Yi).call(this,s)}ageOf(t){if(i(this,at)!==1/0)return Date.now()-i(this,at)-t}};at=new WeakMap,cn=new WeakMap,kt=new WeakMap,ge=new WeakMap,xt=new WeakMap,we=new WeakSet,Ki=function(t,e,s){var r;t-i(this,kt)<2*i(this,xt)?c(this,xt,Math.min(2*i(this,xt),6e5)):c(this,xt,6e4),c(this,kt,t),c(this,ge,e);let o=Math.min(s,(r=this.rateLimit)!=null?r:1/0);this.rateLimit=Math.max(.2,o*.7)},Yi=function(t){let{rateLimit:e}=this,s=t-i(this,kt);return e===void 0||s<i(this,xt)?!1:(c(this,kt,t),c(this,ge,0),this.rateLimit=2*e>25?void 0:2*e,!0)};var vt,ns=class{constructor(){h(this,vt,new Map)}take({channels:t,changes:e=[],removed:s=[]}){t!==void 0&&i(this,vt).clear();for(let o of s)i(this,vt).delete(o);for(let o of t!=null?t:e){let l={...i(this,vt).get(o.name),...o};i(this,vt).set(o.name,l)}return[...i(this,vt).values()]}};vt=new WeakMap;var Dr=8e3,Rr=4e3,Se=3e3,Pr=1500,Fr=4,Ur=15,Wr=123,Xi=8,Hr=71,dn,Kt,Ct,et,ct,Ee,un,ss,fn,Yt,At,be,Ot,ht,Nt,Xt,w,hn,ln,Ks,qi,Vi,$i,Ji,Qi,Ys,Le,_=class{constructor(t,e,s){h(this,w);E(this,"state","paused");E(this,"insists",!1);h(this,dn);h(this,Kt);h(this,Ct);h(this,et,document.createElement("canvas"));h(this,ct);h(this,Ee,!1);h(this,un,new Mt);h(this,ss,new ns);h(this,fn,0);h(this,Yt,0);E(this,"link",new es);E(this,"isPhotograph",!1);h(this,At);h(this,be,!1);h(this,Ot,[]);h(this,ht,0);h(this,Nt,[]);h(this,Xt,[]);c(this,dn,t),c(this,Kt,e),c(this,Ct,s)}get size(){let{width:t,height:e}=i(this,et);return i(this,et).isConnected?{width:t,height:e}:void 0}get framesPerSecond(){let t=performance.now()-Se;return i(this,Ot).filter(s=>s>t).length*1e3/Se}get bitsPerSecond(){let t=performance.now()-Se;return i(this,Xt).reduce((s,{at:o,bytes:r})=>o>t?s+r:s,0)*8e3/Se}get lagMilliseconds(){let t=i(this,Nt).slice().sort((e,s)=>e-s);return this.isStill?void 0:t[Math.floor(t.length/2)]}get picture(){return i(this,et).isConnected?i(this,et):void 0}get isStill(){let t=i(this,Ot)[i(this,Ot).length-1];if(t===void 0)return!0;let e=Math.max(Pr,Fr*i(this,ht));return performance.now()-t>e}start(){this.state==="paused"&&(a(this,w,Le).call(this,"connecting"),a(this,w,ln).call(this))}stop(){this.state!=="paused"&&(a(this,w,hn).call(this),a(this,w,Le).call(this,"paused"))}remove(){this.stop(),i(this,et).remove()}change(t){if(t!==i(this,Kt)){if(c(this,Kt,t),c(this,Ot,[]),c(this,ht,0),c(this,Nt,[]),this.state==="paused")return i(this,et).remove();a(this,w,hn).call(this),a(this,w,Le).call(this,"connecting"),a(this,w,ln).call(this)}}renew(){this.state!=="paused"&&(a(this,w,hn).call(this),a(this,w,ln).call(this))}};dn=new WeakMap,Kt=new WeakMap,Ct=new WeakMap,et=new WeakMap,ct=new WeakMap,Ee=new WeakMap,un=new WeakMap,ss=new WeakMap,fn=new WeakMap,Yt=new WeakMap,At=new WeakMap,be=new WeakMap,Ot=new WeakMap,ht=new WeakMap,Nt=new WeakMap,Xt=new WeakMap,w=new WeakSet,hn=function(){clearTimeout(i(this,fn)),clearTimeout(i(this,Yt));let t=i(this,ct);c(this,ct,c(this,At,void 0)),t!==void 0&&(t.onmessage=t.onclose=null,t.close())},ln=function(){let{rateLimit:t}=this.link,e=t===void 0?"":"&fps="+t.toFixed(1),s=new URL(i(this,Kt)+"/ws?format=auto&status=changes&time=yes"+e,location.href);s.protocol=s.protocol.replace("http","ws");let o=new WebSocket(s.href);c(this,ct,o),this.link.begin(),o.binaryType="arraybuffer",o.onmessage=({data:r})=>a(this,w,qi).call(this,new Uint8Array(r)),o.onclose=()=>a(this,w,Ys).call(this),a(this,w,Ks).call(this)},Ks=function(){clearTimeout(i(this,Yt)),c(this,Yt,setTimeout(()=>{a(this,w,hn).call(this),a(this,w,Ys).call(this)},i(this,Ee)?Dr:Rr))},qi=function(t){if(c(this,Ee,!0),a(this,w,Ks).call(this),i(this,un).reset(),t[0]===Wr)return a(this,w,Vi).call(this,t);let e=performance.now()-Se;for(i(this,Xt).push({at:performance.now(),bytes:t.length});i(this,Xt)[0].at<e;)i(this,Xt).shift();let s=new DataView(t.buffer).getFloat64(0);this.isPhotograph=t[Xi]!==Hr;let o=new Blob([t.subarray(Xi)]);c(this,At,{blob:o,sentMilliseconds:s}),i(this,be)||a(this,w,$i).call(this)},Vi=function(t){let e=JSON.parse(new TextDecoder().decode(t));i(this,Ct).onStatuses(i(this,ss).take(e)),this.link.hear(e.nowMilliseconds,this.framesPerSecond)&&this.renew()},$i=async function(){for(c(this,be,!0);i(this,At)!==void 0;){let{blob:t,sentMilliseconds:e}=i(this,At),s=i(this,ct);c(this,At,void 0);try{let o=await ts(t);s===i(this,ct)&&a(this,w,Ji).call(this,o,e),"close"in o&&o.close()}catch{}}c(this,be,!1)},Ji=function(t,e){let s=i(this,et),{width:o,height:r}=t,l=s.width!==o||s.height!==r;l&&(s.width=o,s.height=r);let d=s.getContext("2d");l||d.clearRect(0,0,o,r),d.drawImage(t,0,0),s.isConnected||i(this,dn).append(s),a(this,w,Qi).call(this,e),this.state!=="live"?a(this,w,Le).call(this,"live"):l&&i(this,Ct).onChange()},Qi=function(t){let e=this.link.ageOf(t);e!==void 0&&i(this,Nt).push(e),i(this,Nt).length>Ur&&i(this,Nt).shift();let s=performance.now(),o=i(this,Ot),r=o[o.length-1];if(r!==void 0&&!this.isStill){let l=i(this,ht)||s-r;c(this,ht,l+(s-r-l)/10)}else r!==void 0&&i(this,ht)===0&&c(this,ht,s-r);for(o.push(s);o.length>1&&o[0]<s-Se;)o.shift()},Ys=function(){if(clearTimeout(i(this,Yt)),c(this,ct,void 0),!i(this,Ee)&&!this.insists)return i(this,Ct).onRefused();a(this,w,Le).call(this,"reconnecting"),c(this,fn,setTimeout(()=>a(this,w,ln).call(this),i(this,un).next()))},Le=function(t){this.state!==t&&(this.state=t,i(this,Ct).onChange())};function Zi(n,t){var f,g;let{size:e}=n;if(!(n instanceof _)){let I=n.state==="paused"?0:(f=t==null?void 0:t.framesPerSecond)!=null?f:0;return{size:e,framesPerSecond:I,isLimited:!1}}let{framesPerSecond:s,bitsPerSecond:o,lagMilliseconds:r,link:l}=n,d=(g=t==null?void 0:t.smoothedLatencyMilliseconds)!=null?g:0;return{size:e,framesPerSecond:s,bitsPerSecond:o,lagMilliseconds:r===void 0?void 0:r+d,isLimited:l.rateLimit!==void 0}}var Br=20,ye,qt,Ie,is=class{constructor(t){h(this,ye);h(this,qt,-1/0);h(this,Ie,"");c(this,ye,t)}get image(){var t;return(t=i(this,ye).querySelector(".snapshot"))!=null?t:void 0}change(t){var e;c(this,Ie,t),c(this,qt,-1/0),(e=this.image)==null||e.remove()}keep(t,e){let s=i(this,qt)+(e?1:Br);(t.frames<i(this,qt)||t.frames>=s)&&this.load(t)}loadUnlessIdle(t,e){t.frames>0&&t.source.state!=="idle"&&this.load(t,e)}load({name:t,frames:e},s){c(this,Ie,t),c(this,qt,e),Tt(t+"/snapshot.gif?"+Date.now(),o=>{if(o!==void 0&&t===i(this,Ie)){let r=this.image;o.className="snapshot",i(this,ye).prepend(o),r==null||r.remove()}s==null||s()})}};ye=new WeakMap,qt=new WeakMap,Ie=new WeakMap;function to(n,{width:t,height:e},{zoom:s,isPhotograph:o}){n.style.setProperty("--width",String(t)),n.style.setProperty("--height",String(e));let r=n.clientWidth*devicePixelRatio*s/t,l=o?8:2;n.classList.toggle("enlarged",r>=l)}var _t={title:"Live",picture:"Live picture",pictureOf:"Live picture: {title}",watching:"{count} watching",old:"This browser is too old",tooOld:"This page needs Chrome 80, Firefox 78, Safari 13, or a later one.",stills:"Watch stills that load again and again",tab:"{title} · {state}"},os={connecting:"Connecting",live:"Live",waiting:"Waiting for the source",idle:"Starting the source","no signal":"No signal",ended:"The source has ended",empty:"No channel yet",gone:"Not on air",reconnecting:"Reconnecting",offline:"No network",locked:"A token is needed",full:"All places are taken",paused:"Paused while hidden",held:"Paused",past:"Looking back",slow:"Slow connection: was {seconds} s behind, begins anew",crowded:"Stills: other windows hold the connections to this server"},v={idle:"The source starts with its first viewer, which takes a moment.",failed:"The source gives no pictures",retry:"; trying again in {span}",retryNow:"; trying again",last:"Last picture {span} ago",never:"No picture has come since the start",second:"1 second",seconds:"{count} seconds",minute:"1 minute",minutes:"{count} minutes",hour:"1 hour",hours:"{count} hours",day:"1 day",days:"{count} days",gone:"There is no channel {name} now. Once it is there, it is shown.",away:"The server cannot be reached. The page tries every two seconds.",offline:"This device has no network. The page goes on once there is one.",locked:"The server does not know the token of this browser any more.",unlock:"Give the token",full:"As many watch as may, and this page waits for a place.",empty:"The first one is shown once it is there. A server that was started with --ingest makes it of what is sent:",sendPicture:"Send a picture",pictureCommand:'curl -H "Authorization: Bearer $GIFSTREAM_TOKEN" --data-binary @frame.jpg {address}',sendFilm:"Send a film or a camera",filmCommand:'ffmpeg -re -i video.mp4 -vf fps=10 -f mjpeg -method PUT -headers "Authorization: Bearer $GIFSTREAM_TOKEN" {address}'},eo={title:"Channels",live:"Live",waiting:"Waiting",idle:"Starts when watched","no signal":"No signal",ended:"Ended"},M={button:"Share",title:"Share this channel",code:"QR code of the link",send:"Send to …",page:"Link to this page",element:"For a web page, as an element",aboutElement:"Comes back after an interruption, rests while hidden, and needs no more memory after days. The page's policy must allow this script.",frame:"For a web page, as a frame",aboutFrame:"As the element, where no script of others is allowed.",img:"For a web page, as an image",aboutImg:"Needs nothing but an image. It does not come back by itself, and browsers keep all that they got of it in memory.",gif:"Only the GIF",mjpeg:"MJPEG, for programs",still:"Newest picture",copy:"Copy",copied:"Copied",notCopied:"The browser lets this page copy nothing. The text is selected: press Ctrl+C, or hold it and choose Copy.",password:"Whoever opens these addresses is asked for user and password.",addToken:"These addresses need the token: add ?token= and the token.",withToken:"With the token: whoever has an address can watch"},A={rate:"{rate} frames/s",bits:"{rate} Mbit/s",lag:"{seconds} s behind the camera",noLag:"lag unknown",limited:"fewer pictures: slow connection",controls:"Controls",hold:"Pause",resume:"Resume",previous:"Previous channel",next:"Next channel",farther:"Zoom out",closer:"Zoom in",full:"Full screen",leaveFull:"Leave full screen",snapshot:"Snapshot",details:"Details",help:"Keys",keys:[["Space k","pause, resume"],["f","full screen, also by double click"],["← →","previous, next channel"],["+ - 0","zoom in, out, whole picture; also by wheel and pinch"],["Shift+arrows","move the enlarged picture; also by dragging"],["s","snapshot"],["p","look back"],["i","details"],["Esc","close what is open"],["?","these keys"]],making:"Being made …",fetching:"Being made … {kilobytes} kB",progress:"Progress",saved:"{name}, {kilobytes} kB",failed:"Cannot be saved. {message}",saveAgain:"Save again",close:"Close"},lt={title:"The past",button:"Look back",moment:"Moment",present:"Now",back:"Back to now",from:"From here",to:"To here",length:"Seconds",save:"Save clip",piece:"{from} to {to}",now:"now",ago:"{ago} ago, at {time}",seconds:"{seconds} s",minutes:"{minutes} min",none:"Nothing of the past is kept yet",notKept:"The server keeps nothing of the past (--keep)"};var Dt={title:"All channels",count:"{count} channels",dead:"{count} without a live picture",lost:"No connection",none:"No channel has these words in its name.",find:"Find",order:"Order",given:"as set up",byName:"by name",byTrouble:"trouble first",columns:"Columns",automatic:"automatic",kiosk:"Only the pictures"};function S(n,t){return n.replace(/\\{(\\w+)\\}/g,(e,s)=>s in t?String(t[s]):e)}var jr={live:'<circle cx="8" cy="8" r="6" fill="#1f9d45"/>',held:'<path d="M3 2h4v12H3zM9 2h4v12H9z" fill="#777"/>',away:'<circle cx="8" cy="8" r="5" fill="none" stroke="#c2630a" stroke-width="3"/>'};function no(n,t,e){let s=S(_t.tab,{title:n,state:t});document.title!==s&&(document.title=s);let o=document.querySelector('link[rel="icon"]');if(o.dataset.kind===e)return;o.dataset.kind=e;let{namespaceURI:r}=document.querySelector("svg");o.href="data:image/svg+xml,"+encodeURIComponent('<svg xmlns="'+r+'" viewBox="0 0 16 16">'+jr[e]+"</svg>")}var so={" ":"hold",k:"hold",f:"full",ArrowLeft:"previous",ArrowRight:"next","+":"closer","=":"closer","-":"farther",0:"whole",s:"snapshot",p:"past",i:"details","?":"keys"},Gr={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]};function io(n,t){let e={...n,keys:Yr};for(let s of document.querySelectorAll("[data-does]")){let{does:o=""}=s.dataset;s.addEventListener("click",()=>{var r;return(r=e[o])==null?void 0:r.call(e)})}document.addEventListener("keydown",s=>{var P;let{key:o,ctrlKey:r,metaKey:l,altKey:d,shiftKey:f,target:g}=s;if(r||l||d||s.defaultPrevented)return;if(o==="Escape")return zr(n.leave);if(Kr(g,o))return;let I=Gr[o];if(f&&I!==void 0)t(...I);else{if(f&&o.startsWith("Arrow")||e[so[o]]===void 0)return;(P=e[so[o]])==null||P.call(e)}s.preventDefault()})}function Rt(n,t,e,s){let o=document.querySelectorAll(\`[data-does="\${n}"]\`);for(let r of o)r.hasAttribute(t)&&r.setAttribute(t,String(e)),!(s===void 0||r.getAttribute("title")===s)&&(r.setAttribute("title",s),r.setAttribute("aria-label",s))}function zr(n){let t=document.querySelector('button[aria-expanded="true"]');if(t===null)return n();t.click(),t.focus()}function Kr(n,t){if(/^(TEXTAREA|SELECT)$/.test(n.tagName))return!0;if(n.tagName==="INPUT"){let{type:e}=n;return e!=="range"||t.startsWith("Arrow")}return t===" "&&n.closest("a, button, summary")!==null}function Yr(){let n=u("keys");if(n.hidden=!n.hidden,Rt("keys","aria-expanded",!n.hidden),!(n.hidden||n.firstElementChild!==null))for(let[t,e]of A.keys){let s=document.createElement("dt");for(let r of t.split(" ")){let l=document.createElement("kbd");l.textContent=r,s.append(l," ")}let o=document.createElement("dd");o.textContent=e,n.append(s,o)}}var Xr=2e4,qr=1e3,dt,oo=0,rs="";async function as(n){var e,s;let t=ao();try{let o=await fetch(n,{cache:"no-store",signal:t.signal});if(!o.ok)throw new Error(await o.text());let r=(e=o.headers.get("content-disposition"))!=null?e:"",[,l=n.replace(/\\?.*|.*\\//g,"")]=(s=r.match(/filename="([^"]+)"/))!=null?s:[],d=await Vr(o);t===dt&&co(d,l)}catch(o){t===dt&&ho(o.message)}}async function Xs(n,t){let e=ao(),s="getContext"in n?n:$r(n),o=await new Promise(l=>s.toBlob(l));if(e!==dt)return;if(o===null)return ho("");let r=new Date().toISOString().slice(0,19).replace(/:/g,"-");co(o,t+"-"+r+".png")}function ro(){u("close-file").onclick=pn}function pn(){let n=u("file");return n.hidden?!1:(dt==null||dt.abort(),dt=void 0,clearTimeout(oo),n.hidden=!0,uo().removeAttribute("src"),URL.revokeObjectURL(rs),!0)}function ao(){pn();let n=dt=new AbortController;return u("file").hidden=!1,u("file-picture").hidden=!0,u("save").hidden=!0,mn().hidden=!1,mn().removeAttribute("value"),T(u("file-about"),A.making),n}async function Vr(n){var l;let t=Number(n.headers.get("content-length")),e=(l=n.headers.get("content-type"))!=null?l:"";if(n.body===null)return await n.blob();let s=n.body.getReader(),o=[],r=0;for(;;){let{done:d,value:f}=await s.read();if(d)return new Blob(o,{type:e});o.push(f),r+=f.length,t>0&&(mn().value=r/t),T(u("file-about"),S(A.fetching,lo(r)))}}function co(n,t){rs=URL.createObjectURL(n);let e=u("save");e.href=rs,e.download=t,e.hidden=!1,e.click(),uo().src=rs,u("file-picture").hidden=!1,mn().hidden=!0;let s=S(A.saved,{name:t,...lo(n.size)});T(u("file-about"),s),oo=setTimeout(pn,Xr)}function ho(n){dt=void 0,mn().hidden=!0,T(u("file-about"),S(A.failed,{message:n}))}function $r(n){var e;let t=document.createElement("canvas");return t.width=n.naturalWidth,t.height=n.naturalHeight,(e=t.getContext("2d"))==null||e.drawImage(n,0,0),t}function lo(n){return{kilobytes:Math.ceil(n/qr)}}function uo(){return u("file-picture")}function mn(){return u("progress")}var Jr=72,Qr=160,Zr=[.5,1,2,5,10,15,30,60,120,300,600,1800],ta=1500,Pt,Vt,ut,Ft,ft,Te,hs,fo,cs=class{constructor(t){h(this,hs);h(this,Pt);h(this,Vt,"");h(this,ut,new Map);h(this,Ft,{start:0,end:0,times:[]});h(this,ft,0);h(this,Te,!1);c(this,Pt,t)}clear(){i(this,ut).clear(),i(this,Pt).textContent="",c(this,Ft,{start:0,end:0,times:[]})}show(t,e){var f;t!==i(this,Vt)&&this.clear(),c(this,Vt,t),c(this,Ft,e);let{start:s,end:o}=e,r=Math.max(1,o-s),l=Math.max(2,i(this,Pt).clientWidth/Jr),d=(f=Zr.find(g=>g>=r/1e3/l))!=null?f:3600;d*1e3!==i(this,ft)&&(i(this,ut).clear(),i(this,Pt).textContent="",c(this,ft,d*1e3));for(let[g,I]of i(this,ut))I.style.left=100*(g-s)/r+"%",I.style.width=100*i(this,ft)/r+"%",!(g>s-i(this,ft)&&g<o)&&(I.remove(),i(this,ut).delete(g));a(this,hs,fo).call(this)}};Pt=new WeakMap,Vt=new WeakMap,ut=new WeakMap,Ft=new WeakMap,ft=new WeakMap,Te=new WeakMap,hs=new WeakSet,fo=function(){if(i(this,Te)||document.hidden)return;let{start:t,end:e,times:s}=i(this,Ft),o=i(this,ft),r=Math.floor(e/o)*o;for(;i(this,ut).has(r);)r-=o;let l=r>t-o?qs(s,Math.max(r,t+ta)):void 0;if(l===void 0)return;c(this,Te,!0);let d=i(this,Vt),f=d+"/snapshot.jpg?width="+Qr+"&at="+l/1e3;Tt(f,g=>{if(c(this,Te,!1),d!==i(this,Vt)||o!==i(this,ft))return;let I=g!=null?g:document.createElement("span");i(this,ut).set(r,I),i(this,Pt).append(I),i(this,Ft).times.length>0&&this.show(d,i(this,Ft))})};function qs(n,t){let e=n[0];for(let s of n){if(s>t)break;e=s}return e}var ea=1e3,na=600,mo=10,wo=.1,sa=5e3,ke,xe,H,ve,Ln,nt,mt,st,O,it,K,Jt,Ce,Ae,m,gn,$t,wn,So,ls,ds,Sn,Vs,Lo,$s,Me,Js,Qs,Eo,bo,us=class{constructor(t,e){h(this,m);h(this,ke);h(this,xe);h(this,H,"");h(this,ve,new cs(u("stills")));h(this,Ln,u("past"));h(this,nt,u("moment"));h(this,mt,u("length"));h(this,st);h(this,O);h(this,it);h(this,K);h(this,Jt,0);h(this,Ce,!1);h(this,Ae,0);c(this,ke,t),c(this,xe,e),i(this,nt).addEventListener("input",()=>a(this,m,Lo).call(this)),u("rail").addEventListener("pointerdown",s=>{s.button===0&&(u("rail").setPointerCapture(s.pointerId),a(this,m,Vs).call(this,s),i(this,nt).focus(),s.preventDefault())}),u("rail").addEventListener("pointermove",s=>{s.buttons&1&&a(this,m,Vs).call(this,s)}),u("clip-from").onclick=()=>a(this,m,Qs).call(this,"from"),u("clip-to").onclick=()=>a(this,m,Qs).call(this,"to"),u("clip").onclick=()=>a(this,m,bo).call(this),u("present").onclick=()=>a(this,m,Me).call(this,void 0),i(this,mt).value=String(mo),i(this,mt).addEventListener("change",()=>a(this,m,Eo).call(this)),document.addEventListener("visibilitychange",()=>{this.isOpen&&a(this,m,gn).call(this)})}get isOpen(){return!i(this,Ln).hidden}get time(){return i(this,O)}get picture(){return i(this,ke).querySelector(".then")}toggle(){i(this,Ln).hidden=this.isOpen,Rt("past","aria-expanded",this.isOpen),u("screen").classList.toggle("looking-back",this.isOpen),this.isOpen?a(this,m,gn).call(this):(clearTimeout(i(this,Jt)),i(this,ve).clear(),a(this,m,Me).call(this,void 0))}change(t){t!==i(this,H)&&(c(this,H,t),c(this,st,c(this,it,c(this,K,void 0))),i(this,ve).clear(),a(this,m,Me).call(this,void 0),this.isOpen&&a(this,m,gn).call(this))}};ke=new WeakMap,xe=new WeakMap,H=new WeakMap,ve=new WeakMap,Ln=new WeakMap,nt=new WeakMap,mt=new WeakMap,st=new WeakMap,O=new WeakMap,it=new WeakMap,K=new WeakMap,Jt=new WeakMap,Ce=new WeakMap,Ae=new WeakMap,m=new WeakSet,gn=async function(){if(clearTimeout(i(this,Jt)),document.hidden||i(this,H)==="")return;let t=i(this,H);try{let e=await fetch(t+"/past?most="+na,{cache:"no-store"}),s=e.ok?await e.json():{nowMilliseconds:Date.now(),keptSeconds:0,times:[]};t===i(this,H)&&c(this,st,s)}catch{}this.isOpen&&(a(this,m,wn).call(this),clearTimeout(i(this,Jt)),c(this,Jt,setTimeout(()=>a(this,m,gn).call(this),ea)))},$t=function(){var r;let{nowMilliseconds:t,times:e}=(r=i(this,st))!=null?r:{nowMilliseconds:0,times:[]};if(e.length<2)return;let s=e[e.length-1],o=t-s>sa?s:Math.max(t,s);return{start:e[0],end:o,times:e}},wn=function(){var d,f,g,I,P;let t=i(this,m,$t);if(u("past-tools").hidden=u("rail").hidden=t===void 0,t===void 0){let{keptSeconds:yr=1}=(d=i(this,st))!=null?d:{};T(u("when"),yr>0?lt.none:lt.notKept);return}let{start:e,end:s}=t;i(this,ve).show(i(this,H),t),i(this,O)!==void 0&&i(this,O)<e&&a(this,m,Me).call(this,e),i(this,nt).min=String(e),i(this,nt).max=String(s),i(this,nt).value=String((f=i(this,O))!=null?f:s);let o=(I=(g=i(this,st))==null?void 0:g.nowMilliseconds)!=null?I:s,r=i(this,O)===void 0?s<o?go(s,o):lt.present:go(i(this,O),o);T(u("when"),r),i(this,nt).setAttribute("aria-valuetext",r),u("present").hidden=i(this,O)===void 0;let l=u("cursor").style;l.left=a(this,m,Sn).call(this,(P=i(this,O))!=null?P:s)+"%",a(this,m,So).call(this,t)},So=function({start:t,end:e}){let{from:s,to:o}=a(this,m,ds).call(this,t,e),r=u("piece").style;r.left=a(this,m,Sn).call(this,s)+"%",r.width=a(this,m,Sn).call(this,o)-a(this,m,Sn).call(this,s)+"%";let l=S(lt.piece,{from:Zs(s),to:i(this,K)===void 0&&a(this,m,ls).call(this,e)?lt.now:Zs(o)});T(u("piece-about"),l)},ls=function(t){var e,s;return t>=((s=(e=i(this,st))==null?void 0:e.nowMilliseconds)!=null?s:1/0)},ds=function(t,e){var r,l;let s=Math.max(t,Math.min((r=i(this,K))!=null?r:e,e)),o=(l=i(this,it))!=null?l:s-1e3*Number(i(this,mt).value);return{from:Math.max(t,Math.min(o,s)),to:s}},Sn=function(t){var o;let{start:e,end:s}=(o=i(this,m,$t))!=null?o:{start:0,end:1};return Math.min(100,Math.max(0,100*(t-e)/(s-e)))},Vs=function({clientX:t}){let e=i(this,m,$t);if(e===void 0)return;let{left:s,width:o}=u("rail").getBoundingClientRect(),r=Math.min(1,Math.max(0,(t-s)/o));a(this,m,$s).call(this,e.start+r*(e.end-e.start))},Lo=function(){a(this,m,$s).call(this,Number(i(this,nt).value))},$s=function(t){let e=i(this,m,$t);if(e===void 0)return;let s=t>=e.end-(e.end-e.start)/200;a(this,m,Me).call(this,s&&a(this,m,ls).call(this,e.end)?void 0:t)},Me=function(t){var s;let e=i(this,O);c(this,O,t),t===void 0?((s=this.picture)==null||s.remove(),c(this,Ae,0)):a(this,m,Js).call(this),this.isOpen&&a(this,m,wn).call(this),e===void 0!=(t===void 0)&&i(this,xe).call(this)},Js=function(){var o;let{times:t=[]}=(o=i(this,st))!=null?o:{};if(i(this,Ce)||i(this,O)===void 0)return;let e=qs(t,i(this,O)),s=i(this,H);e===void 0||e===i(this,Ae)||(c(this,Ce,!0),Tt(s+"/snapshot.gif?at="+e/1e3,r=>{if(c(this,Ce,!1),!(s!==i(this,H)||i(this,O)===void 0)){if(c(this,Ae,e),r!==void 0){r.className="then";let l=this.picture;i(this,ke).append(r),l==null||l.remove(),i(this,xe).call(this)}a(this,m,Js).call(this)}}))},Qs=function(t){var l;let e=i(this,m,$t);if(e===void 0)return;let s=(l=i(this,O))!=null?l:e.end;t==="from"?(c(this,it,s),i(this,K)!==void 0&&i(this,K)<=s&&c(this,K,void 0)):(c(this,K,s),i(this,it)!==void 0&&i(this,it)>=s&&c(this,it,void 0));let{from:o,to:r}=a(this,m,ds).call(this,e.start,e.end);i(this,mt).value=po(o,r).toFixed(1),a(this,m,wn).call(this)},Eo=function(){Number(i(this,mt).value)>=wo||(i(this,mt).value=String(mo)),c(this,it,void 0),a(this,m,wn).call(this)},bo=function(){let t=i(this,m,$t);if(t===void 0)return;let{from:e,to:s}=a(this,m,ds).call(this,t.start,t.end),o=i(this,K)===void 0&&a(this,m,ls).call(this,t.end)?"":"&at="+s/1e3,r=po(e,s).toFixed(2);as(i(this,H)+"/clip.gif?seconds="+r+o)};function po(n,t){return Math.max(wo,(t-n)/1e3)}function go(n,t){let e=Math.max(0,t-n)/1e3;return S(lt.ago,{ago:e<100?S(lt.seconds,{seconds:e.toFixed(1)}):S(lt.minutes,{minutes:Math.round(e/60)}),time:Zs(n)})}function Zs(n){return new Date(n).toLocaleTimeString()}var ia=5e3,yo=3,oa=100,Oe,Ne,_e,Qt,Io,ti,fs=class{constructor(){h(this,Qt);E(this,"isOpen",!1);h(this,Oe,1/0);h(this,Ne,0);h(this,_e,0)}toggle(){this.isOpen=!this.isOpen,Rt("details","aria-pressed",this.isOpen),clearTimeout(i(this,_e)),this.isOpen&&a(this,Qt,ti).call(this)}show(t){let{size:e,framesPerSecond:s,bitsPerSecond:o}=t,r=[];if(e!==void 0&&r.push(e.width+" × "+e.height),s>0){let l=s.toFixed(s<5?1:0);r.push(S(A.rate,{rate:l}))}if(this.isOpen&&o!==void 0){let l=(o/1e6).toFixed(o<1e7?2:1);r.push(S(A.bits,{rate:l}))}this.isOpen&&r.push(a(this,Qt,Io).call(this,t.lagMilliseconds)),t.isLimited&&r.push(A.limited),T(u("facts"),r.join(" · ")||" ")}};Oe=new WeakMap,Ne=new WeakMap,_e=new WeakMap,Qt=new WeakSet,Io=function(t){let e=i(this,Oe)/2;if(t===void 0||i(this,Ne)<yo)return A.noLag;let s=(t+e)/1e3;return S(A.lag,{seconds:s.toFixed(2)})},ti=async function(){if(!document.hidden){let t=performance.now();try{await(await fetch("healthz",{cache:"no-store"})).text(),c(this,Oe,Math.min(i(this,Oe),performance.now()-t)),he(this,Ne)._++}catch{}}this.isOpen&&(clearTimeout(i(this,_e)),c(this,_e,setTimeout(()=>a(this,Qt,ti).call(this),i(this,Ne)<yo?oa:ia)))};var ot,bn,yn,B,Mo,En,ei,ms=class{constructor(t,e){h(this,B);h(this,ot);h(this,bn);h(this,yn,0);c(this,ot,t),c(this,bn,e);let s=()=>a(this,B,En).call(this,To()===t);document.addEventListener("fullscreenchange",s),document.addEventListener("webkitfullscreenchange",s);let o=()=>a(this,B,ei).call(this);for(let r of["pointermove","pointerdown","keydown","focusin"])document.addEventListener(r,o,{passive:!0})}get isFull(){return i(this,ot).classList.contains("full")}toggle(){this.isFull?this.leave():a(this,B,Mo).call(this)}leave(){if(To()!==i(this,ot))return a(this,B,En).call(this,!1);let{webkitExitFullscreen:t}=document;"exitFullscreen"in document?document.exitFullscreen():t&&t.call(document)}};ot=new WeakMap,bn=new WeakMap,yn=new WeakMap,B=new WeakSet,Mo=async function(){let t=i(this,ot),{webkitRequestFullscreen:e}=t;try{"requestFullscreen"in t?await t.requestFullscreen():e?e.call(t):a(this,B,En).call(this,!0)}catch{a(this,B,En).call(this,!0)}},En=function(t){t!==this.isFull&&(i(this,ot).classList.toggle("full",t),a(this,B,ei).call(this),i(this,bn).call(this,t))},ei=function(){clearTimeout(i(this,yn)),i(this,ot).classList.remove("resting"),this.isFull&&c(this,yn,setTimeout(()=>i(this,ot).classList.add("resting"),3e3))};function To(){let{webkitFullscreenElement:n}=document;return"fullscreenElement"in document?document.fullscreenElement:n}var pt,Tn,gt,wt,St,k,ni,ps,In,xo,vo,Co,si,gs=class{constructor(t,e){h(this,k);E(this,"scale",1);h(this,pt);h(this,Tn);h(this,gt,0);h(this,wt,0);h(this,St,new Map);c(this,pt,t),c(this,Tn,e),t.addEventListener("wheel",s=>a(this,k,xo).call(this,s),{passive:!1}),t.addEventListener("pointerdown",s=>a(this,k,vo).call(this,s)),t.addEventListener("pointermove",s=>a(this,k,Co).call(this,s));for(let s of["pointerup","pointercancel","lostpointercapture"])t.addEventListener(s,o=>{let{pointerId:r}=o;i(this,St).delete(r)});t.addEventListener("gesturestart",s=>s.preventDefault())}closer(){a(this,k,ni).call(this,1.25)}farther(){a(this,k,ni).call(this,1/1.25)}reset(){a(this,k,In).call(this,1,0,0)}pan(t,e){let{clientWidth:s,clientHeight:o}=i(this,pt);a(this,k,In).call(this,this.scale,i(this,gt)-t*.1*s,i(this,wt)-e*.1*o)}};pt=new WeakMap,Tn=new WeakMap,gt=new WeakMap,wt=new WeakMap,St=new WeakMap,k=new WeakSet,ni=function(t){let{clientWidth:e,clientHeight:s}=i(this,pt);a(this,k,ps).call(this,t,e/2,s/2)},ps=function(t,e,s){let o=Math.min(32,Math.max(1,this.scale*t)),r=o/this.scale;a(this,k,In).call(this,o,e-(e-i(this,gt))*r,s-(s-i(this,wt))*r)},In=function(t,e,s){let{clientWidth:o,clientHeight:r,style:l,classList:d}=i(this,pt);this.scale=t<1.01?1:t,c(this,gt,Math.min(0,Math.max(e,o*(1-this.scale)))),c(this,wt,Math.min(0,Math.max(s,r*(1-this.scale)))),l.setProperty("--zoom",String(this.scale)),l.setProperty("--x",i(this,gt)+"px"),l.setProperty("--y",i(this,wt)+"px"),d.toggle("zoomed",this.scale>1),i(this,Tn).call(this)},xo=function(t){let{deltaY:e,deltaMode:s,ctrlKey:o}=t;if(!o&&(e>0?this.scale===1:scrollY>0)||e===0)return;t.preventDefault();let l=s===0?-e/(o?100/5:100):-Math.sign(e),{x:d,y:f}=a(this,k,si).call(this,t);a(this,k,ps).call(this,1.25**Math.min(3,Math.max(-3,l)),d,f)},vo=function(t){t.button===0&&(i(this,St).set(t.pointerId,t),(this.scale>1||i(this,St).size>1)&&i(this,pt).setPointerCapture(t.pointerId))},Co=function(t){let e=i(this,St).get(t.pointerId);if(e===void 0)return;i(this,St).set(t.pointerId,t);let[s]=[...i(this,St).values()].filter(({pointerId:f})=>f!==t.pointerId);if(s===void 0){if(this.scale===1)return;let f=i(this,gt)+t.clientX-e.clientX,g=i(this,wt)+t.clientY-e.clientY;return a(this,k,In).call(this,this.scale,f,g)}let o=ko(e,s),r=ko(t,s);c(this,gt,i(this,gt)+(r.clientX-o.clientX)),c(this,wt,i(this,wt)+(r.clientY-o.clientY));let{x:l,y:d}=a(this,k,si).call(this,r);a(this,k,ps).call(this,r.distance/Math.max(1,o.distance),l,d)},si=function({clientX:t,clientY:e}){let{left:s,top:o}=i(this,pt).getBoundingClientRect();return{x:t-s,y:e-o}};function ko(n,t){return{clientX:(n.clientX+t.clientX)/2,clientY:(n.clientY+t.clientY)/2,distance:Math.hypot(n.clientX-t.clientX,n.clientY-t.clientY)}}var Y,Zt,De,F,Ao,ii,Oo,No,oi,ws=class{constructor(t,e){h(this,F);E(this,"held",matchMedia("(prefers-reduced-motion: reduce)").matches);E(this,"details",new fs);E(this,"past");h(this,Y);h(this,Zt);h(this,De);c(this,De,e),this.past=new us(t,e.onLook),c(this,Y,new gs(t,e.onShape)),c(this,Zt,new ms(u("screen"),s=>{let o=s?A.leaveFull:A.full;Rt("full","aria-pressed",s,o),i(this,Y).reset()})),t.addEventListener("dblclick",()=>i(this,Zt).toggle()),ro(),io({hold:()=>a(this,F,Ao).call(this),full:()=>i(this,Zt).toggle(),previous:()=>e.onStep(-1),next:()=>e.onStep(1),closer:()=>i(this,Y).closer(),farther:()=>i(this,Y).farther(),whole:()=>i(this,Y).reset(),snapshot:()=>a(this,F,No).call(this),past:()=>a(this,F,Oo).call(this),details:()=>{this.details.toggle(),e.onLook()},leave:()=>{pn()||i(this,Zt).leave()}},(s,o)=>i(this,Y).pan(s,o)),a(this,F,ii).call(this)}get zoom(){return i(this,Y).scale}change(t){i(this,Y).reset(),this.past.change(t)}showHasPicture(t){for(let e of["snapshot","look-back"]){let s=u(e);e==="look-back"&&this.past.isOpen||s.disabled===t&&(s.disabled=!t)}}};Y=new WeakMap,Zt=new WeakMap,De=new WeakMap,F=new WeakSet,Ao=function(){this.held=!this.held,a(this,F,ii).call(this),i(this,De).onHold()},ii=function(){document.body.classList.toggle("held",this.held);let t=u("resume"),e=document.activeElement;t.hidden=!this.held;let s=this.held?A.resume:A.hold;Rt("hold","aria-pressed",this.held,s),t.hidden&&e===t&&document.querySelector('#actions [data-does="hold"]').focus()},Oo=function(){!this.past.isOpen&&a(this,F,oi).call(this,"look-back")||this.past.toggle()},No=function(){if(a(this,F,oi).call(this,"snapshot"))return;let{channel:t,isPhotograph:e,still:s}=i(this,De).seen(),{picture:o,time:r}=this.past;r!==void 0&&o!==null?Xs(o,t):s!==void 0?Xs(s,t):as(t+"/snapshot."+(e?"jpg":"png"))},oi=function(t){return u(t).disabled};var te={needs:"",token:""};function _o(){var e;let{needs:n}=u("stage").dataset;(n==="token"||n==="password")&&(te.needs=n);let t=new URL(document.URL);return te.token=(e=t.searchParams.get("token"))!=null?e:"",te.needs!==""&&t.searchParams.delete("token"),t.username!==""||t.password!==""?(t.username=t.password="",location.replace(t.href),!0):(t.href!==document.URL&&history.replaceState(history.state,"",t.href),!1)}function Ss(){return location.pathname.replace(/^.*\\//,"")}var ra=4e3;function Ls(n,t){let e=document.createElement("button");e.type="button",e.textContent=M.copy,e.setAttribute("aria-label",M.copy+": "+t);let s=document.createElement("span");s.className="told",s.setAttribute("role","status");let o=0;return e.onclick=async()=>{let r=await aa(n);s.textContent=r?M.copied:M.notCopied,clearTimeout(o),r&&(o=setTimeout(()=>s.textContent="",ra))},{button:e,told:s}}async function aa(n){let t=document.activeElement;try{if("clipboard"in navigator)return await navigator.clipboard.writeText(n.value),!0}catch{}n.focus(),n.select();let e=!1,s=()=>e=!0;n.addEventListener("copy",s);let o=document.execCommand("copy");return n.removeEventListener("copy",s),!o||!e?!1:(t instanceof HTMLElement&&t.focus(),!0)}function ri(n,t,e){let s=new URL(location.href);s.search=s.hash=s.username=s.password="";let o=(d,f=e)=>new URL(d,s.href).href+f,r=o(n+".gif"),l=t===void 0?"":' width="'+t.width+'" height="'+t.height+'"';return[{id:"page",label:M.page,text:o(n)},{id:"element",label:M.element,about:M.aboutElement,text:'<script src="'+o("embed.js","")+'" async><\\/script><gif-stream src="'+r+'"></gif-stream>'},{id:"frame",label:M.frame,about:M.aboutFrame,text:'<iframe src="'+o(n+"/embed")+'"'+l+' style="border:0"></iframe>'},{id:"img",label:M.img,about:M.aboutImg,text:'<img src="'+r+'">'},{id:"gif",label:M.gif,text:r},{id:"mjpeg",label:M.mjpeg,text:o(n+".mjpeg")},{id:"still",label:M.still,text:o(n+"/snapshot.jpg")}]}var Do="",Re,Pe=new Map,bs=document.createElement("input"),ee=document.createElement("canvas"),Es="";function hi(n){Do=n,u("share").hidden=n==="",n===""&&ci(!1),ys()}function Ro(n){n.width===(Re==null?void 0:Re.width)&&n.height===Re.height||(Re={width:n.width,height:n.height},ys())}function ai(){return!u("sharing").hidden}function ci(n){var s;let t=u("share"),e=u("sharing");e.hidden!==!n&&(n&&Pe.size===0&&ha(e),e.hidden=!n,t.setAttribute("aria-expanded",String(n)),ys(),n?(s=Pe.get("page"))==null||s.focus():t.focus())}function ys(){var e,s;if(!ai())return;let{token:n}=te,t=bs.checked&&n!==""?"?token="+encodeURIComponent(n):"";for(let{id:o,text:r}of ri(Do,Re,t)){let l=Pe.get(o);l!==void 0&&l.value!==r&&(l.value=r)}ca((s=(e=Pe.get("page"))==null?void 0:e.value)!=null?s:"")}async function ca(n){if(n!==Es){Es=n;try{let{drawQr:t}=await import(new URL("qr.js",location.href).href);n===Es&&t(ee,n),ee.hidden=!1}catch{Es="",ee.hidden=!0}}}function ha(n){let t=document.createElement("h2");t.id="share-title",t.textContent=M.title,n.append(t,la());let e=document.createElement("div");e.className="ways";for(let o of ri("",void 0,""))e.append(da(o));n.append(e);let s=te.needs===""?void 0:ua();s!==void 0&&n.append(s)}function la(){let n=document.createElement("div");if(n.className="code",ee.setAttribute("role","img"),ee.setAttribute("aria-label",M.code),ee.hidden=!0,n.append(ee),"share"in navigator){let t=document.createElement("button");t.type="button",t.textContent=M.send;let e=document.createElement("span");e.setAttribute("role","status"),t.onclick=async()=>{var s;e.textContent="";try{await navigator.share({title:document.title,url:(s=Pe.get("page"))==null?void 0:s.value})}catch(o){let{name:r,message:l}=o;r!=="AbortError"&&(e.textContent=l)}},n.append(t,e)}return n}function da({id:n,label:t,about:e}){let s=document.createElement("div");s.className="way";let o=document.createElement("label");o.htmlFor="way-"+n,o.textContent=t;let r=document.createElement("input");r.id="way-"+n,r.readOnly=!0,r.spellcheck=!1,r.onfocus=()=>r.select(),Pe.set(n,r);let{button:l,told:d}=Ls(r,t);if(s.append(o,r,l,d),e!==void 0){let f=document.createElement("p");f.id="about-"+n,f.textContent=e,r.setAttribute("aria-describedby",f.id),s.append(f)}return s}function ua(){let n=document.createElement("p");n.className="access";let{needs:t,token:e}=te;if(t==="password")n.textContent=M.password;else if(e==="")n.textContent=M.addToken;else{bs.type="checkbox",bs.onchange=ys;let s=document.createElement("label");s.append(bs," "+M.withToken),n.append(s)}return n}function Po(){let n=u("share"),t=u("sharing");n.onclick=()=>ci(!ai());for(let e of[n,t])e.addEventListener("keydown",s=>{s.key!=="Escape"||!ai()||(s.stopPropagation(),ci(!1))})}var li=60,di=60*li,Fo=24*di;function Mn(n){let t=Math.max(0,Math.round(n/1e3)),{second:e,seconds:s,minute:o,minutes:r,hour:l,hours:d,day:f,days:g}=v;return t<li?Is(t,e,s):t<di?Is(t/li,o,r):t<Fo?Is(t/di,l,d):Is(t/Fo,f,g)}function Is(n,t,e){let s=Math.floor(n);return s===1?t:S(e,{count:s})}var Uo=/; trying again$/,fa=900,ma=["live","paused","held","past","slow","crowded"];function Wo(n){let{state:t,name:e,status:s}=n;if(ma.includes(t))return[];if(t==="connecting")return[];if(t==="empty")return[v.empty];if(t==="gone")return[S(v.gone,{name:e})];if(t==="full")return[v.full];if(t==="locked")return[v.locked];let o=[];t==="offline"?o.push(v.offline):t==="reconnecting"?o.push(v.away):t==="idle"?o.push(v.idle):s!==void 0&&o.push(...pa(n,s));let r=wa(n);return r!==void 0&&o.push(r),o}function pa({toldMilliseconds:n},{source:t,retryMilliseconds:e}){var l;let s=(l=t.message)!=null?l:"",o=s.replace(Uo,""),r=e===null?Uo.test(s)?v.retryNow:"":ga(e-n);return o===""&&r===""?[]:[Sa(o||v.failed)+r]}function ga(n){return n>fa?S(v.retry,{span:Mn(n)}):v.retryNow}function wa({status:n,toldMilliseconds:t}){if(n===void 0)return;let{frames:e,lastFrameAgeMilliseconds:s}=n;return e===0||s===null?v.never:S(v.last,{span:Mn(s+t)})}function Sa(n){return/^[a-z]+:\\/\\//.test(n)?n:n.charAt(0).toUpperCase()+n.slice(1)}var La=3e3,kn,xn,ne,Fe,se,vn,Cn,An,Ms,Ho,Ts=class{constructor(t){h(this,Ms);h(this,kn);h(this,xn,u("notice"));h(this,ne,document.createElement("p"));h(this,Fe,document.createElement("div"));h(this,se,document.createElement("div"));h(this,vn,"");h(this,Cn,0);h(this,An,"");c(this,kn,t),i(this,ne).className="title",i(this,ne).setAttribute("aria-hidden","true"),i(this,xn).append(i(this,ne),i(this,Fe),i(this,se))}show(t){let{state:e}=t,s=performance.now();e!==i(this,vn)&&c(this,Cn,s),c(this,vn,e);let r=e==="reconnecting"&&s-i(this,Cn)<La?[]:Wo(t);if(i(this,kn).classList.toggle("dim",r.length>0),document.body.dataset.state=e,i(this,xn).hidden=r.length===0,r.length===0)return;T(i(this,ne),os[e]);let l=i(this,Fe).children;for(r.forEach((d,f)=>{var I;let g=(I=l[f])!=null?I:i(this,Fe).appendChild(document.createElement("p"));T(g,d)});l.length>r.length;)l[r.length].remove();a(this,Ms,Ho).call(this,e)}};kn=new WeakMap,xn=new WeakMap,ne=new WeakMap,Fe=new WeakMap,se=new WeakMap,vn=new WeakMap,Cn=new WeakMap,An=new WeakMap,Ms=new WeakSet,Ho=function(t){t!==i(this,An)&&(c(this,An,t),i(this,se).textContent="",t==="empty"&&i(this,se).append(...ba()),t==="locked"&&i(this,se).append(Ea()))};function Ea(){let n=document.createElement("button");return n.type="button",n.textContent=v.unlock,n.onclick=()=>location.reload(),n}function ba(){let n=new URL("camera/frames",location.href).href;return[[v.sendPicture,v.pictureCommand],[v.sendFilm,v.filmCommand]].map(([t,e],s)=>{let o=document.createElement("div");o.className="way";let r=document.createElement("label");r.htmlFor="send-"+s,r.textContent=t;let l=document.createElement("textarea");l.id=r.htmlFor,l.readOnly=!0,l.spellcheck=!1,l.rows=5,l.value=S(e,{address:n});let{button:d,told:f}=Ls(l,t);return o.append(r,l,d,f),o})}function On({frames:n,lastFrameAgeMilliseconds:t,source:e}){let{state:s}=e;return s==="idle"||s==="no signal"||s==="ended"?s:n===0||t!==null&&t>5e3?"waiting":"live"}function Bo(n,t,e){let{length:s}=n,o=n.findIndex(r=>r.name===t)+e;return s===0?void 0:n[(o+s)%s].name}var jo="gifstream wall";var ya=/^[A-Za-z0-9_-]{1,64}$/;function Go(){let n=new URLSearchParams(location.search),t=(n.get("grid")||"").match(/^(\\d{1,2})(?:x(\\d{1,2}))?$/),e=(n.get("channels")||"").split(",").filter(l=>ya.test(l)),s=n.has("kiosk"),{columns:o,order:r}=Ia();return{names:e.length>0?Array.from(new Set(e)):void 0,columns:t===null?o:ui(t[1]),rows:t===null?void 0:ui(t[2]),order:fi(n.get("order")||r),isKiosk:s}}function zo({columns:n,order:t}){try{localStorage.setItem(jo,JSON.stringify({columns:n,order:t}))}catch{}}function Ko({columns:n,rows:t,order:e},s){let o=["channels="+s.join(",")];return n!==void 0&&o.push("grid="+n+(t===void 0?"":"x"+t)),e!=="given"&&o.push("order="+e),"?"+o.join("&")+"&kiosk"}function Ia(){try{let{columns:n,order:t}=JSON.parse(localStorage.getItem(jo)||"{}");return{columns:ui(n),order:t}}catch{return{}}}function ui(n){let t=Number(n);return Number.isInteger(t)&&t>=1&&t<=12?t:void 0}function fi(n){return n==="name"||n==="trouble"?n:"given"}function Yo(n,{onChoose:t,onFind:e}){var d;let s=u("find"),o=u("order"),r=u("columns");s.oninput=()=>e(s.value.trim()),o.value=n.order,r.value=String((d=n.columns)!=null?d:"");let l=()=>{n.order=fi(o.value);let f=Number(r.value)||void 0;f!==n.columns&&(n.rows=void 0),n.columns=f,zo(n),t()};o.onchange=r.onchange=l,n.isKiosk&&Ta()}function Xo(n,t){u("kiosk").setAttribute("href","./"+Ko(n,t))}function Ta(){if(!("wakeLock"in navigator))return;let n=()=>{document.hidden||navigator.wakeLock.request("screen").catch(()=>{})};document.addEventListener("visibilitychange",n),n()}function qo(n){let{count:t,width:e,height:s,aspect:o}=n;if(n.columns!==void 0)return Ma(n,n.columns);let r={columns:1,width:0};for(let f=1;f<=t;f++){let g=ie(e,f),I=ie(s,Math.ceil(t/f)),P=Math.min(g,I*o);P>r.width&&(r={columns:f,width:P})}let{columns:l}=r;if(r.width>=Math.min(150,e))return{columns:l,rowHeight:ie(s,Math.ceil(t/l))};let d=Math.max(1,Math.floor((e+4)/154));return Vo(n,Math.min(d,Math.max(t,1)))}function Ma(n,t){let{count:e,height:s,aspect:o,width:r}=n;if(n.rows!==void 0)return{columns:t,rowHeight:ie(s,n.rows)};let l=ie(s,Math.ceil(e/t));return l*o>=ie(r,t)/2?{columns:t,rowHeight:l}:Vo(n,t)}function Vo({width:n,height:t,aspect:e},s){return{columns:s,rowHeight:Math.min(ie(n,s)/e,t)}}function ie(n,t){return Math.max((n-4*(t-1))/t,1)}function $o(n){let t=n.filter(({width:e,height:s})=>e*s>0).map(({width:e,height:s})=>e/s).sort((e,s)=>e-s);return t.length===0?16/9:t[Math.floor(t.length/2)]}function Jo(n,{order:t,names:e}){let s=new Map(n),o=e===void 0?n.map(([r,l])=>l):e.flatMap(r=>{var l;return(l=s.get(r))!=null?l:[]});return t==="name"?o.sort((r,l)=>r.title.localeCompare(l.title,void 0,{numeric:!0})):t==="trouble"?o.sort(ka):o}function ka(n,t){if(n.isDead!==t.isDead)return n.isDead?-1:1;if(!n.isDead)return 0;let e=[n,t].map(({status:s})=>{var o;return(o=s==null?void 0:s.lastFrameAgeMilliseconds)!=null?o:1/0});return e[0]===e[1]?0:e[0]-e[1]}function Qo({name:n,title:t},e){let s=(n+" "+t).toLowerCase();return e.toLowerCase().split(/\\s+/).every(o=>s.includes(o))}function Zo(n){n.addEventListener("keydown",t=>{var P;let{key:e,ctrlKey:s,metaKey:o,altKey:r,shiftKey:l}=t;if(s||o||r||l)return;let d=tr(n),f=d.indexOf(t.target);if(f<0)return;let g=xa(d),I={ArrowLeft:f-1,ArrowRight:f+1,ArrowUp:f-g,ArrowDown:f+g,Home:0,End:d.length-1}[e];I!==void 0&&(t.preventDefault(),(P=d[I])==null||P.focus())}),n.addEventListener("focusin",()=>mi(n))}function mi(n){var s,o,r;let t=tr(n),e=(r=(o=(s=t.find(l=>l===document.activeElement))!=null?s:t.find(l=>l.hasAttribute("aria-current")))!=null?o:t.find(l=>l.tabIndex===0))!=null?r:t[0];for(let l of t)l.tabIndex=l===e?0:-1}function tr(n){return Array.from(n.querySelectorAll("li > a"))}function xa(n){let t=n.map(s=>s.getBoundingClientRect().top),e=t.findIndex(s=>s>t[0]+1);return e<0?n.length:e}function pi(n,t,e){let s=n.filter(r=>r.isDue(va(r,e)));s.sort((r,l)=>r.loadedMilliseconds-l.loadedMilliseconds);let o=n.filter(r=>r.loading).length;for(let r of s.slice(0,Math.max(0,2-o)))r.loadStill(t,()=>{document.hidden||pi(n,t,e)})}function va({status:n},t){return t?1e3:n!==void 0&&n.viewers>0?4e3:2e4}var ks=[];function er(n){ks.push(n),ks.length===1&&setTimeout(Ca,60)}function Ca(){let n=ks;ks=[];for(let t of n)t()}var X,oe,Nn,_n,Dn,re,Ue,q,nr,sr,gi,ir,xs=class{constructor(t,e){h(this,q);E(this,"element",document.createElement("li"));E(this,"link",document.createElement("a"));E(this,"seen",!1);E(this,"loadedMilliseconds",-1/0);E(this,"loading",!1);E(this,"status");h(this,X,document.createElement("canvas"));h(this,oe,Hs("title"));h(this,Nn,Hs("about"));h(this,_n,0);h(this,Dn,0);h(this,re);h(this,Ue,!1);this.name=t,this.element.dataset.name=t,this.element.dataset.state="connecting",this.link.href=t,i(this,X).className="still",i(this,X).width=i(this,X).height=0,T(i(this,oe),e),this.link.append(i(this,X),i(this,oe),i(this,Nn)),this.element.append(this.link)}get box(){let{clientWidth:t,clientHeight:e}=i(this,X);return{width:t,height:e}}get title(){return i(this,oe).textContent||this.name}get isDead(){let{state:t}=this.element.dataset;return t!=="live"&&t!=="connecting"}tell(t,e){this.status!==t&&c(this,_n,performance.now()),this.status=t,T(i(this,oe),t.title),e?this.link.setAttribute("aria-current","page"):this.link.removeAttribute("aria-current")}show(t){let e=this.status;if(e===void 0)return;let s=t?"lost":On(e);this.element.dataset.state!==s&&(this.element.dataset.state=s);let o=e.viewers>0&&!t?" · "+S(_t.watching,{count:e.viewers}):"",r=t?Dt.lost:eo[On(e)];T(i(this,Nn),r+a(this,q,nr).call(this,s)+o)}take(t){c(this,re,t),i(this,Ue)||a(this,q,sr).call(this)}isDue(t){if(!this.seen||this.loading||this.status===void 0)return!1;let{frames:e,source:s}=this.status;return e===i(this,Dn)||s.state==="idle"?!1:performance.now()-this.loadedMilliseconds>=t}loadStill(t,e){var r,l;this.loading=!0,this.loadedMilliseconds=performance.now();let s=(l=(r=this.status)==null?void 0:r.frames)!=null?l:0,o="?width="+Math.ceil(t)+"&"+Date.now();Tt(this.name+"/snapshot.jpg"+o,d=>{this.loading=!1,d!==void 0&&(c(this,Dn,s),a(this,q,gi).call(this,d)),e()})}};X=new WeakMap,oe=new WeakMap,Nn=new WeakMap,_n=new WeakMap,Dn=new WeakMap,re=new WeakMap,Ue=new WeakMap,q=new WeakSet,nr=function(t){var o,r;let e=(r=(o=this.status)==null?void 0:o.lastFrameAgeMilliseconds)!=null?r:null;if(e===null||t==="live"||t==="idle")return"";let s=performance.now()-i(this,_n);return" · "+Mn(e+s)},sr=async function(){for(c(this,Ue,!0);i(this,re)!==void 0;){let t=i(this,re);c(this,re,void 0);try{let e=await ts(t);await new Promise(s=>er(()=>s(void 0))),a(this,q,gi).call(this,e),"close"in e&&e.close()}catch{}}c(this,Ue,!1)},gi=function(t){let e=i(this,X),{width:s,height:o}=t;(e.width!==s||e.height!==o)&&(e.width=s,e.height=o);let r=e.getContext("2d");r.clearRect(0,0,s,o),r.drawImage(t,0,0),a(this,q,ir).call(this)},ir=function(){let{width:t,clientWidth:e}=i(this,X),s=e*devicePixelRatio>=2*t;i(this,X).classList.toggle("enlarged",s)};var Aa=8e3,Oa=2500,Na=3e3,_a=2,ae,Fn,He,V,Lt,Be,Un,Wn,je,Ge,ze,Et,ce,Ke,L,wi,Pn,Si,Li,or,rr,Ei,bi,We,vs=class{constructor(t){h(this,L);E(this,"state","resting");h(this,ae);h(this,Fn);h(this,He,"");h(this,V);h(this,Lt);h(this,Be,!1);h(this,Un,0);h(this,Wn,0);h(this,je,new Mt);h(this,Ge,0);h(this,ze,0);h(this,Et,new Map);h(this,ce,1/0);h(this,Ke,1);c(this,ae,t),"WebSocket"in globalThis||(this.state="refused")}get needsStills(){return this.state!=="connecting"?this.state==="refused":performance.now()-i(this,Un)>Oa}ask(t){this.state!=="refused"&&(c(this,Fn,t),t===void 0?(a(this,L,Ei).call(this),i(this,je).reset(),a(this,L,We).call(this,"resting")):this.state==="resting"?(c(this,Un,performance.now()),a(this,L,We).call(this,"connecting"),a(this,L,Pn).call(this)):i(this,V)!==void 0&&a(this,L,wi).call(this)!==i(this,He)&&a(this,L,Pn).call(this))}};ae=new WeakMap,Fn=new WeakMap,He=new WeakMap,V=new WeakMap,Lt=new WeakMap,Be=new WeakMap,Un=new WeakMap,Wn=new WeakMap,je=new WeakMap,Ge=new WeakMap,ze=new WeakMap,Et=new WeakMap,ce=new WeakMap,Ke=new WeakMap,L=new WeakSet,wi=function(){let{names:t,width:e,height:s,framesPerSecond:o,starts:r}=i(this,Fn),l=new URL("api/wall",location.href);l.protocol=l.protocol.replace("http","ws");let d=Math.max(.2,o*i(this,Ke));return l.search="channels="+t.join(",")+"&width="+Math.ceil(e)+"&height="+Math.ceil(s)+"&fps="+d+(r?"&start=yes":""),l.href},Pn=function(){clearTimeout(i(this,Ge)),i(this,Lt)===void 0?c(this,Lt,i(this,V)):Rn(i(this,V)),c(this,He,a(this,L,wi).call(this));let t=new WebSocket(i(this,He));c(this,V,t),t.binaryType="arraybuffer",t.onmessage=({data:e})=>{Rn(i(this,Lt)),c(this,Lt,void 0),c(this,ce,1/0),t.onmessage=({data:s})=>a(this,L,Li).call(this,s),a(this,L,Li).call(this,e)},t.onclose=()=>a(this,L,bi).call(this),a(this,L,Si).call(this)},Si=function(){clearTimeout(i(this,ze)),c(this,ze,setTimeout(()=>a(this,L,bi).call(this),Aa))},Li=function(t){c(this,Be,!0),c(this,Wn,0),i(this,je).reset(),a(this,L,Si).call(this);let e=new Uint8Array(t),s=4+new DataView(t).getUint32(0),o=JSON.parse(new TextDecoder().decode(e.subarray(4,s)));a(this,L,We).call(this,"live"),a(this,L,or).call(this,o);for(let{name:r,bytes:l}of o.pictures){let d=i(this,Et).get(r);d!==void 0&&(d.frames=Math.max(d.frames,1)),i(this,ae).onPicture(r,e.subarray(s,s+=l))}a(this,L,rr).call(this,o.nowMilliseconds)},or=function({channels:t,changes:e=[],removed:s=[]}){t!==void 0&&i(this,Et).clear();for(let r of s)i(this,Et).delete(r);for(let r of t||e){let l=i(this,Et).get(r.name),d=Object.assign({},l,r);i(this,Et).set(r.name,d)}(t!==void 0||e.length>0||s.length>0)&&i(this,ae).onStatuses(Array.from(i(this,Et).values()))},rr=function(t){let e=Date.now()-t;c(this,ce,Math.min(i(this,ce),e)),!(e-i(this,ce)<=Na)&&(c(this,Ke,Math.max(i(this,Ke)/2,1/16)),Rn(i(this,V)),c(this,V,void 0),a(this,L,Pn).call(this))},Ei=function(){clearTimeout(i(this,Ge)),clearTimeout(i(this,ze)),Rn(i(this,V)),Rn(i(this,Lt)),c(this,V,c(this,Lt,void 0))},bi=function(){if(a(this,L,Ei).call(this),!i(this,Be)&&++he(this,Wn)._>=_a)return a(this,L,We).call(this,"refused");a(this,L,We).call(this,i(this,Be)?"lost":"connecting"),c(this,Ge,setTimeout(()=>a(this,L,Pn).call(this),i(this,je).next()))},We=function(t){this.state!==t&&(this.state=t,i(this,ae).onChange())};function Rn(n){n!==void 0&&(n.onmessage=n.onclose=null,n.close())}var yi=150,Ra=1e3,Pa=[[1,10],[4,5],[12,3],[100,2]],Fa=1,Ua=100,Hn,$,Bn,bt,Xe,D,yt,jn,rt,qe,Ve,$e,Gn,zn,Kn,It,Yn,y,Ii,cr,Ye,Ti,Cs,Mi,ki,As,Os=class{constructor(t,e){h(this,y);h(this,Hn);h(this,$);h(this,Bn);h(this,bt,Go());h(this,Xe,"");h(this,D,new Map);h(this,yt,[]);h(this,jn,[]);h(this,rt,"");h(this,qe,!1);h(this,Ve,!1);h(this,$e,!1);h(this,Gn,0);h(this,zn,0);h(this,Kn,"");h(this,It);h(this,Yn,new IntersectionObserver(t=>{for(let{target:e,isIntersecting:s}of t){let{name:o=""}=e.dataset,r=i(this,D).get(o);r!==void 0&&(r.seen=s)}a(this,y,Cs).call(this,i(this,$e)?yi:0),c(this,$e,!0)}));var s,o;c(this,Hn,t),c(this,$,t.querySelector("ul")),c(this,Bn,e),c(this,It,new vs({onStatuses:e.onStatuses,onPicture:(r,l)=>{var d;(d=i(this,D).get(r))==null||d.take(new Blob([l]))},onChange:()=>{this.show(i(this,Ve)),a(this,y,As).call(this),e.onChange()}}));for(let r of Array.from(i(this,$).querySelectorAll("a"))){let l=(s=r.getAttribute("href"))!=null?s:"";a(this,y,Ii).call(this,l,(o=r.textContent)!=null?o:l)}i(this,$).textContent="",document.body.classList.toggle("kiosk",i(this,bt).isKiosk),Yo(i(this,bt),{onChoose:()=>a(this,y,Ye).call(this),onFind:r=>{c(this,Xe,r),a(this,y,Ye).call(this)}}),u("to-wall").onclick=r=>{ar(r)||(r.preventDefault(),e.onWall())},Zo(i(this,$)),addEventListener("resize",()=>{a(this,y,Ti).call(this),a(this,y,Cs).call(this,yi)}),a(this,y,Ye).call(this)}get isWanted(){let{names:t,isKiosk:e}=i(this,bt);return t!==void 0||e||i(this,D).size>1}get isTelling(){return i(this,It).state==="live"}get isLost(){return i(this,It).state==="lost"}stateOf(t){return this.isLost?"reconnecting":t?"live":"connecting"}get summary(){let t=i(this,yt),e=t.filter(o=>o.isDead).length;return{text:S(Dt.count,{count:t.length})+(e>0?" · "+S(Dt.dead,{count:e}):""),isWell:e===0}}watch(t){c(this,qe,t),clearInterval(i(this,zn)),t&&c(this,zn,setInterval(()=>a(this,y,As).call(this),Ra)),a(this,y,Mi).call(this)}open(t){if(t===i(this,rt))return;c(this,rt,t),a(this,y,Ye).call(this);let e=i(this,D).get(t);e!==void 0&&Wa(i(this,Hn),e.element)}update(t){c(this,jn,t);let e=new Set(t.map(({name:s})=>s));i(this,D).forEach((s,o)=>{e.has(o)||a(this,y,cr).call(this,o,s)});for(let s of t){let{name:o,title:r}=s;a(this,y,Ii).call(this,o,r).tell(s,o===i(this,rt))}a(this,y,Ye).call(this),a(this,y,As).call(this)}show(t){c(this,Ve,t),i(this,D).forEach(e=>e.show(t||this.isLost))}};Hn=new WeakMap,$=new WeakMap,Bn=new WeakMap,bt=new WeakMap,Xe=new WeakMap,D=new WeakMap,yt=new WeakMap,jn=new WeakMap,rt=new WeakMap,qe=new WeakMap,Ve=new WeakMap,$e=new WeakMap,Gn=new WeakMap,zn=new WeakMap,Kn=new WeakMap,It=new WeakMap,Yn=new WeakMap,y=new WeakSet,Ii=function(t,e){let s=i(this,D).get(t);if(s!==void 0)return s;let o=new xs(t,e);return i(this,D).set(t,o),i(this,Yn).observe(o.element),o.link.onclick=r=>{ar(r)||(r.preventDefault(),i(this,Bn).onChoose(t))},o},cr=function(t,e){var r,l;i(this,D).delete(t),i(this,Yn).unobserve(e.element);let s=(r=e.element.nextElementSibling)!=null?r:e.element.previousElementSibling,o=e.element.contains(document.activeElement);e.element.remove(),o&&((l=s==null?void 0:s.querySelector("a"))==null||l.focus())},Ye=function(){let{order:t,names:e}=i(this,bt);this.show(i(this,Ve));let s=Jo(Array.from(i(this,D)),{order:t,names:e}),o=s.filter(f=>Qo(f,i(this,Xe)));i(this,D).forEach(f=>{o.includes(f)||f.element.remove()}),o.forEach((f,g)=>{var P;let I=(P=i(this,$).children[g])!=null?P:null;I!==f.element&&i(this,$).insertBefore(f.element,I)}),c(this,yt,o);let r=i(this,rt)===""&&this.isWanted,{classList:l}=document.body;l.toggle("wall",r),l.toggle("several",!r&&s.some(f=>f.name!==i(this,rt)));let d=i(this,Xe)!==""&&o.length===0;T(u("none-found"),d?Dt.none:""),mi(i(this,$)),Xo(i(this,bt),o.map(f=>f.name)),a(this,y,Ti).call(this),a(this,y,Cs).call(this,yi)},Ti=function(){if(!document.body.classList.contains("wall"))return;let{columns:t,rows:e}=i(this,bt),s=i(this,$),{clientWidth:o}=s,r=s.getBoundingClientRect().top+scrollY,l=document.documentElement.clientHeight-r-4,d={count:i(this,yt).length,width:o,height:l,columns:t,rows:e,aspect:$o(i(this,jn))},f=JSON.stringify(d);if(f===i(this,Kn))return;c(this,Kn,f);let g=qo(d);s.style.setProperty("--columns",String(g.columns)),s.style.setProperty("--row",g.rowHeight+"px")},Cs=function(t){clearTimeout(i(this,Gn)),c(this,Gn,setTimeout(()=>a(this,y,Mi).call(this),t))},Mi=function(){if(!i(this,$e)&&i(this,D).size>0)return;let t=i(this,rt)==="",e=i(this,yt).filter(({seen:d,status:f})=>d&&(t||f!==void 0&&f.source.state!=="idle")).slice(0,Ua);if(!i(this,qe)||!t&&e.length===0)return i(this,It).ask(void 0);let{width:s,height:o}=a(this,y,ki).call(this,e),r=e.map(({name:d})=>d).sort(),l=Pa.find(([d])=>e.length<=d);i(this,It).ask({names:r,width:s,height:o,starts:t,framesPerSecond:t&&l!==void 0?l[1]:Fa})},ki=function(t){let{width:e,height:s}=t.length>0?t[0].box:{width:0,height:0},o=r=>Math.min(Math.max(Math.ceil(r*devicePixelRatio),40),8192);return{width:o(e),height:o(s)}},As=function(){if(!i(this,It).needsStills||!i(this,qe))return;let{width:t}=a(this,y,ki).call(this,i(this,yt).slice(0,1));pi(i(this,yt),t,i(this,rt)==="")};function Wa(n,t){let e=n.getBoundingClientRect(),{top:s,bottom:o}=t.getBoundingClientRect();s<e.top?n.scrollTop-=e.top-s:o>e.bottom&&(n.scrollTop+=o-e.bottom)}function ar({ctrlKey:n,metaKey:t,shiftKey:e,altKey:s}){return n||t||e||s}var Je,qn,J,Qe,Ze,Ut,R,hr,xi,vi,Xn,Ns=class{constructor(t){h(this,R);E(this,"mayStream");E(this,"heardMilliseconds",-1/0);h(this,Je);h(this,qn,Math.random());h(this,J,0);h(this,Qe,0);h(this,Ze,new Map);h(this,Ut);if(c(this,Je,t),!("BroadcastChannel"in globalThis))return;let e=location.pathname.replace(/[^/]*$/,"");c(this,Ut,new BroadcastChannel("gifstream "+e)),i(this,Ut).onmessage=({data:s})=>a(this,R,hr).call(this,s)}tell(t){a(this,R,Xn).call(this,{statuses:t})}want(t){t!==i(this,J)>0&&(clearTimeout(i(this,Qe)),c(this,J,t?Date.now():0),this.mayStream=i(this,Ut)===void 0||void 0,a(this,R,Xn).call(this,{since:i(this,J),asks:t}),t&&c(this,Qe,setTimeout(()=>a(this,R,xi).call(this),200)))}};Je=new WeakMap,qn=new WeakMap,J=new WeakMap,Qe=new WeakMap,Ze=new WeakMap,Ut=new WeakMap,R=new WeakSet,hr=function({id:t,since:e,asks:s,statuses:o}){let r=performance.now();o!==void 0&&(this.heardMilliseconds=r,i(this,Je).onStatuses(o)),e!==void 0&&(e>0?i(this,Ze).set(t,{since:e,heardMilliseconds:r}):i(this,Ze).delete(t),s&&i(this,J)>0&&a(this,R,Xn).call(this,{since:i(this,J)}),e===0&&this.mayStream===!1&&a(this,R,vi).call(this))},xi=function(){a(this,R,Xn).call(this,{since:i(this,J)}),a(this,R,vi).call(this),c(this,Qe,setTimeout(()=>a(this,R,xi).call(this),1e3))},vi=function(){let t=performance.now()-4e3,e=0;i(this,Ze).forEach(({since:o,heardMilliseconds:r},l)=>{(o<i(this,J)||o===i(this,J)&&l<i(this,qn))&&r>t&&e++});let s=e<4;s!==this.mayStream&&(this.mayStream=s,i(this,Je).onChange())},Xn=function(t){i(this,Ut)!==void 0&&i(this,Ut).postMessage({id:i(this,qn),...t})};var lr=2e3,Ha=500,Ba=15e3;_o();var tt=u("stage"),ja=new Ts(tt),dr,C=(dr=tt.dataset.channel)!=null?dr:"",p="WebSocket"in globalThis?pr():gr(),$n=new is(tt),Jn=new Ns({onStatuses(n){en&&!Fs()&&Di(n)},onChange:Q}),G=new Os(u("channels"),{onChoose:wr,onWall(){history.pushState(null,"",ur),Us("")},onStatuses:Di,onChange:Z}),ur=Ss()===""?"./"+location.search:"./",W=new ws(tt,{onHold(){W.held&&p instanceof pe&&x!==void 0?$n.load(x,Q):Q(),Z()},onStep(n){let t=Bo(j!=null?j:[],C,n);t!==void 0&&wr(t)},onShape:Ri,onLook:Z,seen:()=>({channel:C,isPhotograph:Sr(),still:Ni()})}),j,x,fr=!1,Wt,tn,mr=0,Ci=!1,Vn=0,Ai=!0,Oi=!1,en=!1,_s=0,Ds=1/0;function pr(){let n=new _(tt,C,{onChange:Z,onStatuses:Di,onRefused(){n.remove(),p=gr(),Q()}});return n}function gr(){let n=new pe(tt,C,()=>{Z(),n.state==="live"&&_i()});return n}function Fs(){return G.isTelling||p instanceof _&&p.state==="live"}function Rs(){return C===""&&G.isWanted}function wr(n){if(n===C)return;history.pushState(null,"",n),Us(n);let{top:t,bottom:e}=tt.getBoundingClientRect();(t<0||e>innerHeight)&&scrollTo(0,0)}function Sr(){return p instanceof _&&p.isPhotograph}function Ni(){if(W.held)return p instanceof _&&p.picture||$n.image}function Us(n){if(n!==C){if(C=n,G.open(n),W.change(n),n==="")return x=void 0,Z(),Q();Ai=!0,Ci=!0,x=j==null?void 0:j.find(t=>t.name===n),Vn=0,$n.change(n),p.change(n),hi(n),Z(),Q()}}function Q(){let n=!Oi&&!document.hidden;n||(clearTimeout(_s),en=!1),G.watch(n);let t=n&&Ai&&C!==""&&!W.held,e=!(p instanceof _);Jn.want(t&&e),!t||e&&!Jn.mayStream?p.stop():p.state==="paused"&&(p.start(),Vn=0),n&&!en&&(en=!0,Ds=1/0,_i())}async function _i(){clearTimeout(_s);let n=Date.now(),t=n>Ds+Ba;t&&p instanceof _&&p.renew();let e=performance.now()-Jn.heardMilliseconds<lr;if(!Fs()&&!e){let o=await Ui();if(!en)return;typeof o=="string"?Wt=o:(Lr(o,t),Jn.tell(o))}tn=Wt===void 0&&p.state==="reconnecting"?await Fi(C):void 0,en&&(Ga(),Z(),Ds=n+lr,clearTimeout(_s),_s=setTimeout(_i,Math.max(Ds-Date.now(),0)))}function Ga(){let n=tn==="full";n&&p instanceof pe&&"WebSocket"in globalThis&&(p.stop(),p=pr(),Q()),p instanceof _&&(p.insists=n)}function Di(n){Lr(n),Z()}function Lr(n,t=!1){j=n,mr=performance.now(),G.update(n),Ss()===""&&n.length>0&&Us(G.isWanted?"":n[0].name);let e=n.find(({name:s})=>s===C);e!==void 0?za(e,t):x=void 0,Wt=void 0}function za(n,t){let e=x!=null?x:n,s=n.publishedBytes-e.publishedBytes;Vn+=Math.max(0,s);let r=x===void 0&&p.state==="reconnecting"||n.frames<e.frames,l=t||Wt!==void 0||r;fr=n.unchangedFrames>e.unchangedFrames,x=n,W.held&&Ni()===void 0&&$n.loadUnlessIdle(n,Z),!(p instanceof _)&&((l||Hi(p,n)||Bi(p,Vn))&&(Vn=0,p.renew()),(p.state==="live"||Ps())&&$n.keep(n,Ps()))}function Z(){var o,r;Ka(),Ri(),G.show(Wt!==void 0&&!Fs());let n=Rs()?Dt.title:(o=x==null?void 0:x.title)!=null?o:C||_t.title;T(u("name"),n),tt.setAttribute("aria-label",S(_t.pictureOf,{title:n}));let e=Wt!==void 0||p.state==="reconnecting"||x==null?void 0:x.viewers;T(u("watching"),e===void 0?"":S(_t.watching,{count:e})),W.details.show(Zi(p,x)),W.showHasPicture(x!==void 0&&x.frames>0);let s=Er()==="live"?"live":W.held?"held":"away";no(n,(r=u("state").textContent)!=null?r:"",s)}function Ka(){let n=Er(),t=u("state"),{text:e,isWell:s}=G.summary,o=Rs()&&n==="live";t.dataset.state=o&&!s?"waiting":n;let r=(br()/1e3).toFixed(0);T(t,o?e:S(os[n],{seconds:r})),(p.state==="live"||Ni())&&(Ci=!1),tt.classList.toggle("changing",Ci),ja.show({state:n,name:C,status:x,toldMilliseconds:performance.now()-mr})}function Er(){let{state:n}=p,t=Rs()||n!=="paused";if(Wt!==void 0&&!Fs()&&t)return Wt;if(Rs())return G.stateOf(j!==void 0);if(W.past.time!==void 0)return"past";if(W.held&&C!=="")return"held";if(Ps())return"crowded";if(br()>0)return"slow";if(n==="paused"&&C!=="")return n;if(j===void 0)return C===""?"connecting":n;if(x===void 0)return C===""?"empty":"gone";if(n==="reconnecting"||n==="connecting"&&tn)return tn!=null?tn:n;let e=On(x);return e!=="live"?e:n==="live"&&Ya()?"waiting":n}function br(){return p instanceof _?p.link.behindMilliseconds:0}function Ps(){return p.state==="paused"&&Jn.mayStream===!1}function Ya(){return p instanceof _&&p.isStill&&!fr}function Ri(){var s;let n=Ps()||W.held?x:void 0,t=(s=p.size)!=null?s:n!=null&&n.width?n:void 0;if(t===void 0)return;Ro(t);let{zoom:e}=W;to(tt,t,{zoom:e,isPhotograph:Sr()})}setInterval(()=>{document.hidden||Z()},Ha);Po();hi(C);W.change(C);G.open(C);G.watch(!document.hidden);document.addEventListener("visibilitychange",Q);addEventListener("resize",Ri);addEventListener("popstate",()=>{var e;let n=Ss();n===""&&(ur="./"+location.search);let t=G.isWanted?"":(e=j==null?void 0:j[0])==null?void 0:e.name;(n!==""||t!==void 0)&&Us(n||t||"")});addEventListener("pagehide",()=>{Oi=!0,Q()});addEventListener("pageshow",()=>{Oi=!1,document.readyState==="complete"&&setTimeout(Q)});zi(tt,n=>{Ai=n,document.readyState==="complete"&&Q()});document.body.dataset.runs="yes";
</script>
    <script nonce="$NONCE">
    // For any browser: tells those in which the other script does not run.
    window.onload = function () {
      if (document.body.getAttribute("data-runs")) return;
      document.body.className += " too-old";
      document.getElementById("too-old").removeAttribute("hidden");
      document.getElementById("state").innerHTML = "This browser is too old";
    };
    </script>
  </body>
</html>
`;
