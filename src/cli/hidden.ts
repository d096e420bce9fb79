import { SecretWords } from "../source/secrets/secret_words.ts";

/** Secrets that messages must not have. */
export class Hidden {
  #newest: readonly string[];
  #words: SecretWords;

  /** @param texts Whatever may hold secrets: inputs, addresses, values. */
  constructor(texts: readonly string[]) {
    this.#newest = texts;
    this.#words = new SecretWords(texts);
  }

  /** Adds secrets, besides those of the last time: some may still be used. */
  add(texts: readonly string[]): void {
    this.#words = new SecretWords([...new Set([...this.#newest, ...texts])]);
    this.#newest = texts;
  }

  /** Removes the secrets from a message. */
  readonly hide = (text: string): string => this.#words.hide(text);
}
