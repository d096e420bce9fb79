// Written by `deno task page`; change the files that it names.

/** The style of notices. */
export const noticeCss: string =
  `:root{--ground: #f6f6f3;--ink: #1c1c1a;--quiet: #5c5c57;--line: #d3d3cd;--field: #fff;--live: #1a7f37;--away: #9a4b00;--focus: #0a58ca}@media(prefers-color-scheme:dark){:root{--ground: #161615;--ink: #ececea;--quiet: #a3a39d;--line: #3a3a37;--field: #20201f;--live: #4ac26b;--away: #f0a54a;--focus: #7ab3ff}}*{box-sizing:border-box}body{max-width:36rem;margin:12vh auto 0;padding:1rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:break-word}h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.2}p{margin:0 0 1rem}ul{padding-left:1.25rem}a{color:inherit}:focus-visible{outline:.2rem solid var(--focus);outline-offset:.15rem}.wrong{color:var(--away)}label{display:block;margin-bottom:.25rem}.field{display:flex}input,button{padding:.5rem .75rem;border:1px solid var(--quiet);border-radius:.25rem;background:var(--field);color:var(--ink);font:inherit}input{flex:1;min-width:0;margin-right:.5rem}button{cursor:pointer}
`;

/** The words of notices, as they stand in HTML. */
export const noticeWords = {
  token: "A token is needed to watch",
  aboutToken: "Whoever runs this server has it. It is kept in this browser.",
  label: "Token",
  watch: "Watch",
  wrong: "That is not the token.",
  password: "A user and a password are needed to watch",
  aboutPassword: "Load the page again to be asked for them.",
  nothing: "There is nothing at this address",
  busy: "Not now",
  again: "This page tries again by itself.",
  refused: "This cannot be had",
  home: "To the live pictures",
} as const;
