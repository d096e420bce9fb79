/**
 * Pictures of scenes as SVG, for a view box of 480x270. Text needs the fonts
 * DejaVu (`deno task setup --bench`).
 *
 * @module
 */

import type { Shot } from "../film.ts";
import { random } from "./noise.ts";

const WORDS = "compiled linking src/main.rs warning: unused variable error " +
  "[ok] 200 GET /live.gif 14ms cache miss build finished test passed in";

function text(
  x: number,
  y: number,
  size: number,
  color: string,
  content: string,
  font = "DejaVu Sans Mono",
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}" ` +
    `font-family="${font}" xml:space="preserve">${content}</text>`;
}

function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" ` +
    `fill="${fill}"/>`;
}

function line(number: number): string {
  const next = random(number * 7919 + 1);
  const words = WORDS.split(" ");
  const count = 3 + Math.floor(next() * 6);
  return Array.from(
    { length: count },
    () => words[Math.floor(next() * words.length)],
  ).join(" ");
}

/** A terminal that writes, and scrolls by a line in most pictures. */
export function terminal(_shot: Shot, index: number): string {
  const colors = ["#d0d0d0", "#8ae234", "#729fcf", "#d0d0d0", "#ef2929"];
  const first = Math.floor(index * 0.8);
  let svg = rect(0, 0, 480, 270, "#1e1e1e");
  for (let row = 0; row < 18; row++) {
    const number = first + row;
    const stamp = `12:${`${10 + number % 50}`} `;
    svg += text(6, 14 + row * 14.5, 11, "#888a85", stamp);
    svg += text(52, 14 + row * 14.5, 11, colors[number % 5], line(number));
  }
  const cursor = index % 2 === 0 ? "#d0d0d0" : "#1e1e1e";
  return svg + rect(6, 262, 7, 8, cursor);
}

/** A chart whose curve grows and whose bars move. */
export function chart(_shot: Shot, index: number): string {
  let svg = rect(0, 0, 480, 270, "#ffffff");
  for (let i = 0; i <= 5; i++) {
    const y = 30 + i * 40;
    svg += rect(40, y, 420, 1, "#e0e0e0") +
      text(10, y + 4, 10, "#606060", `${100 - i * 20}`, "DejaVu Sans");
  }
  const value = (x: number) =>
    120 + 60 * Math.sin(x / 31) + 25 * Math.sin(x / 7.3);
  const points = Array.from(
    { length: 20 + index * 5 },
    (_, i) => `${40 + i * 2},${value(i * 2).toFixed(1)}`,
  );
  for (let bar = 0; bar < 8; bar++) {
    const height = 30 + 25 * Math.sin(index / 5 + bar);
    svg += `<rect x="${60 + bar * 50}" y="${230 - height}" width="24" ` +
      `height="${height}" fill="hsl(${bar * 40},60%,70%)"/>`;
  }
  svg += `<polyline points="${points.join(" ")}" fill="none" ` +
    `stroke="#1f77b4" stroke-width="2.5"/>`;
  const end = points[points.length - 1].split(",");
  return svg +
    `<circle cx="${end[0]}" cy="${end[1]}" r="5" fill="#d62728"/>` +
    text(340, 20, 13, "#202020", `load ${end[1]}`, "DejaVu Sans");
}

/** A clock with a second hand, and the time in digits. */
export function clock(_shot: Shot, index: number): string {
  const hand = (turns: number, length: number, width: number, color: string) =>
    `<line x1="180" y1="135" x2="${
      (180 + length * Math.sin(turns * 2 * Math.PI)).toFixed(2)
    }" y2="${
      (135 - length * Math.cos(turns * 2 * Math.PI)).toFixed(2)
    }" stroke="${color}" stroke-width="${width}" stroke-linecap="round"/>`;
  let svg = `<defs><radialGradient id="g"><stop offset="0" ` +
    `stop-color="#fdfdf8"/><stop offset="1" stop-color="#d8d4c0"/>` +
    `</radialGradient></defs>` + rect(0, 0, 480, 270, "#2c3e50") +
    `<circle cx="180" cy="135" r="120" fill="url(#g)" stroke="#111" ` +
    `stroke-width="4"/>`;
  for (let tick = 0; tick < 60; tick++) {
    const angle = tick / 60 * 2 * Math.PI;
    const inner = tick % 5 === 0 ? 100 : 108;
    svg += `<line x1="${180 + inner * Math.sin(angle)}" y1="${
      135 - inner * Math.cos(angle)
    }" x2="${180 + 114 * Math.sin(angle)}" y2="${
      135 - 114 * Math.cos(angle)
    }" stroke="#333" stroke-width="${tick % 5 === 0 ? 3 : 1}"/>`;
  }
  const seconds = index / 10;
  svg += hand(10.2 / 12 + seconds / 43200, 60, 6, "#222") +
    hand(0.2 + seconds / 3600, 90, 4, "#222") +
    hand(seconds / 60, 104, 1.5, "#c0392b");
  const shown = `10:12:${(10 + seconds).toFixed(1)}`;
  return svg + text(320, 145, 24, "#ecf0f1", shown);
}

/** A street at night, past which a car drives. */
export function nightStreet(_shot: Shot, index: number): string {
  const x = -60 + index * 14;
  let svg = `<defs><linearGradient id="s" x2="0" y2="1"><stop offset="0" ` +
    `stop-color="#0a0f1e"/><stop offset="1" stop-color="#2a2620"/>` +
    `</linearGradient><radialGradient id="l"><stop offset="0" ` +
    `stop-color="#ffe9a8" stop-opacity=".9"/><stop offset="1" ` +
    `stop-color="#ffe9a8" stop-opacity="0"/></radialGradient></defs>` +
    rect(0, 0, 480, 270, "url(#s)") + rect(0, 190, 480, 80, "#26241f");
  for (let house = 0; house < 5; house++) {
    svg += rect(10 + house * 96, 90 - house % 3 * 20, 80, 110, "#171512");
    for (let window = 0; window < 6; window++) {
      const lit = (house * 7 + window * 3) % 5 === 0;
      svg += rect(
        20 + house * 96 + window % 3 * 24,
        110 - house % 3 * 20 + Math.floor(window / 3) * 34,
        12,
        18,
        lit ? "#c9a24a" : "#201d1a",
      );
    }
  }
  for (const lamp of [90, 290, 450]) {
    svg += `<circle cx="${lamp}" cy="120" r="70" fill="url(#l)"/>`;
  }
  return svg + rect(x, 205, 60, 22, "#40262a") +
    `<ellipse cx="${x + 90}" cy="222" rx="50" ry="14" fill="url(#l)"/>`;
}

/** Titles that come in, over a background that moves slowly. */
export function titles(_shot: Shot, index: number): string {
  const shift = index * 1.5;
  const fade = Math.min(1, index / 12);
  const slide = Math.max(0, 200 - index * 18);
  return `<defs><linearGradient id="b" x1="0" y1="0" x2="1" y2="1">` +
    `<stop offset="0" stop-color="hsl(${200 + index},60%,30%)"/>` +
    `<stop offset="1" stop-color="hsl(${280 + index},60%,18%)"/>` +
    `</linearGradient></defs>` + rect(0, 0, 480, 270, "url(#b)") +
    `<circle cx="${120 + shift}" cy="90" r="70" fill="#fff" opacity=".12"/>` +
    `<circle cx="${360 - shift}" cy="190" r="90" fill="#fc0" opacity=".15"/>` +
    `<g opacity="${fade.toFixed(3)}">` +
    text(70, 130, 44, "#ffffff", "Endless GIF", "DejaVu Serif") + `</g>` +
    text(90 + slide, 180, 20, "#ffd166", "from any moving picture") +
    rect(70, 200, Math.min(340, index * 12), 4, "#ef476f");
}
