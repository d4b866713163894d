/** Of the page, on a screen and on paper. */
export const STYLE = `
:root { --ink: #1c2024; --soft: #5b6470; --line: #d5dae0; --good: #116329; --bad: #a40e26; --open: #7a4d00; }
* { box-sizing: border-box; }
body { font: 14px/1.45 system-ui, sans-serif; color: var(--ink); max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 2px solid var(--ink); padding-bottom: .2rem; }
p { margin: .3rem 0; } .soft, .none { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .6rem; margin: 1rem 0; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: .5rem .7rem; }
.card b { display: block; font-size: 1.25rem; } .card span { color: var(--soft); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-size: .9em; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { color: var(--soft); font-weight: 600; } th.number, td.number { text-align: right; } td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
code, .mono { font: .92em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.verdict { font-weight: 700; } .verdict.good { color: var(--good); } .verdict.bad { color: var(--bad); } .verdict.open { color: var(--open); }
.line { display: block; width: 400px; max-width: 100%; height: 14px; margin-bottom: .2rem; }
.steps { margin: 0; padding: 0; list-style: none; } .steps li { display: inline-block; margin-right: 1rem; }
@media print {
  @page { margin: 14mm; }
  body { font-size: 10px; padding: 0; max-width: none; }
  thead { display: table-header-group; } tr, .card { break-inside: avoid; } h2 { break-after: avoid; }
}
`;
