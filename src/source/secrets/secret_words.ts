import { commandOf, wordsOf } from "../command_input.ts";
import {
  decoded,
  isAlmostAddress,
  parseAddress,
  shownInput,
  unescaped,
  withShownAddresses,
} from "./shown_input.ts";
import { COVER, WordCover } from "./word_cover.ts";

/** Keys and options whose values are secret, even if short. */
const SECRET_KEY =
  /user|usr|pass|pwd|auth|key|tok|secret|cred|login|head|cook|proxy|refer|conn|play|data/i;
/** Values of options that are no secret: `tcp`, `640x480`, `00:01:00`. */
const HARMLESS_VALUE = /^([a-z]{0,12}|[a-z0-9_.:+-]{0,9})$/i;
/** Header fields that are secret in any text. */
export const SECRET_FIELD = /\b((proxy-)?authorization|(set-)?cookie):.*/gi;
/** Parameters that are secret in any text. */
export const SECRET_PARAMETER =
  /\b(user\w*|pass\w*|pwd|token|secret|\w*key|auth)=[^\s&]*/gi;
/** Names in paths as people choose them: `live`, `h264`, `axis-media`. */
const WORD = /^[\p{L}._-]*\d{0,3}$/u;
/** Delimiters between the parts of an address. */
const DELIMITERS = /[:/?#@&=;,\s]+/;
/** Paths, which are no secret in a command. */
const PATH = /^\.{0,2}\//;
const MIN_WORD = 3;
const MIN_PART = 4;

/**
 * The secrets of inputs (users, passwords, queries and the like). Removes them
 * from texts.
 */
export class SecretWords {
  /** Whole inputs, from each form in a text to the form that is shown. */
  readonly #inputs = new Map<string, string>();
  /** Parts of inputs that no other text has by chance. */
  readonly #parts = new Set<string>();
  readonly #secrets = new WordCover();
  /** Names in paths, which may or may not be secret. */
  readonly #names = new WordCover();

  /**
   * Collects the secrets.
   *
   * @param inputs Addresses, and inputs without secrets.
   * @param inputArguments Options that ffmpeg opens inputs with.
   */
  constructor(
    inputs: readonly string[],
    inputArguments: readonly string[] = [],
  ) {
    for (const input of inputs) this.#addInput(input);
    for (const value of secretValues(inputArguments)) {
      if (shownInput(value) === value) this.#addForms(value);
      else this.#addInput(value);
    }
  }

  /** Hides the secrets in a text of ours, which may quote an input. */
  hide(text: string): string {
    text = this.#withShownInputs(text);
    for (const part of this.#parts) text = text.replaceAll(part, COVER);
    return text;
  }

  /**
   * Hides the secrets in another program's text, which may have any part of an
   * input in any form.
   */
  hideAll(text: string): string {
    const shown = withShownAddresses(this.#withShownInputs(text))
      .replace(SECRET_FIELD, `$1: ${COVER}`)
      .replace(SECRET_PARAMETER, `$1=${COVER}`);
    return this.#names.cover(this.#secrets.cover(shown));
  }

  #withShownInputs(text: string): string {
    for (const [input, shown] of this.#inputs) {
      text = text.replaceAll(input, () => shown);
    }
    return text;
  }

  #addInput(input: string): void {
    const shown = shownInput(input);
    if (shown === input) return;
    for (const form of formsOf(input)) this.#inputs.set(form, shown);
    const command = commandOf(input);
    if (command !== undefined) return this.#addCommand(command);
    const address = parseAddress(input);
    if (address !== undefined) {
      const { user, path, rest } = address.hidden;
      this.#addUser(user);
      // ffmpeg may take any part for the host.
      if (address.host === undefined) {
        for (const part of rest.split(DELIMITERS)) this.#addForms(part);
      }
      this.#addSecret(rest);
      for (const segment of path) this.#addSegment(segment);
    } else if (isAlmostAddress(input)) this.#addLoose(input);
    // In a graph, any option may hold an address.
    else this.#addLoose(input.replace(/^\w+:\w*/, ""));
  }

  /** Adds addresses, and values of options that may be secret. */
  #addCommand(command: string): void {
    const words = wordsOf(command);
    for (const word of words) {
      if (word.includes("://")) this.#addInput(word.replace(/^[^:]*=/, ""));
    }
    const options = words.flatMap((word) => {
      const [, key, value] = word.match(/^-*(\w[\w-]*)=(.*)$/s) ?? [];
      if (key !== undefined) return [`-${key}`, value];
      return [word.replace(/^--+(?=\w)/, "-")];
    });
    for (const [i, option] of options.slice(0, -1).entries()) {
      const value = options[i + 1];
      if (!/^-\w/.test(option) || PATH.test(value)) continue;
      for (const secret of secretValues([option, value])) {
        if (!secret.includes("://")) this.#addForms(secret);
      }
    }
  }

  /** Adds a text that has an address somewhere. */
  #addLoose(text: string): void {
    this.#addSecret(text);
    for (const [user] of unescaped(text).matchAll(/[^=,;/\s]*@/g)) {
      this.#addUser(user);
    }
  }

  /** Adds `NAME:PASSWORD@`, also in the form of HTTP's Basic authentication. */
  #addUser(user: string): void {
    this.#addSecret(user);
    const [, name = "", password = ""] = user.match(/^([^:]*):?(.*)@$/s) ?? [];
    this.#addForms(name);
    this.#addForms(password);
    if (user === "") return;
    const credentials = `${decoded(name)}:${decoded(password)}`;
    this.#secrets.add(new TextEncoder().encode(credentials).toBase64());
  }

  #addSegment(segment: string): void {
    if (!WORD.test(decoded(segment))) this.#addSecret(segment);
    for (const form of formsOf(segment)) {
      if (form.length >= MIN_WORD) this.#names.add(form);
    }
  }

  #addSecret(text: string): void {
    this.#addForms(text);
    for (const form of formsOf(text)) {
      if (form.length >= MIN_PART && /[:@=&?]/.test(form)) {
        this.#parts.add(form);
      }
      for (const value of valuesIn(form)) this.#addForms(value);
    }
  }

  #addForms(text: string): void {
    for (const form of formsOf(text)) this.#secrets.add(form);
  }
}

/** Forms in which a text may stand elsewhere, the longest first. */
function formsOf(text: string): string[] {
  const forms = [text, unescaped(text), text.replaceAll("+", " ")]
    .flatMap((form) => [form, decoded(form)])
    .map((form) => form.toWellFormed())
    .flatMap((form) => [form, encodeURI(form), encodeURIComponent(form)]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** The values in a query, or in text that looks like one, as in paths. */
function* valuesIn(text: string): Generator<string> {
  for (const field of text.split(/[&;?#/,\s]+/)) {
    const [first, ...values] = field.split("=");
    if (values.length === 0 && isLongEnough(first)) yield first;
    let key = first;
    for (const [i, value] of values.entries()) {
      // As in `user=me_password=x`.
      const own = i < values.length - 1 ? value.replace(/_[^_]*$/, "") : value;
      for (const each of new Set([value, own])) {
        if (isLongEnough(each) || SECRET_KEY.test(key)) yield each;
      }
      key = value;
    }
  }
}

/**
 * True if a value is long enough to hide. Hiding `tcp` or `on` would harm more
 * than it helps.
 */
function isLongEnough(value: string): boolean {
  return value.length > MIN_WORD;
}

/** The arguments of ffmpeg's options that may be a secret. */
function* secretValues(args: readonly string[]): Generator<string> {
  let option = "", count = 0;
  for (const arg of args) {
    if (/^-[a-z]/i.test(arg)) {
      [option, count] = [arg, 0];
      continue;
    }
    const isFirst = count++ === 0;
    // Names of header fields are no secret.
    if (/^\W?[\w-]+:$/.test(arg)) continue;
    if (isFirst && !SECRET_KEY.test(option) && HARMLESS_VALUE.test(arg)) {
      continue;
    }
    yield arg;
  }
}
