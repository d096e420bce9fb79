import postcss, {
  type AtRule,
  type Container,
  type Declaration,
  type Node,
} from "postcss";
import { type Feature, feature, ignorant } from "./compat.ts";

/** Functions, units and words in a value. */
const FUNCTION = /(?<![\w-])(-?[a-z][\w-]*)\(/g;
const UNIT = /(?<![\w#-])-?[\d.]+([a-z]+)/gi;
const WORD = /(?<![\w.#(-])[a-z][a-z-]*(?![\w(-])/g;
const PSEUDO = /::?([a-z-]+)/g;
const MEDIA_FEATURE = /\(\s*([a-z-]+)/g;
/** Units that have no feature of their own. */
const UNIT_GROUPS = [
  { units: /^[sld]v/, name: "viewport_percentage_units_dynamic" },
  { units: /^cq/, name: "container_query_length_units" },
];
/** Browsers take the first font of a list that they know. */
const LISTS_FALLBACKS = /^font(-family)?$/;

/** What is said, and the browsers that do not know it. */
interface Unknown {
  text: string;
  browsers: string[];
}

/**
 * Finds what a style sheet says that the oldest browsers do not know.
 *
 * Of several values of a property in a rule, a browser has to know one.
 *
 * @param path The style sheet, for messages.
 * @param css Its text.
 * @param harmless What old browsers may do without, as messages have it.
 * @returns A line for each place.
 */
export function checkStyles(
  path: string,
  css: string,
  harmless: ReadonlySet<string> = new Set(),
): string[] {
  const problems: string[] = [];
  const report = ({ source }: Node, unknown: Unknown[]) => {
    for (const { text, browsers } of unknown) {
      if (browsers.length === 0 || harmless.has(text)) continue;
      const place = `${path}:${source?.start?.line}`;
      problems.push(`${place}: ${text} (not in ${browsers.join(", ")})`);
    }
  };
  const root = postcss.parse(css);
  root.walkAtRules((rule) => report(rule, ofAtRule(rule)));
  root.walkRules((rule) => {
    const names = [...rule.selector.matchAll(PSEUDO)].map(([, name]) => name);
    report(
      rule,
      names.map((name) => unknown(`:${name}`, "selectors", name)),
    );
  });
  root.walkDecls((declaration) => {
    const known = siblings(declaration).map(ofDeclaration);
    const unknown = ofDeclaration(declaration).map((one) => ({
      ...one,
      browsers: one.browsers.filter((browser) =>
        known.every((others) =>
          others.some(({ browsers }) => browsers.includes(browser))
        )
      ),
    }));
    report(declaration, unknown);
  });
  return problems;
}

function ofAtRule({ name, params }: AtRule): Unknown[] {
  return [
    unknown(`@${name}`, "at-rules", name),
    ...[...params.matchAll(MEDIA_FEATURE)].map(([, of]) =>
      unknown(`@${name} ${of}`, "at-rules", name, of)
    ),
  ];
}

function ofDeclaration(declaration: Declaration): Unknown[] {
  const { prop, value } = declaration;
  const words = LISTS_FALLBACKS.test(prop) ? [] : [...value.matchAll(WORD)];
  const ofProperty = (text: string, ...path: string[]) =>
    unknown(text, "properties", prop, ...path);
  return [
    ofProperty(prop),
    ...isFlex(declaration)
      ? [ofProperty(`${prop} in flex`, "flex_context")]
      : [],
    ...words.map(([word]) => ofProperty(`${prop}: ${word}`, word)),
    ...[...value.matchAll(FUNCTION)].map(([, name]) =>
      told(`${name}()`, functionFeature(name))
    ),
    ...[...value.matchAll(UNIT)].map(([, unit]) => {
      const group = UNIT_GROUPS.find(({ units }) => units.test(unit));
      return unknown(unit, "types", "length", group?.name ?? unit);
    }),
  ];
}

/** Functions are types of their own, or of a group, as colors. */
function functionFeature(name: string): Feature | undefined {
  const types = feature("css", "types")!;
  return feature("css", "types", name) ??
    Object.keys(types)
      .map((group) => feature("css", "types", group, name))
      .find((found) => found !== undefined);
}

function unknown(text: string, ...path: string[]): Unknown {
  return told(text, feature("css", ...path));
}

function told(text: string, found: Feature | undefined): Unknown {
  return { text, browsers: found === undefined ? [] : ignorant(found) };
}

/** The declarations of the same property in a rule. */
function siblings({ parent, prop }: Declaration): Declaration[] {
  return ((parent as Container).nodes ?? []).filter((
    node,
  ): node is Declaration => node.type === "decl" && node.prop === prop);
}

/** True if the declaration's rule lays out by flex. */
function isFlex({ parent }: Declaration): boolean {
  return ((parent as Container).nodes ?? []).some((node) =>
    node.type === "decl" && node.prop === "display" &&
    node.value.endsWith("flex")
  );
}
