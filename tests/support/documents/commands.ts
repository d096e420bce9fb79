/** A command of a document, as a reader would copy it. */
export interface DocumentedCommand {
  /** The document, and the line where it begins. */
  place: string;
  /** One command of a shell, with its comment. */
  text: string;
}

/**
 * The commands of a document, by blocks: those of one block belong together.
 *
 * @param path Names the document in what is found.
 * @param text The document.
 */
export function commandsOf(path: string, text: string): DocumentedCommand[][] {
  const blocks: DocumentedCommand[][] = [];
  let block: DocumentedCommand[] | undefined;
  let command: DocumentedCommand | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    if (block === undefined) {
      if (line === "```sh") blocks.push(block = []);
      continue;
    }
    if (line === "```") {
      block = undefined;
      continue;
    }
    if (command === undefined && /^\s*(#.*)?$/.test(line)) continue;
    const place = `${path}, line ${index + 1}`;
    if (command === undefined) block.push(command = { place, text: line });
    else command.text += `\n${line}`;
    if (!line.endsWith("\\")) command = undefined;
  }
  return blocks;
}
