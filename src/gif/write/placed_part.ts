import type { LogicalScreen } from "../block.ts";
import type { Part } from "./frame_part.ts";
import { onClearScreen } from "./clear_screen.ts";

/**
 * A part that was made for one logical screen, as it is to be on another, at
 * whose top left it lies: a keyframe that leaves some of it uncovered clears
 * that first, and one that reaches past it is none any more, since browsers
 * would enlarge the screen for it.
 *
 * @param part Stays as it is.
 * @param from The screen that it was made for.
 * @param to The screen that viewers have.
 */
export function placedPart(
  part: Part,
  from: LogicalScreen,
  to: LogicalScreen,
): Part {
  if (!part.keyframe) return part;
  const covers = from.width >= to.width && from.height >= to.height;
  const overhangs = from.width > to.width || from.height > to.height;
  return {
    bytes: covers ? part.bytes : onClearScreen(to, part.bytes),
    keyframe: !overhangs,
  };
}
