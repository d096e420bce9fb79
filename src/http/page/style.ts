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
#watching, #facts, footer { color: var(--quiet); }
#stage {
  --width: 16;
  --height: 9;
  display: grid;
  /* As wide as the page, but no higher than the window leaves room for. */
  width: min(100%, (100dvh - 13.5rem) * var(--width) / var(--height));
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
footer {
  display: grid;
  gap: .4rem;
  max-width: 36rem;
  margin: 0 auto;
  font-size: .875rem;
}
#embedding { display: flex; gap: .5rem; }
input, button {
  padding: .45rem .7rem;
  border: 1px solid var(--line);
  border-radius: .25rem;
  background: var(--field);
  color: var(--ink);
  font: inherit;
}
input { flex: 1; min-width: 0; font-family: ui-monospace, monospace; }
button { cursor: pointer; }
button:hover { border-color: var(--quiet); }
`;
