import { serve } from "/work/wt/browser/tests/browser/server.mjs";
import { start } from "/work/wt/browser/tests/browser/browser.mjs";
const site = await serve(process.env.SITE ?? "/work/wt/browser/output/site");
const b = await start();
// args: name path width scheme full(0/1)
for (const spec of process.argv.slice(2)) {
  const [name, path, width, scheme, h] = spec.split(",");
  const ctx = await b.newContext({ viewport: { width: +width, height: +(h && h!=="full" ? h : 900) }, colorScheme: scheme || "light", deviceScaleFactor: 1 });
  const p = await ctx.newPage();
  await p.goto(site.origin + path);
  await p.evaluate(() => document.fonts.ready);
  if (!h || h==="full") { const H = await p.evaluate(()=>document.documentElement.scrollHeight); await p.setViewportSize({width:+width, height: Math.min(H, 3200)}); }
  await p.screenshot({ path: `/tmp/shots/${name}.png` });
  await ctx.close();
}
await b.close(); await site.stop();
