import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const packages = fileURLToPath(new URL("../../../packages/", import.meta.url));
const pinned = fileURLToPath(new URL("../exports/", import.meta.url));

/** The published packages, by folder. */
export function packageFolders(): string[] {
  return readdirSync(packages).filter((folder) => existsSync(join(packages, folder, "package.json")));
}

/** Where the surface of a package is pinned. */
export function pinnedFile(folder: string): string {
  return join(pinned, `${folder}.txt`);
}

/** What a package exports, a line each: the entry, whether it is a type alone, and the name. */
export function surfaceOf(folder: string): string {
  const root = join(packages, folder);
  const { exports = {} } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    exports?: Record<string, string | Record<string, unknown>>;
  };
  const lines = Object.entries(exports).flatMap(([entry, target]) => {
    const source = typeof target === "object" ? target["@sotto/source"] : undefined;
    if (typeof source !== "string") return [entry];
    return exportsOf(join(root, source)).map((name) => `${entry} ${name}`);
  });
  return `${lines.sort().join("\n")}\n`;
}

/** The names that a module exports. Throws for `export *`, which would hide them. */
function exportsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
  return source.statements.flatMap((statement): string[] => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause, isTypeOnly } = statement;
      if (exportClause === undefined || !ts.isNamedExports(exportClause))
        throw new Error(`${file}: "export *" hides what is exported; name it`);
      return exportClause.elements.map((each) => `${isTypeOnly || each.isTypeOnly ? "type " : ""}${each.name.text}`);
    }
    if (!ts.canHaveModifiers(statement)) return [];
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText(source));
    const { name } = statement as unknown as { name?: ts.Identifier };
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    return name === undefined ? ["default"] : [`${isType ? "type " : ""}${name.text}`];
  });
}
