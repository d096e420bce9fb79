/**
 * A search for types that are not written. Of a package from JSR, Deno knows
 * only what is written: a parameter whose default is a constant, as in
 * `delay = MIN_DELAY`, then has the type `2` of that constant, and takes
 * nothing else. `deno publish` lets that pass.
 *
 * @module
 */

type FunctionNode =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

const FUNCTION = /^(Arrow)?Function/;
/** Values that say of what type they are. */
const TELLING = /^(Literal|NewExpression|(Arrow)?FunctionExpression)$/;

/**
 * Finds, in a module, parameters with a default, fields with an initial value
 * and constants whose types are not written, where others can use them: not in
 * private members, nor in functions within functions.
 *
 * @param source The module.
 * @param isPublic Tells whether the package exports a constant by this name.
 * @returns What was found, as it is written.
 */
export function unwrittenTypes(
  source: string,
  isPublic: (name: string) => boolean,
): string[] {
  const found: string[] = [];
  const rule: Deno.lint.Rule = {
    create({ sourceCode }) {
      const tell = ({ range }: { range: Deno.lint.Range }) =>
        found.push(source.slice(...range));
      const visitFunction = (node: FunctionNode) => {
        const isOpen = !isPrivate(node) &&
          !sourceCode.getAncestors(node).some(isFunction);
        if (isOpen) node.params.filter(isUnwritten).forEach(tell);
      };
      return {
        FunctionDeclaration: visitFunction,
        FunctionExpression: visitFunction,
        ArrowFunctionExpression: visitFunction,
        PropertyDefinition(node) {
          if (isUnwrittenField(node)) tell(node);
        },
        VariableDeclarator(node) {
          if (isUnwrittenConstant(node) && isPublic(nameOf(node))) tell(node);
        },
      };
    },
  };
  const rules = { written: rule };
  Deno.lint.runPlugin({ name: "types", rules }, "module.ts", source);
  return found;
}

function isPrivate({ parent }: FunctionNode): boolean {
  return parent.type === "MethodDefinition" &&
    parent.key.type === "PrivateIdentifier";
}

function isFunction({ type }: Deno.lint.Node): boolean {
  return FUNCTION.test(type);
}

function isUnwritten(parameter: Deno.lint.Parameter): boolean {
  const { type } = parameter;
  if (type === "TSParameterProperty") return isUnwritten(parameter.parameter);
  return type === "AssignmentPattern" &&
    parameter.left.typeAnnotation === undefined;
}

function isUnwrittenField(
  { key, value, typeAnnotation }: Deno.lint.PropertyDefinition,
): boolean {
  return key.type !== "PrivateIdentifier" && typeAnnotation === undefined &&
    value !== null && !TELLING.test(value.type);
}

function isUnwrittenConstant(
  { id, init, parent }: Deno.lint.VariableDeclarator,
): boolean {
  return parent.parent.type === "ExportNamedDeclaration" &&
    id.typeAnnotation === undefined && !FUNCTION.test(init?.type ?? "");
}

function nameOf({ id }: Deno.lint.VariableDeclarator): string {
  return id.type === "Identifier" ? id.name : "";
}
