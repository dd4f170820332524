import type { Ignorer } from "@stryker-mutator/api/ignore";

interface Node {
  type: string;
}
interface NodePath {
  node: Node;
  key: string | number | null;
  listKey?: string | null;
  parentPath: NodePath | null;
}

/**
 * Leaves the words of errors alone: the arguments of `throw new …Error(…)`.
 *
 * A test holds that the error is thrown and what it says of the value; every word of it would be a second copy.
 */
export const messages: Ignorer = {
  shouldIgnore(path) {
    const { node, parentPath } = path as unknown as NodePath;
    const thrown = node.type === "NewExpression" && parentPath?.node.type === "ThrowStatement";
    return thrown ? "the words of an error" : undefined;
  },
};
