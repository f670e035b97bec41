// Gathers the icons that templates and Python code name into one sprite, from Lucide (ISC).
// A name that Lucide does not know stops the build: a page never shows an empty square.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const TEMPLATE_ICON = /\{%\s*icon\s+["']([a-z0-9-]+)["']|\bicon=["']([a-z0-9-]+)["']/g;
const PYTHON_ICON = /\bicon=["']([a-z0-9-]+)["']/g;
const LUCIDE = "node_modules/lucide-static";

export function iconSprite(sources: string): Plugin {
  return {
    name: "pilkades-icon-sprite",
    generateBundle() {
      const names = [...findNames(sources)].sort();
      const symbols = names.map(symbol).join("");
      const licence = readFileSync(join(LUCIDE, "LICENSE"), "utf8");
      const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>\n`;
      this.emitFile({ type: "asset", fileName: "icons.svg", source: sprite });
      this.emitFile({ type: "asset", fileName: "icons.LICENSE.txt", source: licence });
    },
  };
}

function findNames(sources: string): Set<string> {
  const names = new Set<string>();
  for (const entry of readdirSync(sources, { recursive: true, withFileTypes: true })) {
    const pattern = entry.name.endsWith(".html")
      ? TEMPLATE_ICON
      : entry.name.endsWith(".py")
        ? PYTHON_ICON
        : null;
    if (!entry.isFile() || pattern === null) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    for (const match of text.matchAll(pattern)) names.add((match[1] ?? match[2]) as string);
  }
  return names;
}

function symbol(name: string): string {
  let svg: string;
  try {
    svg = readFileSync(join(LUCIDE, "icons", `${name}.svg`), "utf8");
  } catch {
    throw new Error(`No icon "${name}" in Lucide; see https://lucide.dev/icons for the names.`);
  }
  const shapes = svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.indexOf("</svg>"))
    .replace(/\s+/g, " ")
    .replaceAll("> <", "><")
    .trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}
