// Written by `deno task page`; change the files that it names.

/** The viewer page; in it, `$NAME`, `$NEEDS`, `$NONCE` and `$PREVIEW` are to be replaced. */
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
h2 {
  margin: 1.5rem 0 .5rem;
  font-size: 1rem;
}
#channels ul {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(8rem, 45%), 1fr));
  gap: .75rem;
  margin: 0;
  padding: 0;
  list-style: none;
}
#channels a {
  display: grid;
  padding: .35rem;
  border: 1px solid transparent;
  border-radius: .25rem;
  text-decoration: none;
}
#channels a:hover {
  border-color: var(--line);
}
#channels a[aria-current] {
  border-color: var(--quiet);
  background: var(--field);
}
#channels .still {
  width: 100%;
  aspect-ratio: 16 / 9;
  object-fit: contain;
  border-radius: .15rem;
  background: #000;
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
#channels [data-state="live"] .about::before {
  border-color: var(--live);
  background: var(--live);
}
@media (min-width: 64rem) {
  .several {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 17rem;
    grid-template-rows: auto 1fr;
    column-gap: 1.5rem;
  }
  .several header {
    grid-column: 1 / -1;
  }
  .several #channels {
    /* A list of its own length beside the picture, not below it. */
    max-height: calc(100vh - 6rem);
    max-height: calc(100dvh - 6rem);
    overflow-y: auto;
  }
  .several h2 {
    margin-top: 0;
  }
  .several #channels ul {
    grid-template-columns: 1fr;
    gap: .25rem;
  }
  .several #channels a {
    grid-template-columns: 6rem minmax(0, 1fr);
    grid-template-rows: auto 1fr;
    column-gap: .6rem;
  }
  .several .still {
    grid-row: 1 / 3;
  }
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
</style>
    <noscript><meta http-equiv="refresh" content="0; url=$NAME/still"></noscript>
  </head>
  <body>
    <header>
      <h1 id="name">Live</h1>
      <p id="state" role="status"
        data-state="connecting">Connecting</p>
      <p id="watching"></p>
    </header>
    <main>
      <div id="screen">
        <div id="view">
          <div id="stage" role="img" aria-label="Live picture"
            data-channel="$NAME" data-needs="$NEEDS">
            <noscript><img src="$NAME/snapshot.jpg" alt="Live picture"></noscript>
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
    <nav id="channels" aria-labelledby="channels-title" hidden>
      <h2 id="channels-title">Channels</h2>
      <ul></ul>
    </nav>
    <script type="module" nonce="$NONCE">
var eo=Object.defineProperty;var Fs=n=>{throw TypeError(n)};var to=(n,e,t)=>e in n?eo(n,e,{enumerable:!0,configurable:!0,writable:!0,value:t}):n[e]=t;var L=(n,e,t)=>to(n,typeof e!="symbol"?e+"":e,t),$n=(n,e,t)=>e.has(n)||Fs("Cannot "+t);var s=(n,e,t)=>($n(n,e,"read from private field"),t?t.call(n):e.get(n)),h=(n,e,t)=>e.has(n)?Fs("Cannot add the same private member more than once"):e instanceof WeakSet?e.add(n):e.set(n,t),c=(n,e,t,i)=>($n(n,e,"write to private field"),i?i.call(n,t):e.set(n,t),t),a=(n,e,t)=>($n(n,e,"access private method"),t);var ve=(n,e,t,i)=>({set _(o){c(n,e,o,t)},get _(){return s(n,e,i)}});function d(n){return document.getElementById(n)}function ue(n,e){let t=new Image;t.alt="",t.decoding="sync",t.onload=()=>e(t),t.onerror=()=>e(void 0),t.src=n}function gn(n){let e=document.createElement("span");return e.className=n,e}function v(n,e){n.textContent!==e&&(n.textContent=e)}function wn({frames:n,lastFrameAgeMilliseconds:e,source:t}){let{state:i}=t;return i==="idle"||i==="no signal"||i==="ended"?i:n===0||e!==null&&e>5e3?"waiting":"live"}function Us(n,e,t){let{length:i}=n,o=n.findIndex(r=>r.name===e)+t;return i===0?void 0:n[(o+i)%i].name}var fe={title:"Live",picture:"Live picture",pictureOf:"Live picture: {title}",watching:"{count} watching",tab:"{title} · {state}"},Sn={connecting:"Connecting",live:"Live",waiting:"Waiting for the source",idle:"Starting the source","no signal":"No signal",ended:"The source has ended",empty:"No channel yet",gone:"Not on air",reconnecting:"Reconnecting",offline:"No network",locked:"A token is needed",full:"All places are taken",paused:"Paused while hidden",held:"Paused",past:"Looking back",slow:"Slow connection: was {seconds} s behind, begins anew",crowded:"Stills: other windows hold the connections to this server"},I={idle:"The source starts with its first viewer, which takes a moment.",failed:"The source gives no pictures",retry:"; trying again in {span}",retryNow:"; trying again",last:"Last picture {span} ago",never:"No picture has come since the start",second:"1 second",seconds:"{count} seconds",minute:"1 minute",minutes:"{count} minutes",hour:"1 hour",hours:"{count} hours",day:"1 day",days:"{count} days",gone:"There is no channel {name} now. Once it is there, it is shown.",away:"The server cannot be reached. The page tries every two seconds.",offline:"This device has no network. The page goes on once there is one.",locked:"The server does not know the token of this browser any more.",unlock:"Give the token",full:"As many watch as may, and this page waits for a place.",empty:"The first one is shown once it is there. A server that was started with --ingest makes it of what is sent:",sendPicture:"Send a picture",pictureCommand:'curl -H "Authorization: Bearer $GIFSTREAM_TOKEN" --data-binary @frame.jpg {address}',sendFilm:"Send a film or a camera",filmCommand:'ffmpeg -re -i video.mp4 -vf fps=10 -f mjpeg -method PUT -headers "Authorization: Bearer $GIFSTREAM_TOKEN" {address}'},Hs={title:"Channels",live:"Live",waiting:"Waiting",idle:"Starts when watched","no signal":"No signal",ended:"Ended"},b={button:"Share",title:"Share this channel",code:"QR code of the link",send:"Send to …",page:"Link to this page",element:"For a web page, as an element",aboutElement:"Comes back after an interruption, rests while hidden, and needs no more memory after days. The page's policy must allow this script.",frame:"For a web page, as a frame",aboutFrame:"As the element, where no script of others is allowed.",img:"For a web page, as an image",aboutImg:"Needs nothing but an image. It does not come back by itself, and browsers keep all that they got of it in memory.",gif:"Only the GIF",mjpeg:"MJPEG, for programs",still:"Newest picture",copy:"Copy",copied:"Copied",notCopied:"The browser lets this page copy nothing. The text is selected: press Ctrl+C, or hold it and choose Copy.",password:"Whoever opens these addresses is asked for user and password.",addToken:"These addresses need the token: add ?token= and the token.",withToken:"With the token: whoever has an address can watch"},k={rate:"{rate} frames/s",bits:"{rate} Mbit/s",lag:"{seconds} s behind the camera",noLag:"lag unknown",limited:"fewer pictures: slow connection",controls:"Controls",hold:"Pause",resume:"Resume",previous:"Previous channel",next:"Next channel",farther:"Zoom out",closer:"Zoom in",full:"Full screen",leaveFull:"Leave full screen",snapshot:"Snapshot",details:"Details",help:"Keys",keys:[["Space k","pause, resume"],["f","full screen, also by double click"],["← →","previous, next channel"],["+ - 0","zoom in, out, whole picture; also by wheel and pinch"],["Shift+arrows","move the enlarged picture; also by dragging"],["s","snapshot"],["p","look back"],["i","details"],["Esc","close what is open"],["?","these keys"]],making:"Being made …",fetching:"Being made … {kilobytes} kB",progress:"Progress",saved:"{name}, {kilobytes} kB",failed:"Cannot be saved. {message}",saveAgain:"Save again",close:"Close"},$={title:"The past",button:"Look back",moment:"Moment",present:"Now",back:"Back to now",from:"From here",to:"To here",length:"Seconds",save:"Save clip",piece:"{from} to {to}",now:"now",ago:"{ago} ago, at {time}",seconds:"{seconds} s",minutes:"{minutes} min",none:"Nothing of the past is kept yet",notKept:"The server keeps nothing of the past (--keep)"};function S(n,e){return n.replace(/\\{(\\w+)\\}/g,(t,i)=>i in e?String(e[i]):t)}var no="/snapshot.jpg?width=240&",so=4e3,io=2e4,oo=2,Ke,Me,At,Z,qe,Ot,z,Bs,Ws,En,Ln=class{constructor(e,t){h(this,z);h(this,Ke);h(this,Me);h(this,At);h(this,Z,new Map);h(this,qe,0);h(this,Ot,new IntersectionObserver(e=>{var t;for(let{target:i,isIntersecting:o}of e){let r=s(this,Z).get((t=i.dataset.name)!=null?t:"");r!==void 0&&(r.seen=o)}a(this,z,En).call(this)}));c(this,Ke,e),c(this,Me,e.querySelector("ul")),c(this,At,t)}update(e,t){let i=new Set(e.map(({name:o})=>o));for(let[o,r]of s(this,Z))i.has(o)||a(this,z,Ws).call(this,o,r);e.forEach((o,r)=>{var p,E;let l=(p=s(this,Z).get(o.name))!=null?p:a(this,z,Bs).call(this,o.name);l.show(o,o.name===t);let f=(E=s(this,Me).children[r])!=null?E:null;f!==l.element&&s(this,Me).insertBefore(l.element,f)}),s(this,Ke).hidden=e.every(({name:o})=>o===t),document.body.classList.toggle("several",!s(this,Ke).hidden),a(this,z,En).call(this)}};Ke=new WeakMap,Me=new WeakMap,At=new WeakMap,Z=new WeakMap,qe=new WeakMap,Ot=new WeakMap,z=new WeakSet,Bs=function(e){let t=new Zn(e,s(this,At));return s(this,Z).set(e,t),s(this,Ot).observe(t.element),t},Ws=function(e,t){var o;s(this,Z).delete(e),s(this,Ot).unobserve(t.element);let i=t.element.contains(document.activeElement);t.element.remove(),i&&((o=s(this,Me).querySelector("a"))==null||o.focus())},En=function(){if(document.hidden)return;let e=[...s(this,Z).values()].filter(t=>t.isDue());e.sort((t,i)=>t.loadedMilliseconds-i.loadedMilliseconds);for(let t of e.slice(0,oo-s(this,qe)))ve(this,qe)._++,t.loadStill(()=>{ve(this,qe)._--,a(this,z,En).call(this)})};var Nt,J,Ve,Rt,_t,ke,Pt,Qe,Zn=class{constructor(e,t){L(this,"element",document.createElement("li"));L(this,"seen",!1);L(this,"loadedMilliseconds",-1/0);h(this,Nt);h(this,J,document.createElement("a"));h(this,Ve,gn("still"));h(this,Rt,gn("title"));h(this,_t,gn("about"));h(this,ke);h(this,Pt,0);h(this,Qe,!1);c(this,Nt,e),this.element.dataset.name=e,s(this,J).href=e,s(this,J).append(s(this,Ve),s(this,Rt),s(this,_t)),this.element.append(s(this,J)),s(this,J).onclick=i=>{let{ctrlKey:o,metaKey:r,shiftKey:l,altKey:f}=i;o||r||l||f||(i.preventDefault(),t(e))}}show(e,t){let{title:i,viewers:o}=e;c(this,ke,e);let r=wn(e);this.element.dataset.state=r,v(s(this,Rt),i);let l=o>0?" · "+S(fe.watching,{count:o}):"";v(s(this,_t),Hs[r]+l),t?s(this,J).setAttribute("aria-current","page"):s(this,J).removeAttribute("aria-current")}isDue(){if(!this.seen||s(this,Qe)||s(this,ke)===void 0)return!1;let{frames:e,viewers:t,source:i}=s(this,ke);return e===s(this,Pt)||i.state==="idle"?!1:performance.now()-this.loadedMilliseconds>=(t>0?so:io)}loadStill(e){var i,o;c(this,Qe,!0),this.loadedMilliseconds=performance.now();let t=(o=(i=s(this,ke))==null?void 0:i.frames)!=null?o:0;ue(s(this,Nt)+no+Date.now(),r=>{c(this,Qe,!1),r!==void 0&&(c(this,Pt,t),r.className="still",s(this,Ve).replaceWith(r),c(this,Ve,r)),e()})}};Nt=new WeakMap,J=new WeakMap,Ve=new WeakMap,Rt=new WeakMap,_t=new WeakMap,ke=new WeakMap,Pt=new WeakMap,Qe=new WeakMap;function Dt(n){return n===401?"locked":n===void 0&&!navigator.onLine?"offline":"reconnecting"}async function js(n){let e=new AbortController,t=setTimeout(()=>e.abort(),5e3);try{let{status:i}=await fetch(n+".gif?"+Date.now(),{cache:"no-store",signal:e.signal});return i===429||i===503?"full":Dt(i)}catch{return Dt()}finally{clearTimeout(t),e.abort()}}var ro=5e3;async function Ys(){let n=new AbortController,e=setTimeout(()=>n.abort(),ro);try{let t=await fetch("api/channels",{cache:"no-store",signal:n.signal});if(!t.ok)return Dt(t.status);let{channels:i}=await t.json();return i}catch{return Dt()}finally{clearTimeout(e)}}var xe,$e=class{constructor(){h(this,xe,250)}reset(){c(this,xe,250)}next(){let e=s(this,xe)*(.5+Math.random()/2);return c(this,xe,Math.min(s(this,xe)*2,5e3)),e}};xe=new WeakMap;var ao=500,co=20,ho=1e3,lo=2e3,uo=12e3,Jn=/AppleWebKit\\//.test(navigator.userAgent)&&!/Chrom(e|ium)\\//.test(navigator.userAgent),et,Ce,Ht,Ae,yn,_,Oe,O,H,Bt,Wt,tt,Ne,nt,w,Ft,zs,es,ts,bn,Xs,ns,Je,Ut=class{constructor(e,t,i){h(this,w);L(this,"state","paused");L(this,"joinedMilliseconds",0);h(this,et);h(this,Ce);h(this,Ht);h(this,Ae,new $e);h(this,yn,0);h(this,_);h(this,Oe,!1);h(this,O);h(this,H);h(this,Bt,0);h(this,Wt,0);h(this,tt,0);h(this,Ne,0);h(this,nt,0);c(this,et,e),c(this,Ce,t+".gif"),c(this,Ht,i)}get size(){var i;let{naturalWidth:e=0,naturalHeight:t=0}=(i=s(this,_))!=null?i:{};return e>0?{width:e,height:t}:void 0}start(){this.state==="paused"&&(a(this,w,Je).call(this,"connecting"),a(this,w,Ft).call(this))}stop(){if(this.state!=="paused"){a(this,w,ns).call(this),clearTimeout(s(this,Ne));for(let e of[s(this,H),s(this,_),s(this,O)])Ze(e);c(this,H,c(this,_,c(this,O,void 0))),s(this,Ae).reset(),a(this,w,Je).call(this,"paused")}}change(e){let t=e+".gif";t!==s(this,Ce)&&(c(this,Ce,t),this.state!=="paused"&&(s(this,Ae).reset(),c(this,Oe,!0),a(this,w,Ft).call(this),clearTimeout(s(this,Ne)),c(this,Ne,setTimeout(()=>{Ze(s(this,_)),c(this,_,void 0)},ho)),a(this,w,Je).call(this,"connecting")))}renew(){this.state!=="paused"&&a(this,w,Ft).call(this)}};et=new WeakMap,Ce=new WeakMap,Ht=new WeakMap,Ae=new WeakMap,yn=new WeakMap,_=new WeakMap,Oe=new WeakMap,O=new WeakMap,H=new WeakMap,Bt=new WeakMap,Wt=new WeakMap,tt=new WeakMap,Ne=new WeakMap,nt=new WeakMap,w=new WeakSet,Ft=function(){a(this,w,ns).call(this),Ze(s(this,O)),Ze(s(this,H)),c(this,H,void 0);let e=Jn?fo(s(this,et)):new Image;c(this,O,e),e.alt="",e.decoding="sync",e.onerror=()=>a(this,w,bn).call(this,e),e.onload=()=>Jn?a(this,w,zs).call(this,e):a(this,w,bn).call(this,e);let t="?"+Date.now()+"-"+ve(this,yn)._++;e.src=new URL(s(this,Ce)+t,location.href).href,this.joinedMilliseconds=performance.now(),Jn||s(this,et).append(e),a(this,w,es).call(this)},zs=function(e){e!==s(this,O)&&e!==s(this,_)||(clearTimeout(s(this,nt)),c(this,nt,setTimeout(()=>a(this,w,bn).call(this,e),uo)))},es=function(){s(this,O)!==void 0&&(s(this,O).naturalWidth>0?a(this,w,ts).call(this):c(this,Bt,setTimeout(()=>a(this,w,es).call(this),co)))},ts=function(){clearTimeout(s(this,Ne)),c(this,H,s(this,_)),c(this,_,s(this,O)),c(this,Oe,!1),c(this,O,void 0),c(this,Wt,setTimeout(()=>{Ze(s(this,H)),c(this,H,void 0)},ao)),a(this,w,Je).call(this,"live")},bn=function(e){e===s(this,O)&&(e.naturalWidth>0?a(this,w,ts).call(this):(Ze(e),c(this,O,void 0))),e===s(this,_)&&c(this,Oe,!0),!(s(this,O)!==void 0||e===s(this,H))&&((s(this,_)===void 0||s(this,Oe))&&a(this,w,Je).call(this,"reconnecting"),a(this,w,Xs).call(this))},Xs=function(){performance.now()-this.joinedMilliseconds>lo&&s(this,Ae).reset(),clearTimeout(s(this,tt)),c(this,tt,setTimeout(()=>a(this,w,Ft).call(this),s(this,Ae).next()))},ns=function(){clearTimeout(s(this,Bt)),clearTimeout(s(this,Wt)),clearTimeout(s(this,tt)),clearTimeout(s(this,nt))},Je=function(e){this.state!==e&&(this.state=e,s(this,Ht).call(this))};function fo(n){let e=document.createElement("iframe");n.append(e);let{body:t}=e.contentDocument,i=t.ownerDocument.createElement("img");return t.style.margin="0",i.style.cssText="display:block;width:100vw;height:100vh;object-fit:contain",t.append(i),i}function Ze(n){if(n===void 0)return;n.onload=n.onerror=null,n.removeAttribute("src");let{defaultView:e}=n.ownerDocument,t=n.ownerDocument===document?null:e;t!==null&&t.frameElement&&t.frameElement.remove(),n.remove()}var ee,jt,me,st,pe,it,Gs,Ks,In=class{constructor(){h(this,it);L(this,"rateLimit");h(this,ee,1/0);h(this,jt,0);h(this,me,-1/0);h(this,st,0);h(this,pe,6e4)}begin(){c(this,ee,1/0)}get behindMilliseconds(){return performance.now()-s(this,me)<5e3?s(this,st):0}hear(e,t){let i=performance.now(),o=(i-s(this,jt))*1e-4,r=Date.now()-e;c(this,ee,Math.min(s(this,ee)+o,r)),c(this,jt,i);let l=r-s(this,ee);return l>3e3?(a(this,it,Gs).call(this,i,l,t),!0):a(this,it,Ks).call(this,i)}ageOf(e){if(s(this,ee)!==1/0)return Date.now()-s(this,ee)-e}};ee=new WeakMap,jt=new WeakMap,me=new WeakMap,st=new WeakMap,pe=new WeakMap,it=new WeakSet,Gs=function(e,t,i){var r;e-s(this,me)<2*s(this,pe)?c(this,pe,Math.min(2*s(this,pe),6e5)):c(this,pe,6e4),c(this,me,e),c(this,st,t);let o=Math.min(i,(r=this.rateLimit)!=null?r:1/0);this.rateLimit=Math.max(.2,o*.7)},Ks=function(e){let{rateLimit:t}=this,i=e-s(this,me);return t===void 0||i<s(this,pe)?!1:(c(this,me,e),c(this,st,0),this.rateLimit=2*t>25?void 0:2*t,!0)};var ge,Tn=class{constructor(){h(this,ge,new Map)}take({channels:e,changes:t=[],removed:i=[]}){e!==void 0&&s(this,ge).clear();for(let o of i)s(this,ge).delete(o);for(let o of e!=null?e:t){let l={...s(this,ge).get(o.name),...o};s(this,ge).set(o.name,l)}return[...s(this,ge).values()]}};ge=new WeakMap;var mo=8e3,po=4e3,ot=3e3,go=1500,wo=4,So=15,Eo=123,qs=8,Lo=71,Xt,Re,we,X,te,at,Gt,vn,Kt,_e,Se,ct,Ee,ne,Le,Pe,g,Yt,zt,ss,Vs,Qs,$s,Zs,Js,is,rt,C=class{constructor(e,t,i){h(this,g);L(this,"state","paused");h(this,Xt);h(this,Re);h(this,we);h(this,X,document.createElement("canvas"));h(this,te);h(this,at,!1);h(this,Gt,new $e);h(this,vn,new Tn);h(this,Kt,0);h(this,_e,0);L(this,"link",new In);L(this,"isPhotograph",!1);h(this,Se);h(this,ct,!1);h(this,Ee,[]);h(this,ne,0);h(this,Le,[]);h(this,Pe,[]);c(this,Xt,e),c(this,Re,t),c(this,we,i)}get size(){let{width:e,height:t}=s(this,X);return s(this,X).isConnected?{width:e,height:t}:void 0}get framesPerSecond(){let e=performance.now()-ot;return s(this,Ee).filter(i=>i>e).length*1e3/ot}get bitsPerSecond(){let e=performance.now()-ot;return s(this,Pe).reduce((i,{at:o,bytes:r})=>o>e?i+r:i,0)*8e3/ot}get lagMilliseconds(){let e=s(this,Le).slice().sort((t,i)=>t-i);return this.isStill?void 0:e[Math.floor(e.length/2)]}get picture(){return s(this,X).isConnected?s(this,X):void 0}get isStill(){let e=s(this,Ee)[s(this,Ee).length-1];if(e===void 0)return!0;let t=Math.max(go,wo*s(this,ne));return performance.now()-e>t}start(){this.state==="paused"&&(a(this,g,rt).call(this,"connecting"),a(this,g,zt).call(this))}stop(){this.state!=="paused"&&(a(this,g,Yt).call(this),a(this,g,rt).call(this,"paused"))}remove(){this.stop(),s(this,X).remove()}change(e){if(e!==s(this,Re)){if(c(this,Re,e),c(this,Ee,[]),c(this,ne,0),c(this,Le,[]),this.state==="paused")return s(this,X).remove();a(this,g,Yt).call(this),a(this,g,rt).call(this,"connecting"),a(this,g,zt).call(this)}}renew(){this.state!=="paused"&&(a(this,g,Yt).call(this),a(this,g,zt).call(this))}};Xt=new WeakMap,Re=new WeakMap,we=new WeakMap,X=new WeakMap,te=new WeakMap,at=new WeakMap,Gt=new WeakMap,vn=new WeakMap,Kt=new WeakMap,_e=new WeakMap,Se=new WeakMap,ct=new WeakMap,Ee=new WeakMap,ne=new WeakMap,Le=new WeakMap,Pe=new WeakMap,g=new WeakSet,Yt=function(){clearTimeout(s(this,Kt)),clearTimeout(s(this,_e));let e=s(this,te);c(this,te,c(this,Se,void 0)),e!==void 0&&(e.onmessage=e.onclose=null,e.close())},zt=function(){let{rateLimit:e}=this.link,t=e===void 0?"":"&fps="+e.toFixed(1),i=new URL(s(this,Re)+"/ws?format=auto&status=changes&time=yes"+t,location.href);i.protocol=i.protocol.replace("http","ws");let o=new WebSocket(i.href);c(this,te,o),this.link.begin(),o.binaryType="arraybuffer",o.onmessage=({data:r})=>a(this,g,Vs).call(this,new Uint8Array(r)),o.onclose=()=>a(this,g,is).call(this),a(this,g,ss).call(this)},ss=function(){clearTimeout(s(this,_e)),c(this,_e,setTimeout(()=>{a(this,g,Yt).call(this),a(this,g,is).call(this)},s(this,at)?mo:po))},Vs=function(e){if(c(this,at,!0),a(this,g,ss).call(this),s(this,Gt).reset(),e[0]===Eo)return a(this,g,Qs).call(this,e);let t=performance.now()-ot;for(s(this,Pe).push({at:performance.now(),bytes:e.length});s(this,Pe)[0].at<t;)s(this,Pe).shift();let i=new DataView(e.buffer).getFloat64(0);this.isPhotograph=e[qs]!==Lo;let o=new Blob([e.subarray(qs)]);c(this,Se,{blob:o,sentMilliseconds:i}),s(this,ct)||a(this,g,$s).call(this)},Qs=function(e){let t=JSON.parse(new TextDecoder().decode(e));s(this,we).onStatuses(s(this,vn).take(t)),this.link.hear(t.nowMilliseconds,this.framesPerSecond)&&this.renew()},$s=async function(){for(c(this,ct,!0);s(this,Se)!==void 0;){let{blob:e,sentMilliseconds:t}=s(this,Se),i=s(this,te);c(this,Se,void 0);try{let o=await bo(e);i===s(this,te)&&a(this,g,Zs).call(this,o,t),"close"in o&&o.close()}catch{}}c(this,ct,!1)},Zs=function(e,t){let i=s(this,X),{width:o,height:r}=e,l=i.width!==o||i.height!==r;l&&(i.width=o,i.height=r);let f=i.getContext("2d");l||f.clearRect(0,0,o,r),f.drawImage(e,0,0),i.isConnected||s(this,Xt).append(i),a(this,g,Js).call(this,t),this.state!=="live"?a(this,g,rt).call(this,"live"):l&&s(this,we).onChange()},Js=function(e){let t=this.link.ageOf(e);t!==void 0&&s(this,Le).push(t),s(this,Le).length>So&&s(this,Le).shift();let i=performance.now(),o=s(this,Ee),r=o[o.length-1];if(r!==void 0&&!this.isStill){let l=s(this,ne)||i-r;c(this,ne,l+(i-r-l)/10)}else r!==void 0&&s(this,ne)===0&&c(this,ne,i-r);for(o.push(i);o.length>1&&o[0]<i-ot;)o.shift()},is=function(){if(clearTimeout(s(this,_e)),c(this,te,void 0),!s(this,at))return s(this,we).onRefused();a(this,g,rt).call(this,"reconnecting"),c(this,Kt,setTimeout(()=>a(this,g,zt).call(this),s(this,Gt).next()))},rt=function(e){this.state!==e&&(this.state=e,s(this,we).onChange())};function bo(n){return"createImageBitmap"in globalThis?createImageBitmap(n):new Promise((e,t)=>{let i=new Image,o=URL.createObjectURL(n);i.onload=()=>{URL.revokeObjectURL(o),e(i)},i.onerror=()=>{URL.revokeObjectURL(o),t(new Error("Cannot decode picture"))},i.src=o})}function ei(n,e){var p,E;let{size:t}=n;if(!(n instanceof C)){let x=n.state==="paused"?0:(p=e==null?void 0:e.framesPerSecond)!=null?p:0;return{size:t,framesPerSecond:x,isLimited:!1}}let{framesPerSecond:i,bitsPerSecond:o,lagMilliseconds:r,link:l}=n,f=(E=e==null?void 0:e.smoothedLatencyMilliseconds)!=null?E:0;return{size:t,framesPerSecond:i,bitsPerSecond:o,lagMilliseconds:r===void 0?void 0:r+f,isLimited:l.rateLimit!==void 0}}var yo=20,ht,De,lt,Mn=class{constructor(e){h(this,ht);h(this,De,-1/0);h(this,lt,"");c(this,ht,e)}get image(){var e;return(e=s(this,ht).querySelector(".snapshot"))!=null?e:void 0}change(e){var t;c(this,lt,e),c(this,De,-1/0),(t=this.image)==null||t.remove()}keep(e,t){let i=s(this,De)+(t?1:yo);(e.frames<s(this,De)||e.frames>=i)&&this.load(e)}loadUnlessIdle(e,t){e.frames>0&&e.source.state!=="idle"&&this.load(e,t)}load({name:e,frames:t},i){c(this,lt,e),c(this,De,t),ue(e+"/snapshot.gif?"+Date.now(),o=>{if(o!==void 0&&e===s(this,lt)){let r=this.image;o.className="snapshot",s(this,ht).prepend(o),r==null||r.remove()}i==null||i()})}};ht=new WeakMap,De=new WeakMap,lt=new WeakMap;function ti(n,{width:e,height:t},{zoom:i,isPhotograph:o}){n.style.setProperty("--width",String(e)),n.style.setProperty("--height",String(t));let r=n.clientWidth*devicePixelRatio*i/e,l=o?8:2;n.classList.toggle("enlarged",r>=l)}var Io={live:'<circle cx="8" cy="8" r="6" fill="#1f9d45"/>',held:'<path d="M3 2h4v12H3zM9 2h4v12H9z" fill="#777"/>',away:'<circle cx="8" cy="8" r="5" fill="none" stroke="#c2630a" stroke-width="3"/>'};function ni(n,e,t){let i=S(fe.tab,{title:n,state:e});document.title!==i&&(document.title=i);let o=document.querySelector('link[rel="icon"]');if(o.dataset.kind===t)return;o.dataset.kind=t;let{namespaceURI:r}=document.querySelector("svg");o.href="data:image/svg+xml,"+encodeURIComponent('<svg xmlns="'+r+'" viewBox="0 0 16 16">'+Io[t]+"</svg>")}var si={" ":"hold",k:"hold",f:"full",ArrowLeft:"previous",ArrowRight:"next","+":"closer","=":"closer","-":"farther",0:"whole",s:"snapshot",p:"past",i:"details","?":"keys"},To={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]};function ii(n,e){let t={...n,keys:ko};for(let i of document.querySelectorAll("[data-does]")){let{does:o=""}=i.dataset;i.addEventListener("click",()=>{var r;return(r=t[o])==null?void 0:r.call(t)})}document.addEventListener("keydown",i=>{var Ct;let{key:o,ctrlKey:r,metaKey:l,altKey:f,shiftKey:p,target:E}=i;if(r||l||f||i.defaultPrevented)return;if(o==="Escape")return vo(n.leave);if(Mo(E,o))return;let x=To[o];if(p&&x!==void 0)e(...x);else{if(p&&o.startsWith("Arrow")||t[si[o]]===void 0)return;(Ct=t[si[o]])==null||Ct.call(t)}i.preventDefault()})}function be(n,e,t,i){let o=document.querySelectorAll(\`[data-does="\${n}"]\`);for(let r of o)r.hasAttribute(e)&&r.setAttribute(e,String(t)),!(i===void 0||r.getAttribute("title")===i)&&(r.setAttribute("title",i),r.setAttribute("aria-label",i))}function vo(n){let e=document.querySelector('button[aria-expanded="true"]');if(e===null)return n();e.click(),e.focus()}function Mo(n,e){if(/^(TEXTAREA|SELECT)$/.test(n.tagName))return!0;if(n.tagName==="INPUT"){let{type:t}=n;return t!=="range"||e.startsWith("Arrow")}return e===" "&&n.closest("a, button, summary")!==null}function ko(){let n=d("keys");if(n.hidden=!n.hidden,be("keys","aria-expanded",!n.hidden),!(n.hidden||n.firstElementChild!==null))for(let[e,t]of k.keys){let i=document.createElement("dt");for(let r of e.split(" ")){let l=document.createElement("kbd");l.textContent=r,i.append(l," ")}let o=document.createElement("dd");o.textContent=t,n.append(i,o)}}var xo=2e4,Co=1e3,se,oi=0,kn="";async function xn(n){var t,i;let e=ai();try{let o=await fetch(n,{cache:"no-store",signal:e.signal});if(!o.ok)throw new Error(await o.text());let r=(t=o.headers.get("content-disposition"))!=null?t:"",[,l=n.replace(/\\?.*|.*\\//g,"")]=(i=r.match(/filename="([^"]+)"/))!=null?i:[],f=await Ao(o);e===se&&ci(f,l)}catch(o){e===se&&hi(o.message)}}async function os(n,e){let t=ai(),i="getContext"in n?n:Oo(n),o=await new Promise(l=>i.toBlob(l));if(t!==se)return;if(o===null)return hi("");let r=new Date().toISOString().slice(0,19).replace(/:/g,"-");ci(o,e+"-"+r+".png")}function ri(){d("close-file").onclick=Vt}function Vt(){let n=d("file");return n.hidden?!1:(se==null||se.abort(),se=void 0,clearTimeout(oi),n.hidden=!0,di().removeAttribute("src"),URL.revokeObjectURL(kn),!0)}function ai(){Vt();let n=se=new AbortController;return d("file").hidden=!1,d("file-picture").hidden=!0,d("save").hidden=!0,qt().hidden=!1,qt().removeAttribute("value"),v(d("file-about"),k.making),n}async function Ao(n){var l;let e=Number(n.headers.get("content-length")),t=(l=n.headers.get("content-type"))!=null?l:"";if(n.body===null)return await n.blob();let i=n.body.getReader(),o=[],r=0;for(;;){let{done:f,value:p}=await i.read();if(f)return new Blob(o,{type:t});o.push(p),r+=p.length,e>0&&(qt().value=r/e),v(d("file-about"),S(k.fetching,li(r)))}}function ci(n,e){kn=URL.createObjectURL(n);let t=d("save");t.href=kn,t.download=e,t.hidden=!1,t.click(),di().src=kn,d("file-picture").hidden=!1,qt().hidden=!0;let i=S(k.saved,{name:e,...li(n.size)});v(d("file-about"),i),oi=setTimeout(Vt,xo)}function hi(n){se=void 0,qt().hidden=!0,v(d("file-about"),S(k.failed,{message:n}))}function Oo(n){var t;let e=document.createElement("canvas");return e.width=n.naturalWidth,e.height=n.naturalHeight,(t=e.getContext("2d"))==null||t.drawImage(n,0,0),e}function li(n){return{kilobytes:Math.ceil(n/Co)}}function di(){return d("file-picture")}function qt(){return d("progress")}var No=72,Ro=160,_o=[.5,1,2,5,10,15,30,60,120,300,600,1800],Po=1500,ye,Fe,ie,Ie,oe,dt,An,ui,Cn=class{constructor(e){h(this,An);h(this,ye);h(this,Fe,"");h(this,ie,new Map);h(this,Ie,{start:0,end:0,times:[]});h(this,oe,0);h(this,dt,!1);c(this,ye,e)}clear(){s(this,ie).clear(),s(this,ye).textContent="",c(this,Ie,{start:0,end:0,times:[]})}show(e,t){var p;e!==s(this,Fe)&&this.clear(),c(this,Fe,e),c(this,Ie,t);let{start:i,end:o}=t,r=Math.max(1,o-i),l=Math.max(2,s(this,ye).clientWidth/No),f=(p=_o.find(E=>E>=r/1e3/l))!=null?p:3600;f*1e3!==s(this,oe)&&(s(this,ie).clear(),s(this,ye).textContent="",c(this,oe,f*1e3));for(let[E,x]of s(this,ie))x.style.left=100*(E-i)/r+"%",x.style.width=100*s(this,oe)/r+"%",!(E>i-s(this,oe)&&E<o)&&(x.remove(),s(this,ie).delete(E));a(this,An,ui).call(this)}};ye=new WeakMap,Fe=new WeakMap,ie=new WeakMap,Ie=new WeakMap,oe=new WeakMap,dt=new WeakMap,An=new WeakSet,ui=function(){if(s(this,dt)||document.hidden)return;let{start:e,end:t,times:i}=s(this,Ie),o=s(this,oe),r=Math.floor(t/o)*o;for(;s(this,ie).has(r);)r-=o;let l=r>e-o?rs(i,Math.max(r,e+Po)):void 0;if(l===void 0)return;c(this,dt,!0);let f=s(this,Fe),p=f+"/snapshot.jpg?width="+Ro+"&at="+l/1e3;ue(p,E=>{if(c(this,dt,!1),f!==s(this,Fe)||o!==s(this,oe))return;let x=E!=null?E:document.createElement("span");s(this,ie).set(r,x),s(this,ye).append(x),s(this,Ie).times.length>0&&this.show(f,s(this,Ie))})};function rs(n,e){let t=n[0];for(let i of n){if(i>e)break;t=i}return t}var Do=1e3,Fo=600,fi=10,gi=.1,Uo=5e3,ft,mt,F,pt,Jt,G,re,K,A,q,B,He,gt,wt,u,Qt,Ue,$t,wi,On,Nn,Zt,as,Si,cs,ut,hs,ls,Ei,Li,Rn=class{constructor(e,t){h(this,u);h(this,ft);h(this,mt);h(this,F,"");h(this,pt,new Cn(d("stills")));h(this,Jt,d("past"));h(this,G,d("moment"));h(this,re,d("length"));h(this,K);h(this,A);h(this,q);h(this,B);h(this,He,0);h(this,gt,!1);h(this,wt,0);c(this,ft,e),c(this,mt,t),s(this,G).addEventListener("input",()=>a(this,u,Si).call(this)),d("rail").addEventListener("pointerdown",i=>{i.button===0&&(d("rail").setPointerCapture(i.pointerId),a(this,u,as).call(this,i),s(this,G).focus(),i.preventDefault())}),d("rail").addEventListener("pointermove",i=>{i.buttons&1&&a(this,u,as).call(this,i)}),d("clip-from").onclick=()=>a(this,u,ls).call(this,"from"),d("clip-to").onclick=()=>a(this,u,ls).call(this,"to"),d("clip").onclick=()=>a(this,u,Li).call(this),d("present").onclick=()=>a(this,u,ut).call(this,void 0),s(this,re).value=String(fi),s(this,re).addEventListener("change",()=>a(this,u,Ei).call(this)),document.addEventListener("visibilitychange",()=>{this.isOpen&&a(this,u,Qt).call(this)})}get isOpen(){return!s(this,Jt).hidden}get time(){return s(this,A)}get picture(){return s(this,ft).querySelector(".then")}toggle(){s(this,Jt).hidden=this.isOpen,be("past","aria-expanded",this.isOpen),d("screen").classList.toggle("looking-back",this.isOpen),this.isOpen?a(this,u,Qt).call(this):(clearTimeout(s(this,He)),s(this,pt).clear(),a(this,u,ut).call(this,void 0))}change(e){e!==s(this,F)&&(c(this,F,e),c(this,K,c(this,q,c(this,B,void 0))),s(this,pt).clear(),a(this,u,ut).call(this,void 0),this.isOpen&&a(this,u,Qt).call(this))}};ft=new WeakMap,mt=new WeakMap,F=new WeakMap,pt=new WeakMap,Jt=new WeakMap,G=new WeakMap,re=new WeakMap,K=new WeakMap,A=new WeakMap,q=new WeakMap,B=new WeakMap,He=new WeakMap,gt=new WeakMap,wt=new WeakMap,u=new WeakSet,Qt=async function(){if(clearTimeout(s(this,He)),document.hidden||s(this,F)==="")return;let e=s(this,F);try{let t=await fetch(e+"/past?most="+Fo,{cache:"no-store"}),i=t.ok?await t.json():{nowMilliseconds:Date.now(),keptSeconds:0,times:[]};e===s(this,F)&&c(this,K,i)}catch{}this.isOpen&&(a(this,u,$t).call(this),clearTimeout(s(this,He)),c(this,He,setTimeout(()=>a(this,u,Qt).call(this),Do)))},Ue=function(){var r;let{nowMilliseconds:e,times:t}=(r=s(this,K))!=null?r:{nowMilliseconds:0,times:[]};if(t.length<2)return;let i=t[t.length-1],o=e-i>Uo?i:Math.max(e,i);return{start:t[0],end:o,times:t}},$t=function(){var f,p,E,x,Ct;let e=s(this,u,Ue);if(d("past-tools").hidden=d("rail").hidden=e===void 0,e===void 0){let{keptSeconds:Ji=1}=(f=s(this,K))!=null?f:{};v(d("when"),Ji>0?$.none:$.notKept);return}let{start:t,end:i}=e;s(this,pt).show(s(this,F),e),s(this,A)!==void 0&&s(this,A)<t&&a(this,u,ut).call(this,t),s(this,G).min=String(t),s(this,G).max=String(i),s(this,G).value=String((p=s(this,A))!=null?p:i);let o=(x=(E=s(this,K))==null?void 0:E.nowMilliseconds)!=null?x:i,r=s(this,A)===void 0?i<o?pi(i,o):$.present:pi(s(this,A),o);v(d("when"),r),s(this,G).setAttribute("aria-valuetext",r),d("present").hidden=s(this,A)===void 0;let l=d("cursor").style;l.left=a(this,u,Zt).call(this,(Ct=s(this,A))!=null?Ct:i)+"%",a(this,u,wi).call(this,e)},wi=function({start:e,end:t}){let{from:i,to:o}=a(this,u,Nn).call(this,e,t),r=d("piece").style;r.left=a(this,u,Zt).call(this,i)+"%",r.width=a(this,u,Zt).call(this,o)-a(this,u,Zt).call(this,i)+"%";let l=S($.piece,{from:ds(i),to:s(this,B)===void 0&&a(this,u,On).call(this,t)?$.now:ds(o)});v(d("piece-about"),l)},On=function(e){var t,i;return e>=((i=(t=s(this,K))==null?void 0:t.nowMilliseconds)!=null?i:1/0)},Nn=function(e,t){var r,l;let i=Math.max(e,Math.min((r=s(this,B))!=null?r:t,t)),o=(l=s(this,q))!=null?l:i-1e3*Number(s(this,re).value);return{from:Math.max(e,Math.min(o,i)),to:i}},Zt=function(e){var o;let{start:t,end:i}=(o=s(this,u,Ue))!=null?o:{start:0,end:1};return Math.min(100,Math.max(0,100*(e-t)/(i-t)))},as=function({clientX:e}){let t=s(this,u,Ue);if(t===void 0)return;let{left:i,width:o}=d("rail").getBoundingClientRect(),r=Math.min(1,Math.max(0,(e-i)/o));a(this,u,cs).call(this,t.start+r*(t.end-t.start))},Si=function(){a(this,u,cs).call(this,Number(s(this,G).value))},cs=function(e){let t=s(this,u,Ue);if(t===void 0)return;let i=e>=t.end-(t.end-t.start)/200;a(this,u,ut).call(this,i&&a(this,u,On).call(this,t.end)?void 0:e)},ut=function(e){var i;let t=s(this,A);c(this,A,e),e===void 0?((i=this.picture)==null||i.remove(),c(this,wt,0)):a(this,u,hs).call(this),this.isOpen&&a(this,u,$t).call(this),t===void 0!=(e===void 0)&&s(this,mt).call(this)},hs=function(){var o;let{times:e=[]}=(o=s(this,K))!=null?o:{};if(s(this,gt)||s(this,A)===void 0)return;let t=rs(e,s(this,A)),i=s(this,F);t===void 0||t===s(this,wt)||(c(this,gt,!0),ue(i+"/snapshot.gif?at="+t/1e3,r=>{if(c(this,gt,!1),!(i!==s(this,F)||s(this,A)===void 0)){if(c(this,wt,t),r!==void 0){r.className="then";let l=this.picture;s(this,ft).append(r),l==null||l.remove(),s(this,mt).call(this)}a(this,u,hs).call(this)}}))},ls=function(e){var l;let t=s(this,u,Ue);if(t===void 0)return;let i=(l=s(this,A))!=null?l:t.end;e==="from"?(c(this,q,i),s(this,B)!==void 0&&s(this,B)<=i&&c(this,B,void 0)):(c(this,B,i),s(this,q)!==void 0&&s(this,q)>=i&&c(this,q,void 0));let{from:o,to:r}=a(this,u,Nn).call(this,t.start,t.end);s(this,re).value=mi(o,r).toFixed(1),a(this,u,$t).call(this)},Ei=function(){Number(s(this,re).value)>=gi||(s(this,re).value=String(fi)),c(this,q,void 0),a(this,u,$t).call(this)},Li=function(){let e=s(this,u,Ue);if(e===void 0)return;let{from:t,to:i}=a(this,u,Nn).call(this,e.start,e.end),o=s(this,B)===void 0&&a(this,u,On).call(this,e.end)?"":"&at="+i/1e3,r=mi(t,i).toFixed(2);xn(s(this,F)+"/clip.gif?seconds="+r+o)};function mi(n,e){return Math.max(gi,(e-n)/1e3)}function pi(n,e){let t=Math.max(0,e-n)/1e3;return S($.ago,{ago:t<100?S($.seconds,{seconds:t.toFixed(1)}):S($.minutes,{minutes:Math.round(t/60)}),time:ds(n)})}function ds(n){return new Date(n).toLocaleTimeString()}var Ho=5e3,bi=3,Bo=100,St,Et,Lt,Be,yi,us,_n=class{constructor(){h(this,Be);L(this,"isOpen",!1);h(this,St,1/0);h(this,Et,0);h(this,Lt,0)}toggle(){this.isOpen=!this.isOpen,be("details","aria-pressed",this.isOpen),clearTimeout(s(this,Lt)),this.isOpen&&a(this,Be,us).call(this)}show(e){let{size:t,framesPerSecond:i,bitsPerSecond:o}=e,r=[];if(t!==void 0&&r.push(t.width+" × "+t.height),i>0){let l=i.toFixed(i<5?1:0);r.push(S(k.rate,{rate:l}))}if(this.isOpen&&o!==void 0){let l=(o/1e6).toFixed(o<1e7?2:1);r.push(S(k.bits,{rate:l}))}this.isOpen&&r.push(a(this,Be,yi).call(this,e.lagMilliseconds)),e.isLimited&&r.push(k.limited),v(d("facts"),r.join(" · ")||" ")}};St=new WeakMap,Et=new WeakMap,Lt=new WeakMap,Be=new WeakSet,yi=function(e){let t=s(this,St)/2;if(e===void 0||s(this,Et)<bi)return k.noLag;let i=(e+t)/1e3;return S(k.lag,{seconds:i.toFixed(2)})},us=async function(){if(!document.hidden){let e=performance.now();try{await(await fetch("healthz",{cache:"no-store"})).text(),c(this,St,Math.min(s(this,St),performance.now()-e)),ve(this,Et)._++}catch{}}this.isOpen&&(clearTimeout(s(this,Lt)),c(this,Lt,setTimeout(()=>a(this,Be,us).call(this),s(this,Et)<bi?Bo:Ho)))};var V,tn,nn,U,Ti,en,fs,Pn=class{constructor(e,t){h(this,U);h(this,V);h(this,tn);h(this,nn,0);c(this,V,e),c(this,tn,t);let i=()=>a(this,U,en).call(this,Ii()===e);document.addEventListener("fullscreenchange",i),document.addEventListener("webkitfullscreenchange",i);let o=()=>a(this,U,fs).call(this);for(let r of["pointermove","pointerdown","keydown","focusin"])document.addEventListener(r,o,{passive:!0})}get isFull(){return s(this,V).classList.contains("full")}toggle(){this.isFull?this.leave():a(this,U,Ti).call(this)}leave(){if(Ii()!==s(this,V))return a(this,U,en).call(this,!1);let{webkitExitFullscreen:e}=document;"exitFullscreen"in document?document.exitFullscreen():e&&e.call(document)}};V=new WeakMap,tn=new WeakMap,nn=new WeakMap,U=new WeakSet,Ti=async function(){let e=s(this,V),{webkitRequestFullscreen:t}=e;try{"requestFullscreen"in e?await e.requestFullscreen():t?t.call(e):a(this,U,en).call(this,!0)}catch{a(this,U,en).call(this,!0)}},en=function(e){e!==this.isFull&&(s(this,V).classList.toggle("full",e),a(this,U,fs).call(this),s(this,tn).call(this,e))},fs=function(){clearTimeout(s(this,nn)),s(this,V).classList.remove("resting"),this.isFull&&c(this,nn,setTimeout(()=>s(this,V).classList.add("resting"),3e3))};function Ii(){let{webkitFullscreenElement:n}=document;return"fullscreenElement"in document?document.fullscreenElement:n}var ae,on,ce,he,le,y,ms,Dn,sn,Mi,ki,xi,ps,Fn=class{constructor(e,t){h(this,y);L(this,"scale",1);h(this,ae);h(this,on);h(this,ce,0);h(this,he,0);h(this,le,new Map);c(this,ae,e),c(this,on,t),e.addEventListener("wheel",i=>a(this,y,Mi).call(this,i),{passive:!1}),e.addEventListener("pointerdown",i=>a(this,y,ki).call(this,i)),e.addEventListener("pointermove",i=>a(this,y,xi).call(this,i));for(let i of["pointerup","pointercancel","lostpointercapture"])e.addEventListener(i,o=>{let{pointerId:r}=o;s(this,le).delete(r)});e.addEventListener("gesturestart",i=>i.preventDefault())}closer(){a(this,y,ms).call(this,1.25)}farther(){a(this,y,ms).call(this,1/1.25)}reset(){a(this,y,sn).call(this,1,0,0)}pan(e,t){let{clientWidth:i,clientHeight:o}=s(this,ae);a(this,y,sn).call(this,this.scale,s(this,ce)-e*.1*i,s(this,he)-t*.1*o)}};ae=new WeakMap,on=new WeakMap,ce=new WeakMap,he=new WeakMap,le=new WeakMap,y=new WeakSet,ms=function(e){let{clientWidth:t,clientHeight:i}=s(this,ae);a(this,y,Dn).call(this,e,t/2,i/2)},Dn=function(e,t,i){let o=Math.min(32,Math.max(1,this.scale*e)),r=o/this.scale;a(this,y,sn).call(this,o,t-(t-s(this,ce))*r,i-(i-s(this,he))*r)},sn=function(e,t,i){let{clientWidth:o,clientHeight:r,style:l,classList:f}=s(this,ae);this.scale=e<1.01?1:e,c(this,ce,Math.min(0,Math.max(t,o*(1-this.scale)))),c(this,he,Math.min(0,Math.max(i,r*(1-this.scale)))),l.setProperty("--zoom",String(this.scale)),l.setProperty("--x",s(this,ce)+"px"),l.setProperty("--y",s(this,he)+"px"),f.toggle("zoomed",this.scale>1),s(this,on).call(this)},Mi=function(e){let{deltaY:t,deltaMode:i,ctrlKey:o}=e;if(!o&&(t>0?this.scale===1:scrollY>0)||t===0)return;e.preventDefault();let l=i===0?-t/(o?100/5:100):-Math.sign(t),{x:f,y:p}=a(this,y,ps).call(this,e);a(this,y,Dn).call(this,1.25**Math.min(3,Math.max(-3,l)),f,p)},ki=function(e){e.button===0&&(s(this,le).set(e.pointerId,e),(this.scale>1||s(this,le).size>1)&&s(this,ae).setPointerCapture(e.pointerId))},xi=function(e){let t=s(this,le).get(e.pointerId);if(t===void 0)return;s(this,le).set(e.pointerId,e);let[i]=[...s(this,le).values()].filter(({pointerId:p})=>p!==e.pointerId);if(i===void 0){if(this.scale===1)return;let p=s(this,ce)+e.clientX-t.clientX,E=s(this,he)+e.clientY-t.clientY;return a(this,y,sn).call(this,this.scale,p,E)}let o=vi(t,i),r=vi(e,i);c(this,ce,s(this,ce)+(r.clientX-o.clientX)),c(this,he,s(this,he)+(r.clientY-o.clientY));let{x:l,y:f}=a(this,y,ps).call(this,r);a(this,y,Dn).call(this,r.distance/Math.max(1,o.distance),l,f)},ps=function({clientX:e,clientY:t}){let{left:i,top:o}=s(this,ae).getBoundingClientRect();return{x:e-i,y:t-o}};function vi(n,e){return{clientX:(n.clientX+e.clientX)/2,clientY:(n.clientY+e.clientY)/2,distance:Math.hypot(n.clientX-e.clientX,n.clientY-e.clientY)}}var W,We,bt,R,Ci,gs,Ai,Oi,ws,Un=class{constructor(e,t){h(this,R);L(this,"held",matchMedia("(prefers-reduced-motion: reduce)").matches);L(this,"details",new _n);L(this,"past");h(this,W);h(this,We);h(this,bt);c(this,bt,t),this.past=new Rn(e,t.onLook),c(this,W,new Fn(e,t.onShape)),c(this,We,new Pn(d("screen"),i=>{let o=i?k.leaveFull:k.full;be("full","aria-pressed",i,o),s(this,W).reset()})),e.addEventListener("dblclick",()=>s(this,We).toggle()),ri(),ii({hold:()=>a(this,R,Ci).call(this),full:()=>s(this,We).toggle(),previous:()=>t.onStep(-1),next:()=>t.onStep(1),closer:()=>s(this,W).closer(),farther:()=>s(this,W).farther(),whole:()=>s(this,W).reset(),snapshot:()=>a(this,R,Oi).call(this),past:()=>a(this,R,Ai).call(this),details:()=>{this.details.toggle(),t.onLook()},leave:()=>{Vt()||s(this,We).leave()}},(i,o)=>s(this,W).pan(i,o)),a(this,R,gs).call(this)}get zoom(){return s(this,W).scale}change(e){s(this,W).reset(),this.past.change(e)}showHasPicture(e){for(let t of["snapshot","look-back"]){let i=d(t);t==="look-back"&&this.past.isOpen||i.disabled===e&&(i.disabled=!e)}}};W=new WeakMap,We=new WeakMap,bt=new WeakMap,R=new WeakSet,Ci=function(){this.held=!this.held,a(this,R,gs).call(this),s(this,bt).onHold()},gs=function(){document.body.classList.toggle("held",this.held);let e=d("resume"),t=document.activeElement;e.hidden=!this.held;let i=this.held?k.resume:k.hold;be("hold","aria-pressed",this.held,i),e.hidden&&t===e&&document.querySelector('#actions [data-does="hold"]').focus()},Ai=function(){!this.past.isOpen&&a(this,R,ws).call(this,"look-back")||this.past.toggle()},Oi=function(){if(a(this,R,ws).call(this,"snapshot"))return;let{channel:e,isPhotograph:t,still:i}=s(this,bt).seen(),{picture:o,time:r}=this.past;r!==void 0&&o!==null?os(o,e):i!==void 0?os(i,e):xn(e+"/snapshot."+(t?"jpg":"png"))},ws=function(e){return d(e).disabled};var je={needs:"",token:""};function Ni(){var t;let{needs:n}=d("stage").dataset;(n==="token"||n==="password")&&(je.needs=n);let e=new URL(document.URL);return je.token=(t=e.searchParams.get("token"))!=null?t:"",je.needs!==""&&e.searchParams.delete("token"),e.username!==""||e.password!==""?(e.username=e.password="",location.replace(e.href),!0):(e.href!==document.URL&&history.replaceState(history.state,"",e.href),!1)}var Wo=4e3;function Hn(n,e){let t=document.createElement("button");t.type="button",t.textContent=b.copy,t.setAttribute("aria-label",b.copy+": "+e);let i=document.createElement("span");i.className="told",i.setAttribute("role","status");let o=0;return t.onclick=async()=>{let r=await jo(n);i.textContent=r?b.copied:b.notCopied,clearTimeout(o),r&&(o=setTimeout(()=>i.textContent="",Wo))},{button:t,told:i}}async function jo(n){let e=document.activeElement;try{if("clipboard"in navigator)return await navigator.clipboard.writeText(n.value),!0}catch{}n.focus(),n.select();let t=!1,i=()=>t=!0;n.addEventListener("copy",i);let o=document.execCommand("copy");return n.removeEventListener("copy",i),!o||!t?!1:(e instanceof HTMLElement&&e.focus(),!0)}function Ss(n,e,t){let i=new URL(location.href);i.search=i.hash=i.username=i.password="";let o=(f,p=t)=>new URL(f,i.href).href+p,r=o(n+".gif"),l=e===void 0?"":' width="'+e.width+'" height="'+e.height+'"';return[{id:"page",label:b.page,text:o(n)},{id:"element",label:b.element,about:b.aboutElement,text:'<script src="'+o("embed.js","")+'" async><\\/script><gif-stream src="'+r+'"></gif-stream>'},{id:"frame",label:b.frame,about:b.aboutFrame,text:'<iframe src="'+o(n+"/embed")+'"'+l+' style="border:0"></iframe>'},{id:"img",label:b.img,about:b.aboutImg,text:'<img src="'+r+'">'},{id:"gif",label:b.gif,text:r},{id:"mjpeg",label:b.mjpeg,text:o(n+".mjpeg")},{id:"still",label:b.still,text:o(n+"/snapshot.jpg")}]}var Ri="",yt,It=new Map,Wn=document.createElement("input"),Ye=document.createElement("canvas"),Bn="";function bs(n){Ri=n,d("share").hidden=n==="",n===""&&Ls(!1),jn()}function _i(n){n.width===(yt==null?void 0:yt.width)&&n.height===yt.height||(yt={width:n.width,height:n.height},jn())}function Es(){return!d("sharing").hidden}function Ls(n){var i;let e=d("share"),t=d("sharing");t.hidden!==!n&&(n&&It.size===0&&zo(t),t.hidden=!n,e.setAttribute("aria-expanded",String(n)),jn(),n?(i=It.get("page"))==null||i.focus():e.focus())}function jn(){var t,i;if(!Es())return;let{token:n}=je,e=Wn.checked&&n!==""?"?token="+encodeURIComponent(n):"";for(let{id:o,text:r}of Ss(Ri,yt,e)){let l=It.get(o);l!==void 0&&l.value!==r&&(l.value=r)}Yo((i=(t=It.get("page"))==null?void 0:t.value)!=null?i:"")}async function Yo(n){if(n!==Bn){Bn=n;try{let{drawQr:e}=await import(new URL("qr.js",location.href).href);n===Bn&&e(Ye,n),Ye.hidden=!1}catch{Bn="",Ye.hidden=!0}}}function zo(n){let e=document.createElement("h2");e.id="share-title",e.textContent=b.title,n.append(e,Xo());let t=document.createElement("div");t.className="ways";for(let o of Ss("",void 0,""))t.append(Go(o));n.append(t);let i=je.needs===""?void 0:Ko();i!==void 0&&n.append(i)}function Xo(){let n=document.createElement("div");if(n.className="code",Ye.setAttribute("role","img"),Ye.setAttribute("aria-label",b.code),Ye.hidden=!0,n.append(Ye),"share"in navigator){let e=document.createElement("button");e.type="button",e.textContent=b.send;let t=document.createElement("span");t.setAttribute("role","status"),e.onclick=async()=>{var i;t.textContent="";try{await navigator.share({title:document.title,url:(i=It.get("page"))==null?void 0:i.value})}catch(o){let{name:r,message:l}=o;r!=="AbortError"&&(t.textContent=l)}},n.append(e,t)}return n}function Go({id:n,label:e,about:t}){let i=document.createElement("div");i.className="way";let o=document.createElement("label");o.htmlFor="way-"+n,o.textContent=e;let r=document.createElement("input");r.id="way-"+n,r.readOnly=!0,r.spellcheck=!1,r.onfocus=()=>r.select(),It.set(n,r);let{button:l,told:f}=Hn(r,e);if(i.append(o,r,l,f),t!==void 0){let p=document.createElement("p");p.id="about-"+n,p.textContent=t,r.setAttribute("aria-describedby",p.id),i.append(p)}return i}function Ko(){let n=document.createElement("p");n.className="access";let{needs:e,token:t}=je;if(e==="password")n.textContent=b.password;else if(t==="")n.textContent=b.addToken;else{Wn.type="checkbox",Wn.onchange=jn;let i=document.createElement("label");i.append(Wn," "+b.withToken),n.append(i)}return n}function Pi(){let n=d("share"),e=d("sharing");n.onclick=()=>Ls(!Es());for(let t of[n,e])t.addEventListener("keydown",i=>{i.key!=="Escape"||!Es()||(i.stopPropagation(),Ls(!1))})}var ys=60,Is=60*ys,Di=24*Is;function Ts(n){let e=Math.max(0,Math.round(n/1e3)),{second:t,seconds:i,minute:o,minutes:r,hour:l,hours:f,day:p,days:E}=I;return e<ys?Yn(e,t,i):e<Is?Yn(e/ys,o,r):e<Di?Yn(e/Is,l,f):Yn(e/Di,p,E)}function Yn(n,e,t){let i=Math.floor(n);return i===1?e:S(t,{count:i})}var Fi=/; trying again$/,qo=900,Vo=["live","paused","held","past","slow","crowded"];function Ui(n){let{state:e,name:t,status:i}=n;if(Vo.includes(e))return[];if(e==="connecting")return[];if(e==="empty")return[I.empty];if(e==="gone")return[S(I.gone,{name:t})];if(e==="full")return[I.full];if(e==="locked")return[I.locked];let o=[];e==="offline"?o.push(I.offline):e==="reconnecting"?o.push(I.away):e==="idle"?o.push(I.idle):i!==void 0&&o.push(...Qo(n,i));let r=Zo(n);return r!==void 0&&o.push(r),o}function Qo({toldMilliseconds:n},{source:e,retryMilliseconds:t}){var l;let i=(l=e.message)!=null?l:"",o=i.replace(Fi,""),r=t===null?Fi.test(i)?I.retryNow:"":$o(t-n);return o===""&&r===""?[]:[Jo(o||I.failed)+r]}function $o(n){return n>qo?S(I.retry,{span:Ts(n)}):I.retryNow}function Zo({status:n,toldMilliseconds:e}){if(n===void 0)return;let{frames:t,lastFrameAgeMilliseconds:i}=n;return t===0||i===null?I.never:S(I.last,{span:Ts(i+e)})}function Jo(n){return/^[a-z]+:\\/\\//.test(n)?n:n.charAt(0).toUpperCase()+n.slice(1)}var er=3e3,rn,an,ze,Tt,Xe,cn,hn,ln,Xn,Hi,zn=class{constructor(e){h(this,Xn);h(this,rn);h(this,an,d("notice"));h(this,ze,document.createElement("p"));h(this,Tt,document.createElement("div"));h(this,Xe,document.createElement("div"));h(this,cn,"");h(this,hn,0);h(this,ln,"");c(this,rn,e),s(this,ze).className="title",s(this,ze).setAttribute("aria-hidden","true"),s(this,an).append(s(this,ze),s(this,Tt),s(this,Xe))}show(e){let{state:t}=e,i=performance.now();t!==s(this,cn)&&c(this,hn,i),c(this,cn,t);let r=t==="reconnecting"&&i-s(this,hn)<er?[]:Ui(e);if(s(this,rn).classList.toggle("dim",r.length>0),document.body.dataset.state=t,s(this,an).hidden=r.length===0,r.length===0)return;v(s(this,ze),Sn[t]);let l=s(this,Tt).children;for(r.forEach((f,p)=>{var x;let E=(x=l[p])!=null?x:s(this,Tt).appendChild(document.createElement("p"));v(E,f)});l.length>r.length;)l[r.length].remove();a(this,Xn,Hi).call(this,t)}};rn=new WeakMap,an=new WeakMap,ze=new WeakMap,Tt=new WeakMap,Xe=new WeakMap,cn=new WeakMap,hn=new WeakMap,ln=new WeakMap,Xn=new WeakSet,Hi=function(e){e!==s(this,ln)&&(c(this,ln,e),s(this,Xe).textContent="",e==="empty"&&s(this,Xe).append(...nr()),e==="locked"&&s(this,Xe).append(tr()))};function tr(){let n=document.createElement("button");return n.type="button",n.textContent=I.unlock,n.onclick=()=>location.reload(),n}function nr(){let n=new URL("camera/frames",location.href).href;return[[I.sendPicture,I.pictureCommand],[I.sendFilm,I.filmCommand]].map(([e,t],i)=>{let o=document.createElement("div");o.className="way";let r=document.createElement("label");r.htmlFor="send-"+i,r.textContent=e;let l=document.createElement("textarea");l.id=r.htmlFor,l.readOnly=!0,l.spellcheck=!1,l.rows=5,l.value=S(t,{address:n});let{button:f,told:p}=Hn(l,e);return o.append(r,l,f,p),o})}var vt,un,j,Mt,kt,Te,N,Bi,vs,Ms,dn,Gn=class{constructor(e){h(this,N);L(this,"mayStream");L(this,"heardMilliseconds",-1/0);h(this,vt);h(this,un,Math.random());h(this,j,0);h(this,Mt,0);h(this,kt,new Map);h(this,Te);if(c(this,vt,e),!("BroadcastChannel"in globalThis))return;let t=location.pathname.replace(/[^/]*$/,"");c(this,Te,new BroadcastChannel("gifstream "+t)),s(this,Te).onmessage=({data:i})=>a(this,N,Bi).call(this,i)}tell(e){a(this,N,dn).call(this,{statuses:e})}want(e){e!==s(this,j)>0&&(clearTimeout(s(this,Mt)),c(this,j,e?Date.now():0),this.mayStream=s(this,Te)===void 0||void 0,a(this,N,dn).call(this,{since:s(this,j),asks:e}),e&&c(this,Mt,setTimeout(()=>a(this,N,vs).call(this),200)))}};vt=new WeakMap,un=new WeakMap,j=new WeakMap,Mt=new WeakMap,kt=new WeakMap,Te=new WeakMap,N=new WeakSet,Bi=function({id:e,since:t,asks:i,statuses:o}){let r=performance.now();o!==void 0&&(this.heardMilliseconds=r,s(this,vt).onStatuses(o)),t!==void 0&&(t>0?s(this,kt).set(e,{since:t,heardMilliseconds:r}):s(this,kt).delete(e),i&&s(this,j)>0&&a(this,N,dn).call(this,{since:s(this,j)}),t===0&&this.mayStream===!1&&a(this,N,Ms).call(this))},vs=function(){a(this,N,dn).call(this,{since:s(this,j)}),a(this,N,Ms).call(this),c(this,Mt,setTimeout(()=>a(this,N,vs).call(this),1e3))},Ms=function(){let e=performance.now()-4e3,t=0;s(this,kt).forEach(({since:o,heardMilliseconds:r},l)=>{(o<s(this,j)||o===s(this,j)&&l<s(this,un))&&r>e&&t++});let i=t<4;i!==this.mayStream&&(this.mayStream=i,s(this,vt).onChange())},dn=function(e){s(this,Te)!==void 0&&s(this,Te).postMessage({id:s(this,un),...e})};var ks=2e3,sr=1e4,ir=500,or=500,rr=15e3;Ni();var Yi=new URLSearchParams(location.search),ar=Number(Yi.get("swap-bytes"))||2e7,cr=1e3*(Number(Yi.get("swap-seconds"))||300),Y=d("stage"),hr=new zn(Y),ji,M=(ji=Y.dataset.channel)!=null?ji:"",m="WebSocket"in globalThis?lr():Vi(),fn=new Mn(Y),mn=new Gn({onStatuses(n){!xt||Os()||(Ps(n),Q())},onChange:de}),zi=new Ln(d("channels"),Qi),D=new Un(Y,{onHold(){D.held&&m instanceof Ut&&T!==void 0?fn.load(T,de):de(),Q()},onStep(n){let e=Us(P!=null?P:[],M,n);e!==void 0&&Qi(e)},onShape:Ds,onLook:Q,seen:()=>({channel:M,isPhotograph:$i(),still:Ns()})}),P,T,Xi=!1,Ge,Kn,Gi=0,xs=!1,pn=0,Ki=!0,As=!1,xt=!1,qn=0,Wi=0,Vn=1/0;function qi(){return location.pathname.replace(/^.*\\//,"")}function lr(){let n=new C(Y,M,{onChange:Q,onStatuses(e){Ps(e),Q()},onRefused(){n.remove(),m=Vi(),de()}});return n}function Vi(){let n=new Ut(Y,M,()=>{Q(),n.state==="live"&&_s()});return n}function Os(){return m instanceof C&&m.state==="live"}function Qi(n){if(n===M)return;history.pushState(null,"",n),Rs(n);let{top:e,bottom:t}=Y.getBoundingClientRect();(e<0||t>innerHeight)&&scrollTo(0,0)}function $i(){return m instanceof C&&m.isPhotograph}function Ns(){if(D.held)return m instanceof C&&m.picture||fn.image}function Rs(n){n!==M&&(M=n,xs=!0,T=P==null?void 0:P.find(e=>e.name===n),pn=0,fn.change(n),m.change(n),D.change(n),bs(n),P!==void 0&&zi.update(P,n),Q(),de())}function de(){let n=!As&&!document.hidden;n||(clearTimeout(qn),xt=!1);let e=n&&Ki&&M!==""&&!D.held,t=!(m instanceof C);mn.want(e&&t),!e||t&&!mn.mayStream?m.stop():m.state==="paused"&&(m.start(),pn=0),n&&!xt&&(xt=!0,Vn=1/0,_s())}async function _s(){clearTimeout(qn);let n=Date.now(),e=n>Vn+rr;e&&m instanceof C&&m.renew();let t=performance.now()-mn.heardMilliseconds<ks;if(!Os()&&!t){let o=await Ys();if(!xt)return;typeof o=="string"?Ge=o:(Ps(o,e),mn.tell(o))}Kn=Ge===void 0&&m.state==="reconnecting"?await js(M):void 0,xt&&(Q(),Vn=n+ks,clearTimeout(qn),qn=setTimeout(_s,Math.max(Vn-Date.now(),0)))}function Ps(n,e=!1){P=n,Gi=performance.now(),qi()===""&&n.length>0&&Rs(n[0].name);let t=n.find(({name:i})=>i===M);t!==void 0?dr(t,e):T=void 0,Ge=void 0,zi.update(n,M)}function dr(n,e){let t=T!=null?T:n,i=n.publishedBytes-t.publishedBytes;pn+=Math.max(0,i);let o=T===void 0&&m.state==="reconnecting",r=e||Ge!==void 0||o||n.frames<t.frames||ur(n);Xi=n.unchangedFrames>t.unchangedFrames,T=n,D.held&&Ns()===void 0&&fn.loadUnlessIdle(n,Q),!(m instanceof C)&&((r||fr())&&(pn=0,m.renew()),(m.state==="live"||Qn())&&fn.keep(n,Qn()))}function ur(n){if(m instanceof C)return!1;let e=performance.now()-m.joinedMilliseconds;return m.state==="live"?n.viewers===0&&e>ks:m.state==="connecting"&&n.frames>0&&e>sr}function fr(){if(m instanceof C)return!1;let n=performance.now()-m.joinedMilliseconds;return m.state==="live"&&(pn>=ar||n>=cr)}function Q(){var o,r;mr(),Ds();let n=(o=T==null?void 0:T.title)!=null?o:M||fe.title;Cs("name",n),Y.setAttribute("aria-label",S(fe.pictureOf,{title:n}));let t=Ge!==void 0||m.state==="reconnecting"||T==null?void 0:T.viewers;Cs("watching",t===void 0?"":S(fe.watching,{count:t})),D.details.show(ei(m,T)),D.showHasPicture(T!==void 0&&T.frames>0);let i=Zi()==="live"?"live":D.held?"held":"away";ni(n,(r=d("state").textContent)!=null?r:"",i)}function mr(){let n=Zi(),e=d("state");e.dataset.state=n;let t=m instanceof C?m.link.behindMilliseconds/1e3:0;Cs("state",S(Sn[n],{seconds:t.toFixed(0)})),(m.state==="live"||Ns())&&(xs=!1),Y.classList.toggle("changing",xs),hr.show({state:n,name:M,status:T,toldMilliseconds:performance.now()-Gi})}function Zi(){let{state:n}=m;if(Ge!==void 0&&!Os()&&n!=="paused")return Ge;if(D.past.time!==void 0)return"past";if(D.held&&M!=="")return"held";if(Qn())return"crowded";if(m instanceof C&&m.link.behindMilliseconds>0)return"slow";if(n==="paused"&&M!=="")return n;if(P===void 0)return M===""?"connecting":n;if(T===void 0)return M===""?"empty":"gone";if(n==="reconnecting")return Kn!=null?Kn:n;let e=wn(T);return e!=="live"?e:n==="live"&&pr()?"waiting":n}function Qn(){return m.state==="paused"&&mn.mayStream===!1}function pr(){return!(m instanceof C)||!m.isStill?!1:!Xi}function Ds(){var i;let n=Qn()||D.held?T:void 0,e=(i=m.size)!=null?i:n!=null&&n.width?n:void 0;if(e===void 0)return;_i(e);let{zoom:t}=D;ti(Y,e,{zoom:t,isPhotograph:$i()})}function Cs(n,e){v(d(n),e)}setInterval(()=>{document.hidden||Q()},ir);Pi();bs(M);D.change(M);document.addEventListener("visibilitychange",de);addEventListener("resize",Ds);addEventListener("popstate",()=>{var e;let n=qi()||((e=P==null?void 0:P[0])==null?void 0:e.name);n!==void 0&&Rs(n)});addEventListener("pagehide",()=>{As=!0,de()});addEventListener("pageshow",()=>{As=!1,document.readyState==="complete"&&setTimeout(de)});new IntersectionObserver(n=>{let{isIntersecting:e}=n[n.length-1];clearTimeout(Wi),Wi=setTimeout(()=>{Ki=e,document.readyState==="complete"&&de()},e?0:or)}).observe(Y);
</script>
  </body>
</html>
`;
