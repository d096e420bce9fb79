/** The viewer page's look, in light and dark. */
export const style = `
:root {
  --ground: #f6f6f3;
  --ink: #1c1c1a;
  --quiet: #5c5c57;
  --line: #d3d3cd;
  --field: #fff;
  --live: #1a7f37;
  --away: #b35900;
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
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  padding: clamp(.75rem, 2vw, 1.5rem);
  max-width: 110rem;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
h1, p { margin: 0; }
a { color: inherit; text-underline-offset: .2em; }
:focus-visible { outline: .2rem solid var(--focus); outline-offset: .15rem; }
header {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: .25rem 1rem;
  padding-bottom: .75rem;
}
h1 { font-size: 1.25rem; line-height: 1.2; overflow-wrap: anywhere; }
#state { color: var(--away); }
#state::before {
  content: "";
  display: inline-block;
  width: .6em;
  height: .6em;
  margin-right: .45em;
  border-radius: 50%;
  background: currentColor;
}
#state[data-state="live"] { color: var(--live); }
#state[data-state="connecting"], #state[data-state="paused"] {
  color: var(--quiet);
}
#watching { margin-left: auto; font-variant-numeric: tabular-nums; }
#watching, #facts, #sharing { color: var(--quiet); }
#stage {
  --width: 16;
  --height: 9;
  display: grid;
  /* As wide as the page, but no higher than the window leaves room for. */
  width: min(100%, (100dvh - 11.5rem) * var(--width) / var(--height));
  min-width: min(100%, 16rem);
  aspect-ratio: var(--width) / var(--height);
  margin: 0 auto;
  overflow: hidden;
  border-radius: .25rem;
  background: #000;
}
#stage img {
  grid-area: 1 / 1;
  width: 100%;
  height: 100%;
  min-height: 0;
  object-fit: contain;
}
#stage.enlarged img { image-rendering: pixelated; }
#facts { padding: .4rem 0 .75rem; font-size: .875rem; text-align: center; }
[hidden] { display: none !important; }
#actions, #embedding { display: flex; gap: .5rem; }
#actions { flex-wrap: wrap; justify-content: center; }
#sharing {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: .4rem;
  max-width: 36rem;
  margin: 1rem auto 0;
  font-size: .875rem;
}
input, button, #actions a {
  padding: .45rem .7rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  background: var(--field);
  color: var(--ink);
  font: inherit;
}
input { flex: 1; min-width: 0; font-family: ui-monospace, monospace; }
button { cursor: pointer; }
#actions a { text-decoration: none; }
button:hover, #actions a:hover { border-color: var(--quiet); }
h2 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
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
#channels a:hover { border-color: var(--line); }
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
  overflow-wrap: anywhere;
  line-height: 1.3;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
}
#channels .about { color: var(--quiet); font-size: .8125rem; }
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
  .several header { grid-column: 1 / -1; }
  .several #channels {
    /* A list of its own length beside the picture, not below it. */
    max-height: calc(100dvh - 6rem);
    overflow-y: auto;
  }
  .several h2 { margin-top: 0; }
  .several #channels ul { grid-template-columns: 1fr; gap: .25rem; }
  .several #channels a {
    grid-template-columns: 6rem minmax(0, 1fr);
    grid-template-rows: auto 1fr;
    column-gap: .6rem;
  }
  .several .still { grid-row: 1 / 3; }
}
`;
