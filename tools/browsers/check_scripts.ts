import ts from "typescript";
import { type Feature, feature, ignorant } from "./compat.ts";

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  noEmit: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  types: [],
};

/**
 * Finds what scripts use of browsers that the oldest ones do not know.
 *
 * What a script asks for before it uses it, as in `"share" in navigator`, is
 * left alone in the whole script.
 *
 * @param paths The scripts; those that they import are looked at, too.
 * @returns A line for each place.
 */
export function checkScripts(paths: string[]): string[] {
  const program = ts.createProgram(paths, OPTIONS);
  const checker = program.getTypeChecker();
  return program.getSourceFiles()
    .filter((file) => !file.isDeclarationFile)
    .flatMap((file) => new ScriptCheck(file, checker).run());
}

/** A name that a script uses, and the kinds of objects that have it. */
interface Use {
  node: ts.Node;
  /** As it is told to people. */
  name: string;
  features: Feature[];
  /** Names, one of which a script may have asked for. */
  guards: string[];
}

class ScriptCheck {
  readonly #file: ts.SourceFile;
  readonly #checker: ts.TypeChecker;
  readonly #asked = new Set<string>();
  readonly #problems: string[] = [];

  constructor(file: ts.SourceFile, checker: ts.TypeChecker) {
    this.#file = file;
    this.#checker = checker;
  }

  run(): string[] {
    this.#walk(this.#file, (node) => this.#noteAsked(node));
    this.#walk(this.#file, (node) => this.#look(node));
    return this.#problems;
  }

  #walk(node: ts.Node, visit: (node: ts.Node) => void): void {
    visit(node);
    ts.forEachChild(node, (child) => this.#walk(child, visit));
  }

  #noteAsked(node: ts.Node): void {
    if (
      ts.isBinaryExpression(node) && ts.isStringLiteral(node.left) &&
      node.operatorToken.kind === ts.SyntaxKind.InKeyword
    ) this.#asked.add(node.left.text.toLowerCase());
  }

  #look(node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node)) {
      this.#member(node.expression, node.name);
    } else if (ts.isBindingElement(node)) {
      const name = node.propertyName ?? node.name;
      if (ts.isObjectBindingPattern(node.parent) && ts.isIdentifier(name)) {
        this.#member(node.parent, name);
      }
    } else if (ts.isIdentifier(node)) this.#global(node);
  }

  /** A member of an object or of a class. */
  #member(owner: ts.Node, member: ts.Node & { text: string }): void {
    const type = this.#checker.getTypeAtLocation(owner);
    if (type.flags & ts.TypeFlags.Any) {
      return this.#report(member, `the type of what has ${member.text}`);
    }
    const kinds = this.#kindsOf(type);
    const own = ts.isIdentifier(owner) && this.#isOfLibrary(owner)
      ? [owner.text]
      : [];
    const features = [
      ...own.flatMap((name) => [
        feature("api", name, `${member.text}_static`),
        feature("javascript", "builtins", name, member.text),
      ]),
      ...kinds.flatMap((name) => [
        feature("api", name, member.text),
        feature("javascript", "builtins", name, member.text),
      ]),
    ].filter((found) => found !== undefined);
    this.#check({
      node: member,
      name: [own[0] ?? kinds[0], member.text].join("."),
      features,
      guards: [
        member.text,
        ...own,
        ...kinds.flatMap((kind) => [kind, `create${kind}`]),
      ],
    });
  }

  /** A name that is there everywhere. */
  #global(node: ts.Identifier): void {
    const { parent } = node;
    const isMember = ts.isPropertyAccessExpression(parent) &&
        parent.name === node ||
      ts.isBindingElement(parent) ||
      ts.isPropertyAssignment(parent) && parent.name === node;
    if (isMember || !this.#isOfLibrary(node)) return;
    const features = [
      feature("api", node.text),
      feature("api", "Window", node.text),
      feature("javascript", "builtins", node.text),
    ].filter((found) => found !== undefined);
    const guards = [node.text];
    this.#check({ node, name: node.text, features, guards });
  }

  #check({ node, name, features, guards }: Use): void {
    if (guards.some((guard) => this.#asked.has(guard.toLowerCase()))) return;
    // The nearest kind of object is the first.
    const [found] = features;
    const browsers = found === undefined ? [] : ignorant(found);
    if (browsers.length > 0) {
      this.#report(node, `${name} (not in ${browsers.join(", ")})`);
    }
  }

  #report(node: ts.Node, text: string): void {
    const { fileName } = this.#file;
    const { line } = this.#file.getLineAndCharacterOfPosition(node.getStart());
    this.#problems.push(`${fileName}:${line + 1}: ${text}`);
  }

  /** The names of the interfaces of a type, the nearest first. */
  #kindsOf(type: ts.Type): string[] {
    if (type.isUnionOrIntersection()) {
      return type.types.flatMap((one) => this.#kindsOf(one));
    }
    const plain = this.#checker.getApparentType(type);
    const name = plain.symbol?.name;
    const bases = plain.isClassOrInterface()
      ? this.#checker.getBaseTypes(plain)
      : plain.symbol?.declarations?.some(ts.isInterfaceDeclaration)
      ? this.#checker.getBaseTypes(
        this.#checker.getDeclaredTypeOfSymbol(plain.symbol) as ts.InterfaceType,
      )
      : [];
    const own = name === undefined || name.startsWith("__")
      ? []
      : [name.replace(/Constructor$/, "")];
    return [...own, ...bases.flatMap((base) => this.#kindsOf(base))];
  }

  #isOfLibrary(node: ts.Identifier): boolean {
    const declarations = this.#checker.getSymbolAtLocation(node)?.declarations;
    return declarations?.every((declaration) =>
      declaration.getSourceFile().isDeclarationFile
    ) ?? false;
  }
}
