/**
 * The page's script: asks the server for the state of the channels, tells the
 * person, and decides which stream to show, when, and when to take a fresh one.
 *
 * @module
 */

import { element, write } from "./elements.js";
import { fetchStatuses } from "./fetch_statuses.js";
import { isDue, isForgotten } from "./image_age.js";
import { LivePicture } from "./live_picture.js";
import { followScreen } from "./on_screen.js";
import { factsOf } from "./picture/facts.js";
import { KeptStill } from "./picture/kept_still.js";
import { showShape } from "./picture/shape.js";
import { showTab } from "./picture/tab.js";
import { Viewing } from "./picture/viewing.js";
import { SocketPicture } from "./socket_picture.js";
import { noteSize, offer, prepareSharing } from "./share/share.js";
import { cleanAddress, nameInAddress } from "./state/address.js";
import { Notice } from "./state/notice.js";
import { pictureTrouble } from "./state/trouble.js";
import { neighborOf, sourceState } from "./status.js";
import { Wall } from "./wall/wall.js";
import { Windows } from "./windows.js";
import { filled, PAGE, STATE, WALL } from "./words.js";
/** @import { Status } from "./status.js" */
/** @import { Trouble } from "./state/trouble.js" */

const STATUS_INTERVAL_MILLISECONDS = 2000;
/** Between two looks at what is seen. */
const SHOW_MILLISECONDS = 500;
/** Connections do not live through a computer's sleep. */
const ASLEEP_MILLISECONDS = 15000;

cleanAddress();
const stage = element("stage");
const notice = new Notice(stage);
/** The name of the channel that is open; empty while there is none. */
let current = stage.dataset.channel ?? "";
/** By WebSocket, unless a proxy or an old browser lets none through. */
let live = "WebSocket" in globalThis ? socketPicture() : imagePicture();
const still = new KeptStill(stage);
const windows = new Windows({
  onStatuses(answer) {
    if (asking && !isTold()) tellStatuses(answer);
  },
  onChange: watchOrPause,
});
const wall = new Wall(element("channels"), {
  onChoose: choose,
  onWall() {
    history.pushState(null, "", wallAddress);
    open("");
  },
  onStatuses: tellStatuses,
  onChange: showAll,
});
/** Where the wall was left, with its choices. */
let wallAddress = nameInAddress() === "" ? "./" + location.search : "./";
const viewing = new Viewing(stage, {
  onHold() {
    // An <img> shows nothing once it is let go.
    if (viewing.held && live instanceof LivePicture && status !== undefined) {
      still.load(status, watchOrPause);
    } else watchOrPause();
    showAll();
  },
  onStep(step) {
    const name = neighborOf(statuses ?? [], current, step);
    if (name !== undefined) choose(name);
  },
  onShape: showSize,
  onLook: showAll,
  seen: () => ({
    channel: current,
    isPhotograph: isPhotograph(),
    still: heldPicture(),
  }),
});
/** All that there are, once that is known. @type {Status[] | undefined} */
let statuses;
/** Of the one that is open. @type {Status | undefined} */
let status;
/** True if the source goes on, and shows what it has shown before. */
let isSame = false;
/** Why the server tells nothing. @type {Trouble | undefined} */
let trouble;
/** Why the picture cannot be had. @type {Trouble | undefined} */
let pictureProblem;
/** When the server told the state, by performance.now(). */
let toldMilliseconds = 0;
/** True until another channel's picture is there. */
let isChanging = false;
let streamBytes = 0;
let onScreen = true, pageHidden = false;
let asking = false, statusTimer = 0, statusDue = Infinity;

function socketPicture() {
  const picture = new SocketPicture(stage, current, {
    onChange: showAll,
    onStatuses: tellStatuses,
    onRefused() {
      picture.remove();
      live = imagePicture();
      watchOrPause();
    },
  });
  return picture;
}

function imagePicture() {
  const picture = new LivePicture(stage, current, () => {
    showAll();
    // The server counts one more now.
    if (picture.state === "live") askStatus();
  });
  return picture;
}

/** True if a connection for pictures tells the state. */
function isTold() {
  return wall.isTelling ||
    live instanceof SocketPicture && live.state === "live";
}

/** True if the wall is open, not one channel. */
function isWall() {
  return current === "" && wall.isWanted;
}

/** @param {string} name */
function choose(name) {
  if (name === current) return;
  history.pushState(null, "", name);
  open(name);
  // The list may be far below the picture.
  const { top, bottom } = stage.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) scrollTo(0, 0);
}

function isPhotograph() {
  return live instanceof SocketPicture && live.isPhotograph;
}

/** The picture that is held. */
function heldPicture() {
  if (!viewing.held) return undefined;
  return live instanceof SocketPicture && live.picture || still.image;
}

/** @param {string} name Of a channel; empty: the wall. */
function open(name) {
  if (name === current) return;
  current = name;
  wall.open(name);
  viewing.change(name);
  if (name === "") {
    status = undefined;
    showAll();
    return watchOrPause();
  }
  // It may have been hidden by the wall.
  onScreen = true;
  isChanging = true;
  status = statuses?.find((channel) => channel.name === name);
  streamBytes = 0;
  still.change(name);
  live.change(name);
  offer(name);
  showAll();
  watchOrPause();
}

function watchOrPause() {
  const visible = !pageHidden && !document.hidden;
  if (!visible) {
    clearTimeout(statusTimer);
    asking = false;
  }
  wall.watch(visible);
  const isWanted = visible && onScreen && current !== "" && !viewing.held;
  // A WebSocket takes none of the connections that windows share.
  const isShared = !(live instanceof SocketPicture);
  windows.want(isWanted && isShared);
  if (!isWanted || isShared && !windows.mayStream) live.stop();
  else if (live.state === "paused") {
    live.start();
    streamBytes = 0;
  }
  if (visible && !asking) {
    asking = true;
    statusDue = Infinity;
    askStatus();
  }
}

async function askStatus() {
  clearTimeout(statusTimer);
  const asked = Date.now();
  const slept = asked > statusDue + ASLEEP_MILLISECONDS;
  if (slept && live instanceof SocketPicture) live.renew();
  const wasHeard = performance.now() - windows.heardMilliseconds <
    STATUS_INTERVAL_MILLISECONDS;
  if (!isTold() && !wasHeard) {
    const answer = await fetchStatuses();
    if (!asking) return;
    if (typeof answer === "string") trouble = answer;
    else {
      takeStatuses(answer, slept);
      windows.tell(answer);
    }
  }
  const isLost = trouble === undefined && live.state === "reconnecting";
  pictureProblem = isLost ? await pictureTrouble(current) : undefined;
  if (!asking) return;
  insistWhileFull();
  showAll();
  statusDue = asked + STATUS_INTERVAL_MILLISECONDS;
  clearTimeout(statusTimer);
  statusTimer = setTimeout(askStatus, Math.max(statusDue - Date.now(), 0));
}

/** A server that is full refuses a WebSocket, too, which it has all the same. */
function insistWhileFull() {
  const isFull = pictureProblem === "full";
  if (isFull && live instanceof LivePicture && "WebSocket" in globalThis) {
    live.stop();
    live = socketPicture();
    watchOrPause();
  }
  if (live instanceof SocketPicture) live.insists = isFull;
}

/** @param {Status[]} answer */
function tellStatuses(answer) {
  takeStatuses(answer);
  showAll();
}

/**
 * @param {Status[]} answer
 * @param {boolean} [slept] Whether the computer did not run for a while.
 */
function takeStatuses(answer, slept = false) {
  statuses = answer;
  toldMilliseconds = performance.now();
  wall.update(answer);
  if (nameInAddress() === "" && answer.length > 0) {
    open(wall.isWanted ? "" : answer[0].name);
  }
  const now = answer.find(({ name }) => name === current);
  if (now !== undefined) takeStatus(now, slept);
  // A stream that is not there is asked for again and again.
  else status = undefined;
  trouble = undefined;
}

/**
 * @param {Status} now
 * @param {boolean} slept
 */
function takeStatus(now, slept) {
  const before = status ?? now;
  const share = now.publishedBytes - before.publishedBytes;
  streamBytes += Math.max(0, share);
  const back = status === undefined && live.state === "reconnecting";
  const isAnew = back || now.frames < before.frames;
  const lost = slept || trouble !== undefined || isAnew;
  isSame = now.unchangedFrames > before.unchangedFrames;
  status = now;
  // What comes by WebSocket takes no memory, and tells when it is lost.
  if (viewing.held && heldPicture() === undefined) {
    still.loadUnlessIdle(now, showAll);
  }
  if (live instanceof SocketPicture) return;
  if (lost || isForgotten(live, now) || isDue(live, streamBytes)) {
    streamBytes = 0;
    live.renew();
  }
  if (live.state === "live" || isCrowded()) still.keep(now, isCrowded());
}

function showAll() {
  showState();
  showSize();
  wall.show(trouble !== undefined && !isTold());
  const title = isWall()
    ? WALL.title
    : status?.title ?? (current || PAGE.title);
  write(element("name"), title);
  stage.setAttribute("aria-label", filled(PAGE.pictureOf, { title }));
  const isAway = trouble !== undefined || live.state === "reconnecting";
  const viewers = isAway ? undefined : status?.viewers;
  write(
    element("watching"),
    viewers === undefined ? "" : filled(PAGE.watching, { count: viewers }),
  );
  viewing.details.show(factsOf(live, status));
  viewing.showHasPicture(status !== undefined && status.frames > 0);
  const kind = stateSeen() === "live" ? "live" : viewing.held ? "held" : "away";
  showTab(title, element("state").textContent ?? "", kind);
}

function showState() {
  const state = stateSeen();
  const output = element("state");
  const { text, isWell } = wall.summary;
  const isTelling = isWall() && state === "live";
  output.dataset.state = isTelling && !isWell ? "waiting" : state;
  const seconds = (behindMilliseconds() / 1000).toFixed(0);
  write(output, isTelling ? text : filled(STATE[state], { seconds }));
  if (live.state === "live" || heldPicture()) isChanging = false;
  stage.classList.toggle("changing", isChanging);
  notice.show({
    state,
    name: current,
    status,
    toldMilliseconds: performance.now() - toldMilliseconds,
  });
}

/** @returns {keyof typeof STATE} */
function stateSeen() {
  const { state } = live;
  const isWatching = isWall() || state !== "paused";
  if (trouble !== undefined && !isTold() && isWatching) return trouble;
  if (isWall()) return wall.stateOf(statuses !== undefined);
  if (viewing.past.time !== undefined) return "past";
  if (viewing.held && current !== "") return "held";
  if (isCrowded()) return "crowded";
  if (behindMilliseconds() > 0) return "slow";
  if (state === "paused" && current !== "") return state;
  if (statuses === undefined) return current === "" ? "connecting" : state;
  if (status === undefined) return current === "" ? "empty" : "gone";
  if (state === "reconnecting" || state === "connecting" && pictureProblem) {
    return pictureProblem ?? state;
  }
  const source = sourceState(status);
  if (source !== "live") return source;
  return state === "live" && isStopped() ? "waiting" : state;
}

/** How late the pictures were that came by a slow connection. */
function behindMilliseconds() {
  return live instanceof SocketPicture ? live.link.behindMilliseconds : 0;
}

/** True if other windows hold all connections that a picture could have. */
function isCrowded() {
  return live.state === "paused" && windows.mayStream === false;
}

/** True if no picture comes, although some should. */
function isStopped() {
  // A camera that shows the same again and again is live.
  return live instanceof SocketPicture && live.isStill && !isSame;
}

/** Gives the stage the picture's shape, and sharp pixels when enlarged. */
function showSize() {
  const told = isCrowded() || viewing.held ? status : undefined;
  const size = live.size ?? (told?.width ? told : undefined);
  if (size === undefined) return;
  noteSize(size);
  const { zoom } = viewing;
  showShape(stage, size, { zoom, isPhotograph: isPhotograph() });
}

// Pictures that stay away tell nothing by themselves, and time passes.
setInterval(() => {
  if (!document.hidden) showAll();
}, SHOW_MILLISECONDS);
prepareSharing();
offer(current);
viewing.change(current);
wall.open(current);
wall.watch(!document.hidden);
document.addEventListener("visibilitychange", watchOrPause);
addEventListener("resize", showSize);
addEventListener("popstate", () => {
  const name = nameInAddress();
  if (name === "") wallAddress = "./" + location.search;
  const first = wall.isWanted ? "" : statuses?.[0]?.name;
  if (name !== "" || first !== undefined) open(name || first || "");
});
addEventListener("pagehide", () => {
  pageHidden = true;
  watchOrPause();
});
addEventListener("pageshow", () => {
  pageHidden = false;
  // A tab whose page holds an unfinished image when it loads never finishes.
  if (document.readyState === "complete") setTimeout(watchOrPause);
});
followScreen(stage, (isSeen) => {
  onScreen = isSeen;
  if (document.readyState === "complete") watchOrPause();
});
document.body.dataset.runs = "yes";
