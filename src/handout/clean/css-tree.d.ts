/** The part of css-tree that is used here; the package comes without types. */
declare module "css-tree" {
  export interface CssNode {
    type: string;
    name?: string;
    property?: string;
    /** Text of an address or of what could not be read; for a declaration, its value. */
    value?: string | CssNode;
    prelude?: CssNode | null;
    block?: CssNode | null;
    children?: Iterable<CssNode> | null;
  }
  export function parse(text: string, options: { context: string; parseCustomProperty: boolean }): CssNode;
  export function generate(node: CssNode): string;
  export function walk(node: CssNode, visit: (node: CssNode) => void): void;
}
