import type { Relation } from "../algebra/follows.ts";
import type { Rule } from "../algebra/rules.ts";
import { type Expression, freeVariables } from "../language/expression.ts";
import type { ReadLine } from "./line.ts";

/** The line that the next one has to follow from. */
export interface Before {
  expression: Expression;
  text: string;
  number: number;
  /** The reasons of the lines since, those left to the reader among them. */
  rules: readonly Rule[];
  relation: Relation;
  /** Variables on which its value may depend: not those that a line equal to it does without. */
  dependsOn: ReadonlySet<string>;
}

/** Goes along the lines and remembers what the last written one was. */
export class Chain {
  private last: { line: ReadLine; expression: Expression; number: number; dependsOn: ReadonlySet<string> } | undefined;
  private skipped: ReadLine[] = [];

  next(line: ReadLine, place: number): Before | undefined {
    const { expression } = line;
    if (expression === undefined) {
      this.skipped.push(line);
      return undefined;
    }
    const { last, skipped } = this;
    const since = [...skipped, line];
    const relation = since.map(each => each.relation).find(each => each !== "=") ?? "=";
    const free = freeVariables(expression);
    const dependsOn = last && relation === "=" ? new Set([...last.dependsOn].filter(name => free.has(name))) : free;
    this.last = { line, expression, number: place + 1, dependsOn };
    this.skipped = [];
    if (last === undefined) return undefined;
    const rules = [...new Set(since.flatMap(each => each.rules))];
    return {
      expression: last.expression,
      text: last.line.text,
      number: last.number,
      rules,
      relation,
      dependsOn: last.dependsOn,
    };
  }
}
