// Reads reports as others will: a validator of HTML, an accessibility checker and a browser.
// node check.mjs [--pictures FOLDER] PAGE.html…   (see README.md)
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const pages = process.argv.slice(2);
let pictures = null;
if (pages[0] === "--pictures") {
  pictures = resolve(pages[1]);
  mkdirSync(pictures, { recursive: true });
  pages.splice(0, 2);
}
if (pages.length === 0) {
  console.error("node check.mjs [--pictures FOLDER] PAGE.html…");
  process.exit(2);
}

const views = [
  { name: "phone", width: 390, height: 844 },
  { name: "desktop", width: 1280, height: 900 },
];
let wrong = 0;
function say(file, what) {
  wrong += 1;
  console.log(`${basename(file)}: ${what}`);
}

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // A matter of taste, not of validity.
    "long-title": "off",
    "no-trailing-whitespace": "off",
    "require-sri": "off",
    "void-style": "off",
    "doctype-style": "off",
  },
});

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

for (const page of pages) {
  const file = resolve(page);
  const report = await validator.validateFile(file);
  for (const result of report.results) {
    for (const found of result.messages) {
      say(file, `${found.line}:${found.column} ${found.ruleId}: ${found.message}`);
    }
  }
  const text = readFileSync(file, "utf8");
  if (/<script/i.test(text)) say(file, "it holds a script");
  for (const view of views) {
    for (const scheme of ["light", "dark"]) {
      const context = await browser.newContext({
        viewport: { width: view.width, height: view.height },
        colorScheme: scheme,
        bypassCSP: true, // for axe alone; the page itself runs no script
      });
      const tab = await context.newPage();
      const asked = [];
      tab.on("request", (request) => asked.push(request.url()));
      tab.on("console", (message) => {
        if (message.type() === "error") say(file, `console: ${message.text()}`);
      });
      await tab.goto(pathToFileURL(file).href, { waitUntil: "load" });
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) say(file, `${view.name}: ${wide} px wider than the screen`);
      if (pictures) {
        const name = `${basename(file, ".html")}-${view.name}-${scheme}.png`;
        await tab.screenshot({ path: join(pictures, name), fullPage: true });
      }
      await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await tab.evaluate(axe);
      const seen = await tab.evaluate(() => window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }));
      for (const found of seen.violations) {
        const where = found.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
        say(file, `${view.name}, ${scheme}: ${found.id}: ${found.help} (${where})`);
      }
      const outside = asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"));
      if (outside.length > 0) say(file, `it asked for ${outside.join(", ")}`);
      if (asked.length > 1) say(file, `it loaded ${asked.length - 1} more files`);
      await context.close();
    }
  }
  if (pictures) {
    const tab = await browser.newPage();
    await tab.goto(pathToFileURL(file).href);
    await tab.pdf({ path: join(pictures, `${basename(file, ".html")}.pdf`), format: "A4" });
    await tab.close();
  }
}
await browser.close();
console.log(wrong === 0 ? `${pages.length} pages, nothing wrong` : `${wrong} things are wrong`);
process.exit(wrong === 0 ? 0 : 1);
